"""Where in a text a term is satisfied: words next to each other, or near each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress

from progsearch.clause import Leaf, Nearby, OneOf, Sequential, Side
from progsearch.engine.postings import Postings, positions

__all__ = ["Runs", "RunsByRow", "near"]

RunsByRow = dict[int, list[tuple[int, int]]]
"""By row, the first and last positions at which a term is satisfied."""

KEPT = 500_000
"""Rows that are kept for the words that terms of a theme share, at some hundred bytes each."""

_Name = tuple[str, tuple[str, ...]]
"""A field, and the keys of a word."""


class _Standing:
    """Where a word stands in each row that has it, whatever key tells so."""

    __slots__ = ("_again", "_others", "first")

    def __init__(self) -> None:
        self.first: dict[int, int] = {}
        self._others: dict[int, set[int]] = {}
        self._again: dict[int, bytes] = {}

    def add(
        self, rows: Iterable[int], places: Iterable[int], again: Iterable[tuple[int, bytes]]
    ) -> None:
        """Add a key: the rows that have it, its first places in them, and its further ones."""
        first = self.first
        if not first:
            first.update(zip(rows, places, strict=True))
        else:
            for row, place in zip(rows, places, strict=True):
                known = first.setdefault(row, place)
                if known != place:
                    self._others.setdefault(row, {known}).add(place)
        further = self._again
        if not further:
            further.update(again)
            return
        for row, packed in again:
            further[row] = further[row] + packed if row in further else packed

    def at(self, row: int) -> Collection[int]:
        """The places in a row that has the word."""
        others, again = self._others.get(row), self._again.get(row)
        if again is None:
            return others or (self.first[row],)
        found = set(positions(again))
        found.update(others or (self.first[row],))
        return found

    def times(self) -> dict[int, int]:
        """How many places there are in each row."""
        found = dict.fromkeys(self.first, 1)
        for row in self._others.keys() | self._again.keys():
            found[row] = len(self.at(row))
        return found


class Runs:
    """Looks in the posting lists of an index, or of a part of one.

    Where words that are ``shared`` by several terms stand, is kept.
    """

    def __init__(self, postings: Postings, shared: Container[tuple[str, ...]] = ()) -> None:
        self._postings = postings
        self._shared = shared
        self._room = KEPT
        self._kept: dict[_Name, _Standing] = {}
        self._rows: dict[_Name, AbstractSet[int]] = {}
        # The words are kept as well, so that no other one gets their identity.
        self._names: dict[int, tuple[Leaf, tuple[str, ...]]] = {}

    def of(
        self, term: Sequential | OneOf | Nearby, field: str, among: AbstractSet[int] | None = None
    ) -> RunsByRow:
        """The runs of positions, first and last, at which a term is satisfied."""
        match term:
            case Sequential(leaves=leaves):
                return self._sequence(leaves, field, among)
            case Nearby(left=left, right=right, distance=distance):
                # The side that is rarer would be the better first, but is not known.
                meeting = self._having(right, field, self._having(left, field, among))
                if not meeting:
                    return {}
                lefts = self._side(left, field, meeting)
                rights = self._side(right, field, meeting)
                met = {
                    row: near(lefts[row], rights[row], distance)
                    for row in lefts.keys() & rights.keys()
                }
                return {row: runs for row, runs in met.items() if runs}
            case OneOf(parts=parts):
                joined: dict[int, list[tuple[int, int]]] = defaultdict(list)
                for part in parts:
                    for row, runs in self._side(part, field, among).items():
                        joined[row] += runs
                return joined

    def _side(self, term: Side, field: str, among: AbstractSet[int] | None) -> RunsByRow:
        if not isinstance(term, Leaf):
            return self.of(term, field, among)
        standing = self._standing(term, field, among)
        rows = standing.first.keys()
        at = standing.at
        return {
            row: [(one, one) for one in sorted(at(row))]
            for row in (rows if among is None else rows & among)
        }

    def _having(self, term: Side, field: str, among: AbstractSet[int] | None) -> AbstractSet[int]:
        """The rows that have all words of a term in a field, be it anywhere."""
        match term:
            case Leaf():
                return self._meeting((term,), field, among)
            case Sequential(leaves=leaves):
                return self._meeting(leaves, field, among)
            case OneOf(parts=parts):
                return set[int]().union(*(self._having(part, field, among) for part in parts))

    def _meeting(
        self, leaves: Sequence[Leaf], field: str, among: AbstractSet[int] | None
    ) -> AbstractSet[int]:
        """The rows that have all leaves in a field, be it anywhere."""
        for leaf in leaves:
            rows = self._rows_of(leaf, field)
            among = rows if among is None else among & rows
            if not among:
                break
        return among or set()

    def _name(self, leaf: Leaf, field: str) -> _Name:
        """What a word is kept by: each term has its own, with the same keys."""
        known = self._names.get(id(leaf))
        if known is None:
            known = self._names[id(leaf)] = leaf, tuple(leaf.keys)
        return field, known[1]

    def _rows_of(self, leaf: Leaf, field: str) -> AbstractSet[int]:
        name = self._name(leaf, field)
        if name in self._kept:
            return self._kept[name].first.keys()
        found = self._rows.get(name)
        if found is None:
            rows = self._postings.rows
            found = set[int]().union(*(rows(field, key) for key in leaf.keys))
            if self._keep(len(found)):
                self._rows[name] = found
        return found

    def _standing(self, leaf: Leaf, field: str, among: AbstractSet[int] | None) -> _Standing:
        """Where a word stands; in more rows than ``among`` where that is kept."""
        name = self._name(leaf, field)
        found = self._kept.get(name)
        if found is None:
            keep = name[1] in self._shared and self._keep(len(self._rows_of(leaf, field)))
            found = self._read(leaf, field, None if keep else among)
            if keep:
                self._kept[name] = found
        return found

    def _keep(self, rows: int) -> bool:
        """Whether there is room for so many rows more; it is then taken."""
        if rows > self._room:
            return False
        self._room -= rows
        return True

    def _read(self, leaf: Leaf, field: str, among: AbstractSet[int] | None) -> _Standing:
        found = _Standing()
        for key in leaf.keys:
            rows: Iterable[int] = self._postings.rows(field, key)
            if not rows:
                continue
            places: Iterable[int] = self._postings.places(field, key)
            if among is not None:
                inside = [row in among for row in rows]
                rows, places = compress(rows, inside), compress(places, inside)
            found.add(rows, places, self._postings.repeats(field, key, among))
        return found

    def _sequence(
        self, leaves: Sequence[Leaf], field: str, among: AbstractSet[int] | None
    ) -> RunsByRow:
        starts: dict[int, AbstractSet[int]] = {}
        meeting = self._meeting(leaves, field, among)
        for step, leaf in enumerate(leaves):
            if not meeting:
                return {}
            at = self._standing(leaf, field, meeting).at
            if not step:
                starts = {row: set(at(row)) for row in meeting}
            else:
                shifted = {
                    row: begun & {one - step for one in at(row)} for row, begun in starts.items()
                }
                starts = {row: begun for row, begun in shifted.items() if begun}
            meeting = starts.keys()
        last = len(leaves) - 1
        return {row: [(one, one + last) for one in sorted(s)] for row, s in starts.items()}


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
