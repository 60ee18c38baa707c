"""Lines at the head of a text that say whose it is, where and for which years, without a word for a
programme: *CENTERPARTIET I REGION GÄVLEBORG 2022–2026*, *ODS v Liberci 2024*."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from progsearch.facts.named import named_among, words_of
from progsearch.facts.registry import Party
from progsearch.facts.titles import head_lines, kinds_of_words

__all__ = ["PartyHead", "party_head"]

MAX_YEARS = 2
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class PartyHead:
    """The party, as it is written there, and the first of the years."""

    party: Party
    written: str
    year: int


def party_head(title: str, head: str, countries: Collection[str] = ()) -> PartyHead | None:
    """What the title or a line at the head of a text says, if no two of them differ."""
    found = [one for line in (title, *head_lines(head)) if (one := _told(line, countries))]
    return found[0] if len({(one.party.id, one.year) for one in found}) == 1 else None


def _told(line: str, countries: Collection[str]) -> PartyHead | None:
    """The party that a line begins with, behind which stand a place and years and nothing else but
    small words."""
    years = [int(year) for year in _YEAR.findall(line)]
    if not 0 < len(years) <= MAX_YEARS or years != sorted(set(years)):
        return None
    words, folded = words_of(line)
    named = named_among(line, words, folded, countries)
    if len({one.party.id for one in named}) != 1 or named[0].first:
        return None
    kinds = kinds_of_words(folded, named)
    if "" in kinds or "place" not in kinds:
        return None
    return PartyHead(named[0].party, named[0].written, years[0])
