"""The numbers, dates and shares of two wordings, told apart by what they say and not by how."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from progsearch.facts.dates import dates_in, days_in
from progsearch.pairing.numerals import Numeral, counted, further, is_measured, numerals, ranged

__all__ = ["amounts"]

_NUMBER = re.compile(
    r"(?<!\w)(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)*"
    r"|(?<=[^\W\d_])\d+|(?<=[€$£])\d+(?:[.,]\d+)*|[¼½¾⅓⅔]"
)
_BEFORE = re.compile(r"(?:(?<!\w)(?P<sign>[-+\u2212])\s?)?(?P<money>[€$£]|\b[A-Z]{3}(?=\s))?\s?$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|:[ae])(?!\w)")
_EXACT = ("share", "points", "thousandth")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_SPACE = re.compile(r"[ \t\n\u00a0\u202f]?")


class _Amount(NamedTuple):
    """What makes two amounts the same, and how this one is written.

    ``measured`` says what it is a number of; what is ``soft`` says something only beside another
    amount of that kind in its place.
    """

    same: str
    written: str
    measured: str = ""
    soft: bool = False


def amounts(old: str, new: str, lang: str = "") -> str:
    """The numbers, dates and shares that changed: ``10 → 20``, ``− 5 %``, ``+ 2030``.

    Empty where both wordings have the same ones, in whatever order and however written: ``1 000``
    is ``1000``, ``31. 12. 2025`` is ``31. prosince 2025``. A comma or full stop before three
    digits parts thousands; before others, before a scale or share and behind a 0 it parts
    decimals. Numbers in words, and most units of time and measure, are known by the language of
    the texts. One of something (*einen Tag*) and how often something is (*i månaden*) are told
    where another amount takes their place, for otherwise they are mostly none.
    """
    ones, others = (list(_amounts(text, lang)) for text in (old, new))
    before, after = (Counter(one.same for one in found) for found in (ones, others))
    left, new_ones = _left(before - after, ones), _left(after - before, others)
    gone, come = _written(left, new_ones), _written(new_ones, left)
    told = [f"{one} → {other}" for one, other in zip(gone, come, strict=False)]
    told += [f"− {one}" for one in gone[len(come) :]]
    told += [f"+ {other}" for other in come[len(gone) :]]
    return "; ".join(told)


class _Number(NamedTuple):
    """A number where it stands, what it is worth, and what it counts, a scale first."""

    start: int
    end: int
    value: Decimal | str
    sign: str
    scale: int
    units: tuple[str, ...]
    often: bool = False

    @property
    def same(self) -> str:
        if self.often:
            return f"per {self.units[0]}"
        if isinstance(self.value, Decimal):
            shown = f"{(self.value * Decimal(10) ** self.scale).normalize():f}"
        else:
            shown = f"{self.value} 10^{self.scale}" if self.scale else self.value
        return " ".join((f"{self.sign}{shown}", *self.units))

    @property
    def measured(self) -> str:
        """Of which kind of things it tells how many."""
        if self.often:
            return "often"
        return "measured" if any(map(is_measured, self.units)) else ""


def _amounts(text: str, lang: str) -> Iterator[_Amount]:
    begin = 0
    for start, end, date in (*_dates(text), (len(text), len(text), "")):
        yield from _ranges(text[begin:start], lang)
        if date:
            yield _Amount(date, " ".join(text[start:end].split()))
        begin = end


def _dates(text: str) -> list[tuple[int, int, str]]:
    """Dates with a year, and between them those without one."""
    found = [(one.start, one.end, str(one.date)) for one in dates_in(text)]
    days = (day for day in days_in(text) if not any(a < day[1] and day[0] < b for a, b, _ in found))
    return sorted([*found, *days])


def _ranges(text: str, lang: str) -> Iterator[_Amount]:
    """The numbers of a text; both ends of a range as one, if only the last says what it counts."""
    numbers = list(_numbers(text, lang))
    for at, one in enumerate(numbers):
        before = numbers[at - 1] if at else None
        after = numbers[at + 1] if at + 1 < len(numbers) else None
        if after and _is_range(text, one, after, lang):
            continue
        written, same = text[one.start : one.end], one.same
        if before and _is_range(text, before, one, lang):
            first = before._replace(scale=one.scale, units=one.units)
            written = text[before.start : one.end]
            same = "–".join(sorted((first.same, one.same)))
        soft = one.often or (one.measured and one.value == 1 and not written[0].isdecimal())
        yield _Amount(same, " ".join(written.split()).rstrip("."), one.measured, bool(soft))


def _is_range(text: str, one: _Number, other: _Number, lang: str) -> bool:
    counts = bool(other.scale or other.units) and not (one.scale or one.units)
    return counts and not _is_year(one) and ranged(text[one.end : other.start], lang)


def _is_year(number: _Number) -> bool:
    return isinstance(number.value, Decimal) and _FIRST_YEAR <= number.value <= _LAST_YEAR


def _numbers(text: str, lang: str) -> Iterator[_Number]:
    digits = [(one.start(), one.end(), one[0]) for one in _NUMBER.finditer(text)]
    spelled = (*numerals(text, lang), *further(text, lang))
    words = [(one.start, one.end, one) for one in spelled]
    done = 0
    found: list[tuple[int, int, Numeral | str]] = [*digits, *words]
    for start, end, value in sorted(found, key=lambda one: (one[0], -one[1])):
        if start < done:
            continue
        number = _number(text, start, end, value, lang)
        if isinstance(value, Numeral) and value.bound and not (number.scale or number.units):
            continue
        # "10 of the year 2030" and "2030 years": a year counts no years.
        if _is_year(number) and number.units == ("year",):
            number = number._replace(units=(), end=end)
        done = number.end
        yield number


def _number(text: str, start: int, end: int, value: Numeral | str, lang: str) -> _Number:
    if isinstance(value, Numeral):
        units = [value.unit] if value.unit else []
        if value.often:
            return _Number(start, end, "", "", 0, (value.unit,), often=True)
        begin, sign = start, ""
    else:
        begin, sign, units = _before(text, start, lang)
    if ordinal := _ORDINAL.match(text, end):
        end = ordinal.end()
    at, scale, exact = end, 0, False
    for _ in range(3):  # a scale, a currency, and what it is a share of
        follows = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        kind, size = counted(text, follows, lang)
        if not kind or (kind.isdecimal() and (scale or units)):
            break
        at = follows + size
        exact = exact or kind.isdecimal() or kind in _EXACT
        if kind.isdecimal():
            scale = int(kind)
        elif kind not in units:
            units.append(kind)
    worth = _value(value, exact=exact) if isinstance(value, str) else value.value
    return _Number(begin, at, worth, sign, scale, tuple(units))


def _before(text: str, start: int, lang: str) -> tuple[int, str, list[str]]:
    """Where an amount begins whose digits begin there, its sign, and a currency before it."""
    found = _BEFORE.search(text, max(0, start - 6), start)
    if not found:
        return start, "", []
    money = found["money"] or ""
    kind = counted(money, 0, lang)[0] if money else ""
    if money and not kind:
        return start, "", []
    signed = (
        found["sign"] if found["sign"] and not text[found.end("sign") : start].isspace() else ""
    )
    begin = found.start("sign") if signed else found.start("money") if kind else start
    return begin, "-" if signed and signed != "+" else signed or "", [kind] if kind else []


def _value(digits: str, *, exact: bool) -> Decimal | str:
    """What digits are worth; they themselves where that cannot be told, as in ``1.2.3``.

    Nobody parts thousands behind a 0, and hardly before a scale or a share, where the number is
    ``exact``.
    """
    *heads, last = re.split(r"[.,]", re.sub(r"\s", "", digits))
    marks = re.findall(r"[.,]", digits)
    if not last.isascii():
        return digits
    if not heads:
        return Decimal(last)
    whole = len(heads) > 1 or not (exact or heads[0].startswith("0"))
    if (
        whole
        and len(last) == 3
        and len(set(marks)) == 1
        and all(len(one) == 3 for one in heads[1:])
    ):
        return Decimal("".join((*heads, last)))
    if len(heads) == 1 or (marks[-1] not in marks[:-1] and len(set(marks[:-1])) == 1):
        return Decimal(f"{''.join(heads)}.{last}")
    return digits


def _left(left: Counter[str], found: Sequence[_Amount]) -> list[_Amount]:
    """Those of the amounts that are left, in their order in the text."""
    left = Counter(left)
    told = []
    for one in found:
        if left[one.same] > 0:
            left[one.same] -= 1
            told.append(one)
    return told


def _written(some: Sequence[_Amount], others: Sequence[_Amount]) -> list[str]:
    """How those are written that say something beside what is left on the other side."""
    there = {one.measured for one in others}
    return [one.written for one in some if not one.soft or one.measured in there]
