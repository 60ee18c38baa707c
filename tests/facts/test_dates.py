from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.errors import ProgsearchError
from progsearch.facts.dates import budget_year, date_line, dates_in, path_date, read_date

CZECH, SWEDISH, ENGLISH = (
    re.findall(r"\w+", names)
    for names in (
        "ledna února března dubna května června července srpna září října listopadu prosince",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "January February March April May June July August September October November December",
    )
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("22 december 2021", "2021-12-22"),
        ("den 22 december 2021", "2021-12-22"),
        ("22 dec 2021", "2021-12-22"),
        ("22. prosince 2021", "2021-12-22"),
        ("22.prosince 2021", "2021-12-22"),
        ("1. ZÁŘÍ 2020", "2020-09-01"),
        ("22. 12. 2021", "2021-12-22"),
        ("22.12.2021", "2021-12-22"),
        ("22.\xa012.\xa02021", "2021-12-22"),
        ("December 22, 2021", "2021-12-22"),
        ("22nd December 2021", "2021-12-22"),
        ("2021-12-22", "2021-12-22"),
        ("2021-12-22T08:00:00+01:00", "2021-12-22"),
        ("2021-12-22 08:00", "2021-12-22"),
        ("2021-12", "2021-12"),
        ("prosinec 2021", "2021-12"),
        ("juni 2021", "2021-06"),
        ("2021", "2021"),
        ("  2021 ", "2021"),
        ("2025/26", "2025"),
        ("1999/00", "1999"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_read_date(text: str, iso: str) -> None:
    assert str(read_date(text)) == iso


def test_read_date_of_other_types() -> None:
    assert str(read_date(date(2020, 9, 23))) == "2020-09-23"
    assert str(read_date(datetime(2020, 9, 23, 8, 0))) == "2020-09-23"  # noqa: DTZ001
    assert str(read_date(2018)) == "2018"


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-29",
        "2020-23-09",
        "31. 4. 2021",
        "29 februari 2021",
        "0. ledna 2020",
        "",
        "igår",
        "2025/27",
        "22 december",
        "12021",
        "22. 12. 2021 v pondělí dopoledne",
    ],
)
def test_wrong_dates_have_a_remedy(text: str) -> None:
    with pytest.raises(ProgsearchError, match="date") as caught:
        read_date(text)
    assert caught.value.remedy


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_in_every_spelling(day: date) -> None:
    spellings = [
        day.isoformat(),
        f"{day.day}. {day.month}. {day.year}",
        f"{day.day}. {CZECH[day.month - 1]} {day.year}",
        f"{day.day} {SWEDISH[day.month - 1]} {day.year}",
        f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
    ]
    assert {str(read_date(text)) for text in spellings} == {day.isoformat()}


@given(st.text())
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    try:
        assert read_date(text).first <= read_date(text).last
    except ProgsearchError as error:
        assert error.remedy  # noqa: PT017


def test_dates_in_running_text() -> None:
    text = (
        "Mezi 1. 5. 2020 a 31. 4. 2021, tedy od května 2020; i ve verzi 1.2.3.2020 či 12021-01-01."
    )
    found = [(text[item.start : item.end], str(item.date)) for item in dates_in(text)]
    assert found == [("1. 5. 2020", "2020-05-01"), ("května 2020", "2020-05")]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Fler nyheter\n\n22 december 2021\n\nAntaget program", "2021-12-22"),
        ("Titulek\nPublikováno: 3. března 2020\ntext", "2020-03-03"),
        ("**Publicerad 2 mars 2020**\n", "2020-03-02"),
        ("Mötet hölls 22 december 2021\n", None),
        ("31 februari 2021\n", None),
        ("\n".join(f"rad {n}" for n in range(20)) + "\n22 december 2021", None),
        ("", None),
    ],
)
def test_date_line(text: str, iso: str | None) -> None:
    found = date_line(text)
    assert (str(found) if found else None) == iso


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("läsa här: Alliansbudget 2018, men", 2018),
        ("Budget 2018", 2018),
        ("budget för 2026", 2026),
        ("budget för år 2026", 2026),
        ("Regionens budgetförslag för 2026", 2026),
        ("rozpočet na rok 2024", 2024),
        ("rozpočtu kraje", None),
        ("budget på 2000 kronor", None),
        ("budget 2 000 000", None),
        ("budget 20181", None),
    ],
)
def test_budget_year(text: str, year: int | None) -> None:
    found = budget_year(text)
    assert (found.year if found else None) == year


@pytest.mark.parametrize(
    ("path", "iso"),
    [
        ("x/_posts/2017-03-15-slug.md", "2017-03-15"),
        ("x/_posts/2020/2020-23-09-slug.md", "2020"),
        ("x/artiklar/2019/03/slug.md", "2019-03"),
        ("x/artiklar/2019/13/slug.md", "2019"),
        ("partiprogram-kd-2015.txt", "2015"),
        ("program-2021-2026.md", "2021"),
        ("budgetmotion-c-202526.txt", None),
        ("x/2018-komunalky-kolin/y.md", None),
        ("seeds/000_82ea95488d60e711.txt", None),
    ],
)
def test_path_date(path: str, iso: str | None) -> None:
    found = path_date(path)
    assert (str(found) if found else None) == iso
