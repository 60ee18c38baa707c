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
OPENING_QUOTES, CLOSING = '„“”"»«‚‘', ' “”"»«’'
REACH = 2.0
"""Points by which letters may reach over the edge of their box."""


def with_boxes_closed(
    shaped: Sequence[Shaped], sheets: Sequence[Sheet], measures: Measures
) -> list[Shaped]:
    """The blocks, where behind a box the headings in it end.

    A box may as well begin a chapter, and hold no more of it. What heads one is set as other
    chapters are, or stands below nothing but the title of the text, or is no deeper than the last
    heading outside of boxes; only a number, a question or a motto is no name of a chapter.
    """
    boxes = {sheet.number: sheet.drawn.boxes[:MAX_BOXES] for sheet in sheets}
    inside = [_box_of(one.made, boxes[one.made.first.page]) for one in shaped]
    styles = {
        _style(one)
        for one, box in zip(shaped, inside, strict=True)
        if box is None and one.shape is Shape.HEADING
    }
    title = next((one for one in shaped if one.shape is Shape.HEADING), None)
    done = list(shaped)
    outside: Shaped | None = None
    for box, first, end in _runs(inside):
        places = [at for at in range(first, end) if _is_own_heading(shaped[at])]
        heads = [shaped[at] for at in places]
        if box is None:
            outside = heads[-1] if heads else outside
            continue
        said = any(one.shape in (Shape.PARAGRAPH, Shape.ITEM) for one in shaped[first:end])
        if not (heads and said and outside and end < len(shaped)):
            continue
        small = all(one.made.first.size <= SMALL * measures.body for one in heads)
        own = small or (outside is not title and not styles & set(map(_style, heads)))
        deeper = min(one.level for one in heads) > outside.level
        if not own or not (deeper or all(_names_no_chapter(one.made.text) for one in heads)):
            outside = outside if small else heads[-1]
            continue
        below = 0 if deeper else outside.level + 1 - min(one.level for one in heads)
        for at in places:
            done[at] = replace(shaped[at], level=shaped[at].level + below)
        level = min(done[at].level for at in places)
        after = done[end]
        done[end] = replace(after, closes=min(level, after.closes or level))
    return done


def _style(one: Shaped) -> tuple[int, str]:
    """How a heading is set: what size, to half a point, and in which font."""
    return round(2 * one.made.first.size), one.made.first.font


def _names_no_chapter(text: str) -> bool:
    """Whether what is set large in a box is a number, a question, a motto, or leads to a text."""
    begins = text[:1].isdigit() or text[:1] in OPENING_QUOTES
    return begins or text.rstrip(CLOSING)[-1:] in ("?", "!", "…", ":")


def _is_own_heading(one: Shaped) -> bool:
    return one.shape is Shape.HEADING and one.label != "cell"


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
