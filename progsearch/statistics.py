"""The arithmetic of counts: how sure a share is, and how unusual a frequency."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = [
    "Z95",
    "association",
    "chi_squared_tail",
    "dispersion",
    "g_squared",
    "holm",
    "log_dice",
    "log_likelihood",
    "log_ratio",
    "mutual_information",
    "p_value",
    "wilson",
]

Z95 = 1.959963984540054
"""Standard deviations of a normal distribution that hold 95 % of it."""


def log_likelihood(target: int, target_size: int, rest: int, rest_size: int) -> float:
    """How unusual it is that something occurs ``target`` times in one corpus and ``rest`` times
    in another, of so many words each: the log-likelihood ratio G², 0 for the same rate.

    Formula: Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence"
    (1993), in the form of Rayson & Garside, "Comparing Corpora using Frequency Profiling"
    (2000), which leaves out the words that are not it.
    """
    both, size = target + rest, target_size + rest_size
    if not both or not target_size or not rest_size:
        return 0.0
    found = 0.0
    for observed, part in ((target, target_size), (rest, rest_size)):
        if observed:
            found += observed * math.log(observed * size / (part * both))
    return max(0.0, 2 * found)


def log_ratio(target: int, target_size: int, rest: int, rest_size: int) -> float:
    """How many times twice as frequent something is in one corpus as in another.

    Formula: Hardie, "Log Ratio – an informal introduction" (2014): the binary logarithm of
    the ratio of the rates, with half an occurrence in place of none.
    """
    return math.log2(((target or 0.5) / target_size) / ((rest or 0.5) / rest_size))


def p_value(statistic: float) -> float:
    """The probability of so high a G² by chance (chi-squared with one degree of freedom)."""
    return math.erfc(math.sqrt(max(0.0, statistic) / 2))


def wilson(successes: float, trials: float, z: float = Z95) -> tuple[float, float]:
    """The interval of a proportion; from 0 to 1 without any trials.

    Formula: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference"
    (1927), without correction for continuity.
    """
    if trials <= 0:
        return 0.0, 1.0
    share = successes / trials
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    middle, scale = share + z * z / (2 * trials), 1 + z * z / trials
    # Rounding would leave a proportion of 1 a hair outside of its own interval.
    low = 0.0 if successes <= 0 else (middle - spread) / scale
    high = 1.0 if successes >= trials else (middle + spread) / scale
    return low, high


def g_squared(found: Sequence[int], sizes: Sequence[int]) -> float:
    """How unlike the shares ``found`` of ``sizes`` are: the log-likelihood ratio G² of the
    table of what was found and what was not; 0 for the same share everywhere.

    It has one degree of freedom fewer than there are sizes. Formula: Sokal & Rohlf,
    "Biometry", on the G-test of independence. Unlike :func:`log_likelihood` it looks at
    what was not found, too, so it holds for shares that are not small.
    """
    size, both = sum(sizes), sum(found)
    total = 0.0
    for row, all_ in (
        (found, both),
        ([size_ - one for one, size_ in zip(found, sizes, strict=True)], size - both),
    ):
        for observed, part in zip(row, sizes, strict=True):
            if observed:
                total += observed * math.log(observed * size / (part * all_))
    return max(0.0, 2 * total)


def chi_squared_tail(statistic: float, degrees: int) -> float:
    """The probability of so high a G² by chance, with so many degrees of freedom.

    Formula: Abramowitz & Stegun, "Handbook of Mathematical Functions" (1964), 26.4.4 and
    26.4.5, the finite series for odd and even degrees.
    """
    half = statistic / 2
    if degrees <= 0 or half <= 0:
        return 1.0
    # In logarithms, as the terms of many degrees are too great for the exponential before them.
    total = math.erfc(math.sqrt(half)) if degrees % 2 else math.exp(-half)
    power = 0.5 if degrees % 2 else 1.0
    while power <= degrees / 2 - 1:
        total += math.exp(power * math.log(half) - half - math.lgamma(power + 1))
        power += 1
    return min(1.0, total)


def holm(probabilities: Sequence[float]) -> list[float]:
    """The same probabilities, corrected for how many they are, in the same order.

    What stays below .05 is all of it more than chance, but for an error of at most 5 %, and
    the tests may depend on each other. Source: Holm, "A Simple Sequentially Rejective
    Multiple Test Procedure" (1979).
    """
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    corrected = [1.0] * len(order)
    highest = 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - rank) * probabilities[at]))
        corrected[at] = highest
    return corrected


def dispersion(found: Sequence[tuple[int, int]], size: int, smallest: int) -> tuple[float, float]:
    """How unevenly something is spread over the parts of a corpus: DP, and DP normalised.

    ``found`` has, for each part in which it occurs, how often, and the part's words; ``size`` is
    that of all parts, ``smallest`` that of the smallest. 0 is spread as the parts' sizes are,
    1 all in one small part. Formula: Gries, "Dispersions and Adjusted Frequencies in Corpora"
    (2008); the normalised one as Lijffijt & Gries, "Correction to Stefan Th. Gries' …" (2012)
    have it, by what DP can be at most: one less the share of the smallest part.
    """
    total = sum(count for count, _ in found)
    if not total or not size:
        return 0.0, 0.0
    # A part without it differs by its own share; all shares together are 1.
    apart = sum(abs(count / total - part / size) - part / size for count, part in found)
    deviation = min(1.0, max(0.0, (1 + apart) / 2))
    most = 1 - smallest / size
    return deviation, min(1.0, deviation / most) if most > 0 else 0.0


def log_dice(both: int, one: int, other: int) -> float:
    """How strongly two words are associated that stand together ``both`` times, and ``one``
    and ``other`` times in all: 14 for always together, one less for half as often.

    Formula: Rychlý, "A Lexicographer-Friendly Association Score" (2008).
    """
    return 14 + math.log2(2 * both / (one + other))


def mutual_information(both: int, expected: float) -> float:
    """How many times twice as often as by chance two words stand together.

    Formula: Church & Hanks, "Word Association Norms, Mutual Information, and Lexicography"
    (1990), in the form of Evert, "Corpora and Collocations" (2008): observed by expected.
    """
    return math.log2(both / expected)


def association(both: int, near: int, other: int, size: int) -> tuple[float, float]:
    """How unlike chance it is that of the ``size`` words of a corpus, ``other`` of which are one
    word, ``both`` of the ``near`` words are it: G² of the table, and what chance would give.

    Formula: Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (1993).
    """
    return g_squared([both, other - both], [near, size - near]), near * other / size
