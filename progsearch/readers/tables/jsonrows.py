"""Rows in JSON: a list of objects, or an object a line (JSON lines), as archives give them.

What the names mean is told by the settings, as for columns; see
:mod:`progsearch.readers.tables.mapping`. What lies deeper is named with dots, ``speaker.party``.
Every list of objects that have a text is read, however deep it lies, and what the objects around
it state holds for them (:mod:`progsearch.readers.tables.nested`). The numbers of lines are those of
JSON lines; of lists, the place of the object among those that are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers.source import Source
from progsearch.readers.tables.headers import named_once
from progsearch.readers.tables.nested import found_in, too_deep
from progsearch.readers.tables.rows import documents

__all__ = ["read", "sniff"]

_SUFFIXES = frozenset((".json", ".jsonl", ".ndjson", ".geojson", ".jsonld", ".webmanifest"))
_OPENING = re.compile(rb"\s*(?:\[\s*(?:\{|\])|\{\s*(?:\"|\}))")


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether its name says that it is JSON, or all of it is, whatever its name."""
    if path.suffix.lower() in _SUFFIXES:
        return True
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not _OPENING.match(head):
        return False
    try:
        json.loads(head)
    except (ValueError, RecursionError):
        marked = path.suffix.lower() in (".md", ".markdown", ".html", ".htm")
        return not marked and _is_lines(head)
    return True


def _is_lines(data: bytes) -> bool:
    """Whether the first two lines are objects."""
    lines = [line for line in data[:1_000_000].split(b"\n", 3)[:2] if line.strip()]
    try:
        return len(lines) == 2 and all(isinstance(json.loads(line), dict) for line in lines)
    except (ValueError, RecursionError):
        return False


def read(source: Source) -> Iterator[RawDocument]:
    """The documents of the rows.

    Raises ProgsearchError for what is no JSON, has no rows or no name that is the text.
    """
    text, notes = source.text()
    if not text.strip():
        raise ProgsearchError(
            "the file is empty", where="line 1", remedy="write its rows, or take it away"
        )
    found = found_in(_objects(text), source.options.tables, source.path)
    yield from documents(
        found.rows,
        found.columns,
        "table",
        source.path,
        meta=found.meta,
        name=found.title,
        left=found.left,
        notes=[*notes, *found.notes],
    )


def _objects(text: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The objects with the numbers of their lines; 0 where they do not stand on lines."""
    try:
        whole = json.loads(text, object_pairs_hook=_each_once)
    except RecursionError:
        raise too_deep() from None
    except json.JSONDecodeError as error:
        return _by_lines(text, error)
    rows = whole if isinstance(whole, list) else [whole]
    others = [one for one in rows if not isinstance(one, dict)]
    if others or not rows:
        many = len(others) > 1 and isinstance(whole, list)
        told = f"a list of {len(others):,} values that have no names" if many else "a value"
        raise ProgsearchError(
            f"there is no list of objects in the JSON, which would be rows, but {told}",
            remedy='give each a name, as in [{"text": "…"}], or make a CSV of it',
        )
    return [(0, one) for one in rows]


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object with every value that the file gives it: a second ``text`` is ``text (2)``."""
    values = [value for _, value in pairs]
    return dict(zip(named_once([name for name, _ in pairs]), values, strict=True))


def _by_lines(text: str, error: json.JSONDecodeError) -> list[tuple[int, Mapping[str, Any]]]:
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line, object_pairs_hook=_each_once)
        except RecursionError:
            raise too_deep() from None
        except json.JSONDecodeError as inner:
            told = inner if found else error
            where = number if found else error.lineno
            raise ProgsearchError(
                f"not JSON: {told.msg}", where=f"line {where}", remedy="write the file anew"
            ) from error
        if not isinstance(one, dict):
            raise ProgsearchError(
                "a line of JSON that is no object",
                where=f"line {number}",
                remedy="write an object a line",
            )
        found.append((number, one))
    return found
