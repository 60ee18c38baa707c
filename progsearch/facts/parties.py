"""Whose a text is, when its title, its file or its head says so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from progsearch.facts.inflection import swedish
from progsearch.facts.named import Named
from progsearch.facts.partyheads import party_head
from progsearch.facts.registry import Party, load_parties, tells_anywhere
from progsearch.facts.titles import (
    head_lines,
    names_only,
    owner_of_folder,
    owner_of_stem,
    owner_of_title,
    says_programme,
)

__all__ = ["Owner", "infer_party"]


@dataclass(frozen=True, slots=True)
class Owner:
    """The party whose text it is, how it is named there, and where it says so."""

    party: Party
    written: str
    where: str  # title, head, file name, folder name


def infer_party(title: str, head: str, path: str, countries: Collection[str] = ()) -> Owner | None:
    """The party or coalition whose text this is, or None when nothing says so.

    ``head`` is the beginning of the text, ``path`` the file's place in posix form; only
    parties of ``countries`` come into question, of all where there are none, unless the title
    has the full name of another. A mention of a party never counts: only the signature of a
    motion ("m.fl. (C)"), a programme named after its party, a party that presents its own
    budget, and files and folders named after one.
    """
    place = PurePosixPath(path)
    signed = _signed(title, head, countries)
    if signed:
        return signed
    if found := owner_of_title(title, countries):
        return Owner(found.party, found.written, "title")
    lines = head_lines(head)
    if found := _only(owner_of_title(line, countries) for line in lines):
        return Owner(found.party, found.written, "head")
    if first := party_head(title, head, countries):
        return Owner(first.party, first.written, "head")
    if found := owner_of_stem(place.stem, countries):
        return Owner(found.party, found.written, "file name")
    if any(map(says_programme, (title, *lines))) and (
        found := _only(names_only(line, countries) for line in lines)
    ):
        return Owner(found.party, found.written, "head")
    for folder in reversed(place.parts[:-1]):
        if found := owner_of_folder(folder, countries):
            return Owner(found.party, found.written, "folder name")
    # A translation, or a text about a neighbour's politics, names the party in full.
    found = owner_of_title(title) if countries else None
    if found and tells_anywhere(found.party, found.written):
        return Owner(found.party, found.written, "title")
    return None


def _only(named: Iterable[Named | None]) -> Named | None:
    """The party that lines name, where all name the same: a comparison names several."""
    found = [one for one in named if one]
    return found[0] if len({one.party.id for one in found}) == 1 else None


def _signed(title: str, head: str, countries: Collection[str]) -> Owner | None:
    if countries and "SE" not in countries:
        return None
    patterns = _patterns()
    for where, text in (("title", title), ("head", head)):
        if found := patterns.signature.search(text):
            return Owner(patterns.letters[found["letters"]], found["letters"], where)
    for pattern in (patterns.budget, patterns.adopted):
        for where, text in (("title", title), ("head", head)):
            if found := pattern.search(text):
                name = " ".join(found["name"].split())
                return Owner(patterns.names[name.lower()], name, where)
    return None


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How Swedish motions are signed, and how parties present and adopt what is theirs."""

    signature: re.Pattern[str]
    budget: re.Pattern[str]
    adopted: re.Pattern[str]
    letters: Mapping[str, Party]
    names: Mapping[str, Party]


@cache
def _patterns() -> _Patterns:
    names: dict[str, Party] = {}
    letters: dict[str, Party] = {}
    for party in load_parties().values():
        if party.country != "SE":
            continue
        letters |= dict.fromkeys(party.letters, party)
        for name in (party.name, *party.names):
            if name not in party.ordinary:
                names |= {form.lower(): party for form in swedish(name)}
    any_name = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    any_letters = "|".join(map(re.escape, sorted(letters, key=len, reverse=True)))
    name, signed = rf"(?P<name>{any_name})", rf"(?P<letters>{any_letters})"
    flags = re.IGNORECASE
    return _Patterns(
        # Letters only in capitals: "(s)" also ends a plural.
        signature=re.compile(
            rf"\b(?:m\.\s?fl\.|[Bb]udgetmotion\s+\d{{4}}/\d\d:\d+)\s*\({signed}\)"
        ),
        # The party comes first in its sentence: it is the one that acts.
        budget=re.compile(
            rf"(?:^|\n)[^\w\n]*+(?:idag\s+\w+\s+)?{name}\b[^.\n]*\b(?:presenterar|presenterade|lägger|lade)"
            rf"\b[^.\n]*\w*budget",
            flags,
        ),
        adopted=re.compile(
            rf"\bantage[nt]\s+(?:av|vid|på)\s+{name}\s+(?:\d+:[ea]\s+)?(?:riksting|kongress|stämma"
            r"|landsmöte|landsdagar)",
            flags,
        ),
        letters=letters,
        names=names,
    )
