"""Numbers in words, and what numbers count: the words of ``data/amounts.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from progsearch.analysis.alternatives import any_of

__all__ = ["Numeral", "counted", "further", "is_measured", "numerals", "ranged"]

_HUNDRED, _TEN = 100, 10
_TENS = range(20, 100, 10)


class Numeral(NamedTuple):
    """A number in words, from ``start`` to ``end`` of a text, and what it is worth.

    A scale that stands alone is one of it: it has no length. ``unit`` is what it counts where the
    word says that, too (*půlhodina*); one that is ``bound`` is a number only where something is
    measured by it (*half an hour*, and not *half of us*). What is ``often`` is no number, but how
    often something is (*i månaden*): its value is nothing.
    """

    start: int
    end: int
    value: Decimal
    unit: str = ""
    bound: bool = False
    often: bool = False


def numerals(text: str, lang: str) -> Iterator[Numeral]:
    """The numbers from two on that a text of a language has in words, and scales without one."""
    pattern = _pattern(lang)
    if pattern is None:
        return
    for found in pattern.finditer(text):
        start, end = found.span()
        if found["scale"] is not None:
            if _vague(lang).isdisjoint(text[:start].casefold().split()[-2:]):
                yield Numeral(start, start, Decimal(1))
        elif found["thousand"] is not None:
            thousands = _worth(found["thousands"] or "", lang) or 1
            rest = _worth(found["rest"] or "", lang)
            yield Numeral(start, end, Decimal(1000 * thousands + rest))
        else:
            yield Numeral(start, end, Decimal(_worth(found[0], lang)))


def further(text: str, lang: str) -> Iterator[Numeral]:
    """What else says how many or how often: one, halves, words for number and unit in one, periods.

    They may overlap with each other and with numbers: of what begins together the longest is meant.
    """
    for one in _further(lang):
        for found in one.pattern.finditer(text):
            yield Numeral(*found.span(), one.value, one.unit, one.bound, one.often)


class _Further(NamedTuple):
    pattern: re.Pattern[str]
    value: Decimal
    unit: str = ""
    bound: bool = False
    often: bool = False


@cache
def _further(lang: str) -> tuple[_Further, ...]:
    """One, halves, words that say what they count, and periods."""
    data = _data()
    ones = [form for form, value in _values(lang).items() if value == 1]
    halves = data["halves"].get(lang, ())
    found = [
        _Further(_phrases(ones), Decimal(1), bound=True),
        _Further(_phrases(halves), Decimal("0.5"), bound=True),
    ]
    for key, words in data["compounds"].get(lang, {}).items():
        value, _, unit = key.partition(" ")
        found.append(_Further(_phrases(words), Decimal(value), unit))
    for period, words in data["periods"].get(lang, {}).items():
        found.append(_Further(_phrases(words), Decimal(0), period, often=True))
    return tuple(found)


def _phrases(words: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_word, longest)) or '(?!)'})", re.IGNORECASE)


def _worth(words: str, lang: str) -> int:
    values = _values(lang)
    return _value(values[one[0]] for one in re.finditer(_form(lang), words.casefold()))


def _value(parts: Iterable[int]) -> int:
    """What the parts of a number are worth: hundreds multiply those before, others are added."""
    value = 0
    for part in parts:
        value = (value or 1) * part if part == _HUNDRED else value + part
    return value


def counted(text: str, start: int, lang: str) -> tuple[str, int]:
    """The power of ten or the unit that stands there, and how long it is; empty for none."""
    for kind, pattern in _kinds(lang):
        if found := pattern.match(text, start):
            return kind, len(found[0])
    return "", 0


def is_measured(kind: str) -> bool:
    """Whether what is counted is measured, in time or otherwise, and no share or currency."""
    return kind in _data()["measures"] or any(
        kind in words for words in _data()["measures"].values() if not _is_text(words)
    )


def ranged(between: str, lang: str) -> bool:
    """Whether what stands between two numbers makes them the ends of a range."""
    ranges = _data()["ranges"]
    words = f"{ranges['any']} {ranges.get(lang, '')}".split()
    return between.strip().casefold() in words


@cache
def _data() -> Mapping[str, Any]:
    text = files("progsearch").joinpath("data", "amounts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _values(lang: str) -> Mapping[str, int]:
    numbers = _data()["numbers"].get(lang, {})
    return {
        form: int(value)
        for value, forms in numbers.items()
        if value.isdecimal()
        for form in forms.split()
    }


@cache
def _form(lang: str) -> str:
    return any_of(_values(lang))


@cache
def _pattern(lang: str) -> re.Pattern[str] | None:
    """A hundred with what stands before and behind it, a ten with a one, or a number alone."""
    values = _values(lang)
    if not values:
        return None
    ones = any_of(form for form, value in values.items() if value < _TEN)
    alone = any_of(form for form, value in values.items() if value > 1)
    tens = any_of(form for form, value in values.items() if value in _TENS)
    hundreds = any_of(form for form, value in values.items() if value >= _HUNDRED)
    joint = re.escape(_data()["numbers"][lang]["and"])
    blank = r"[ \u00a0-]?"
    both = (
        rf"(?:{tens}){blank}(?:{ones})|(?:{ones}){joint}(?:{tens})"
        rf"|(?:{tens}) {joint} (?:{ones})|(?:{alone})"
    )
    behind = rf"(?:{both}|{ones})"
    number = rf"(?:(?:{ones}){blank})?(?:{hundreds})(?:(?:{blank}| {joint} ){behind})?|{both}"
    thousand, scale = (any_of(_list(lang, name)) for name in ("joined", "alone"))
    some = rf"{number}|{ones}"
    long = rf"(?P<thousands>{some})(?P<thousand>{thousand})(?:(?:{joint})?(?P<rest>{some}))?"
    return re.compile(
        rf"(?<!\w)(?:(?:{long}|{number})(?!\w)|(?P<scale>{scale})(?!\w))", re.IGNORECASE
    )


def _list(lang: str, name: str) -> list[str]:
    """The words of a list of a language's numbers."""
    found: str = _data()["numbers"][lang].get(name, "")
    return found.split()


@cache
def _vague(lang: str) -> frozenset[str]:
    return frozenset(_list(lang, "vague"))


@cache
def _kinds(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Shares and currencies, then measures by their name, and scales by their power of ten.

    Measures stand first where a scale has the same letters: Swedish *mil* is none.
    """
    data = _data()
    kinds = {**data["units"]}
    signs = {kind: words.split() for kind, words in data["measures"].items() if _is_text(words)}
    for kind, words in data["measures"].get(lang, {}).items():
        kinds[kind] = [*words.split(), *signs.pop(kind, ())]
    kinds |= signs
    ordered = (*kinds.items(), *data["scales"].items())
    return tuple(
        (kind, re.compile("|".join(map(_word, words)), re.IGNORECASE)) for kind, words in ordered
    )


def _is_text(words: object) -> bool:
    return isinstance(words, str)


def _word(word: str) -> str:
    return r"\s".join(map(_pattern_of, word.split()))


def _pattern_of(word: str) -> str:
    if not word[0].isalpha():
        return re.escape(word)
    begin = re.escape(word.removesuffix("*"))
    return rf"{begin}\w*" if word.endswith("*") else rf"{begin}(?!\w)\.?"
