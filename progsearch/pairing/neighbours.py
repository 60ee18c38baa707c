"""Which units of another side are nearest, best first: lists to read, and no verdicts.

Nearness is of words and letters: two promises may share both and contradict each other, or
mean the same in words of their own. So a rank is told, and never a percentage.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from progsearch.pairing.candidates import Postings, rarity
from progsearch.pairing.grams import Grams
from progsearch.pairing.unit import Unit, is_stop

__all__ = ["Near", "Neighbours", "mutual"]

LOOKED_AT = 40
"""Units that share the rarest words and are scored; those behind them are hardly ever near."""


LETTERED = 12
"""Of these so many are compared by their letters, too, which takes most of the time."""
AROUND = 10
"""Nearest units by whose scores it is told how near everything is to a unit. Source: Lample et
al., "Word translation without parallel data", 2018, with the same number."""
SHORTEST, EVERYWHERE, MANY = 3, 0.15, 50
"""Words of fewer letters are not named among those shared, nor are those that stand in so large
a share of all units, where there are at least so many: they tie words together and say nothing."""


class Near(NamedTuple):
    """A unit of the other side, how near it is, and the lemmas that both have, rarest first.

    Words without a meaning of their own count, and are not named.

    The score, from 0 to 2, orders the units of one list; it says nothing by itself. ``told`` says
    how much the shared words tell, ``held`` how much they are of what the one says that says less,
    both from 0 to 1.
    """

    unit: int
    score: float
    shared: tuple[str, ...]
    told: float = 1.0
    held: float = 1.0


def lemmas_of(unit: Unit) -> frozenset[str]:
    """All lemmas of a unit, stop words too."""
    return frozenset(unit.lemmas) - {""}


def _meant(unit: Unit) -> frozenset[str]:
    """What a unit says: without stop words, with what it is about beside."""
    return unit.content | unit.further


class Neighbours:
    """Units of one side, to be asked for those that are nearest to others."""

    def __init__(
        self,
        units: Sequence[Unit],
        asking: Sequence[Unit] = (),
        grams: Grams | None = None,
        words_of: Callable[[Unit], frozenset[str]] = lemmas_of,
    ) -> None:
        """``asking`` are the units that will be asked for: they tell, too, what is rare.

        ``grams`` are those of all of them, where somebody has made them already; ``words_of`` is
        what of a unit is compared beside its letters.
        """
        self._units = units
        self._words_of = words_of
        self._words = [words_of(unit) for unit in units]
        self._postings = Postings(self._words)
        everything = [*self._words, *map(words_of, asking)]
        having = Counter(word for words in everything for word in words)
        size = len(everything)
        self._everywhere = EVERYWHERE * size if size >= MANY else size + 1
        self._having = having
        self._rarity = {word: rarity(len(everything), many) for word, many in having.items()}
        self._rarest = rarity(size, 2)
        self._lengths = [self._length(words) for words in self._words]
        self._telling = [self._much(words) for words in self._words]
        self._grams = grams or Grams(unit.plain for unit in (*units, *asking))

    def nearest(self, unit: Unit, limit: int, *, floor: float = 0.0) -> list[Near]:
        """At most ``limit`` units, the nearest first; none where that one is below the floor."""
        words = self._words_of(unit)
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
        own = frozenset(unit.lemmas), self._much(words)
        return [self._near(own, other, -score, shared) for score, other, shared in scored[:limit]]

    def near(self, unit: Unit, other: int) -> Near:
        """How near a certain unit is, wherever it stands among the nearest."""
        words = self._words_of(unit)
        shared = words & self._words[other]
        cosine = math.fsum(self._rarity[word] ** 2 for word in shared)
        cosine /= self._length(words) * self._lengths[other]
        score = cosine + self._grams.likeness(unit.plain, self._units[other].plain)
        return self._near((frozenset(unit.lemmas), self._much(words)), other, score, shared)

    def _near(
        self,
        own: tuple[frozenset[str], float],
        other: int,
        score: float,
        shared: frozenset[str],
    ) -> Near:
        """``own`` are the lemmas of who asks, and how much its words tell."""
        named = self._named(shared & own[0])
        much = self._much(shared)
        less = min(own[1], self._telling[other])
        # Half where the shared words tell as much as two words do that nobody else has.
        return Near(other, score, named, much / (much + 2 * self._rarest), much / less)

    def _much(self, words: frozenset[str]) -> float:
        """How much words tell, the rare ones more."""
        return math.fsum(self._rarity.get(word, self._rarest) for word in words) or 1.0

    def _named(self, shared: frozenset[str]) -> tuple[str, ...]:
        named = filter(self._is_named, shared)
        return tuple(sorted(named, key=lambda word: (-self._rarity[word], word)))

    def _is_named(self, word: str) -> bool:
        bare = word.partition(":")[2] or word
        if not any(char.isalnum() for char in bare) or self._having[word] >= self._everywhere:
            return False
        if is_stop(word):
            return False
        return bare.isdecimal() or len(bare) >= SHORTEST

    def _length(self, words: frozenset[str]) -> float:
        return math.sqrt(math.fsum(self._rarity.get(word, 1.0) ** 2 for word in words)) or 1.0


def mutual(ones: Sequence[Unit], others: Sequence[Unit]) -> list[tuple[int, Near]]:
    """Pairs of which each is the nearest to the other, those first that stand out most.

    Nearness is of words that say something and of what they are about, not of a frame of common
    words. Of a unit that is near to many, as general passages and items of lists are, a pair
    says little: its score is lowered by how near its neighbours are on the whole (CSLS, by Lample
    et al., 2018), by how little the words tell that are shared, and by how much is not shared of
    what the one says that says less: a topic is shared by what else differs, a promise is not.
    """
    grams = Grams(unit.plain for unit in (*ones, *others))
    there = Neighbours(others, ones, grams, _meant)
    back = Neighbours(ones, others, grams, _meant)
    nearest: dict[int, tuple[int, float]] = {}
    pairs = []
    for number, unit in enumerate(ones):
        found = there.nearest(unit, AROUND)
        if not found:
            continue
        near = found[0]
        # Many have the same unit as their nearest, which is asked back only once.
        if near.unit not in nearest:
            again = back.nearest(others[near.unit], AROUND)
            nearest[near.unit] = (again[0].unit if again else -1, _around(again))
        best, around = nearest[near.unit]
        if best == number:
            score = (2 * near.score - _around(found) - around) * near.told * near.held
            pairs.append((number, near._replace(score=score)))
    return sorted(pairs, key=lambda pair: (-pair[1].score, pair[0]))


def _around(found: Sequence[Near]) -> float:
    """How near the nearest units are on the whole, beside the first; missing ones are far."""
    return math.fsum(near.score for near in found[1:]) / (AROUND - 1)
