"""Which party a name means: the registry of parties, their letters, names and former names.

The parties are data (``data/parties/CC.toml``, a file a country; ``docs/parties.md`` says
what the keys mean). A party has one label, by which it is stored, counted and shown, and any
of its names leads to it. What names two parties names neither.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from progsearch.facts.names import Alike, alike, fold

__all__ = [
    "Labelled",
    "Party",
    "candidates",
    "countries_of_language",
    "label_of",
    "load_parties",
    "look_alikes",
    "parties_by_label",
    "registry_version",
    "tells_anywhere",
]

_ALONE = 2
"""Letters so few are those of many parties: they tell one only in a known country."""
_SHORT = 4
"""Names so short are those of other bodies in other countries."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party or a coalition as the registry has it.

    ``id`` is the country (ISO 3166-1) and the letters of the party in it, ``SE:C``; ``name``
    is its label, one in the whole registry. ``letters`` are its abbreviations; ``names`` all
    other names, also former ones, those in other languages and inflected ones; ``ordinary``
    are those that are words of the language, too. ``members`` are ids of a coalition's
    parties, ``since`` and ``until`` years, ``marpor`` its number in the Manifesto Project.
    """

    id: str
    country: str
    name: str
    letters: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    ordinary: frozenset[str] = frozenset()
    members: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    marpor: int | None = None
    translations: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def all_names(self) -> tuple[str, ...]:
        """The label, every name in every language and the letters."""
        return (self.name, *self.names, *self.letters)


@cache
def load_parties() -> Mapping[str, Party]:
    """The shipped parties by their id, in the order of the data."""
    found = {}
    for country, data in _data().items():
        for row in data["party"]:
            party = _party(country, row)
            found[party.id] = party
    return found


def _party(country: str, row: Mapping[str, Any]) -> Party:
    others = [name for key in ("official", "short", "former", "forms") for name in row.get(key, ())]
    translated = {tag: tuple(names) for tag, names in row.get("names", {}).items()}
    return Party(
        f"{country}:{row['id']}",
        country,
        row["name"],
        tuple(row.get("letters", ())),
        (*others, *(name for names in translated.values() for name in names)),
        frozenset(row.get("ordinary", ())),
        tuple(f"{country}:{one}" for one in row.get("members", ())),
        row.get("since"),
        row.get("until"),
        row.get("marpor"),
        translated,
    )


@cache
def _sources() -> Mapping[str, str]:
    folder = files("progsearch") / "data" / "parties"
    return {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }


@cache
def _data() -> Mapping[str, dict[str, Any]]:
    return {country: tomllib.loads(source) for country, source in _sources().items()}


@cache
def registry_version() -> str:
    """Changes whenever the registry does, and so may the label of a document's party."""
    known = blake2b(digest_size=4)
    for country, source in _sources().items():
        known.update(f"{country}\0{source}\0".encode())
    return known.hexdigest()


@cache
def countries_of_language(lang: str) -> tuple[str, ...]:
    """The countries of the registry in which a language (BCP 47) is written."""
    return tuple(country for country, data in _data().items() if lang in data["langs"])


@cache
def parties_by_label() -> Mapping[str, Party]:
    """The parties by their label."""
    return {party.name: party for party in load_parties().values()}


def look_alikes(values: Iterable[str]) -> Iterator[Alike]:
    """Values of an index that may be one party under two names, with the reason.

    Two parties of the registry are two parties, however alike their names are.
    """
    return alike(values, frozenset(parties_by_label()))


@cache
def _by_name() -> Mapping[str, tuple[Party, ...]]:
    """The parties by each of their folded names and letters."""
    found: dict[str, dict[str, Party]] = {}
    for party in load_parties().values():
        for name in (party.id, *party.all_names):
            found.setdefault(fold(name), {})[party.id] = party
    return {key: tuple(parties.values()) for key, parties in found.items()}


@cache
def _telling(party: Party) -> frozenset[str]:
    """The folded names that mean the party in any country: no letters, and no plain words."""
    weak = {fold(name) for name in (*party.letters, *party.ordinary)}
    names = {fold(name) for name in (party.name, *party.names)}
    return frozenset({name for name in names - weak if len(name) > _SHORT} | {fold(party.id)})


def tells_anywhere(party: Party, written: str) -> bool:
    """Whether a name, or its genitive in ``s``, means the party in texts of any country."""
    known = _telling(party)
    return fold(written) in known or fold(written.removesuffix("s")) in known


_WITH_BRACKETS = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)")


def candidates(text: str, countries: Collection[str] = ()) -> tuple[Party, ...]:
    """Every party that a name may mean, in one of the countries where there are any.

    Case, accents and punctuation do not matter unless they tell two parties apart. A full
    name leads to its party from every country, letters and plain words only in its own.
    ``Moderaterna (M)`` is what both parts mean.
    """
    key = fold(text)
    meant = _by_name().get(key, ())
    here = [party for party in meant if not countries or party.country in countries]
    if found := _best_spelled(text, here or [one for one in meant if key in _telling(one)]):
        return found
    split = _WITH_BRACKETS.fullmatch(text.strip())
    if not split:
        return ()
    outer = candidates(split["outer"].rstrip(), countries)
    inner = {party.id for party in candidates(split["inner"], countries)}
    # "SPOLU (ODS)" may be a part of the coalition or all of it.
    return tuple(party for party in outer if party.id in inner) if inner else outer


def _best_spelled(text: str, parties: list[Party]) -> tuple[Party, ...]:
    """Of parties that share a folded name those that are spelled like the text."""
    bare = text.strip(" ()")
    for same in (str, str.casefold):
        found = [one for one in parties if same(bare) in map(same, one.all_names)]
        if len(found) == 1:
            return tuple(found)
    return tuple(parties)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The label of a party that somebody named, ``party`` when the registry has it.

    ``note`` says why a name was left as it was written though the registry knows it.
    """

    label: str
    party: Party | None = None
    note: str = ""


def label_of(
    text: str,
    countries: Collection[str] = (),
    aliases: Mapping[str, str] | None = None,
    *,
    sure: bool = True,
) -> Labelled:
    """The label under which a stated party is kept.

    ``sure`` says that the countries are known, and not only those of the text's language.
    ``aliases`` are further names by their folded form, each with the name that is meant. A
    name that the registry does not have is a label itself; one that may be of several parties
    is left as it is, with a note.
    """
    text = (aliases or {}).get(fold(text), text)
    found = candidates(text, countries)
    if not found and not sure:
        found = candidates(text)
        if len(found) == 1:
            return Labelled(text, note=_doubt(text, found))
    if not found:
        return Labelled(text)
    if len(found) > 1:
        return Labelled(text, note=_doubt(text, found))
    only = found[0]
    if not countries and fold(text) not in _telling(only) and len(fold(text)) <= _ALONE:
        return Labelled(text, note=_doubt(text, found))
    return Labelled(only.name, only)


def _doubt(text: str, found: Collection[Party]) -> str:
    which = " or ".join(f"{party.name} ({party.country})" for party in list(found)[:4])
    return f"party {text!r} may be {which}: state a country or the name"
