"""Tables on a terminal that give up columns, the least needed first, where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from progsearch.cli._support.output import use_colour
from progsearch.cli._support.wrapping import wrapped

__all__ = ["GridColumn", "console", "dropped", "fitting", "grid", "room"]

_BETWEEN = 3  # columns of the terminal between two of the table
_NO_END = 10_000  # a file has lines of any length


@dataclass(frozen=True)
class GridColumn:
    """A column of texts under a name.

    ``spare`` is what can be done without: the highest goes first, 0 never. ``least`` is to
    how many columns of the terminal its texts may be folded; 0 for not at all.
    """

    name: str
    texts: Sequence[Text]
    right: bool = True
    spare: int = 0
    least: int = 0

    @cached_property
    def natural(self) -> int:
        """The width that it takes unfolded; asked for again and again until all have room."""
        lines = "\n".join((self.name, *(text.plain for text in self.texts))).split("\n")
        return max(map(cell_len, lines))

    @property
    def needed(self) -> int:
        """The width that it cannot do without."""
        return min(self.natural, self.least) if self.least else self.natural


def console(out: TextIO, width: int | None = None) -> Console:
    """A console that writes there; what is read by a program has one row a line."""
    return Console(
        file=out,
        no_color=not use_colour(out),
        force_terminal=use_colour(out),
        width=width or (None if out.isatty() else _NO_END),
        highlight=False,
    )


def room(columns: Sequence[GridColumn]) -> int:
    """The width that columns need beside each other."""
    return sum(one.needed + _BETWEEN for one in columns) - _BETWEEN


def fitting(columns: Sequence[GridColumn], width: int) -> list[GridColumn]:
    """The columns that a width has room for."""
    kept = list(columns)
    while room(kept) > width and (most := max(one.spare for one in kept)):
        kept = [one for one in kept if one.spare < most]
    return kept


def dropped(columns: Sequence[GridColumn], width: int) -> list[str]:
    """The names of the columns for which there is no room."""
    kept = fitting(columns, width)
    # The scale above a drawing is no name.
    return [one.name for one in columns if one not in kept and one.name and "  " not in one.name]


def grid(columns: Sequence[GridColumn], width: int, apart: int | None = None) -> Table:
    """The table of the columns that fit, with a line above row ``apart``, counted from 0.

    Texts break between words and behind slashes. Below stands for what there is no room.
    """
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    left_out = dropped(columns, width)
    if left_out:
        table.caption = (
            f"no room for {', '.join(left_out)}: a wider terminal or -o FILE.csv has them"
        )
        table.caption_style, table.caption_justify = "dim", "left"
    kept = fitting(columns, width)
    too_narrow = room(kept) > width
    given = [one.needed for one in kept] if too_narrow else _shares(kept, width)
    for column, share in zip(kept, given, strict=True):
        table.add_column(
            wrapped(column.name, share) if column.least else column.name,
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=not column.least,
            # Where there is no room at all, numbers are cut before names are.
            min_width=None if too_narrow and not column.least else column.needed,
        )
    for at, row in enumerate(zip(*(column.texts for column in kept), strict=True)):
        if at and at == apart:
            table.add_section()
        table.add_row(
            *(
                Text(wrapped(text.plain, share), style=text.style) if column.least else text
                for text, column, share in zip(row, kept, given, strict=True)
            )
        )
    return table


def _shares(columns: Sequence[GridColumn], width: int) -> list[int]:
    """The widths of columns: what they need, and then what they would like, evenly."""
    shares = [one.needed for one in columns]
    left = width - room(columns)
    while left > 0:
        waiting = [at for at, one in enumerate(columns) if shares[at] < one.natural]
        if not waiting:
            break
        for at in waiting:
            more = min(max(1, left // len(waiting)), columns[at].natural - shares[at], left)
            shares[at] += more
            left -= more
            if not left:
                break
    return shares
