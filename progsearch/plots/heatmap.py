"""The rates of all questions and groups as a table with colours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.compare import Cell, Comparison
from progsearch.plots import canvas
from progsearch.plots.canvas import GRID, HEAD, INK, LEFT, LINE, QUIET, WIDTH, set_apart, wrapped
from progsearch.report import Names, ui_language
from progsearch.report.heatmap import limits_of, steps_named
from progsearch.report.palette import LIGHT, step

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["heat_map"]

ROW = 0.4
LETTER = 0.076  # a letter, on average
SILENT = "#f0f2f4"


def heat_map(comparison: Comparison, path: Path, lang: str = "en") -> None:
    """Draw the rates of all questions and groups as a table with colours.

    ``lang`` is the language of the picture, ``path`` ends in one of
    :data:`FORMATS`. Raises ProgsearchError when matplotlib is not there or the file cannot be
    written.
    """
    canvas.check_picture(path)
    names = Names(comparison, ui_language(lang))
    groups, questions = names.groups(), list(names.numbered())
    wide = WIDTH - LEFT - 0.15
    letters = int(wide / max(1, len(questions)) / LETTER)
    heads = [wrapped(question.label, letters, 4) for _, question, _ in questions]
    notes = canvas.notes_of(names, [])
    legend = 0.45
    bottom = 0.2 + LINE * len(notes) + legend
    tall = ROW * max(1, len(groups))
    top = HEAD + 0.1 + LINE * max((head.count("\n") + 1 for head in heads), default=1)
    height = bottom + tall + top
    with canvas.sheet(path, height, names, notes) as figure:
        axes = figure.add_axes((LEFT / WIDTH, bottom / height, wide / WIDTH, tall / height))
        axes.set_xlim(0, max(1, len(questions)))
        axes.set_ylim(max(1, len(groups)), 0)
        limits = limits_of(comparison.cells)
        for at, _, pairs in questions:
            for number, _, cell in pairs:
                _square(axes, names, at - 1, number - 1, cell, limits)
        axes.set_xticks([at - 0.5 for at, _, _ in questions], heads)
        rows = [wrapped(names.group(group), 30, 2) for group in groups]
        axes.set_yticks([at + 0.5 for at in range(len(groups))], rows)
        set_apart(axes, groups, 0)
        axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
        axes.spines[:].set_visible(False)
        _legend(figure, height, bottom - legend, names, limits)


def _square(axes: Axes, names: Names, x: int, y: int, cell: Cell, limits: Sequence[float]) -> None:
    from matplotlib.patches import Rectangle

    at = step(cell.rate_per_1000, limits)
    colour = "white" if cell.small else LIGHT.steps[at - 1] if at else SILENT
    ink = INK if cell.small or not at else LIGHT.inks[at - 1]
    inner = (x + 0.015, y + 0.03), 0.97, 0.94
    axes.add_patch(Rectangle(*inner, facecolor=colour, edgecolor=GRID, linewidth=0.5))
    text = names.rate(cell) if cell.passages else "(0)" if cell.small else "0"
    axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", color=ink)


def _legend(
    figure: Figure, height: float, bottom: float, names: Names, limits: Sequence[float]
) -> None:
    """What the colours stand for, as a row of small squares."""
    from matplotlib.patches import Rectangle

    x = 0.16
    for at, text in steps_named(names, limits):
        square = (x / WIDTH, (bottom + 0.1) / height), 0.2 / WIDTH, 0.14 / height
        colour = LIGHT.steps[at - 1] if at else SILENT
        figure.add_artist(Rectangle(*square, facecolor=colour, edgecolor=GRID, linewidth=0.5))
        place = (x + 0.25) / WIDTH, (bottom + 0.17) / height
        figure.text(*place, text, va="center", size=7.5, color=QUIET)
        x += 0.4 + 0.064 * len(text)
