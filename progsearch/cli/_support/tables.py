"""Tables on a terminal and in files: the same rows as text, CSV, JSON and Markdown."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from progsearch.errors import ProgsearchError
from progsearch.export.csv import harmless
from progsearch.export.markdown import escaped
from progsearch.visible import json_text, visible

__all__ = ["FORMATS", "Cell", "check_format", "write_table"]

FORMATS = ("table", "csv", "json", "md")

Cell = str | int | float


def check_format(name: str) -> None:
    """Raise ProgsearchError unless a table can be written in that format."""
    if name not in FORMATS:
        raise ProgsearchError(
            f"no format {name!r}", where="--format", remedy=f"choose {', '.join(FORMATS)}"
        )


def write_table(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], out: TextIO, format_: str
) -> None:
    """Write rows under the names of their columns; numbers stand right."""
    match format_:
        case "csv":
            lines = csv.writer(out, lineterminator="\r\n")
            lines.writerow(map(harmless, columns))
            lines.writerows([harmless(cell) for cell in row] for row in rows)
        case "json":
            records = [dict(zip(columns, row, strict=True)) for row in rows]
            out.write(json_text(records, indent=1) + "\n")
        case "md":
            out.write("| " + " | ".join(map(escaped, columns)) + " |\n")
            marks = ("---:" if _is_number(rows, at) else "---" for at in range(len(columns)))
            out.write("| " + " | ".join(marks) + " |\n")
            out.writelines(
                "| " + " | ".join(escaped(_text(cell)) for cell in row) + " |\n" for row in rows
            )
        case _:
            _terminal(columns, rows, out)


def _is_number(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    return bool(rows) and all(isinstance(row[at], int | float) for row in rows)


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else visible(cell)


def _terminal(columns: Sequence[str], rows: Sequence[Sequence[Cell]], out: TextIO) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from progsearch.cli._support.output import use_colour

    table = Table(
        box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", padding=(0, 1, 0, 0)
    )
    for at, name in enumerate(columns):
        number = _is_number(rows, at)
        table.add_column(
            Text(name), justify="right" if number else "left", no_wrap=number, overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(_text(cell)) for cell in row))
    console = Console(
        file=out,
        no_color=not use_colour(out),
        force_terminal=use_colour(out),
        # What is not read on a terminal is read by a program: one row, one line.
        width=None if out.isatty() else 10_000,
        highlight=False,
    )
    console.print(table)
