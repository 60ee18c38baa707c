"""A rate as a dot, with its 95 % interval as a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from progsearch.compare import Cell
from progsearch.plots.canvas import DOT
from progsearch.report import Names
from progsearch.report.chart import scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["dot", "signs_of"]


def signs_of(names: Names, panels: Iterable[Sequence[Cell]]) -> list[str]:
    """What the signs mean in panels of these cells: the interval, and the arrow if one has it."""
    signs = ["picture_interval"]
    if any(_goes_beyond(cells) for cells in panels):
        signs.append("chart_cut")
    return [names.lang.text(sign) for sign in signs]


def _goes_beyond(cells: Sequence[Cell]) -> bool:
    end = scale_of(cells).end
    return any(cell.high > end for cell in cells)


def dot(axes: Axes, cell: Cell, at: float, end: float, *, upright: bool) -> None:
    """Draw a rate at a place of one axis, on a scale to ``end`` along the other.

    An arrow shows where an interval goes on beyond the scale; what rests on little text is
    thin and hollow.
    """
    face = "white" if cell.small else DOT
    width = 0.8 if cell.small else 1.8
    high = min(cell.high, end)
    line, arrow = (axes.vlines, "^") if upright else (axes.hlines, ">")
    line(at, min(cell.low, high), high, color=DOT, linewidth=width, zorder=2)

    def place(value: float) -> tuple[float, float]:
        return (at, value) if upright else (value, at)

    if cell.high > end:
        axes.plot(*place(end), arrow, ms=4, color=DOT, clip_on=False, zorder=2)
    rate = place(cell.rate_per_1000)
    if cell.rate_per_1000 <= end:
        axes.plot(*rate, "o", ms=5.5, mfc=face, mec=DOT, mew=1.2, clip_on=False, zorder=3)
