"""A disk that loses what was not synced, for power cuts without a power cut.

What a file holds lasts from its sync on, and which names a folder has from the folder's: that is
what POSIX promises, and no more. A disk may keep names earlier than it must, so each moment has
two pictures: one with the names that were synced (``late``), one with all names there are
(``early``); in both a file that was not synced is empty.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from progsearch.engine import mark

SYNC = mark.sync
"""The real one: other tests do without it, see ``conftest``."""

Names = dict[str, int]


class Picture(NamedTuple):
    """What a disk holds after a power cut: the names of each folder and the bytes of each file,
    by the numbers of their inodes."""

    moment: str
    top: int
    folders: dict[int, Names]
    files: dict[int, bytes]

    def put(self, place: Path) -> None:
        """Make the folder of it."""
        place.mkdir()
        self._put(self.top, place)

    def _put(self, folder: int, place: Path) -> None:
        for name, number in self.folders.get(folder, {}).items():
            if number in self.folders:
                (place / name).mkdir()
                self._put(number, place / name)
            else:
                (place / name).write_bytes(self.files.get(number, b""))


class Disk:
    """Watches the syncs below a folder."""

    def __init__(self, top: Path, pinned: Path) -> None:
        self.top = top
        self.pictures: list[Picture] = []
        self._pinned = pinned  # files that are deleted must not give their numbers to others
        pinned.mkdir()
        self._files: dict[int, bytes] = {}
        self._folders = self._names()
        for file in top.rglob("*"):
            if file.is_file():
                self._files[self._pin(file)] = file.read_bytes()

    def _pin(self, file: Path) -> int:
        number = file.stat().st_ino
        if not (self._pinned / str(number)).exists():
            os.link(file, self._pinned / str(number))
        return number

    def _names(self) -> dict[int, Names]:
        found = {}
        for folder in (self.top, *(one for one in self.top.rglob("*") if one.is_dir())):
            found[folder.stat().st_ino] = {one.name: one.stat().st_ino for one in folder.iterdir()}
        return found

    def synced(self, descriptor: int) -> None:
        """Note that a file or folder was synced."""
        state = os.fstat(descriptor)
        if stat.S_ISDIR(state.st_mode):
            now = self._names()
            if state.st_ino in now:
                self._folders[state.st_ino] = now[state.st_ino]
                for number in now[state.st_ino].values():
                    if number in now:  # a folder whose name lasts, and which is empty as yet
                        self._folders.setdefault(number, {})
        else:
            self._files[state.st_ino] = os.pread(descriptor, state.st_size, 0)
            for file in self.top.rglob("*"):
                if file.is_file() and file.stat().st_ino == state.st_ino:
                    self._pin(file)
        self.moment("a sync")

    def moment(self, what: str) -> None:
        """Take both pictures of now."""
        top = self.top.stat().st_ino
        files = dict(self._files)
        late = {number: dict(names) for number, names in self._folders.items()}
        self.pictures.append(Picture(f"late, after {what}", top, late, files))
        self.pictures.append(Picture(f"early, after {what}", top, self._names(), files))


@contextmanager
def losing(top: Path, pinned: Path) -> Iterator[Disk]:
    """A disk below a folder, watched; syncs are real meanwhile."""
    disk = Disk(top, pinned)
    fsync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        fsync(descriptor)
        disk.synced(descriptor)

    def replaced(*words: str, **more: int) -> None:
        replace(*words, **more)
        disk.moment("a file took the place of another")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mark, "sync", SYNC)
        patch.setattr(os, "fsync", synced)
        patch.setattr(os, "replace", replaced)
        disk.moment("the beginning")
        yield disk
