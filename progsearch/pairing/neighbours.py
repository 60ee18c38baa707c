"""Which units of another side are nearest, best first: lists to read, and no verdicts.

Nearness is of words and letters: two promises may share both and contradict each other, or
mean the same in words of their own. So a rank is told, and never a percentage.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from progsearch.pairing.candidates import Postings, rarity
from progsearch.pairing.grams import Grams
from progsearch.pairing.unit import Unit

__all__ = ["Near", "Neighbours", "mutual"]

LOOKED_AT = 40
"""Units that share the rarest words and are scored; those behind them are hardly ever near."""


LETTERED = 12
"""Of these so many are compared by their letters, too, which takes most of the time."""
SHORTEST, EVERYWHERE, MANY = 3, 0.15, 50
"""Words of fewer letters are not named among those shared, nor are those that stand in so large
a share of all units, where there are at least so many: they tie words together and say nothing."""


class Near(NamedTuple):
    """A unit of the other side, how near it is, and the lemmas that both have, rarest first.

    Words without a meaning of their own count, and are not named.

    The score, from 0 to 2, orders the units of one list; it says nothing by itself.
    """

    unit: int
    score: float
    shared: tuple[str, ...]


class Neighbours:
    """Units of one side, to be asked for those that are nearest to others."""

    def __init__(
        self, units: Sequence[Unit], asking: Sequence[Unit] = (), grams: Grams | None = None
    ) -> None:
        """``asking`` are the units that will be asked for: they tell, too, what is rare.

        ``grams`` are those of all of them, where somebody has made them already.
        """
        self._units = units
        self._words = [frozenset(unit.lemmas) - {""} for unit in units]
        self._postings = Postings(self._words)
        everything = [*self._words, *(frozenset(unit.lemmas) - {""} for unit in asking)]
        having = Counter(word for words in everything for word in words)
        size = len(everything)
        self._everywhere = EVERYWHERE * size if size >= MANY else size + 1
        self._having = having
        self._rarity = {word: rarity(len(everything), many) for word, many in having.items()}
        self._lengths = [self._length(words) for words in self._words]
        self._grams = grams or Grams(unit.plain for unit in (*units, *asking))

    def nearest(self, unit: Unit, limit: int, *, floor: float = 0.0) -> list[Near]:
        """At most ``limit`` units, the nearest first; none where that one is below the floor."""
        words = frozenset(unit.lemmas) - {""}
        length = self._length(words)
        found = []
        for other in self._postings.nearest(words, LOOKED_AT):
            shared = words & self._words[other]
            # Exact sums: the order of a set is another in each process.
            cosine = math.fsum(self._rarity[word] ** 2 for word in shared)
            found.append((cosine / (length * self._lengths[other]), other, shared))
        best = sorted(found, key=lambda near: (-near[0], near[1]))[: max(LETTERED, limit)]
        scored = sorted(
            (-cosine - self._grams.likeness(unit.plain, self._units[other].plain), other, shared)
            for cosine, other, shared in best
        )
        if not scored or -scored[0][0] <= floor:
            return []
        return [Near(other, -score, self._named(shared)) for score, other, shared in scored[:limit]]

    def _named(self, shared: frozenset[str]) -> tuple[str, ...]:
        named = filter(self._is_named, shared)
        return tuple(sorted(named, key=lambda word: (-self._rarity[word], word)))

    def _is_named(self, word: str) -> bool:
        bare = word.partition(":")[2] or word
        if not any(char.isalnum() for char in bare) or self._having[word] >= self._everywhere:
            return False
        return bare.isdecimal() or len(bare) >= SHORTEST

    def _length(self, words: frozenset[str]) -> float:
        return math.sqrt(math.fsum(self._rarity.get(word, 1.0) ** 2 for word in words)) or 1.0


def mutual(ones: Sequence[Unit], others: Sequence[Unit]) -> list[tuple[int, Near]]:
    """Pairs of which each is the nearest to the other, the nearest pairs first."""
    grams = Grams(unit.plain for unit in (*ones, *others))
    there, back = Neighbours(others, ones, grams), Neighbours(ones, others, grams)
    nearest: dict[int, int] = {}
    pairs = []
    for number, unit in enumerate(ones):
        for near in there.nearest(unit, 1):
            # Many have the same unit as their nearest, which is asked back only once.
            if near.unit not in nearest:
                (best,) = back.nearest(others[near.unit], 1) or [near]
                nearest[near.unit] = best.unit if best is not near else -1
            if nearest[near.unit] == number:
                pairs.append((number, near))
    return sorted(pairs, key=lambda pair: (-pair[1].score, pair[0]))
