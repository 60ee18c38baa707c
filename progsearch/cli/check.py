"""``progsearch check``: what is wrong with files, before they are ingested."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from progsearch.cli._support.reading_options import (
    DEFAULT_LANGUAGES,
    DEFAULT_MAX_MB,
    EXIT_FAILURES,
    As,
    DefaultsFile,
    Exclude,
    Include,
    Languages,
    MaxMb,
    Ocr,
    Set,
    Strict,
)

__all__ = ["register"]


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Folders and files.")],
    set_: Set = None,
    defaults: DefaultsFile = None,
    languages: Languages = DEFAULT_LANGUAGES,
    max_mb: MaxMb = DEFAULT_MAX_MB,
    strict: Strict = False,
    as_: As = "",
    ocr: Ocr = False,
    include: Include = None,
    exclude: Exclude = None,
) -> None:
    """Read files as ingest would and report every problem; no index is touched.

    Examples:
      progsearch check programmes
      progsearch check programmes/2024 --strict
    """
    from dataclasses import replace

    from progsearch.cli._support.output import say
    from progsearch.cli._support.progress import report, warn_of_parties
    from progsearch.cli._support.reading_options import settings
    from progsearch.ignoring import Choice
    from progsearch.ingest import Status
    from progsearch.ingest import check as run

    chosen = settings(set_, defaults, languages, max_mb, strict=strict, as_=as_)
    chosen = replace(chosen, choice=Choice(tuple(include or ()), tuple(exclude or ())), ocr=ocr)
    told = report(run(paths, chosen), chosen, quiet=False)
    warn_of_parties(told.parties)
    failed = told.files.get(Status.FAILED, 0)
    skipped = told.files.get(Status.SKIPPED, 0)
    read = sum(told.files.values()) - failed - skipped
    left = f", {skipped:,} left out" if skipped else ""
    files = "1 file" if read == 1 else f"{read:,} files"
    passages = "1 passage" if told.passages == 1 else f"{told.passages:,} passages"
    say(f"{files} can be read ({passages}), {failed:,} cannot{left}")
    for line in told.skipped_lines():
        say(line)
    if failed:
        raise typer.Exit(EXIT_FAILURES)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("check")(check)
