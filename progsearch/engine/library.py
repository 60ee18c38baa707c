"""What an index in a folder needs of a library, and what is wanted of such an index."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from progsearch.classes import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from progsearch.engine import Engine

__all__ = ["Library", "Wanted"]


class Library(Protocol):
    """A module that knows an engine's library; its index lies in one folder."""

    LIBRARY: str
    """The library and the format of its files: an index in another one cannot be used."""

    LOCKS: frozenset[str]
    """Names of files that are of no use when a writer is done."""

    def open_index(self, folder: Path | None, create: bool) -> Engine:
        """The index in a folder; one that is empty, and in memory, without a folder."""

    def join(self, folder: Path, removed: Sequence[str], parts: Sequence[Path]) -> None:
        """Take documents out of the index in a folder, and all that other indices have into it,
        which have none of its own documents. Their state is not taken."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of an index: the engine of that ``name``, or any; ``begin`` one when
    there is none, or take it for empty until the first commit (``rebuild``); ``waiting`` is
    told of another writer, which is waited for."""

    name: str | None = None
    begin: bool = False
    rebuild: bool = False
    waiting: Callable[[str], None] | None = None
