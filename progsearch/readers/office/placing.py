"""The order in which people read the boxes of a slide, whichever order the file has them in.

What stands side by side with a white from top to bottom between is read column by column; where the
boxes are labels beside their texts, narrow ones beside wide ones at the same heights, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from progsearch.readers.office.slides import Line

__all__ = ["Box", "Frame", "around", "in_reading_order"]

NARROW = 0.6
"""How wide a label is at most, of the text that it stands beside."""
OVER = 0.15
"""How much of the lower of two boxes may reach into the other; people place them by hand."""


class Box(NamedTuple):
    """The edges of a box, in any unit, from the upper left corner of the slide."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Frame:
    """A box of a slide: its lines, and those boxes that are grouped in it; ``box`` is None where
    nothing says where it stands."""

    box: Box | None = None
    lines: list[Line] = field(default_factory=list)
    inner: list[Frame] = field(default_factory=list)


def around(boxes: Sequence[Box | None]) -> Box | None:
    """The box around some; None where one has no place, or there is none."""
    placed = [box for box in boxes if box is not None]
    if not placed or len(placed) < len(boxes):
        return None
    lefts, tops, rights, bottoms = zip(*placed, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def in_reading_order(frame: Frame) -> Iterator[Line]:
    """The lines of a frame and of all in it; in the order of the file where one of its boxes has
    no place."""
    yield from frame.lines
    inner = [one for one in frame.inner if _says(one)]
    placed = [(one.box, one) for one in inner if one.box is not None]
    if len(placed) < len(inner):
        ordered = inner
    else:
        ordered = [inner[n] for n in _ordered([box for box, _ in placed], range(len(placed)))]
    for one in ordered:
        yield from in_reading_order(one)


def _says(frame: Frame) -> bool:
    return bool(frame.lines) or any(map(_says, frame.inner))


def _ordered(boxes: Sequence[Box], inside: Sequence[int]) -> list[int]:
    """Numbers of boxes as they are read: parted by white across, or from top to bottom."""
    if len(inside) < 2:
        return list(inside)
    columns = list(_parted(boxes, inside, "left", "right"))
    rows = list(_parted(boxes, inside, "top", "bottom"))
    if len(columns) > 1 and not (len(rows) > 1 and _are_labelled(boxes, columns, rows)):
        parts = columns
    elif len(columns) > 1:
        parts = rows
    elif len(rows) > 1:
        parts = list(_beside_each_other(boxes, rows))
    else:
        return sorted(inside, key=lambda n: (boxes[n].top, boxes[n].left))
    return [n for part in parts for n in _ordered(boxes, part)]


def _parted(
    boxes: Sequence[Box], inside: Sequence[int], begins: str, ends: str
) -> Iterator[list[int]]:
    """Groups of boxes with white between them, in one direction."""
    part: list[int] = []
    reach = 0.0
    for n in sorted(inside, key=lambda n: (getattr(boxes[n], begins), getattr(boxes[n], ends))):
        start, end = getattr(boxes[n], begins), getattr(boxes[n], ends)
        if part and start >= reach - OVER * (end - start):
            yield part
            part = []
        reach = max(reach, end) if part else end
        part.append(n)
    if part:
        yield part


def _beside_each_other(boxes: Sequence[Box], rows: Sequence[list[int]]) -> Iterator[list[int]]:
    """The rows, with those together that have white from top to bottom: columns below a title."""
    part = rows[0]
    for row in rows[1:]:
        together = [*part, *row]
        if len(list(_parted(boxes, together, "left", "right"))) > 1:
            part = together
        else:
            yield part
            part = row
    yield part


def _are_labelled(
    boxes: Sequence[Box], columns: Sequence[Sequence[int]], rows: Sequence[Sequence[int]]
) -> bool:
    """Whether the first column has a label for each row, narrower than what stands beside it."""
    if any(len(row) != len(columns) for row in rows):
        return False
    widths = [max(boxes[n].right - boxes[n].left for n in column) for column in columns]
    return widths[0] <= NARROW * max(widths[1:])
