"""``progsearch count``: how many passages of each group match."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.questions import By
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, Format, Schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from progsearch.cli._support.themes import LookedFor
    from progsearch.compare import Cell, Group
    from progsearch.scope import Filters
    from progsearch.search import Index, TallyTable

__all__ = ["register"]

NOTE = "groups in which nothing was found are left out; compare has them"


@filtered()
def count(
    *,
    context: typer.Context,
    query: o.Words = None,
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
    """Count passages and documents, and their rate per 1,000 passages of each group."""
    from progsearch.cli._support.index import opened, query_of
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.questions import about, groups_by
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.cli._support.themes import looked_for
    from progsearch.export.basis import denominator, shared_line
    from progsearch.export.counts import counted_cells, counts_table

    chosen = chosen_format(format_, output, schema=schema)
    dimensions = groups_by(by, "region")
    parsed = query_of(query)
    with opened(index) as asked:
        sought = looked_for(asked, parsed, theme, themes, expand=expand)
        counted = _counted(asked, sought, wanted, dimensions)
        rows = counted_cells(asked, dimensions, counted)
        table = counts_table(dimensions, rows, themes=bool(sought.each))
        if chosen == "table":
            with sink(output) as out:
                _write(dimensions, rows, out, themes=bool(sought.each))
        else:
            what = {"themes": list(theme or ()), "words": " ".join(query or ()), "by": dimensions}
            left_out = counted[0][1].left_out
            of = denominator(wanted, dimensions)
            account = about(asked, "count", what, wanted, left_out, [NOTE], of)
            write_tables([table], account, chosen, output, bom=bom, schema=schema)
        if save:
            from progsearch.cli._support.recipe import save_recipe, themes_of

            totals = {name or "passages": one.total.passages for name, one in counted}
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, totals, table.rows)
    for name, one in counted:
        _say_total(name, one, wanted)
    if counted[0][1].shared:
        say(shared_line(counted[0][1].shared))


def _write(
    by: Sequence[str], found: Sequence[tuple[Group, Cell]], out: TextIO, *, themes: bool
) -> None:
    """The counts on a terminal, the least needed columns left out where it is narrow."""
    from rich.text import Text

    from progsearch.cli._support.comparison import WIDE, broken, columns_of_groups, unknown_from
    from progsearch.cli._support.grid import GridColumn, console, grid

    screen = console(out)
    groups, cells = [group for group, _ in found], [cell for _, cell in found]

    def column(name: str, texts: Sequence[str], spare: int = 0) -> GridColumn:
        return GridColumn(name, [Text(text) for text in texts], spare=spare)

    columns: list[GridColumn] = []
    if themes:
        shorten = broken if screen.width < WIDE else str
        names = [Text(shorten(cell.theme)) for cell in cells]
        columns.append(GridColumn("theme", names, right=False))
    columns += columns_of_groups(by, groups, [""] * len(groups), screen.width)
    columns += [
        column("passages", [f"{cell.passages:,}" for cell in cells]),
        column("documents", [f"{cell.documents:,}" for cell in cells], spare=3),
        column("of", [f"{cell.of_passages:,}" for cell in cells], spare=2),
        column("per 1,000", [f"{cell.rate_per_1000:,.1f}" for cell in cells], spare=1),
    ]
    if found:
        screen.print(grid(columns, screen.width, None if themes else unknown_from(groups)))


def _say_total(name: str, table: TallyTable, wanted: Filters) -> None:
    from progsearch.cli._support.output import say
    from progsearch.export.basis import chosen, copies_line

    message = f"{name}: " if name else ""
    message += f"{table.total.passages:,} of {table.total_of.passages:,} passages"
    message += f" in {len(table.found)} of {len(table.of)} groups"
    counted = chosen(wanted, table.by)
    if counted:
        message += f"; counted: {counted}, of all passages of a group"
    if table.left_out:
        message += f"; {copies_line(table.left_out)}"
    say(message)


def _counted(
    asked: Index, sought: LookedFor, wanted: Filters, dimensions: list[str]
) -> list[tuple[str, TallyTable]]:
    """The counts of each theme under its name, or those of the query alone."""
    if not sought.each:
        return [("", asked.tally(sought.query, wanted, by=dimensions))]
    each = [clause for _, clause in sought.each]
    tables = asked.tallies(sought.query, wanted, by=dimensions, each=each)
    return [(name, table) for (name, _), table in zip(sought.each, tables, strict=True)]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("count", short_help="Count passages by region, party, language …")(count)
