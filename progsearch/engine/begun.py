"""The generation of an index in a folder that several write together, and those who wait for it.

A file says that it was begun, and no process holds it; see :mod:`progsearch.engine.sharing`.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from progsearch.classes import dataclass
from progsearch.engine import mark as marks
from progsearch.errors import ProgsearchError

if TYPE_CHECKING:
    from progsearch.engine import Writer

__all__ = [
    "LEDGER",
    "SHARES",
    "Begun",
    "Together",
    "alone",
    "begun_in",
    "holder_in",
    "ledger_in",
    "sole_writer",
    "sweep",
]

LEDGER = "progsearch.shares.json"
"""Name of the file in an index's folder that says which generation several write."""

SHARES = "shares"
"""Name of the folder of the parts that they have written."""

POLL = 0.5
"""Seconds between two looks whether a generation that several write is done."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A generation that several write: with which ``engine``, and which version of its library;
    after the generation ``base``, or with ``rebuild`` in the place of what there is."""

    generation: int
    engine: str
    library: str
    base: str
    rebuild: bool
    token: str
    since: str

    @property
    def name(self) -> str:
        """The name of the generation's folder."""
        return f"{self.engine}-{self.generation:06d}"

    def holder(self) -> str:
        """Who writes, in words."""
        return f" (of several writers, generation {self.generation}, since {self.since})"


def begun_in(folder: Path) -> Begun | None:
    """The generation that several write to the index in a folder.

    Raises ProgsearchError when the file that says so cannot be read.
    """
    told = ledger_in(folder).get("begun")
    if not told:
        return None
    try:
        begun = Begun(**told)
    except TypeError:
        raise _unreadable(folder) from None
    # Whoever committed it may have been stopped before it could say so.
    return None if marks.told_in(folder).get("generation") == begun.name else begun


def ledger_in(folder: Path) -> Mapping[str, Any]:
    """What the file says; nothing when there is none. Raises ProgsearchError as above."""
    try:
        told = json.loads((folder / LEDGER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise _unreadable(folder) from None
    if not isinstance(told, dict):
        raise _unreadable(folder)
    return told


def _unreadable(folder: Path) -> ProgsearchError:
    remedy = "delete it, and begin anew: progsearch ingest --begin"
    return ProgsearchError("cannot be read", where=str(folder / LEDGER), remedy=remedy)


def alone(folder: Path, waiting: Callable[[str], None] | None = None) -> None:
    """See that no generation is begun that several write, or wait until it is done.

    Raises ProgsearchError when there is one and it is not waited for.
    """
    told = False
    while begun := begun_in(folder):
        if waiting is None:
            raise ProgsearchError(
                f"another ingest{begun.holder()} is writing to this index",
                where=str(folder),
                remedy="commit it, or give it up: "
                f"progsearch ingest --abandon {begun.generation} --index {folder}",
            )
        if not told:
            waiting(f"waiting for another ingest{begun.holder()} …")
            told = True
        time.sleep(POLL)


class Together(Protocol):
    """What several writers of one generation of an index do."""

    def begin(self) -> int:
        """Begin a generation that several write; its number."""

    def share(self, generation: int, number: int, of: int) -> AbstractContextManager[Writer]:
        """Write a share of a generation; its commit reports that this is done."""

    def reports(self, generation: int, name: str) -> list[Mapping[str, Any]]:
        """What all shares have reported. Raises ProgsearchError when one has not."""

    def committing(self, generation: int) -> AbstractContextManager[Writer]:
        """The writer that commits what several have written."""

    def abandon(self, generation: int) -> None:
        """Give a generation up that several were to write."""


@contextmanager
def sole_writer(folder: Path, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock of the index in a folder, while no several write it together.

    Raises ProgsearchError when there is another writer and it is not waited for.
    """
    from progsearch.engine.lock import only_writer

    alone(folder, waiting)
    with only_writer(folder, waiting):
        alone(folder)
        sweep(folder)
        yield


def sweep(folder: Path) -> str:
    """Take away the shares of a generation that is done; those that are still being written."""
    from filelock import FileLock, Timeout

    place = folder / SHARES
    busy = []
    for file in sorted(place.glob("*.lock")):
        try:
            with FileLock(file, timeout=0):
                shutil.rmtree(file.with_suffix(""), ignore_errors=True)
                file.with_suffix(".json").unlink(missing_ok=True)
        except Timeout:
            busy.append(str(int(file.stem)))
    if not busy:
        shutil.rmtree(place, ignore_errors=True)
    return ", ".join(busy)


def holder_in(folder: Path) -> str:
    """Who is writing to the index in a folder; empty when nobody is, or it cannot be told."""
    from progsearch.engine.lock import writer_of

    begun = begun_in(folder)
    return f"another ingest{begun.holder()}" if begun else writer_of(folder)
