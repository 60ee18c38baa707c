"""Plain text with the numbers of its pages in words, and heads that say whose it is, and where."""

from __future__ import annotations

import pytest
from files_making import documents
from reading import assert_law

from progsearch.facts.pagewords import is_page_number, without_page_number
from progsearch.facts.partyheads import party_head
from progsearch.model import Shape
from progsearch.normalise import normalise

PROMISE = "Vi ska bygga en ny vårdcentral i varje kommun."
NUMBERS = [
    *("Sida 1", "sid. 3", "Strana 2", "str. 14", "Seite 3 von 20", "Page 3 of 20", "p. 4"),
    *("Side 2 av 9", "Strona 2 z 8", "Sivu 3", "– Strana 2/8 –", "Sida 1 (12)"),
]
TEXTS = [
    "Sidan 1",
    "Page",
    "3 of 20",
    "Side om side",
    "Strana zelených",
    "Strana 2 navrhuje školu",
    "S 5",
]


@pytest.mark.parametrize(
    ("line", "told"), [*((one, True) for one in NUMBERS), *((one, False) for one in TEXTS)]
)
def test_numbers_of_pages_in_words(line, told):
    assert is_page_number(line) is told


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("VALPROGRAM          Sida 1", "VALPROGRAM"),
        ("Page 3 of 20 | Manifesto", "Manifesto"),
        ("Volební program · strana 4", "Volební program"),
        ("Läs mer på sida 5", "Läs mer på sida 5"),
        ("Se Sida 5", "Se Sida 5"),
        ("Doprava – strana 5", "Doprava – strana 5"),
    ],
)
def test_what_stands_beside_the_number_of_a_page(line, bare):
    assert without_page_number(line) == bare


@pytest.mark.parametrize("feed", ["", "\f"])
@pytest.mark.parametrize("number", NUMBERS)
def test_running_heads_are_no_text_and_the_first_line_in_capitals_is_the_title(number, feed):
    head = f"VALPROGRAM                         {number.strip('– ')}"
    text = (
        f"{head}\nCENTERPARTIET I REGION GÄVLEBORG 2022-2026\n\n{PROMISE}\n\n{number}\n"
        f"{feed}{head}\n\nVi ska köpa nya bussar till hela länet.\n"
    )
    (raw,) = documents("a.txt", text.encode())
    assert_law(raw)
    found = normalised(raw)
    assert found.title == "CENTERPARTIET I REGION GÄVLEBORG 2022-2026"
    assert (found.party.value, str(found.date.value)) == ("Centerpartiet", "2022")
    assert (found.region.value.code, found.kind.value) == ("SE-X", "programme")
    said = [raw.text[b.start : b.end] for b in raw.blocks if b.shape is Shape.PARAGRAPH]
    assert said == [PROMISE, "Vi ska köpa nya bussar till hela länet."]


def test_a_promise_beside_a_page_is_a_promise():
    text = f"Program\n\n{PROMISE}   s. 5\n\nVi ska bygga bostäder | sida 3.\n"
    (raw,) = documents("a.txt", text.encode())
    assert not any(block.shape is Shape.NAVIGATION for block in raw.blocks)


def normalised(raw, lang="sv"):
    return normalise(
        raw, path="a", content_hash="", defaults={}, given={}, people={}, detect=lambda _: lang
    )


HEADS = [
    ("CENTERPARTIET I REGION GÄVLEBORG 2022-2026", "SE", ("Centerpartiet", 2022)),
    ("Moderaterna i Falun 2022", "SE", ("Moderaterna", 2022)),
    ("ODS v Liberci 2024–2028", "CZ", ("ODS", 2024)),
    ("ANO v Libereckém kraji 2024", "CZ", ("ANO 2011", 2024)),
    ("SPD in Sachsen 2024–2029", "DE", ("SPD", 2024)),
    ("KDH v Košickom kraji 2022-2026", "SK", ("Kresťanskodemokratické hnutie", 2022)),
    ("Høyre i Vestland 2023–2027", "NO", ("Høyre", 2023)),
    ("Konservative i Region Midtjylland 2025", "DK", ("Det Konservative Folkeparti", 2025)),
    ("Socialdemokraterna i Skåne satsar 2022", "SE", None),
    ("Centerpartiet i Gävleborg", "SE", None),
    ("Centerpartiet 2022", "SE", None),
    ("Centerpartiet i Gävleborg 2018, 2020 och 2022", "SE", None),
    ("Centerpartiet och Moderaterna i Gävleborg 2022", "SE", None),
    ("Gävleborg 2022: Centerpartiet", "SE", None),
]


@pytest.mark.parametrize(("line", "country", "found"), HEADS)
@pytest.mark.parametrize("below", [False, True])
def test_a_party_a_place_and_years_say_whose_a_text_is(line, country, found, below):
    title, head = ("Úvod", f"Úvod\n{line}\n") if below else (line, f"{line}\n")
    told = party_head(title, head, (country,))
    assert (told and (told.party.name, told.year)) == found


def test_two_parties_at_the_head_are_none():
    head = "Moderaterna i Falun 2022\nCenterpartiet i Falun 2022\n"
    assert party_head("Program", head, ("SE",)) is None
