"""The writer of a durable index: each commit becomes a generation."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from progsearch.classes import dataclass
from progsearch.engine import mark as marks
from progsearch.errors import ProgsearchError

if TYPE_CHECKING:
    from progsearch.engine import Engine, Prepared, Writer

__all__ = ["GenerationWriter", "Home", "written"]


class Home(Protocol):
    """The index whose generations are written."""

    folder: Path

    def following(self, number: int = 0) -> tuple[Path, Engine]:
        """The folder of the next generation, and the index that is to be changed there."""

    def replace(self, place: Path, engine: Engine, rights: int = 0o777) -> None:
        """Make a generation the current one."""


_ROOM = "see that the disk has room, and run ingest again; the index is as it was"


@dataclass(frozen=True, slots=True)
class _Next:
    """A generation that is being written."""

    place: Path
    engine: Engine
    writer: Writer
    stack: ExitStack


class GenerationWriter:
    """Writes generations, one with each commit."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._open: _Next | None = None

    def _next(self) -> _Next:
        if self._open is None:
            place, engine = self._home.following()
            stack = ExitStack()
            self._open = _Next(place, engine, stack.enter_context(engine.writer()), stack)
        return self._open

    def add(self, prepared: Prepared) -> None:
        """Write a document in the place of what was there of it."""
        with written(self._home.folder):
            self._next().writer.add(prepared)

    def remove(self, document: str) -> None:
        """Take a document out."""
        with written(self._home.folder):
            self._next().writer.remove(document)

    def clear(self) -> None:
        """Take all documents and forms out."""
        with written(self._home.folder):
            self._next().writer.clear()

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Make what was written the current generation."""
        told = state.get(marks.RIGHTS, {}).get("mode", 0o777)
        with written(self._home.folder):
            done = self._next()
            done.writer.commit(state)
            done.stack.close()  # tantivy may still merge segments until then
            self._home.replace(done.place, done.engine, told if isinstance(told, int) else 0o700)
        self._open = None

    def cancel(self) -> None:
        """Throw away what was not committed."""
        if self._open is None:
            return
        undone, self._open = self._open, None
        # What was written is thrown away, so it does not matter that no more can be.
        with suppress(Exception):
            undone.stack.close()
        with suppress(Exception):
            undone.engine.close()
        shutil.rmtree(undone.place, ignore_errors=True)


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Have it told which index cannot be written, and that nothing is lost."""
    try:
        yield
    except OSError as error:
        why = f"the index cannot be written: {error.strerror or error}"
        raise ProgsearchError(why, where=str(folder), remedy=_ROOM) from None
    except ProgsearchError as error:
        raise ProgsearchError(
            error.what, where=error.where or str(folder), remedy=error.remedy
        ) from None
