"""Sorted words on disk, of which a few are looked up without the others being read.

simplemma's dictionaries are read from beginning to end, a second of work for a large one, which a
single word that an index lacks is not worth. So what was read once is kept
(:mod:`progsearch.kept`): lines in blocks that are packed each by itself, and the first line of
each block.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

__all__ = ["PackedLines", "packed", "stored"]

_BLOCK = 128  # lines
_REMEMBERED = 256  # blocks


def packed(lines: Iterable[str] | Iterable[bytes]) -> bytes:
    """Sorted lines, as text or in UTF-8, as :class:`PackedLines` reads them."""
    firsts: list[str] = []
    ends = [0]
    pieces: list[bytes] = []
    count = 0
    remaining = (line if isinstance(line, bytes) else line.encode() for line in lines)
    while block := list(islice(remaining, _BLOCK)):
        pieces.append(zlib.compress(b"\n".join(block), 1))
        firsts.append(block[0].decode())
        ends.append(ends[-1] + len(pieces[-1]))
        count += len(block)
    head = json.dumps({"count": count, "firsts": firsts, "ends": ends}, ensure_ascii=False)
    return head.encode() + b"\n" + b"".join(pieces)


def stored(words: Mapping[str, str]) -> Mapping[bytes, bytes] | None:
    """A dictionary of simplemma's in UTF-8, as it holds it: to have each word decoded takes seconds
    of a large one. None where it holds it otherwise."""
    found = getattr(words, "_dict", None)
    if isinstance(found, dict) and all(isinstance(one, bytes) for one in islice(found, 1)):
        return found
    return None


class PackedLines(Sequence[str]):
    """Sorted lines. Raises ValueError for bytes that are none."""

    def __init__(self, data: bytes) -> None:
        head, newline, _ = data.partition(b"\n")
        told = json.loads(head)
        try:
            self._count, self._firsts, ends = int(told["count"]), told["firsts"], told["ends"]
            sound = len(ends) == len(self._firsts) + 1
        except (TypeError, KeyError) as error:
            raise ValueError("no packed lines") from error
        begin = len(head) + len(newline)
        if not sound or begin + ends[-1] != len(data):
            raise ValueError("no packed lines")

        @lru_cache(_REMEMBERED)
        def block(number: int) -> list[str]:
            piece = data[begin + ends[number] : begin + ends[number + 1]]
            return zlib.decompress(piece).decode().split("\n")

        self._block = block

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: int) -> str:  # type: ignore[override]
        return self._block(at // _BLOCK)[at % _BLOCK]

    def place(self, text: str) -> int:
        """How many lines come before a text."""
        number = max(0, bisect_right(self._firsts, text) - 1)
        if not self._count:
            return 0
        return number * _BLOCK + bisect_left(self._block(number), text)
