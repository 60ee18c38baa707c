"""``progsearch diff``: what changed between two versions of a programme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.table_files import Bom, Format, Schema
from progsearch.cli.ingest import (
    DEFAULT_LANGUAGES,
    DEFAULT_MAX_MB,
    DefaultsFile,
    Languages,
    Set,
)

if TYPE_CHECKING:
    from typing import TextIO

    from progsearch.promises import Versions

__all__ = ["register"]


@filtered()
def diff(
    *,
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
    format_: Format = None,
    bom: Bom = False,
    schema: Schema = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Show what was dropped, reworded, merged, split, moved or added, with both texts.

    Either two files or folders (OLD NEW), two commits (--rev A..B PATH), or two parts of an
    index (--of, --with).
    """
    from progsearch.api.promises import difference
    from progsearch.api.tables import today
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.cli.ingest import settings
    from progsearch.export.versions import differences_table

    chosen = chosen_format(format_, output, schema=schema)
    reading = settings(set_, defaults, languages, DEFAULT_MAX_MB, strict=False)
    answer = difference(
        paths or (), of=of, with_=with_, rev=rev, index=index, settings=reading, **wanted
    )
    for problem in answer.problems:
        say(f"{'error' if problem.fatal else 'note'}: {problem}")
    if chosen == "table":
        with sink(output) as out:
            _write(answer.versions, out, everything=everything)
    else:
        table = differences_table(answer.versions, answer.title)
        write_tables([table], answer.about(today()), chosen, output, bom=bom, schema=schema)
    for note in answer.notes:
        say(note)


def _write(versions: Versions, out: TextIO, *, everything: bool) -> None:
    from progsearch.cli._support.versions import write_versions

    write_versions(versions, out, everything=everything)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("diff", short_help="What changed between two versions of a programme.")(diff)
