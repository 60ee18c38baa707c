"""``progsearch init``: a first progsearch.toml for a folder, to be read and corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from progsearch.cli._support.reading_options import (
    DEFAULT_LANGUAGES,
    DEFAULT_MAX_MB,
    Languages,
    MaxMb,
)

__all__ = ["register"]


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of documents.")],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Another file, or - for stdout. [default: FOLDER/progsearch.toml]",
            show_default=False,
        ),
    ] = "",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Take the place of a file that is there.")
    ] = False,
    languages: Languages = DEFAULT_LANGUAGES,
    max_mb: MaxMb = DEFAULT_MAX_MB,
) -> None:
    """Write a progsearch.toml with what would be inferred for each folder, and the evidence.

    It gives region, party, year, kind and language, to be read and corrected by a person.
    A file that is there is never overwritten without --overwrite.

    Examples:
      progsearch init programmes
      progsearch init programmes -o -
    """
    import sys

    from progsearch.cli._support.output import say
    from progsearch.cli._support.reading_options import settings
    from progsearch.defaults import FILE_NAME
    from progsearch.drafts import draft, written
    from progsearch.errors import ProgsearchError
    from progsearch.outputs import replaced

    if not folder.is_dir():
        raise ProgsearchError("no such folder", where=str(folder), remedy="check the spelling")
    file = Path(output) if output and output != "-" else folder / FILE_NAME
    if output != "-" and file.exists() and not overwrite:
        raise ProgsearchError(
            "it is there already", where=str(file), remedy="use --overwrite, or -o another file"
        )
    chosen = settings(None, None, languages, max_mb, strict=False)
    drafts, documents, failed = draft(folder, chosen)
    text = written(drafts)
    if output == "-":
        sys.stdout.write(text)
    else:
        with replaced(file) as aside:
            aside.write_text(text, encoding="utf-8", newline="\n")
    unread = f", {failed:,} files cannot be read" if failed else ""
    say(f"{len(drafts):,} entries from {documents:,} documents{unread}")
    if output != "-":
        say(f"read and correct {file}, then: progsearch ingest {folder}")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("init")(init)
