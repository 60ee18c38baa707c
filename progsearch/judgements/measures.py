"""How well a theme finds and ranks what people coded as relevant."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from progsearch.errors import ProgsearchError
from progsearch.judgements.units import Unit

__all__ = ["Estimate", "Measures", "estimates", "measures", "ranking"]

_DRAWS = 4000
_SEED = 1763  # Bayes' essay


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured for a theme.

    ``relevant`` and ``found`` count coded passages. None stands for what has no meaning: the
    precision of nothing found, the recall and the ranking of nothing relevant.
    """

    theme: str
    coded: int
    relevant: int
    found: int
    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None
    ranking: Mapping[str, float] | None


def measures(
    units: Mapping[str, Sequence[Unit]], *, relevant: int = 1
) -> tuple[list[Measures], Measures]:
    """The measures of each theme and those of all together.

    A passage coded ``relevant`` or higher is relevant. Precision, recall and F1 of all
    themes are of all their passages together, the ranking measures are the means over the
    themes that have a relevant passage.
    """
    ranked = ranking(units, relevant=relevant)
    each = [
        _measured(theme, of_theme, relevant, ranked.get(theme)) for theme, of_theme in units.items()
    ]
    names = next(iter(ranked.values()), {})
    mean = {name: sum(one[name] for one in ranked.values()) / len(ranked) for name in names}
    together = [unit for of_theme in units.values() for unit in of_theme]
    return each, _measured("all", together, relevant, mean or None)


def _measured(
    theme: str, units: Sequence[Unit], relevant: int, ranked: Mapping[str, float] | None
) -> Measures:
    precision, recall, f1 = estimates(
        [
            (unit.score is not None, unit.row.relevance >= relevant, unit.row.weight)
            for unit in units
        ]
    )
    return Measures(
        theme,
        len(units),
        sum(unit.row.relevance >= relevant for unit in units),
        sum(unit.score is not None for unit in units),
        precision,
        recall,
        f1,
        ranked,
    )


def estimates(
    rows: Sequence[tuple[bool, bool, float]],
) -> tuple[Estimate | None, Estimate | None, Estimate | None]:
    """Precision, recall and F1 of rows: found, relevant, and for how many passages it stands.

    Rows that are found or not and have the same weight are one sample of so many passages.
    The interval takes the share of relevant ones in each sample from its posterior with
    Jeffreys' prior (Brown, Cai & DasGupta, "Interval Estimation for a Binomial Proportion",
    2001) and what follows from them, by simulation with a fixed seed.
    """
    samples: Counter[tuple[bool, float]] = Counter()
    hits: Counter[tuple[bool, float]] = Counter()
    for found, is_relevant, weight in rows:
        samples[found, weight] += 1
        hits[found, weight] += is_relevant
    both = sum(weight * hits[found, weight] for found, weight in samples if found)
    missed = sum(weight * hits[found, weight] for found, weight in samples if not found)
    all_found = sum(weight * count for (found, weight), count in samples.items() if found)
    drawn: list[tuple[float, float]] = []
    random_numbers = random.Random(_SEED)  # noqa: S311
    for _ in range(_DRAWS):
        drawn_both = drawn_missed = 0.0
        for (found, weight), count in samples.items():
            hit = hits[found, weight]
            share = random_numbers.betavariate(hit + 0.5, count - hit + 0.5)
            drawn_both += weight * count * share * found
            drawn_missed += weight * count * share * (not found)
        drawn.append((drawn_both, drawn_missed))

    def estimate(of: float, draws: Sequence[float], *, lowest: bool, highest: bool) -> Estimate:
        low, high = _middle(draws)
        # Nothing seen of a kind does not rule it out, but all seen does not rule out all.
        return Estimate(of, 0.0 if lowest else min(low, of), 1.0 if highest else max(high, of))

    precision = recall = f1 = None
    if all_found:
        shares = [drawn_both / all_found for drawn_both, _ in drawn]
        precision = estimate(both / all_found, shares, lowest=not both, highest=both == all_found)
    if both + missed:
        shares = [b / (b + m) if b + m else 0.0 for b, m in drawn]
        recall = estimate(both / (both + missed), shares, lowest=not both, highest=not missed)
        shares = [2 * b / (all_found + b + m) if all_found + b + m else 0.0 for b, m in drawn]
        f1 = estimate(
            2 * both / (all_found + both + missed),
            shares,
            lowest=not both,
            highest=not missed and both == all_found,
        )
    return precision, recall, f1


def _middle(draws: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(draws)
    return ordered[round(0.025 * len(ordered))], ordered[round(0.975 * len(ordered)) - 1]


def ranking(
    units: Mapping[str, Sequence[Unit]], *, relevant: int = 1
) -> dict[str, dict[str, float]]:
    """nDCG@10, P@10 and R@20 of each theme that has a relevant passage.

    Only coded passages are ranked: what nobody has read is left out of the list and not
    held to be irrelevant (Sakai, "Alternatives to Bpref", 2007). Raises ProgsearchError
    when the library for it is not installed.
    """
    try:
        import ir_measures
        from ir_measures import P, R, nDCG
    except ImportError:
        raise ProgsearchError(
            "the ranking measures need the package ir-measures",
            remedy='run: pip install "progsearch[evaluate]"',
        ) from None
    qrels = {
        theme: {unit.id: unit.row.relevance for unit in of_theme}
        for theme, of_theme in units.items()
        if any(unit.row.relevance >= relevant for unit in of_theme)
    }
    run = {
        theme: {unit.id: unit.score for unit in units[theme] if unit.score is not None}
        for theme in qrels
    }
    wanted = {
        nDCG @ 10: "nDCG@10",
        P(rel=relevant) @ 10: "P@10",
        R(rel=relevant) @ 20: "R@20",
    }
    found: dict[str, dict[str, float]] = {
        theme: dict.fromkeys(wanted.values(), 0.0) for theme in qrels
    }
    for value in ir_measures.iter_calc(list(wanted), qrels, run):
        found[value.query_id][wanted[value.measure]] = value.value
    return found
