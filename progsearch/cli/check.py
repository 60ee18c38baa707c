"""``progsearch check``: what is wrong with files, before they are ingested."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from progsearch.cli.ingest import (
    DEFAULT_LANGUAGES,
    DEFAULT_MAX_MB,
    EXIT_FAILURES,
    As,
    DefaultsFile,
    Languages,
    MaxMb,
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
) -> None:
    """Read files as ingest would and report every problem; no index is touched."""
    from progsearch.cli._support.output import say
    from progsearch.cli.ingest import report, settings
    from progsearch.ingest import Status
    from progsearch.ingest import check as run

    chosen = settings(set_, defaults, languages, max_mb, strict=strict, as_=as_)
    tally, passages = report(run(paths, chosen), chosen, quiet=False)
    failed = tally.get(Status.FAILED, 0)
    read = sum(tally.values()) - failed - tally.get(Status.SKIPPED, 0)
    say(f"{read:,} files can be read ({passages:,} passages), {failed:,} cannot")
    if failed:
        raise typer.Exit(EXIT_FAILURES)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("check", short_help="Report what is wrong with files.")(check)
