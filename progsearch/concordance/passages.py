"""The passages that match, and the texts of a scope, with their groups and without repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from progsearch.clause import AllOf, Clause, FacetIn
from progsearch.compare.grouping import group_of
from progsearch.model import Passage
from progsearch.scope import Scope
from progsearch.search import Index

__all__ = ["Values", "matching", "texts_in"]

Values = tuple[str, ...]
"""The values of a group."""

AT_ONCE = 20_000
"""Passages that are held at a time."""


def texts_in(
    index: Index, scope: Scope, by: Sequence[str], *more: str
) -> Iterator[tuple[Values, Values, Sequence[str]]]:
    """Of each passage in a scope its group, its values of ``more`` facets, and its words.

    The words are keys of forms, as :meth:`progsearch.engine.Engine.texts` has them.
    """
    repeats = index.engine.repeats(scope.once, by) if scope.once else None
    names = (*by, *more, "document")
    for values, keys in index.engine.texts(scope.clause, by=names):
        group = values[: len(by)]
        if not (repeats and repeats.repeated(group, values[-1])):
            yield group, values[len(by) : -1], keys


def matching(
    index: Index, clause: Clause, scope: Scope, by: Sequence[str] = ()
) -> Iterator[tuple[Values, Passage]]:
    """The passages that match a clause, in the order of the sources, and the group of each."""
    repeats = index.engine.repeats(scope.once, by) if scope.once else None
    for part in _parts(index, clause, scope):
        found = index.engine.search(clause, scope=part, limit=None, ranked=False)
        for passage in index.each(passage for passage, _ in found.hits):
            values = group_of(index, by, passage)
            if not (repeats and repeats.repeated(values, passage.document)):
                yield values, passage


def _parts(index: Index, clause: Clause, scope: Scope) -> Iterator[Clause]:
    """The scope in parts of so many passages that match, some documents each, by path."""
    counted = index.engine.tally([clause], scope=scope.clause, by=("document",)).clauses[0]
    if sum(one.passages for one in counted.values()) <= AT_ONCE:
        yield scope.clause
        return
    some: list[str] = []
    held = 0
    for document in index.engine.documents():
        there = counted.get((document.id,))
        if there is None:
            continue
        if some and held + there.passages > AT_ONCE:
            yield AllOf((scope.clause, FacetIn("document", frozenset(some))))
            some, held = [], 0
        some.append(document.id)
        held += there.passages
    if some:
        yield AllOf((scope.clause, FacetIn("document", frozenset(some))))
