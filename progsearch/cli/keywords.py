"""``progsearch keywords``: what words set each group apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.questions import By
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, Format, Schema

if TYPE_CHECKING:
    from progsearch.compare.keywords import Keywords

__all__ = ["register"]


@filtered()
def keywords(
    *,
    context: typer.Context,
    query: o.Words = None,
    theme: o.Theme = None,
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
    """
    from progsearch.clause import AllOf
    from progsearch.cli._support.index import opened, query_of
    from progsearch.cli._support.keyword_table import write_keywords
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.questions import about, groups_by
    from progsearch.cli._support.recipe import save_recipe, themes_of
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.cli._support.themes import looked_for
    from progsearch.compare.keywords import keywords as find
    from progsearch.export.keywords import keywords_table
    from progsearch.permalinks import Permalinks

    chosen = chosen_format(format_, output, schema=schema)
    dimensions = groups_by(by, "party")
    with opened(index) as asked:
        sought = looked_for(asked, query_of(query), theme, themes)
        inside = AllOf((asked.clause(sought.query), *sought.clauses))
        found = find(asked, dimensions, wanted, clause=inside, limit=limit, minimum=minimum)
        notes = _notes(found, minimum)
        links = Permalinks(asked)
        table = keywords_table(found, lambda hit: links.of(hit.document, hit.passage))
        if chosen == "table":
            with sink(output) as out:
                write_keywords(found, out)
            for note in notes:
                say(note)
        else:
            what = {"themes": list(theme or ()), "words": " ".join(query or ()), "by": dimensions}
            account = about(asked, "keywords", what, wanted, found.left_out, notes)
            write_tables([table], account, chosen, output, bom=bom, schema=schema)
        if save:
            total = {"keywords": len(found.words)}
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, total, table.rows)


def _notes(found: Keywords, minimum: int) -> list[str]:
    """The rules by which the words were chosen."""
    from progsearch.cli._support.output import left_out_line

    rule = "log-likelihood against all other groups in the same language, p < .05 (Holm)"
    notes = [f"{rule}; at least {minimum} times, in 2 documents where the group has several"]
    if found.alone:
        alone = ", ".join(found.alone)
        notes.append(f"one group only has text in {alone}: there is nothing to compare it with")
    if found.left_out:
        notes.append(left_out_line(found.left_out))
    return notes


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("keywords", short_help="Words that set parties, regions … apart.")(keywords)
