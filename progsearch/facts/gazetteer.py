"""The shipped regions and every way to write them.

The regions are data (``data/regions/*.toml``, codes after ISO 3166-2 and NUTS 2021 or 2024), their
inflected forms are made by the rules of :mod:`progsearch.facts.inflection`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from progsearch.classes import dataclass
from progsearch.facts.inflection import (
    czech_adjective,
    czech_inhabitant,
    czech_place,
    germanic,
    polish_adjective,
    polish_voivodeship,
    slovak_adjective,
    slovak_inhabitant,
    slovak_place,
    swedish,
    swedish_inhabitant,
)
from progsearch.model import Region

__all__ = [
    "HOST",
    "LAND",
    "NAME",
    "Form",
    "National",
    "RegionEntry",
    "countries",
    "countries_of_regions",
    "country_of_language",
    "load_regions",
    "national",
    "towns",
]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a region: ``weight`` says how much it tells, see the constants below.

    ``proper`` forms count only with a capital letter: *Vysočina*, not *vysočina*.
    """

    text: str
    weight: float
    proper: bool = True


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """A region as the catalogue has it.

    ``names`` are by BCP 47 tag, that of the region's own language first; ``demand`` is how
    many times the usual evidence it takes to infer the region from a text.
    """

    region: Region
    nuts: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    seat: str
    forms: tuple[Form, ...]
    demand: float = 1.0


# A full name (Libereckého kraje, Region Kronoberg) is said of the body itself; the land and
# its people (Liberecko, kronobergarna) of the place; the seat and the bare adjective may
# be said of the town or a club; another town is a hint only.
NAME, LAND, HOST, SEAT, ADJECTIVE, TOWN = 3.0, 2.0, 1.5, 1.0, 1.0, 0.5


@cache
def load_regions() -> Mapping[str, RegionEntry]:
    """The shipped regions by their ISO 3166-2 code, in the order of the data."""
    entries = {}
    for data in _sources():
        make_forms = _FORMS[data["lang"]]
        for row in data["region"]:
            made = (*make_forms(row), *_town_forms(row["code"], data["lang"]))
            entries[row["code"]] = RegionEntry(
                region=Region(row["code"], row["name"]),
                nuts=row["nuts"],
                names={data["lang"]: row["name"], **row.get("names", {})},
                aliases=tuple(row.get("aliases", ())),
                seat=row["seat"],
                forms=made,
                demand=float(row.get("demand", 1.0)),
            )
    return entries


@cache
def country_of_language() -> Mapping[str, str]:
    """The country that a language (BCP 47) tells by itself, by language."""
    return {data["lang"]: data["country"] for data in _sources() if data.get("language_tells")}


@dataclass(frozen=True, slots=True)
class National:
    """What speaks for a text about the whole country, and how much one such word weighs.

    In ``words`` an ``*`` is any letters; one with a capital letter counts only so.
    """

    words: tuple[str, ...]
    weight: float


@cache
def national() -> Mapping[str, National]:
    """The words of national politics by ISO 3166-1 code."""
    return {
        data["country"]: National(
            tuple(data["national"]["words"]), float(data["national"]["weight"])
        )
        for data in _sources()
    }


@cache
def countries() -> Mapping[str, tuple[str, ...]]:
    """The countries that may be written by name: ISO 3166-1 code and names."""
    source = files("progsearch") / "data" / "countries.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {code: tuple(names) for code, names in data.items()}


@cache
def countries_of_regions() -> Mapping[str, tuple[str, ...]]:
    """The countries in whose regions a language (BCP 47) is written, by language."""
    found: dict[str, tuple[str, ...]] = {}
    for data in _sources():
        found[data["lang"]] = (*found.get(data["lang"], ()), data["country"])
    return found


@cache
def towns() -> Mapping[str, str]:
    """The municipalities whose name is theirs alone, each with the code of its region."""
    found: dict[str, str] = {}
    for data in _municipalities():
        ordinary = set(data["ordinary"])
        for code, names in data["towns"].items():
            found |= dict.fromkeys((name for name in names if name not in ordinary), code)
    return found


_TOWN = {
    "cs": ("město", "města", "městu", "městě", "městem"),
    "sk": ("mesto", "mesta", "mestu", "meste", "mestom"),
}
"""Words before the name of a town that is a word as well."""


@cache
def _municipalities() -> tuple[dict[str, Any], ...]:
    return tuple(_data("municipalities"))


def _town_forms(code: str, lang: str) -> Iterator[Form]:
    """How the municipalities of a region are written; the body itself says more than a town."""
    for data in _municipalities():
        ordinary = set(data["ordinary"])
        for town in data["towns"].get(code, ()):
            if lang == "sv":
                for name in swedish(town):
                    yield from (Form(form, SEAT) for form in swedish(f"{name} kommun"))
            decline = {"cs": czech_place, "sk": slovak_place, "sv": swedish}[lang]
            if town not in ordinary:
                yield from (Form(form, TOWN) for form in decline(town))
            else:
                for noun in _TOWN.get(lang, ()):
                    yield from (
                        Form(f"{noun} {form}", SEAT, proper=False) for form in decline(town)
                    )


def _sources() -> Iterator[dict[str, Any]]:
    return _data("regions")


def _data(name: str) -> Iterator[dict[str, Any]]:
    folder = files("progsearch") / "data" / name
    for source in sorted(folder.iterdir(), key=lambda item: item.name):
        if source.name.endswith(".toml"):
            yield tomllib.loads(source.read_text(encoding="utf-8"))


def _czech_forms(row: Mapping[str, Any]) -> Iterator[Form]:
    adjective = tuple(czech_adjective(row["adjective"]))
    if row["name"].endswith(" kraj"):
        for form in adjective[:5]:
            for noun in ("kraj", "kraje", "kraji", "krajem"):
                yield Form(f"{form} {noun}", NAME, proper=False)
            for noun in czech_adjective("krajský"):
                yield Form(f"{form} {noun}", NAME, proper=False)
    yield from (Form(form, NAME, proper=False) for form in row.get("full", ()))
    for land in row.get("lands", ()):
        yield from (Form(form, LAND) for form in czech_place(land))
    for name in row.get("people", ()):
        yield from (Form(form, LAND) for form in czech_inhabitant(name))
    seat = () if row.get("seat_elsewhere") else czech_place(row["seat"])
    yield from (Form(form, SEAT) for form in (*seat, *row.get("seat_forms", ())))
    yield from (Form(form, LAND) for form in row.get("land_forms", ()))
    yield from (Form(form, ADJECTIVE, proper=False) for form in adjective)
    yield from (Form(host, HOST, proper=False) for host in row.get("hosts", ()))
    for town in row.get("districts", ()):
        yield from (Form(form, TOWN) for form in czech_place(town))


def _slovak_forms(row: Mapping[str, Any]) -> Iterator[Form]:
    adjective = tuple(slovak_adjective(row["adjective"]))
    own = tuple(slovak_adjective("samosprávny"))
    for at, form in enumerate(adjective[:5]):
        for noun in ("kraj", "kraja", "kraji", "kraju", "krajom"):
            yield Form(f"{form} {noun}", NAME, proper=False)
            yield Form(f"{form} {own[at]} {noun}", NAME, proper=False)
    for name in row.get("people", ()):
        yield from (Form(form, LAND) for form in slovak_inhabitant(name))
    yield from (Form(form, SEAT) for form in slovak_place(row["seat"]))
    yield from (Form(form, ADJECTIVE, proper=False) for form in adjective)


def _swedish_forms(row: Mapping[str, Any]) -> Iterator[Form]:
    for name in (row["name"], *row.get("regions", ())):
        yield from (Form(form, NAME) for form in swedish(name))
        definite = name.removesuffix(" län") + " läns"
        yield Form(definite, NAME)
    for land in row.get("lands", ()):
        yield from (Form(form, LAND) for form in swedish(land))
    for name in row.get("people", ()):
        yield from (Form(form, LAND, proper=False) for form in swedish_inhabitant(name))
    yield from (Form(form, LAND, proper=False) for form in row.get("land_forms", ()))
    for stem in row.get("adjectives", ()):
        yield from (Form(stem + ending, ADJECTIVE, proper=False) for ending in ("", "a", "t"))
    yield from (Form(form, SEAT) for form in swedish(row["seat"]))
    yield from (Form(host, HOST, proper=False) for host in row.get("hosts", ()))
    for town in row.get("districts", ()):
        yield from (Form(form, TOWN) for form in swedish(town))


def _german_forms(row: Mapping[str, Any]) -> Iterator[Form]:
    for body in ("Land", "Landes", "Bundesland", "Bundeslandes", *row.get("bodies", ())):
        yield from (Form(f"{body} {name}", NAME) for name in germanic(row["name"]))
    yield from (Form(form, NAME) for form in row.get("full", ()))
    yield from (Form(form, LAND) for form in germanic(row["name"]))
    for stem in row.get("adjectives", ()):
        endings = ("e", "en", "er", "es", "em")
        yield from (Form(stem + ending, ADJECTIVE, proper=False) for ending in endings)
    if row["seat"] != row["name"]:
        for seat in (row["seat"], *row.get("seat_forms", ())):
            yield from (Form(form, SEAT) for form in germanic(seat))
    for town in row.get("districts", ()):
        yield from (Form(form, TOWN) for form in germanic(town))


def _polish_forms(row: Mapping[str, Any]) -> Iterator[Form]:
    for noun, own in polish_voivodeship(row["adjective"]):
        yield Form(f"{noun} {own}", NAME, proper=False)
    yield from (Form(form, LAND) for form in row.get("lands", ()))
    yield from (Form(form, SEAT) for form in (row["seat"], *row.get("seat_forms", ())))
    adjective = polish_adjective(row["adjective"])
    yield from (Form(form, ADJECTIVE, proper=False) for form in adjective)


def _danish_forms(row: Mapping[str, Any]) -> Iterator[Form]:
    """Danish and Norwegian: a county without *Region* before it has *fylke* behind it."""
    name = row["name"]
    bodies = ("fylke", "fylkeskommune", "fylkesting") if not name.startswith("Region ") else ()
    full = (name,) if not bodies else (f"{name} {body}" for body in bodies)
    for one in (*full, *row.get("regions", ())):
        yield from (Form(form, NAME) for form in germanic(one))
    for land in row.get("lands", ()):
        yield from (Form(form, LAND) for form in germanic(land))
    for person in row.get("people", ()):
        yield from (Form(form, LAND, proper=False) for form in germanic(person))
    for stem in row.get("adjectives", ()):
        yield from (Form(stem + ending, ADJECTIVE, proper=False) for ending in ("", "e"))
    if not row.get("seat_elsewhere"):
        for seat in (row["seat"], *row.get("seat_forms", ())):
            yield from (Form(form, SEAT) for form in germanic(seat))
    for town in row.get("districts", ()):
        yield from (Form(form, TOWN) for form in germanic(town))


_FINNISH_BODIES = (
    "maakunta",
    "maakunnan",
    "maakunnassa",
    "liitto",
    "liiton",
    "hyvinvointialue",
    "hyvinvointialueen",
)


def _finnish_forms(row: Mapping[str, Any]) -> Iterator[Form]:
    for body in _FINNISH_BODIES:
        yield Form(f"{row['lands'][1]} {body}", NAME)
    yield from (Form(form, LAND) for form in row["lands"])
    yield from (Form(form, SEAT) for form in (row["seat"], *row.get("seat_forms", ())))


_FORMS = {
    "cs": _czech_forms,
    "da": _danish_forms,
    "de": _german_forms,
    "fi": _finnish_forms,
    "nb": _danish_forms,
    "pl": _polish_forms,
    "sk": _slovak_forms,
    "sv": _swedish_forms,
}
