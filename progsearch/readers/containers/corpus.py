"""A corpus that was exported as JSON lines: documents that come with their passages.

One object a passage, as :mod:`progsearch.export.corpus` writes them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from progsearch.errors import ProgsearchError
from progsearch.flatrows import SCHEMA, check_row, ready_from
from progsearch.model import ReadyDocument, document_id
from progsearch.readers.source import Source
from progsearch.soundness import sound

__all__ = ["read", "sniff"]

_MARK = f'{{"schema": "{SCHEMA.rpartition(" ")[0]} '.encode()


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the first line is a passage of an export."""
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(_MARK)


def read(source: Source) -> Iterator[ReadyDocument]:
    """The documents, one at a time.

    Raises ProgsearchError, with the line, for what is no JSON, for an export of another
    version and for documents that are not whole.
    """
    rows: list[dict[str, Any]] = []
    first = 1
    for number, line in enumerate(io.BytesIO(source.data), 1):
        if not line.strip():
            continue
        row = _row(line, number)
        if rows and row.get("document") != rows[0].get("document"):
            yield _ready(rows, first)
            rows, first = [], number
        rows.append(row)
    if rows:
        yield _ready(rows, first)


def _row(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        raise ProgsearchError(
            "nested too deeply", where=f"line {number}", remedy="export the corpus anew"
        ) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ProgsearchError(
            f"not JSON: {error}", where=f"line {number}", remedy="export the corpus anew"
        ) from error
    row = sound(row)
    if not isinstance(row, dict) or row.get("schema") != SCHEMA:
        raise ProgsearchError(
            f"not a row of {SCHEMA}", where=f"line {number}", remedy="export the corpus anew"
        )
    try:
        check_row(row)
        _check_names(row)
    except ProgsearchError as error:
        raise ProgsearchError(error.what, where=f"line {number}", remedy=error.remedy) from None
    return row


def _check_names(row: Mapping[str, Any]) -> None:
    """Raise ProgsearchError when a document is not named by its path, or a passage not by its
    document: it would take the place of another one."""
    document = document_id(row["path"])
    for name, wanted in (("document", document), ("id", f"{document}.{row['number']}")):
        if row[name] != wanted and (name == "document" or row["number"]):
            raise ProgsearchError(
                f"{name}: {row[name]!r} is not the name of {row['path']}, which is {wanted!r}",
                remedy="export the corpus anew",
            )


def _ready(rows: list[dict[str, Any]], first: int) -> ReadyDocument:
    try:
        return ready_from(rows)
    except ProgsearchError as error:
        raise ProgsearchError(error.what, where=f"line {first}", remedy=error.remedy) from error
