"""The shares of all questions and groups as a table with colours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.compare import Cell, Comparison
from progsearch.plots import canvas
from progsearch.plots.canvas import (
    GRID,
    HEAD,
    INK,
    LINE,
    NOTE,
    QUIET,
    WIDTH,
    Style,
    names_beside,
    names_width,
    wrapped,
)
from progsearch.report import Names, Sort, ui_language
from progsearch.report.heatmap import times
from progsearch.report.palette import LIGHT, LIMITS, step

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["squares"]

ROW = 0.4
LETTER = 0.076  # a letter, on average
SILENT = "#f0f2f4"
_SQUARE = 0.55
"""Inches of a colour in the legend."""


def squares(
    comparison: Comparison,
    path: Path,
    lang: str = "en",
    *,
    sort: Sort = "value",
    style: Style | None = None,
) -> None:
    """Draw the shares of all questions and groups as a table with colours.

    ``lang`` is the language of the picture, ``path`` ends in one of :data:`FORMATS`. Raises
    ProgsearchError when matplotlib is not there or the file cannot be written.
    """
    canvas.check_picture(path)
    style = style or Style()
    names = Names(comparison, ui_language(lang), sort)
    groups, questions = names.groups(), list(names.numbered())
    left = names_width(names, groups)
    wide = WIDTH - left - 0.15
    letters = int(wide / max(1, len(questions)) / LETTER)
    heads = [wrapped(question.label, letters, 4) for _, question, _ in questions]
    notes = canvas.notes_of(names, [], style)
    legend = 0.7
    bottom = 0.2 + NOTE * len(notes) + legend
    places, rows = canvas.rows_of(names, groups)
    # The last row is that of all groups together.
    rows += 1.15
    tall = ROW * rows
    top = HEAD + 0.1 + LINE * max((head.count("\n") + 1 for head in heads), default=1)
    height = bottom + tall + top
    with canvas.sheet(path, height, names, notes, style) as figure:
        axes = figure.add_axes((left / WIDTH, bottom / height, wide / WIDTH, tall / height))
        axes.set_xlim(0, max(1, len(questions)))
        axes.set_ylim(rows, 0)
        for at, question, pairs in questions:
            mean = comparison.overall(question.id)
            for y, (_, _, cell) in zip(places, pairs, strict=True):
                _square(axes, names, at - 1, y - 0.5, cell, mean)
            together = (at - 0.5, rows - 0.5)
            axes.text(*together, names.mean(question.id), ha="center", va="center", weight="bold")
        axes.set_xticks([at - 0.5 for at, _, _ in questions], heads)
        axes.set_yticks([])
        names_beside(axes, names, list(zip(places, groups, strict=True)), width=left)
        place = -(left - 0.16) / wide, rows - 0.5
        beside = axes.get_yaxis_transform()
        everything = names.lang.text("everything")
        axes.text(*place, everything, weight="bold", ha="left", va="center", transform=beside)
        axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
        axes.spines[:].set_visible(False)
        _legend(figure, height, bottom - legend, names)


def _square(axes: Axes, names: Names, x: float, y: float, cell: Cell, mean: float) -> None:
    from matplotlib.patches import Rectangle

    at = step(cell.rate_per_1000, mean)
    colour = "white" if cell.small else LIGHT.steps[at - 1] if at else SILENT
    ink = INK if cell.small or not at else LIGHT.inks[at - 1]
    inner = (x + 0.015, y + 0.03), 0.97, 0.94
    axes.add_patch(Rectangle(*inner, facecolor=colour, edgecolor=GRID, linewidth=0.5))
    text = names.rate(cell) if cell.passages else "(0)" if cell.small else "0"
    axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", color=ink)


def _legend(figure: Figure, height: float, bottom: float, names: Names) -> None:
    """What the colours stand for: a row of squares, and where one ends and the next begins."""
    from matplotlib.patches import Rectangle

    def square(x: float, colour: str) -> None:
        place = (x / WIDTH, (bottom + 0.22) / height), _SQUARE / WIDTH, 0.14 / height
        figure.add_artist(Rectangle(*place, facecolor=colour, edgecolor=GRID, linewidth=0.5))

    def text(x: float, y: float, said: str, across: str) -> None:
        place = x / WIDTH, (bottom + y) / height
        figure.text(*place, said, ha=across, va="center", size=7.5, color=QUIET)

    text(0.16, 0.48, names.lang.text("picture_legend"), "left")
    square(0.16, SILENT)
    text(0.16 + _SQUARE / 2, 0.13, names.lang.text("legend_none"), "center")
    first = 0.16 + 1.3 * _SQUARE
    for at, colour in enumerate(LIGHT.steps):
        square(first + at * _SQUARE, colour)
    for at, limit in enumerate(LIMITS, 1):
        text(first + at * _SQUARE, 0.13, f"{times(names, limit)}×", "center")
