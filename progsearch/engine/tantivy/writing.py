"""What is written into a tantivy index, and in which fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

import tantivy

from progsearch.engine import FACETS, Prepared
from progsearch.engine.copies import PASSAGE_FACETS
from progsearch.engine.mark import link
from progsearch.engine.tantivy.places import SUFFIX
from progsearch.engine.tantivy.queries import UNKNOWN
from progsearch.engine.texts import keys_record
from progsearch.engine.vocabulary import lines_of
from progsearch.errors import ProgsearchError
from progsearch.matching import facets_of, passage_facets
from progsearch.records import document_record, passage_record

__all__ = ["HEAP", "SHARES", "TantivyWriter", "begin", "code_of", "schema", "take_in", "written"]

PIECE = 4096
"""Bytes of records that are packed together: a hit's record takes unpacking all of them."""


HEAP = 128_000_000
"""Bytes that tantivy gathers before it writes a segment."""


MAX_LINES = 300_000
"""Lines that are remembered so that each comes once into the vocabulary of a commit."""


LINES_A_DOCUMENT = 50_000


SHARES = 4096
"""Documents are in one of so many shares each, by their id; where there are very many, they
are counted share by share."""


DOCUMENT_FACETS = tuple(name for name in FACETS if name not in PASSAGE_FACETS)


def schema() -> tantivy.Schema:
    """The fields of an index."""
    builder = tantivy.SchemaBuilder()
    for name in ("rec", "vocabulary", "path"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("passage", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("text", "headings"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="position")
    for name in ("number", "words", "document_code"):
        builder.add_unsigned_field(name, fast=True)
    for name in ("first_day", "last_day", "share"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("data", "text_keys", "headings_keys"):
        builder.add_bytes_field(name, stored=True)
    return builder.build()


def code_of(document: str) -> int:
    """A number for a document: tantivy hands out columns of numbers, and no others."""
    return int.from_bytes(blake2b(document.encode(), digest_size=8).digest(), "big")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _data(record: Mapping[str, object]) -> bytes:
    return _encode(record).encode()


@contextmanager
def written() -> Iterator[None]:
    """Have what tantivy cannot write told by an error of ours."""
    try:
        yield
    except ValueError as error:
        raise ProgsearchError(
            f"tantivy cannot write the index: {' '.join(str(error).split())[:200]}",
            remedy="see that the disk has room; the index is as it was",
        ) from None


class TantivyWriter:
    """Writes the documents of one commit."""

    def __init__(self, inner: tantivy.IndexWriter) -> None:
        self._inner = inner
        self._open = True
        self.committed = False
        self._lines: set[str] = set()
        self._waiting: list[str] = []

    @written()
    def add(self, prepared: Prepared) -> None:
        """Write a document in the place of what was there of it."""
        document = prepared.document
        self.remove(document.id)
        self._note(prepared)
        record = tantivy.Document()
        record.add_text("rec", "d")
        record.add_text("document", document.id)
        record.add_text("path", f"{document.path}\t{document.id}")
        record.add_bytes("data", _data(document_record(document)))
        self._inner.add_document(record)
        if prepared.passages:
            self._add_passages(prepared)

    def _add_passages(self, prepared: Prepared) -> None:
        document = prepared.document
        facets = facets_of(document, prepared.passages[0])
        same = [(name, facets.value(name) or UNKNOWN) for name in DOCUMENT_FACETS]
        code = code_of(document.id)
        for passage, posting in zip(prepared.passages, prepared.postings, strict=True):
            record = tantivy.Document()
            record.add_text("rec", "p")
            record.add_text("passage", passage.id)
            for name, value in same:
                record.add_text(name, value)
            for name, value in passage_facets(passage).items():
                record.add_text(name, value or UNKNOWN)
            record.add_unsigned("document_code", code)
            record.add_unsigned("share", code % SHARES)
            if facets.first_day:
                record.add_unsigned("first_day", facets.first_day)
                record.add_unsigned("last_day", facets.last_day)
            record.add_unsigned("number", passage.number)
            record.add_unsigned("words", posting.words)
            record.add_bytes("data", _data(passage_record(passage)))
            _add_keys(record, "text", posting.text)
            _add_keys(record, "headings", posting.headings)
            self._inner.add_document(record)

    def _note(self, prepared: Prepared) -> None:
        """Add the forms of a document to the vocabulary, each once a commit."""
        new = set(lines_of(prepared.forms)) - self._lines
        if len(self._lines) > MAX_LINES:
            # A line that comes twice only takes time.
            self._lines.clear()
        self._lines |= new
        self._waiting += sorted(new)
        if len(self._waiting) > LINES_A_DOCUMENT:
            self._write_lines()

    def _write_lines(self) -> None:
        record = tantivy.Document()
        record.add_text("rec", "v")
        for line in self._waiting:
            record.add_text("vocabulary", line)
        self._inner.add_document(record)
        self._waiting = []

    @written()
    def remove(self, document: str) -> None:
        """Take a document out."""
        self._inner.delete_documents_by_term("document", document)

    @written()
    def clear(self) -> None:
        """Take all documents and forms out."""
        self._inner.delete_documents_by_query(tantivy.Query.all_query())
        self._lines.clear()
        self._waiting = []

    @written()
    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Make all of it hold at once."""
        if self._waiting:
            self._write_lines()
        for name, part in state.items():
            self._inner.delete_documents_by_term("rec", f"s/{name}")
            record = tantivy.Document()
            record.add_text("rec", f"s/{name}")
            record.add_bytes("data", _data(part))
            self._inner.add_document(record)
        self._inner.commit()
        self._open, self.committed = False, True

    def cancel(self) -> None:
        """Undo what was not committed."""
        if self._open:
            self._open = False
            self._inner.rollback()


def _add_keys(record: tantivy.Document, field: str, positions: Sequence[Sequence[str]]) -> None:
    token = tantivy.Token
    found = [token(key, place, 0, 0) for place, keys in enumerate(positions) for key in keys]
    if found:
        record.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", found))
        record.add_bytes(f"{field}_keys", keys_record(positions))


def begin(folder: Path) -> None:
    """Make an empty index whose records are read in smaller pieces than tantivy's usual ones.

    The Python package has no way to say so, but tantivy reads it from the index itself.
    """
    tantivy.Index(schema(), str(folder))
    file = folder / "meta.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    told["index_settings"]["docstore_blocksize"] = PIECE
    file.write_text(json.dumps(told), encoding="utf-8")


def take_in(folder: Path, parts: Sequence[Path]) -> None:
    """Have the index in a folder name the segments of others, too, whose files are linked.

    The Python package has no way to merge indices. A segment has a name of its own wherever it
    is, and tantivy reads from the index which it has; it merges them as it sees fit.
    """
    file, managed = folder / "meta.json", folder / ".managed.json"
    told, files = _json_in(file), set(_json_in(managed))
    for part in parts:
        other = _json_in(part / "meta.json")
        told["segments"] += other["segments"]
        told["opstamp"] = max(told["opstamp"], other["opstamp"])
        for segment in other["segments"]:
            for found in part.glob(f"{segment['segment_id'].replace('-', '')}.*"):
                link(found, folder / found.name)
                if found.suffix != SUFFIX:  # tantivy takes away what it does not know to be used
                    files.add(found.name)
    managed.write_text(json.dumps(sorted(files)), encoding="utf-8")
    file.write_text(json.dumps(told), encoding="utf-8")


def _json_in(file: Path) -> Any:  # noqa: ANN401 - it is JSON
    return json.loads(file.read_text(encoding="utf-8"))
