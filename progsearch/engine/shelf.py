"""What clauses of many words come to in a part of an index, kept between runs on this machine.

A theme has thousands of words in nine languages. Which passages have any of them, and what each
weighs there, is the same as long as the index is: a comparison or a search asks for it in every
process anew. It is kept beside the program, as all that can be made again (:mod:`progsearch.kept`),
by the checksum of the index, the clause, and the modules that make it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from sys import byteorder
from typing import Generic, TypeVar

from progsearch import kept
from progsearch.clause import AllOf, AnyOf, Clause, Leaf, Nearby, NoneOf, OneOf, Sequential
from progsearch.engine.masks import Mask
from progsearch.engine.postings import Scored

__all__ = ["Shelf", "mask_shelf", "score_shelf"]

PLACES = 256
"""Files of a kind at most: one that falls on the place of another is kept instead of it."""

MOST = 1 << 22
"""Bytes that are worth keeping; a mask of four million passages."""

Made = TypeVar("Made")


class Shelf(Generic[Made]):
    """Keeps one kind of thing for one part of an index.

    ``made_of`` tells the part and its state; nothing is kept where that is empty.
    """

    def __init__(
        self,
        kind: str,
        made_of: Callable[[], str],
        written: Callable[[Made], bytes],
        read: Callable[[bytes], Made | None],
    ) -> None:
        self._kind = kind
        self._made_of = made_of
        self._written = written
        self._read = read

    def _named(self, clause: Clause) -> tuple[str, str] | None:
        """The file of a clause and what its content is made of; none for one that is not kept."""
        state = self._made_of()
        if not state:
            return None
        try:
            told = _told(clause).encode()
        except TypeError:
            return None
        made_of = kept.digest(state.encode(), byteorder.encode(), told)
        return f"{self._kind}-{int(made_of, 16) % PLACES}", made_of

    def of(self, clause: Clause, make: Callable[[], Made]) -> Made:
        """What belongs to a clause, made and kept where it is not there."""
        named = self._named(clause)
        if named is None:
            return make()
        data = kept.load(*named)
        found = self._read(data) if data is not None else None
        if found is None:
            found = make()
            data = self._written(found)
            if len(data) <= MOST:
                kept.keep(*named, data)
        return found


def mask_shelf(made_of: Callable[[], str], size: int) -> Shelf[Mask]:
    """Keeps masks of a part with so many rows."""
    return Shelf("mask", made_of, bytes, lambda data: data if len(data) == size else None)


def score_shelf(made_of: Callable[[], str]) -> Shelf[Scored]:
    """Keeps the scores of a part."""
    return Shelf("scores", made_of, _scores_written, _scores_read)


_ROW, _SCORE = "I", "d"


def _scores_written(scored: Scored) -> bytes:
    return array(_ROW, scored[0]).tobytes() + array(_SCORE, scored[1]).tobytes()


def _scores_read(data: bytes) -> Scored | None:
    rows, scores = array(_ROW), array(_SCORE)
    number, rest = divmod(len(data), rows.itemsize + scores.itemsize)
    if rest:
        return None
    rows.frombytes(data[: number * rows.itemsize])
    scores.frombytes(data[number * rows.itemsize :])
    return rows, scores


def _told(clause: Clause) -> str:
    """A clause of words in letters, another one for each that means anything else.

    Raises TypeError for one that asks for something else.
    """
    found: list[str] = []
    _tell(clause, found)
    return "\x1f".join(found)


def _tell(clause: Clause, found: list[str]) -> None:
    match clause:
        case Leaf(keys=keys):
            found.append(f"leaf {len(keys)}")
            found += keys
            found.append(" ".join(keys.values()))
            return
        case Sequential(leaves=parts):
            found.append(f"phrase {len(parts)}")
        case OneOf(parts=parts):
            found.append(f"one {len(parts)}")
        case Nearby(left=left, right=right, distance=distance):
            found.append(f"near {distance}")
            parts = (left, right)
        case AllOf(parts):
            found.append(f"all {len(parts)}")
        case AnyOf(parts, coordinate):
            found.append(f"any {len(parts)} {coordinate:d}")
        case NoneOf(part):
            found.append("none")
            parts = (part,)
        case _:
            raise TypeError(type(clause).__name__)
    for one in parts:
        _tell(one, found)
