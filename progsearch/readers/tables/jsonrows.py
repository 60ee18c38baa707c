"""Rows in JSON: a list of objects, or an object a line (JSON lines), as archives give them.

What the names mean is told by the settings, as for columns; see
:mod:`progsearch.readers.tables.mapping`. What lies deeper is named with dots, ``speaker.party``.
The numbers of lines are those of JSON lines; of a list, the place of the object in it.
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
from progsearch.readers.tables.mapping import OWN_NAMES, columns_of
from progsearch.readers.tables.rows import Row, documents
from progsearch.soundness import sound

__all__ = ["read", "sniff"]

_SUFFIXES = frozenset((".json", ".jsonl", ".ndjson", ".geojson", ".jsonld", ".webmanifest"))
_OWN: Mapping[str, tuple[str, ...]] = {**OWN_NAMES, "text": ("text", "body", "content")}
_OPENING = re.compile(rb"\s*(?:\[\s*(?:\{|\])|\{\s*(?:\"|\}))")
_NEXT = "\x1e"
"""Between the values of a list until it is known what they are: paragraphs of a text, or names."""
MAX_DEPTH = 50
MAX_KEYS = 1_000
DEEP = 6
"""A list of rows lies at most so deep in a file."""


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether its name says that it is JSON, or all of it is, whatever its name."""
    if path.suffix.lower() in _SUFFIXES:
        return True
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not _OPENING.match(head) or path.suffix.lower() in (".md", ".markdown", ".html", ".htm"):
        return False
    try:
        json.loads(head)
    except (ValueError, RecursionError):
        return _is_lines(head)
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
    found = _objects(text)
    rows: list[Row] = []
    header: dict[str, None] = {}
    for number, one in found:
        cells: dict[str, str] = {}
        _flatten(one, "", cells, 1)
        header.update(dict.fromkeys(cells))
        if len(header) > MAX_KEYS:
            raise ProgsearchError(
                f"the objects have more than {MAX_KEYS:,} names",
                remedy="make a CSV or JSON lines of it, with a column for each name",
            )
        rows.append(Row(number, cells))
    if not header:
        raise ProgsearchError(
            "there is no list of objects in the JSON, which would be rows",
            remedy="make a CSV or JSON lines of it",
        )
    columns = columns_of(list(header), source.options.tables, source.path, _OWN)
    used = set(columns.text)
    rows = [
        Row(
            row.number,
            {k: v.replace(_NEXT, "\n\n" if k in used else ", ") for k, v in row.cells.items()},
        )
        for row in rows
    ]
    yield from documents(rows, columns, "table", source.path, notes=notes)


def _objects(text: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The objects with their numbers."""
    try:
        whole = json.loads(text)
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        return _by_lines(text, error)
    rows = _rows(whole, 0)
    return list(enumerate(rows, 1))


def _by_lines(text: str, error: json.JSONDecodeError) -> list[tuple[int, Mapping[str, Any]]]:
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except RecursionError:
            raise _too_deep() from None
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


def _rows(value: object, depth: int) -> list[Mapping[str, Any]]:
    """The longest list of objects in a value; an object that has none is a row itself."""
    if isinstance(value, list):
        objects: list[Mapping[str, Any]] = [one for one in value if isinstance(one, dict)]
        return objects if len(objects) == len(value) else []
    if not isinstance(value, dict):
        return []
    lists = [
        _rows(one, depth + 1)
        for one in value.values()
        if depth < DEEP and isinstance(one, list | dict)
    ]
    longest = max((rows for rows in lists if len(rows) > 1), key=len, default=[])
    return longest or [value]


def _flatten(value: object, name: str, cells: dict[str, str], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _too_deep()
    match value:
        case dict():
            for key, one in value.items():
                inner = " ".join(str(key).split())
                _flatten(one, f"{name}.{inner}" if name else inner, cells, depth + 1)
        case list():
            if all(isinstance(one, str | int | float) for one in value):
                cells[name] = _NEXT.join(map(str, value))
            else:
                texts = [one for one in value if isinstance(one, str)]
                if texts:
                    cells[name] = "\n".join(texts)
        case None:
            cells[name] = ""
        case bool():
            cells[name] = str(value)
        case float() if value.is_integer() and abs(value) < 1e15:
            cells[name] = str(int(value))
        case _:
            cells[name] = str(sound(str(value)))


def _too_deep() -> ProgsearchError:
    return ProgsearchError("nested too deeply", remedy=f"keep to {MAX_DEPTH} levels")
