"""How often words stand in groups, as bytes that are kept between runs.

To count a million words and their pairs takes longer than to read what was counted of them.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from progsearch.compare.numbered import array_of

__all__ = ["Counted", "counts_from", "counts_told"]

_HEAD = 100_000  # bytes in which the sizes of parts stand


@dataclass(frozen=True, slots=True)
class Counted:
    """Words and pairs of them by number, and how often each is there."""

    words: Mapping[int, int]
    pairs: Mapping[int, int]


def counts_told(found: Sequence[Counted]) -> bytes:
    """What was counted of several groups, for :func:`counts_from`."""
    parts: list[bytes] = []
    for one in found:
        for kind, counts in (("I", one.words), ("Q", one.pairs)):
            parts += (array(kind, counts).tobytes(), array("I", counts.values()).tobytes())
    return b"".join((json.dumps([*map(len, parts)]).encode(), b"\n", *parts))


def counts_from(data: memoryview) -> list[Counted]:
    """What was told. Raises ValueError, IndexError or TypeError for what was not."""
    at = bytes(data[:_HEAD]).index(b"\n") + 1
    ends = [*accumulate(json.loads(bytes(data[:at])), initial=at)]
    if ends[-1] != len(data):
        raise ValueError("no counts")
    parts = [data[begin:end] for begin, end in pairwise(ends)]
    found = []
    for words, times, pairs, pair_times in zip(*(parts[one::4] for one in range(4)), strict=True):
        found.append(Counted(_counts("I", words, times), _counts("Q", pairs, pair_times)))
    return found


def _counts(kind: str, items: memoryview, times: memoryview) -> dict[int, int]:
    return dict(zip(array_of(kind, items), array_of("I", times), strict=True))
