"""How names are compared: folded, nearest to what was typed, alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

__all__ = ["Alike", "alike", "did_you_mean", "fold"]

_WORDS = re.compile(r"\w+")


class _Bare(dict[int, str | int | None]):
    """What a character becomes once letters are taken apart: an accent nothing."""

    def __missing__(self, code: int) -> int | None:
        found = self[code] = None if unicodedata.combining(chr(code)) else code
        return found


# Letters that Unicode does not take apart.
_LETTERS = {"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "_": " "}
_BARE = _Bare((ord(letter), plain) for letter, plain in _LETTERS.items())


def fold(text: str) -> str:
    """Lower case, without accents and punctuation, single spaces: for comparing names."""
    if text.isascii():
        return " ".join(_WORDS.findall(text.lower().replace("_", " ")))
    # Twice, as Unicode's compatibility caseless matching does it (Core Specification, D146):
    # taking letters apart may give capitals, and folding these may give marks.
    decomposed = text
    for _ in range(2):
        decomposed = unicodedata.normalize("NFKD", decomposed.casefold())
    return " ".join(_WORDS.findall(decomposed.translate(_BARE)))


def did_you_mean(
    name: str,
    options: Iterable[str],
    otherwise: str = "",
    *,
    shown: Mapping[str, str] | None = None,
    most: int = 3,
) -> str:
    """The remedy for a name that is none of the options: those nearest to it in spelling.

    ``shown`` says how an option is written for the reader; ``otherwise`` is the remedy when
    none is near.
    """
    import difflib

    by_key: dict[str, list[str]] = {}
    for option in options:
        by_key.setdefault(fold(option), []).append((shown or {}).get(option, option))
    near = difflib.get_close_matches(fold(name), by_key, n=most * 3, cutoff=0.6)
    found = list(dict.fromkeys(option for key in near for option in by_key[key]))[:most]
    return f"did you mean {', '.join(found)}?" if found else otherwise


@dataclass(frozen=True, slots=True)
class Alike:
    """Two values that may mean one thing, and what they differ in."""

    one: str
    other: str
    why: str

    def __str__(self) -> str:
        return f"{self.one!r} and {self.other!r} {self.why}"


def alike(values: Iterable[str], apart: Collection[str] = ()) -> Iterator[Alike]:
    """The pairs of values that may be one thing under two names, each with the reason.

    Two values that are both in ``apart`` are known to be different things.
    """
    chosen = sorted({value for value in values if value}, key=lambda value: (len(value), value))
    folded = {value: fold(value) for value in chosen}
    for one, other in combinations(chosen, 2):
        if one in apart and other in apart:
            continue
        why = _likeness(one, folded[one], folded[other])
        if why:
            yield Alike(one, other, why)


_TYPO = 0.88  # of the letters in common: one or two of ten differ
_MANY = 6  # letters from which on two names alike by chance are rare


def _likeness(one: str, short: str, long: str) -> str:
    """What two names differ in, the shorter one first; empty when they are not alike."""
    if not short or not long:
        return ""
    if short.replace(" ", "") == long.replace(" ", ""):
        return "differ only in case, accents or marks"
    words, more = short.split(), long.split()
    if len(more) == len(words) + 1 and (more[1:] == words or more[:-1] == words):
        return "differ in one word"
    bare = short.replace(" ", "")
    if len(bare) <= 5 and one.upper() == one:
        if bare == more[0][:1]:
            return "may be a letter and its name"
        if len(bare) > 1 and (
            bare == "".join(word[0] for word in more)
            or (len(more) == 1 and long[0] == bare[0] and _in_order(bare, long))
        ):
            return "may be an abbreviation and its name"
    if len(words) == 1 and len(bare) >= 3 and long.startswith(short) and len(more) == 1:
        return "may be an abbreviation and its name"
    import difflib

    ratio = difflib.SequenceMatcher(None, short, long, autojunk=False).ratio()
    if len(short) >= _MANY and ratio >= _TYPO and not _numbers_differ(short, long):
        return "differ in a letter or two"
    return ""


def _in_order(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _numbers_differ(one: str, other: str) -> bool:
    return re.findall(r"\d+", one) != re.findall(r"\d+", other)
