"""The tantivy engine, for corpora where Whoosh gets slow (``pip install progsearch[tantivy]``).

One tantivy document is a document of ours (``rec`` is ``d``), a passage (``p``), a stretch
of the vocabulary (``v``) or a part of the state (``s/…``). All of it changes together, with
tantivy's commit. It finds and counts the same passages as every engine, and scores them alike;
how they rank may differ a little, see :mod:`progsearch.engine.ranking`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy

from progsearch.clause import AllOf, Clause, FacetIn, Lookup, NoneOf
from progsearch.engine import Asked, Counts, Once, Results, Sought, Tally, Writer, regions_of
from progsearch.engine.copies import Repeats, own
from progsearch.engine.counting import summed, taken_once
from progsearch.engine.lazy import LazyHits
from progsearch.engine.shelf import state_of
from progsearch.engine.tantivy.best import Best
from progsearch.engine.tantivy.named import NamedPassages
from progsearch.engine.tantivy.places import SegmentPlaces, renew
from progsearch.engine.tantivy.queries import UNKNOWN, Queries
from progsearch.engine.tantivy.segments import Segments
from progsearch.engine.tantivy.writing import (
    HEAP,
    SHARES,
    TantivyWriter,
    begin,
    code_of,
    schema,
    take_in,
    written,
)
from progsearch.engine.texts import forms_in
from progsearch.engine.vocabulary import StoredVocabulary
from progsearch.matching import Facets, facets_of
from progsearch.model import Document, Passage
from progsearch.records import document_from, passage_from

__all__ = ["LIBRARY", "LOCKS", "TantivyEngine", "join", "open_index"]

LIBRARY: str = vars(tantivy)["__version__"].replace(", index_format ", ", format ")
"""What writes the files of an index, and the number of their format."""

LOCKS = frozenset({".tantivy-meta.lock", ".tantivy-writer.lock"})
"""Names of files that are of no use when a writer is done."""


BUCKETS = 60_000
"""Groups that tantivy is asked for at once; it makes 65,000 and no more."""


Group = tuple[str, ...]


_decode = json.JSONDecoder().decode  # what json.loads does, but for guessing the encoding


class TantivyEngine:
    """An index in a folder, as tantivy keeps it."""

    seal = ""
    replaces = False

    def __init__(self, index: tantivy.Index, folder: Path | None = None) -> None:
        # Else a thread looks again after each commit, and writes a lock into the folder for it.
        index.config_reader(reload_policy="manual")
        self._index = index
        self._folder = folder
        self._documents: dict[str, Document | None] = {}
        self._told: str | None = None

    @cached_property
    def _searcher(self) -> tantivy.Searcher:
        """The index as it was when first looked at."""
        self._index.reload()
        return self._index.searcher()

    @cached_property
    def _queries(self) -> Queries:
        return Queries(self._index.schema, self._searcher, self._names)

    @cached_property
    def _names(self) -> NamedPassages:
        segments = Segments(self._searcher, SegmentPlaces(self._folder))
        return NamedPassages(self._searcher, segments, self._state)

    @cached_property
    def _best(self) -> Best:
        asked = self._searcher, self._queries, self._names
        return Best(*asked, self._state, self._facets, _passage_in)

    def _state(self) -> str:
        if self._told is None:
            self._told = state_of(self._folder, LIBRARY, "engine", "engine/tantivy", "clause")
        return self._told

    def _found(self, query: tantivy.Query, limit: int | None = None) -> list[Any]:
        """Scores and addresses of what matches."""
        most = self._searcher.num_docs if limit is None else limit
        return list(self._searcher.search(query, max(most, 1), count=False).hits)

    def _record(self, address: tantivy.DocAddress) -> Any:  # noqa: ANN401 - it is JSON
        return json.loads(self._searcher.doc(address)["data"][0])

    def _records(self, field: str, term: str, rec: str) -> Iterator[Any]:
        query = self._queries.all_of(
            [self._queries.term("rec", rec), self._queries.term(field, term)]
        )
        return (self._record(address) for _, address in self._found(query))

    def state(self, part: str) -> Mapping[str, Any]:
        """A part of what the last commit was given."""
        name = f"s/{part}"
        return next(self._records("rec", name, name), {})

    @cached_property
    def vocabulary(self) -> StoredVocabulary:
        """The forms that the index holds."""
        return StoredVocabulary(self._lines, self._stands)

    def _lines(self, beginning: str) -> Iterable[str]:
        found = self._searcher.terms_with_prefix("vocabulary", beginning)
        return sorted(line for line, _ in found)

    def _stands(self, keys: Iterable[str]) -> bool:
        return any(self._queries.stands(key) for key in keys)

    def values(self, facet: str) -> list[str]:
        """The values of a facet that passages have; unknown left out."""
        found = self._searcher.terms_with_prefix(facet, "", filter_query=self._queries.every())
        return sorted(value for value, count in found if count and value != UNKNOWN)

    def regions(self) -> Mapping[str, str]:
        """The names of the regions of documents, by code."""
        return regions_of(map(self._one_of, self.values("region")))

    def _one_of(self, region: str) -> Document:
        """A document with a region, which a passage leads to."""
        query = self._queries.matching(FacetIn("region", frozenset((region,))))
        (_, address), *_ = self._found(query, 1)
        document = self.document(passage_from(self._record(address)).document)
        if document is None:
            raise LookupError(region)
        return document

    def prefetch(
        self,
        *,
        documents: Iterable[str] = (),
        passages: Iterable[str] = (),
        lookups: Iterable[Lookup] = (),
        scopes: Iterable[Asked] = (),
        searches: Iterable[Sought] = (),
    ) -> None:
        """All is at hand."""

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""
        found = [document_from(record) for record in self._records("rec", "d", "d")]
        return iter(sorted(found, key=lambda document: document.path))

    def document(self, document: str) -> Document | None:
        """The document with that id."""
        if document not in self._documents:
            found = next(self._records("document", document, "d"), None)
            self._documents[document] = document_from(found) if found else None
        return self._documents[document]

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document, in the order of the source."""
        found = map(passage_from, self._records("document", document, "p"))
        return sorted(found, key=lambda passage: passage.number)

    def passage(self, passage: str) -> Passage | None:
        """The passage with that id."""
        found = next(self._records("passage", passage, "p"), None)
        return passage_from(found) if found else None

    def search(
        self,
        clause: Clause,
        *,
        scope: Clause,
        limit: int | None,
        ranked: bool = True,
        once: Once | None = None,
    ) -> Results:
        """The passages that match both clauses."""
        left_out = self.repeats(once, ()).left_out if once else frozenset()
        if left_out:
            scope = AllOf((scope, NoneOf(FacetIn("document", left_out))))
        if not ranked:
            total, hits = self._in_order(AllOf((clause, scope)), limit)
            return Results(hits, total, len(left_out))
        total, best = self._best.of(clause, scope, limit)
        return Results(best, total, len(left_out))

    def _facets(self, stored: tantivy.Document) -> Facets:
        passage = _passage_in(stored)
        document = self.document(passage.document)
        if document is None:
            raise LookupError(passage.document)
        return facets_of(document, passage)

    def _in_order(
        self, clause: Clause, limit: int | None
    ) -> tuple[int, Sequence[tuple[Passage, float]]]:
        addresses = self._sorted(clause)
        hits = LazyHits(addresses[:limit], lambda place: (passage_from(self._record(place)), 0.0))
        return len(addresses), hits if limit is None else list(hits)

    def _sorted(self, clause: Clause) -> list[tantivy.DocAddress]:
        """The passages that match, in the order of the sources."""
        self._queries.ready((clause,))
        addresses = [address for _, address in self._found(self._queries.matching(clause))]
        places = self._places
        documents = self._column("document_code", addresses)
        numbers = self._column("number", addresses)
        order = sorted(
            (places[document], number, at)
            for at, (document, number) in enumerate(zip(documents, numbers, strict=True))
        )
        return [addresses[at] for _, _, at in order]

    def _column(self, name: str, addresses: list[tantivy.DocAddress]) -> list[Any]:
        return list(self._searcher.fast_field_values(name, addresses))

    @cached_property
    def _places(self) -> Mapping[int, int]:
        """By the codes of documents, the order of their paths."""
        found = sorted(line for line, _ in self._searcher.terms_with_prefix("path", ""))
        return {code_of(line.rpartition("\t")[2]): place for place, line in enumerate(found)}

    def tally(
        self,
        clauses: Sequence[Clause],
        *,
        scope: Clause,
        by: Sequence[str],
        once: Once | None = None,
    ) -> Tally:
        """Counts of all groups of all clauses."""
        asked: list[Clause] = [scope, *(AllOf((clause, scope)) for clause in clauses)]
        self._queries.ready((*clauses, scope))
        counted = [self._counts(self._queries.matching(clause), by) for clause in asked]
        if once is None:
            return summed(counted)
        repeats = self.repeats(once, by)
        return taken_once(
            counted,
            [self._of_documents(clause, repeats.left_out, by) for clause in asked],
            repeats,
        )

    def facets(self, clause: Clause, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """By facet and value, the passages that match."""
        self._queries.ready((clause,))
        asked = {name: {"terms": {"field": name, "size": BUCKETS}} for name in names}
        found = self._searcher.aggregate(self._queries.matching(clause), asked) if names else {}
        return {
            name: {
                "" if one["key"] == UNKNOWN else one["key"]: one["doc_count"]
                for one in found[name]["buckets"]
            }
            for name in names
        }

    def repeats(self, once: Once, by: Sequence[str]) -> Repeats:
        """Which documents repeat another of what is looked at."""
        return Repeats(once, by, self._of_documents(once.among, once.documents(), own(by)))

    def texts(
        self, clause: Clause, *, by: Sequence[str]
    ) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """The words of each passage that matches, in the order of the sources."""
        for address in self._sorted(clause):
            stored = self._searcher.doc(address)
            facets = self._facets(stored)
            record = stored.get_first("text_keys")
            yield tuple(map(facets.value, by)), forms_in(record) if record else []

    def _of_documents(
        self, clause: Clause, documents: frozenset[str], by: Sequence[str]
    ) -> dict[Group, Counts]:
        """Counts of some documents by group and document."""
        if not documents:
            return {}
        inside = AllOf((clause, FacetIn("document", documents)))
        missing = self._queries.missing(inside)
        return {} if missing else self._counts(self._queries.matching(inside), (*by, "document"))

    def _counts(self, query: tantivy.Query, by: Sequence[str]) -> dict[Group, Counts]:
        """Counts by group: the documents of each group are groups inside it."""
        inner: dict[str, Any] = {
            "words": {"sum": {"field": "words"}},
            "documents": {"terms": {"field": "document_code", "size": BUCKETS}},
        }
        for facet in reversed(by):
            inner = {"all": {"terms": {"field": facet, "size": BUCKETS}, "aggs": inner}}
        shares = 1 + self._searcher.doc_freq("rec", "d") // BUCKETS
        while True:
            try:
                return self._summed(query, inner, len(by), shares)
            except ValueError as error:
                if "bucket limit" not in str(error) or shares >= SHARES:
                    raise
                shares *= 2  # the documents have passages in several groups

    def _summed(
        self, query: tantivy.Query, asked: dict[str, Any], depth: int, shares: int
    ) -> dict[Group, Counts]:
        """The counts, in one go for each of so many shares of the documents."""
        sums: dict[Group, list[int]] = {}
        for first in range(0, SHARES, SHARES // shares):
            part = query
            if shares > 1:
                last = first + SHARES // shares - 1
                part = self._queries.all_of([query, self._queries.between("share", first, last)])
            for group, found in _groups(self._searcher.aggregate(part, asked), depth):
                documents = found["documents"]["buckets"]
                total = sums.setdefault(group, [0, 0, 0])
                total[0] += sum(one["doc_count"] for one in documents)
                total[1] += len(documents)
                total[2] += int(found["words"]["value"] or 0)
        return {group: Counts(*total) for group, total in sums.items()}

    def close(self) -> None:
        """Let go of the index's files."""
        self._forget()

    def _forget(self) -> None:
        for name in ("_searcher", "_queries", "_names", "_best", "vocabulary", "_places"):
            self.__dict__.pop(name, None)
        self._documents.clear()
        self._told = None

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer."""
        # One thread, so that the same files always give the same index.
        inner = self._index.writer(HEAP, 1)
        self._forget()
        writer = TantivyWriter(inner)
        try:
            yield writer
        finally:
            writer.cancel()
            with written():
                inner.wait_merging_threads()  # this also lets go of the lock
            self._forget()
            if self._folder and writer.committed:
                renew(self._folder, lambda: self._searcher)
                self._forget()


def _passage_in(stored: tantivy.Document) -> Passage:
    return passage_from(_decode(stored["data"][0].decode()))


def _groups(found: Mapping[str, Any], depth: int) -> Iterator[tuple[Group, Mapping[str, Any]]]:
    """The groups in what tantivy has counted, and what it says of each."""
    if not depth:
        if found["documents"]["buckets"]:
            yield (), found
        return
    for bucket in found["all"]["buckets"]:
        name = "" if bucket["key"] == UNKNOWN else bucket["key"]
        for group, inside in _groups(bucket, depth - 1):
            yield (name, *group), inside


def open_index(folder: Path | None, create: bool) -> TantivyEngine:
    """Open the index in a folder; ``create`` begins an empty one when there is none.

    Without a folder it is empty, in memory. Raises what tantivy raises when there is none
    to open.
    """
    if folder is None:
        return TantivyEngine(tantivy.Index(schema()))
    if create and not tantivy.Index.exists(str(folder)):
        begin(folder)
    return TantivyEngine(tantivy.Index.open(str(folder)), folder)


def join(folder: Path, removed: Sequence[str], parts: Sequence[Path]) -> None:
    """Take documents out of the index in a folder, and the segments of other indices into it."""
    if removed:
        with open_index(folder, True).writer() as writer:
            for document in removed:
                writer.remove(document)
            writer.commit({})
    take_in(folder, parts)
