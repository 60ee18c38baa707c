"""How alike two texts are by their letters: n-grams of characters, weighed by rarity.

Words in other forms, compounds and typing mistakes share most of their n-grams, in any
language. The measure is the cosine of binary vectors weighed by inverse document frequency.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from progsearch.pairing.candidates import rarity

__all__ = ["Grams", "in_sequence"]

SIZES = (3, 4, 5)
BUCKETS = 1 << 22
"""N-grams are counted by a checksum, for their letters would take most of the memory. Source:
Weinberger et al., "Feature hashing for large scale multitask learning", 2009. Texts of 10,000
passages have about a million of them: few share a place with one that matters."""
_WIDTH = 4  # bytes of a letter in UTF-32


def _grams(plain: str) -> frozenset[int]:
    data = f" {plain} ".encode("utf-32-le", "surrogatepass")
    return frozenset(
        crc32(data[at : at + size * _WIDTH]) % BUCKETS
        for size in SIZES
        for at in range(0, len(data) - size * _WIDTH + 1, _WIDTH)
    )


def in_sequence(one: str, other: str) -> tuple[float, int]:
    """The share of the shorter text's pairs of neighbouring words that the other has, too,
    and how many pairs that are."""
    pairs, others = (set(pairwise(text.split())) for text in (one, other))
    fewer, both = min(len(pairs), len(others)), len(pairs & others)
    return (both / fewer if fewer else 0.0), both


class _Worth(dict[int, float]):
    """What an n-gram is worth by how many of so many texts have it, reckoned when it is asked.

    To look through all places for the numbers that there are would take a tenth of a second,
    which is most of the time for a few texts.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def __missing__(self, many: int) -> float:
        # Squares: a weight stands in both vectors.
        self[many] = worth = rarity(self._size, many) ** 2
        return worth


class Grams:
    """The n-grams of a set of texts, and how alike two of them are.

    Each text takes four bytes an n-gram, about two kilobytes for 200 letters, and what all
    n-grams are worth 16 MB, however many there are.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        having = array("I", [0]) * BUCKETS
        self._texts: dict[str, array[int]] = {}
        size = 0
        for text in texts:
            size += 1
            known = self._texts.get(text)
            if known is None:
                known = self._texts[text] = array("I", sorted(_grams(text)))
            for gram in known:
                having[gram] += 1
        self._having = having
        self._worth = _Worth(size)
        self._lengths: dict[str, float] = {}
        self._last: tuple[str, frozenset[int]] = ("", frozenset())

    def likeness(self, one: str, other: str) -> float:
        """The cosine of two texts, from 0 to 1.

        Quick for one text against many after each other: its n-grams are made a set once.
        """
        if self._last[0] != one:
            self._last = (one, frozenset(self._of(one)))
        both = self._squares(self._last[1].intersection(self._of(other)))
        return both / (self._length(one) * self._length(other))

    def _squares(self, grams: Iterable[int]) -> float:
        worth, having = self._worth, self._having
        # The order of a set is none: without math.fsum, sums differ in their last digits.
        return math.fsum(worth[having[gram]] for gram in grams)

    def _length(self, text: str) -> float:
        if text not in self._lengths:
            self._lengths[text] = math.sqrt(self._squares(self._of(text))) or 1.0
        return self._lengths[text]

    def _of(self, text: str) -> array[int]:
        """The n-grams of a text; of one that was not given, too, which tells not what is rare."""
        if text not in self._texts:
            self._texts[text] = array("I", sorted(_grams(text)))
        return self._texts[text]
