"""Clauses as the cluster's queries: which passages match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from progsearch.clause import (
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
    Side,
)
from progsearch.engine.bm25 import FIELDS
from progsearch.engine.opensearch.mapping import KEY, LINE, UNKNOWN, term_of

__all__ = [
    "EVERY",
    "NONE",
    "Queries",
    "Query",
    "Run",
    "any_of",
    "runs_of",
    "size_of",
    "terms",
    "together",
]

Query = Mapping[str, Any]

Run = Sequential | OneOf | Nearby
"""A term of several words, which a passage has in a run of positions."""

EVERY: Query = {"match_all": {}}
NONE: Query = {"match_none": {}}

MOST_TERMS = 60_000
"""Values that one query names; a cluster takes 65,536."""


class Queries:
    """Makes queries out of clauses.

    ``found`` are the passages of words, phrases and NEARs that were looked up one by one, by the
    identity of the term: where a query would have more clauses than a cluster takes, they stand
    for it.
    """

    def __init__(self) -> None:
        self.found: dict[int, tuple[Run, Mapping[str, Sequence[int]]]] = {}

    def matching(self, clause: Clause) -> Query:
        """The passages that match; scores mean nothing."""
        match clause:
            case All():
                return EVERY
            case FacetIn(field, values):
                return terms(field, sorted(value or UNKNOWN for value in values))
            case Dated(since, until):
                found: list[Query] = [
                    {"range": {"last_day": {"gte": since.toordinal() if since else 1}}}
                ]
                if until:
                    found.append({"range": {"first_day": {"gte": 1, "lte": until.toordinal()}}})
                return {"bool": {"filter": found}}
            case AllOf(parts):
                return together(
                    [self.matching(part) for part in parts if not isinstance(part, NoneOf)],
                    [self.matching(part.part) for part in parts if isinstance(part, NoneOf)],
                )
            case NoneOf(part):
                return together([], [self.matching(part)])
            case AnyOf(parts):
                return self._any(parts)
            case Leaf():
                return self._any([clause])
            case _:
                return self._any([clause])

    def _any(self, parts: Sequence[Clause]) -> Query:
        """The passages that match a part: all words as one query, and so what was looked up."""
        keys = list(
            dict.fromkeys(key for part in parts if isinstance(part, Leaf) for key in part.keys)
        )
        found = [terms(field, map(term_of, keys)) for field in FIELDS] if keys else []
        rows: set[int] = set()
        for part in parts:
            if isinstance(part, Sequential | OneOf | Nearby):
                known = self.found.get(id(part))
                if known:
                    rows.update(*known[1].values())
                else:
                    found += [run for field in FIELDS if (run := runs_of(part, field))]
            elif not isinstance(part, Leaf):
                found.append(self.matching(part))
        if rows:
            found.append(terms("row", sorted(rows)))
        return any_of(found)

    def having(self, term: Run, field: str) -> Query | None:
        """The passages that satisfy a phrase or NEAR in a field."""
        known = self.found.get(id(term))
        if known:
            return terms("row", known[1].get(field, ()))
        return runs_of(term, field)


def terms(field: str, values: Iterable[object]) -> Query:
    """What has one of some values in a field."""
    listed = list(values)
    some = [listed[at : at + MOST_TERMS] for at in range(0, len(listed), MOST_TERMS)]
    return any_of([{"terms": {field: one}} for one in some])


def any_of(queries: Sequence[Query]) -> Query:
    """What matches a query at least."""
    if not queries:
        return NONE
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def together(wanted: Sequence[Query], unwanted: Sequence[Query] = ()) -> Query:
    """What matches all wanted queries and none of the others; it scores nothing."""
    return {"bool": {"filter": list(wanted) or [EVERY], "must_not": list(unwanted)}}


def runs_of(term: Run, field: str) -> Query | None:
    """The passages that satisfy a phrase or NEAR in a field; None where none can."""
    match term:
        case Sequential(leaves=leaves):
            if not all(leaf.keys for leaf in leaves):
                return None
            return {"match_phrase": {field: {"query": LINE.join(map(_at_once, leaves))}}}
        case OneOf(parts=parts):
            found = [one for part in parts if (one := _part_of(part, field))]
            return any_of(found) if found else None
        case Nearby(left=left, right=right, distance=distance):
            one, other = _span(left, field), _span(right, field)
            if not one or not other:
                return None
            # Unordered, a span may take two keys of one position for two words.
            return any_of(
                [
                    {"span_near": {"clauses": pair, "slop": distance - 1, "in_order": True}}
                    for pair in ([one, other], [other, one])
                ]
            )


def _part_of(part: Leaf | Sequential, field: str) -> Query | None:
    if isinstance(part, Sequential):
        return runs_of(part, field)
    return terms(field, map(term_of, part.keys)) if part.keys else None


def _at_once(leaf: Leaf) -> str:
    return KEY.join(map(term_of, leaf.keys))


def _span(side: Side, field: str) -> Query | None:
    match side:
        case Leaf(keys=keys):
            return _either([{"span_term": {field: term_of(key)}} for key in keys])
        case Sequential(leaves=leaves):
            found = [_span(leaf, field) for leaf in leaves]
            if not all(found):
                return None
            return {"span_near": {"clauses": found, "slop": 0, "in_order": True}}
        case OneOf(parts=parts):
            return _either([one for part in parts if (one := _span(part, field))])


def _either(spans: Sequence[Query]) -> Query | None:
    if len(spans) > 1:
        return {"span_or": {"clauses": list(spans)}}
    return spans[0] if spans else None


def size_of(query: Query) -> int:
    """How many clauses a cluster sees in a query: leaves, and each word of a phrase."""
    return sum(_sizes(query))


def _sizes(query: Query) -> Iterator[int]:
    for kind, inner in query.items():
        match kind:
            case "bool":
                for name in ("filter", "must", "should", "must_not"):
                    yield from chain.from_iterable(map(_sizes, inner.get(name, ())))
            case "constant_score":
                yield from _sizes(inner["filter"])
            case "span_near" | "span_or":
                yield from chain.from_iterable(map(_sizes, inner["clauses"]))
            case "dis_max":
                yield from chain.from_iterable(map(_sizes, inner["queries"]))
            case "match_phrase":
                yield from (1 + one["query"].count(LINE) for one in inner.values())
            case "terms" | "range" if FIELDS.keys().isdisjoint(inner):
                yield 2  # by the index or by the column, whichever is quicker
            case _:
                yield 1
