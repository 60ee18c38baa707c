"""Dispersion: where in each document what was found stands, and how evenly it is spread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field

from progsearch import query as q
from progsearch.classes import dataclass
from progsearch.clause import AllOf, Clause
from progsearch.compare.asking import groups_of
from progsearch.compare.table import Group
from progsearch.concordance.lines import places_of
from progsearch.concordance.passages import Values, matching
from progsearch.engine.whole import whole
from progsearch.model import Document, source_text
from progsearch.scope import Filters, scope_of
from progsearch.search import Index
from progsearch.statistics import dispersion as spread_of
from progsearch.statistics import wilson

__all__ = ["Dispersed", "Dispersion", "Spread", "dispersion"]


@dataclass(frozen=True, slots=True)
class Dispersed:
    """Where in a document what was found stands: ``places`` are shares of the way through its
    source, from 0 to 1, in order. ``words`` are those of its passages in the group."""

    group: Values
    document: Document
    file: str
    words: int
    places: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How often a group has it, and how evenly its documents do.

    ``count`` of ``of_words`` words, with the Wilson interval of that share; in ``documents`` of
    ``of_documents``. ``dp`` and ``dp_norm``: :func:`progsearch.statistics.dispersion`, nothing
    where there is one document only.
    """

    group: Values
    count: int
    of_words: int
    documents: int
    of_documents: int
    low: float
    high: float
    dp: float | None
    dp_norm: float | None


@dataclass(frozen=True, slots=True)
class Dispersion:
    """The documents that have what was asked for, and a line on each group."""

    by: tuple[str, ...]
    groups: tuple[Group, ...]
    documents: tuple[Dispersed, ...]
    spreads: tuple[Spread, ...]
    filters: Filters
    left_out: int = 0
    corpus_hash: str = ""


@dataclass(slots=True)
class _Places:
    """The places of a group in its documents."""

    by_document: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def dispersion(
    index: Index,
    query: q.Query,
    by: Sequence[str],
    filters: Filters | None = None,
    *,
    clauses: Sequence[Clause] = (),
) -> Dispersion:
    """Where in the documents of each group a query and all ``clauses`` find their words.

    The parts of the corpus are documents, those without it among them.
    """
    filters = (filters or Filters()).counting()
    scope = scope_of(filters, index.engine, index.summary, by)
    clause = AllOf((index.clause(query), *clauses))
    names = (*by, "document")
    # By document each copy counts; in a group of several documents it does not.
    repeats = index.engine.repeats(scope.once, by) if scope.once else None
    counted = index.engine.tally([], scope=scope.clause, by=names)
    words: dict[Values, dict[str, int]] = defaultdict(dict)
    for (*values, ident), counts in counted.scope.items():
        if not (repeats and repeats.repeated(tuple(values), ident)):
            words[tuple(values)][ident] = counts.words
    found: dict[Values, _Places] = defaultdict(_Places)
    for group, passage in matching(index, AllOf((clause, scope.said)), scope, by):
        for start, _ in places_of(index.hit(passage, 0.0, clause)):
            found[group].by_document[passage.document].append(passage.start + start)
    _among_texts(index, found.values())
    sizes = index.engine.tally([], scope=scope.clause, by=by, once=scope.once)
    groups = groups_of(index, by, sizes.scope)
    documents: list[Dispersed] = []
    for one in groups:
        some = [
            _document(index, one.values, ident, words[one.values].get(ident, 0), places)
            for ident, places in found[one.values].by_document.items()
        ]
        documents += sorted(some, key=lambda row: row.document.path)
    return Dispersion(
        tuple(by),
        groups,
        tuple(documents),
        tuple(_spread(one.values, words[one.values], found[one.values]) for one in groups),
        filters,
        sizes.left_out,
        index.summary.corpus_hash,
    )


def _among_texts(index: Index, found: Iterable[_Places]) -> None:
    """Tell the places as shares of the characters of each document's source."""
    idents = dict.fromkeys(ident for one in found for ident in one.by_document)
    documents = (index.engine.document(ident) for ident in idents)
    lengths = {
        document.id: max(1, len(source_text(document.between, passages)))
        for document, passages in whole(index.engine, filter(None, documents))
    }
    for one in found:
        for ident, places in one.by_document.items():
            places[:] = [min(1.0, place / lengths[ident]) for place in places]


def _document(
    index: Index, group: Values, ident: str, words: int, places: Sequence[float]
) -> Dispersed:
    document = index.engine.document(ident)
    if document is None:
        raise LookupError(ident)
    return Dispersed(group, document, index.file(document.path), words, tuple(sorted(places)))


def _spread(group: Values, words: dict[str, int], found: _Places) -> Spread:
    parts = {ident: size for ident, size in words.items() if size}
    size = sum(parts.values())
    counts = {ident: len(places) for ident, places in found.by_document.items()}
    count = sum(counts.values())
    deviation: tuple[float | None, float | None] = (None, None)
    if count and len(parts) > 1:
        pairs = [(number, words.get(ident, 0)) for ident, number in counts.items()]
        deviation = spread_of(pairs, size, min(parts.values()))
    low, high = wilson(count, size)
    return Spread(group, count, size, len(counts), len(parts), low, high, *deviation)
