"""The rates of each question as dots, with their intervals as lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.compare import Comparison
from progsearch.plots import canvas
from progsearch.plots.canvas import (
    GRID,
    HEAD,
    LEFT,
    LINE,
    QUIET,
    WIDTH,
    set_apart,
    shortened,
    wrapped,
)
from progsearch.plots.intervals import dot, signs_of
from progsearch.report import Names, ui_language
from progsearch.report.chart import ranked, scale_of
from progsearch.report.model import Pair

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["chart"]

ROW, NARROW_ROW = 0.4, 0.27


def chart(comparison: Comparison, path: Path, lang: str = "en") -> None:
    """Draw the rates of each question as dots, with their 95 % intervals as lines.

    ``lang`` is the language of the picture, ``path`` ends in one of
    :data:`FORMATS`. Raises ProgsearchError when matplotlib is not there or the file cannot be
    written.
    """
    canvas.check_picture(path)
    names = Names(comparison, ui_language(lang))
    questions = list(names.numbered())
    labels = [wrapped(names.group(group), 30, 2) for group in names.groups()]
    row = ROW if any("\n" in label for label in labels) else NARROW_ROW
    panel = row * max(1, len(labels))
    signs = signs_of(names, (comparison.cells_of(one.id) for one in comparison.themes))
    notes = canvas.notes_of(names, signs)
    bottom = 0.25 + LINE * len(notes)
    height = bottom + (panel + 0.75) * len(questions) + HEAD
    with canvas.sheet(path, height, names, notes) as figure:
        for at, question, pairs in questions:
            low = height - HEAD - (panel + 0.75) * at + 0.4
            axes = figure.add_axes((LEFT / WIDTH, low / height, 0.58, panel / height))
            mean = comparison.overall(question.id)
            _intervals(axes, names, ranked(pairs, comparison.by), mean)
            axes.set_title(shortened(question.label, 70), loc="left", size=10, weight="bold")


def _intervals(axes: Axes, names: Names, rows: Sequence[Pair], mean: float) -> None:
    cells = [cell for _, _, cell in rows]
    scale, ui = scale_of(cells), names.lang
    axes.set_xlim(0, scale.end)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.axvline(mean, color=QUIET, linestyle=(0, (4, 3)), linewidth=0.8, zorder=1)
    for y, cell in enumerate(cells):
        dot(axes, cell, y, scale.end, upright=False)
        beside = ("axes fraction", "data")
        axes.annotate(names.rate(cell), (1.16, y), xycoords=beside, ha="right", va="center")
    axes.set_yticks(range(len(rows)), [wrapped(names.group(one), 30, 2) for _, one, _ in rows])
    set_apart(axes, [group for _, group, _ in rows], -0.5)
    axes.set_xticks(scale.marks, [ui.number(mark, int(mark % 1 > 0)) for mark in scale.marks])
    axes.tick_params(length=0, pad=7)
    axes.tick_params(axis="x", labelcolor=QUIET, labelsize=8, pad=3)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
