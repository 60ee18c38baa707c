"""Markdown: tables to paste into a draft, the account below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from progsearch.export.markdown import escaped
from progsearch.export.tables.table import About, Table, shown

__all__ = ["write"]


def write(tables: Sequence[Table], about: About | None, out: TextIO) -> None:
    """Write every table under its title, and what was asked of which corpus."""
    for table in tables:
        if len(tables) > 1:
            out.write(f"## {escaped(table.title)}\n\n")
        out.write("| " + " | ".join(escaped(one.name) for one in table.columns) + " |\n")
        marks = ("---" if one.kind == "string" else "---:" for one in table.columns)
        out.write("| " + " | ".join(marks) + " |\n")
        for row in table.rows:
            pairs = zip(table.columns, row, strict=True)
            cells = (escaped(shown(column, value)) for column, value in pairs)
            out.write("| " + " | ".join(cells) + " |\n")
        if about or table is not tables[-1]:
            out.write("\n")
    lines = about.lines() if about else ()
    out.writelines(f"- {escaped(name)}: {escaped(value)}\n" for name, value in lines)
