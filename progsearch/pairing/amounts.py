"""The numbers, dates and shares of two wordings, told apart by what they say and not by how."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from progsearch.facts.dates import dates_in

__all__ = ["amounts"]

_NUMBER = re.compile(
    r"(?<!\w)(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)*"
    r"|(?<=[^\W\d_])\d+|(?<=[€$£])\d+(?:[.,]\d+)*|[¼½¾⅓⅔]"
)
_BEFORE = re.compile(r"(?:(?<!\w)(?P<sign>[-+\u2212])\s?)?(?P<money>[€$£]|\b[A-Z]{3}(?=\s))?\s?$")
_SPACE = re.compile(r"[ \t\n\u00a0\u202f]?")


class _Amount(NamedTuple):
    """What makes two amounts the same, and how this one is written."""

    same: str
    written: str


def amounts(old: str, new: str) -> str:
    """The numbers, dates and shares that changed: ``10 → 20``, ``− 5 %``, ``+ 2030``.

    Empty where both wordings have the same ones, in whatever order and however written: ``1 000``
    is ``1000``, ``31. 12. 2025`` is ``31. prosince 2025``. A comma or full stop before three
    digits parts thousands; before others, before a unit and behind a 0 it parts decimals. Numbers
    in words, and units that are no share, scale or currency, are not looked at.
    """
    ones, others = list(_amounts(old)), list(_amounts(new))
    before, after = (Counter(one.same for one in found) for found in (ones, others))
    gone, come = _written(before - after, ones), _written(after - before, others)
    told = [f"{one} → {other}" for one, other in zip(gone, come, strict=False)]
    told += [f"− {one}" for one in gone[len(come) :]]
    told += [f"+ {other}" for other in come[len(gone) :]]
    return "; ".join(told)


def _amounts(text: str) -> Iterator[_Amount]:
    dates = list(dates_in(text))
    begin = 0
    for end, following, date in (
        *((one.start, one.end, str(one.date)) for one in dates),
        (len(text), len(text), ""),
    ):
        yield from _numbers(text[begin:end])
        if date:
            yield _Amount(date, " ".join(text[end:following].split()))
        begin = following


def _numbers(text: str) -> Iterator[_Amount]:
    for found in _NUMBER.finditer(text):
        begin, sign, units = _before(text, found.start())
        at, scale, counted = found.end(), 0, False
        for _ in range(3):  # a scale, a currency, and what it is a share of
            start = _SPACE.match(text, at).end()  # type: ignore[union-attr]
            kind, size = _counted(text, start)
            if not kind or (kind.isdecimal() and counted):
                break
            at, counted = start + size, True
            if kind.isdecimal():
                scale = int(kind)
            elif kind not in units:
                units.append(kind)
        value = _value(found[0], exact=counted)
        if isinstance(value, Decimal):
            shown = f"{(value * Decimal(10) ** scale).normalize():f}"
        else:
            shown = f"{value} 10^{scale}" if scale else value
        same = " ".join((f"{sign}{shown}", *units))
        yield _Amount(same, " ".join(text[begin:at].split()))


def _before(text: str, start: int) -> tuple[int, str, list[str]]:
    """Where an amount begins whose digits begin there, its sign, and a currency before it."""
    found = _BEFORE.search(text, max(0, start - 6), start)
    if not found:
        return start, "", []
    money = found["money"] or ""
    kind = _counted(money, 0)[0] if money else ""
    if money and not kind:
        return start, "", []
    signed = (
        found["sign"] if found["sign"] and not text[found.end("sign") : start].isspace() else ""
    )
    begin = found.start("sign") if signed else found.start("money") if kind else start
    return begin, "-" if signed and signed != "+" else signed or "", [kind] if kind else []


def _value(digits: str, *, exact: bool) -> Decimal | str:
    """What digits are worth; they themselves where that cannot be told, as in ``1.2.3``.

    Nobody parts thousands behind a 0, and hardly before a unit, where the number is ``exact``.
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


def _written(left: Counter[str], found: Sequence[_Amount]) -> list[str]:
    """How those that are left are written, in their order in the text."""
    left = Counter(left)
    told = []
    for same, written in found:
        if left[same] > 0:
            left[same] -= 1
            told.append(written)
    return told


def _counted(text: str, start: int) -> tuple[str, int]:
    """The power of ten or the unit that stands there, and how long it is; empty for none."""
    for kind, pattern in _words():
        if found := pattern.match(text, start):
            return kind, len(found[0])
    return "", 0


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Scales by their power of ten, and units by their name."""
    text = files("progsearch").joinpath("data", "amounts.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    found = []
    for kind, words in (*data["units"].items(), *data["scales"].items()):
        each = (r"\s".join(map(_pattern, word.split())) for word in words)
        found.append((kind, re.compile("|".join(each), re.IGNORECASE)))
    return tuple(found)


def _pattern(word: str) -> str:
    if not word[0].isalpha():
        return re.escape(word)
    begin = re.escape(word.removesuffix("*"))
    return rf"{begin}\w*" if word.endswith("*") else rf"{begin}(?!\w)\.?"
