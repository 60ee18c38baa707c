"""What a term weighs in a passage: BM25 (Robertson & Zaragoza, "The Probabilistic Relevance
Framework", 2009).

The pivot of the length is fixed, so that a passage's score does not change with what else is
in the index but for the rarity of the term. A phrase or NEAR is weighed like a word, by the
passages that have it and by how often it stands there.

Alternatives that are coordinated, as the terms of a theme are: the sum of what each term
weighs, times how many of them the passage meets. On the judged passages (docs/themes.md)
other powers of that number, other values of :data:`B` and :data:`HEADING_WEIGHT`, more or
less weight for NEARs and phrases, and terms that overlap counted once changed the means of
nDCG@10, P@10 and R@20 by a passage or two; so there is one rule for all of them.
"""

from __future__ import annotations

import math

__all__ = [
    "FIELDS",
    "USUAL",
    "inverse_frequency",
    "more_often",
    "posting_weight",
    "rarity_of_chosen",
]

K1, B, PIVOT = 1.2, 0.5, 30
"""BM25's saturation, its length normalisation, and the words of a usual passage."""

HEADING_WEIGHT = 0.3
"""What a word of the headings weighs against one of the text."""

USUAL = 5.0
"""The rarity of a usual term of a theme."""

FIELDS = {"text": 1.0, "headings": HEADING_WEIGHT}
"""The fields that hold keys, and what a match in each weighs."""


def posting_weight(frequency: float, words: int) -> float:
    """BM25's weight of a term that stands ``frequency`` times in a text of so many words."""
    return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * words / PIVOT))


def more_often(frequency: float, once: float) -> float:
    """What the weight of a term that stands once is multiplied by when it stands more often."""
    norm = (K1 + 1) / once - 1
    return frequency * (1 + norm) / (frequency + norm)


def inverse_frequency(passages: int, matching: int) -> float:
    """BM25's rarity of a term that so many of the passages have; always positive."""
    return math.log1p((passages - matching + 0.5) / (matching + 0.5))


def rarity_of_chosen(rarity: float) -> float:
    """What the rarity of a term of a theme counts for: the mean of it and a usual one in powers.

    Who writes a theme has chosen its terms, common ones among them, so a rare one tells less of
    what a passage is about than a rare word of a question does (docs/themes.md).
    """
    return math.sqrt(rarity * USUAL)
