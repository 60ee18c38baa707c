"""The colours of rates, the same in a report and in pictures, and the steps they stand for.

One hue in seven equal steps of lightness (OKLCH, hue 245): it can be told apart without
seeing colours, and on paper without having them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["DARK", "LIGHT", "STEPS", "Scheme", "breaks", "step", "ticks"]

STEPS = 7
"""Steps of colour for rates above 0."""


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


def _round_numbers() -> list[float]:
    return [one * 10.0**power for power in range(-1, 4) for one in (1, 2, 5)]


def breaks(highest: float) -> list[float]:
    """The rates at which one step of colour ends and the next begins, at most STEPS - 1.

    They are round numbers that about double each time, so that themes that are spoken of
    often and seldom can stand in one table; the last one is below the highest rate.
    """
    below = [number for number in _round_numbers() if number < highest]
    return below[1 - STEPS :]


def step(rate: float, limits: Sequence[float]) -> int:
    """The step of a rate, from 1; 0 for none. A rate at a limit belongs to the lower step.

    With fewer limits, the steps are as far apart as they can be.
    """
    if rate <= 0:
        return 0
    at = bisect_left(limits, rate)
    return 1 + round(at * (STEPS - 1) / len(limits)) if limits else STEPS // 2 + 1


def ticks(highest: float) -> list[float]:
    """Round numbers from 0 to at least ``highest`` for an axis, three to six of them."""
    size = next((n for n in _round_numbers() if 5 * n >= highest), 5000.0)
    found = [0.0]
    while len(found) < 3 or found[-1] < highest:
        found.append(round(len(found) * size, 6))
    return found
