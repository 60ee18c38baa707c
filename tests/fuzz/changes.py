"""Texts made of others by chance: the inputs where there is no coverage to go by."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

__all__ = ["changed_texts"]

MOST_CHANGES = 6


def changed_texts(seeds: Sequence[str], tokens: Sequence[str], seed: int) -> Iterator[str]:
    """Texts without end: the seeds, each changed in a few places; the same for the same seed."""
    chance = random.Random(seed)
    while True:
        text = chance.choice(seeds)
        for _ in range(chance.randint(0, MOST_CHANGES)):
            text = _changed(text, seeds, tokens, chance)
        yield text


def _changed(text: str, seeds: Sequence[str], tokens: Sequence[str], chance: random.Random) -> str:
    start, end = sorted(chance.randint(0, len(text)) for _ in range(2))
    match chance.randrange(6):
        case 0:
            return text[:start] + chance.choice(tokens) + text[start:]
        case 1:
            return text[:start] + chance.choice(tokens) + text[end:]
        case 2:
            return text[:start] + text[end:]
        case 3:
            return text[:end] + text[start:]
        case 4:
            other = chance.choice(seeds)
            return text[:start] + other[chance.randint(0, len(other)) :]
        case _:
            return text[:start] + chr(chance.choice((chance.randrange(128), 0x2028))) + text[start:]
