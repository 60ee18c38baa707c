"""Pages that are tilted by a few degrees, as a sheet lies askew in a scanner: set upright."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from progsearch.readers.pdf.layout import Word

__all__ = ["tilt_of", "upright"]

LOOKED_AT = 400
"""Letters of a page that tell how it lies."""
LEAST, MOST = math.radians(0.4), math.radians(15)
"""Between these a page is askew; what is turned further is meant to be."""
ALIKE = math.radians(0.5)
ENOUGH = 0.8
"""How many letters lie as the page does, where it is all of it that is tilted, and no title."""


def tilt_of(raw: Any, text: Any) -> float:  # noqa: ANN401 - of a library
    """By how many radians, against the clock, all of a page is tilted; 0 where it is not."""
    count = text.count_chars()
    found = []
    for index in range(0, count, max(1, count // LOOKED_AT)):
        if raw.FPDFText_GetUnicode(text.raw, index) > ord(" "):
            angle = raw.FPDFText_GetCharAngle(text.raw, index)
            found.append(-math.remainder(angle, math.pi / 2))  # PDFium counts with the clock
    if not found:
        return 0.0
    tilt = median(found)
    alike = sum(abs(angle - tilt) < ALIKE for angle in found)
    return tilt if LEAST < abs(tilt) < MOST and alike > ENOUGH * len(found) else 0.0


def upright(words: Sequence[Word], tilt: float, middle: tuple[float, float]) -> list[Word]:
    """The words of a page that is tilted around its middle, as they stand when it is not."""
    if not tilt:
        return list(words)
    cos, sin = math.cos(tilt), math.sin(tilt)
    done = []
    for word in words:
        x, y = word.x0 - middle[0], word.base - middle[1]
        long = (word.x1 - word.x0) / cos
        left = x * cos + y * sin + middle[0]
        angle = word.angle - tilt if word.angle else 0.0
        done.append(
            replace(
                word,
                x0=left,
                x1=left + long,
                base=y * cos - x * sin + middle[1],
                angle=angle if abs(angle) > 2 * ALIKE else 0.0,
            )
        )
    return done
