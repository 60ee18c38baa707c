"""The shares of each question as dots, with their intervals as lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progsearch.compare import Comparison
from progsearch.plots import canvas
from progsearch.plots.canvas import (
    GRID,
    HEAD,
    NOTE,
    QUIET,
    WIDTH,
    Style,
    names_beside,
    names_width,
    shortened,
)
from progsearch.plots.intervals import dot, signs_of
from progsearch.report import Names, Sort, ui_language
from progsearch.report.chart import scale_of
from progsearch.report.model import Pair

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["dots"]

ROW = 0.4
_RIGHT = 1.1  # inches for a share and its interval


def dots(
    comparison: Comparison,
    path: Path,
    lang: str = "en",
    *,
    sort: Sort = "value",
    style: Style | None = None,
) -> None:
    """Draw the shares of each question as dots, with their 95 % intervals as lines.

    ``lang`` is the language of the picture, ``path`` ends in one of
    :data:`FORMATS`. Raises ProgsearchError when matplotlib is not there or the file cannot be
    written.
    """
    canvas.check_picture(path)
    style = style or Style()
    names = Names(comparison, ui_language(lang), sort)
    questions = list(names.numbered())
    _, rows = canvas.rows_of(names, names.groups())
    panel = ROW * max(1, rows)
    signs = signs_of(names, (comparison.cells_of(one.id) for one in comparison.themes))
    notes = canvas.notes_of(names, signs, style)
    bottom = 0.3 + NOTE * len(notes)
    height = bottom + (panel + 0.75) * len(questions) + HEAD
    left = names_width(names, names.groups())
    wide = WIDTH - left - _RIGHT
    with canvas.sheet(path, height, names, notes, style) as figure:
        for at, question, pairs in questions:
            low = height - HEAD - (panel + 0.75) * at + 0.4
            axes = figure.add_axes((left / WIDTH, low / height, wide / WIDTH, panel / height))
            mean = comparison.overall(question.id)
            _intervals(axes, names, names.ranked(pairs), mean, left)
            axes.set_title(shortened(question.label, 70), loc="left", size=10, weight="bold")


def _intervals(axes: Axes, names: Names, rows: Sequence[Pair], mean: float, left: float) -> None:
    cells = [cell for _, _, cell in rows]
    groups = [group for _, group, _ in rows]
    scale = scale_of(cells)
    places, end = canvas.rows_of(names, groups)
    axes.set_xlim(0, scale.end)
    axes.set_ylim(max(1, end), 0)
    axes.axvline(mean, color=QUIET, linestyle=(0, (4, 3)), linewidth=0.8, zorder=1)
    beside = ("axes fraction", "data")
    right = 1 + (_RIGHT - 0.15) / (WIDTH - left - _RIGHT)
    for y, cell in zip(places, cells, strict=True):
        dot(axes, cell, y, scale.end, upright=False)
        place: dict[str, Any] = {"xycoords": beside, "ha": "right"}
        axes.annotate(names.rate(cell), (right, y - 0.02), va="bottom", **place)
        between = names.interval(cell)
        axes.annotate(between, (right, y + 0.08), va="top", size=7, color=QUIET, **place)
    axes.set_yticks([])
    names_beside(axes, names, list(zip(places, groups, strict=True)), width=left)
    axes.set_xticks(scale.marks, [names.mark(mark) for mark in scale.marks])
    axes.tick_params(length=0, pad=7)
    axes.tick_params(axis="x", labelcolor=QUIET, labelsize=8, pad=3)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
