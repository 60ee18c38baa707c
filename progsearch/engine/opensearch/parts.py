"""The state of an index in a cluster: small parts in the manifest, tables a row an entry.

A part all of whose values are tables (the files of a corpus, the failures) is kept a row an
entry, so that a commit writes what has changed and no value nears the size of a request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from progsearch.engine.opensearch.client import encode
from progsearch.engine.opensearch.mapping import code_of
from progsearch.engine.opensearch.view import View

__all__ = ["SMALL", "Entry", "Parts", "is_table", "row_id"]

SMALL = 300_000
"""Characters up to which a part stands in the manifest, which every command reads."""

ROWS = 2000
"""Entries in an answer, at most."""

Place = tuple[str, str]
"""The table and the key of an entry; both empty for a part that is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is kept: in which generation it was born, and the hash of its value."""

    born: int
    digest: bytes


def is_table(part: Mapping[str, object]) -> bool:
    """Whether a part is kept a row an entry."""
    return bool(part) and all(isinstance(value, Mapping) for value in part.values())


def entries_of(part: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    """The entries of a part."""
    if not is_table(part):
        yield ("", ""), part
        return
    for table, rows in part.items():
        yield (table, ""), {}  # that there is such a table
        yield from (((table, key), value) for key, value in rows.items())


def digest_of(value: object) -> bytes:
    """The hash of a value."""
    return blake2b(encode(value).encode(), digest_size=12).digest()


def row_id(part: str, place: Place, born: int) -> str:
    """The id of the row of an entry."""
    return f"{blake2b(encode([part, *place]).encode(), digest_size=16).hexdigest()}@{born}"


def row_of(part: str, place: Place, value: object, born: int) -> Mapping[str, Any]:
    """The row of an entry."""
    code = code_of(encode([part, *place]))
    return {"part": part, "place": list(place), "data": encode(value), "born": born, "row": code}


class Parts:
    """The parts of the state of a generation, each read when it is asked for."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._parts: dict[str, Mapping[str, Any]] = {}

    def get(self, part: str) -> Mapping[str, Any]:
        """A part; empty when there is none."""
        if part in self._view.manifest.parts:
            return self._view.manifest.parts[part]
        if part not in self._parts:
            self._parts[part] = self._read(part)
        return self._parts[part]

    def entries(self, part: str) -> Mapping[Place, Entry]:
        """What is kept of a part that is not in the manifest, to write only what changes."""
        return {place: Entry(born, digest_of(value)) for place, value, born in self._entries(part)}

    def _entries(self, part: str) -> Iterator[tuple[Place, Any, int]]:
        if not self._view.manifest.generation:
            return
        more = {"size": ROWS, "sort": ["row", "born"]}
        for hit in self._view.pages(self._view.indices.state, {"term": {"part": part}}, more):
            source = hit["_source"]
            table, key = source["place"]
            yield (table, key), json.loads(source["data"]), source["born"]

    def _read(self, part: str) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for (table, key), value, _ in self._entries(part):
            if not table:
                return dict(value)
            rows = found.setdefault(table, {})
            if key:
                rows[key] = value
        return {table: dict(sorted(rows.items())) for table, rows in found.items()}
