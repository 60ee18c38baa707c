"""What is kept between runs on this machine, because it can be made anew at any time.

A folder of the user's own, where the system keeps such things: what lies there makes a command
faster and never changes what it says. Each file names what it was made of, so that it holds for
that only, and has a checksum. What cannot be read, fits no longer, or could have been written by
somebody else is as if it were not there; what cannot be written is not kept, without a word.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

__all__ = ["VARIABLE", "digest", "folder", "keep", "load", "oldest", "sources"]

VARIABLE = "PROGSEARCH_CACHE"
"""The variable that names the folder; empty, nothing is kept."""

MAX_BYTES = 200_000_000
"""Bytes of a file, unpacked, that are read at most."""

_MAGIC = b"progsearch kept 1"
_LINE = 200  # bytes of a first line at most
_PACKAGE = Path(__file__).parent
_FLAGS = sum(getattr(os, name, 0) for name in ("O_BINARY", "O_NOFOLLOW", "O_CLOEXEC"))
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def digest(*parts: bytes) -> str:
    """What a file was made of, in few letters: another one if any of the parts is another."""
    found = blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


@cache
def sources(*packages: str) -> bytes:
    """A digest of the modules of packages of progsearch, for what depends on what they do.

    It is that of the first time: a process goes on with the modules that it has begun with.
    """
    found = blake2b(digest_size=16)
    for package in packages:
        folder = _PACKAGE / package
        for module in sorted(folder.glob("*.py")):
            data = module.read_bytes()
            found.update(f"{package}/{module.name} {len(data)} ".encode() + data)
    return found.digest()


def folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where things are kept; None if nowhere. It need not be there yet."""
    named = environment.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA", "")
        return Path(base, "progsearch", "Cache") if base else None
    base = environment.get("XDG_CACHE_HOME", "")
    if base and Path(base).is_absolute():
        return Path(base, "progsearch")
    home = environment.get("HOME", "")
    if not Path(home).is_absolute():
        return None
    inside = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
    return Path(home, *inside, "progsearch")


def load(name: str, made_of: str, *, plain: bool = False) -> bytes | None:
    """What was kept under a name, if it was made of that; None otherwise. ``plain`` says that it
    was not packed."""
    found = view(name, made_of)
    if found is None or plain:
        return None if found is None else bytes(found)
    try:
        unpacking = zlib.decompressobj()
        unpacked = unpacking.decompress(found, MAX_BYTES)
        return unpacked if unpacking.eof else None
    except zlib.error:
        return None


def view(name: str, made_of: str) -> memoryview | None:
    """The same without a copy, of what was not packed."""
    place = folder()
    if place is None:
        return None
    try:
        data = _read(place, name)
    except (OSError, ValueError):
        return None
    head = data[:_LINE].partition(b"\n")[0]
    body = memoryview(data)[len(head) + 1 :]
    return body if head == _head(made_of, body) else None


def oldest(names: Iterable[str]) -> str:
    """Of some names one under which nothing is kept, or else that of what was kept first."""
    place = folder()

    def age(name: str) -> float:
        try:
            return (place / name).lstat().st_mtime if place else 0.0
        except OSError:
            return 0.0

    return min(names, key=age)


def keep(name: str, made_of: str, data: bytes, *, plain: bool = False) -> None:
    """Keep something under a name, in the place of what was kept under it; ``plain`` does not
    pack it."""
    place = folder()
    if place is None:
        return
    body = data if plain else zlib.compress(data, 1)
    with suppress(OSError, ValueError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(place.lstat(), stat.S_ISDIR):
            return
        # What tempfile does, which takes longer to load than most of what is kept.
        aside = place / f".{os.urandom(8).hex()}.part"
        handle = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_head(made_of, body) + b"\n")
                file.write(body)
            aside.replace(place / name)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise


def _head(made_of: str, body: bytes | memoryview) -> bytes:
    checked = blake2b(body, digest_size=16).hexdigest()
    return b" ".join((_MAGIC, made_of.encode(), checked.encode()))


def _read(place: Path, name: str) -> bytes:
    """The bytes of a file that nobody else can have written; none otherwise."""
    if not _ours(place.lstat(), stat.S_ISDIR):
        return b""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _FLAGS
    with os.fdopen(os.open(place / name, flags), "rb", buffering=0) as file:
        told = os.fstat(file.fileno())
        if not _ours(told, stat.S_ISREG) or told.st_size > MAX_BYTES:
            return b""
        return file.read()


def _ours(told: os.stat_result, kind: object) -> bool:
    """Whether it is of that kind, this user's, and nobody else may write it.

    Windows tells neither; there the folder is in the user's profile, which is closed to others.
    """
    if not callable(kind) or not kind(told.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return told.st_uid == os.geteuid() and not told.st_mode & _OTHERS
