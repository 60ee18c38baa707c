"""How documents get into a Whoosh index: rows, a new segment, and merging with others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from progsearch.engine import Prepared
from progsearch.engine.bm25 import posting_weight
from progsearch.engine.parts import UNKNOWN, Part, standing
from progsearch.engine.vocabulary import lines_of
from progsearch.engine.whoosh.pickles import PlainCodec, PlainIndex, PlainStorage, read_toc
from progsearch.engine.whoosh.plain import PlainRows
from progsearch.engine.whoosh.schema import DOCUMENT_FACETS, schema
from progsearch.engine.whoosh.segments import BlockRows
from progsearch.errors import ProgsearchError
from progsearch.matching import facets_of
from progsearch.records import document_record, passage_record

__all__ = ["MERGED", "WhooshWriter"]

_LIMIT = 3_900_000_000
"""Bytes of records that a segment may hold: Whoosh keeps their places in 32 bits."""

MERGED = 3
"""A segment is merged into a new one unless it has more than so many times its rows."""

MAX_LINES = 300_000
"""Lines that are remembered so that each comes once into the vocabulary of a segment."""

Segment = Any  # Whoosh has no types

_packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _data(record: Mapping[str, object]) -> bytes:
    return _packed(record).encode()


class WhooshWriter:
    """The one writer of an index in a folder, which has these parts before."""

    def __init__(self, folder: Path, before: Sequence[Part], *, blocks: bool) -> None:
        codec = PlainCodec(blocklimit=1 << 14, compression=1)
        codec.length_stats = False  # no field has lengths, and looking for them takes long
        index = PlainIndex(folder, schema())
        self._inner = index.writer(limitmb=256, compound=False, codec=codec)
        self._rows = BlockRows(self._inner) if blocks else PlainRows(self._inner)
        self._before = before
        self._open = True
        self._all_gone = False
        self._records = 0
        self._lines: set[str] = set()
        self._added: dict[str, range] = {}
        self._parts: Sequence[Path] = ()

    def add(self, prepared: Prepared) -> None:
        """Add a document, or put it in the place of the one with its id."""
        document = prepared.document
        self.remove(document.id)
        self._note(prepared)
        terms = {"rec": ["d"], "document": [document.id]}
        if prepared.passages:
            facets = facets_of(document, prepared.passages[0])
            terms |= {name: [facets.value(name) or UNKNOWN] for name in DOCUMENT_FACETS}
            if facets.first_day:
                terms["days"] = [f"{facets.first_day} {facets.last_day}"]
        columns = {"id": document.id.encode(), "path": document.path.encode()}
        first = self._add(terms, {}, columns | {"data": _data(document_record(document))})
        found = zip(prepared.passages, prepared.postings, strict=True)
        for passage, posting in sorted(found, key=lambda pair: pair[0].number):
            self._add(
                {},
                {"text": posting.text, "headings": posting.headings},
                {
                    "data": _data(passage_record(passage)),
                    "words": posting.words,
                    "text_weight": posting_weight(1, len(posting.text)),
                    "headings_weight": posting_weight(1, len(posting.headings)),
                    "lang": passage.lang.value.encode(),
                    "label": passage.label.encode(),
                    "role": passage.role.value.encode(),
                    "commitment": passage.commitment.encode(),
                },
            )
        self._added[document.id] = range(first, first + 1 + len(prepared.passages))

    def _add(
        self,
        terms: Mapping[str, Iterable[str]],
        keys: Mapping[str, Sequence[Sequence[str]]],
        columns: Mapping[str, Any],
    ) -> int:
        self._records += len(columns["data"])
        if self._records > _LIMIT:
            raise ProgsearchError(
                "this is more than a Whoosh index can hold", remedy="use --engine tantivy"
            )
        return self._rows.add(terms, keys, columns)

    def _note(self, prepared: Prepared) -> None:
        """Add the forms of a document to the vocabulary of the segment, each once."""
        new = set(lines_of(prepared.forms)) - self._lines
        if len(self._lines) > MAX_LINES:
            # A line that comes twice only takes time.
            self._lines.clear()
        self._lines |= new
        self._rows.note(new)

    def remove(self, document: str) -> None:
        """Take out a document and its passages."""
        for row in self._added.pop(document, ()):
            self._inner.newsegment.delete_document(row)
        for part, row in standing(self._before, "document", document):
            for gone in (row, *part.passages(row)):
                self._inner.delete_document(part.offset + gone)

    def clear(self) -> None:
        """Take out everything."""
        for document in list(self._added):
            self.remove(document)
        self._all_gone = True

    def take(self, parts: Sequence[Path]) -> None:
        """Take in, at the commit, all that the indices in these folders have."""
        self._parts = parts

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Make the changes and the new state lasting."""
        for name, record in state.items():
            for part, row in standing(self._before, "rec", f"s/{name}"):
                self._inner.delete_document(part.offset + row)
            self._add({"rec": [f"s/{name}"]}, {}, {"data": _data(record)})
        self._rows.finish()
        self._inner.commit(mergetype=self._merged)
        self._open = False

    def _merged(self, inner: SegmentWriter, segments: Sequence[Segment]) -> list[Segment]:
        """Take in what is small beside the new segment, or has mostly gone; keep the others.

        So every segment has several times the rows of the next, and there are few.
        """
        kept = []
        for segment in sorted(segments, key=lambda one: one.doc_count()):
            rows = segment.doc_count()
            if self._all_gone or not rows:
                continue
            if rows > MERGED * inner.docnum and segment.deleted_count() < rows:
                kept.append(segment)
            else:
                reader = SegmentReader(inner.storage, inner.schema, segment)
                self._rows.take(reader)
                reader.close()
        for part in self._parts:
            storage = PlainStorage(str(part))
            for segment in read_toc(part, inner.schema).segments:
                reader = SegmentReader(storage, inner.schema, segment)
                self._rows.take(reader)
                reader.close()
        return kept

    def cancel(self) -> None:
        """Leave the index as it was."""
        if self._open:
            self._open = False
            self._inner.cancel()
        self._rows.close()
