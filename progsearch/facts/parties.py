"""Whose a text is, when its head says so in letters or in a name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from progsearch.facts.inflection import swedish

__all__ = ["Party", "infer_party", "load_parties"]


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the catalogue has it; ``letters`` are how the country's texts name it."""

    country: str
    letters: str
    names: tuple[str, ...]


@cache
def load_parties() -> Mapping[str, Party]:
    """The shipped parties by their letters."""
    return {
        row["letters"]: Party(row["country"], row["letters"], (row["name"], *row.get("others", ())))
        for row in _data().get("party", [])
    }


@cache
def _data() -> Mapping[str, list[dict[str, str]]]:
    source = files("progsearch") / "data" / "parties.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def infer_party(title: str, head: str, stem: str) -> str | None:
    """The party or alliance whose text this is, as its letters or its name, or None.

    ``head`` is the beginning of the text, ``stem`` the file's name without its ending. A
    mention of a party never counts: only the signature of a motion ("m.fl. (C)"), a
    programme named after its party, and a party that presents its own budget.
    """
    patterns = _patterns()
    for source in (title, head):
        for pattern in (patterns.signature, patterns.programme):
            if found := pattern.search(source):
                return patterns.value(found)
    for pattern in (patterns.budget, patterns.adopted):
        if found := pattern.search(title) or pattern.search(head):
            return patterns.value(found)
    found = patterns.stem.match(stem)
    return found["letters"].upper() if found else None


@dataclass(frozen=True, slots=True)
class _Patterns:
    signature: re.Pattern[str]
    programme: re.Pattern[str]
    budget: re.Pattern[str]
    adopted: re.Pattern[str]
    stem: re.Pattern[str]
    names: Mapping[str, str]

    def value(self, found: re.Match[str]) -> str:
        """The party's letters, or the alliance's name."""
        groups = found.groupdict()
        if groups.get("letters"):
            return found["letters"]
        return self.names[" ".join(found["name"].lower().split())]


@cache
def _patterns() -> _Patterns:
    names: dict[str, str] = {}
    for letters, party in load_parties().items():
        for name in party.names:
            names |= {form.lower(): letters for form in swedish(name)}
    for row in _data().get("alliance", []):
        names |= {form.lower(): row["name"] for form in swedish(row["name"])}
    any_name = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    any_letters = "|".join(sorted(load_parties(), key=len, reverse=True))
    name, letters = rf"(?P<name>{any_name})", rf"(?P<letters>{any_letters})"
    flags = re.IGNORECASE
    return _Patterns(
        # Letters only in capitals: "(s)" also ends a plural.
        signature=re.compile(
            rf"\b(?:m\.\s?fl\.|[Bb]udgetmotion\s+\d{{4}}/\d\d:\d+)\s*\({letters}\)"
        ),
        programme=re.compile(
            rf"\b{name}\s+(?:\w+\s+)?(?:parti|princip|idé|handlings|val)(?:program|manifest)", flags
        ),
        # The party comes first in its sentence: it is the one that acts.
        budget=re.compile(
            rf"(?:^|\n)\W*(?:idag\s+\w+\s+)?{name}\b[^.\n]*\b(?:presenterar|presenterade|lägger|lade)"
            rf"\b[^.\n]*\w*budget",
            flags,
        ),
        adopted=re.compile(
            rf"\bantage[nt]\s+(?:av|vid|på)\s+{name}\s+(?:\d+:[ea]\s+)?(?:riksting|kongress|stämma"
            r"|landsmöte|landsdagar)",
            flags,
        ),
        stem=re.compile(
            rf"(?:partiprogram|principprogram|valmanifest|budgetmotion)-{letters}(?=-|$)", flags
        ),
        names=names,
    )
