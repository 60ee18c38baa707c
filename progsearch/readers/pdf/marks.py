"""Marks that items begin with: bullets, numbers, letters."""

from __future__ import annotations

import re

from progsearch.blocks.dates import begins_with_date
from progsearch.readers.pdf.layout import Line
from progsearch.readers.pdf.pieces import BULLET, DINGBATS

__all__ = ["Marks"]

_NUMBER = re.compile(
    r"(?P<open>\(?)(?:(?P<digits>\d{1,3})|(?P<letter>[a-zæøåäö]|[ivx]{1,4}))(?P<close>[.)]|/)\s+(?=\S)"
)
_TYPED = re.compile(r"^\W{1,2}$|^o$")


class Marks:
    """The marks of the items of a document, in its order: numbers follow each other."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def mark(self, line: Line) -> int:
        """How long the mark is that a line begins with, with the blank behind it; 0 for none."""
        first = line.pieces[0] if line.pieces else None
        if first is not None and len(line.pieces) > 1:
            text = first.text.strip()
            if _TYPED.match(text) and not text.isdigit():
                return len(text) + 1
            if len(text) == 1 and DINGBATS.search(first.font):
                return len(text) + 1
        found = BULLET.match(line.text)
        if found:
            return found.end() if found.end() < len(line.text) else 0
        return self._number(line)

    def _number(self, line: Line) -> int:
        found = _NUMBER.match(line.text)
        if found is None or found.end() >= len(line.text) or begins_with_date(line.text[:30]):
            return 0
        if found["open"] and found["close"] != ")":
            return 0
        if found["letter"] and found["close"] == ".":
            return 0
        kind = found["open"] + found["close"] + ("#" if found["digits"] else "a")
        number = int(found["digits"]) if found["digits"] else ord(found["letter"][-1])
        follows = self._last.get(kind) == number - 1 or number in (1, ord("a"))
        apart = len(line.pieces) > 1
        if not (follows or apart) and line.text[found.end()].islower():
            return 0  # the end of a sentence, or an ordinal: "20. století"
        if found["digits"] and not follows and line.text[found.end()].islower():
            return 0
        self._last[kind] = number
        return found.end()
