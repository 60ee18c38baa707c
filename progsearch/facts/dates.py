"""Dates as Czech, Swedish and English texts write them, to :class:`PartialDate`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from progsearch.errors import ProgsearchError
from progsearch.model import PartialDate

__all__ = [
    "DATE_LINES",
    "FoundDate",
    "budget_year",
    "date_line",
    "dates_in",
    "days_in",
    "is_month",
    "path_date",
    "read_date",
]

DATE_LINES = 12
"""Lines at the head of a text among which a date stands alone."""

# In the order of the months, as dates have them: in Slavic languages and Finnish also the case.
_MONTHS = (
    "leden ledna januari january januar január januára styczeń stycznia tammikuu tammikuuta",
    "únor února februari february februar február februára luty lutego helmikuu helmikuuta",
    "březen března mars march märz marec marca marts marzec maaliskuu maaliskuuta",
    "duben dubna april apríl apríla kwiecień kwietnia huhtikuu huhtikuuta",
    "květen května maj may mai máj mája maja toukokuu toukokuuta",
    "červen června juni june jún júna czerwiec czerwca kesäkuu kesäkuuta",
    "červenec července juli july júl júla lipiec lipca heinäkuu heinäkuuta",
    "srpen srpna augusti august augusta sierpień sierpnia elokuu elokuuta",
    "září september septembra wrzesień września syyskuu syyskuuta",
    "říjen října oktober october október októbra październik października lokakuu lokakuuta",
    "listopad listopadu november novembra listopada marraskuu marraskuuta",
    "prosinec prosince december dezember decembra desember grudzień grudnia joulukuu joulukuuta",
)
_SHORT = "jan feb mar apr maj jun jul aug sep okt nov dec"
_MONTH = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
} | {name: number for number, name in enumerate(_SHORT.split(), start=1)}
_MONTH |= {"sept": 9, "oct": 10}

_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_DATE = re.compile(
    rf"""(?<![\w.])(?:
        (?P<iso>\d{{4}}-\d{{1,2}}(?:-\d{{1,2}})?)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?
      | (?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?P<month>{_NAME})\.?,?\s+(?P<year>\d{{4}})
      | (?P<month2>{_NAME})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,\s*(?P<year2>\d{{4}})
      | (?P<month3>{_NAME})\.?\s+(?P<year3>\d{{4}})
      | (?P<day4>\d{{1,2}})\.\s*(?P<month4>\d{{1,2}})\.\s*(?P<year4>\d{{4}})
    )(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)
_DAY = re.compile(
    rf"""(?<![\w.])(?:
        (?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?P<month>{_NAME})(?!\w)
      | (?P<month2>{_NAME})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\w.,]*\d)(?!\s?%)
      | (?P<day3>\d{{1,2}})\.\s(?P<month3>\d{{1,2}})\.(?!\s*\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST = 31
_YEAR = re.compile(r"\d{4}")
_SESSION = re.compile(r"(\d{4})/(\d{2})")
_BUDGET = re.compile(
    r"(?<!\w)(?>\w*?(?:budget|rozpoč))\w*+(?:\s+(?:för|för\s+år|år|na|na\s+rok|roku|for|of))?"
    r"\s+(?P<year>(?:19|20)\d\d)(?!\s?\d|\w|/\d\d\d)",
    re.IGNORECASE,
)
_LINE_LABEL = re.compile(
    r"\s*(?:(?:publicera[dt]|uppdatera[dt]|datum|publikováno|vydáno|published|date)\b[:\s]*"
    r"|(?:den|dne)\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date written in ``text[start:end]``."""

    start: int
    end: int
    date: PartialDate


def read_date(value: object) -> PartialDate:
    """The date that a field states: a ``date`` or ``datetime``, a year, or a text.

    Texts: ISO 8601 with or without a time, ``22. 12. 2021``, ``22 december 2021``,
    ``22. prosince 2021``, ``22. Dezember 2021``, ``December 22, 2021``, ``prosinec 2021``,
    ``2021``, and a Swedish parliamentary year ``2025/26``, which is the year in which it begins.
    Raises ProgsearchError for anything else and for days that no calendar has.
    """
    if isinstance(value, date):
        return PartialDate(value.year, value.month, value.day)
    text = " ".join(str(value).split())
    session = _SESSION.fullmatch(text)
    if session and (int(session[1]) + 1) % 100 == int(session[2]):
        return PartialDate(int(session[1]))
    if _YEAR.fullmatch(text):
        return PartialDate(int(text))
    label = _LINE_LABEL.match(text)
    found = _DATE.match(text, label.end() if label else 0)
    # What may follow a date is a time of day.
    if found is None or re.search(r"[^\W\d]{3,}", text[found.end() :]):
        raise ProgsearchError(f"not a date: {text!r}", remedy="write YYYY, YYYY-MM or YYYY-MM-DD")
    return _partial(found)


def _partial(found: re.Match[str]) -> PartialDate:
    when = _parts(found)
    if 0 in (when.month, when.day):
        raise ProgsearchError(f"no such date: {found[0]}", remedy="count days and months from 1")
    return when


def _parts(found: re.Match[str]) -> PartialDate:
    if found["iso"]:
        return PartialDate.parse(found["iso"])
    for mark in ("", "2", "4"):
        if found[f"day{mark}"]:
            year, month, day = (found[f"{part}{mark}"] for part in ("year", "month", "day"))
            return PartialDate(int(year), _number(month), int(day))
    return PartialDate(int(found["year3"]), _number(found["month3"]))


def _number(month: str) -> int:
    return int(month) if month.isdigit() else _MONTH[month.lower()]


def is_month(word: str) -> bool:
    """Whether a word names a month in one of the languages."""
    return word.lower() in _MONTH


def dates_in(text: str) -> Iterator[FoundDate]:
    """Every date that a running text names with at least its month; impossible ones left out."""
    for found in _DATE.finditer(text):
        try:
            yield FoundDate(found.start(), found.end(), _partial(found))
        except ProgsearchError:
            continue


def days_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Every day of a year that is named without the year (*1 January*, *24. 12.*): where it stands
    in the text, and which one it is, as ``01-24``."""
    for found in _DAY.finditer(text):
        day = int(found["day"] or found["day2"] or found["day3"])
        month = _number(found["month"] or found["month2"] or found["month3"])
        if 1 <= day <= _LONGEST and 1 <= month <= len(_MONTHS):
            yield found.start(), found.end(), f"{month:02}-{day:02}"


def date_line(text: str, lines: int = DATE_LINES) -> PartialDate | None:
    """The date that stands alone on one of the first lines, as at the head of a news page."""
    seen = 0
    for line in text.splitlines():
        if not line.strip():
            continue
        seen += 1
        if seen > lines:
            return None
        bare = line.strip("*_ \t\xa0")
        label = _LINE_LABEL.match(bare)
        found = _DATE.fullmatch(bare[label.end() if label else 0 :])
        if found:
            try:
                return _partial(found)
            except ProgsearchError:
                return None
    return None


def budget_year(text: str) -> PartialDate | None:
    """The year that a budget is for: ``Alliansbudget 2018``, ``rozpočet na rok 2024``."""
    found = _BUDGET.search(text)
    return PartialDate(int(found["year"])) if found else None


_FILE_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=\D|$)")
_FOLDER_MONTH = re.compile(r"(?:^|/)((?:19|20)\d\d)/(\d{2})/")
_PATH_YEAR = re.compile(
    r"(?:^|/)((?:19|20)\d\d)/|(?<!\d)((?:19|20)\d\d)(?:[-–_](?:19|20)\d\d)?(?:\.\w+)?$"
)


def path_date(path: str) -> PartialDate | None:
    """The date in a posix path: ``2017-03-15-slug.md``, ``2019/03/``, ``2019/``, ``x-2022.txt``;
    of ``x-2022-2026.txt`` the first year."""
    name = path.rpartition("/")[2]
    readings = (
        (_FILE_DATE.match(name), 3),
        (_FOLDER_MONTH.search(path), 2),
        (_PATH_YEAR.search(path), 1),
    )
    for found, parts in readings:
        if found:
            numbers = [int(group) for group in found.groups() if group][:parts]
            try:
                return PartialDate(*numbers)
            except ProgsearchError:
                continue
    return None
