"""Where tables and lines for people go: a terminal, or a file, whose rows are read by programs.

Rich knows terminals and colours. To load it and to let it set a table takes longer than most of
what a command does, so what has neither is written without it, in the same letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len

from progsearch.cli._support.grid import Grid, Text
from progsearch.cli._support.output import use_colour

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Screen", "console"]

_NO_END = 10_000  # a file has lines of any length


def console(out: TextIO, width: int | None = None) -> Console:
    """A console that writes there; what is read by a program has one row a line."""
    from rich.console import Console

    return Console(
        file=out,
        no_color=not use_colour(out),
        force_terminal=use_colour(out),
        width=width or (None if out.isatty() else _NO_END),
        highlight=False,
    )


class Screen:
    """Writes texts and tables one below the other."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._plain = not (out.isatty() or use_colour(out))

    @cached_property
    def _console(self) -> Console:
        return console(self._out)

    @property
    def width(self) -> int:
        """The columns of a line."""
        return _NO_END if self._plain else self._console.width

    def print(self, what: str | Text | Grid = "") -> None:
        """Write a text or a table, and end its line."""
        lines = self._lines(what)
        if lines is None:
            self._console.print(what)
        else:
            self._out.writelines(f"{line}\n" for line in lines)

    def _lines(self, what: str | Text | Grid) -> Iterable[str] | None:
        """What needs neither colours nor to be folded, in lines."""
        if not self._plain:
            return None
        if isinstance(what, Grid):
            return what.plain() if what.fits and not what.caption else None
        lines = (what.plain if isinstance(what, Text) else what).split("\n")
        return lines if max(map(cell_len, lines)) <= _NO_END else None
