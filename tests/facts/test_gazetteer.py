from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from progsearch.facts.gazetteer import (
    HOST,
    NAME,
    countries,
    countries_of_regions,
    country_of_language,
    load_regions,
    national,
    towns,
)

# ISO 3166-2 and NUTS 2021 (of Norway 2024), here once more on purpose: a slip in the data shows.
CODES = """
CZ-10 CZ010, CZ-20 CZ020, CZ-31 CZ031, CZ-32 CZ032, CZ-41 CZ041, CZ-42 CZ042, CZ-51 CZ051,
CZ-52 CZ052, CZ-53 CZ053, CZ-63 CZ063, CZ-64 CZ064, CZ-71 CZ071, CZ-72 CZ072, CZ-80 CZ080,
SE-AB SE110, SE-C SE121, SE-D SE122, SE-E SE123, SE-F SE211, SE-G SE212, SE-H SE213,
SE-I SE214, SE-K SE221, SE-M SE224, SE-N SE231, SE-O SE232, SE-S SE311, SE-T SE124,
SE-U SE125, SE-W SE312, SE-X SE313, SE-Y SE321, SE-Z SE322, SE-AC SE331, SE-BD SE332,
SK-BL SK010, SK-TA SK021, SK-TC SK022, SK-NI SK023, SK-ZI SK031,
SK-BC SK032, SK-PV SK041, SK-KI SK042,
DE-BW DE1, DE-BY DE2, DE-BE DE3, DE-BB DE4, DE-HB DE5, DE-HH DE6, DE-HE DE7, DE-MV DE8, DE-NI DE9,
DE-NW DEA, DE-RP DEB, DE-SL DEC, DE-SN DED, DE-ST DEE, DE-SH DEF, DE-TH DEG,
AT-1 AT11, AT-2 AT21, AT-3 AT12, AT-4 AT31, AT-5 AT32, AT-6 AT22, AT-7 AT33, AT-8 AT34, AT-9 AT13,
PL-02 PL51, PL-04 PL61, PL-06 PL81, PL-08 PL43, PL-10 PL71, PL-12 PL21, PL-14 PL9, PL-16 PL52,
PL-18 PL82, PL-20 PL84, PL-22 PL63, PL-24 PL22, PL-26 PL72, PL-28 PL62, PL-30 PL41, PL-32 PL42,
DK-81 DK05, DK-82 DK04, DK-83 DK03, DK-84 DK01, DK-85 DK02,
NO-03 NO081, NO-11 NO0A1, NO-15 NO0A3, NO-18 NO071, NO-31 NO083, NO-32 NO084, NO-33 NO085,
NO-34 NO020, NO-39 NO093, NO-40 NO094, NO-42 NO092, NO-46 NO0A2, NO-50 NO060, NO-55 NO072,
NO-56 NO073,
FI-01 FI200, FI-02 FI1C5, FI-03 FI194, FI-04 FI1D1, FI-05 FI1D8, FI-06 FI1C2, FI-07 FI1D5,
FI-08 FI193, FI-09 FI1C4, FI-10 FI1D7, FI-11 FI197, FI-12 FI195, FI-13 FI1D3, FI-14 FI1D9,
FI-15 FI1D2, FI-16 FI1C3, FI-17 FI196, FI-18 FI1B1, FI-19 FI1C1
"""


def test_all_regions_with_their_codes() -> None:
    found = {code: entry.nuts for code, entry in load_regions().items()}
    assert found == dict(pair.split() for pair in CODES.split(","))


def test_names_are_in_three_languages_and_unique() -> None:
    for code, entry in load_regions().items():
        assert {"cs", "en", "sv"} <= set(entry.names), code
        assert entry.region.code == code
        own = next(
            lang for lang, homes in countries_of_regions().items() if entry.region.country in homes
        )
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
    own = {"cs": "CZ", "da": "DK", "fi": "FI", "nb": "NO", "pl": "PL", "sk": "SK", "sv": "SE"}
    assert countries_of_regions() == {
        "de": ("AT", "DE"),
        **{lang: (country,) for lang, country in own.items()},
    }
    assert country_of_language() == {"cs": "CZ", "sk": "SK", "sv": "SE"}
    assert set(national()) == {"AT", "DE", *own.values()}


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
        ("DE-BY", "Freistaat Bayern"),
        ("DE-BY", "bayerischen"),
        ("DE-HE", "Landes Hessen"),
        ("DE-TH", "Thüringens"),
        ("AT-6", "steirische"),
        ("PL-14", "województwie mazowieckim"),
        ("PL-24", "śląscy"),
        ("PL-12", "Małopolskę"),
        ("DK-81", "nordjydernes"),
        ("DK-83", "Region Syddanmarks"),
        ("NO-50", "Trøndelag fylkeskommune"),
        ("NO-55", "Tromsøs"),
        ("FI-18", "Uudellamaalla"),
        ("FI-11", "Pirkanmaan hyvinvointialueen"),
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
