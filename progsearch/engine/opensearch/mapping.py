"""The indices of a set: what they are called, which fields they have, and how keys are indexed.

The value of a text field is its positions, one a line, with the keys of each joined by
:data:`KEY`. A tokenizer cuts lines, a filter cuts their keys, so that all keys of a position
stand on it; the same analysis makes one phrase with alternatives of a query in that form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from progsearch.engine.copies import PASSAGE_FACETS
from progsearch.engine.opensearch.client import Client, ScriptsError
from progsearch.query import FACETS

__all__ = [
    "DOCUMENT_FACETS",
    "KEY",
    "LAYOUT",
    "LINE",
    "UNKNOWN",
    "Indices",
    "code_of",
    "create_set",
    "delete_set",
    "key_of",
    "mappings",
    "term_of",
]

LAYOUT = 2
"""Changes when rows written before can no longer be read."""

UNKNOWN = "\x01"
"""Stands for a facet without a value."""

KEY, LINE = "\x1f", "\n"
"""Between the keys of a position, and between positions."""

LONGEST = 32_000
"""Bytes of a term; Lucene takes 766 more."""

DOCUMENT_FACETS = tuple(name for name in FACETS if name not in PASSAGE_FACETS)


@dataclass(frozen=True, slots=True)
class Indices:
    """The names of the indices of a set."""

    prefix: str
    number: int

    def _name(self, of: str) -> str:
        return f"{self.prefix}-{self.number:06d}-{of}"

    @property
    def passages(self) -> str:
        """Passages, routed by the document that they are of."""
        return self._name("passages")

    @property
    def documents(self) -> str:
        """Documents, routed in the same way."""
        return self._name("documents")

    @property
    def vocabulary(self) -> str:
        """Lines of the vocabulary; what has been seen stays."""
        return self._name("vocabulary")

    @property
    def state(self) -> str:
        """Parts of the state, those with tables a row an entry."""
        return self._name("state")

    @property
    def all(self) -> Sequence[str]:
        """All of them."""
        return self.passages, self.documents, self.vocabulary, self.state

    @property
    def rows(self) -> Sequence[str]:
        """Those whose rows are born and die."""
        return self.passages, self.documents, self.state


def code_of(text: str) -> int:
    """A number for a document, a passage or a line: signed, of 64 bits."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def term_of(key: str) -> str:
    """A key as it is indexed: one that is longer than Lucene takes by its hash."""
    if len(key) * 4 <= LONGEST or len(key.encode()) <= LONGEST:
        return key
    return f"\x02{blake2b(key.encode(), digest_size=16).hexdigest()}"


def key_of(lang: str, folded: str) -> str:
    """What a line of the vocabulary is found by; of a very long form its beginning."""
    return f"{lang}\t{folded}"[: LONGEST // 4]


_KEYWORD = {"type": "keyword"}
_LIFE = {name: {"type": "integer"} for name in ("born", "died", "share")} | {
    "row": {"type": "long"}
}
# JSON as one text, for a cluster does not keep the order of the keys of an object.
_DATA = {"type": "object", "enabled": False}
_SEAL = {"type": "keyword", "index": False, "doc_values": False}

_ANALYSIS = {
    "tokenizer": {
        # With fewer, the alternatives at a position of a query are cut over several.
        "positions": {
            "type": "char_group",
            "tokenize_on_chars": [LINE],
            "max_token_length": 1_000_000,
        }
    },
    "filter": {
        "keys": {
            "type": "pattern_capture",
            "preserve_original": False,
            "patterns": [f"([^{KEY}]+)"],
        }
    },
    "analyzer": {"keys": {"type": "custom", "tokenizer": "positions", "filter": ["keys"]}},
}

_SCRIPTED = {
    "type": "scripted",
    # BM25 as engine/bm25.py has it; rarity and weight are in the boost, so shards do not matter.
    "script": {
        "source": "return query.boost * 2.2 * doc.freq"
        " / (doc.freq + 1.2 * (0.5 + 0.5 * doc.length / 30.0));"
    },
}
_PLAIN = {"type": "BM25", "k1": 1.2, "b": 0.5}


def _passages(similarity: Mapping[str, Any]) -> Mapping[str, Any]:
    text = {"type": "text", "analyzer": "keys", "similarity": "ours", "index_options": "positions"}
    properties: dict[str, Any] = dict.fromkeys(FACETS, _KEYWORD)
    properties |= {"text": text, "headings": text, "path": _KEYWORD, "family": _KEYWORD}
    properties |= {name: {"type": "integer"} for name in ("number", "words")}
    properties |= {name: {"type": "integer"} for name in ("first_day", "last_day")}
    properties |= {"passage": {"type": "keyword", "doc_values": False}, "code": {"type": "long"}}
    return {
        "settings": {"analysis": _ANALYSIS, "similarity": {"ours": similarity}},
        "mappings": _mapping(properties | {"data": _DATA, "seal": _SEAL} | _LIFE),
    }


def _mapping(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"dynamic": "strict", "properties": properties}


def mappings(indices: Indices) -> Mapping[str, Mapping[str, Any]]:
    """The fields of each index of a set."""
    return {name: body["mappings"] for name, body in _bodies(indices, _PLAIN).items()}


def _bodies(indices: Indices, similarity: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    documents = dict.fromkeys(("document", "path", "region", "region_name", "family"), _KEYWORD)
    return {
        indices.passages: _passages(similarity),
        indices.documents: {"mappings": _mapping({**documents, "data": _DATA, **_LIFE})},
        indices.vocabulary: {
            "mappings": _mapping({"key": _KEYWORD, "row": {"type": "long"}, "line": _DATA})
        },
        indices.state: {
            "mappings": _mapping({"part": _KEYWORD, "place": _DATA, "data": _DATA, **_LIFE})
        },
    }


def create_set(client: Client, indices: Indices, shards: int) -> None:
    """Make the indices of a set that is still empty; those that are there are left."""
    try:
        _create(client, indices, shards, _SCRIPTED)
    except ScriptsError:
        _create(client, indices, shards, _PLAIN)


def _create(client: Client, indices: Indices, shards: int, similarity: Mapping[str, Any]) -> None:
    for name, body in _bodies(indices, similarity).items():
        settings = {
            "number_of_shards": shards if name in (indices.passages, indices.documents) else 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
            **body.get("settings", {}),
        }
        there = client.ask("GET", f"/{name}", missing=True)
        if there is None:
            client.ask("PUT", f"/{name}", {**body, "settings": settings})
    names = ",".join(indices.all)
    # In the path, for the client takes a parameter of this name for its own.
    client.ask("GET", f"/_cluster/health/{names}?wait_for_status=yellow&timeout=30s")


def delete_set(client: Client, indices: Indices) -> None:
    """Take the indices of a set away; those that are gone are none the worse."""
    for name in indices.all:
        client.ask("DELETE", f"/{name}", missing=True)
