"""Where in a text a term is satisfied: words next to each other, or near each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress

from progsearch.clause import Leaf, Nearby, OneOf, Sequential, Side, Textual
from progsearch.engine.postings import Postings

__all__ = ["Runs", "RunsByRow", "near"]

RunsByRow = dict[int, list[tuple[int, int]]]
"""By row, the first and last positions at which a term is satisfied."""


class Runs:
    """Looks in the posting lists of an index, or of a part of one."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def of(self, term: Textual, field: str, among: set[int] | None = None) -> RunsByRow:
        """The runs of positions, first and last, at which a term is satisfied."""
        match term:
            case Leaf():
                found = self._positions(term, field, among)
                return {row: [(one, one) for one in sorted(p)] for row, p in found.items()}
            case Sequential(leaves=leaves):
                return self._sequence(leaves, field, among)
            case Nearby(left=left, right=right, distance=distance):
                # The side that is rarer would be the better first, but is not known.
                meeting = self._standing(right, field, self._standing(left, field, among))
                lefts = self.of(left, field, meeting)
                rights = self.of(right, field, meeting)
                met = {
                    row: near(lefts[row], rights[row], distance)
                    for row in lefts.keys() & rights.keys()
                }
                return {row: runs for row, runs in met.items() if runs}
            case OneOf(parts=parts):
                joined: dict[int, list[tuple[int, int]]] = defaultdict(list)
                for part in parts:
                    for row, runs in self.of(part, field, among).items():
                        joined[row] += runs
                return joined

    def _standing(self, term: Side, field: str, among: set[int] | None) -> set[int]:
        """The rows that have all words of a term in a field, be it anywhere."""
        match term:
            case Leaf():
                return self._meeting((term,), field, among)
            case Sequential(leaves=leaves):
                return self._meeting(leaves, field, among)
            case OneOf(parts=parts):
                return set[int]().union(*(self._standing(part, field, among) for part in parts))

    def _meeting(self, leaves: Sequence[Leaf], field: str, among: set[int] | None) -> set[int]:
        """The rows that have all leaves in a field, be it anywhere."""
        for leaf in leaves:
            rows: set[int] = set()
            for key in leaf.keys:
                rows.update(self._postings.rows(field, key))
            among = rows if among is None else among & rows
            if not among:
                break
        return among or set()

    def _positions(self, leaf: Leaf, field: str, among: set[int] | None) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for key in leaf.keys:
            rows = self._postings.rows(field, key)
            if not rows:
                continue
            pairs: Iterable[tuple[int, int]] = zip(
                rows, self._postings.places(field, key), strict=True
            )
            if among is not None:
                pairs = compress(pairs, map(among.__contains__, rows))
            for row, place in pairs:
                found[row].add(place)
            for row, places in self._postings.repeats(field, key, among):
                found[row].update(places)
        return found

    def _sequence(self, leaves: Sequence[Leaf], field: str, among: set[int] | None) -> RunsByRow:
        starts: dict[int, set[int]] = {}
        meeting = self._meeting(leaves, field, among)
        for step, leaf in enumerate(leaves):
            if not meeting:
                return {}
            shifted = {
                row: {place - step for place in places}
                for row, places in self._positions(leaf, field, meeting).items()
            }
            starts = shifted if not step else _meet(starts, shifted)
            meeting = set(starts)
        last = len(leaves) - 1
        return {row: [(one, one + last) for one in sorted(s)] for row, s in starts.items()}


def _meet(left: dict[int, set[int]], right: dict[int, set[int]]) -> dict[int, set[int]]:
    met = {row: left[row] & right[row] for row in left.keys() & right.keys()}
    return {row: starts for row, starts in met.items() if starts}


def near(
    lefts: Sequence[tuple[int, int]], rights: Sequence[tuple[int, int]], distance: int
) -> list[tuple[int, int]]:
    """The runs that a run of the left and one of the right make with fewer than ``distance``
    words between them."""
    found = []
    for left_first, left_last in lefts:
        for right_first, right_last in rights:
            after = right_first > left_last
            apart = right_first - left_last if after else left_first - right_last
            if 0 < apart <= distance:
                found.append((min(left_first, right_first), max(left_last, right_last)))
    return found
