"""``progsearch collocates``: which words stand near others."""

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
def collocates(
    *,
    context: typer.Context,
    query: o.Words = None,
    theme: o.Theme = None,
    from_: o.From = None,
    by: By = None,
    wanted: Wanted,
    of: o.Of = "lemma",
    window: Annotated[
        int, typer.Option("--window", metavar="N", min=1, help="Words on each side.")
    ] = 5,
    sort: Annotated[
        str,
        typer.Option(
            "--sort", metavar="logdice|g2|mi|count", help="The measure that they are in order of."
        ),
    ] = "logdice",
    minimum: Annotated[
        int, typer.Option("--minimum", min=1, help="How often a word must stand near.")
    ] = 3,
    stop_words: o.StopWords = True,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            min=1,
            help="Words of each group and language at most. [default: 20; all in files]",
        ),
    ] = None,
    format_: Format = None,
    bom: Bom = False,
    schema: Schema = False,
    save: Save = None,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """List the words that stand near what is found more often than chance has it.

    By logDice, log-likelihood and mutual information, each language by itself.

    Examples:
      progsearch collocates vård --no-stop-words
      progsearch collocates '*lékař*' --by party --window 3 --sort g2 -o near.csv
    """
    from progsearch.api import concordance
    from progsearch.api.tables import about
    from progsearch.cli._support.by_group import write_by_group
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.recipe import save_recipe, themes_of
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.export.concordance import collocates_table

    chosen = chosen_format(format_, output, schema=schema)
    if limit is None and chosen == "table":
        limit = concordance.COLLOCATES_LIMIT
    with opened(index) as asked:
        answer = concordance.collocates(
            asked,
            text_of(query),
            themes=theme,
            folders=themes,
            by=by,
            from_=from_,
            of=of,
            window=window,
            minimum=minimum,
            limit=limit,
            sort=sort,
            stop_words=stop_words,
            **wanted,
        )
        found = answer.collocates
        for warning in answer.warnings:
            say(warning)
        table = collocates_table(found)
        if chosen == "table":
            sizes = {(row.group, row.lang): row.places for row in found.rows}
            kept = ["count", "logdice", "g2", "mi", "expected", "of_count", "left", "right"]
            kept.append("query")
            places = [(row.group, row.lang) for row in found.rows]
            with sink(output) as out:
                write_by_group(
                    table,
                    found.by,
                    places,
                    found.groups,
                    lambda group, lang: f"{sizes[group, lang]:,} places",
                    kept,
                    out,
                )
                if not found.rows:
                    out.write("no word stands near often enough\n")
        else:
            what = {
                "themes": list(theme or ()),
                "words": " ".join(query or ()),
                "from": from_,
                "by": list(found.by),
                "of": of,
                "window": window,
                "minimum": minimum,
                "limit": limit,
                "sort": sort,
                "stop words": "" if stop_words else "left out",
            }
            account = about(asked, "collocates", what, answer.filters, found.left_out, answer.notes)
            write_tables([table], account, chosen, output, bom=bom, schema=schema)
        if save:
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, {"words": len(found.rows)}, table.rows)
    for note in answer.notes:
        say(note)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("collocates")(collocates)
