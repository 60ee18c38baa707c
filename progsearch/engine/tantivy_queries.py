"""Clauses as tantivy's queries.

Ranking: tantivy's own BM25 for words. It differs from that of
:mod:`progsearch.engine.evaluation` in its length normalisation, which is stronger (b of .75
rather than .5, about the mean length rather than a fixed one), and in that lengths are kept
in one byte. What a match of each kind weighs, the scores of phrases, and the order of
themes by how many of their terms a passage has, are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from tantivy import DocAddress, FieldType, Occur, Query, Schema, Searcher

from progsearch.clause import (
    WEIGHTS,
    All,
    AllOf,
    AnyOf,
    Clause,
    Dated,
    FacetIn,
    How,
    Leaf,
    Nearby,
    NoneOf,
    Sequential,
    Textual,
)
from progsearch.engine.evaluation import FIELDS, K1, inverse_frequency, near

__all__ = ["UNKNOWN", "Queries", "Settling", "keys_record"]

UNKNOWN = "\x01"
"""Stands in the index for a facet without a value."""

SEP = "\x1f"
"""Between the keys of a position."""

MAX_PHRASES = 64
"""Ways of putting the keys of a phrase together that tantivy is asked for; with more, the
passages that have all its words are looked at one by one."""

AT_LEAST, TIMES = 100, 3
"""Hits that are fetched to be ranked anew: so many, and so many times those asked for."""

Hits = list[tuple[float, DocAddress]]

_MARK = re.compile("[:=+]")
"""Stands in a key behind its language, see :mod:`progsearch.clause`."""


@dataclass(frozen=True, slots=True)
class Settling:
    """How the scores that tantivy gave become those of the ranking.

    Where alternatives are coordinated, each that a passage meets has added ``step``, which
    is more than all other scores together; so their number can be told from the sum.
    """

    step: float = 0.0

    def enough(self, limit: int) -> int:
        """How many hits must be fetched so that the first ``limit`` are among them."""
        return max(AT_LEAST, TIMES * limit) if self.step else limit

    def settled(self, hits: Hits) -> Hits:
        """The hits with their scores, the best first; ties stay in tantivy's order."""
        if not self.step:
            return hits
        found = [((score // self.step) * (score % self.step), address) for score, address in hits]
        return sorted(found, key=lambda hit: -hit[0])


class Queries:
    """Makes queries for one state of an index."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        # The terms are kept as well, so that no other one gets their identity.
        self._known: dict[int, tuple[Textual, list[tuple[str, Query]]]] = {}
        self._leaves: dict[int, tuple[Leaf, list[tuple[tuple[str, str], How]]]] = {}
        self._frequencies: dict[tuple[str, str], int] = {}
        self._size = self._count(self.every())
        # What is gone stays in the frequencies until its segment is merged.
        self._gone = searcher.doc_freq("rec", "p") != self._size

    def _count(self, query: Query) -> int:
        found: Any = self._searcher.search(query, 1)
        return int(found.count)

    # Parts

    def term(self, field: str, value: str) -> Query:
        """What has a value in a field."""
        return Query.term_query(self._schema, field, value, "basic")

    def every(self) -> Query:
        """All passages."""
        return Query.const_score_query(self.term("rec", "p"), 0.0)

    def stands(self, key: str) -> bool:
        """Whether a passage has a key."""
        return any(
            self._frequency(field, key)
            and (not self._gone or self._count(self.term(field, key)) > 0)
            for field in FIELDS
        )

    def all_of(self, queries: Iterable[Query]) -> Query:
        """What matches every query."""
        return Query.boolean_query([(Occur.Must, query) for query in queries])

    def _any_of(self, queries: Sequence[Query]) -> Query:
        if not queries:
            return Query.empty_query()
        if len(queries) == 1:
            return queries[0]
        return Query.boolean_query([(Occur.Should, query) for query in queries])

    # What matches

    def matching(self, clause: Clause) -> Query:
        """The passages that match; scores mean nothing."""
        match clause:
            case All():
                return self.every()
            case FacetIn(field, values):
                terms = [value or UNKNOWN for value in values]
                return Query.const_score_query(
                    Query.term_set_query(self._schema, field, terms), 0.0
                )
            case Dated(since, until):
                found = [self.between("last_day", since.toordinal() if since else 1, 1 << 40)]
                if until:
                    found.append(self.between("first_day", 1, until.toordinal()))
                return Query.const_score_query(self.all_of(found), 0.0)
            case AnyOf(parts):
                return self._any_of([self.matching(part) for part in parts])
            case AllOf() | NoneOf():
                return self._together(clause, self.matching)
            case Leaf():
                return self._any_of([self.term(*place) for place, _ in self._keys(clause)])
            case _:
                return self._any_of([query for _, query in self._runs(clause)])

    def between(self, field: str, low: int, high: int) -> Query:
        """What has a number from ``low`` to ``high`` in a field, both included."""
        kind = FieldType.Unsigned
        found = Query.range_query(self._schema, field, kind, low, high)
        return Query.const_score_query(found, 0.0)

    def _together(self, clause: AllOf | NoneOf, query: Any) -> Query:  # noqa: ANN401
        parts = clause.parts if isinstance(clause, AllOf) else (clause,)
        wanted = [(Occur.Must, query(part)) for part in parts if not isinstance(part, NoneOf)]
        unwanted = [part.part for part in parts if isinstance(part, NoneOf)]
        return Query.boolean_query(
            [
                *(wanted or [(Occur.Must, self.every())]),
                *((Occur.MustNot, self.matching(part)) for part in unwanted),
            ]
        )

    def _keys(self, leaf: Leaf) -> Sequence[tuple[tuple[str, str], How]]:
        """The fields and keys of a leaf that the index has."""
        known = self._leaves.get(id(leaf))
        if known is None:
            found = [
                ((field, key), how)
                for field in FIELDS
                for key, how in leaf.keys.items()
                if self._frequency(field, key)
            ]
            known = self._leaves[id(leaf)] = (leaf, found)
        return known[1]

    def _frequency(self, field: str, key: str) -> int:
        """How many passages have a key, some that are gone among them."""
        name = (field, key)
        if name not in self._frequencies:
            self._frequencies[name] = self._searcher.doc_freq(field, key)
        return self._frequencies[name]

    # Phrases

    def _runs(self, term: Sequential | Nearby) -> Sequence[tuple[str, Query]]:
        """The fields that a term may be satisfied in, and the passages where it is."""
        if id(term) not in self._known:
            found = [(field, query) for field in FIELDS if (query := self._in(term, field))]
            self._known[id(term)] = (term, found)
        return self._known[id(term)][1]

    def _in(self, term: Sequential | Nearby, field: str) -> Query | None:
        match term:
            case Nearby(Leaf() as left, Leaf() as right, distance=distance):
                sides, slop = (left, right), distance - 1
            case Sequential(leaves=leaves):
                sides, slop = leaves, 0
            case _:
                return self._looked_at(term, field)
        phrases = list(islice(self._phrases(sides, field), MAX_PHRASES + 1))
        if len(phrases) > MAX_PHRASES:
            return self._looked_at(term, field)
        if isinstance(term, Nearby):
            phrases += [phrase[::-1] for phrase in phrases]
        if not phrases:
            return None
        return self._any_of(
            [Query.phrase_query(self._schema, field, list(words), slop) for words in phrases]
        )

    def _phrases(self, leaves: Sequence[Leaf], field: str) -> Iterator[tuple[str, ...]]:
        """The keys that may follow each other, a passage being in one language."""
        by_leaf: list[dict[str, list[str]]] = []
        for leaf in leaves:
            by_lang: dict[str, list[str]] = {}
            for key in leaf.keys:
                if self._frequency(field, key):
                    by_lang.setdefault(_MARK.split(key, 1)[0], []).append(key)
            by_leaf.append(by_lang)
        for lang in by_leaf[0]:
            yield from product(*(by_lang.get(lang, ()) for by_lang in by_leaf))

    def _looked_at(self, term: Sequential | Nearby, field: str) -> Query | None:
        """The passages that satisfy a term in a field, each looked at."""
        having = self.all_of([self._having(leaf, field) for leaf in _words(term)])
        found = []
        for _, address in self._searcher.search(having, max(self._size, 1)).hits:
            stored = self._searcher.doc(address)
            places = stored[f"{field}_keys"][0].decode().split("\n")
            if _runs_in(term, [place.split(SEP) for place in places]):
                found.append(stored["passage"][0])
        return Query.term_set_query(self._schema, "passage", found) if found else None

    def _having(self, leaf: Leaf, field: str) -> Query:
        return self._any_of(
            [self.term(*place) for place, _ in self._keys(leaf) if place[0] == field]
        )

    # Ranking

    def ranking(self, clause: Clause, scope: Clause) -> tuple[Query, Settling]:
        """A query for ranked hits, and what is to be done with its scores."""
        parts = clause.parts if isinstance(clause, AllOf) else (clause,)
        scored = [part for part in parts if not isinstance(part, NoneOf | FacetIn | Dated | All)]
        inside = Query.const_score_query(self.matching(scope), 0.0)
        coordinated = [part for part in scored if isinstance(part, AnyOf) and part.coordinate]
        if len(coordinated) != 1:
            return self.all_of([self._scored(clause), inside]), Settling()
        step = 2.0 ** (int(sum(map(self._most, scored))) + 1).bit_length()
        (theme,) = coordinated
        query = self._any_of([self._counted(part, step) for part in theme.parts])
        others = [
            self._scored(part)
            for part in parts
            if part is not theme and not isinstance(part, NoneOf)
        ]
        unwanted = [part for part in parts if isinstance(part, NoneOf)]
        gone = [self.matching(part) for part in unwanted]
        return self.all_of([query, *others, *gone, inside]), Settling(step)

    def _scored(self, clause: Clause) -> Query:
        match clause:
            case Leaf():
                return self._any_of(
                    [
                        _boosted(
                            Query.term_query(self._schema, *place, "freq"),
                            FIELDS[place[0]] * WEIGHTS[how],
                        )
                        for place, how in self._keys(clause)
                    ]
                )
            case Sequential() | Nearby():
                return self._any_of([self._scored_runs(*found) for found in self._runs(clause)])
            case AnyOf(parts):
                return self._any_of([self._scored(part) for part in parts])
            case AllOf():
                return self._together(clause, self._scored)
            case _:
                return self.matching(clause)

    def _scored_runs(self, field: str, found: Query, step: float = 0.0) -> Query:
        rarity = inverse_frequency(self._size, self._count(found))
        return Query.const_score_query(found, FIELDS[field] * rarity + step)

    def _counted(self, part: Clause, step: float) -> Query:
        """A part of a theme, whose passages have ``step`` more for it than their score."""
        if isinstance(part, Sequential | Nearby):
            found = self._runs(part)
            if len(found) == 1:
                return self._scored_runs(*found[0], step)
        return self._any_of(
            [self._scored(part), Query.const_score_query(self.matching(part), step)]
        )

    def _most(self, clause: Clause) -> float:
        """The highest score that a passage can have by a clause."""
        match clause:
            case Leaf():
                return sum(
                    (K1 + 1) * inverse_frequency(self._size, self._frequency(*place))
                    for place, _ in self._keys(clause)
                )
            case AnyOf(parts) | AllOf(parts):
                return sum(map(self._most, parts))
            case _:
                return len(FIELDS) * inverse_frequency(self._size, 0)


def keys_record(positions: Sequence[Sequence[str]]) -> bytes:
    """The keys of a text, for the passages that are looked at one by one."""
    return "\n".join(map(SEP.join, positions)).encode()


def _runs_in(term: Textual, places: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """The runs of positions, first and last, that satisfy a term."""
    match term:
        case Leaf(keys=keys):
            return [
                (at, at) for at, there in enumerate(places) if not keys.keys().isdisjoint(there)
            ]
        case Sequential(leaves=leaves):
            starts = [
                {first - step for first, _ in _runs_in(leaf, places)}
                for step, leaf in enumerate(leaves)
            ]
            return [(at, at + len(leaves) - 1) for at in sorted(set.intersection(*starts))]
        case Nearby(left=left, right=right, distance=distance):
            return near(_runs_in(left, places), _runs_in(right, places), distance)


def _boosted(query: Query, weight: float) -> Query:
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _words(term: Textual) -> Iterator[Leaf]:
    match term:
        case Leaf():
            yield term
        case Sequential(leaves=leaves):
            yield from leaves
        case Nearby(left=left, right=right):
            yield from _words(left)
            yield from _words(right)
