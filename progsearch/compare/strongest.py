"""The best passages of each group of a comparison: what a cell shows of what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from progsearch.clause import All, AllOf, Clause, FacetIn, NoneOf
from progsearch.compare.grouping import group_of
from progsearch.compare.table import Question
from progsearch.engine import Counts
from progsearch.engine.copies import Repeats
from progsearch.model import Commitment, Passage
from progsearch.scope import Scope
from progsearch.search import Hit, Index

__all__ = ["strongest"]

_BINDING = (Commitment.STRONG, Commitment.WEAK, Commitment.DONE)
"""What binds its speaker: of two passages, the one of the earlier kind comes first."""

_MANY = 10_000
"""Passages of a question up to which all are ranked at once."""

_FIRST, _MORE = 2_000, 8
"""Of more, the passages that are ranked first, and how many times as many each time after that."""

_Values = tuple[str, ...]
_Best = dict[_Values, list[tuple[Passage, float]]]


def strongest(
    index: Index,
    question: Question,
    by: Sequence[str],
    scope: Scope,
    counted: Mapping[_Values, Counts],
    wanted: int,
    *,
    promises_first: bool,
) -> dict[_Values, Sequence[Hit]]:
    """The best ``wanted`` passages of each group, of which ``counted`` says how many match.

    With ``promises_first``, firm promises come before all else, then loose ones, then what is
    said to be done. All groups are served together, and only what is wanted is looked at
    closely; where very many match, the best are asked for until each group has enough.
    """
    repeats = index.engine.repeats(scope.once, by) if scope.once else None
    short = {values: min(wanted, one.passages) for values, one in counted.items()}
    many = sum(one.passages for one in counted.values()) > _MANY
    best: _Best = {values: [] for values in counted}
    for kind in _kinds() if many and promises_first else (All(),):
        found: _Best = {}
        for limit in _limits() if many else (None,):
            inside = AllOf((scope.clause, kind))
            results = index.engine.search(question.clause, scope=inside, limit=limit)
            found = _grouped(index, by, [*results.hits], repeats)
            if limit is None or results.total <= limit:
                break
            if all(len(found.get(one, ())) + len(best[one]) >= n for one, n in short.items()):
                break
        for values, some in found.items():
            best.setdefault(values, []).extend(some)
        if all(len(best[one]) >= number for one, number in short.items()):
            break
    if promises_first and not many:
        for some in best.values():
            some.sort(key=lambda one: _firmness(one[0]))  # which leaves what is alike in its order
    index.ahead([passage for some in best.values() for passage, _ in some[:wanted]])
    return {
        values: [index.hit(passage, score, question.clause) for passage, score in some[:wanted]]
        for values, some in best.items()
    }


def _grouped(
    index: Index,
    by: Sequence[str],
    hits: Sequence[tuple[Passage, float]],
    repeats: Repeats | None,
) -> _Best:
    """Passages by group, in their order, without those that repeat another in it."""
    index.engine.prefetch(documents=(passage.document for passage, _ in hits))
    best: _Best = {}
    for passage, score in hits:
        values = group_of(index, by, passage)
        if not (repeats and repeats.repeated(values, passage.document)):
            best.setdefault(values, []).append((passage, score))
    return best


def _limits() -> Iterator[int | None]:
    """How many are asked for, one after the other; at last all."""
    limit = _FIRST
    for _ in range(3):
        yield limit
        limit *= _MORE
    yield None


def _kinds() -> Iterator[Clause]:
    """What binds its speaker, the firmest first, and then all the rest."""
    for one in _BINDING:
        yield FacetIn("commitment", frozenset((one.value,)))
    yield NoneOf(FacetIn("commitment", frozenset(one.value for one in _BINDING)))


def _firmness(passage: Passage) -> int:
    """The place of a passage in the order of what binds its speaker."""
    kinds: Sequence[str] = _BINDING
    return kinds.index(passage.commitment) if passage.commitment in kinds else len(kinds)
