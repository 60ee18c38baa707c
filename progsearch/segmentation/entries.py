"""Typed tables of contents: lines below a word for them that lead to pages or to headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from progsearch.blocks.marks import words_in
from progsearch.blocks.wording import load_wording, simplified
from progsearch.model import Shape
from progsearch.segmentation.parts import Part

__all__ = ["entries_of"]

_LEAST = 2
_SHARE = 0.6
"""Share of the lines, down to the last entry, that must be entries."""
_RISING = 0.75
"""Share of the numbers of pages that are not lower than the one before."""
_NUMBER = re.compile(r"[\s.·_…|–-](\d{1,3})$")
_ENDS = " \t.·_…|–-"
"""What may stand behind the number of a page, as the bar of a table."""
_NEAR = 4
"""Characters of a number at the end of a line, with what parts it from the words."""
_TEXTS = (Shape.PARAGRAPH, Shape.ITEM)


def entries_of(parts: Sequence[Part]) -> set[int]:
    """The places of the parts that are entries of contents that somebody has typed.

    Below a word for contents each line ends in the number of its page, which rises, or says
    what a heading further down says. What follows the last entry is no part of them.
    """
    words = load_wording().contents
    named = [at for at, part in enumerate(parts) if simplified(part.plain) in words]
    if not named:
        return set()
    last = {
        tuple(part.words): at for at, part in enumerate(parts) if part.block.shape is Shape.HEADING
    }
    found: set[int] = set()
    # Each is looked through as far as the next, or lines below many of them would be read as often.
    for at, end in zip(named, [*named[1:], len(parts)], strict=True):
        below = set(_below(parts, at, end, last))
        goes_on = at - 1 in found and bool(below)
        found |= below | ({at} if goes_on else set())
    return found


def _below(
    parts: Sequence[Part], at: int, end: int, last: Mapping[tuple[str, ...], int]
) -> Iterator[int]:
    texts = list(takewhile(lambda place: parts[place].block.shape in _TEXTS, range(at + 1, end)))
    if not texts:
        return
    lines = {place: _lines(parts[place]) for place in texts}
    entries = [
        place
        for place in texts
        if all(
            _page(line) or last.get(tuple(words_in(line)), -1) > texts[-1] for line in lines[place]
        )
    ]
    if not entries:
        return
    run = [place for place in texts if place <= entries[-1]]
    pages = [page for place in entries for line in lines[place] if (page := _page(line))]
    steps = list(pairwise(pages))
    if (
        sum(len(lines[place]) for place in entries) >= _LEAST
        and len(entries) >= _SHARE * len(run)
        and sum(first <= second for first, second in steps) >= _RISING * len(steps)
    ):
        yield from run


def _lines(part: Part) -> list[str]:
    return [line for line in part.text.splitlines() if line.strip()]


def _page(line: str) -> int:
    """The page that a line leads to; 0 when to none."""
    found = _NUMBER.search(line.rstrip(_ENDS)[-_NEAR:])
    return int(found[1]) if found and any(map(str.isalpha, line)) else 0
