"""Comma-separated values (RFC 4180) that open right in a spreadsheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import Any, TextIO

from progsearch.export.rows import COLUMNS, row
from progsearch.search import Hit

__all__ = ["harmless", "write"]

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: an apostrophe is put before it.

    Rule: OWASP, "CSV Injection".
    """
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return f"'{value}"
    return value


def _cell(value: Any) -> object:  # noqa: ANN401
    if isinstance(value, list):
        if not value:
            return ""
        if all(isinstance(one, str) for one in value):
            return harmless(" ".join(value))
        return json.dumps(value, ensure_ascii=False)
    return harmless(value)


def write(hits: Iterable[Hit], out: TextIO) -> None:
    """Write a header and one row a hit; ``matches`` is JSON in its cell."""
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for hit in hits:
        record = row(hit)
        rows.writerow([_cell(record[name]) for name in COLUMNS])
