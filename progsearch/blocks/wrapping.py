"""Whether the lines of a text were broken to fit a width, or each is a paragraph.

Who breaks lines to fit a width puts the next word on the line as long as there is room, and
sentences begin and end anywhere. Where a statement a line is written, nearly all lines end as
one does, or nearly all begin alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from progsearch.blocks.sentences import ends_sentence

__all__ = ["MAX_WIDTH", "apart"]

MAX_WIDTH = 130
"""Longer lines are not wrapped: each is a paragraph."""
MIN_LINES = 4
"""One less where all are short."""
SHORT = 40
MOST_END, MOST_ALIKE = 0.7, 0.85
"""Shares of lines that end as statements do, or begin alike; in prose about .15 and .75."""
SOME_ROOM, MUCH_ROOM = 0.34, 0.5
"""Shares of lines that had room for the next word; in prose below .2."""
MIN_LENGTH = 24
"""Characters; shorter lines without capitals are those of a narrow column."""
FEW_INSIDE = 0.05
"""The share of lines with the end of a sentence inside, in lists without capitals."""
SLACK = 0.92
"""Lines differ in width by so much, for a hyphen, a blank or proportional letters."""

_INSIDE = re.compile(r"[.!?…][)\]”“\"'»’]*\s+[^\W\d_a-zà-öø-ÿ]")
_ENDS = (",", ";")


def _has_room(line: str, below: str, width: float) -> bool:
    """Whether the first word of the line below would have fitted on the line."""
    return len(line) + 1 + len(below.split(maxsplit=1)[0]) <= SLACK * width


def apart(lines: Sequence[str]) -> list[bool]:
    """Which of the lines begin a paragraph, of a stretch without blank lines; the first does.

    A line without a capital goes on with the one before, unless most lines have none.
    """
    if len(lines) < MIN_LINES - (max(map(len, lines), default=0) < SHORT):
        return [True] + [False] * (len(lines) - 1)
    pairs = list(pairwise(lines))
    lengths = sorted(map(len, lines))
    widest, wide = lengths[-1], lengths[len(lengths) * 9 // 10]
    ends = sum(ends_sentence(above) or above.endswith(_ENDS) for above, _ in pairs)
    room = sum(_has_room(above, below, wide) for above, below in pairs) / len(pairs)
    begins = [below[:1] for _, below in pairs]
    capital = sum(map(str.isupper, begins)) >= MOST_ALIKE * len(pairs)
    inside = sum(_INSIDE.search(line) is not None for line in lines)
    small = (
        lengths[len(lengths) // 2] >= MIN_LENGTH
        and widest <= MAX_WIDTH
        and sum(map(str.islower, begins)) >= MOST_ALIKE * len(pairs)
        and inside <= FEW_INSIDE * len(lines)
    )
    ended = ends >= MOST_END * len(pairs)
    if lengths[len(lengths) // 2] > MAX_WIDTH or (capital and widest < SHORT and not inside):
        room = 1.0  # nobody wraps at such a width
    if room < SOME_ROOM or not (ended or (room >= MUCH_ROOM and (capital or small))):
        return [True] + [False] * len(pairs)
    found = [True]
    for above, below in pairs:
        goes_on = above[-1] in "-\u00ad(&/" or below[0] in "%)]”’».,;"
        if not ends_sentence(above):
            first = below.lstrip("-–— ")[:1]
            goes_on = goes_on or first.isdigit() or (first.islower() and not small)
        found.append(not goes_on)
    return found
