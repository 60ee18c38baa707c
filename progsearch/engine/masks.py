"""Sets of passages as masks: one byte a row, 1 for each that is in it.

Masks are joined as whole numbers and counted with ``bytes.count``, which takes microseconds
where a loop takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress

__all__ = ["FEW", "KeptMasks", "Mask", "both", "either", "mask_of", "rows_in", "without"]

FEW = 8
"""Rows are looked at one by one where no more than one of so many is wanted."""

Mask = bytes | bytearray

KEPT = 16_000_000
"""Bytes of masks that are kept of a part of an index."""


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


class KeptMasks:
    """Masks that are asked for again and again, as those of themes by one page after the other.

    They are kept by the clause itself, not by what it says, as long as there is room.
    """

    def __init__(self) -> None:
        # The clauses are kept as well, so that no other one gets their identity.
        self._kept: dict[int, tuple[object, Mask]] = {}

    def of(self, clause: object, made: Callable[[], Mask]) -> Mask:
        """The mask of a clause, made where it is not kept. Nobody may change it."""
        known = self._kept.get(id(clause))
        if known is not None:
            return known[1]
        mask = made()
        if (len(self._kept) + 1) * len(mask) > KEPT:
            self._kept.clear()
        self._kept[id(clause)] = clause, mask
        return mask
