"""A pattern of one of many words, as data have them."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["any_of"]


def any_of(words: Iterable[str]) -> str:
    """A pattern of one of some words, longer ones before those that they begin with; of none, one
    that is nowhere. Between words of a phrase there may be any blanks."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, one.split())) for one in longest) or "(?!)"
