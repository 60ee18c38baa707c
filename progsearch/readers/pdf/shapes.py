"""What a printed paragraph is: a heading, an item, running text.

A heading is told by its letters, by what follows it and by how little of the document looks
like it, not by its size alone: what is large and a sentence is a lead, and what has a bullet
is an item whatever its size.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from progsearch.blocks.levels import BOLD_LEVEL
from progsearch.blocks.sentences import stands_as_heading
from progsearch.model import Shape
from progsearch.readers.pdf.paragraphs import LARGER, Measures, Paragraph
from progsearch.readers.pdf.rowshapes import Rows
from progsearch.readers.pdf.shaped import DRAWN, Shaped

__all__ = ["shapes_of"]

MAX_HEADING_WORDS = 30
MAX_LONE_WORDS = 6
"""A longer large text that nothing follows is a quotation set large, not a heading."""
MIN_TEXT = 300
"""Letters of running text; a page with fewer is a title page or a picture's."""
MAX_SENTENCE_WORDS = 7
"""A large text that ends as a sentence does is a heading only when it is as short as this."""
MAX_OTHER_WORDS = 14
RARE = 0.3
"""How much of a document may be set in the font of its headings."""
SMALL = 0.55
"""How large a bold line is at least, of running text, to be a heading."""
SAME = 0.9
"""How large the items of a list are at least, of the line with a colon that leads it in."""
CLOSE = 3.0
"""How far below a heading its text begins at most, in its sizes."""
DEPTH = 5

_QUOTED = re.compile(r"[”“„\"»«›‹][^”“„\"»«›‹]{1,400}[.!?…][”“\"»«›‹]$")
"""A sentence in quotation marks, set large to be read first."""
_SENTENCE_END = re.compile(r"[.;,][)\]”“\"'»’]*$")


def shapes_of(paragraphs: Sequence[Paragraph], measures: Measures) -> list[Shaped]:
    """What each paragraph is."""
    letters: Counter[int] = Counter()
    for made in paragraphs:
        for line in made.lines:
            if line.size <= LARGER * measures.body:
                letters[line.page] += len(line.text)
    large = [
        _is_large(
            made,
            paragraphs[number + 1 : number + 2],
            measures,
            among_text=letters[made.first.page] > MIN_TEXT,
        )
        for number, made in enumerate(paragraphs)
    ]
    sizes = sorted(
        {round(made.first.size) for made, yes in zip(paragraphs, large, strict=True) if yes},
        reverse=True,
    )
    indents = _indents([made for made, yes in zip(paragraphs, large, strict=True) if not yes])
    done: list[Shaped] = []
    rows = Rows(measures)
    for number, made in enumerate(paragraphs):
        if made.first.kind:
            done.append(Shaped(made, Shape.NAVIGATION, label=made.first.kind))
        elif made.first.row:
            first = not number or not paragraphs[number - 1].first.row or made.first.opens
            done += rows.shaped(made, paragraphs[number + 1 :], first=first)
        elif large[number]:
            level = min(6, 1 + sizes.index(round(made.first.size)))
            done.append(Shaped(made, Shape.HEADING, level))
        elif _is_other(made, paragraphs[number + 1 : number + 2], measures):
            done.append(Shaped(made, Shape.HEADING, BOLD_LEVEL, "bold"))
        elif made.item:
            depth = max(0, bisect_left(indents, made.first.x0 + 5) - 1)
            mark = made.text[: made.mark].strip()
            typed = not any(map(str.isalnum, mark))
            level = 1 + min(depth, DEPTH)
            label = (mark or DRAWN) if typed else ""
            done.append(Shaped(made, Shape.ITEM, level, label, made.mark))
        else:
            done.append(Shaped(made, Shape.PARAGRAPH))
    return done


def _bulleted(made: Paragraph) -> bool:
    return made.item and not any(map(str.isalnum, made.text[: made.mark]))


def _is_large(
    made: Paragraph, following: Sequence[Paragraph], measures: Measures, among_text: bool
) -> bool:
    if made.first.size <= LARGER * measures.body or _bulleted(made):
        return False
    if made.first.row or made.first.kind:
        return False
    text = made.text
    words = len(text.split())
    if words > MAX_HEADING_WORDS or not any(map(str.isalpha, text)):
        return False
    if _SENTENCE_END.search(text) and words > MAX_SENTENCE_WORDS:
        return False
    if _QUOTED.match(text):
        return False
    if text.endswith(":") and (words > MAX_OTHER_WORDS or _leads_in(made, following)):
        return False
    return words <= MAX_LONE_WORDS or not among_text or _is_above(made, following)


def _leads_in(made: Paragraph, following: Sequence[Paragraph]) -> bool:
    """Whether a list as large as the line stands below it: then they are one."""
    return (
        bool(following) and following[0].item and following[0].first.size > SAME * made.first.size
    )


def _is_above(made: Paragraph, following: Sequence[Paragraph]) -> bool:
    """Whether the next text stands below, in this part of the page or in columns below."""
    if not following:
        return False
    last, line = made.last, following[0].first
    return line.page == last.page and line.base < last.base and line.x0 < last.x1


def _stands_over(made: Paragraph, following: Sequence[Paragraph]) -> bool:
    """Whether a text follows below."""
    if not following:
        return False
    last, line = made.last, following[0].first
    if (line.page, line.region) != (last.page, last.region):
        return False
    near = 0 < last.base - line.base < CLOSE * max(last.size, line.size)
    return near and line.x0 < last.x1 and line.x1 > last.x0


def _is_other(made: Paragraph, following: Sequence[Paragraph], measures: Measures) -> bool:
    """Whether a text of the size of running text stands as a heading by its look."""
    text = made.text
    if _bulleted(made) or not stands_as_heading(text):
        return False
    if all(line.bold for line in made.lines):
        return made.first.size > SMALL * measures.body
    if made.first.size < 0.9 * measures.body:
        return False
    words = text.split()
    if len(words) > MAX_OTHER_WORDS or text[0].islower() or not following:
        return False
    if not _stands_over(made, following) or following[0].first.font == made.first.font:
        capitals = _in_capitals(text)
        return capitals and bool(following) and not _in_capitals(following[0].text)
    same = {line.font for line in made.lines} == {made.first.font}
    return same and measures.fonts.get(made.first.font, 0) < RARE


def _in_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 4 and all(char.isupper() for char in letters)


def _indents(paragraphs: Sequence[Paragraph]) -> list[float]:
    """How far in items stand, each depth once, from the beginning of their column."""
    found: list[float] = []
    for x0 in sorted({made.first.x0 for made in paragraphs if made.item}):
        if not found or x0 - found[-1] > 5:
            found.append(x0)
    return found
