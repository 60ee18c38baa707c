"""``progsearch report``: a comparison with its passages as one HTML file."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.account import By, Words
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.recipe import Save

if TYPE_CHECKING:
    from progsearch.compare import Comparison
    from progsearch.search import Index

__all__ = ["register"]


@filtered()
def report(
    *,
    context: typer.Context,
    query: o.Words = None,
    from_: o.From = None,
    theme: o.EachTheme = None,
    words: Words = None,
    by: By = None,
    wanted: Wanted,
    title: Annotated[
        str, typer.Option("--title", help="Title of the report. [default: what is asked]")
    ] = "",
    source: o.Source = "",
    sort: o.Sort = "value",
    ui_lang: Annotated[
        str, typer.Option("--ui-lang", metavar="en|cs|sv", help="Language of the report.")
    ] = "en",
    evidence: Annotated[
        int,
        typer.Option("--evidence", min=0, metavar="N", help="Passages of each cell, at most."),
    ] = 10,
    save: Save = None,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Write a comparison as one HTML file: heat map, rates, passages, silences.

    Each theme is a question; words are one where there is no theme, else they narrow it down.

    Examples:
      progsearch report --theme housing --theme rail --by party -o report.html
      progsearch report lékař --by region --ui-lang cs -o lekari.html
    """
    from progsearch import __version__
    from progsearch.api import answers
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.output import say, sink
    from progsearch.compare import documents_in
    from progsearch.compare.basis import copies_line
    from progsearch.compare.sources import sources
    from progsearch.errors import ProgsearchError
    from progsearch.export.formats import chosen
    from progsearch.made import today
    from progsearch.report import Names, Report, html, sort_of, ui_language
    from progsearch.themes.folders import catalogue_of

    chosen("report", None, output, "html")
    if output is None and sys.stdout.isatty():
        raise ProgsearchError(
            "a page is not to be read on a terminal",
            where="report",
            remedy="name a file: -o report.html",
        )
    language, order = ui_language(ui_lang), sort_of(sort)
    with opened(index) as asked:
        answer = answers.compare(
            asked,
            text_of(query),
            themes=theme,
            words=words,
            folders=themes,
            by=by,
            evidence=evidence,
            promises_first=True,
            silent=True,
            label_lang=ui_lang,
            from_=from_,
            **wanted,
        )
        compared = answer.comparison
        for line in (*answer.translations, *answer.warnings):
            say(line)
        known = catalogue_of(themes, asked.summary.roots).themes
        made = Report(
            Names(compared, language, order),
            made=today(),
            version=__version__,
            documents=documents_in(asked, answer.filters),
            silences=answer.silences,
            sources=sources(asked, compared),
            title=title,
            source=source,
            query=" ".join(query or ()),
            command=_command(context),
            definitions={one: known[one].definitions.get(ui_lang, "") for one in theme or ()},
            links=dict(_links(asked, compared)),
            copies=dict(_copies(asked, compared)),
        )
        with sink(output) as out:
            out.writelines(html(made))
        if save:
            _save(context, save, asked, compared, theme, themes)
    shown = sum(len(cell.evidence) for cell in compared.cells)
    message = f"{len(answer.questions)} × {len(compared.groups)} cells, {shown:,} passages"
    if compared.left_out:
        message += f"; {copies_line(compared.left_out)}"
    say(message)


def _links(asked: Index, compared: Comparison) -> Iterator[tuple[str, str]]:
    """The web addresses of the passages that are shown, where their folders name one."""
    from progsearch.permalinks import Permalinks
    from progsearch.report.markup import is_address

    links = Permalinks(asked)
    for cell in compared.cells:
        for hit in cell.evidence:
            url = links.of(hit.document, hit.passage)
            if is_address(url):
                yield hit.passage.id, url


def _copies(asked: Index, compared: Comparison) -> Iterator[tuple[str, str]]:
    """What the documents that are shown repeat, by its place inside of the corpus."""
    for cell in compared.cells:
        for hit in cell.evidence:
            original = asked.summary.copies.get(hit.document.id)
            repeated = asked.engine.document(original) if original else None
            if repeated:
                yield hit.document.id, repeated.path


def _command(context: typer.Context) -> str:
    """What was asked, as a command that asks it again."""
    from progsearch.cli._support.recipe import arguments_of, options_of

    options = {name: value for name, value in options_of(context, Path()).items() if value != ""}
    words = arguments_of(context.command, options, Path())
    return shlex.join(["progsearch", str(context.info_name), *words])


def _save(
    context: typer.Context,
    file: Path,
    asked: Index,
    compared: Comparison,
    themes: list[str] | None,
    folders: list[Path] | None,
) -> None:
    from progsearch.cli._support.recipe import save_recipe, themes_of
    from progsearch.export.comparisons import cells_table

    found = {
        question.id: sum(cell.passages for cell in compared.cells_of(question.id))
        for question in compared.themes
    }
    rows = cells_table(compared).rows
    save_recipe(context, file, asked, themes_of(asked, themes, folders), found, rows)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("report")(report)
