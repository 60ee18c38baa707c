"""Which words changed between two wordings, and whether it changes what is said.

Wordings are held against each other word by word. A change of letters says little: of
*zvýšíme* and *snížíme* more than half of the letters are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from progsearch.pairing.unit import normalised

__all__ = ["Piece", "is_slip", "pieces"]

_TOKEN = re.compile(
    r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+[.,]\d+(?![.,\d])"
    r"|\w+(?:[-'’]\w+)*|[^\w\s]+|\s+"
)
"""A number is one word, whatever parts its digits: of *500* and *1,500* all has changed."""
_BLANK = re.compile(r"\s")
_SAYS = re.compile(r"~~|[<>≤≥]")
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
    return " " if token.isspace() else _BLANK.sub(" ", token.casefold())


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


def is_slip(found: Sequence[Piece], known: Callable[[str], bool]) -> bool:
    """Whether all that changed looks like the mending of typing mistakes.

    Each change must be punctuation, or one word for another with hardly any letter
    different, of which ``known`` does not know both: two words of the language are two
    things said (*rada*, *řada*). Numbers and negations are never slips.
    """
    return all(_slip(piece, known) for piece in found if piece.changed)


def _slip(piece: Piece, known: Callable[[str], bool]) -> bool:
    if _SAYS.search(piece.old + piece.new):
        return False  # something was struck out, or another number is meant
    ones, others = (re.findall(r"\w+", text.casefold()) for text in (piece.old, piece.new))
    if "".join(ones) == "".join(others):
        return not any(word.isdecimal() for word in ones) or _dashed(piece)
    if len(ones) != len(others):
        return False
    return all(_slipped(one, other, known) for one, other in zip(ones, others, strict=True))


def _dashed(piece: Piece) -> bool:
    """Whether numbers are the same, and stand for ranges in both wordings or in none."""
    return normalised(piece.old) == normalised(piece.new)


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
