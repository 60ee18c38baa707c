"""``progsearch status``: where is the index, how large is it, and is anybody writing?"""

from __future__ import annotations

from typing import Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.table_files import Format, chosen_format, write_listing

__all__ = ["register"]


def status(
    format_: Format = None,
    output: o.Output = None,
    bytes_: Annotated[
        bool, typer.Option("--bytes", help="Sizes in bytes, also where people read them.")
    ] = False,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Tell the engine of the index, where it is, its generation and size, and who writes to it.

    Examples:
      progsearch status
      progsearch status -f json
    """
    from contextlib import closing

    from progsearch.cli._support.index import left_line, reading
    from progsearch.engine import open_engine
    from progsearch.export.formats import TERMINAL
    from progsearch.export.tables import Column, Table, Value
    from progsearch.state import summary_of

    chosen = chosen_format(format_, output)
    with closing(open_engine(index)) as engine, reading(engine):
        told, summary = engine.status(), summary_of(engine)
    plain = bytes_ or chosen != TERMINAL
    rows: list[list[Value]] = [
        ["engine", told.engine],
        ["library", told.library],
        ["place", told.place],
        ["generation", told.generation],
        ["documents", f"{summary.documents if summary else 0}"],
        ["passages", f"{summary.passages if summary else 0}"],
        ["size", f"{told.size}" if plain else _size(told.size)],
        ["writer", told.writer or "nobody"],
    ]
    notes = [*told.notes, *([left_line(summary.left)] if summary and summary.left else [])]
    rows += [["note", note] for note in notes]
    columns = (
        Column("what", "string", "What is told"),
        Column("value", "string", "What it is"),
    )
    write_listing([Table("status", "What the index is", columns, rows)], chosen, output)


def _size(number: int) -> str:
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:,.0f} {unit}"
        number //= 1000
    return f"{number:,.0f} GB"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("status")(status)
