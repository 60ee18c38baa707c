"""What tantivy is asked to propose; :mod:`progsearch.engine.ranking` scores it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from tantivy import Query

from progsearch.clause import (
    WEIGHTS,
    AllOf,
    AnyOf,
    Clause,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    Textual,
    every_leaf,
)
from progsearch.engine.bm25 import FIELDS, USUAL, inverse_frequency
from progsearch.engine.ranking import MANY, Stored, promised
from progsearch.engine.tantivy.queries import Queries
from progsearch.engine.texts import Wanted

__all__ = ["proposing"]

KEYS, PASSAGES = 100, 1_000
"""A clause of more keys than these, which matches no more passages than these, has them read."""


def proposing(queries: Queries, clause: Clause, scope: Clause) -> Query:
    """The passages that match both clauses; the higher their score, the more promising."""
    return queries.within(_promise(queries, clause), scope)


def _promise(queries: Queries, clause: Clause) -> Query:
    match clause:
        case Leaf():
            return queries.any_of(
                [
                    _boosted(queries.weighed(field, key), FIELDS[field] * WEIGHTS[how])
                    for field, found in queries.keys(clause).items()
                    for key, how, _ in found
                ]
            )
        case Sequential() | OneOf() | Nearby():
            return _run(queries, clause)
        case AnyOf(parts, True, chosen):
            term = _alike if len(parts) >= MANY else _one_term
            return queries.any_of([_promise_met(queries, part, term, chosen) for part in parts])
        case AnyOf(parts):
            return queries.any_of([_promise(queries, part) for part in parts])
        case AllOf() | NoneOf():
            return queries.together(clause, lambda part: _promise(queries, part))
        case _:
            return queries.matching(clause)


def _run(queries: Queries, term: Sequential | OneOf | Nearby) -> Query:
    found = []
    for field, query in queries.runs(term):
        rarity = inverse_frequency(queries.size, queries.having(term, field))
        found.append(Query.const_score_query(query, FIELDS[field] * rarity))
    return queries.any_of(found)


def _promise_met(
    queries: Queries, part: Clause, word: Callable[[Queries, Leaf, bool], Query], chosen: bool
) -> Query:
    """One of several alternatives that count each."""
    match part:
        case Leaf():
            return word(queries, part, chosen)
        case Sequential() | OneOf() | Nearby():
            return queries.any_of(
                [
                    Query.const_score_query(query, _most(queries, part, field, chosen))
                    for field, query in queries.runs(part)
                ]
            )
        case _:
            also = Query.const_score_query(queries.matching(part), USUAL)
            return queries.any_of([_promise(queries, _narrowed(queries, part)), also])


def _narrowed(queries: Queries, clause: Clause) -> Clause:
    """The same for the passages that match it, of the keys only those that one of them has.

    Words that are wanted together with others stand for thousands of keys, of which few passages
    have all; to be told how each of the keys weighs in them takes longer than to read them.
    """
    known = queries.narrowed.get(id(clause))
    if known is None:
        found = clause
        leaves = [*every_leaf(clause)]
        if sum(len(leaf.keys) for leaf in leaves) > KEYS:
            passages = queries.few(clause, PASSAGES)
            if passages is not None:
                found = _with_keys(clause, _keys_in(passages, Wanted(leaves)))
        known = queries.narrowed[id(clause)] = clause, found
    return known[1]


def _keys_in(passages: Iterable[Stored], wanted: Wanted) -> frozenset[str]:
    records = (stored.get_first(f"{field}_keys") for stored in passages for field in FIELDS)
    return frozenset[str]().union(*(wanted.within(record) for record in records if record))


def _with_keys(clause: Clause, keys: Container[str]) -> Clause:
    match clause:
        case Leaf():
            return Leaf(clause.term, {key: how for key, how in clause.keys.items() if key in keys})
        case AllOf(parts):
            return AllOf(tuple(_with_keys(part, keys) for part in parts))
        case AnyOf(parts, coordinate, chosen):
            return AnyOf(tuple(_with_keys(part, keys) for part in parts), coordinate, chosen)
        case _:
            return clause


def _one_term(queries: Queries, leaf: Leaf, chosen: bool) -> Query:
    """A word as one term: of the keys that a passage has, the best one counts."""
    asked = []
    for field, found in queries.keys(leaf).items():
        wanted = _most(queries, leaf, field, chosen)
        for key, _, often in found:
            own = inverse_frequency(queries.size, often)
            asked.append(_boosted(queries.weighed(field, key), wanted / own))
    return Query.disjunction_max_query(asked) if len(asked) > 1 else queries.any_of(asked)


def _alike(queries: Queries, leaf: Leaf, chosen: bool) -> Query:
    """A word as one term that weighs the same in every text."""
    return queries.any_of(
        [
            Query.const_score_query(
                queries.word(leaf, field),
                _most(queries, leaf, field, chosen),
            )
            for field in queries.keys(leaf)
        ]
    )


def _most(queries: Queries, term: Textual, field: str, chosen: bool) -> float:
    rarity = inverse_frequency(queries.size, queries.having(term, field))
    return FIELDS[field] * promised(rarity, chosen=chosen)


def _boosted(query: Query, weight: float) -> Query:
    return query if weight == 1.0 else Query.boost_query(query, weight)
