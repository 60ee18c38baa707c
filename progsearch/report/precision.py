"""How many decimals a share can bear: no more than its interval lets one believe."""

from __future__ import annotations

from math import ceil, floor, log10

__all__ = ["decimals_of", "shown_decimals"]

MOST = 4
"""Decimals of a per cent; one passage of a million is 0.0001 %."""


def decimals_of(low: float, high: float) -> int:
    """The decimals of a share in per cent whose interval has these ends.

    A last digit that is finer than a twentieth of the interval would only look exact: 8 of 40 is
    20 % (10 to 35 %), 11 of 887 is 1.2 % (0.7 to 2.2 %), 800 of 4,000 is 20 % (19 to 21 %).
    """
    width = high - low
    return min(MOST, max(0, -ceil(log10(width) - log10(20)))) if width > 0 else 0


def shown_decimals(value: float, decimals: int) -> int:
    """The same for one number, with as many more as show that it is not 0."""
    if value <= 0 or round(value, decimals) > 0:
        return decimals
    return min(MOST, max(decimals, -floor(log10(value))))
