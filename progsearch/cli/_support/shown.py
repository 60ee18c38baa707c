"""Tables on a terminal: numbers right, texts in lines that break where people would."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from progsearch.cli._support.grid import GridColumn, Text, grid
from progsearch.cli._support.screen import Screen
from progsearch.cli._support.wrapping import longest_piece

if TYPE_CHECKING:
    from progsearch.export.tables import Table

__all__ = ["write_table"]

_LEAST, _MOST = 8, 32
"""Columns of the terminal to which a text may be folded, where its words are no longer."""


def write_table(table: Table, out: TextIO) -> None:
    """Write a table, and below it for which columns there is no room.

    What tells the rows apart is kept; of the others the last go first.
    """
    from progsearch.export.tables import shown

    screen = Screen(out)
    columns: list[GridColumn] = []
    for at, column in enumerate(table.columns):
        number = column.kind in ("integer", "number")
        texts = [shown(column, row[at]) for row in table.rows]
        longest = max(map(longest_piece, (column.name, *texts)))
        columns.append(
            GridColumn(
                column.name,
                [Text(text) for text in texts],
                right=number,
                spare=0 if column.name in table.key or not at else at,
                least=0 if number else min(_MOST, max(_LEAST, longest)),
            )
        )
    screen.print(grid(columns, screen.width))
