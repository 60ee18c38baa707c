"""Ctrl-C and the request to end: a command stops within a second, whatever it is doing."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

__all__ = ["stoppable"]

GRACE = 0.7
"""Seconds that a command has for tidying up. It loses nothing if it does not get to it."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable(say: Callable[[str], None], last_words: str) -> Iterator[None]:
    """End the command with these words and exit code 130 or 143 when it is told to stop.

    Python tells of a signal only between two of its own steps, and one step of an engine may
    take long; so a thread waits for signals, too, and ends the process when it must. Only
    for what may be killed at any moment.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told, listening = socket.socketpair()
    done = threading.Event()
    came: list[int] = []

    def watch() -> None:
        while signals := listening.recv(64):
            came.extend(number for number in signals if number in _SIGNALS)
            if came:
                if not done.wait(GRACE):
                    os.write(2, f"{last_words}\n".encode())
                    os._exit(128 + came[0])
                return

    def end(number: int, _frame: object) -> None:
        came.insert(0, number)  # the thread may come to it later than this one
        raise KeyboardInterrupt

    told.setblocking(False)
    before = signal.signal(signal.SIGTERM, end)
    woken = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    except KeyboardInterrupt:
        done.set()
        # Where it came in the exec of a string, as when a data class is made, Python would end
        # itself by SIGINT after all; the next such exec has it forget that.
        exec("")  # noqa: S102
        say(last_words)
        raise typer.Exit(128 + (came or [signal.SIGINT])[0]) from None
    finally:
        done.set()
        signal.set_wakeup_fd(woken)
        signal.signal(signal.SIGTERM, before)
        told.close()
        thread.join(1)
        listening.close()
