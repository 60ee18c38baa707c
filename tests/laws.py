"""How many examples a law is tried on.

Usually they are the same ones in each run. ``pytest --hypothesis-profile=thorough`` tries each
on ten times as many, drawn anew, for a night.
"""

from __future__ import annotations

from hypothesis import settings

__all__ = ["USUAL", "examples"]

USUAL = 60
"""Examples of a law that says nothing of its own."""


def examples(number: int) -> int:
    """So many examples as usual, and as many times more as the profile asks for."""
    return number * settings().max_examples // USUAL
