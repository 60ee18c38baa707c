"""Counts by group, also by what the index has no facet for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from progsearch.analysis import Entry, reading, tokens
from progsearch.clause import AllOf, Clause
from progsearch.commitment import commitment
from progsearch.engine import FACETS, Counts, Tally
from progsearch.matching import facets_of
from progsearch.model import Passage
from progsearch.search import Index

__all__ = ["DIMENSIONS", "group_of", "tally"]

DIMENSIONS = tuple(dict.fromkeys((*FACETS, "commitment")))
"""What groups can be made by."""

_Values = tuple[str, ...]


def group_of(index: Index, by: Sequence[str], passage: Passage) -> _Values:
    """The values of the group that a passage belongs to."""
    document = index.engine.document(passage.document)
    facets = facets_of(document, passage) if document else None
    return tuple(
        facets.value(name)
        if facets and name in FACETS
        else commitment(reading(passage.text).text, passage.lang.value).value
        for name in by
    )


def tally(index: Index, clauses: Sequence[Clause], scope: Clause, by: Sequence[str]) -> Tally:
    """Counts of all groups of all clauses: the engine's, where it has all that they are by."""
    if all(name in FACETS for name in by):
        return index.engine.tally(clauses, scope=scope, by=by)
    known: dict[str, tuple[_Values, int]] = {}
    whole = index.engine.search(scope, scope=scope, limit=None, ranked=False)
    for passage, _ in whole.hits:
        words = len(tokens(passage.text, passage.lang.value, _Bare()))
        known[passage.id] = (group_of(index, by, passage), words)
    found: list[Mapping[_Values, Counts]] = []
    for clause in clauses:
        results = index.engine.search(AllOf((clause,)), scope=scope, limit=None, ranked=False)
        ids = [(passage.id, passage.document) for passage, _ in results.hits]
        found.append(_summed(ids, known))
    everything = [(passage.id, passage.document) for passage, _ in whole.hits]
    return Tally(_summed(everything, known), found)


def _summed(
    ids: Sequence[tuple[str, str]], known: Mapping[str, tuple[_Values, int]]
) -> dict[_Values, Counts]:
    seen: dict[_Values, list[tuple[str, int]]] = defaultdict(list)
    for ident, document in ids:
        values, words = known[ident]
        seen[values].append((document, words))
    return {
        values: Counts(len(all_), len({one for one, _ in all_}), sum(words for _, words in all_))
        for values, all_ in seen.items()
    }


class _Bare:
    """A lexicon that knows nothing: enough to count words."""

    def entry(self, form: str, lang: str) -> Entry:  # noqa: ARG002
        return Entry((form,))
