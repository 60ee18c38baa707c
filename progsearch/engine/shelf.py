"""What clauses of many words come to in an index or a part of one, kept between runs here.

A theme has thousands of words in nine languages. Which passages have any of them, and what each
weighs there, is the same as long as the index is: a comparison or a search asks for it in every
process anew. It is kept beside the program, as all that can be made again (:mod:`progsearch.kept`),
by the checksum of the index, the clause, and the modules that make it. An engine that has the rows
of an index at hand keeps masks and scores, one that asks a library keeps the passages by their
names, and those that the library proposed.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import byteorder
from typing import Generic, TypeVar

from progsearch import kept
from progsearch.clause import AllOf, AnyOf, Clause, Leaf, Nearby, NoneOf, OneOf, Sequential
from progsearch.engine.mark import told_in
from progsearch.engine.masks import Mask
from progsearch.engine.postings import Scored

__all__ = [
    "Named",
    "Proposed",
    "Shelf",
    "mask_shelf",
    "name_shelf",
    "proposal_shelf",
    "score_shelf",
    "state_of",
]

PLACES = 256
"""Files of a kind at most. Each has two places: it is kept instead of the older one there."""

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
        self._last: tuple[Clause, tuple[Sequence[str], str] | None] | None = None

    def _named(self, clause: Clause) -> tuple[Sequence[str], str] | None:
        """The files that a clause may be in, and what their content is made of; none for one that
        is not kept."""
        if self._last is None or self._last[0] is not clause:
            self._last = clause, self._name_of(clause)
        return self._last[1]

    def _name_of(self, clause: Clause) -> tuple[Sequence[str], str] | None:
        state = self._made_of()
        if not state or not kept.folder():
            return None
        try:
            told = _told(clause).encode()
        except TypeError:
            return None
        made_of = kept.digest(state.encode(), byteorder.encode(), told)
        first, other = divmod(int(made_of, 16) % PLACES**2, PLACES)
        return [f"{self._kind}-{first}", f"{self._kind}-{other}"], made_of

    def load(self, clause: Clause) -> Made | None:
        """What was kept of a clause; None where it is not there."""
        names, made_of = self._named(clause) or ((), "")
        for name in names:
            data = kept.load(name, made_of)
            if data is not None:
                return self._read(data)
        return None

    def keep(self, clause: Clause, made: Made) -> None:
        """Keep what belongs to a clause, in the place of what was kept of it."""
        named = self._named(clause)
        data = self._written(made) if named else b""
        if named and len(data) <= MOST:
            names, made_of = named
            same = [name for name in names if kept.view(name, made_of) is not None]
            kept.keep(same[0] if same else kept.oldest(names), made_of, data)


def state_of(folder: Path | None, library: str, *packages: str) -> str:
    """What tells the state of the generation of an index in a folder, and how it is asked.

    ``library`` is what reads its files, ``packages`` are the modules that make of them what is
    kept. Empty where there is nothing to tell it by: in memory, and while it is written.
    """
    told = told_in(folder.parent) if folder else {}
    # Another generation may have come since this one was opened.
    same = folder and told.get("generation") == folder.name
    seal = str(told.get("seal", "")) if same else ""
    return f"{seal} {library} {kept.sources(*packages).hex()}" if seal else ""


def mask_shelf(made_of: Callable[[], str], size: int) -> Shelf[Mask]:
    """Keeps masks of a part with so many rows."""
    return Shelf("mask", made_of, bytes, lambda data: data if len(data) == size else None)


def score_shelf(made_of: Callable[[], str]) -> Shelf[Scored]:
    """Keeps the scores of a part."""
    return Shelf("scores", made_of, _scores_written, _scores_read)


@dataclass(frozen=True, slots=True)
class Named:
    """How many passages match a clause, and their ids; none where they are too many to be kept."""

    total: int
    ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many passages match a clause, and their rows, the most promising first; none where they
    are too many to be kept. Of each the score, which is no number as long as nobody has asked
    for it."""

    total: int
    rows: array[int]
    scores: array[float]


def name_shelf(made_of: Callable[[], str]) -> Shelf[Named]:
    """Keeps passages by their ids."""
    return Shelf("names", made_of, _names_written, _names_read)


def _names_written(named: Named) -> bytes:
    return json.dumps([named.total, *named.ids]).encode()


def _names_read(data: bytes) -> Named | None:
    try:
        total, *ids = json.loads(bytes(data))
    except (ValueError, TypeError):
        return None
    return Named(total, ids)


def proposal_shelf(made_of: Callable[[], str]) -> Shelf[Proposed]:
    """Keeps passages in the order in which they were proposed."""
    return Shelf("proposed", made_of, _proposed_written, _proposed_read)


def _proposed_written(proposed: Proposed) -> bytes:
    return array(_PLACE, [proposed.total, *proposed.rows]).tobytes() + proposed.scores.tobytes()


def _proposed_read(data: bytes) -> Proposed | None:
    rows: array[int] = array(_PLACE)
    scores: array[float] = array(_SCORE)
    number, rest = divmod(len(data) - rows.itemsize, rows.itemsize + scores.itemsize)
    if rest or number < 0:
        return None
    rows.frombytes(data[: (number + 1) * rows.itemsize])
    scores.frombytes(data[(number + 1) * rows.itemsize :])
    return Proposed(rows.pop(0), rows, scores)


_ROW, _PLACE, _SCORE = "I", "Q", "d"


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
        case AnyOf(parts, coordinate, chosen):
            found.append(f"any {len(parts)} {coordinate:d} {chosen:d}")
        case NoneOf(part):
            found.append("none")
            parts = (part,)
        case _:
            raise TypeError(type(clause).__name__)
    for one in parts:
        _tell(one, found)
