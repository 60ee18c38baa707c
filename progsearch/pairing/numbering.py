"""The number before a heading, which says where it stands and nothing of what follows."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from progsearch.analysis.alternatives import any_of
from progsearch.facts.dates import is_month
from progsearch.pairing.numerals import counted

if TYPE_CHECKING:
    from progsearch.pairing.unit import Unit

__all__ = ["number_before", "numbered", "renumbered"]

NEAR = 3
"""How far a chapter moves when others come before it or go: by more, its number is told as one."""
_DAY = re.compile(r"\d{1,2}\s*\.")
_COUNTED = r"(?:\d{1,2}(?:\.\d{1,2})*|[ivxl]+|[a-z])(?!\w)"


class _Number(NamedTuple):
    """The number before a text: how long it is, of which style, and which one it is.

    ``sure`` is true where its marks tell it alone: *2.*, *Kapitel 2:*. What may be said as well
    (*24 hours*, *A. Smith*, *§ 218 goes*) is a number where the one beside it stands there, too.
    """

    length: int
    style: str
    places: frozenset[tuple[int, ...]]
    sure: bool


def number_before(text: str) -> int:
    """How long the number before a heading is, as far as the heading alone tells it."""
    number = _number(text)
    return number.length if number and number.sure else 0


def numbered(units: Sequence[Unit]) -> list[Unit]:
    """The units, of which headings know their number also where the headings beside them tell it.

    *1 Skola* is the first of several where the same source has *2 Vård* as well. A passage that
    the next one stands below is a heading here, whatever it says beside that.
    """
    told = [
        _number(unit.text) if unit.heading or _is_above(unit, below) else None
        for unit, below in zip_longest(units, units[1:])
    ]
    places: dict[tuple[str, str], set[tuple[int, ...]]] = defaultdict(set)
    for unit, number in zip(units, told, strict=True):
        if number:
            places[unit.source, number.style] |= number.places
    return [
        replace(unit, number=number.length)
        if number and (number.sure or _has_brother(number, places[unit.source, number.style]))
        else unit
        for unit, number in zip(units, told, strict=True)
    ]


def renumbered(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Both versions, of which headings know their number also where the other version has the same
    heading with a number near it (*1 Skola*, *2 Skola*).

    Not where something is counted (*3 Hours*), nor in German, where all nouns have capital letters.
    """
    sides = [dict(_unsure(units)) for units in (old, new)]
    named: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for other, (name, number) in sides[1].items():
        named[name].append((other, number))
    met = [
        (one, other)
        for one, (name, number) in sides[0].items()
        for other, another in named[name]
        if abs(number - another) <= NEAR
    ]
    found = [{ends[side] for ends in met} for side in (0, 1)]
    ones, others = (
        [
            replace(unit, number=len(unit.text) - len(there[n][0])) if n in known else unit
            for n, unit in enumerate(units)
        ]
        for units, there, known in zip((old, new), sides, found, strict=True)
    )
    return ones, others


def _unsure(units: Sequence[Unit]) -> Iterator[tuple[int, tuple[str, int]]]:
    """The headings that may begin with a number: which, with what follows it and the number."""
    for n, unit in enumerate(units):
        number = _number(unit.text) if unit.heading and not unit.number else None
        if number is None or number.style != "bare number":
            continue
        rest = unit.text[number.length :]
        lang = next((lemma.partition(":")[0] for lemma in unit.lemmas if lemma), "")
        (place,) = number.places
        if lang != "de" and len(place) == 1 and not counted(rest, 0, lang)[0]:
            yield n, (rest, place[0])


def _is_above(unit: Unit, below: Unit | None) -> bool:
    return below is not None and _plain(unit.text) in map(_plain, below.headings[-1:])


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _has_brother(number: _Number, places: set[tuple[int, ...]]) -> bool:
    return any(
        {(*place[:-1], place[-1] - 1), (*place[:-1], place[-1] + 1), place[:-1], (*place, 1)}
        & places
        for place in number.places
    )


def _number(text: str) -> _Number | None:
    for style, pattern in _patterns():
        if not (found := pattern.match(text)):
            continue
        rest, mark, counted = text[found.end() :], found["mark"], found["number"]
        if style == "bare":
            # "10. klasse" and "1. Mai" are ordinals of what they stand before, "A. Smith" is one.
            if rest and mark != ")" and (rest[0].islower() or is_month(_first(rest))):
                return None
            letter = counted.isalpha() and (len(counted) == 1 or counted.lower() not in _ROMAN)
            sure = bool(rest) and (mark == ")" or (mark == "." and not letter))
        else:
            sure = bool(mark) or not rest
        if not sure and rest and not rest[0].isupper():
            return None
        # "1. 5. 2025" is a day, "5 10" nothing that is known.
        if rest[:1].isdigit() and (not mark or _DAY.match(rest)):
            return None
        kind = "number" if counted[0].isdigit() else "letter"
        return _Number(found.end(), f"{style} {kind}", _places(counted), sure)
    return None


def _first(text: str) -> str:
    return text.split(maxsplit=1)[0].rstrip(".,")


def _places(counted: str) -> frozenset[tuple[int, ...]]:
    """Which one a number may be: *C* is the third letter and a hundred, and only one is meant."""
    if counted[0].isdigit():
        return frozenset([tuple(map(int, counted.split(".")))])
    found = set()
    if len(counted) == 1:
        found.add((ord(counted.lower()) - ord("a") + 1,))
    if value := _ROMAN.get(counted.lower()):
        found.add((value,))
    return frozenset(found)


def _roman(number: int) -> str:
    """A number below 60 in Roman letters."""
    tens = ("", "x", "xx", "xxx", "xl", "l")[number // 10]
    return tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]


_ROMAN = {_roman(number): number for number in range(1, 60)}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = files("progsearch").joinpath("data", "numbering.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    word = any_of({word for words in data["beside"].values() for word in words})
    numero = any_of(data["numero"])
    mark = r"(?:\s*(?P<mark>[.:)|]|[–—-](?=\s))+)?(?:\s+|$)"
    number = rf"(?P<number>{_COUNTED})"
    styles = {
        "word": rf"(?:{word})\.?\s+(?:(?:{numero})\.?\s*)?{number}{mark}",
        "before": rf"{number}\.?\s+(?:{word})(?!\w){mark}",
        "section": rf"§§?\s*{number}{mark}",
        "section behind": rf"{number}\s*§{mark}",
        "bare": rf"#?{number}{mark}",
    }
    return tuple((name, re.compile(one, re.IGNORECASE)) for name, one in styles.items())
