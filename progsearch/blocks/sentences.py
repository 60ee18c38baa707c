"""How a line ends: as a sentence does, or as a heading may."""

from __future__ import annotations

import re

__all__ = ["MAX_BOLD_WORDS", "ends_sentence", "ends_statement", "stands_as_heading"]

MAX_BOLD_WORDS = 16

_CLOSING = r"[)\]”“\"'»’*_ ]*"
_SENTENCE = re.compile(rf"[.!?…:]{_CLOSING}(?:\d{{1,2}})?$")
_STATEMENT = re.compile(rf"[.!…]{_CLOSING}$")
_CARRIED = re.compile(rf"[.!…;,]{_CLOSING}$")


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does; the number of a note may stand behind it."""
    return _SENTENCE.search(text) is not None


def ends_statement(text: str) -> bool:
    """Whether a line ends as a sentence that states something: no question, no lead-in."""
    return _STATEMENT.search(text) is not None


def stands_as_heading(text: str) -> bool:
    """Whether a line that is bold as a whole reads as a heading."""
    words = text.split()
    return 0 < len(words) <= MAX_BOLD_WORDS and not _CARRIED.search(text)
