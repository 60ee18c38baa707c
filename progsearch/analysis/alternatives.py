"""A pattern of one of many words, as data have them."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["any_of"]


def any_of(words: Iterable[str]) -> str:
    """A pattern of one of some words, longer ones before those that they begin with; of none, one
    that is nowhere. Between words of a phrase there may be any blanks."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    # By their first letters, each of which is then looked at once and not for each word.
    groups: dict[str, list[str]] = {}
    for one in longest:
        pattern = r"\s+".join(map(re.escape, one.split()))
        groups.setdefault(one.lstrip()[:1].lower(), []).append(pattern)
    alike = (one[0] if len(one) == 1 else f"(?:{'|'.join(one)})" for one in groups.values())
    return "|".join(alike) or "(?!)"
