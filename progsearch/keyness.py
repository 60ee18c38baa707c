"""What is unusually frequent in one part of a corpus against the rest of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from progsearch.classes import dataclass
from progsearch.statistics import log_likelihood, log_ratio

__all__ = ["Key", "keyness"]

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Key(Generic[K]):
    """Something counted, how often it is there and in the rest, and how unusual that is.

    ``score`` is the log-likelihood, ``ratio`` the effect: 1 is twice as frequent, 2 four
    times. Sources of both: :mod:`progsearch.statistics`.
    """

    item: K
    target: int
    rest: int
    score: float
    ratio: float


def keyness(
    target: Mapping[K, int],
    rest: Mapping[K, int],
    *,
    target_size: int,
    rest_size: int,
    minimum: int = 3,
    threshold: float = 6.63,
) -> list[Key[K]]:
    """What is more frequent in the target than in the rest, the most unusual first.

    What occurs less than ``minimum`` times in the target is left out, and what scores below
    ``threshold`` (6.63 is p < .01).
    """
    found = []
    for item, count in target.items():
        other = rest.get(item, 0)
        if count < minimum or count * rest_size <= other * target_size:
            continue
        score = log_likelihood(count, target_size, other, rest_size)
        if score >= threshold:
            ratio = log_ratio(count, target_size, other, max(1, rest_size))
            found.append(Key(item, count, other, score, ratio))
    return sorted(found, key=lambda key: (-key.score, repr(key.item)))
