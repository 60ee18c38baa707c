"""Terms that are more than a word, phrases and NEARs, and the languages of keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from progsearch.clause import AllOf, AnyOf, Clause, Leaf, Nearby, NoneOf, OneOf, Sequential

__all__ = ["by_language", "joined", "sides"]

_MARK = re.compile("[:=+]")
"""Stands in a key behind its language, see :mod:`progsearch.clause`."""


def by_language(keys: Iterable[str]) -> dict[str, list[str]]:
    """Keys by their language."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(_MARK.split(key, 1)[0], []).append(key)
    return found


def sides(term: Sequential | Nearby) -> Sequence[Leaf] | None:
    """The words that a term has next to or near each other; none where a side of it is more."""
    match term:
        case Nearby(Leaf() as left, Leaf() as right):
            return left, right
        case Sequential(leaves=leaves):
            return leaves
        case _:
            return None


def joined(clause: Clause) -> Iterator[Sequential | Nearby]:
    """All terms of a clause that are more than a word, negated ones among them."""
    match clause:
        case Sequential() | Nearby():
            yield clause
        case AllOf(parts) | AnyOf(parts) | OneOf(parts=parts):
            for part in parts:
                yield from joined(part)
        case NoneOf(part):
            yield from joined(part)
