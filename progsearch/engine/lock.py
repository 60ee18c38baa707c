"""One writer at a time: a lock that the operating system holds, and lets go with its process."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from progsearch.engine.mark import LOCK
from progsearch.errors import ProgsearchError

__all__ = ["only_writer", "writer_of"]

_HOLDER = f".{LOCK}.json"
"""Who holds the lock; only to be told, for a file may outlive its writer and a lock does not."""


@contextmanager
def only_writer(folder: Path, told: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock of the index in a folder.

    With ``told``, another writer is waited for, and this is told who it is. Raises
    ProgsearchError when there is another one and it is not waited for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        holder = _holder(folder)
        if told is None:
            raise ProgsearchError(
                f"another ingest{holder} is writing to this index",
                where=str(folder),
                remedy="try again when it is done, or use --wait",
            ) from None
        told(f"waiting for another ingest{holder}, which is writing to this index …")
        lock.acquire(poll_interval=0.2)
    try:
        _tell(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / _HOLDER).unlink()
        lock.release()


def writer_of(folder: Path) -> str:
    """Who is writing to the index in a folder; empty when nobody is, or it cannot be told."""
    if not (folder / LOCK).exists():
        return ""
    lock = FileLock(folder / LOCK, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return f"another ingest{_holder(folder)}"
    except OSError:
        return ""  # a folder that may only be read
    lock.release()
    return ""


def _tell(folder: Path) -> None:
    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    holder = {"process": os.getpid(), "host": platform.node(), "since": since}
    with suppress(OSError):
        (folder / _HOLDER).write_text(json.dumps(holder), encoding="utf-8")


def _holder(folder: Path) -> str:
    try:
        found = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        return f" (process {found['process']} on {found['host']}, since {found['since']})"
    except (OSError, ValueError, LookupError, TypeError):
        return ""  # it has only just begun
