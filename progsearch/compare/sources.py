"""The documents in which something was found: what a comparison rests on."""

from __future__ import annotations

from collections.abc import Sequence

from progsearch.classes import dataclass
from progsearch.clause import AnyOf
from progsearch.compare.table import Comparison
from progsearch.model import Document
from progsearch.scope import scope_of
from progsearch.search import Index

__all__ = ["Source", "sources"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document, and how many of its passages match any question."""

    document: Document
    passages: int


def sources(index: Index, compared: Comparison) -> Sequence[Source]:
    """The documents with a passage on any question, those with the most first.

    A document that repeats another one of them is not named again.
    """
    filters = compared.filters
    scope = scope_of(filters, index.engine, index.summary, compared.by)
    clause = AnyOf(tuple(question.clause for question in compared.themes))
    counted = index.engine.tally([clause], scope=scope.clause, by=("document",))
    found = {document: counts.passages for (document,), counts in counted.clauses[0].items()}
    copies = {} if filters.copies else index.summary.copies
    named = {one: n for one, n in found.items() if n and copies.get(one) not in found}
    documents = ((index.engine.document(one), n) for one, n in named.items())
    made = [Source(document, n) for document, n in documents if document]
    return sorted(made, key=lambda one: (-one.passages, one.document.path))
