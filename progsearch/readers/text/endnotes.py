"""Endnotes of a printed text: what its numbers in brackets refer to, behind the last page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from progsearch.blocks.lines import Line

__all__ = ["endnotes_of"]

MIN_NOTES = 2
MAX_LINES = 8
"""A note has so many lines at most; more behind the last one is text again."""

_NUMBER = re.compile(r"\[(\d{1,3})\]$")
_FIRST = "[1]"


def endnotes_of(lines: Sequence[Line]) -> range:
    """The numbers of the lines of the endnotes, an empty range if there are none.

    Each note stands below its number, ``[1]``, ``[2]`` and so on without a gap, down to the
    end; the text above refers to the first one with the same ``[1]``.
    """
    filled = [n for n, line in enumerate(lines) if line.text]
    begins = [p for p, n in enumerate(filled) if lines[n].text == _FIRST]
    if not begins or not any(_FIRST in lines[n].text for n in filled[: begins[-1]]):
        return range(0)
    expected, last = 1, begins[-1]
    for place in range(begins[-1], len(filled)):
        number = _NUMBER.match(lines[filled[place]].text)
        if number is None:
            if place - last > MAX_LINES:
                return range(0)
            continue
        if int(number[1]) != expected:
            return range(0)
        expected, last = expected + 1, place
    return range(filled[begins[-1]], len(lines)) if expected > MIN_NOTES else range(0)
