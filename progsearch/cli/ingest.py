"""``progsearch ingest``: files to an index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli import options as o

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from progsearch.engine import Engine
    from progsearch.ingest import FileDone, Settings
    from progsearch.state import Summary

__all__ = ["register", "settings"]

EXIT_FAILURES = 3
"""Exit code when the index was written, but some files could not be read."""

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]...", help="Folders and files. [default: corpus]"),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="A fact of all files that neither they nor their folders state: region=CZ-51.",
    ),
]
DefaultsFile = Annotated[
    Path | None,
    typer.Option(
        "--defaults",
        help="A file of defaults for folders that cannot hold their own progsearch.toml.",
    ),
]
Languages = Annotated[
    str,
    typer.Option("--languages", help="The languages to tell apart.", metavar="TAG,TAG…"),
]
MaxMb = Annotated[
    float, typer.Option("--max-mb", min=0, help="Size of the largest file that is read.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Refuse files that are only noted as odd otherwise.")
]
As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="FORMAT",
        help="Read all files in this format, whatever they look like: pdf, html, csv, …",
        show_default=False,
    ),
]
Rev = Annotated[
    str,
    typer.Option(
        "--rev",
        metavar="REV",
        help="Read the files of this commit, branch or tag of a git repository.",
        show_default=False,
    ),
]
DEFAULT_MAX_MB = 50.0
DEFAULT_LANGUAGES = "cs,sv,en"


def ingest(
    paths: Paths = None,
    set_: Set = None,
    defaults: DefaultsFile = None,
    languages: Languages = DEFAULT_LANGUAGES,
    max_mb: MaxMb = DEFAULT_MAX_MB,
    strict: Strict = False,
    as_: As = "",
    rev: Rev = "",
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Begin the index anew.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Read files and bring the index up to date; unchanged files are skipped."""
    from time import perf_counter

    from progsearch.cli.output import say
    from progsearch.engine import create, discard
    from progsearch.ingest import Status
    from progsearch.ingest import ingest as run

    begun = perf_counter()
    chosen = settings(set_, defaults, languages, max_mb, strict=strict, as_=as_, rev=rev)
    folder = index
    if rebuild:
        discard(folder)
    engine = create(None, folder)
    try:
        tally, passages = report(
            run(engine, paths or [o.DEFAULT_CORPUS], chosen, keeping=_theme_words), quiet=quiet
        )
    finally:
        engine.close()
    if not quiet:
        done = ", ".join(f"{count:,} {status}" for status, count in tally.items() if count)
        say(f"{done or 'no files'}; {passages:,} passages; {perf_counter() - begun:.1f} s")
    if tally.get(Status.FAILED):
        say("progsearch list failures names the files that could not be read")
        raise typer.Exit(EXIT_FAILURES)


def _theme_words(engine: Engine, summary: Summary) -> Mapping[str, Mapping[str, object]]:
    """The words of the shipped themes, so that no search for a theme loads dictionaries."""
    from progsearch.themes.words import STATE, words_record

    before = engine.state(STATE)
    return {STATE: words_record(before, summary.languages, summary.language_data)}


def settings(
    set_: list[str] | None,
    defaults: Path | None,
    languages: str,
    max_mb: float,
    *,
    strict: bool,
    as_: str = "",
    rev: str = "",
) -> Settings:
    """The settings that the options mean. Raises ProgsearchError for what cannot be read."""
    from progsearch.errors import ProgsearchError
    from progsearch.facts.keys import read_given
    from progsearch.ingest import Settings
    from progsearch.languages import LANGUAGES

    tags = tuple(tag.strip() for tag in languages.split(",") if tag.strip())
    for tag in tags:
        if tag not in LANGUAGES:
            raise ProgsearchError(
                f"no language {tag!r}", where="--languages", remedy=f"choose {', '.join(LANGUAGES)}"
            )
    if as_:
        from progsearch.readers import READERS

        if as_ not in READERS:
            raise ProgsearchError(
                f"no format {as_!r}", where="--as", remedy=f"choose {', '.join(READERS)}"
            )
    given = read_given(set_ or ())
    return Settings(given, defaults, tags, int(max_mb * 1e6), strict, format=as_, rev=rev)


def report(done: Iterable[FileDone], *, quiet: bool) -> tuple[dict[str, int], int]:
    """Tell of each problem as it comes; the files by what was done, and the passages."""
    from collections import Counter

    from progsearch.cli.output import say

    tally: Counter[str] = Counter()
    passages = 0
    for one in _watched(done, quiet=quiet):
        tally[one.status] += 1
        passages += one.passages
        for problem in one.problems:
            if problem.fatal or not quiet:
                say(f"{'error' if problem.fatal else 'note'}: {problem}")
    return dict(tally), passages


def _watched(done: Iterable[FileDone], *, quiet: bool) -> Iterator[FileDone]:
    """The same, with a progress line on a terminal and none in a pipe."""
    import sys

    if quiet or not sys.stderr.isatty():
        yield from done
        return
    from rich.console import Console
    from rich.progress import (
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,} files, {task.fields[passages]:,} passages"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, passages=0)
        passages = 0
        for one in done:
            passages += one.passages
            shown = one.path if len(one.path) < 40 else "…" + one.path[-39:]
            progress.update(task, advance=1, passages=passages, description=shown)
            yield one
        progress.update(task, description="writing the index …")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("ingest", short_help="Read files and bring the index up to date.")(ingest)
