"""How many examples a law is tried on.

Usually they are the same ones in each run, two in three of those that a law names.
``pytest --hypothesis-profile=thorough`` tries ten times as many as it names, drawn anew, for a
night.
"""

from __future__ import annotations

from hypothesis import settings

__all__ = ["NAMED", "THOROUGH", "USUAL", "examples"]

NAMED = 60
"""Examples of a law that says nothing of its own."""
USUAL = NAMED * 2 // 3
THOROUGH = NAMED * 10


def examples(number: int) -> int:
    """So many examples, and as many times more or fewer as the profile asks for; one at least."""
    return max(1, number * settings().max_examples // NAMED)
