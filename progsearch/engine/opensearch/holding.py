"""Who writes holds the index: the lease is renewed while the process is there."""

from __future__ import annotations

import os
import platform
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace

from progsearch.engine.opensearch.manifest import LEASE, Lease, Ledger
from progsearch.engine.opensearch.writing import ClusterWriter
from progsearch.errors import ProgsearchError

__all__ = ["Written", "holds", "renewed"]


class Written:
    """A writer that has its engine show what it has committed."""

    def __init__(self, committed: Callable[[], None], inner: ClusterWriter) -> None:
        self._committed = committed
        self._inner = inner
        self.add, self.remove = inner.add, inner.remove
        self.clear, self.cancel, self.flush = inner.clear, inner.cancel, inner.flush

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Make the changes lasting."""
        self._inner.commit(state)
        self._committed()


@contextmanager
def renewed(ledger: Ledger, writer: ClusterWriter) -> Iterator[None]:
    """Say now and then that the writer still holds the index."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(LEASE / 4):
            with suppress(ProgsearchError), ledger.changing:
                now = ledger.read()
                if now and now.writer and now.writer.generation == writer.lease.generation:
                    lease = replace(now.writer, until=time.time() + LEASE)
                    ledger.write(replace(now, writer=lease))

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def holds(lease: Lease) -> bool:
    """Whether a lease still holds. One of this machine does not: its process has let go of
    the lock of the folder, or had another folder and is asked for by its number."""
    if lease.together or lease.host != platform.node():
        return lease.until > time.time()
    return lease.until > time.time() and _runs(lease.process)


def _runs(process: int) -> bool:
    """Whether a process of this machine is still there; where it cannot be told, it is."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
