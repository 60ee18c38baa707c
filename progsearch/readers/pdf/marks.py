"""Marks that items begin with, where the page tells more than the line: bullets, numbers."""

from __future__ import annotations

import re

from progsearch.blocks.bullets import Mark, mark_of
from progsearch.readers.pdf.layout import Line
from progsearch.readers.pdf.pieces import DINGBATS

__all__ = ["Marks"]

_TYPED = re.compile(r"^[^\w\s]{1,2}$|^o$|^[\uf000-\uf0ff]$")
_NOTE = re.compile(r"(\d{1,3}|[*\u2020\u2021]{1,3})[.)\]]?\s+")
_HEADINGS = frozenset(("roman.", "*tight"))
"""Styles of marks that headings have, or footnotes."""


class Marks:
    """The marks of the items of a document, in its order: numbers follow each other.

    The white behind a mark and the number before it settle what its line leaves open.
    """

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._deepest: tuple[int, ...] = ()

    def mark(self, line: Line, *, running: bool) -> int:
        """How long the mark is that a line begins with, with the blank behind it; 0 for none.

        Numbers of several parts are marks in ``running`` text only, for headings have them, too.
        """
        if line.kind or line.row:
            return self._of_note(line.text) if line.kind else 0
        first = line.pieces[0]
        apart = len(line.pieces) > 1
        if apart:
            text = first.text.strip()
            if _TYPED.match(text) or (len(text) == 1 and DINGBATS.search(first.font)):
                return len(text) + 1
        found = mark_of(line.text)
        if found is None or found.end >= len(line.text) or found.style in _HEADINGS:
            return 0
        if found.style == "deep":
            return self._deep(found, line.text) if running else 0
        if not found.number:
            return found.end
        follows = self._last.get(found.style) == found.number - 1 or found.number == 1
        ordinal = line.text[found.end].islower() and not follows
        if ordinal and (found.label[0].isdigit() or not apart):
            return 0  # the end of a sentence, or what is counted: "20. století"
        self._last[found.style] = found.number
        return found.end

    def _deep(self, found: Mark, text: str) -> int:
        """How long a number of several parts is, when it follows the one before: 12.1, 12.2."""
        parts = tuple(int(part) for part in found.label.rstrip(".").split("."))
        before = self._deepest[: len(parts)]
        follows = len(before) == len(parts) and parts[:-1] == before[:-1]
        follows = (follows and parts[-1] == before[-1] + 1) or parts[-1] == 1
        if not follows or not text[found.end].isupper():
            return 0
        self._deepest = parts
        return found.end

    def _of_note(self, text: str) -> int:
        """How long the number is that a note begins with; the notes of a page follow each other."""
        found = _NOTE.match(text)
        if found is None:
            return 0
        number = int(found[1]) if found[1].isdecimal() else 0
        last = self._last.get("note", 0)
        if number and self._last.get("note") is not None and number not in (1, last + 1):
            return 0
        self._last["note"] = number
        return found.end()
