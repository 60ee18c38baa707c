"""What a cluster is asked to propose; :mod:`progsearch.engine.ranking` scores it.

Each key and term is given its rarity and weight as a boost, so it does not matter how passages
are spread over shards. A question with more clauses than a cluster takes is asked in pieces, each
of which proposes passages of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from progsearch.clause import WEIGHTS, AllOf, AnyOf, Clause, Leaf, Nearby, NoneOf, OneOf, Sequential
from progsearch.engine.bm25 import FIELDS, USUAL, inverse_frequency
from progsearch.engine.opensearch.mapping import term_of
from progsearch.engine.opensearch.queries import EVERY, Query, Run, any_of, size_of, terms
from progsearch.engine.opensearch.view import CLAUSES, View
from progsearch.engine.ranking import MANY, promised

__all__ = ["proposals"]


def proposals(view: View, clause: Clause) -> list[Query]:
    """Queries whose best hits, taken together, are the most promising passages of a clause."""
    return [_promise(view, one) for one in _pieces(view, clause)]


def _pieces(view: View, clause: Clause) -> Iterator[Clause]:
    """The clause, or clauses of fewer parts that together match the same."""
    if size_of(_promise(view, clause)) <= CLAUSES:
        yield clause
        return
    match clause:
        case Leaf(keys=keys):
            each = CLAUSES // len(FIELDS)
            listed = list(keys.items())
            for at in range(0, len(listed), each):
                yield replace(clause, keys=dict(listed[at : at + each]))
        case AnyOf(parts):
            some: list[Clause] = []
            held = 0
            for part in chain.from_iterable(_pieces(view, one) for one in parts):
                size = size_of(_promise(view, replace(clause, parts=(part,))))
                if some and held + size > CLAUSES:
                    yield replace(clause, parts=tuple(some))
                    some, held = [], 0
                some.append(part)
                held += size
            if some:
                yield replace(clause, parts=tuple(some))
        case AllOf(parts) if any(isinstance(part, AnyOf | AllOf) for part in parts):
            sizes = [
                size_of(_promise(view, part)) if isinstance(part, AnyOf | AllOf) else 0
                for part in parts
            ]
            at = sizes.index(max(sizes))
            rest = sum(size_of(_promise(view, part)) for part in parts) - sizes[at]
            if rest > CLAUSES // 2:
                # Two large parts: one of them only filters.
                other = max((one for one in range(len(parts)) if one != at), key=sizes.__getitem__)
                kept = tuple(
                    NoneOf(NoneOf(part)) if place == other else part
                    for place, part in enumerate(parts)
                )
                yield from _pieces(view, AllOf(kept)) if sizes[other] else (clause,)
                return
            for piece in _pieces(view, parts[at]):
                yield AllOf((*parts[:at], piece, *parts[at + 1 :]))
        case _:
            yield clause


def _promise(view: View, clause: Clause) -> Query:
    match clause:
        case Leaf():
            return any_of(
                [
                    _weighed(field, key, FIELDS[field] * WEIGHTS[how] * _rarity(view, often))
                    for field in FIELDS
                    for key, how in clause.keys.items()
                    if (often := view.frequency(field, key))
                ]
            )
        case Sequential() | OneOf() | Nearby():
            return _run(view, clause)
        case AnyOf(parts, True, chosen):
            alike = len(parts) >= MANY
            return any_of([_promise_met(view, part, alike, chosen) for part in parts])
        case AnyOf(parts):
            return any_of([_promise(view, part) for part in parts])
        case AllOf(parts):
            wanted = [_promise(view, part) for part in parts if not isinstance(part, NoneOf)]
            unwanted = [
                view.queries.matching(part.part) for part in parts if isinstance(part, NoneOf)
            ]
            return {"bool": {"must": wanted or [_constant(EVERY, 0.0)], "must_not": unwanted}}
        case _:
            return _constant(view.queries.matching(clause), 0.0)


def _run(view: View, term: Run, weight: Callable[[float], float] = float) -> Query:
    """A term that is no word; ``weight`` is what its rarity counts for."""
    found = []
    for field in FIELDS:
        often = view.having(term, field)
        query = view.queries.having(term, field)
        if often and query:
            found.append(_constant(query, FIELDS[field] * weight(_rarity(view, often))))
    return any_of(found)


def _promise_met(view: View, part: Clause, alike: bool, chosen: bool) -> Query:
    """One of several alternatives that count each."""
    weight = partial(promised, chosen=chosen)
    match part:
        case Leaf():
            words = (_word(view, part, field, alike, weight) for field in FIELDS)
            return any_of([one for one in words if one])
        case Sequential() | OneOf() | Nearby():
            return _run(view, part, weight)
        case _:
            also = _constant(view.queries.matching(part), USUAL)
            return any_of([_promise(view, part), also])


def _word(
    view: View, leaf: Leaf, field: str, alike: bool, weight: Callable[[float], float]
) -> Query | None:
    """A word as one term: of the keys that a passage has the best one counts, or all the same."""
    keys = [key for key in leaf.keys if view.frequency(field, key)]
    if not keys:
        return None
    wanted = FIELDS[field] * weight(_rarity(view, view.having(leaf, field)))
    if alike:
        return _constant(terms(field, map(term_of, keys)), wanted)
    asked: Sequence[Query] = [_weighed(field, key, wanted) for key in keys]
    return {"dis_max": {"queries": asked}} if len(asked) > 1 else asked[0]


def _rarity(view: View, often: int) -> float:
    return inverse_frequency(view.size, min(often, view.size))


def _weighed(field: str, key: str, boost: float) -> Query:
    """The passages with a key, scored by how often it stands there."""
    return {"term": {field: {"value": term_of(key), "boost": max(boost, 1e-6)}}}


def _constant(query: Query, boost: float) -> Query:
    return {"constant_score": {"filter": query, "boost": boost}}
