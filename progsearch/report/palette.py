"""The colours of shares, the same in a report and in pictures, and the steps they stand for.

One hue in seven equal steps of lightness (OKLCH, hue 245): it can be told apart without
seeing colours, and on paper without having them. The middle one is that of about the mean.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from progsearch.classes import dataclass

__all__ = ["DARK", "LIGHT", "LIMITS", "STEPS", "Scheme", "step", "ticks"]

LIMITS = (1 / 4, 1 / 2, 4 / 5, 5 / 4, 2.0, 4.0)
"""Where one step of colour ends and the next begins, in times the share of all groups together:
each is as far above 1 as its opposite is below it."""

STEPS = len(LIMITS) + 1
"""Steps of colour for shares above 0."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours on a light or a dark ground. ``inks`` are those of text on each of ``steps``;
    text and ground differ by a contrast of at least 4.5 (WCAG 2.2, 1.4.3)."""

    steps: Sequence[str]
    inks: Sequence[str]


_NIGHT, _DAY = "#0b1116", "#ffffff"

LIGHT = Scheme(
    ("#e4f2fe", "#b2d4f1", "#84b5df", "#5496cc", "#2678b3", "#005a90", "#003e65"),
    (_NIGHT,) * 4 + (_DAY,) * 3,
)
DARK = Scheme(
    ("#163045", "#1f4a6c", "#276696", "#3d83ba", "#5ba1da", "#84bff2", "#b6ddfe"),
    (_DAY,) * 3 + (_NIGHT,) * 4,
)


def step(rate: float, mean: float) -> int:
    """The step of a rate beside the mean of its question, from 1; 0 for none.

    A rate at a limit belongs to the step that is nearer to the mean.
    """
    if rate <= 0 or mean <= 0:
        return 0
    times = rate / mean
    if times < 1:
        return STEPS + 1 - step(1 / times, 1)
    return 1 + bisect_left(LIMITS, times)


def _round_numbers() -> list[float]:
    return [one * 10.0**power for power in range(-1, 4) for one in (1, 2, 5)]


def ticks(highest: float) -> list[float]:
    """Round numbers from 0 to at least ``highest`` for an axis, three to six of them."""
    size = next((n for n in _round_numbers() if 5 * n >= highest), 5000.0)
    found = [0.0]
    while len(found) < 3 or found[-1] < highest:
        found.append(round(len(found) * size, 6))
    return found
