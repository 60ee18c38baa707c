"""Texts that stand in several groups, of which one only is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from progsearch.clause import FacetIn
from progsearch.compare.table import Shared
from progsearch.matching import facets_of
from progsearch.model import Passage
from progsearch.scope import Scope
from progsearch.search import Index

__all__ = ["OF_DOCUMENTS", "shared_texts"]

OF_DOCUMENTS = ("country", "region", "party", "kind", "year")
"""Facets in which a document and its copy may differ, and that hold for all of it."""

_Values = tuple[str, ...]


def shared_texts(index: Index, by: Sequence[str], scope: Scope) -> tuple[Shared, ...]:
    """The documents left out of a scope whose text counts in another group, most of them first.

    Groups are told apart by what holds for whole documents.
    """
    dimensions = [name for name in by if name in OF_DOCUMENTS]
    if not scope.left_out or not dimensions:
        return ()
    counted = _counted(index, scope)
    found: Counter[tuple[_Values, _Values]] = Counter()
    for document in scope.left_out:
        here = counted.get(index.summary.copies.get(document, document))
        if here is not None:
            left = _values(index, dimensions, replace(here, document=document))
            own = _values(index, dimensions, here)
            if left != own:
                found[own, left] += 1
    most = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Shared(own, left, count) for (own, left), count in most)


def _counted(index: Index, scope: Scope) -> Mapping[str, Passage]:
    """A passage of the document that counts for all that repeat it, by the first of these."""
    copies = index.summary.copies
    roots = {copies.get(document, document) for document in scope.left_out}
    family = roots | {copy for copy, root in copies.items() if root in roots}
    inside = FacetIn("document", frozenset(family))
    results = index.engine.search(inside, scope=scope.clause, limit=None, ranked=False)
    return {copies.get(one.document, one.document): one for one, _ in results.hits}


def _values(index: Index, by: Sequence[str], passage: Passage) -> _Values:
    document = index.engine.document(passage.document)
    facets = facets_of(document, passage) if document else None
    return tuple(facets.value(name) if facets else "" for name in by)
