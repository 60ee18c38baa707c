"""The index that is open for pages: always that of the last commit, and one question at a time.

A commit replaces the mark of an index (:mod:`progsearch.engine.mark`); whoever asks looks at
the mark first, which takes microseconds, and opens the index anew when it is another.
Questions are work for the processor, of which Python does one at a time in any case; a lock
keeps an index from being closed under a question.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock
from typing import Generic, TypeVar

from progsearch.api.index import OpenIndex, open_index
from progsearch.engine.mark import MARK

__all__ = ["Cache", "Fresh", "Recent"]

Stamp = tuple[int, int, int]
T = TypeVar("T")


class Fresh:
    """The index in a folder, opened anew after each commit; ``themes`` are folders of themes."""

    def __init__(self, folder: Path, themes: Sequence[Path] = ()) -> None:
        self.folder = folder
        self._themes = tuple(themes)
        self._lock = RLock()
        self._stamp: Stamp | None = None
        self._open: OpenIndex | None = None

    @property
    def stamp(self) -> Stamp | None:
        """What tells one commit from the next; none where there is no index."""
        with suppress(OSError):
            found = os.stat(self.folder / MARK)  # noqa: PTH116 - a third of the time of Path
            return found.st_mtime_ns, found.st_size, found.st_ino
        return None

    @contextmanager
    def index(self) -> Iterator[OpenIndex]:
        """The index of the last commit, for one question.

        Raises ProgsearchError where there is none, or when it is damaged.
        """
        with self._lock:
            stamp = self.stamp
            if self._open is None or stamp is None or stamp != self._stamp or self._open.stale:
                self.close()
                self._open = open_index(self.folder, themes=self._themes)
                self._stamp = stamp
            yield self._open

    def close(self) -> None:
        """Let go of the index's files."""
        with self._lock:
            if self._open is not None:
                self._open.close()
            self._open = None


class Cache:
    """Answers that were made before, by what they depend on; the oldest go first.

    ``most`` bounds the bytes that they hold together.
    """

    def __init__(self, most: int = 32_000_000) -> None:
        self._most = most
        self._held = 0
        self._found: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._found)

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The answer with that key, made now if it is not kept."""
        with self._lock:
            kept = self._found.get(key)
            if kept is not None:
                self._found.move_to_end(key)
                return kept
        made = make()
        if len(made) <= self._most // 4:
            with self._lock:
                self._held += len(made) - len(self._found.pop(key, b""))
                self._found[key] = made
                while self._held > self._most:
                    _, gone = self._found.popitem(last=False)
                    self._held -= len(gone)
        return made


class Recent(Generic[T]):
    """The last few answers of a kind that takes long to make, by what they depend on."""

    def __init__(self, most: int = 2) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer with that key, made now if it is not kept."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        made = make()
        with self._lock:
            self._found[key] = made
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return made
