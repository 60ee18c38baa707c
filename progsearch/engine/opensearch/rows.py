"""Documents ready for an index as the rows of a cluster."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from progsearch.engine import Prepared
from progsearch.engine.opensearch.client import encode
from progsearch.engine.opensearch.mapping import (
    DOCUMENT_FACETS,
    UNKNOWN,
    Indices,
    code_of,
    key_of,
    term_of,
)
from progsearch.engine.texts import keys_record
from progsearch.matching import Facets, facets_of, passage_facets
from progsearch.model import Document, Passage
from progsearch.query import FACETS
from progsearch.records import document_from, document_record, passage_from, passage_record

__all__ = [
    "StoredRow",
    "action_line",
    "document_in",
    "facets_in",
    "line_action",
    "passage_in",
    "rows_of",
    "seal_of",
]

LONG = 8000
"""Characters from which on a key may be longer than an index takes."""


def rows_of(prepared: Prepared, indices: Indices, born: int, share: int = 0) -> Iterator[str]:
    """The actions that write a document: one of its own and one a passage."""
    document = prepared.document
    row: dict[str, Any] = {
        "document": document.id,
        "path": document.path,
        "row": code_of(document.id),
        "born": born,
        "share": share,
        "data": encode(document_record(document)),
    }
    if document.region:
        row |= {"region": document.region.value.code, "region_name": document.region.value.name}
    first = action_line(indices.documents, f"{document.id}@{born}", document.id)
    yield f"{first}\n{encode(row)}"
    if not prepared.passages:
        return
    same = _of_document(document, facets_of(document, prepared.passages[0]))
    same |= {"born": born, "share": share}
    told, index = encode(same)[:-1], indices.passages
    for passage, posting in zip(prepared.passages, prepared.postings, strict=True):
        row = {}
        for name, value in passage_facets(passage).items():
            row[name] = value or UNKNOWN
        row["passage"], row["number"] = passage.id, passage.number
        row["row"], row["words"] = code_of(passage.id), posting.words
        row["data"] = encode(passage_record(passage))
        for name, positions in (("text", posting.text), ("headings", posting.headings)):
            if positions:
                row[name] = _keys(positions)
        row["seal"] = seal_of(row)
        first = action_line(index, f"{passage.id}@{born}", document.id)
        yield f"{first}\n{told},{encode(row)[1:]}"  # what all passages have is encoded once


def seal_of(row: Mapping[str, Any]) -> str:
    """The checksum of what is stored of a passage."""
    told = (row.get("data"), row.get("text"), row.get("headings"), row.get("words"))
    return blake2b("\0".join(map(str, told)).encode(), digest_size=12).hexdigest()


def _of_document(document: Document, facets: Facets) -> dict[str, Any]:
    same: dict[str, Any] = {name: facets.value(name) or UNKNOWN for name in DOCUMENT_FACETS}
    same |= {"path": document.path, "code": code_of(document.id)}
    if facets.first_day:
        same |= {"first_day": facets.first_day, "last_day": facets.last_day}
    return same


def _keys(positions: Sequence[Sequence[str]]) -> str:
    """The keys of a text; each position has some, for an empty one would not be counted."""
    record = keys_record(positions)[1:-1].decode()
    if len(record) > LONG and any(len(key) > LONG for keys in positions for key in keys):
        return _keys([[term_of(key) for key in keys] for keys in positions])
    return record


def action_line(index: str, ident: str, routing: str) -> str:
    """The line before a row that is written, whatever there is with its id."""
    names = f'"_id":{encode(ident)},"routing":{encode(routing)}'
    return f'{{"index":{{"_index":"{index}",{names}}}}}'


def line_action(index: str, line: str) -> str:
    """Writes a line of the vocabulary into its index, if it is not there."""
    lang, folded, _ = line.split("\t", 2)
    digest = blake2b(line.encode(), digest_size=16).digest()
    # Whoever writes an index for the first time sends more lines than passages.
    first = f'{{"create":{{"_index":"{index}","_id":"{digest.hex()}"}}}}'
    row = int.from_bytes(digest[:8], "big", signed=True)
    return f'{first}\n{{"key":{encode(key_of(lang, folded))},"row":{row},"line":{encode(line)}}}'


class StoredRow:
    """What is stored of a passage, as :mod:`progsearch.engine.ranking` takes it."""

    __slots__ = ("source",)

    def __init__(self, source: Mapping[str, Any]) -> None:
        self.source = source

    def get_first(self, field_name: str) -> bytes | None:
        """The record of the keys of a field."""
        value = self.source.get(field_name.removesuffix("_keys"))
        return None if value is None else f"\x1f{value}\x1f".encode()


def passage_in(source: Mapping[str, Any]) -> Passage:
    """The passage of a row."""
    return passage_from(json.loads(source["data"]))


def document_in(source: Mapping[str, Any]) -> Document:
    """The document of a row."""
    return document_from(json.loads(source["data"]))


def facets_in(source: Mapping[str, Any]) -> Facets:
    """What a passage is filtered and counted by, from its row."""
    values = {name: "" if source[name] == UNKNOWN else source[name] for name in FACETS}
    return Facets(
        **values, first_day=source.get("first_day", 0), last_day=source.get("last_day", 0)
    )
