"""Which terms very many passages satisfy, told of all of them together with arrays.

It says what :class:`progsearch.engine.satisfied.Satisfied` says of each by itself, in a fifth of
the time; loading numpy takes as long as some thousand passages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from progsearch.engine.satisfied import Satisfied, Words

__all__ = ["places_of", "satisfying"]

Numbers = NDArray[np.int64]

Runs = tuple[Numbers, Numbers]
"""The first and the last positions at which a part of a term stands, in the order of the first."""

STEP = 20_000
"""Texts that are gone over at once; of more, the processor's caches do not hold the positions."""

_NONE: Numbers = np.zeros(0, np.int64)


def places_of(sums: Sequence[int], ordered: memoryview[int]) -> list[int]:
    """Where each of some numbers stands, or would stand, among ordered ones."""
    found: list[int] = np.searchsorted(
        np.frombuffer(ordered, np.uint32), np.array(sums, np.uint32)
    ).tolist()
    return found


def satisfying(
    satisfied: Satisfied,
    words: Mapping[int, Words],
    kinds: memoryview[int],
    bounds: tuple[memoryview[int], memoryview[int]],
    rows: Sequence[int],
) -> Iterator[tuple[int, list[int]]]:
    """The numbers of terms, and which of some passages satisfy each.

    ``kinds`` are those of all positions, ``bounds`` where each passage has its own, and ``words``
    those that stand at a position of a kind.
    """
    if not rows or not words:
        return
    chosen = np.array(rows, np.int64)
    begins, ends = (np.frombuffer(one, np.uint32)[chosen].astype(np.int64) for one in bounds)
    # Passages that follow each other may have the very same headings.
    new = np.concatenate(([True], ends[1:] != ends[:-1]))
    texts = np.cumsum(new) - 1
    begins, ends = begins[new], ends[new]
    lengths = ends - begins
    before = np.cumsum(lengths) - lengths
    # No term reaches from one text into the next.
    gap = max((one or 0 for one in satisfied.apart), default=0) + 1
    starts = before + np.arange(len(before)) * gap
    table, wordings = _table(words)
    met = np.frombuffer(kinds, np.uint32)
    places, there = [], []
    for first in range(0, len(begins), STEP):
        some = slice(first, first + STEP)
        long = lengths[some]
        within = np.arange(int(long.sum())) - np.repeat(before[some] - before[first], long)
        told = np.repeat(begins[some], long) + within
        of = table[np.minimum(met[told], len(table) - 1)]  # the last one stands for no word
        at = np.flatnonzero(of)
        places.append(np.repeat(starts[some], long)[at] + within[at])
        there.append(of[at])
    standing = _standing(np.concatenate(places), np.concatenate(there), wordings)
    terms = _Terms(satisfied, standing)
    for number in range(len(satisfied.terms)):
        found = np.searchsorted(starts, terms.holding(number), "right") - 1
        if len(found):
            holds = np.zeros(len(starts), bool)
            holds[found] = True
            yield number, chosen[holds[texts]].tolist()


def _table(words: Mapping[int, Words]) -> tuple[NDArray[np.int32], list[Sequence[int]]]:
    """By kind, the number of what words stand there, 0 for none; and these words."""
    # Equal words are the very same, so they are told apart without being looked at.
    known = {id(one): one[1] for one in words.values()}
    numbers = {name: number for number, name in enumerate(known, 1)}
    told = [numbers[id(one)] for one in words.values()]
    table = np.zeros(max(words) + 2, np.int32)
    table[np.fromiter(words, np.int64, len(words))] = told
    return table, [(), *known.values()]


def _standing(
    places: Numbers, of: NDArray[np.int32], wordings: Sequence[Sequence[int]]
) -> Mapping[int, Numbers]:
    """By word, the positions at which it stands."""
    sizes = np.array([len(one) for one in wordings], np.int64)
    flat = np.array([number for one in wordings for number in one])
    flat = flat.astype(np.min_scalar_type(flat.max(initial=0)))  # few bytes are sorted fast
    firsts = np.cumsum(sizes) - sizes
    many = sizes[of]
    begun = np.cumsum(many) - many
    numbers = flat[np.repeat(firsts[of] - begun, many) + np.arange(int(many.sum()))]
    order = np.argsort(numbers, kind="stable")
    ordered, there = numbers[order], np.repeat(places, many)[order]
    known, begins = np.unique(ordered, return_index=True)
    pieces = np.split(there, begins[1:])
    return dict(zip(known.tolist(), pieces, strict=True)) if len(known) else {}


class _Terms:
    """Where the terms stand in texts, one after the other."""

    def __init__(self, satisfied: Satisfied, standing: Mapping[int, Numbers]) -> None:
        self._satisfied = satisfied
        self._standing = standing
        self._known: dict[int, Runs] = {}

    def holding(self, number: int) -> Numbers:
        """Positions of texts that satisfy a term, one in each at least."""
        parts = [self._runs(part) for part in self._satisfied.terms[number]]
        if not all(len(firsts) for firsts, _ in parts):
            return _NONE
        apart = self._satisfied.apart[number]
        if apart is None:
            return _following(parts)
        (left, left_last), (right, right_last) = parts
        found = left[_meet(left_last + 1, left_last + apart, right)]
        other = left[_meet(left - apart, left - 1, np.sort(right_last))]
        return np.concatenate((found, other))

    def _runs(self, number: int) -> Runs:
        found = self._known.get(number)
        if found is None:
            sides: Any = self._satisfied.sides[number]
            if sides is None:
                places = self._standing.get(number, _NONE)
                found = places, places
            elif number in self._satisfied.joined:
                firsts = _following([self._runs(side) for side in sides])
                found = firsts, firsts + (len(sides) - 1)
            else:
                runs = [self._runs(side) for side in sides]
                firsts = np.concatenate([one for one, _ in runs])
                order = np.argsort(firsts, kind="stable")
                found = firsts[order], np.concatenate([one for _, one in runs])[order]
            self._known[number] = found
        return found


def _meet(lows: Numbers, highs: Numbers, ordered: Numbers) -> NDArray[np.bool_]:
    """For each stretch, whether one of some numbers lies in it, both ends included."""
    return np.searchsorted(ordered, lows) < np.searchsorted(ordered, highs, "right")


def _following(runs: Sequence[Runs]) -> Numbers:
    """Where words begin that follow each other."""
    found = np.unique(runs[0][0])
    for step, (firsts, _) in enumerate(runs[1:], 1):
        found = np.intersect1d(found, firsts - step)
    return found
