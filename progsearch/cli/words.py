"""``progsearch words``: frequency lists."""

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
def words(
    *,
    context: typer.Context,
    query: o.Words = None,
    theme: o.Theme = None,
    from_: o.From = None,
    by: By = None,
    wanted: Wanted,
    of: o.Of = "lemma",
    ngram: Annotated[
        int,
        typer.Option("--ngram", metavar="N", min=1, max=5, help="So many words in a row, to 5."),
    ] = 1,
    over: Annotated[
        str,
        typer.Option(
            "--over",
            metavar="document|party|region|year|…",
            help="The parts that range and dispersion are over.",
        ),
    ] = "document",
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="count|documents|dp|words",
            help="Order: most frequent, in most documents, most even, alphabet.",
        ),
    ] = "count",
    minimum: Annotated[
        int, typer.Option("--minimum", min=1, help="How often a group must have a word.")
    ] = 1,
    stop_words: o.StopWords = True,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            min=1,
            help="Words of each group and language at most. [default: 30; all in files]",
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
    """List the words of each group by frequency, with rates, range and dispersion.

    With a query or themes, only in the passages that match. Languages are never mixed.

    Examples:
      progsearch words --by party --lang cs --no-stop-words
      progsearch words --ngram 2 --minimum 5 -o pairs.csv
    """
    from progsearch.api import concordance
    from progsearch.api.tables import about
    from progsearch.cli._support.by_group import write_by_group
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.recipe import save_recipe, themes_of
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.export.concordance import words_table

    chosen = chosen_format(format_, output, schema=schema)
    if limit is None and chosen == "table":
        limit = concordance.WORDS_LIMIT
    with opened(index) as asked:
        answer = concordance.words(
            asked,
            text_of(query),
            themes=theme,
            folders=themes,
            by=by,
            from_=from_,
            of=of,
            size=ngram,
            over=over,
            minimum=minimum,
            limit=limit,
            sort=sort,
            stop_words=stop_words,
            **wanted,
        )
        found = answer.frequencies
        for warning in answer.warnings:
            say(warning)
        table = words_table(found)
        if chosen == "table":
            sizes = {(row.group, row.lang): row.of_words for row in found.rows}

            def told(group: tuple[str, ...], lang: str) -> str:
                kinds = found.kinds[group, lang]
                return f"{sizes[group, lang]:,} words, {kinds:,} different"

            kept = ("count", "per_million_words", "documents", "dp", "range", "dp_norm", "query")
            places = [(row.group, row.lang) for row in found.rows]
            with sink(output) as out:
                write_by_group(table, found.by, places, found.groups, told, kept, out)
                if not found.rows:
                    out.write("no words\n")
        else:
            what = {
                "themes": list(theme or ()),
                "words": " ".join(query or ()),
                "from": from_,
                "by": list(found.by),
                "of": of,
                "ngram": ngram,
                "over": found.over,
                "minimum": minimum,
                "limit": limit,
                "sort": sort,
                "stop words": "" if stop_words else "left out",
            }
            account = about(asked, "words", what, answer.filters, found.left_out, answer.notes)
            write_tables([table], account, chosen, output, bom=bom, schema=schema)
        if save:
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, {"words": len(found.rows)}, table.rows)
    for note in answer.notes:
        say(note)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("words")(words)
