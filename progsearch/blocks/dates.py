"""Lines that are dates, and numbers that are days."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from progsearch.errors import ProgsearchError
from progsearch.facts.dates import date_line, read_date
from progsearch.facts.fields import fields_of
from progsearch.facts.names import fold
from progsearch.facts.press import tells_change

__all__ = ["CHANGED", "begins_with_date", "date_of_line"]

CHANGED = "changed"
"""The label of a block with the day on which a text was changed."""

_DAY_MONTH = re.compile(r"\d{1,2}\.\s+([^\W\d_]{3,12})\b")
_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]{3,12}),?\s+(?:den\s+|dne\s+)?(?=\d)")
_TIME = re.compile(
    r"(?:,|(?<!\s))\s+(?:(?:kl\.?|klockan|v|o|od|um|ab|at)\s+)?\d{1,2}[:.]\d{2}"
    r"(?:\s?[-–—]\s?\d{1,2}[:.]\d{2})?(?:\s(?:Uhr|hod\.?|h|hodin|godz\.?))?$"
)
_BEFORE_DAY = re.compile(r"(?P<label>[^\W\d_][^\d:]{2,40}?):?(?<!\s)\s+(?=\d)")
MAX_LENGTH = 60


def date_of_line(line: str) -> str:
    """The day that a whole line is, as ``YYYY-MM-DD``; else nothing.

    A label, the name of a field for dates, a day of the week, a place and a time of day may stand
    with it. A day of birth, or until which something holds, is none that a text is from.
    """
    if len(line) > MAX_LENGTH or not any(char.isdigit() for char in line):
        return ""
    line = _TIME.sub("", " ".join(line.split()))
    day = _WORD_BEFORE.match(line)
    if day is not None and not _may_stand_before(day["word"], line):
        day = None
    field = _BEFORE_DAY.match(line)
    named = field is not None and "date" in fields_of(field["label"])
    for text in (
        line,
        line[day.end() :] if day else "",
        line[field.end() :] if field and named else "",
    ):
        found = date_line(text, 1)
        if found is not None and found.day is not None:
            return str(found)
    return ""


def _may_stand_before(word: str, line: str) -> bool:
    """Whether a word before a day is one of the week, of a change, or may be a place."""
    low = fold(word)
    if low in _words()["week"] or tells_change(line):
        return True
    return word[0].isupper() and low not in _words()["other"]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    source = (files("progsearch") / "data" / "days.toml").read_text(encoding="utf-8")
    told = tomllib.loads(source)
    return {key: frozenset(fold(w) for one in told[key].values() for w in one) for key in told}


def begins_with_date(text: str) -> bool:
    """Whether what looks like the number of an item is the day of a date (``16. prosince``)."""
    found = _DAY_MONTH.match(text)
    return found is not None and _is_month(found[1].lower())


@lru_cache(1000)
def _is_month(word: str) -> bool:
    try:
        return read_date(f"1 {word} 2000").month is not None
    except ProgsearchError:
        return False
