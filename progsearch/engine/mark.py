"""The mark of an index: a small file that names its engine and the folder that holds it.

An index's folder has one folder for each generation, which is written once and never
changed, and the mark, which names the current one and the checksums of its files. To
replace the mark is to commit: what a mark names was written and synced before.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from progsearch import __version__
from progsearch.classes import dataclass
from progsearch.errors import ProgsearchError

__all__ = [
    "LOCK",
    "MARK",
    "REBUILD",
    "RIGHTS",
    "SCHEMA_VERSION",
    "Mark",
    "checksum",
    "faults",
    "generations",
    "link",
    "narrow",
    "read_mark",
    "seal",
    "sync",
    "told_in",
    "write_mark",
]

SCHEMA_VERSION = 4
"""Changes when an index written before can no longer be read."""

MARK = "progsearch.json"
"""Name of the mark in an index's folder."""

LOCK = "progsearch.lock"
"""Name of the file in an index's folder that its writer locks."""

SMALL = 1 << 16
"""Bytes up to which a file's checksum is looked at whenever the index is opened."""

RIGHTS = "rights"
"""The part of the state that says who may read the index, as ``mode``."""

SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time tells whether it was written to: the coarsest clock of a
file system (FAT)."""

_GENERATION = re.compile(r"[a-z]+-[0-9]{6,}")

REBUILD = "run: progsearch ingest --rebuild PATH"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the mark says: ``library`` names what wrote the files and in which format,
    ``generation`` their folder, ``files`` the size and the checksum of each. ``seal`` is the
    checksum of all that; it is made when the mark is written."""

    engine: str
    library: str
    generation: str
    files: Mapping[str, tuple[int, str]]
    progsearch: str = __version__
    schema: int = SCHEMA_VERSION
    seal: str = ""


def seal(told: Mapping[str, Any]) -> str:
    """The checksum of what a mark tells."""
    rest = {key: value for key, value in told.items() if key != "seal"}
    return blake2b(json.dumps(rest, sort_keys=True).encode(), digest_size=16).hexdigest()


def read_mark(folder: Path) -> Mark | None:
    """The mark in a folder; None when there is none.

    Raises ProgsearchError when it cannot be read, or when the index was written by a version
    of progsearch whose indexes this one cannot read.
    """
    told = told_in(folder)
    if not told:
        if (folder / MARK).exists():
            raise _damaged(folder)
        return None
    schema = told.get("schema", 0)
    if schema != SCHEMA_VERSION:
        newer = isinstance(schema, int) and schema > SCHEMA_VERSION
        by = f"a newer version ({told.get('progsearch')})" if newer else "an older version"
        raise ProgsearchError(
            f"the index was written by {by} of progsearch",
            where=str(folder),
            remedy=f"upgrade progsearch, or {REBUILD}" if newer else REBUILD,
        )
    if told.get("seal", "") not in ("", seal(told)):
        raise _damaged(folder)
    try:
        files = {str(name): (int(size), str(sum_)) for name, (size, sum_) in told["files"].items()}
        mark = Mark(**{**told, "files": files})
    except (LookupError, TypeError, ValueError, AttributeError):
        raise _damaged(folder) from None
    if not _GENERATION.fullmatch(str(mark.generation)):
        raise _damaged(folder)
    return mark


def told_in(folder: Path) -> Mapping[str, Any]:
    """What a mark says, whoever wrote it; nothing when there is none that can be read."""
    with suppress(OSError, ValueError, RecursionError):
        told = json.loads((folder / MARK).read_text(encoding="utf-8"))
        if isinstance(told, dict):
            return told
    return {}


def _damaged(folder: Path) -> ProgsearchError:
    return ProgsearchError("cannot be read", where=str(folder / MARK), remedy=REBUILD)


def write_mark(folder: Path, mark: Mark) -> None:
    """Put a mark in the place of the one before; this is the commit. Raises OSError."""
    aside = folder / f".{MARK}"
    told = asdict(mark)
    told["seal"] = seal(told)
    aside.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    sync(aside)
    aside.replace(folder / MARK)
    sync(folder)


def generations(folder: Path) -> list[str]:
    """The folders of generations that are there, the current one and others."""
    with suppress(FileNotFoundError):
        found = (one.name for one in os.scandir(folder) if one.is_dir(follow_symlinks=False))
        return sorted(name for name in found if _GENERATION.fullmatch(name))
    return []


def narrow(path: Path, rights: int) -> None:
    """Take rights away from a file or folder that are not among these bits of a mode."""
    now = stat.S_IMODE(path.stat().st_mode)
    if now & ~rights & 0o777:
        path.chmod(now & (rights | ~0o777))


def sync(path: Path) -> None:
    """Have a file or folder written to the disk itself, so that a power cut leaves it."""
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":
        return  # Windows cannot, and keeps its journal of folders itself
    # Windows syncs only what is open for writing.
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # its fsync stops at the disk's cache
        else:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def link(file: Path, there: Path) -> None:
    """Have a file that is never changed at another place, too."""
    try:
        os.link(file, there)
    except OSError:  # not every file system has links
        shutil.copyfile(file, there)


def checksum(file: Path) -> str:
    """The checksum of a file. Raises OSError."""
    digest = blake2b(digest_size=16)
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def faults(folder: Path, mark: Mark, *, whole: bool) -> Iterator[tuple[str, str]]:
    """The files of an index that are not as they were written, and what is wrong with each.

    Unless ``whole``, only the sizes of large files are looked at that were last written before
    the mark: so are all, unless somebody has written to them or copied the index since. When
    such files turn out to be as they were, the mark is made younger than they are, so that
    they are not gone over each time.
    """
    place = folder / mark.generation
    begun, doubted, sound = time.time_ns() - SETTLED, 0, True
    try:
        committed = (folder / MARK).stat().st_mtime_ns
    except OSError:
        committed = 0
    for name, (size, wanted) in mark.files.items():
        file = place / name
        what = ""
        try:
            state = file.stat()
            written = state.st_mtime_ns
            suspect = whole or size <= SMALL or written >= committed
            doubted = max(doubted, written)
            if state.st_size != size:
                what = f"has {state.st_size:,} bytes and had {size:,}"
            elif suspect and checksum(file) != wanted:
                what = "is not as it was written"
        except FileNotFoundError:
            what = "is missing"
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
        if what:
            sound = False
            yield name, what
    if sound and committed and committed <= doubted < begun:
        # Who may not write here looks again the next time.
        with suppress(OSError):
            os.utime(folder / MARK, ns=(begun, begun))
