"""The whole of an index as one SQLite file, which Datasette and sqlite-utils open.

Its tables are ``documents`` and ``facts`` (one row a fact of a document, with its origin),
``passages``, and ``passages_fts``, a full-text index of the passages' text and headings (FTS5,
with letters found without their accents). Lists are JSON. Views of this kind are the custom of
sqlite-utils: https://sqlite-utils.datasette.io, "Full-text search".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

from progsearch.analysis import reading
from progsearch.errors import ProgsearchError
from progsearch.visible import json_text

__all__ = ["write_sqlite"]

_FACTS = ("lang", "country", "region", "party", "date", "kind")

_TABLES = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    format TEXT NOT NULL,
    lang TEXT, country TEXT, region TEXT, region_name TEXT, party TEXT, date TEXT, kind TEXT,
    campaign TEXT,
    people TEXT NOT NULL,
    notes TEXT NOT NULL,
    extra TEXT NOT NULL,
    body_hash TEXT NOT NULL
);
CREATE TABLE facts (
    document TEXT NOT NULL REFERENCES documents(id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (document, name)
);
CREATE TABLE passages (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents(id),
    number INTEGER NOT NULL,
    path TEXT NOT NULL,
    line INTEGER NOT NULL,
    end_line INTEGER NOT NULL,
    page INTEGER,
    role TEXT NOT NULL,
    commitment TEXT NOT NULL,
    lang TEXT NOT NULL,
    headings TEXT NOT NULL,
    label TEXT NOT NULL,
    speaker TEXT,
    speaker_party TEXT,
    text TEXT NOT NULL,
    source TEXT NOT NULL
);
CREATE INDEX passages_of_document ON passages (document, number);
CREATE VIRTUAL TABLE passages_fts USING fts5 (
    text, headings, content='passages', tokenize='unicode61 remove_diacritics 2'
);
"""
_DOCUMENT, _FACT, _PASSAGE = (
    f"INSERT INTO {name} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - names of our own
    for name, columns in (("documents", 16), ("facts", 4), ("passages", 16))
)


def write_sqlite(rows: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write the file; how many rows the passages and documents without any made.

    ``rows`` are those of :func:`progsearch.export.corpus.corpus_rows`. ``text`` is a passage as
    people read it, ``source`` as it stands in the file. Raises ProgsearchError when SQLite
    cannot write it, or knows no FTS5.
    """
    try:
        return _written(rows, path)
    except sqlite3.Error as error:
        raise ProgsearchError(
            f"SQLite cannot write this: {error}",
            where="--format sqlite",
            remedy="choose another format, or a Python whose SQLite has FTS5",
        ) from error


def _written(rows: Iterable[Mapping[str, Any]], path: Path) -> int:
    count = 0
    path.touch()  # SQLite does not say why a file cannot be made
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(_TABLES)
        for _, group in groupby(rows, key=lambda row: row["document"]):
            of_document = list(group)
            count += len(of_document)
            first = of_document[0]
            file.execute(_DOCUMENT, _document(first))
            file.executemany(_FACT, _facts(first))
            file.executemany(_PASSAGE, map(_passage, filter(_is_passage, of_document)))
        file.execute("INSERT INTO passages_fts(passages_fts) VALUES ('rebuild')")
    return count


def _is_passage(row: Mapping[str, Any]) -> bool:
    return bool(row["number"])


def _document(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        row["document"],
        row["path"],
        row["title"],
        row["format"],
        *(row[f"document_{name}"] for name in _FACTS[:3]),
        row["document_region_name"],
        *(row[f"document_{name}"] for name in _FACTS[3:]),
        row["campaign"],
        *(json_text(row[name]) for name in ("people", "notes", "extra")),
        row["body_hash"],
    )


def _facts(row: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for name in _FACTS:
        if row[f"document_{name}"]:
            origin = row[f"document_{name}_origin"]
            yield row["document"], name, str(row[f"document_{name}"]), str(origin)


def _passage(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        row["id"],
        row["document"],
        row["number"],
        row["path"],
        row["line"],
        row["end_line"],
        row["page"] or None,
        row["role"],
        row["commitment"],
        row["lang"],
        " > ".join(row["headings"]),
        row["label"],
        row["speaker_name"] or None,
        row["speaker_party"] or None,
        reading(row["text"]).text.strip(),
        row["text"],
    )
