"""Pages that lead to other pages: tables of contents and indexes of keywords.

They are told by the page, where most lines end in the numbers of pages, and not by leaders.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from progsearch.blocks.leaders import has_leaders
from progsearch.blocks.wording import load_wording, simplified
from progsearch.readers.pdf.layout import Line

__all__ = ["contents_of"]

MIN_ENTRIES = 4
MIN_NAMED = 3
"""So many are enough below a word for contents."""
MIN_SHARE = 0.4
MAX_ENTRY = 130
MAX_BELOW = 3
"""So many lines of an entry may stand above the one that ends in its number."""

_ENTRY = re.compile(r"^(?P<name>.*[^\W\d_].*?)[\s.·_…|-]+(?:[^\W\d_]{1,6}\.?\s)?(?P<page>\d{1,3})$")
_NUMBER_FIRST = re.compile(r"^(?P<page>\d{1,3})[\s.·_…|–-]+(?P<name>[^\W\d_].*)$")
_ALONE = re.compile(r"^(?:[^\W\d_]{1,6}\.?\s)?(?P<page>\d{1,3})$")
_INDEX_END = frozenset("0123456789f.")
_INDEX = re.compile(r"^[^\W\d_].{0,60}?[\s,]\d{1,3}(?:\s?[,;–-]\s?\d{1,3}|\s?ff?\.?)*+$")


def contents_of(pages: Sequence[Sequence[Line]], count: int) -> set[tuple[int, int]]:
    """The places (page, number) of the lines of contents and indexes.

    ``count`` is how many pages the document has: no entry leads further than to twice as
    many, as where two pages stand on a sheet.
    """
    found: set[tuple[int, int]] = set()
    before = False
    for lines in pages:
        entries = _entries(lines, count, follows=before)
        if not entries:
            entries = _index(lines)
        before = bool(entries)
        found.update((lines[place].page, lines[place].number) for place in entries)
        found.update((line.page, line.number) for line in lines if has_leaders(line.text))
    return found


def _page_of(line: Line, count: int) -> int:
    """The page that a line leads to; 0 when to none."""
    if len(line.text) > MAX_ENTRY or not line.text[-1].isdigit():
        return 0
    entry = _ENTRY.match(line.text) or _ALONE.match(line.text)
    page = int(entry["page"]) if entry else 0
    return page if page <= 2 * count + 20 else 0


def _entries(lines: Sequence[Line], count: int, *, follows: bool) -> set[int]:
    """The lines of the contents on a page, from the word for them on."""
    words = load_wording().contents
    last = [_page_of(line, count) for line in lines]
    first = [
        int(found["page"])
        if len(line.text) <= MAX_ENTRY and (found := _NUMBER_FIRST.match(line.text))
        else 0
        for line in lines
    ]
    named = [place for place, line in enumerate(lines) if simplified(line.text) in words]
    pages = max((last, first), key=_rising)
    marked = [place for place, page in enumerate(pages) if page]
    told = bool(named) or follows
    if len(marked) < (MIN_NAMED if named else MIN_ENTRIES if told else 2 * MIN_ENTRIES):
        return set()
    if _rising(pages) < 0.75 * len(marked):
        return set()
    if pages is first and not told:
        return set()  # a numbered list is no contents
    run = _run(lines, marked, named)
    share = len([place for place in marked if place in run]) / max(1, len(run))
    return set(run) if share >= (MIN_SHARE if not told else 0.3) else set()


def _run(lines: Sequence[Line], marked: Sequence[int], named: Sequence[int]) -> range:
    """From the word for contents, or the first entry, to the last entry."""
    start = marked[0]
    while start and marked[0] - start < MAX_BELOW and len(lines[start - 1].text) < MAX_ENTRY // 2:
        start -= 1
    over = [place for place in named if place <= marked[0] + 1]
    start = min(over[0] if over else start, marked[0])
    end = marked[-1] + 1
    if len(lines) - end <= MAX_BELOW:  # the rest of the last entry, or of the page
        end = len(lines)
    return range(start, end)


def _rising(pages: Sequence[int]) -> int:
    """How many of the numbers are not lower than the one before."""
    numbers = [page for page in pages if page]
    return sum(before <= after for before, after in zip([0, *numbers], numbers, strict=False))


def _index(lines: Sequence[Line]) -> set[int]:
    """The lines of an index: most are a keyword and the numbers of pages, by the alphabet."""
    entries = [
        place
        for place, line in enumerate(lines)
        if line.text[-1] in _INDEX_END and _INDEX.match(line.text)
    ]
    if len(entries) < 3 * MIN_ENTRIES or len(entries) < 0.6 * len(lines):
        return set()
    initials = [lines[place].text[0].casefold() for place in entries]
    rising = sum(a <= b for a, b in pairwise(initials))
    return set(range(len(lines))) if rising >= 0.85 * (len(initials) - 1) else set()
