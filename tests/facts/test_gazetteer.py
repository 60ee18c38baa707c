from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from progsearch.facts.gazetteer import (
    HOST,
    NAME,
    countries,
    country_of_language,
    load_regions,
    national,
    towns,
)

# ISO 3166-2 and NUTS 2021, written here once more on purpose: a slip in the data shows.
CODES = """
CZ-10 CZ010, CZ-20 CZ020, CZ-31 CZ031, CZ-32 CZ032, CZ-41 CZ041, CZ-42 CZ042, CZ-51 CZ051,
CZ-52 CZ052, CZ-53 CZ053, CZ-63 CZ063, CZ-64 CZ064, CZ-71 CZ071, CZ-72 CZ072, CZ-80 CZ080,
SE-AB SE110, SE-C SE121, SE-D SE122, SE-E SE123, SE-F SE211, SE-G SE212, SE-H SE213,
SE-I SE214, SE-K SE221, SE-M SE224, SE-N SE231, SE-O SE232, SE-S SE311, SE-T SE124,
SE-U SE125, SE-W SE312, SE-X SE313, SE-Y SE321, SE-Z SE322, SE-AC SE331, SE-BD SE332,
SK-BL SK010, SK-TA SK021, SK-TC SK022, SK-NI SK023, SK-ZI SK031,
SK-BC SK032, SK-PV SK041, SK-KI SK042
"""


def test_all_regions_with_their_codes() -> None:
    found = {code: entry.nuts for code, entry in load_regions().items()}
    assert found == dict(pair.split() for pair in CODES.split(","))


def test_names_are_in_three_languages_and_unique() -> None:
    for code, entry in load_regions().items():
        assert {"cs", "en", "sv"} <= set(entry.names), code
        assert entry.region.code == code
        own = {"CZ": "cs", "SE": "sv", "SK": "sk"}[entry.region.country]
        assert entry.names[own] == entry.region.name
        assert entry.seat
    for lang in ("cs", "en", "sv"):
        names = Counter(entry.names[lang] for entry in load_regions().values())
        assert max(names.values()) == 1


def test_no_form_names_two_regions() -> None:
    owners: dict[str, set[str]] = {}
    for code, entry in load_regions().items():
        for form in entry.forms:
            owners.setdefault(form.text.lower(), set()).add(code)
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {}


def test_forms_can_be_found_as_words() -> None:
    for entry in load_regions().values():
        assert any(form.weight == NAME for form in entry.forms)
        for form in entry.forms:
            assert re.fullmatch(r"[\w.-]+(?: [\w.-]+)*", form.text), form
            assert form.weight <= HOST or len(form.text) > 3, form


def test_countries() -> None:
    assert {"AT", "CZ", "DE", "DK", "FI", "GB", "IE", "NO", "PL", "SE", "SK"} == set(countries())
    assert country_of_language() == {"cs": "CZ", "sk": "SK", "sv": "SE"}
    assert set(national()) == {"CZ", "SE", "SK"}


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("CZ-51", "Libereckého kraje"),
        ("CZ-51", "Libereckém kraji"),
        ("CZ-51", "Liberecko"),
        ("CZ-51", "libereckého krajského"),
        ("CZ-63", "Kraje Vysočina"),
        ("CZ-10", "hlavního města Prahy"),
        ("CZ-20", "Středočeši"),
        ("CZ-52", "Hradci Králové"),
        ("SE-G", "Region Kronobergs"),
        ("SK-NI", "Nitrianskeho samosprávneho kraja"),
        ("SK-BC", "Banskej Bystrici"),
        ("SK-KI", "Košiciach"),
        ("SK-KI", "Spišskej Novej Vsi"),
        ("SK-TC", "Novom Meste nad Váhom"),
        ("SK-ZI", "Liptovskom Mikuláši"),
        ("SK-KI", "Michalovciach"),
        ("SK-NI", "Nových Zámkoch"),
        ("SK-PV", "Humennom"),
        ("SE-G", "kronobergarna"),
        ("SE-G", "Kronobergs län"),
        ("SE-G", "Kronobergs läns"),
        ("SE-O", "Västra Götalandsregionens"),
        ("SE-M", "skånska"),
        ("SE-Z", "Region Jämtland Härjedalen"),
    ],
)
def test_forms(code: str, form: str) -> None:
    assert form.lower() in {item.text.lower() for item in load_regions()[code].forms}


def test_municipalities(project) -> None:
    counts = {}
    for name in ("cz", "se"):
        file = project / "progsearch" / "data" / "municipalities" / f"{name}.toml"
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        named = [town for towns_ in data["towns"].values() for town in towns_]
        assert len(named) == len(set(named))
        assert set(data["ordinary"]) <= set(named)
        counts[name] = len(named)
    # Obce s rozšířenou působností; kommuner.
    assert counts == {"cz": 205, "se": 290}
    assert set(towns().values()) <= set(load_regions())
