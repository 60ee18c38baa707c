"""``progsearch count``: how many passages of each group match."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.account import By
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, Format, Schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from progsearch.api.answers import CountAnswer

__all__ = ["register"]


@filtered()
def count(
    *,
    context: typer.Context,
    query: o.Words = None,
    from_: o.From = None,
    theme: o.Theme = None,
    by: By = None,
    wanted: Wanted,
    format_: Format = None,
    bom: Bom = False,
    schema: Schema = False,
    save: Save = None,
    themes: o.ThemeFolders = None,
    expand: o.Expand = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Count passages and documents, and their rate per 1,000 passages of each group.

    Examples:
      progsearch count --theme healthcare-staffing --by party,year
      progsearch count bydlení OR bostad --by region -o counts.csv
    """
    from progsearch.api import answers
    from progsearch.api.tables import about
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.compare.basis import denominator
    from progsearch.compare.notes import COUNTED
    from progsearch.export.counts import counts_table

    chosen = chosen_format(format_, output, schema=schema)
    with opened(index) as asked:
        answer = answers.count(
            asked,
            text_of(query),
            themes=theme,
            folders=themes,
            by=by,
            expand=expand,
            from_=from_,
            **wanted,
        )
        for line in (*answer.translations, *answer.warnings):
            say(line)
        table = counts_table(answer.by, answer.cells, themes=answer.themes)
        if chosen == "table":
            with sink(output) as out:
                _write(answer, out)
        else:
            what = {
                "themes": list(theme or ()),
                "words": " ".join(query or ()),
                "from": from_,
                "by": list(answer.by),
            }
            of = denominator(answer.filters, answer.by)
            notes = [COUNTED, *answer.translations]
            account = about(asked, "count", what, answer.filters, answer.left_out, notes, of)
            write_tables([table], account, chosen, output, bom=bom, schema=schema)
        if save:
            from progsearch.cli._support.recipe import save_recipe, themes_of

            totals = {name or "passages": found for name, found in answer.found.items()}
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, totals, table.rows)
    for line in (*answer.totals, *answer.hints):
        say(line)


def _write(answer: CountAnswer, out: TextIO) -> None:
    """The counts on a terminal, the least needed columns left out where it is narrow."""
    from progsearch.cli._support.comparison import WIDE, broken, columns_of_groups, unknown_from
    from progsearch.cli._support.grid import GridColumn, Text, grid
    from progsearch.cli._support.screen import Screen
    from progsearch.export.tables import decimal

    screen = Screen(out)
    groups, cells = [group for group, _ in answer.cells], [cell for _, cell in answer.cells]

    def column(name: str, texts: Sequence[str], spare: int = 0) -> GridColumn:
        return GridColumn(name, [Text(text) for text in texts], spare=spare)

    columns: list[GridColumn] = []
    if answer.themes:
        shorten = broken if screen.width < WIDE else str
        names = [Text(shorten(cell.theme)) for cell in cells]
        columns.append(GridColumn("theme", names, right=False))
    columns += columns_of_groups(answer.by, groups, [""] * len(groups), screen.width)
    columns += [
        column("passages", [f"{cell.passages:,}" for cell in cells]),
        column("documents", [f"{cell.documents:,}" for cell in cells], spare=3),
        column("of", [f"{cell.of_passages:,}" for cell in cells], spare=2),
        column("per 1,000", [decimal(cell.rate_per_1000) for cell in cells], spare=1),
        column("per million words", [decimal(cell.per_million_words) for cell in cells], spare=4),
    ]
    if cells:
        apart = None if answer.themes else unknown_from(groups)
        screen.print(grid(columns, screen.width, apart))


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("count")(count)
