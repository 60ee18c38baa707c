"""Which words changed between two wordings, and whether it changes what is said.

Wordings are held against each other word by word. A change of letters says little: of
*zvýšíme* and *snížíme* more than half of the letters are the same.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

__all__ = ["Piece", "amounts", "is_slip", "pieces"]

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]+|\s+")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*(?:\s?(?:%|‰|°|[€$£]))?")
_COUNTED = re.compile(r"\s?[^\W\d_]+\.?(?:\s?[^\W\d_]+\.?)?")
_NEGATING = ("ne", "nie", "o", "un", "in", "epä", "u")
"""Prefixes by which a word becomes its contrary in one of the languages: a short difference
that changes everything."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both wordings: equal where ``changed`` is false, else one for the other.

    ``old`` is empty where words were added, ``new`` where they were taken out. Joined, the
    pieces are the two texts again.
    """

    old: str
    new: str
    changed: bool


def pieces(old: str, new: str) -> list[Piece]:
    """Two wordings side by side, in stretches that are equal and stretches that are not.

    White space and case alone are no change; of what is equal, each side keeps its own.
    """
    ones, others = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, list(map(_key, ones)), list(map(_key, others)), autojunk=False)
    found: list[Piece] = []
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        piece = Piece("".join(ones[i1:i2]), "".join(others[j1:j2]), op != "equal")
        if piece.changed and not (piece.old + piece.new).strip():
            piece = Piece(piece.old, piece.new, changed=False)
        found.append(piece)
    return list(_joined(found))


def _key(token: str) -> str:
    return " " if token.isspace() else token.casefold()


def _joined(found: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of a kind as one; a blank between two changes belongs to them."""
    last: Piece | None = None
    for place, piece in enumerate(found):
        following = found[place + 1].changed if place + 1 < len(found) else False
        bridge = last is not None and last.changed and following and piece.old.isspace()
        changed = piece.changed or bridge
        if last is not None and last.changed == changed:
            last = Piece(last.old + piece.old, last.new + piece.new, changed)
            continue
        if last is not None:
            yield last
        last = Piece(piece.old, piece.new, changed)
    if last is not None:
        yield last


def amounts(old: str, new: str) -> str:
    """The numbers, dates and shares that changed: ``10 → 20``, ``− 5 %``, ``+ 2030``.

    Empty where both wordings have the same ones, in whatever order.
    """
    ones, others = list(_amounts(old)), list(_amounts(new))
    before, after = (Counter(same for same, _ in found) for found in (ones, others))
    gone, come = _written(before - after, ones), _written(after - before, others)
    told = [f"{one} → {other}" for one, other in zip(gone, come, strict=False)]
    told += [f"− {one}" for one in gone[len(come) :]]
    told += [f"+ {other}" for other in come[len(gone) :]]
    return "; ".join(told)


def _amounts(text: str) -> Iterator[tuple[str, str]]:
    """The amounts of a text: what makes two the same, and how each is written."""
    for found in _NUMBER.finditer(text):
        written = " ".join(found[0].split())
        digits = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))|\s(?=\D)", "", written)
        after = _COUNTED.match(text, found.end())
        words = after[0].strip() if after else ""
        kind, many = _kind(words)
        if kind:
            digits = f"{digits}%" if kind == "share" else f"{digits} {kind}"
            written = f"{written} {' '.join(words.split()[:many])}"
        yield digits, written


def _written(left: Counter[str], found: Sequence[tuple[str, str]]) -> list[str]:
    """How those that are left are written, in their order in the text."""
    left = Counter(left)
    told = []
    for same, written in found:
        if left[same] > 0:
            left[same] -= 1
            told.append(written)
    return told


def _kind(words: str) -> tuple[str, int]:
    """What a number counts: thousands, millions, a share …, and in how many words that is said;
    empty for everything else."""
    low = words.lower()
    for kind, begins in _kinds().items():
        for begin in begins:
            if low.startswith(begin):
                return kind, begin.count(" ") + 1
    return "", 0


@cache
def _kinds() -> Mapping[str, tuple[str, ...]]:
    text = files("progsearch").joinpath("data", "amounts.toml").read_text(encoding="utf-8")
    return {kind: tuple(begins) for kind, begins in tomllib.loads(text).items()}


def is_slip(found: Sequence[Piece], known: Callable[[str], bool]) -> bool:
    """Whether all that changed looks like the mending of typing mistakes.

    Each change must be punctuation, or one word for another with hardly any letter
    different, of which ``known`` does not know both: two words of the language are two
    things said (*rada*, *řada*). Numbers and negations are never slips.
    """
    return all(_slip(piece, known) for piece in found if piece.changed)


def _slip(piece: Piece, known: Callable[[str], bool]) -> bool:
    ones, others = (re.findall(r"\w+", text.casefold()) for text in (piece.old, piece.new))
    if "".join(ones) == "".join(others):
        return not any(word.isdecimal() for word in ones) or ones == others
    if len(ones) != len(others):
        return False
    return all(_slipped(one, other, known) for one, other in zip(ones, others, strict=True))


def _slipped(one: str, other: str, known: Callable[[str], bool]) -> bool:
    if one == other:
        return True
    if any(char.isdecimal() for char in one + other) or min(len(one), len(other)) < 3:
        return False
    if any(prefix + a == b for prefix in _NEGATING for a, b in ((one, other), (other, one))):
        return False
    allowed = 1 if min(len(one), len(other)) < 8 else 2
    return _distance(one, other, allowed) <= allowed and not (known(one) and known(other))


def _distance(one: str, other: str, limit: int) -> int:
    """Letters to put in, take out, exchange or swap (Damerau 1964, in its restricted form).

    Counted only up to ``limit``; what is farther is ``limit + 1``.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return min(last[-1], limit + 1)
