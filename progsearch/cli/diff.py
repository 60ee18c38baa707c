"""``progsearch diff``: what changed between two versions of a programme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.promise_options import Html, UiLang
from progsearch.cli._support.reading_options import (
    DEFAULT_LANGUAGES,
    DEFAULT_MAX_MB,
    DefaultsFile,
    Languages,
    Set,
)
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, Format, Schema

if TYPE_CHECKING:
    from typing import TextIO

    from progsearch.promises import Versions

__all__ = ["register"]


@filtered()
def diff(
    *,
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[OLD NEW]", help="Two files or two folders.", show_default=False),
    ] = None,
    of: Annotated[
        str,
        typer.Option("--of", metavar="NAME=VALUE,…", help="The old side: party=S,year=2013."),
    ] = "",
    with_: Annotated[
        str,
        typer.Option("--with", metavar="NAME=VALUE,…", help="The new side: party=S,year=2025."),
    ] = "",
    rev: Annotated[
        str,
        typer.Option(
            "--rev", metavar="A..B", help="Two commits of the repository that PATH lies in."
        ),
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Show also what was kept.")] = False,
    set_: Set = None,
    defaults: DefaultsFile = None,
    languages: Languages = DEFAULT_LANGUAGES,
    wanted: Wanted,
    html: Html = None,
    ui_lang: UiLang = "en",
    format_: Format = None,
    bom: Bom = False,
    schema: Schema = False,
    save: Save = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Show what was dropped, reworded, merged, split, moved or added, with both texts.

    Either two files or folders (OLD NEW), two commits (--rev A..B PATH), or two parts of an
    index (--of, --with).

    Examples:
      progsearch diff programme-2020.pdf programme-2024.pdf
      progsearch diff --of party=S,year=2013 --with party=S,year=2025 -o changes.xlsx
    """
    from progsearch.api.promises import difference
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.promise_options import check_saving, save_answer, write_page
    from progsearch.cli._support.reading_options import settings
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.export.formats import TERMINAL
    from progsearch.export.versions import differences_table
    from progsearch.made import today

    chosen = chosen_format(format_, output, schema=schema)
    check_saving(save, of)
    reading = settings(set_, defaults, languages, DEFAULT_MAX_MB, strict=False)
    answer = difference(
        paths or (), of=of, with_=with_, rev=rev, index=index, settings=reading, **wanted
    )
    for problem in answer.problems:
        say(f"{'error' if problem.fatal else 'note'}: {problem}")
    table = differences_table(answer.versions, answer.title)
    if html:
        from progsearch.report.pairs import versions_page

        write_page(versions_page(answer.versions, everything=everything), answer, html, ui_lang)
    elif chosen == TERMINAL:
        with sink(output) as out:
            _write(answer.versions, out, everything=everything)
    if chosen != TERMINAL:
        write_tables([table], answer.about(today()), chosen, output, bom=bom, schema=schema)
    if save:
        save_answer(context, save, index, dict(answer.versions.counts), table.rows)
    for note in answer.notes:
        say(note)


def _write(versions: Versions, out: TextIO, *, everything: bool) -> None:
    from progsearch.cli._support.versions import write_versions

    write_versions(versions, out, everything=everything)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("diff")(diff)
