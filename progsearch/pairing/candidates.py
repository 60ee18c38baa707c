"""Who may be near whom: found through the words that two units share, without a matrix."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import chain

__all__ = ["Postings", "rarity"]

FREQUENT = 200
"""A word that stands in more units than this finds nobody: so the work for a unit is bounded
by its own words, and that for all of them grows with their number."""
FEW = 3
"""Where a unit has fewer words that are rare enough, its rarest words are taken."""


def rarity(units: int, having: int) -> float:
    """How much a word tells: smoothed inverse document frequency, 1 at least.

    Source: Salton & Buckley, "Term-weighting approaches in automatic text retrieval",
    1988; add-one smoothing as in scikit-learn's ``TfidfTransformer``.
    """
    return math.log((1 + units) / (1 + having)) + 1


class Postings:
    """The words of many units, and for any other words those units that share the most."""

    def __init__(self, words: Sequence[frozenset[str]]) -> None:
        self._units: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(words):
            for word in one:
                self._units[word].append(number)
        self._size = len(words)

    def nearest(self, words: frozenset[str], limit: int) -> list[int]:
        """At most ``limit`` units, those first that share the rarest words.

        Of equals the earlier one comes first.
        """
        found: Counter[int] = Counter()
        for word in self._telling(words):
            units = self._units[word]
            weight = rarity(self._size, len(units))
            for unit in units:
                found[unit] += weight  # type: ignore[assignment]
        best = nlargest(limit, found.items(), key=lambda item: (item[1], -item[0]))
        return [unit for unit, _ in best]

    def _telling(self, words: frozenset[str]) -> Iterator[str]:
        known = sorted(
            (word for word in words if word in self._units),
            key=lambda word: (len(self._units[word]), word),
        )
        rare = [word for word in known if len(self._units[word]) <= FREQUENT]
        return chain(rare, known[len(rare) : FEW])
