"""``progsearch keywords``: what words set each group apart."""

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
def keywords(
    *,
    context: typer.Context,
    query: o.Words = None,
    theme: o.Theme = None,
    from_: o.From = None,
    by: By = None,
    wanted: Wanted,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help="Words of each group and language at most.")
    ] = 15,
    minimum: Annotated[
        int, typer.Option("--minimum", min=1, help="How often a group must have a word.")
    ] = 5,
    format_: Format = None,
    bom: Bom = False,
    schema: Schema = False,
    save: Save = None,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Show the words and two-word phrases that each group uses more than all others.

    With a query or themes, only in the passages that match. Languages are never mixed.

    Examples:
      progsearch keywords --by party --lang cs
      progsearch keywords --theme housing --by region -o keywords.csv
    """
    from progsearch.api.keywords import keywords as keywords_of
    from progsearch.api.tables import about
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.keyword_table import write_keywords
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.recipe import save_recipe, themes_of
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.export.keywords import keywords_table
    from progsearch.permalinks import Permalinks

    chosen = chosen_format(format_, output, schema=schema)
    with opened(index) as asked:
        answer = keywords_of(
            asked,
            text_of(query),
            themes=theme,
            folders=themes,
            by=by,
            limit=limit,
            minimum=minimum,
            from_=from_,
            **wanted,
        )
        found = answer.keywords
        for warning in answer.warnings:
            say(warning)
        links = Permalinks(asked)
        table = keywords_table(found, lambda hit: links.of(hit.document, hit.passage))
        if chosen == "table":
            with sink(output) as out:
                write_keywords(found, out)
            for note in answer.notes:
                say(note)
        else:
            what = {
                "themes": list(theme or ()),
                "words": " ".join(query or ()),
                "from": from_,
                "by": list(found.by),
            }
            notes = [*answer.notes, *answer.hints]
            account = about(asked, "keywords", what, answer.filters, found.left_out, notes)
            write_tables([table], account, chosen, output, bom=bom, schema=schema)
        for hint in answer.hints:
            say(hint)
        if save:
            total = {"keywords": len(found.words)}
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, total, table.rows)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("keywords")(keywords)
