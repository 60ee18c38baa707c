"""Leaders: the dots that lead from an entry of contents to the number of its page."""

from __future__ import annotations

import re

__all__ = ["has_leaders", "without_leaders"]

_LEADERS = re.compile(r"(?:\s?[.·_…]){4,}\s*\d{0,4}$|\s…+\s*\d{1,4}$")
_LAST = 200
"""Leaders stand among so many letters at the end of a line."""
_ENDS = frozenset("0123456789.·_… ")


def has_leaders(text: str) -> bool:
    """Whether dots lead to the end of a line, and to the number of a page."""
    return text[-1:] in _ENDS and _LEADERS.search(text[-_LAST:]) is not None


def without_leaders(text: str) -> str:
    """The line without its leaders and the number that they lead to."""
    last = text[-1:]
    # Most lines have none, and to look for them takes much longer.
    if not (last in _ENDS or last.isdecimal() or last.isspace()):
        return text
    if last == "." and text[-2:-1].isalpha():
        return text
    return text[:-_LAST] + _LEADERS.sub("", text[-_LAST:])
