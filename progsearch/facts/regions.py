"""Which region a user means, and which one a document is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import PurePosixPath

from progsearch.errors import ProgsearchError
from progsearch.facts.gazetteer import (
    HOST,
    LAND,
    SEAT,
    countries_of_regions,
    load_regions,
    towns,
)
from progsearch.facts.mentions import evidence
from progsearch.facts.names import did_you_mean, fold
from progsearch.model import Region

__all__ = [
    "infer_region",
    "load_regions",
    "names_inflected",
    "names_place",
    "region",
    "region_of_path",
]

# Chosen on the Czech and Swedish files that `python -m benchmarks.regions` reads.
_TITLE = 2.0  # on top of the mention in the text itself, of which the title is a part
_ENOUGH = 4.0  # more than one full name
_CHARACTERS_PER_POINT = 3500  # a programme of a hundred pages names every region
_UNANCHORED = 2.0  # only towns and adjectives speak: they may be a neighbour's
_SHARE = 0.6  # of all that speaks for any region
_LEAD = 2.0  # over the next region
_MENTIONS = 2  # one may be that of an address or of a template


_NUMBER = re.compile(r"^\d+[-_. ]+(?=\D)")


def region(name: str) -> Region:
    """The region that a user means by a code or a name, in any case and without accents.

    ``SE-G``, ``SE212``, ``Kronoberg``, ``liberecky`` and ``Liberec Region`` all do; so do
    inflected names, and names with the number of their place in a list (``6-liberecky``).
    Raises ProgsearchError with suggestions for anything else.
    """
    key = fold(name)
    found = _named(key) or _named(_NUMBER.sub("", key, count=1))
    if found:
        return found
    names = _names() | _forms()
    shown = {other: f"{names[other].code} ({names[other].name})" for other in names}
    remedy = did_you_mean(key, shown, "write its ISO 3166-2 code", shown=shown)
    raise ProgsearchError(f"unknown region {name!r}", remedy=remedy)


def _named(key: str) -> Region | None:
    return _names().get(key) or _forms().get(key) or _towns().get(key)


def names_place(key: str) -> bool:
    """Whether a folded text is the name of a region or of a town in one."""
    return _named(key) is not None


def names_inflected(key: str) -> bool:
    """Whether a folded text is an inflected name of a region or of its seat: *v Liberci*."""
    return key in _inflected()


@cache
def _inflected() -> frozenset[str]:
    return frozenset(
        fold(form.text)
        for entry in load_regions().values()
        for form in entry.forms
        if form.weight >= SEAT
    )


@cache
def _towns() -> dict[str, Region]:
    entries = load_regions()
    return {fold(town): entries[code].region for town, code in towns().items()}


# What stands beside the name of a region in the name of a folder.
_BESIDE = frozenset(
    (
        *("at", "cz", "de", "dk", "fi", "no", "pl", "se", "sk"),
        *("cs", "da", "nb", "sv"),
        *("kraj", "obec", "samospravny"),
        *("region", "regionen", "lan", "landsting", "kommun"),
        *("bundesland", "land", "landesverband", "freistaat"),
        *("fylke", "fylkeskommune", "maakunta", "wojewodztwo"),
    )
)


def region_of_path(path: str) -> Region | None:
    """The region after which a file or a folder above it is named, the nearest first.

    ``liberecky/program.md``, ``region-kronoberg/``, ``CZ-51/``, ``bohumin/``: the name is the
    region's or that of a town in it, beside numbers and words like *kraj* alone.
    """
    place = PurePosixPath(path)
    for name in reversed((*place.parts[:-1], place.stem)):
        everything = fold(name.replace("-", " ")).split()
        words = [word for word in everything if not word.isdigit()]
        rest = [word for word in words if word not in _BESIDE]
        for chosen in (everything, words, rest):
            key = " ".join(chosen)
            if len(key) > _SHORT_NAME and (found := _named(key)):
                return found
    return None


_SHORT_NAME = 3


@cache
def _names() -> dict[str, Region]:
    entries = load_regions().values()
    names: dict[str, Region] = {}
    for entry in entries:
        for name in (entry.region.code, entry.nuts, *entry.names.values(), *entry.aliases):
            names.setdefault(fold(name), entry.region)
    # Only now the towns: none hides a region that bears its name.
    for entry in entries:
        own = entry.region.name.removesuffix(" kraj").removesuffix(" län")
        own = own.removeprefix("województwo ").removeprefix("Region ")
        for name in (own, entry.seat):
            names.setdefault(fold(name), entry.region)
    return names


@cache
def _forms() -> dict[str, Region]:
    return {
        fold(form.text): entry.region
        for entry in load_regions().values()
        for form in entry.forms
        if form.weight >= LAND
    }


def infer_region(text: str, title: str = "", countries: Collection[str] = ()) -> Region | None:
    """The region that a document is about, or None when that is not beyond doubt.

    ``text`` is the document in NFC, front matter included; ``countries`` (ISO 3166-1) narrow
    the choice to those of its language. Every mention is weighed, see
    :mod:`progsearch.facts.gazetteer`, one in the title more. A region is told when they are enough
    for the length of the text, most of all that speaks for any region, far ahead of the next
    region, and not outweighed by words of national politics. ``python -m benchmarks.regions``
    measures how often that is right.
    """
    score: defaultdict[str, float] = defaultdict(float)
    mentions: defaultdict[str, int] = defaultdict(int)
    anchored = set()
    for factor, source in ((1.0, text), (_TITLE, title)):
        for mark in evidence(source, countries):
            score[mark.about] += factor * mark.weight
            mentions[mark.about] += 1
            if mark.weight >= HOST:
                anchored.add(mark.about)
    entries = load_regions()
    # A capital is named everywhere: what speaks for it counts less, for it and against others.
    ranked = sorted(
        ((value / entries[about].demand, about) for about, value in score.items() if "-" in about),
        reverse=True,
    )
    if not ranked:
        return None
    best, code = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    entry = entries[code]
    need = max(_ENOUGH, _ENOUGH - 1.0 + len(text) / _CHARACTERS_PER_POINT)
    if code not in anchored:
        need *= _UNANCHORED
    sure = (
        best >= need
        and mentions[code] >= _MENTIONS
        and best >= _SHARE * sum(value for value, _ in ranked)
        and best >= _LEAD * second
        and best >= sum(score[country] for country in _speaking_as(entry.region.country))
    )
    return entry.region if sure else None


def _speaking_as(country: str) -> Iterator[str]:
    """The countries whose words of national politics a text of one may have; itself, too."""
    for together in countries_of_regions().values():
        if country in together:
            yield from together
