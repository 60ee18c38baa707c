"""Processes that work for this one, each with bounds; what ends one costs the work it had.

A worker is this Python with the same path of modules; it never imports ``__main__``. It is given
its work through a pipe, one piece at a time, and a thread of this process waits for it: no
longer than it may take. A worker that dies, is stopped or takes too much is replaced.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import IO, NamedTuple

__all__ = ["COLLECTED", "Lost", "Workers", "serve", "workers"]

BEGINNING = 60
"""Seconds more for the first piece of a worker, which has its dictionaries still to read."""

COLLECTED = (50_000, 20, 50)
"""Objects after which garbage is looked for, and how often in all that is old: of the usual 700
nearly none is ever found in what files are made of, and the search takes a twelfth of the time."""

_SIZE = struct.Struct(">Q")
_NO_MEMORY = 77  # an exit code that nothing else uses
_STARTED = (
    "import json, sys; told = json.loads(sys.argv[1]); sys.path[:] = told['path']; "
    "from progsearch.workers import serve; serve(told['memory'])"
)


class Lost(Exception):  # noqa: N818 - it tells what became of a worker
    """A worker was lost with the work that it had; its text says why.

    ``kind`` is ``time``, ``memory`` or ``ended``.
    """

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(why)
        self.kind = kind


class _Work(NamedTuple):
    packed: bytes
    seconds: float
    done: Future[bytes]


class Workers:
    """So many workers at most; each is begun when there is work for it."""

    def __init__(self, processes: int, memory: int) -> None:
        self._memory = memory
        self._waiting: queue.Queue[_Work | None] = queue.Queue()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(processes)]
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._guard = threading.Lock()
        self._over = False

    def submit(
        self, function: Callable[..., bytes], *words: object, seconds: float
    ) -> Future[bytes]:
        """Have a function of a module called with these values, which are sent to a worker.

        The result raises :class:`Lost` when its worker was lost.
        """
        if self._over:
            raise RuntimeError("the workers have ended")
        work = _Work(pickle.dumps((function, words), 5), seconds, Future())
        self._waiting.put(work)
        for thread in self._threads:
            if thread.ident is None:
                thread.start()
                break
        return work.done

    def stop(self) -> None:
        """End all workers at once, whatever they are doing."""
        with self._guard:
            self._over = True
            ended = list(self._processes)
        for process in ended:
            with suppress(OSError):
                process.kill()

    def close(self) -> None:
        """Wait for the work that is still to be done, and end the workers."""
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def pids(self) -> list[int]:
        """The numbers of the processes that work now."""
        with self._guard:
            return [process.pid for process in self._processes]

    def _work(self) -> None:
        _block_signals()  # what is begun in this thread hears none
        worker: _Worker | None = None
        while (work := self._waiting.get()) is not None and not self._over:
            try:
                if worker is None:
                    worker = self._begun()
                work.done.set_result(worker.ask(work.packed, work.seconds))
            except Lost as lost:
                self._ended(worker)
                worker = None
                work.done.set_exception(lost)
            except BaseException as error:  # noqa: BLE001 - it is told to who waits for it
                self._ended(worker)
                worker = None
                work.done.set_exception(error)
        self._ended(worker)

    def _begun(self) -> _Worker:
        worker = _Worker(self._memory)
        with self._guard:
            self._processes.add(worker.process)
            if self._over:
                worker.process.kill()
        return worker

    def _ended(self, worker: _Worker | None) -> None:
        if worker is not None:
            worker.end()
            with self._guard:
                self._processes.discard(worker.process)


@contextmanager
def workers(processes: int, memory: int) -> Iterator[Workers]:
    """So many processes to give work to. Whatever ends this one ends them."""
    made = Workers(processes, memory)
    try:
        yield made
    except BaseException:
        # Whoever stops the run does not wait for files that nobody wants any more.
        made.stop()
        raise
    finally:
        made.close()


class _Worker:
    """One process that is asked, and what it last said on its standard error."""

    def __init__(self, memory: int) -> None:
        told = json.dumps({"path": [one or os.getcwd() for one in sys.path], "memory": memory})  # noqa: PTH109
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - it ends with the worker
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        self.process = subprocess.Popen(  # noqa: S603 - this Python, and our own words
            [sys.executable, "-c", _STARTED, told],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            bufsize=0,
            creationflags=flags,
        )
        self._first = True

    def ask(self, packed: bytes, seconds: float) -> bytes:
        """What it answers. Raises Lost when it does not."""
        if self._first:
            seconds += BEGINNING
            self._first = False
        late = threading.Event()

        def too_late() -> None:
            late.set()
            self.process.kill()  # one that was stopped ends, too

        timer = threading.Timer(seconds, too_late)
        timer.daemon = True
        timer.start()
        try:
            assert self.process.stdin is not None  # noqa: S101 - both are pipes
            assert self.process.stdout is not None  # noqa: S101
            with suppress(OSError):  # it ended before it had read all
                _put(self.process.stdin, packed)
            answer = _got(self.process.stdout)
        finally:
            timer.cancel()
        if answer is None:
            raise self._lost(late.is_set(), seconds)
        return answer

    def _lost(self, late: bool, seconds: float) -> Lost:
        code = self.process.wait()
        if late:
            return Lost("time", f"took more than {seconds:,.0f} seconds")
        if code == _NO_MEMORY:
            return Lost("memory", "takes too much memory")
        if code < 0:
            with suppress(ValueError):
                return Lost("ended", f"ended the process that analysed it ({_named(-code)})")
        self._said.seek(0)
        said = self._said.read()[-2000:].decode("utf-8", "replace").split("\n")
        last = next((line.strip() for line in reversed(said) if line.strip()), f"code {code}")
        return Lost("ended", f"ended the process that analysed it ({last[:200]})")

    def end(self) -> None:
        """End the process, which is not asked any more."""
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._said.close()


def _named(number: int) -> str:
    return f"signal {signal.Signals(number).name}"


def _put(stream: IO[bytes], data: bytes) -> None:
    rest = memoryview(_SIZE.pack(len(data)) + data)
    while rest:
        rest = rest[stream.write(rest) :]


def _got(stream: IO[bytes]) -> bytes | None:
    """A message; None when whoever sends them has ended."""
    head = _exactly(stream, _SIZE.size)
    return None if head is None else _exactly(stream, _SIZE.unpack(head)[0])


def _exactly(stream: IO[bytes], count: int) -> bytes | None:
    found = bytearray()
    while len(found) < count:
        piece = stream.read(min(count - len(found), 1 << 20))
        if not piece:
            return None
        found += piece
    return bytes(found)


def _block_signals() -> None:
    """Have this thread, and what it begins, never hear of Ctrl-C or the request to end.

    Workers would tell of it themselves; they are ended by the process that they work for.
    Windows has groups of processes for that.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})


# -- in the worker


def serve(memory: int) -> None:
    """Work for the process at the other end of the pipes until that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    asked, answers = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", 0)
    # What a library prints is no answer.
    os.dup2(2, 1)
    gc.set_threshold(*COLLECTED)
    _bound_memory(memory)
    waiting: queue.Queue[bytes] = queue.Queue()

    def read() -> None:
        while (packed := _got(asked)) is not None:
            waiting.put(packed)
        os._exit(0)  # in the midst of whatever it does: nobody waits for it

    threading.Thread(target=read, daemon=True).start()
    while True:
        packed = waiting.get()
        try:
            function, words = pickle.loads(packed)  # noqa: S301 - from the process we work for
            del packed
            answer = function(*words)
        except MemoryError:
            os._exit(_NO_MEMORY)
        _put(answers, answer)


def _bound_memory(size: int) -> None:
    """Let no more memory be had than that. Windows and macOS know no such bound."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        # On Linux what is mapped from files, as programs are, does not count.
        kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
        resource.setrlimit(kind, (size, size))
        # A process that is ended for it leaves no picture of its memory behind.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
