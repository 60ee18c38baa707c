"""How an engine is timed: what building and asking took, and how a question is put anew."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from benchmarks.corpus import SyntheticCorpus, Theme

REGION = "CZ-05"

LIMIT = 20

BATCH = 50  # documents

T = TypeVar("T")


@dataclass(slots=True)
class Built:
    """Seconds on the wall and of all processors, and bytes of the index.

    ``others`` are the seconds of processors of the nodes of a cluster.
    """

    wall: float = 0.0
    cpu: float = 0.0
    size: int = 0
    others: float = 0.0


@dataclass(slots=True)
class Asked:
    """Milliseconds of processors for each kind of question, median and 95th percentile.

    On a machine that does nothing else they are those on the wall, too; ``wall`` has the
    median of these.
    """

    cold: float = 0.0
    prepared: float = 0.0
    times: dict[str, tuple[float, float]] = field(default_factory=dict)
    wall: dict[str, float] = field(default_factory=dict)
    hits: int = 0


def cpu() -> float:
    """Seconds of processors so far, those of child processes among them."""
    return time.process_time() + sum(os.times()[2:4])


class Watch:
    """Adds up the time of what is done in its context."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        # Asking for the time of processors takes long on some machines.
        self._cpu = cpu()
        self._wall = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._wall
        self.cpu += cpu() - self._cpu


def batches(found: Iterable[T]) -> Iterator[list[T]]:
    """Some at a time, so that the watch is looked at rarely."""
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        yield batch


def bytes_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


Prepare = Callable[[Any, Theme], Any]
"""Turns a theme into what an engine is asked; this is not timed with the questions."""


def asked_of(
    open_: Callable[[], Any],
    prepare: Prepare,
    questions: Mapping[str, Callable[[Any, Any], int]],
    themes: Sequence[Theme],
    others: Callable[[], float] = lambda: 0.0,
) -> Asked:
    """Ask every question for every theme, of an engine that is opened anew for each question.

    The first answer of all, with the opening, is the cold one. ``others`` tells the seconds of
    processors of another machine; what it takes is shared out evenly.
    """
    begun = cpu()
    opened = open_()
    questions["theme"](opened, prepare(opened, themes[0]))
    asked = Asked(cold=1000 * (cpu() - begun))
    for name, question in questions.items():
        opened = open_()
        question(opened, prepare(opened, themes[0]))
        begun = cpu()
        ready = [prepare(opened, theme) for theme in themes[1:]]
        asked.prepared = 1000 * (cpu() - begun) / len(ready)
        times, wall = [], []
        before = others()
        for one in ready:
            started, begun = time.perf_counter(), cpu()
            answer = question(opened, one)
            times.append(1000 * (cpu() - begun))
            wall.append(1000 * (time.perf_counter() - started))
            if name == "theme":
                asked.hits += answer
        more = 1000 * (others() - before) / len(ready)
        times = sorted(one + more for one in times)
        asked.times[name] = median(times), times[int(len(times) * 0.95)]
        asked.wall[name] = median(wall)
    return asked


@dataclass(frozen=True, slots=True)
class Run:
    """How an engine is built and asked, in a folder of its own."""

    build: Callable[[SyntheticCorpus, Path], Built]
    ask: Callable[[Path, list[Theme]], Asked]
