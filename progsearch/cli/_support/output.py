"""Where output goes: data to stdout or a file, messages to stderr."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

from progsearch.visible import visible

__all__ = ["say", "sink", "use_colour"]


def say(message: str) -> None:
    """Tell the user something that is not data, in one line."""
    sys.stderr.write(f"{visible(message)}\n")


def use_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to a stream (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (
        stream.isatty() and os.environ.get("TERM") != "dumb"
    )


_STYLE = r"(?:[0-57]|2[2-9]|[349][0-79]|10[0-7]|[34]8;(?:5;\d{1,3}|2(?:;\d{1,3}){3}))"
"""Bold, colours of letters and of what is behind them, of 16, 256 or all (ECMA-48, ISO 8613-6);
what hides letters is not among them."""
_OBEYED = re.compile(rf"(\x1b\[(?:{_STYLE}(?:;{_STYLE})*)?m|\r?\n|\t)")
"""What may move or colour a terminal: line ends, tabs, bold and colours."""


class _Terminal:
    """A terminal that is shown any text and obeys only colours and line ends.

    Files get what stands in a document to the letter; so would a terminal, as CSV, if this
    did not stand before it.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text with its control sequences shown."""
        parts = _OBEYED.split(text)
        parts[::2] = map(visible, parts[::2])
        self._stream.write("".join(parts))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts one after the other."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


@contextmanager
def sink(output: Path | None, *, bom: bool = False) -> Iterator[TextIO]:
    """A text stream to stdout, or to a file that takes its place only when it is complete.

    ``bom`` puts a byte order mark first, by which spreadsheets know UTF-8.
    """
    if output is None:
        if bom:
            sys.stdout.write("\ufeff")
        # newline="" where formats write their own line ends, CSV among them
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(newline="\n")
        yield cast("TextIO", _Terminal(sys.stdout)) if sys.stdout.isatty() else sys.stdout
        sys.stdout.flush()
        return
    from progsearch.outputs import replaced

    with (
        replaced(output) as aside,
        aside.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as out,
    ):
        yield out
