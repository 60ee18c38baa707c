"""Lines that are dates, and the words by which documents mark their parts."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from progsearch.blocks.dates import begins_with_date, date_of_line
from progsearch.blocks.wording import load_wording, parse_wording
from progsearch.errors import ProgsearchError
from progsearch.model import Role


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("22 december 2021", "2021-12-22"),
        ("onsdag den 22 december 2021", "2021-12-22"),
        ("Publicerad: 22 december 2021 14:05", "2021-12-22"),
        ("22. 12. 2021", "2021-12-22"),
        ("3. března 2021", "2021-03-03"),
        ("2021-03-03", "2021-03-03"),
        ("Sammanträdesdatum: 2023-05-29", "2023-05-29"),
        ("Sammanträdesdatum 2023-05-29 kl. 13.00–16.30", "2023-05-29"),
        ("Sitzungsdatum: 29.05.2023, 18:00 Uhr", "2023-05-29"),
        ("Datum zasedání: 29. května 2023 v 18:00", "2023-05-29"),
        ("Dátum zasadnutia: 29. 5. 2023", "2023-05-29"),
        ("Møtedato: 29.05.2023", "2023-05-29"),
        ("Mødedato: 29. maj 2023", "2023-05-29"),
        ("Data posiedzenia: 29.05.2023", "2023-05-29"),
        ("Kokouspäivä: 29.5.2023", "2023-05-29"),
        ("Date of the meeting: 29 May 2023", "2023-05-29"),
        ("Datum narození: 29. 5. 1960", ""),
        ("Geburtsdatum: 29.05.1960", ""),
        ("31 februari 2021", ""),
        ("prosinec 2021", ""),
        ("Sedan 22 december 2021 gäller detta", ""),
        ("2021", ""),
    ],
)
def test_lines_that_are_dates(line, date):
    assert date_of_line(line) == date


@pytest.mark.parametrize(
    "line",
    [
        "pondělí 13. května 2024",
        "Pondelok 13. 5. 2024",
        "måndag den 13 maj 2024",
        "lør 13. maj 2024",
        "Montag, 13. Mai 2024",
        "poniedziałek, 13 maja 2024",
        "maanantaina 13.5.2024",
        "Praha 13. 5. 2024",
        "Köln, 13. Mai 2024",
        "uppdaterad 13 maj 2024",
    ],
)
def test_days_of_the_week_and_places_stand_before_a_day(line):
    assert date_of_line(line) == "2024-05-13"


@pytest.mark.parametrize(
    "line",
    [
        "Narozena 13. 5. 2024",
        "Narodený 13. 5. 2024",
        "Född 2024-05-13",
        "født 13. maj 2024",
        "Geboren 13. Mai 2024",
        "Born 13 May 2024",
        "Urodzony 13.05.2024",
        "Syntynyt 13.5.2024",
        "Gäller 2024-05-13",
        "Termín 13. 5. 2024",
        "till 2024-05-13",
        "klart 2024-05-13",
    ],
)
def test_a_day_of_birth_or_a_term_is_not_that_of_a_text(line):
    assert date_of_line(line) == ""


def test_a_day_is_no_number_of_an_item():
    assert begins_with_date("16. prosince")
    assert not begins_with_date("2. etapa")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("ČEHO CHCEME DOSÁHNOUT?", Role.GOAL),
        ("3. Co pro to budeme dělat:", Role.MEASURE),
        ("+ Opatření ", Role.MEASURE),
        ("Mål", Role.GOAL),
        ("Åtgärder", Role.MEASURE),
        ("Så ska vi korta köerna", Role.MEASURE),
        ("Målmedvetet arbete", None),
        ("Cílem je zdraví", None),
        ("Doprava", None),
    ],
)
def test_headings_tell_the_role_of_what_stands_under_them(heading, role):
    assert load_wording().role_under(heading) is role


def test_every_file_of_words_is_whole():
    folder = files("progsearch").joinpath("data", "roles")
    tables = {"language", "headings", "beginnings", "lines", "speech"}
    for entry in folder.iterdir():
        words = tomllib.loads(entry.read_text(encoding="utf-8"))
        assert tables <= set(words), entry.name
        assert words["language"] == entry.name.removesuffix(".toml")
        phrases = words["headings"]["goal"] + words["headings"]["measure"]
        assert len(phrases) == len(set(phrases))


def test_a_damaged_file_of_words_is_named():
    with pytest.raises(ProgsearchError, match="not TOML") as caught:
        parse_wording({"xx.toml": "headings = ["})
    assert caught.value.where == "xx.toml"
