"""Processes that work for this one: begun and ended without a word, whatever ends it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["quiet_start", "workers"]


@contextmanager
def workers(processes: int) -> Iterator[Executor]:
    """So many processes to give work to. Whatever ends this one ends them."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    _track_quietly()
    others = set(active_children())
    # Spawned everywhere: what works on Linux then works on Windows and macOS, too.
    executor = ProcessPoolExecutor(processes, get_context("spawn"), _begin)
    try:
        yield executor
    except BaseException:
        # Whoever stops the run does not wait for files that nobody wants any more.
        for process in set(active_children()) - others:
            process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def quiet_start() -> Iterator[None]:
    """Have processes that are begun now never hear of Ctrl-C. They would tell it themselves only
    when all is imported; here it is heard at the end. Windows cannot do that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Set up a process that analyses: it ends with its parent and leaves Ctrl-C to it."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _track_quietly() -> None:
    """Begin the process that takes away semaphores when a run is ended before it could.

    It warns of those on the standard error that it is begun with, where they concern nobody.
    """
    if sys.platform == "win32":
        return  # where semaphores go with their processes
    from multiprocessing import resource_tracker

    with suppress(OSError):  # there may be no standard error
        shown = os.dup(2)
        try:
            with open(os.devnull, "wb") as nothing:  # noqa: PTH123 - it is no file
                os.dup2(nothing.fileno(), 2)
            resource_tracker.ensure_running()
        finally:
            os.dup2(shown, 2)
            os.close(shown)
