"""The Whoosh engine: one index holds passages, documents, the vocabulary and the state.

All of it changes together, with the commit of Whoosh's table of contents. A row is a
document (``rec`` is ``d``), one of its passages, which follow it, the vocabulary of a
segment (``v``) or a part of the state (``s/…``).

A term is posted once a row, with its first position; where it stands again in the row, a
second field (``text_more``) has the further positions. So nearly all postings are of one
size, and none needs a weight.
"""

from __future__ import annotations

import heapq
import json
from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import product
from operator import itemgetter
from pathlib import Path
from typing import Any

import whoosh
from whoosh import fields, formats, index
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn
from whoosh.filedb.filestore import RamStorage
from whoosh.reading import IndexReader, SegmentReader
from whoosh.writing import SegmentWriter as WhooshWriter

from progsearch.clause import AllOf, Clause
from progsearch.engine import FACETS, Prepared, Results, Tally, Writer, whoosh_blocks
from progsearch.engine.counting import PASSAGE_FACETS, Counter
from progsearch.engine.evaluation import (
    FIELDS,
    Evaluation,
    Mask,
    both,
    evaluations,
    posting_weight,
    rows_in,
)
from progsearch.engine.rows import UNKNOWN, Part
from progsearch.engine.vocabulary import StoredVocabulary, lines_of
from progsearch.engine.whoosh_pickles import PlainCodec, PlainIndex
from progsearch.errors import ProgsearchError
from progsearch.matching import facets_of
from progsearch.model import Document, Passage
from progsearch.records import document_from, document_record, passage_from, passage_record

__all__ = ["LIBRARY", "LOCKS", "WhooshEngine", "open_index"]

DOCUMENT_FACETS = tuple(name for name in FACETS if name not in PASSAGE_FACETS)

LIBRARY = f"Whoosh {whoosh.__version__[0]}.{whoosh.__version__[1]}"
"""What writes the files of an index: they are the same for all versions of this number."""

LOCKS = frozenset({"MAIN_WRITELOCK"})
"""Names of files that are of no use when a writer is done."""

BLOCKS = whoosh.__version__ == whoosh_blocks.VERSION
"""Whether this version of Whoosh's files are read and written as whole blocks."""

_LIMIT = 3_900_000_000
"""Bytes of records that a segment may hold: Whoosh keeps their places in 32 bits."""

MERGED = 3
"""A segment is merged into a new one unless it has more than so many times its rows."""

MAX_LINES = 300_000
"""Lines that are remembered so that each comes once into the vocabulary of a segment."""

Posted = tuple[bytes, int, float, bytes]
Terms = Mapping[str, Iterable[str]]
Keys = Mapping[str, Sequence[Sequence[str]]]
Columns = Mapping[str, object]
Segment = Any  # Whoosh has no types


class Ready(fields.FieldType):  # type: ignore[misc]
    """A field that is given its postings as they are to be stored."""

    def __init__(self, format_: formats.Format) -> None:
        self.format = format_
        self.analyzer = None
        self.scorable = self.stored = self.unique = False
        self.multitoken_query = "default"
        self.column_type = None
        self.vector = None

    def index(self, value: Iterable[Posted], **_: object) -> Iterable[Posted]:
        """The postings: term, frequency, weight, value."""
        return value


def _schema() -> fields.Schema:
    # Frequency stands for values of four bytes, Positions for values of any size.
    keys = {
        name: Ready(format_)
        for field in FIELDS
        for name, format_ in (
            (field, formats.Frequency()),
            (f"{field}_more", formats.Positions()),
        )
    }
    terms = {
        name: Ready(formats.Existence()) for name in ("rec", "days", "vocabulary", *DOCUMENT_FACETS)
    }
    columns = {
        "id": VarBytesColumn(),
        "path": VarBytesColumn(),
        "data": VarBytesColumn(),
        "words": NumericColumn("I"),
        **{f"{field}_weight": NumericColumn("f") for field in FIELDS},
        **{facet: RefBytesColumn() for facet in PASSAGE_FACETS},
    }
    return fields.Schema(
        **keys, **terms, **{name: fields.COLUMN(column) for name, column in columns.items()}
    )


_packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class PlainLists:
    """The posting lists and columns of one segment, by Whoosh's public interface."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._columns: dict[str, Any] = {}
        self.size: int = reader.doc_count_all()
        self.gone = frozenset(row for row in range(self.size) if reader.is_deleted(row))

    def close(self) -> None:
        """Whoosh closes its own reader."""

    def terms(self, field: str, beginning: str = "") -> Iterator[str]:
        """The terms of a field that begin so, in order."""
        for term in self._reader.expand_prefix(field, beginning):
            yield term.decode()

    def frequency(self, field: str, term: str) -> int:
        """How many rows have a term; those that are gone count."""
        return int(self._reader.doc_frequency(field, term))

    def _postings(self, field: str, term: str) -> Iterator[Any]:
        if (field, term.encode()) in self._reader:
            matcher = self._reader.postings(field, term.encode())
            while matcher.is_active():
                yield matcher
                matcher.next()

    def rows(self, field: str, term: str) -> Sequence[int]:
        """The rows that have a term, ascending."""
        return [posting.id() for posting in self._postings(field, term)]

    def places(self, field: str, term: str) -> Sequence[int]:
        """For each row of a term, its first position."""
        return [_unpacked(posting.value())[0] for posting in self._postings(field, term)]

    def more(self, field: str, term: str) -> Iterator[tuple[int, float]]:
        """The rows that have a term more than once, and how many times more."""
        for posting in self._postings(f"{field}_more", term):
            yield posting.id(), posting.weight()

    def repeats(
        self, field: str, term: str, among: Container[int] | None = None
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """The rows that have a term more than once, and its further positions."""
        for posting in self._postings(f"{field}_more", term):
            if among is None or posting.id() in among:
                yield posting.id(), _unpacked(posting.value())

    def _column(self, name: str) -> Any:  # noqa: ANN401 - Whoosh has no types
        if name not in self._columns:
            self._columns[name] = self._reader.column_reader(name, translate=False)
        return self._columns[name]

    def numbers(self, name: str, kind: str) -> array[Any]:
        """A column of numbers of an array's kind; 0 for rows without one."""
        return array(kind, self._column(name))

    def values(self, name: str) -> tuple[Sequence[int], list[str]]:
        """A column of names: for each row the number of one, and the names."""
        names: dict[bytes, int] = {}
        numbers = [names.setdefault(name, len(names)) for name in self._column(name)]
        named = [name.decode() for name in names]
        return (bytes(numbers) if len(named) < 256 else numbers), named

    def record(self, name: str, row: int) -> bytes:
        """What a column of bytes holds for a row."""
        return bytes(self._column(name)[row])


def _unpacked(packed: bytes) -> Sequence[int]:
    starts = range(0, len(packed), 4)
    return [int.from_bytes(packed[at : at + 4], "little") for at in starts]


class WhooshEngine:
    """An index in a folder, as Whoosh keeps it."""

    replaces = False

    def __init__(self, storage: index.FileIndex, *, blocks: bool) -> None:
        self._index = storage
        self._blocks = blocks
        self._documents: dict[str, Document | None] = {}

    @cached_property
    def _reader(self) -> IndexReader:
        """The index as it was when first looked at."""
        return self._index.reader()

    @cached_property
    def parts(self) -> list[Part]:
        """The segments of the index."""
        leaves = self._reader.leaf_readers() if self._reader.doc_count_all() else ()
        read = whoosh_blocks.BlockLists if self._blocks else PlainLists
        return [Part(read(leaf), offset) for leaf, offset in leaves]

    def rows_with(self, field: str, term: str) -> Iterator[tuple[Part, int]]:
        """The rows that have a term and are not gone."""
        for part in self.parts:
            for row in part.rows(field, term):
                if row not in part.lists.gone:
                    yield part, row

    def _records(self, field: str, term: str) -> Iterator[dict[str, Any]]:
        found = self.rows_with(field, term)
        return (json.loads(part.lists.record("data", row)) for part, row in found)

    def state(self, part: str) -> Mapping[str, Any]:
        """A part of what the last commit was given."""
        return next(self._records("rec", f"s/{part}"), {})

    def values(self, facet: str) -> list[str]:
        """The values of a facet that passages have; unknown left out."""
        found: set[str] = set()
        for part in self.parts:
            if facet in PASSAGE_FACETS:
                masks = part.of_passages(facet)
                found.update(value for value, mask in masks.items() if value and 1 in mask)
            else:
                found.update(value for value in part.lists.terms(facet) if part.has(facet, value))
        return sorted(found - {UNKNOWN})

    @cached_property
    def vocabulary(self) -> StoredVocabulary:
        """The forms that the index holds."""
        return StoredVocabulary(self._lines, self._stands)

    def _lines(self, beginning: str) -> Iterable[str]:
        return heapq.merge(*(part.lists.terms("vocabulary", beginning) for part in self.parts))

    def _stands(self, keys: Iterable[str]) -> bool:
        places = product(self.parts, FIELDS, keys)
        return any(part.has(field, key) for part, field, key in places)

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""
        found = map(document_from, self._records("rec", "d"))
        return iter(sorted(found, key=lambda document: document.path))

    def document(self, document: str) -> Document | None:
        """The document with that id."""
        if document not in self._documents:
            found = next(self._records("document", document), None)
            self._documents[document] = document_from(found) if found else None
        return self._documents[document]

    def _rows_of(self, document: str) -> Iterator[tuple[Part, int]]:
        for part, row in self.rows_with("document", document):
            for passage in part.passages(row):
                yield part, passage

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document, in the order of the source."""
        return [_passage_at(part, row) for part, row in self._rows_of(document)]

    def passage(self, passage: str) -> Passage | None:
        """The passage with that id."""
        document, _, number = passage.partition(".")
        rows = list(self._rows_of(document))
        # Passages are numbered from 1, so this is nearly always the first that is tried.
        likely = int(number) - 1 if number.isdecimal() else 0
        for part, row in (*rows[likely : likely + 1], *rows):
            found = _passage_at(part, row)
            if found.id == passage:
                return found
        return None

    @cached_property
    def _size(self) -> int:
        return sum(part.every().count(1) for part in self.parts)

    def _evaluations(self, clauses: Sequence[Clause]) -> Iterator[tuple[Part, Evaluation]]:
        return zip(self.parts, evaluations(self.parts, self._size, clauses), strict=True)

    def search(
        self, clause: Clause, *, scope: Clause, limit: int | None, ranked: bool = True
    ) -> Results:
        """The passages that match both clauses."""
        if not ranked:
            return self._in_order(AllOf((clause, scope)), limit)
        total = 0
        found: list[tuple[float, int, Part, int]] = []  # places differ: parts are not compared
        for part, evaluation in self._evaluations([clause]):
            inside = evaluation.mask(scope)
            if 1 not in inside:
                continue
            narrowed = evaluation.within(inside)
            rows = rows_in(both(narrowed.mask(clause), inside))
            total += len(rows)
            scores = narrowed.scores(clause, rows)
            chosen: Iterable[int] = range(len(rows))
            if limit is not None and len(rows) > limit:
                least = min(heapq.nlargest(limit, scores), default=0.0)
                chosen = [place for place, score in enumerate(scores) if score >= least]
            found += [(-scores[at], part.offset + rows[at], part, rows[at]) for at in chosen]
        found.sort()
        return Results(
            [(_passage_at(part, row), -score) for score, _, part, row in found[:limit]], total
        )

    def _in_order(self, clause: Clause, limit: int | None) -> Results:
        total = 0
        found: list[tuple[bytes, int, int, Part, Mask]] = []
        for part, evaluation in self._evaluations([clause]):
            mask = evaluation.mask(clause)
            total += mask.count(1)
            for start, end in zip(part.starts, part.ends, strict=True):
                if mask.find(1, start, end) >= 0:
                    found.append((part.lists.record("path", start), start, end, part, mask))
        found.sort(key=itemgetter(0))
        hits: list[tuple[Passage, float]] = []
        for _, start, end, part, mask in found:
            if limit is not None and len(hits) >= limit:
                break
            rows = rows_in(mask[start:end])
            hits += ((_passage_at(part, start + row), 0.0) for row in rows)
        return Results(hits[:limit], total)

    def tally(self, clauses: Sequence[Clause], *, scope: Clause, by: Sequence[str]) -> Tally:
        """Counts of all groups of all clauses; what clauses share is looked up once."""
        counters = [Counter(by) for _ in range(len(clauses) + 1)]
        for part, evaluation in self._evaluations(clauses):
            inside = evaluation.mask(scope)
            if 1 not in inside:
                continue
            counters[0].add(inside, part)
            for counter, clause in zip(counters[1:], clauses, strict=True):
                counter.add(both(evaluation.mask(clause), inside), part)
        summed = [counter.counts() for counter in counters]
        return Tally(summed[0], summed[1:])

    def close(self) -> None:
        """Let go of the index's files."""
        self._forget()
        self._index.close()

    def _forget(self) -> None:
        for part in self.__dict__.pop("parts", ()):
            part.lists.close()
        reader = self.__dict__.pop("_reader", None)
        if reader is not None:
            reader.close()
        for name in ("vocabulary", "_size"):
            self.__dict__.pop(name, None)
        self._documents.clear()

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer."""
        codec = PlainCodec(blocklimit=1 << 14, compression=1)
        codec.length_stats = False  # no field has lengths, and looking for them takes long
        inner = self._index.writer(limitmb=256, compound=False, codec=codec)
        self._forget()
        rows = whoosh_blocks.BlockRows(inner) if self._blocks else _PlainRows(inner)
        writer = _Writer(inner, rows, self)
        try:
            yield writer
        finally:
            writer.cancel()
            self._forget()


def _passage_at(part: Part, row: int) -> Passage:
    return passage_from(json.loads(part.lists.record("data", row)))


class _PlainRows:
    """Rows on their way into a new segment, by Whoosh's public interface."""

    def __init__(self, inner: WhooshWriter) -> None:
        self._inner = inner
        self._vocabulary: set[str] = set()

    def add(self, terms: Terms, keys: Keys, columns: Columns) -> int:
        """Add a row: terms of fields, keys of fields by position, values of columns."""
        posted = {
            field: [(term.encode(), 1, 1.0, b"") for term in found]
            for field, found in terms.items()
        }
        for field, positions in keys.items():
            posted[field], posted[f"{field}_more"] = _first_and_more(positions)
        row: int = self._inner.docnum
        self._inner.add_document(**posted, **columns)
        return row

    def note(self, lines: Iterable[str]) -> None:
        """Keep lines of the vocabulary, which is one row."""
        self._vocabulary.update(lines)

    def finish(self) -> None:
        """Write what was kept."""
        if self._vocabulary:
            self.add({"rec": ["v"], "vocabulary": sorted(self._vocabulary)}, {}, {})

    def take(self, reader: IndexReader) -> None:
        """Add the rows of a segment that are not gone, at the end."""
        self._inner.add_reader(reader)

    def close(self) -> None:
        """Nothing was put aside."""


def _first_and_more(positions: Sequence[Sequence[str]]) -> tuple[list[Posted], list[Posted]]:
    found: dict[str, list[bytes]] = defaultdict(list)
    for place, keys in enumerate(positions):
        for key in dict.fromkeys(keys):
            found[key].append(place.to_bytes(4, "little"))
    first = [(key.encode(), 1, 1.0, at[0]) for key, at in found.items()]
    more = [
        (key.encode(), len(at) - 1, len(at) - 1.0, b"".join(at[1:]))
        for key, at in found.items()
        if len(at) > 1
    ]
    return first, more


class _Writer:
    def __init__(
        self,
        inner: WhooshWriter,
        rows: whoosh_blocks.BlockRows | _PlainRows,
        engine: WhooshEngine,
    ) -> None:
        self._inner = inner
        self._rows = rows
        self._engine = engine
        self._open = True
        self._all_gone = False
        self._records = 0
        self._lines: set[str] = set()
        self._added: dict[str, range] = {}

    def add(self, prepared: Prepared) -> None:
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

    def _add(self, terms: Terms, keys: Keys, columns: Mapping[str, Any]) -> int:
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
        for row in self._added.pop(document, ()):
            self._inner.newsegment.delete_document(row)
        for part, row in self._engine.rows_with("document", document):
            for gone in (row, *part.passages(row)):
                self._inner.delete_document(part.offset + gone)

    def clear(self) -> None:
        for document in list(self._added):
            self.remove(document)
        self._all_gone = True

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        for name, record in state.items():
            for part, row in self._engine.rows_with("rec", f"s/{name}"):
                self._inner.delete_document(part.offset + row)
            self._add({"rec": [f"s/{name}"]}, {}, {"data": _data(record)})
        self._rows.finish()
        self._inner.commit(mergetype=self._merged)
        self._open = False

    def _merged(self, inner: WhooshWriter, segments: Sequence[Segment]) -> list[Segment]:
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
        return kept

    def cancel(self) -> None:
        if self._open:
            self._open = False
            self._inner.cancel()
        self._rows.close()


def _data(record: Mapping[str, object]) -> bytes:
    return _packed(record).encode()


def open_index(folder: Path | None, create: bool, *, blocks: bool = BLOCKS) -> WhooshEngine:
    """Open the index in a folder; ``create`` begins an empty one when there is none.

    Without a folder it is empty, in memory, and cannot be written. Without ``blocks`` only
    Whoosh's public interface is used. Raises ProgsearchError when there is none to open.
    """
    if folder is None:
        return WhooshEngine(RamStorage().create_index(_schema()), blocks=blocks)
    return WhooshEngine(PlainIndex(folder, _schema(), create=create), blocks=blocks)
