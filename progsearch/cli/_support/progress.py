"""What is told while files are read, and when they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from progsearch.outcomes import FileDone
    from progsearch.settings import Settings

__all__ = ["Told", "report", "warn_of_parties"]

MOST_ALIKE = 10
"""Pairs of parties that look alike of which is told."""


def warn_of_parties(values: Iterable[str]) -> None:
    """Say which parties may be one under two names, and what to do about it."""
    from progsearch.cli._support.output import say
    from progsearch.facts.registry import look_alikes

    found = list(look_alikes(values))
    for pair in found[:MOST_ALIKE]:
        say(f"note: parties {pair}")
    if len(found) > MOST_ALIKE:
        say(f"note: {len(found) - MOST_ALIKE:,} further pairs of parties look alike")
    if found:
        say("if they are one, say so below [parties.alias] in progsearch.toml")


NAMED = 3
"""Files of a kind that are named."""


@dataclass(frozen=True, slots=True)
class Told:
    """The files by what was done, the passages, the skipped files by why, and the parties of the
    files that were read."""

    files: dict[str, int]
    passages: int
    skipped: dict[str, list[str]]
    parties: frozenset[str] = frozenset()

    def skipped_lines(self) -> Iterator[str]:
        """A line for each reason, with the first files."""
        for why, paths in self.skipped.items():
            more = len(paths) - NAMED
            named = ", ".join(paths[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
            yield f"skipped, {why}: {named}"


def report(done: Iterable[FileDone], chosen: Settings, *, quiet: bool) -> Told:
    """Tell of each problem as it comes, and at the end of languages that nobody asked for; what
    was done in all."""
    from collections import Counter

    from progsearch.cli._support.output import say
    from progsearch.languages.unexpected import advice

    tally: Counter[str] = Counter()
    skipped: dict[str, list[str]] = {}
    documents, others = Counter[str](), Counter[str]()
    passages = 0
    parties: set[str] = set()
    for one in _watched(done, quiet=quiet):
        tally[one.status] += 1
        for tag, (whole, parts) in one.unexpected.items():
            documents[tag] += whole
            others[tag] += parts
        passages += one.passages
        parties.update(one.parties)
        if one.why:
            skipped.setdefault(one.why, []).append(one.path)
        for problem in one.problems:
            if problem.fatal or not quiet:
                say(f"{'error' if problem.fatal else 'note'}: {problem}")
    if not quiet:
        found = sorted(documents, key=lambda tag: (-documents[tag], -others[tag], tag))
        for tag in found:
            told = advice(tag, documents[tag], others[tag], chosen.detected, found)
            say(f"note: {told}")
    return Told(dict(tally), passages, skipped, frozenset(parties))


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
