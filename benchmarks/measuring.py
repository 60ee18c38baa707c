"""Memory and figures of processes, for the benchmarks."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["memory", "tree", "watched"]

EVERY = 0.05  # seconds


def memory(process: str, what: str) -> float:
    """Megabytes of memory of a process: ``VmRSS`` now, ``VmHWM`` at most so far.

    0 where the system does not tell; Linux does.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = next((line for line in status.splitlines() if line.startswith(what)), "0 0")
    return int(found.split()[1]) * 1024 / 1e6


def watched(command: Sequence[str]) -> tuple[str, float, float]:
    """What a command prints, its seconds, and the most memory that it and its children had.

    The memory is a sum of what each process holds, so what they share counts several times.
    """
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        most = 0.0
        while process.poll() is None:
            most = max(most, sum(memory(one, "VmRSS") for one in tree(f"{process.pid}")))
            time.sleep(EVERY)
        seconds = time.perf_counter() - begun
        printed = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return printed, seconds, most


def tree(process: str) -> Iterator[str]:
    """A process and all that came from it."""
    yield process
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = tasks.read_text(encoding="utf-8").split()
        except OSError:
            continue
        for child in children:
            yield from tree(child)
