"""Texts that stand side by side in a plain text, as a page is written to one line by line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from progsearch.blocks.lines import Line

__all__ = ["side_by_side", "told_side_by_side"]

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LINES = 3
"""So many lines with a text that begins in the same place behind a gap are no chance."""
_LONG, _WORDS = 2, 3
"""So many of them have so many words; less is a name, a number of a page or a cell of figures."""
_BLANK = 2  # lines that may stand empty between them


def side_by_side(source: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The first and the last number (from 1) of lines with several texts beside each other."""
    run: list[tuple[int, int, bool]] = []
    last = 0
    for number, line in enumerate(lines, 1):
        if number - last > _BLANK + 1:
            yield from _told(run)
            run = []
        begin = source.rfind("\n", 0, line.start) + 1
        for gap in _GAP.finditer(source, begin, line.end):
            text = source[gap.end() : line.end].split("   ")[0]
            if gap.start() > begin and _WORD.search(text):
                run.append((number, gap.end() - begin, len(_WORD.findall(text)) >= _WORDS))
                last = number
    yield from _told(run)


def _told(run: Sequence[tuple[int, int, bool]]) -> Iterator[tuple[int, int]]:
    columns = Counter(column for _, column, _ in run)
    long = Counter(column for _, column, is_long in run if is_long)
    beside = {one for one, count in columns.items() if count >= _LINES and long[one] >= _LONG}
    numbers = [number for number, column, _ in run if column in beside]
    if numbers:
        yield numbers[0], numbers[-1]


def told_side_by_side(source: str, lines: Sequence[Line]) -> list[str]:
    """Notes on such lines, whose words are read across all of the texts."""
    return [
        f"texts stand side by side in lines {first} to {last}, and are read across, line by line: "
        "their words are found, but what is one passage there may be of several texts"
        for first, last in side_by_side(source, lines)
    ]
