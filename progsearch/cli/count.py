"""``progsearch count``: how many passages of each group match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli import options as o
from progsearch.cli.filtering import Wanted, filtered
from progsearch.cli.saving import Save

if TYPE_CHECKING:
    from progsearch.cli.tables import Cell
    from progsearch.cli.theming import LookedFor
    from progsearch.scope import Filters
    from progsearch.search import Index, TallyTable

__all__ = ["register"]

DIMENSIONS = (
    "region",
    "party",
    "lang",
    "kind",
    "year",
    "role",
    "commitment",
    "label",
    "country",
    "document",
)


@filtered()
def count(
    *,
    context: typer.Context,
    query: o.Words = None,
    theme: o.Theme = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by", metavar="|".join(DIMENSIONS), help="What to count by; two may be given: A,B."
        ),
    ] = None,
    wanted: Wanted,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="table|csv|json|md", help="How to show them.")
    ] = "table",
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with a byte order mark, for spreadsheets.")
    ] = False,
    save: Save = None,
    themes: o.ThemeFolders = None,
    expand: o.Expand = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Count passages and documents, and their rate per 1,000 passages of each group."""
    from progsearch.cli.opening import opened, query_of
    from progsearch.cli.output import left_out_line, say, sink
    from progsearch.cli.tables import check_format, write_table
    from progsearch.cli.theming import looked_for

    check_format(format_)
    dimensions = chosen(by or ["region"])
    parsed = query_of(query)
    with opened(index) as asked:
        sought = looked_for(asked, parsed, theme, themes, expand=expand)
        counted = _counted(asked, sought, wanted, dimensions)
        rows: list[list[Cell]] = [
            [
                *([name] if name else []),
                *_named(asked, dimensions, group),
                table.found[group].passages,
                table.found[group].documents,
                table.of[group].passages,
                round(1000 * table.found[group].passages / table.of[group].passages, 1),
            ]
            for name, table in counted
            for group in sorted(table.found)
        ]
        if save:
            from progsearch.cli.saving import save_recipe, themes_of

            totals = {name or "passages": _total(table) for name, table in counted}
            save_recipe(context, save, asked, themes_of(asked, theme, themes), totals, rows)
    columns = [*(["theme"] if sought.each else [])]
    columns += [column for name in dimensions for column in _columns(name)]
    columns += ["passages", "documents", "of_passages", "per_1000"]
    with sink(output, bom=bom) as out:
        write_table(columns, rows, out, format_)
    for name, table in counted:
        total = _total(table)
        inside = sum(counts.passages for counts in table.of.values())
        message = f"{name}: " if name else ""
        message += f"{total:,} of {inside:,} passages"
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


def chosen(by: list[str]) -> list[str]:
    """The dimensions asked for. Raises ProgsearchError for unknown ones and for more than two."""
    from progsearch.errors import ProgsearchError
    from progsearch.query import CODES

    asked = (name.strip() for part in by for name in part.split(","))
    names = list(dict.fromkeys(CODES.get(name, name) for name in asked))
    for name in names:
        if name not in DIMENSIONS:
            raise ProgsearchError(
                f"cannot count by {name!r}", where="--by", remedy=f"choose {', '.join(DIMENSIONS)}"
            )
    if len(names) > 2:
        raise ProgsearchError(
            "at most two dimensions", where="--by", remedy="leave one out, or use a filter"
        )
    return names


def _columns(name: str) -> list[str]:
    return ["region", "region_name"] if name == "region" else [name]


def _named(asked: Index, dimensions: list[str], group: tuple[str, ...]) -> list[str]:
    """The values of a group as people know them: documents by path, regions with their name."""
    from progsearch.facts.regions import region

    found: list[str] = []
    for name, value in zip(dimensions, group, strict=True):
        if name == "region":
            found += [value or "unknown", region(value).name if value else ""]
        elif name == "document":
            document = asked.engine.document(value)
            found.append(asked.file(document.path) if document else value)
        else:
            found.append(value or "unknown")
    return found


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("count", short_help="Count passages by region, party, language …")(count)
