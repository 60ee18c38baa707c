"""Documents in several languages: short promises, and what is said of the whole."""

from __future__ import annotations

import pytest

from progsearch.languages.unexpected import mixed
from progsearch.prepare import Job, Preparer

SWEDISH = """## Sjukvård
- Vi bygger ett nytt sjukhus i Malmö.
- Vi höjer lönerna för sjuksköterskor och läkare.
- Vi kortar köerna till vården och sänker avgiften för alla.
- Vi öppnar en vårdcentral i varje kommun som saknar en.
"""
ENGLISH = """## Health
- We will build a new hospital.
- We will raise the wages of nurses.
- We will cut waiting times.
"""
CZECH = """## Zdravotnictví
- Postavíme novou nemocnici v Brně.
- Zvýšíme platy sester a lékařů.
- Opravíme silnice na venkově a postavíme nové chodníky.
- Zavedeme levné jízdné pro všechny studenty.
"""
NAMES = """## Kandidater
- Anna Lindh, lärare, Malmö
- Karl Berg, snickare, Lund
- Eva The Great, artist
"""


@pytest.fixture(scope="module")
def preparer():
    return Preparer.loaded(("cs", "sv", "en"))


def told(preparer, text):
    job = Job("a.md", text.encode(), "0", lambda _part: {}, {}, {})
    (found,) = preparer.prepare(job)
    return found


ALTERNATING = """## Boende
- Fler bostäder i staden
- More homes in the city for all of us
- Lägre hyror för unga
- Lower rents for the young
- Billigare bussar till jobbet
- Cheaper buses to work
"""
OFFICES = """## Styrelse
- Bättre skola
- Lägre skatt
- Jan Andersson, chair of the board
- Eva Berg, member of the board
"""


@pytest.mark.parametrize(
    ("text", "lang", "others"),
    [
        (SWEDISH + SWEDISH.replace("nytt", "stort") + ENGLISH, "sv", {"Health": "en"}),
        (SWEDISH + SWEDISH.replace("nytt", "stort") + CZECH, "sv", {"Zdravotnictví": "cs"}),
        (CZECH + CZECH.replace("novou", "velkou") + SWEDISH, "cs", {"Sjukvård": "sv"}),
        (SWEDISH + NAMES, "sv", {}),
        (SWEDISH + OFFICES, "sv", {}),
    ],
)
def test_short_passages_have_the_language_of_their_section(preparer, text, lang, others):
    found = told(preparer, text)
    assert found.document.lang.value == lang
    below = {(one.headings[-1], one.lang.value) for one in found.passages if one.headings}
    assert {one for one in below if one[1] != lang} == {*others.items()}
    assert not {(heading, lang) for heading in others} & below


def test_lines_of_the_document_keep_its_language_beside_others(preparer):
    found = told(preparer, SWEDISH + SWEDISH.replace("nytt", "stort") + ALTERNATING)
    langs = {one.text: one.lang.value for one in found.passages}
    for line in ALTERNATING.splitlines()[1::2]:
        assert langs[line.removeprefix("- ")] == "sv"


FINNISH = """# Kuntavaaliohjelma 2025

Palkkaamme lisää opettajia suomenkielisiin kouluihin. Rakennamme uuden päiväkodin keskustaan ja
korjaamme vanhat koulut.

Vi ska anställa fler lärare till de svenska skolorna. Vi kommer att bygga ett nytt daghem i centrum
och reparera de gamla skolorna.
"""


def test_a_paragraph_in_finnish_is_one_beside_swedish(preparer):
    found = told(preparer, FINNISH)
    of_text = [one for one in found.passages if not one.text.startswith("Kunta")]
    assert [one.lang.value for one in of_text] == ["fi", "sv"]
    assert [str(one.commitment) for one in of_text] == ["strong", "strong"]
    assert any("several languages" in one for one in found.document.notes)


def test_a_promise_in_the_other_language_is_one(preparer):
    found = told(preparer, SWEDISH + SWEDISH.replace("nytt", "stort") + CZECH)
    promised = [one for one in found.passages if one.lang.value == "cs"]
    assert [str(one.commitment) for one in promised] == ["strong"] * 4


def test_a_text_in_several_languages_has_a_note(preparer):
    assert any("several languages" in one for one in told(preparer, SWEDISH + CZECH).document.notes)
    assert not any("several" in one for one in told(preparer, SWEDISH + NAMES).document.notes)


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ({"sv": 100}, ""),
        ({"sv": 80, "cs": 20}, ""),
        ({"sv": 75, "cs": 15, "en": 10}, "parts of it are in cs, en, "),
        ({"cs": 10}, ""),
        ({"sv": 10, "und": 10}, ""),
        ({}, ""),
    ],
)
def test_the_note_says_which_others(letters, said):
    assert said in mixed("sv", letters)
    assert bool(said) == bool(mixed("sv", letters))
