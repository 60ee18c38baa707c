"""Boxes drawn around texts: a heading in one stands above what is in it, and nothing behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from progsearch.model import Shape
from progsearch.readers.pdf.layout import Figure, Line, Sheet
from progsearch.readers.pdf.paragraphs import Measures, Paragraph
from progsearch.readers.pdf.shaped import Shaped

__all__ = ["empty_boxes", "with_boxes_closed"]

MAX_BOXES = 200
SMALL = 1.3
"""How large a heading in a box is at most, of running text, that is no chapter's."""
REACH = 2.0
"""Points by which letters may reach over the edge of their box."""


def with_boxes_closed(
    shaped: Sequence[Shaped], sheets: Sequence[Sheet], measures: Measures
) -> list[Shaped]:
    """The blocks, where behind a box the headings in it end.

    A large heading is that of a chapter, of which the beginning alone may stand in a box; and one
    that is no deeper than the last one outside of boxes is one of the text, too.
    """
    boxes = {sheet.number: sheet.drawn.boxes[:MAX_BOXES] for sheet in sheets}
    inside = [_box_of(one.made, boxes[one.made.first.page]) for one in shaped]
    done = list(shaped)
    outside = 0
    for box, first, end in _runs(inside):
        heads = [one for one in shaped[first:end] if one.shape is Shape.HEADING and _is_own(one)]
        level = min((one.level for one in heads), default=0)
        if box is None:
            outside = heads[-1].level if heads else outside
            continue
        said = any(one.shape in (Shape.PARAGRAPH, Shape.ITEM) for one in shaped[first:end])
        small = all(one.made.first.size <= SMALL * measures.body for one in heads)
        if heads and said and small and 0 < outside < level and end < len(shaped):
            after = done[end]
            done[end] = replace(after, closes=min(level, after.closes or level))
    return done


def _is_own(one: Shaped) -> bool:
    return one.label != "cell"


def _runs(inside: Sequence[Figure | None]) -> Iterator[tuple[Figure | None, int, int]]:
    """Blocks one after the other that stand in the same box."""
    first = 0
    for place in range(1, len(inside) + 1):
        if place == len(inside) or inside[place] != inside[first]:
            yield inside[first], first, place
            first = place


def _box_of(made: Paragraph, boxes: Sequence[Figure]) -> Figure | None:
    """The smallest box that all of a paragraph stands in."""
    page = made.first.page
    around = [
        box for box in boxes if all(line.page == page and _holds(box, line) for line in made.lines)
    ]
    return min(around, key=lambda box: (box.x1 - box.x0) * (box.y1 - box.y0), default=None)


def _holds(box: Figure, line: Line) -> bool:
    across = box.x0 - REACH <= line.x0 and line.x1 <= box.x1 + REACH
    return across and box.y0 - REACH <= line.base <= box.y1


def empty_boxes(boxes: Sequence[Figure], lines: Sequence[Line]) -> list[Figure]:
    """Those of a page's boxes in which nothing is written: drawings."""
    return [
        box
        for box in boxes[:MAX_BOXES]
        if not any(
            line.x0 < box.x1 and line.x1 > box.x0 and box.y0 < line.base + 1 < box.y1
            for line in lines
        )
    ]
