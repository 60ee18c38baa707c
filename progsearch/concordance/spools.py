"""Counts of very many things in little memory: shares of them, each counted by itself.

Every count goes to one of so many shares, told by what is counted, and waits there, in a
temporary file where there are many. So what a share holds is all that there is of it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

__all__ = ["Spools"]

SHARES = 64
_IN_MEMORY = 1 << 20  # bytes of a share that need no file

Item = tuple[int, ...]


class Spools:
    """Counts of items of so many numbers each, with so many numbers that tell where."""

    def __init__(self, item: int, where: int) -> None:
        self._item = item
        self._width = item + where + 1
        self._files: list[IO[bytes]] = [
            SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by close
            for _ in range(SHARES)
        ]

    def add(self, counts: dict[Item, int], where: Item) -> None:
        """Add the counts of some items at one place."""
        waiting: dict[int, array[int]] = {}
        for item, count in counts.items():
            share = hash(item) % SHARES
            if share not in waiting:
                waiting[share] = array("I")
            waiting[share].extend((*item, count, *where))
        for share, numbers in waiting.items():
            self._files[share].write(numbers.tobytes())

    def shares(self) -> Iterator[dict[Item, list[tuple[int, ...]]]]:
        """Share by share: each item with its counts, and where each was."""
        for file in self._files:
            file.seek(0)
            numbers = array("I")
            numbers.frombytes(file.read())
            file.close()
            found: dict[Item, list[tuple[int, ...]]] = defaultdict(list)
            values = iter(numbers)
            for record in zip(*[values] * self._width, strict=True):
                found[record[: self._item]].append(record[self._item :])
            yield found

    def close(self) -> None:
        """Let go of what was not asked for."""
        for file in self._files:
            file.close()
