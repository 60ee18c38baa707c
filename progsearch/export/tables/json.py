"""JSON: one object with the account and every table as an array of objects.

A table without an account, which is a list of what there is, is the array by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from progsearch.export.tables.table import About, Table
from progsearch.visible import json_text

__all__ = ["write"]


def write(tables: Sequence[Table], about: About | None, out: TextIO) -> None:
    """Write the account and the tables, one object a line."""
    if about is None:
        rows = ",\n".join(json_text(one) for table in tables for one in table.records())
        out.write(f"[\n{rows}\n]\n" if rows else "[]\n")
        return
    out.write('{"about": ')
    out.write(json_text(about.record(), indent=1))
    for table in tables:
        rows = ",\n".join(json_text(one) for one in table.records())
        out.write(f",\n{json_text(table.name)}: [\n{rows}\n]" if rows else f',\n"{table.name}": []')
    out.write("}\n")
