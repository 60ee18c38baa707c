"""The shares of each question over the years, as dots with their intervals as lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.compare import Cell, Comparison
from progsearch.plots import canvas
from progsearch.plots.canvas import DOT, GRID, HEAD, NOTE, QUIET, WIDTH, Style, shortened
from progsearch.plots.intervals import dot, signs_of
from progsearch.report import Names, ui_language
from progsearch.report.chart import scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["timeline"]

PANEL = 1.7
"""Height of the years of one question, in inches."""

_BELOW, _EDGE = 0.85, 0.55
_MOST = 16  # years that are named; of more, every other or third


def timeline(
    comparison: Comparison, path: Path, lang: str = "en", *, style: Style | None = None
) -> None:
    """Draw the shares of each question by year, with their 95 % intervals.

    The groups are years; what has none is left out, which is said. ``lang`` is the language of
    the picture, ``path`` ends in one of :data:`FORMATS`. Raises ProgsearchError when matplotlib
    is not there or the file cannot be written.
    """
    canvas.check_picture(path)
    style = style or Style()
    names = Names(comparison, ui_language(lang))
    signs = signs_of(names, (_dated(comparison.cells_of(one.id)) for one in comparison.themes))
    undated = sum(group.passages for group in comparison.groups if not group.known)
    if undated:
        passages = names.lang.counted("passages", undated)
        signs.append(names.lang.text("picture_undated", passages=passages))
    notes = canvas.notes_of(names, signs, style)
    bottom = 0.15 + NOTE * len(notes)
    height = bottom + (PANEL + _BELOW) * max(1, len(comparison.themes)) + HEAD
    with canvas.sheet(path, height, names, notes, style) as figure:
        for at, question in enumerate(comparison.themes, 1):
            low = height - HEAD - (PANEL + _BELOW) * at + 0.4
            wide = (WIDTH - _EDGE - 0.3) / WIDTH
            axes = figure.add_axes((_EDGE / WIDTH, low / height, wide, PANEL / height))
            _years(
                axes,
                names,
                _dated(comparison.cells_of(question.id)),
                comparison.overall(question.id),
            )
            axes.set_title(shortened(question.label, 70), loc="left", size=10, weight="bold")


def _dated(cells: Sequence[Cell]) -> list[Cell]:
    return sorted((cell for cell in cells if any(cell.group)), key=lambda cell: cell.group)


def _years(axes: Axes, names: Names, cells: Sequence[Cell], mean: float) -> None:
    scale = scale_of(cells)
    axes.set_ylim(0, scale.end)
    axes.axhline(mean, color=QUIET, linestyle=(0, (4, 3)), linewidth=0.8, zorder=1)
    for one, next_ in pairwise(cells):
        # Years without text, and years with too little of it, part the line.
        if int(next_.group[0]) - int(one.group[0]) == 1 and not (one.small or next_.small):
            places = zip(*map(_place, (one, next_)), strict=True)
            axes.plot(*places, color=DOT, linewidth=0.8, alpha=0.5, zorder=2)
    for cell in cells:
        dot(axes, cell, int(cell.group[0]), scale.end, upright=True)
    years = [int(cell.group[0]) for cell in cells]
    if years:
        step = 1 + (max(years) - min(years)) // _MOST
        shown = range(min(years), max(years) + 1, step)
        axes.set_xticks(shown, [str(year) for year in shown])
        axes.set_xlim(min(years) - 0.5, max(years) + 0.5)
    marks = [names.mark(mark) for mark in scale.marks]
    axes.set_yticks(scale.marks, marks)
    axes.tick_params(length=0, pad=6, labelcolor=QUIET, labelsize=8)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)


def _place(cell: Cell) -> tuple[int, float]:
    return int(cell.group[0]), cell.rate_per_1000
