"""How alike two texts are by their letters: n-grams of characters, weighed by rarity.

Words in other forms, compounds and typing mistakes share most of their n-grams, in any
language. The measure is the cosine of binary vectors weighed by inverse document frequency.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from progsearch.pairing.candidates import rarity

__all__ = ["Grams", "in_sequence"]

SIZES = (3, 4, 5)
REMEMBERED = 4_000
"""Texts whose n-grams are kept at a time; a text of 200 letters has 600, about 40 kB."""


@lru_cache(REMEMBERED)
def _grams(plain: str) -> frozenset[str]:
    padded = f" {plain} "
    return frozenset(
        padded[at : at + size] for size in SIZES for at in range(len(padded) - size + 1)
    )


def in_sequence(one: str, other: str) -> float:
    """The share of the shorter text's pairs of neighbouring words that the other has, too."""
    pairs, others = (set(pairwise(text.split())) for text in (one, other))
    fewer = min(len(pairs), len(others))
    return len(pairs & others) / fewer if fewer else 0.0


class Grams:
    """The n-grams of a set of texts, and how alike two of them are."""

    def __init__(self, texts: Iterable[str]) -> None:
        having: Counter[str] = Counter()
        size = 0
        for size, text in enumerate(texts, 1):  # noqa: B007 - the last number is the size
            having.update(_grams(text))
        # Squares: a weight stands in both vectors.
        self._weights = {gram: rarity(size, many) ** 2 for gram, many in having.items()}
        self._lengths: dict[str, float] = {}

    def likeness(self, one: str, other: str) -> float:
        """The cosine of two of the texts, from 0 to 1."""
        both = sum(map(self._weights.__getitem__, _grams(one) & _grams(other)))
        return both / (self._length(one) * self._length(other))

    def _length(self, text: str) -> float:
        if text not in self._lengths:
            squares = sum(map(self._weights.__getitem__, _grams(text)))
            self._lengths[text] = math.sqrt(squares) or 1.0
        return self._lengths[text]
