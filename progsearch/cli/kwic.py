"""``progsearch kwic``: keyword in context, a line for each place."""

from __future__ import annotations

from typing import Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.account import By
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, Format, Schema

__all__ = ["register"]


@filtered()
def kwic(
    *,
    context: typer.Context,
    query: o.Words = None,
    theme: o.Theme = None,
    from_: o.From = None,
    by: By = None,
    wanted: Wanted,
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="place|left|right|group",
            help="Order: by file and line, by the words on a side, by group.",
        ),
    ] = "place",
    window: Annotated[
        int | None,
        typer.Option(
            "--window",
            metavar="N",
            min=0,
            help="Words on each side. [default: what fits; in files the passage]",
        ),
    ] = None,
    inside: Annotated[
        str,
        typer.Option(
            "--inside", metavar="QUERY", help="Only in passages that match this, too; unmarked."
        ),
    ] = "",
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", min=0, help="Lines at most. [default: 100; all in files]"),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option("--sample", metavar="N", min=0, help="So many lines by chance."),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="What chance begins with: the same, the same lines.")
    ] = 0,
    format_: Format = None,
    bom: Bom = False,
    schema: Schema = False,
    save: Save = None,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Show each place where words matched, with what stands to its left and right.

    In the order of files and lines; copies of a text are taken once, as in all counts.

    Examples:
      progsearch kwic vård --sort right
      progsearch kwic '*lékař*' --by party --window 8 --sample 50 -o lines.xlsx
    """
    from progsearch.api import kwic as lines
    from progsearch.api.tables import about
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.kwic_lines import write_lines
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.recipe import save_recipe, themes_of
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.export.concordance import kwic_table
    from progsearch.permalinks import Permalinks

    chosen = chosen_format(format_, output, schema=schema)
    if limit is None and chosen == "table":
        limit = lines.LINES
    with opened(index) as asked:
        answer = lines.kwic(
            asked,
            text_of(query),
            themes=theme,
            folders=themes,
            inside=inside,
            by=by,
            from_=from_,
            sort=sort,
            window=window,
            limit=limit,
            sample=sample,
            seed=seed,
            **wanted,
        )
        for warning in answer.warnings:
            say(warning)
        links = Permalinks(asked)
        table = kwic_table(
            answer.lines,
            answer.by,
            answer.groups,
            lambda hit: links.of(hit.document, hit.passage),
        )
        if chosen == "table":
            with sink(output) as out:
                cut = write_lines(answer.lines, answer.by, answer.groups, out)
            if cut:
                say("places are shortened; a wider terminal or -o FILE.csv has them whole")
        else:
            what = {
                "themes": list(theme or ()),
                "words": " ".join(query or ()),
                "from": from_,
                "inside": inside,
                "by": list(answer.by),
                "sort": sort,
                "window": window,
                "limit": limit,
                "sample": sample,
                "seed": str(seed) if sample is not None else "",
            }
            account = about(asked, "kwic", what, answer.filters, answer.left_out, answer.notes)
            write_tables([table], account, chosen, output, bom=bom, schema=schema)
        if save:
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, {"passages": answer.passages}, table.rows)
    for line in (answer.summary, *answer.notes):
        say(line)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("kwic")(kwic)
