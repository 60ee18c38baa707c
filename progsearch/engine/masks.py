"""Sets of passages as masks: one byte a row, 1 for each that is in it.

Masks are joined as whole numbers and counted with ``bytes.count``, which takes microseconds
where a loop takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from progsearch.clause import Clause

__all__ = ["FEW", "Kept", "Mask", "both", "either", "mask_of", "rows_in", "without"]

FEW = 8
"""Rows are looked at one by one where no more than one of so many is wanted."""

Mask = bytes | bytearray

Made = TypeVar("Made")

KEPT = 16_000_000
"""Bytes that are kept of a part of an index, of masks and of scores each."""


def mask_of(rows: Iterable[int], size: int) -> bytearray:
    """The mask of these rows among ``size``."""
    mask = bytearray(size)
    for row in rows:
        mask[row] = 1
    return mask


def both(left: Mask, right: Mask) -> bytes:
    """The rows in both masks, which are equally long."""
    joined = int.from_bytes(left, "little") & int.from_bytes(right, "little")
    return joined.to_bytes(len(left), "little")


def either(left: Mask, right: Mask) -> bytes:
    """The rows in one of the masks."""
    joined = int.from_bytes(left, "little") | int.from_bytes(right, "little")
    return joined.to_bytes(len(left), "little")


def without(left: Mask, right: Mask) -> bytes:
    """The rows in the first mask that are not in the second."""
    whole = int.from_bytes(left, "little")
    return (whole ^ (whole & int.from_bytes(right, "little"))).to_bytes(len(left), "little")


def rows_in(mask: Mask) -> list[int]:
    """The rows of a mask, ascending."""
    if mask.count(1) * FEW > len(mask):
        return list(compress(range(len(mask)), mask))
    found = []
    row = mask.find(1)
    while row >= 0:
        found.append(row)
        row = mask.find(1, row + 1)
    return found


class Beside(Protocol[Made]):
    """What is kept between runs as well, see :mod:`progsearch.engine.shelf`."""

    def load(self, clause: Clause) -> Made | None:
        """What was kept of a clause; None where it is not there."""

    def keep(self, clause: Clause, made: Made) -> None:
        """Keep what belongs to a clause, in the place of what was kept of it."""


class Kept(Generic[Made]):
    """What is asked for again and again, as masks of themes by one page after the other.

    It is kept by the clause itself, not by what it says, as long as there is room.
    """

    def __init__(self, bytes_of: Callable[[Made], int], beside: Beside[Made] | None = None) -> None:
        self._bytes_of = bytes_of
        self._beside = beside
        self._room = KEPT
        # The clauses are kept as well, so that no other one gets their identity.
        self._kept: dict[int, tuple[object, Made]] = {}

    def known(self, clause: Clause) -> Made | None:
        """What is kept of a clause; None where it is not. Nobody may change it."""
        known = self._kept.get(id(clause))
        if known is not None:
            return known[1]
        found = self._beside.load(clause) if self._beside else None
        if found is not None:
            self._hold(clause, found)
        return found

    def of(self, clause: Clause, made: Callable[[], Made]) -> Made:
        """What belongs to a clause, made where it is not kept. Nobody may change it."""
        found = self.known(clause)
        if found is None:
            found = made()
            self.keep(clause, found)
        return found

    def keep(self, clause: Clause, made: Made) -> None:
        """Keep what belongs to a clause, in the place of what was kept of it."""
        self._hold(clause, made)
        if self._beside:
            self._beside.keep(clause, made)

    def _hold(self, clause: Clause, made: Made) -> None:
        before = self._kept.pop(id(clause), None)
        self._room += (self._bytes_of(before[1]) if before else 0) - self._bytes_of(made)
        if self._room < 0:
            self._kept.clear()
            self._room = KEPT - self._bytes_of(made)
        self._kept[id(clause)] = clause, made
