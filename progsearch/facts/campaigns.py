"""What the keys of Czech election campaigns tell: ``kraj2020``, ``2020-krajske-plneni``."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Campaign", "read_campaign"]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
# What is voted on: regions, towns, the Chamber of Deputies, the Senate, the European Parliament.
_ELECTION = re.compile(
    "kraj|kraje|krajske|komunalni|komunalky|psp|snemovna|snemovni|poslanecka|senat|senatni"
    "|evropske|eurovolby|ep|praha|volby"
)
_KEPT = re.compile("plneni|plnime|splneno|plnění|plníme")


@dataclass(frozen=True, slots=True)
class Campaign:
    """An election campaign: ``fulfilment`` when the text reports what was kept of it."""

    key: str
    year: int | None = None
    fulfilment: bool = False


def read_campaign(category: str, group: str = "") -> Campaign | None:
    """The campaign that a category's key names, its year from the group's key if need be.

    None when neither key is that of an election.
    """
    key = category.strip() or group.strip()
    words = [word.lower() for name in (category, group) for word in _WORD.findall(name)]
    years = [found.group() for name in (category, group) if (found := _YEAR.search(name))]
    kept = any(map(_KEPT.fullmatch, words))
    if not kept and not any(map(_ELECTION.fullmatch, words)):
        return None
    return Campaign(key, int(years[0]) if years else None, kept)
