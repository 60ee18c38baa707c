"""``progsearch count``: how many passages of each group match."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from progsearch.cli import options as o
from progsearch.cli.asking import By
from progsearch.cli.filtering import Wanted, filtered
from progsearch.cli.saving import Save
from progsearch.cli.tabling import Bom, Format, Schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from progsearch.cli.tables import Cell
    from progsearch.cli.theming import LookedFor
    from progsearch.export.tables import Table, Value
    from progsearch.scope import Filters
    from progsearch.search import Index, TallyTable

__all__ = ["register"]

_SHORT = {"rate_per_1000": "per_1000"}  # a terminal has no room to spare
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
    from progsearch.cli.asking import about, groups_by
    from progsearch.cli.opening import opened, query_of
    from progsearch.cli.output import sink
    from progsearch.cli.tables import write_table
    from progsearch.cli.tabling import chosen_format, write_tables
    from progsearch.cli.theming import looked_for
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
            shown = ["theme"] if sought.each else []
            shown += [one for name in dimensions for one in _columns(name)]
            shown += ["passages", "documents", "of_passages", "rate_per_1000"]
            with sink(output) as out:
                heads = [_SHORT.get(name, name) for name in shown]
                write_table(heads, _picked(table, shown), out, "table")
        else:
            what = {"themes": list(theme or ()), "words": " ".join(query or ()), "by": dimensions}
            left_out = counted[0][1].left_out
            account = about(asked, "count", what, wanted, left_out, [NOTE])
            write_tables([table], account, chosen, output, bom=bom, schema=schema)
        if save:
            from progsearch.cli.saving import save_recipe, themes_of

            totals = {name or "passages": _total(one) for name, one in counted}
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, totals, table.rows)
    for name, one in counted:
        _say_total(name, one)


def _picked(table: Table, names: Sequence[str]) -> list[list[Cell]]:
    """The columns of that name, with numbers as people read them."""
    return [[_shown(one) for one in (record[name] for name in names)] for record in table.records()]


def _shown(value: Value) -> Cell:
    return round(value, 1) if isinstance(value, float) else "" if value is None else value


def _say_total(name: str, table: TallyTable) -> None:
    from progsearch.cli.output import left_out_line, say

    inside = sum(counts.passages for counts in table.of.values())
    message = f"{name}: " if name else ""
    message += f"{_total(table):,} of {inside:,} passages"
    message += f" in {len(table.found)} of {len(table.of)} groups"
    if table.left_out:
        message += f"; {left_out_line(table.left_out)}"
    say(message)


def _total(table: TallyTable) -> int:
    return sum(counts.passages for counts in table.found.values())


def _counted(
    asked: Index, sought: LookedFor, wanted: Filters, dimensions: list[str]
) -> list[tuple[str, TallyTable]]:
    """The counts of each theme under its name, or those of the query alone."""
    if not sought.each:
        return [("", asked.tally(sought.query, wanted, by=dimensions))]
    each = [clause for _, clause in sought.each]
    tables = asked.tallies(sought.query, wanted, by=dimensions, each=each)
    return [(name, table) for (name, _), table in zip(sought.each, tables, strict=True)]


def _columns(name: str) -> list[str]:
    return ["region", "region_name"] if name == "region" else [name]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("count", short_help="Count passages by region, party, language …")(count)
