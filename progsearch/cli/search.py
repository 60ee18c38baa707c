"""``progsearch search``: the passages that match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.panels import OUTPUT
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, format_help, offered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from progsearch.export.tables import About
    from progsearch.search import Hit, Index

__all__ = ["register"]


@filtered(duplicates="keep")
def search(
    *,
    context: typer.Context,
    query: o.Words = None,
    from_: o.From = None,
    meaning: o.Meaning = False,
    like: Annotated[
        str | None,
        typer.Option(
            "--like", metavar="PASSAGE-ID", help="The passages nearest in meaning to this one."
        ),
    ] = None,
    theme: o.Theme = None,
    wanted: Wanted,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            min=0,
            help="Hits at most. [default: 20; all for csv, json, jsonl, xlsx]",
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar=offered("hits"),
            help=format_help(),
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    bom: Bom = False,
    save: Save = None,
    themes: o.ThemeFolders = None,
    expand: o.Expand = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Find passages; without a query, all that the filters let through, in source order.

    Examples:
      progsearch search lékař OR läkare --region CZ-51 --role measure
      progsearch search --theme housing -o hits.xlsx
      progsearch search "nurse shortage" --from en
    """
    from progsearch.api import answers
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.output import say
    from progsearch.export.formats import TERMINAL, chosen, formats_of

    name = chosen("hits", format_, output)
    if limit is None and (name == TERMINAL or formats_of("hits")[name].people):
        limit = answers.LIMIT
    with opened(index) as asked:
        answer = answers.search(
            asked,
            text_of(query),
            themes=theme,
            folders=themes,
            limit=limit,
            expand=expand,
            from_=from_,
            meaning=meaning,
            like=like,
            **wanted,
        )
        for line in (*answer.translations, *answer.warnings):
            say(line)
        found, terms = answer.found, bool(answer.sought.each or answer.translations)
        met: list[str] = []
        hits = _noted(found.hits, met)
        account = None
        if output and name != TERMINAL:
            from progsearch.api.tables import about

            words = {"words": " ".join(query or ()), "from": from_, "like": like}
            what = {"themes": list(theme or ()), **words, "meaning": meaning, "limit": limit}
            notes = answer.translations
            account = about(asked, "search", what, answer.filters, found.left_out, notes)
        _write(hits, name, output, account, asked, bom=bom, terms=terms)
        if save:
            from progsearch.cli._support.recipe import save_recipe, themes_of

            total = {"passages": found.total}
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, total, [[one] for one in met])
        say(answer.summary)
        for hint in answer.hints:
            say(hint)


def _write(
    hits: Iterable[Hit],
    format_: str,
    output: Path | None,
    account: About | None,
    asked: Index,
    *,
    bom: bool,
    terms: bool,
) -> None:
    """Write the hits; beside a file, or in a workbook, how they came about."""
    from progsearch.cli._support.output import sink, use_colour

    if format_ == "xlsx" and account:
        from progsearch.cli._support.table_files import write_tables
        from progsearch.export.hits import hits_table
        from progsearch.permalinks import Permalinks

        links = Permalinks(asked)
        title = ", ".join((*account.asked.get("themes", ()), account.asked.get("words", "")))
        table = hits_table(hits, title, lambda hit: links.of(hit.document, hit.passage))
        write_tables([table], account, format_, output)
        return
    with sink(output, bom=bom) as out:
        if format_ == "table":
            from progsearch.cli._support.hits import write_hits

            write_hits(hits, out, colour=use_colour(out), terms=terms)
        else:
            from progsearch.export.formats import writer

            writer("hits", format_)(hits, out)
    if account and output:
        from progsearch.cli._support.table_files import write_about

        write_about(account, output)


def _noted(hits: Iterable[Hit], met: list[str]) -> Iterator[Hit]:
    """The same hits; their ids are put into ``met``."""
    for hit in hits:
        met.append(hit.passage.id)
        yield hit


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("search")(search)
