"""In which columns of its table a cell stands, where cells cover several columns or rows, and what
stands above it there.

A cell is told by the first and the last of its columns, from 1, in every format alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

__all__ = ["MAX_HEADS", "MAX_TALL", "Cell", "Columns", "Grid", "Heads", "Row", "tell_columns"]

Columns = tuple[tuple[int, int], ...]
"""The first and the last column of each cell of a row."""

MAX_WIDE, MAX_TALL = 1_000, 65_534
"""Columns and rows that a cell may cover, as in pages of the web."""
MAX_COVERED = 256
"""Columns that cells of rows above may cover; wider tables are no text."""
MAX_HEADS = 4
"""Rows of a head that name a column together, and so many its cells may cover."""
ALIKE = " / "
"""Stands between the names of columns that one cell covers."""


class Cell(NamedTuple):
    """How many columns and rows a cell covers; where a format tells the rows one by one, one that
    ``opens`` may be one with those below it, and one that ``goes_on`` is one with that above."""

    wide: int = 1
    tall: int = 1
    opens: bool = False
    goes_on: bool = False


class Row(NamedTuple):
    """The columns of the cells of a row that begin in it, and what covers it."""

    columns: Columns
    over: str  # what the cells say that cover it from above, but not its beginning
    head: bool  # it is of the head of its table
    above: bool  # a cell of a row above covers its beginning
    spans: bool  # its first cell covers rows below, too

    @property
    def beside(self) -> bool:
        """Whether it stands beside a cell that covers several rows, and began above it."""
        return self.above and not self.head

    @property
    def covers(self) -> bool:
        """Whether its first cell stands beside rows below, too, and above them all."""
        return self.spans and not (self.head or self.above)


class _Covering(NamedTuple):
    first: int  # the row of the cell, and the last one that it covers
    last: int
    said: str


@dataclass(slots=True)
class Grid:
    """The rows of a table as they come, each cell in its columns."""

    _covered: dict[int, _Covering] = field(default_factory=dict)  # by column
    _open: dict[int, str] = field(default_factory=dict)  # what cells say that may go on below
    _goes_on: dict[int, str] = field(default_factory=dict)
    _row: int = 1
    _next: int = 1
    _headed: int = 0  # rows of the head that are still to come, for its cells cover them
    _heads: int = 0  # rows above that are of the head, one below the other

    def row(
        self,
        cells: Sequence[Cell],
        says: Callable[[int], str],
        *,
        head: bool = False,
        skipped: int = 0,
    ) -> Row:
        """The next row, which begins so many columns further on and may state that it is of the
        ``head``; by its place a cell ``says`` what is told of the rows that it covers."""
        first = cells[0] if cells else Cell()
        goes_on = 0 < self._heads < MAX_HEADS and any(one.goes_on for one in cells)
        head = head or self._headed > 0 or goes_on
        # A cell that covers more rows than heads have is one beside them.
        tall = max((one.tall for one in cells if one.tall <= MAX_HEADS), default=1) if head else 1
        self._headed = max(self._headed, tall) - 1
        self._heads = self._heads + 1 if head else 0
        above = self._is_covered(1) or first.goes_on
        columns = []
        self._next += max(0, min(skipped, MAX_WIDE))
        for place, one in enumerate(cells):
            if one.goes_on:
                self._go_on(one.wide)
                continue
            told = (one.tall > 1 or one.opens) and not head and (place or above)
            said = says(place) if told else ""
            columns.append(self.place(one.wide, one.tall, said, opens=one.opens))
        spans = first.tall > 1 or first.opens
        return Row(tuple(columns), self.end_row(), head, above, spans)

    def place(
        self, wide: int = 1, tall: int = 1, said: str = "", *, opens: bool = False
    ) -> tuple[int, int]:
        """The columns of the next cell, which covers so many columns and rows, and is ``said`` of
        these; one that ``opens`` covers as many as go on below it."""
        first = self._next
        while self._is_covered(first):
            first += 1
        last = first + max(1, min(wide, MAX_WIDE)) - 1
        if tall > 1:
            covers = _Covering(self._row, self._row + min(tall, MAX_TALL) - 1, said)
            inside = range(first, min(last, MAX_COVERED) + 1)
            self._covered |= dict.fromkeys(inside, covers)
        self._open.pop(first, None)
        if opens:
            self._open[first] = said
        self._next = last + 1
        return first, last

    def _go_on(self, wide: int) -> None:
        first = self._next
        self._goes_on[first] = self._open.get(first, "")
        self._next = first + max(1, min(wide, MAX_WIDE))

    def _is_covered(self, column: int) -> bool:
        found = self._covered.get(column)
        return found is not None and found.first < self._row

    def end_row(self) -> str:
        """The row is whole; what the cells say that cover it from above, but not its beginning."""
        over = {n: one.said for n, one in self._covered.items() if one.first < self._row}
        over |= self._goes_on
        said = [over[column] for column in sorted(over) if column > 1 and over[column]]
        self._covered = {n: one for n, one in self._covered.items() if one.last > self._row}
        self._goes_on, self._next = {}, 1
        self._row += 1
        return ", ".join(dict.fromkeys(said))


class _Head(NamedTuple):
    first: int
    last: int
    name: str

    @property
    def columns(self) -> range:
        """Its columns, no more of them than cells may cover."""
        return range(self.first, max(self.first, min(self.last, MAX_COVERED)) + 1)


_first, _last = attrgetter("first"), attrgetter("last")


class Heads:
    """The names of the columns of a table, as its head has them, which may have several rows."""

    def __init__(self, names: Sequence[str], columns: Columns = ()) -> None:
        told = len(columns) >= len(names)
        placed = columns[: len(names)] if told else [(n, n) for n in _numbers(names)]
        self._tell(_Head(*span, name) for span, name in zip(placed, names, strict=True))

    def _tell(self, heads: Iterable[_Head]) -> None:
        self._heads = sorted(heads, key=_first)
        self._width = max(map(_last, self._heads), default=0)

    def over(self, below: Heads) -> Heads:
        """These names, and ``below`` those of the next row of the head, as one row."""
        done = []
        taken = {column for one in below._heads for column in one.columns}
        for one in below._heads:
            above = [name for name in self._names(one.first, one.last) if name != one.name]
            name = " ".join(filter(None, (ALIKE.join(above), one.name)))
            done.append(one._replace(name=name))
        done += [
            _Head(column, column, one.name)
            for one in self._heads
            for column in one.columns
            if column not in taken
        ]
        both = Heads(())
        both._tell(done)
        return both

    def __len__(self) -> int:
        return len(self._heads)

    def __str__(self) -> str:
        return _joined(one.name for one in self._heads)

    def _names(self, first: int, last: int) -> list[str]:
        """The names of columns, each once."""
        begin = bisect_left(self._heads, first, key=_last)
        behind = (self._heads[place] for place in range(begin, len(self._heads)))
        inside = (one.name for one in takewhile(lambda one: one.first <= last, behind))
        return list(dict.fromkeys(filter(None, inside)))

    def above(self, columns: Columns) -> str:
        """What stands above cells in these columns: all of it where there are more than it names,
        for which is which is not told then."""
        if columns[-1][1] > self._width:
            return str(self)
        return _joined(ALIKE.join(self._names(*span)) for span in columns)


def tell_columns(width: int, filled: int, *, named: bool) -> bool:
    """Whether what stands in a cell of its own is told below the name of its column: in a table
    of that ``width``, in a row with so many cells ``filled`` that may be ``named`` by its first."""
    return width > 2 or (filled > 1 and not named)  # of two columns one is the name


def _joined(names: Iterable[str]) -> str:
    return " | ".join(names).strip()


def _numbers(names: Sequence[str]) -> range:
    return range(1, len(names) + 1)
