"""``progsearch ingest``: files to an index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from progsearch.engine import Engine
    from progsearch.ingest import FileDone
    from progsearch.settings import Settings
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
    typer.Option(
        "--languages",
        help="The languages of the index; texts in others are kept by form.",
        metavar="TAG,TAG…",
    ),
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
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="Engine of a new index: whoosh, or tantivy for large ones. [default: whoosh]",
        show_default=False,
    ),
]
Processes = Annotated[
    int,
    typer.Option(
        "--processes",
        min=0,
        metavar="N",
        help="Processes that analyse files when there is much to do; 0 for one a core.",
    ),
]
Wait = Annotated[
    bool, typer.Option("--wait", help="Wait while another ingest writes to the index.")
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
    engine: EngineName = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the index anew; the old one stays until then.")
    ] = False,
    processes: Processes = 0,
    wait: Wait = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Read files and bring the index up to date; unchanged files are skipped."""
    from contextlib import closing
    from dataclasses import replace
    from time import perf_counter

    from progsearch.cli._support.index import reading
    from progsearch.cli._support.output import say
    from progsearch.cli._support.signals import stoppable
    from progsearch.engine import create
    from progsearch.ingest import Status
    from progsearch.ingest import ingest as run

    begun = perf_counter()
    chosen = settings(set_, defaults, languages, max_mb, strict=strict, as_=as_, rev=rev)
    chosen = replace(chosen, processes=processes or _cores())
    last_words = "stopped; what was committed is kept: run the same command again to go on"
    with (
        stoppable(say, last_words),
        closing(create(engine, index, rebuild=rebuild, waiting=say if wait else None)) as made,
        reading(made),
        closing(run(made, paths or [o.DEFAULT_CORPUS], chosen, keeping=_theme_words)) as done,
    ):
        tally, passages = report(done, chosen, quiet=quiet)
        name, known = made.name, made.state("summary").get("passages", 0)
    if not quiet:
        told = ", ".join(f"{count:,} {status}" for status, count in tally.items() if count)
        say(f"{told or 'no files'}; {passages:,} passages; {perf_counter() - begun:.1f} s")
        _advise(name, known)
    if tally.get(Status.FAILED):
        say("progsearch list failures names the files that could not be read")
        raise typer.Exit(EXIT_FAILURES)


def _cores() -> int:
    """The cores that this process may use."""
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _advise(engine: str, passages: int) -> None:
    from progsearch.cli._support.output import say
    from progsearch.engine import LARGE

    if engine == "whoosh" and passages > LARGE:
        say(
            f"note: with more than {LARGE:,} passages, searches are faster with another engine: "
            "progsearch ingest --rebuild --engine tantivy PATH"
        )


def _theme_words(engine: Engine, summary: Summary) -> Mapping[str, Mapping[str, object]]:
    """The words of the shipped themes, so that no search for a theme loads dictionaries."""
    from progsearch.themes import STATE
    from progsearch.themes.words import words_record

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
    from progsearch.languages import LANGUAGES
    from progsearch.settings import Settings

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


def report(
    done: Iterable[FileDone], chosen: Settings, *, quiet: bool
) -> tuple[dict[str, int], int]:
    """Tell of each problem as it comes, and at the end of languages that nobody asked for; the
    files by what was done, and the passages."""
    from collections import Counter

    from progsearch.cli._support.output import say
    from progsearch.languages.unexpected import advice

    tally: Counter[str] = Counter()
    documents, others = Counter[str](), Counter[str]()
    passages = 0
    for one in _watched(done, quiet=quiet):
        tally[one.status] += 1
        for tag, (whole, parts) in one.unexpected.items():
            documents[tag] += whole
            others[tag] += parts
        passages += one.passages
        for problem in one.problems:
            if problem.fatal or not quiet:
                say(f"{'error' if problem.fatal else 'note'}: {problem}")
    if not quiet:
        found = sorted(documents, key=lambda tag: (-documents[tag], -others[tag], tag))
        for tag in found:
            told = advice(tag, documents[tag], others[tag], chosen.detected, found)
            say(f"note: {told}")
    return dict(tally), passages


def _watched(done: Iterable[FileDone], *, quiet: bool) -> Iterator[FileDone]:
    """The same, with a progress line on a terminal and none in a pipe."""
    import sys
    from time import perf_counter

    if quiet or not sys.stderr.isatty():
        yield from done
        return
    from rich.console import Console
    from rich.progress import (
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.table import Column

    from progsearch.ingest import Status
    from progsearch.visible import visible

    # Where there is little room, the name of the file gives way.
    rest = Column(ratio=1, no_wrap=True, overflow="ellipsis")
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,} of {task.fields[of]} files"),
        TextColumn("{task.fields[passages]:,} passages, {task.fields[rate]:,.0f}/s"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False, table_column=rest),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, expand=True) as progress:
        task = progress.add_task("", total=None, passages=0, rate=0, of="?")
        passages = new = 0
        begun = perf_counter()
        for one in done:
            passages += one.passages
            new += one.passages if one.status in (Status.ADDED, Status.CHANGED) else 0
            progress.update(
                task,
                advance=1,
                total=one.of,
                of=f"{one.of:,}",
                passages=passages,
                rate=new / (perf_counter() - begun),
                description=visible(one.path.rpartition("/")[2]),
            )
            yield one
        progress.update(task, description="writing the index …")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("ingest", short_help="Read files and bring the index up to date.")(ingest)
