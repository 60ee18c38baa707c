"""How far two coders agree, beyond what chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from progsearch.errors import ProgsearchError
from progsearch.judgements.coded import Coded

__all__ = ["Agreement", "agreement", "disagreements", "kappa", "nominal", "ordinal"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on the rows of a theme that both coded.

    ``kappa`` is Cohen's ("A coefficient of agreement for nominal scales", 1960), ``alpha``
    Krippendorff's for ordered grades (*Content Analysis*, 4th ed., 2019), which takes 0
    against 2 for a worse disagreement than 0 against 1. None when all codes are the same:
    then there is nothing that chance could have missed.
    """

    theme: str
    rows: int
    same: int
    kappa: float | None
    alpha: float | None


def agreement(rows: Sequence[Coded]) -> list[Agreement]:
    """The agreement by theme and, under ``all``, on all rows; empty without a second coder.

    Raises ProgsearchError when the library for it is not installed.
    """
    both = [row for row in rows if row.second is not None]
    themes = dict.fromkeys(row.theme for row in both)
    found = [_agreement(theme, [row for row in both if row.theme == theme]) for theme in themes]
    return [*found, _agreement("all", both)] if both else []


def disagreements(rows: Sequence[Coded]) -> list[Coded]:
    """The rows that the two coded differently, the farthest apart first."""
    found = [row for row in rows if row.second not in (None, row.relevance)]
    return sorted(found, key=lambda row: -abs(row.relevance - (row.second or 0)))


def _agreement(theme: str, rows: Sequence[Coded]) -> Agreement:
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError:
        raise ProgsearchError(
            "the agreement of coders needs the package nltk",
            remedy='run: pip install "progsearch[evaluate]"',
        ) from None
    codes = [(row.relevance, row.second or 0) for row in rows]
    same = sum(first == second for first, second in codes)
    counts = Counter(code for pair in codes for code in pair)
    if len(counts) < 2:
        return Agreement(theme, len(rows), same, None, None)
    data = [
        (coder, str(item), code)
        for item, pair in enumerate(codes)
        for coder, code in zip("12", pair, strict=True)
    ]
    kappa = AnnotationTask(data).kappa()
    alpha = AnnotationTask(data, distance=ordinal(counts)).alpha()
    return Agreement(theme, len(rows), same, float(kappa), float(alpha))


def kappa(codes: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa (1960) of two coders on names that have no order: how much of what chance
    leaves open they agree on. None where chance leaves nothing open."""
    size = len(codes)
    same = sum(first == second for first, second in codes)
    firsts, seconds = (Counter(side) for side in zip(*codes, strict=True))
    chance = sum(firsts[name] * seconds[name] for name in firsts) / size**2
    return None if chance == 1 else (same / size - chance) / (1 - chance)


def nominal(codes: Sequence[tuple[str, str]]) -> str:
    """The agreement of two coders on names that have no order, as a line to read."""
    found = kappa(codes)
    same = f"{sum(first == second for first, second in codes):,} of {len(codes):,} rows the same"
    if found is None:
        return f"{same}; with one code only there is no kappa"
    return f"{same}, kappa {found:.2f}"


def ordinal(counts: Counter[int]) -> Callable[[int, int], float]:
    """Krippendorff's distance of two ordered grades, of which there are so many codes each:
    how many codes lie from one to the other, both ends by half, squared."""

    def distance(one: int, other: int) -> float:
        low, high = min(one, other), max(one, other)
        if low == high:
            return 0.0
        between = sum(count for grade, count in counts.items() if low <= grade <= high)
        return (between - (counts[low] + counts[high]) / 2) ** 2

    return distance
