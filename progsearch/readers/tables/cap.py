"""Tables as the Comparative Agendas Project writes them: a text a row, with its major topic.

Columns ``id``, ``year``, ``major_topic`` (or ``majortopic``) and ``text`` (or
``description``). Source: Comparative Agendas Project, master codebook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from progsearch.model import RawDocument
from progsearch.readers.source import Source
from progsearch.readers.tables.mapping import OWN_NAMES, columns_of
from progsearch.readers.tables.rows import documents
from progsearch.readers.tables.sheets import header_of, rows_of

__all__ = ["read", "sniff"]

_TOPICS = ("major_topic", "majortopic", "major")
_TEXTS = ("text", "description")
_OWN: Mapping[str, tuple[str, ...]] = {
    **OWN_NAMES,
    "text": _TEXTS,
    "topic": _TOPICS,
    "date": ("date", "year"),
}


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the header has a text and a major topic."""
    if b"major" not in head[:4000].lower():
        return False
    names = header_of(head)
    return any(name in names for name in _TOPICS) and any(name in names for name in _TEXTS)


def read(source: Source) -> Iterator[RawDocument]:
    """One document a year, and a party or country where there are such columns."""
    header, rows, notes = rows_of(source)
    columns = columns_of(header, source.options.tables, source.path, _OWN)
    yield from documents(rows, columns, "cap", source.path, whole=True, notes=notes)
