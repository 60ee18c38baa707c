"""Comma-separated values (RFC 4180), the first table alone: one row, one cell a value."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from progsearch.export.csv import harmless
from progsearch.export.tables.table import About, Column, Table, Value

__all__ = ["write"]


def write(tables: Sequence[Table], about: About | None, out: TextIO) -> None:  # noqa: ARG001
    """Write the first table. The account belongs into a file beside it."""
    table = tables[0]
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(harmless(column.name) for column in table.columns)
    for row in table.rows:
        pairs = zip(table.columns, row, strict=True)
        lines.writerow(_cell(column, value) for column, value in pairs)


def _cell(column: Column, value: Value) -> object:
    if value is None:
        return ""
    if column.kind == "boolean":
        return "true" if value else "false"
    # A negative number is no formula.
    return harmless(value) if column.kind == "string" else value
