"""Lists of words on a terminal: a table for each group and language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from progsearch.cli._support.comparison import named
from progsearch.cli._support.grid import GridColumn, Text, grid
from progsearch.cli._support.screen import Screen
from progsearch.compare import Group
from progsearch.export.tables import Table, shown
from progsearch.visible import visible

__all__ = ["write_by_group"]

_WORD = 16  # columns to which a word may be folded


def write_by_group(
    table: Table,
    by: Sequence[str],
    places: Sequence[tuple[tuple[str, ...], str]],
    groups: Iterable[Group],
    told: Callable[[tuple[str, ...], str], str],
    kept: Sequence[str],
    out: TextIO,
) -> None:
    """Write the rows of each group and language under a heading.

    ``places`` has the group and the language of each row, ``told`` what the heading says of
    them. ``kept`` names the columns that are shown beside the word, the least needed last; the
    first is never given up.
    """
    screen = Screen(out)
    names = {group.values: " · ".join(named(by, group)) for group in groups}
    first = len(by) + ("lang" not in by)
    for place in dict.fromkeys(places):
        rows = [row for row, one in zip(table.rows, places, strict=True) if one == place]
        group, lang = place
        title = [names[group], *([] if "lang" in by else [lang]), told(group, lang)]
        screen.print(Text(" · ".join(filter(None, title)), style="bold"))
        columns: list[GridColumn] = []
        for at, column in enumerate(table.columns):
            if at < first or (at > first and column.name not in kept):
                continue
            texts = [shown(column, row[at]) for row in rows]
            number = column.kind in ("integer", "number")
            columns.append(
                GridColumn(
                    column.name.replace("_", " "),
                    [Text(visible(text), style="bold" if at == first else "") for text in texts],
                    right=number,
                    spare=0 if at == first else kept.index(column.name),
                    least=0 if number else _WORD,
                )
            )
        screen.print(grid(columns, screen.width))
        screen.print()
