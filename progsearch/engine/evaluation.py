"""Clauses over posting lists, a term at a time: which passages match, and their scores.

Sets of passages are masks, see :mod:`progsearch.engine.masks`; what a term weighs in a passage
is told in :mod:`progsearch.engine.bm25`. What depends on the passage alone
(``posting_weight`` of a term that stands once) is kept with the passage; what depends on the
term (its rarity) is put in here.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import mul

from progsearch.clause import (
    WEIGHTS,
    All,
    AllOf,
    AnyOf,
    Clause,
    Dated,
    FacetIn,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    Textual,
    every_leaf,
)
from progsearch.engine.bm25 import FIELDS, more_often, rarity_of_chosen
from progsearch.engine.masks import FEW, Mask, both, either, mask_of, rows_in, without
from progsearch.engine.postings import Postings, Scored, positions
from progsearch.engine.rarity import Rarity
from progsearch.engine.runs import Runs

__all__ = ["Evaluation", "evaluations"]

_KEPT = 16_000_000
"""Rows of shared leaves that an evaluation keeps at most; they take four bytes each."""


MANY = 8
"""Alternatives from which on the mask of a clause, and its scores, are kept."""

_Sums = dict[str, list[float]]
_LeafId = tuple[str, ...]


def evaluations(
    parts: Sequence[Postings], passages: int, clauses: Iterable[Clause]
) -> list[Evaluation]:
    """Evaluations of clauses over all parts of an index, which has so many passages.

    What the clauses have in common is looked up once.
    """
    found: list[Evaluation] = []
    rarity, shared = Rarity(passages, found), _Shared(clauses)
    found += (Evaluation(part, rarity, shared) for part in parts)
    return found


class _Shared:
    """The leaves that stand in clauses more than once; counted when one is asked for first."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._clauses = tuple(clauses)

    def __contains__(self, leaf: object) -> bool:
        return self._met.get(leaf, 0) > 1

    @cached_property
    def _met(self) -> Mapping[object, int]:
        return Counter(_leaf_id(leaf) for clause in self._clauses for leaf in every_leaf(clause))


class Evaluation:
    """Evaluates clauses over one part of an index; see :func:`evaluations`."""

    def __init__(
        self,
        postings: Postings,
        rarity: Rarity,
        shared: Container[_LeafId],
        narrowed: tuple[Evaluation, Mask] | None = None,
    ) -> None:
        self._postings = postings
        self._places = Runs(postings, shared)
        self._rarity = rarity
        self._shared = shared
        self._whole: Evaluation = narrowed[0] if narrowed else self
        self._within: Mask | None = narrowed[1] if narrowed else None
        self._kept: dict[_LeafId, Sequence[int]] = {}
        self._room = _KEPT
        # The terms are kept as well, so that no other one gets their identity.
        self._times: dict[tuple[str, int], tuple[Textual, dict[int, int]]] = {}

    def frequency(self, field: str, key: str) -> int:
        """How many rows have a key, some that are gone among them."""
        return self._postings.frequency(field, key)

    def within(self, rows: Mask) -> Evaluation:
        """An evaluation whose answers hold for some rows only; it leaves out others.

        Scores are the same. Where it is hardly less work, this is the evaluation itself.
        """
        if rows.count(1) * FEW > len(rows):
            return self
        return Evaluation(self._postings, self._rarity, self._shared, (self, rows))

    def mask(self, clause: Clause) -> Mask:
        """The passages that match."""
        match clause:
            case All():
                return self._postings.every()
            case FacetIn(field, values):
                masks = [self._postings.facet(field, one) for one in values]
                return self._any(masks)
            case Dated(since, until):
                first = since.toordinal() if since else 1
                return self._postings.dated(first, until.toordinal() if until else 1 << 30)
            case AnyOf(parts):
                # Of a theme, whose terms take long; narrowed, it is of some rows only.
                if len(parts) < MANY or self._within is not None:
                    return self._any_of(parts)
                return self._postings.masks.of(clause, lambda: self._any_of(parts))
            case AllOf(parts):
                return self._all_of(parts)
            case NoneOf(part):
                return without(self._postings.every(), self.mask(part))
            case _:
                found = mask_of(self._rows(clause), self._postings.size)
                return both(found, self._postings.every())

    def _any(self, masks: Sequence[Mask]) -> Mask:
        found: Mask = bytes(self._postings.size)
        for place, mask in enumerate(masks):
            found = either(found, mask) if place else mask
        return found

    def _any_of(self, parts: Sequence[Clause]) -> Mask:
        masks: list[Mask] = []
        found = bytearray(self._postings.size)
        for part in parts:
            if isinstance(part, Textual):
                for row in self._rows(part):
                    found[row] = 1
            else:
                masks.append(self.mask(part))
        return self._any([*masks, both(found, self._postings.every())])

    def _all_of(self, parts: Sequence[Clause]) -> Mask:
        found: Mask | None = None
        for part in parts:
            if not isinstance(part, NoneOf):
                inside = self.mask(part)
                found = inside if found is None else both(found, inside)
                if 1 not in found:
                    return found
        if found is None:
            found = self._postings.every()
        for part in parts:
            if isinstance(part, NoneOf):
                found = without(found, self.mask(part.part))
        return found

    def _rows(self, term: Textual) -> Iterable[int]:
        """The rows that match a word, phrase or NEAR; some may be gone, or come twice."""
        if self._within is not None or not isinstance(term, Leaf):
            return {row for field in FIELDS for row in self.times(term, field)}
        name = _leaf_id(term)
        if name not in self._shared:
            return self._leaf_rows(term)
        if name not in self._kept:
            rows = array("I", self._leaf_rows(term))
            if len(rows) > self._room:
                return rows
            self._room -= len(rows)
            self._kept[name] = rows
        return self._kept[name]

    def _leaf_rows(self, leaf: Leaf) -> Iterator[int]:
        for field in FIELDS:
            for key in leaf.keys:
                yield from self._postings.rows(field, key)

    def scores(self, clause: Clause, rows: Sequence[int]) -> list[float]:
        """The scores of rows that match the clause; facets add nothing to a score."""
        sums: _Sums = {}
        self._add(clause, sums, self._within)
        return self._summed(sums, rows)

    def _summed(self, sums: _Sums, rows: Sequence[int]) -> list[float]:
        """What the sums of all fields come to in some rows."""
        found = [0.0] * len(rows)
        for field, weight in FIELDS.items():
            if field in sums:
                total, once = sums[field], self._postings.weights(field)
                found = [
                    score + weight * total[row] * once[row]
                    for score, row in zip(found, rows, strict=True)
                ]
        if "" in sums:
            total = sums[""]
            found = [score + total[row] for score, row in zip(found, rows, strict=True)]
        return found

    def _add(self, clause: Clause, sums: _Sums, among: Mask | None) -> None:
        """Add the scores of a clause, in rows that are ``among`` those that matter."""
        match clause:
            case Leaf():
                self._add_leaf(clause, sums, among)
            case Sequential() | OneOf() | Nearby():
                self._add_term(clause, sums, among)
            case AnyOf(parts, coordinate=True) if (
                len(parts) < MANY or self._within is not None or among is not None
            ):
                self._add_scored(self._coordinated(clause, among), sums)
            case AnyOf(coordinate=True):
                found = self._postings.scored.of(clause, lambda: self._coordinated(clause, None))
                self._add_scored(found, sums)
            case AnyOf(parts):
                for part in parts:
                    # A part that asks for several things adds nothing where one is missing.
                    inside = self._inside(part, among) if isinstance(part, AllOf) else among
                    self._add(part, sums, inside)
            case AllOf(parts):
                for part in parts:
                    self._add(part, sums, among)
            case _:
                return

    def _add_scored(self, scored: Scored, sums: _Sums) -> None:
        total = self._sum(sums, "")
        for row, score in zip(*scored, strict=True):
            total[row] += score

    def _coordinated(self, clause: AnyOf, among: Mask | None) -> Scored:
        """The scores of alternatives, each row's times the number of those that it meets.

        The sum alone would let one term in a short text outdo two in a long one. A word is
        one term however it is written: neither its dictionary form, which is what themes
        are written in, nor a rare form that a prefix stands for makes a passage more
        relevant.
        """
        met = [0] * self._postings.size
        own: _Sums = {}
        for part in clause.parts:
            if isinstance(part, Textual):
                self._add_term(part, own, among, chosen=clause.chosen)
                first, *others = (self.times(part, field) for field in FIELDS)
                rows: Iterable[int] = set(first).union(*others) if any(others) else first
            else:
                inside = self._inside(part, among) if isinstance(part, AllOf) else among
                self._add(part, own, inside)
                rows = rows_in(self.mask(part))
            for row in rows:
                met[row] += 1
        if self._within is None:
            meeting = array("I", compress(range(len(met)), met))
        else:
            meeting = array("I", (row for row in rows_in(self._within) if met[row]))
        scores = self._summed(own, meeting)
        return meeting, array("d", map(mul, map(met.__getitem__, meeting), scores))

    def _inside(self, clause: Clause, among: Mask | None) -> Mask:
        found = self.mask(clause)
        return found if among is None else both(found, among)

    def _sum(self, sums: _Sums, field: str) -> list[float]:
        if field not in sums:
            sums[field] = [0.0] * self._postings.size
        return sums[field]

    def _add_leaf(self, leaf: Leaf, sums: _Sums, among: Mask | None) -> None:
        for field in FIELDS:
            for key, how in leaf.keys.items():
                rows = self._postings.rows(field, key)
                if not rows:
                    continue
                factor = WEIGHTS[how] * self._rarity.of_key(field, key, len(rows))
                more = {row: 1 + times for row, times in self._postings.more(field, key)}
                self._add_rows(field, rows, more, factor, sums, among)

    def _add_term(
        self, term: Textual, sums: _Sums, among: Mask | None, *, chosen: bool = False
    ) -> None:
        """Add the scores of a term as one, whatever keys satisfy it."""
        for field in FIELDS:
            times = self.times(term, field)
            if times:
                more = {row: number for row, number in times.items() if number > 1}
                counted = self._within is not None
                factor = self._rarity.of_term(field, term, counted=counted)
                if chosen:
                    factor = rarity_of_chosen(factor)
                self._add_rows(field, times, more, factor, sums, among)

    def _add_rows(
        self,
        field: str,
        rows: Iterable[int],
        more: Mapping[int, float],
        factor: float,
        sums: _Sums,
        among: Mask | None,
    ) -> None:
        """Add a weight to rows; some of them, ``more``, have the term several times."""
        total = self._sum(sums, field)
        once = self._postings.weights(field)
        if among is not None:
            rows = [row for row in rows if among[row]]
        for row in rows:
            total[row] += factor
        for row, number in more.items():
            if among is None or among[row]:
                total[row] += factor * (more_often(number, once[row]) - 1)

    def times(self, term: Textual, field: str) -> dict[int, int]:
        """The rows that have a term in a field, and how many times."""
        name = (field, id(term))
        if name not in self._times:
            if isinstance(term, Leaf):
                found = self._leaf_times(term, field)
            elif self._within is not None:
                whole = self._whole.times(term, field)
                found = {row: times for row, times in whole.items() if self._within[row]}
            else:
                found = {row: len(set(runs)) for row, runs in self._places.of(term, field).items()}
            self._times[name] = (term, found)
        return self._times[name][1]

    def having(self, term: Textual, field: str) -> int:
        """How many rows have a term in a field; those that are gone count."""
        if not isinstance(term, Leaf):
            return len(self.times(term, field))
        found = [rows for key in term.keys if (rows := self._postings.rows(field, key))]
        return len(found[0]) if len(found) == 1 else len(set[int]().union(*found))

    def _leaf_times(self, leaf: Leaf, field: str) -> dict[int, int]:
        """Positions are counted only where there is more than one, which is rare."""
        first: dict[int, int] = {}
        several: dict[int, set[int]] = {}
        for key in leaf.keys:
            rows = self._postings.rows(field, key)
            if not rows:
                continue
            pairs = zip(rows, self._postings.places(field, key), strict=True)
            if self._within is not None:
                inside = dict(compress(pairs, map(self._within.__getitem__, rows)))
                if not inside:
                    continue
                pairs = zip(inside, inside.values(), strict=True)
            if not first:
                first = dict(pairs)
            else:
                for row, place in pairs:
                    known = first.setdefault(row, place)
                    if known != place:
                        several.setdefault(row, {known}).add(place)
            among = first if self._within is not None else None
            for row, packed in self._postings.repeats(field, key, among):
                several.setdefault(row, {first[row]}).update(positions(packed))
        found = dict.fromkeys(first, 1)
        found.update((row, len(places)) for row, places in several.items())
        return found


def _leaf_id(leaf: Leaf) -> _LeafId:
    return tuple(leaf.keys)
