"""Several rankings of the same things as one, by their ranks alone.

Scores of words and cosines of vectors are no numbers of one scale, and what is a high cosine for
one text is a low one for another; ranks can be added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

__all__ = ["fused", "led"]

STEADY = 60
"""How little the first ranks stand out. Source: Cormack, Clarke & Büttcher, "Reciprocal rank fusion
outperforms Condorcet and individual rank learning methods", 2009, who give this number."""


def fused(*rankings: Sequence[int]) -> list[tuple[int, float]]:
    """All that stands in any of the rankings, the best first, with the sum of reciprocal ranks.

    What a ranking has not, it gives nothing. Of equals that comes first which an earlier ranking
    names first.
    """
    scores: dict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, one in enumerate(ranking, 1):
            scores[one] += 1 / (STEADY + rank)
    return sorted(scores.items(), key=lambda item: -item[1])


def led(limit: int, *rankings: Sequence[int]) -> list[int]:
    """So many as :func:`fused` has first, but in the last places what one of the rankings has as
    its first, if that would else be missing.

    What all rankings have somewhere in the middle would else stand before what one of them is
    surest of; and words and meaning are right in different places.
    """
    order = [one for one, _ in fused(*rankings)]
    firsts = {ranking[0] for ranking in rankings if ranking}
    if limit <= len(firsts):
        return order[:limit]
    chosen = set(sorted(order, key=lambda one: one not in firsts)[:limit])
    return [one for one in order if one in chosen]
