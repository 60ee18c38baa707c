from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.errors import ProgsearchError
from progsearch.facts.gazetteer import NAME, load_regions
from progsearch.facts.mentions import evidence
from progsearch.facts.names import fold
from progsearch.facts.regions import infer_region, region, region_of_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SE-G", "SE-G"),
        ("se-g", "SE-G"),
        ("SE212", "SE-G"),
        ("Kronoberg", "SE-G"),
        ("KRONOBERGS LÄN", "SE-G"),
        ("Region Kronoberg", "SE-G"),
        ("Växjö", "SE-G"),
        ("liberecky", "CZ-51"),
        ("Liberecký kraj", "CZ-51"),
        ("Libereckého kraje", "CZ-51"),
        ("liberec", "CZ-51"),
        ("Liberec Region", "CZ-51"),
        ("praha", "CZ-10"),
        ("Prag", "CZ-10"),
        ("Central Bohemia", "CZ-20"),
        ("stredocesky", "CZ-20"),
        ("Mellersta Böhmen", "CZ-20"),
        ("vysocina", "CZ-63"),
        ("jihomoravsky", "CZ-64"),
        ("skane", "SE-M"),
        ("vastra gotaland", "SE-O"),
        ("uppsala", "SE-C"),
        (" kalmar  län ", "SE-H"),
        ("Bavaria", "DE-BY"),
        ("nrw", "DE-NW"),
        ("niederosterreich", "AT-3"),
        ("mazowieckie", "PL-14"),
        ("Dolnego Śląska", "PL-02"),
        ("sjaelland", "DK-85"),
        ("More og Romsdal", "NO-15"),
        ("Nyland", "FI-18"),
        ("Helsinki", "FI-18"),
    ],
)
def test_region(name: str, code: str) -> None:
    assert region(name).code == code


def test_every_region_by_every_name() -> None:
    for code, entry in load_regions().items():
        for name in (code, code.lower(), entry.nuts, *entry.names.values()):
            assert region(name) == entry.region
            assert region(fold(name)) == entry.region


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("Kronborg", "SE-G"), ("libereký", "CZ-51"), ("Skaane", "SE-M"), ("qqqq", "ISO 3166-2")],
)
def test_unknown_region(name: str, suggested: str) -> None:
    with pytest.raises(ProgsearchError, match="unknown region") as caught:
        region(name)
    assert suggested in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Zdravý kraj. Krajská nemocnice Liberec. Liberecký kraj je jediný.", "CZ-51"),
        ("Zastupitelstvo Libereckého kraje jednalo. Liberečané čekají.", "CZ-51"),
        ("Regionen vill att kronobergarna och kronobergaren ska få vård i tid.", "SE-G"),
        ("Region Kronoberg bygger. Kronobergarna får vård nära.", "SE-G"),
        ("Kraj Vysočina opraví silnice. V Kraji Vysočina chybí lékaři.", "CZ-63"),
        ("VÄSTRA GÖTALANDSREGIONEN satsar. Västra Götalandsregionens sjukhus.", "SE-O"),
        # once is not enough
        ("Liberecký kraj je jediný, který stipendia nemá.", None),
        ("Podobný problém má také Ústecký kraj.", None),
        # a neighbour in passing
        (
            (
                "Liberecký kraj hájí vodu. V Libereckém kraji vyschly studny, Liberecko trpí. "
                "Podobně je na tom Ústecký kraj."
            ),
            "CZ-51",
        ),
        # two on a par
        ("Liberecký kraj a Ústecký kraj. Liberec a Ústí nad Labem. Liberecko a Ústecko.", None),
        # a list of them
        ("Liberecký kraj, Ústecký kraj, Zlínský kraj, Pardubický kraj. Liberec 5.", None),
        # the capital is everywhere
        ("Praha rozhodla. V Praze se jednalo. Do Prahy a s Prahou, Pražané.", None),
        # a dateline is no evidence
        ("Liberec, 12. května 2020 – kraj. Liberec, 3. 5. 2020. Liberecký kraj.", None),
        # small letters
        ("Na vysočině je krásně, vysočina je vysočinou, na vysočině, u vysočiny.", None),
        ("Das Land Hessen baut. In Hessen fehlen Ärzte, hessische Schulen auch. Kassel.", "DE-HE"),
        ("Nordjyderne får hjælp. Region Nordjylland bygger i Aalborg og Thisted.", "DK-81"),
        # its words are those of Swedish politics, too
        ("Regeringen og regeringen, ministeren. Region Sjælland, i Region Sjælland.", None),
        ("Trøndelag fylkeskommune bygger. I Trøndelag, i Namsos og Levanger.", "NO-50"),
        ("Województwo śląskie. W województwie śląskim brakuje lekarzy, Katowice.", "PL-24"),
        ("Pirkanmaan hyvinvointialue säästää. Pirkanmaalla, Tampereella ja muualla.", "FI-11"),
        # of the whole of Germany, or of Austria
        (
            (
                "Die Bundesregierung und Österreich, der Nationalrat, Deutschland, der Bundestag. "
                "Das Land Tirol. Tirol und Innsbruck."
            ),
            None,
        ),
        # national politics
        (
            (
                "Statsministern besökte Region Halland. Regeringen och socialministern vill att "
                "Sverige ska satsa, sade statsrådet. Riksdagen beslutar. Halland."
            ),
            None,
        ),
        ("", None),
    ],
)
def test_infer_region(text: str, code: str | None) -> None:
    found = infer_region(text)
    assert (found.code if found else None) == code


def test_title_weighs_more() -> None:
    text = "Kraj opraví silnice a mosty v Libereckém kraji."
    assert infer_region(text) is None
    assert infer_region(text, title="Silnice v Libereckém kraji") == region("CZ-51")


def test_countries_narrow_the_choice() -> None:
    text = "Region Kronoberg och Kronobergs län. Kronobergarna."
    assert infer_region(text, countries=("SE",)) == region("SE-G")
    assert infer_region(text, countries=("CZ",)) is None


def test_a_long_text_needs_more() -> None:
    text = "Region Kronoberg. Kronobergarna. "
    assert infer_region(text) == region("SE-G")
    assert infer_region(text + "Vi vill att vården ska fungera. " * 2000) is None


def test_every_region_is_found_by_its_own_names() -> None:
    for entry in load_regions().values():
        name = next(form.text for form in entry.forms if form.weight == NAME)
        text = f"{name} rozhodl. {entry.seat}. {name}. {name} a {name}."
        assert infer_region(text) == entry.region


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("v Libereckém\nkraji", [("Libereckém\nkraji", "CZ-51")]),
        ("liberecky.pirati.cz", [("liberecky", "CZ-51")]),
        ("v Ústí nad Orlicí a Ústí nad Labem", [
            ("Ústí nad Orlicí", "CZ-53"), ("Ústí nad Labem", "CZ-42"),
        ]),
        ("Frýdlantu a Frýdlantu nad Ostravicí", [
            ("Frýdlantu", "CZ-51"), ("Frýdlantu nad Ostravicí", "CZ-80"),
        ]),
        ("skånska bolaget Skanska", [("skånska", "SE-M")]),
        ("Kalmarunionen, kalmaři", []),
        ("sjukvårdsministern", [("sjukvårdsministern", "SE")]),
        ("České republice", [("České republice", "CZ")]),
        ("regeringen", [("regeringen", "DK"), ("regeringen", "SE")]),
        ("Das Land Heſſen, das Land Hessen", [
            ("Land Heſſen", "DE-HE"), ("Land Hessen", "DE-HE"),
        ]),
        ("Praha, 12. května v Praze", [("Praze", "CZ-10")]),
        ("ministr_Brno", [("Brno", "CZ-64")]),
    ],
)  # fmt: skip
def test_evidence(text: str, marks: list[tuple[str, str]]) -> None:
    assert [(mark.text, mark.about) for mark in evidence(text)] == marks


@given(st.text())
def test_places_of_evidence(text: str) -> None:
    for mark in evidence(text + " Liberecký kraj " + text):
        assert mark.text in text + " Liberecký kraj " + text
        assert mark.weight > 0


def test_precision_on_real_documents(shared: Path) -> None:
    from benchmarks.regions import cases, precision

    found = list(cases(shared / "corpus"))
    right, given = precision([case for case in found if case.wanted and not case.copy])
    assert given >= 200
    assert right / given >= 0.98
    national = [case for case in found if not case.wanted]
    assert sum(case.got is not None for case in national) <= len(national) * 0.005


@pytest.mark.parametrize(("name", "code"), [("6-liberecky", "CZ-51"), ("1. Kronoberg", "SE-G")])
def test_a_number_in_a_list_is_no_part_of_a_name(name: str, code: str) -> None:
    assert region(name).code == code


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("corpus/liberecky/_program/zdravi.md", "CZ-51"),
        ("cz/kraj-vysocina/x.md", "CZ-63"),
        ("se/region-kronoberg/budget.txt", "SE-G"),
        ("corpus/CZ-72/x.md", "CZ-72"),
        ("corpus/bohumin/program.md", "CZ-80"),
        ("corpus/praha/stredocesky/x.md", "CZ-20"),
        ("corpus/liberecky-kraj-2024.md", "CZ-51"),
        ("corpus/program.md", None),
        # words that are towns, too
        ("corpus/most/x.md", None),
        ("corpus/vara/x.md", None),
        ("", None),
    ],
)
def test_region_of_path(path: str, code: str | None) -> None:
    found = region_of_path(path)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Praha 1, Praze 2, Prahy 3: Praha 10 a Praha 7.", "Doprava v Praze 1"),
        ("Nemocnice Liberec.", ""),
    ],
)
def test_addresses_and_single_mentions_do_not_decide(text: str, title: str) -> None:
    assert infer_region(text, title) is None


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Vara kommun och att vara", [("Vara kommun", "SE-O")]),
        ("Piteå kommuns budget", [("Piteå kommuns", "SE-BD")]),
        ("v Boskovicích", [("Boskovicích", "CZ-64")]),
        ("nový most ve městě Mostě", [("městě Mostě", "CZ-42")]),
        ("v Praze 1", []),
    ],
)
def test_evidence_of_municipalities(text: str, marks: list[tuple[str, str]]) -> None:
    assert [(mark.text, mark.about) for mark in evidence(text)] == marks


@pytest.mark.parametrize(
    ("text", "title", "code"),
    [
        (
            "V Nitrianskom kraji opravíme cesty. Nitriansky samosprávny kraj má peniaze.",
            "",
            "SK-NI",
        ),
        ("Košický samosprávny kraj zriadi ambulancie v Michalovciach.", "Košický kraj", "SK-KI"),
        ("Vláda Slovenskej republiky navštívila Nitru.", "", None),
        ("Nemocnica v Trenčíne.", "", None),
    ],
)
def test_slovak_regions(text: str, title: str, code: str | None) -> None:
    found = infer_region(text, title, ("SK",))
    assert (found.code if found else None) == code
    assert infer_region(text, title, ("CZ",)) is None
    assert region("nitriansky samosprávny kraj").code == "SK-NI"
    assert region_of_path("programy/zilinsky-kraj/x.md") == region("SK-ZI")
