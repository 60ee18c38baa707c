"""Rows of tables written with tags: their cells, which are blocks of their own, as one block."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from progsearch.blocks.bullets import is_ticks
from progsearch.blocks.levels import LABEL_LEVEL
from progsearch.blocks.tableheads import BESIDE, beside, head, inner, names_row
from progsearch.model import Block, Shape

__all__ = ["with_rows"]

_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|t[rdh])(\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_COLSPAN = re.compile(r"""\bcolspan\s*=\s*["']?0{0,3}(?:[2-9]|1\d)""", re.IGNORECASE)
_ROWSPAN = re.compile(r"""\browspan\s*=\s*["']?(\d{1,4})""", re.IGNORECASE)
_PARTS = frozenset(("thead", "tbody", "tfoot"))
MIN_NAMED = 2
"""So many rows that begin with a name make a table, and no frame for columns of a page."""


class _Cell(NamedTuple):
    start: int
    head: bool
    rows: int = 1
    wide: bool = False  # it covers several columns


class _Row(NamedTuple):
    cells: list[_Cell]
    stop: int
    beside: bool  # a cell of a row above covers the beginning of this one

    @property
    def heads(self) -> bool:
        return all(cell.head for cell in self.cells)

    @property
    def columns(self) -> int:
        """How many columns it has; none where that is not told."""
        return 0 if any(cell.wide for cell in self.cells) else len(self.cells) + self.beside


def with_rows(text: str, blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """The blocks of ``text[start:end]``, a masked text, those of a row joined.

    A cell at the beginning that covers several rows stands above them. Where a cell holds more
    than one paragraph, or an item, its row is not joined: in a table, told by its head or by
    names at the beginning of its rows, the name stands above them; anything else is a frame,
    whose blocks stay as they are.
    """
    joined: list[Block] = []
    done = 0
    for rows in _tables(text, start, end):
        filled = [_Filled(text, blocks, row) for row in rows]
        sure = any(one.row.heads and one.found for one in filled)
        sure = sure or sum(one.named and len(one.row.cells) > 1 for one in filled) >= MIN_NAMED
        above = next((one for one in filled if one.found and one.is_head), None)
        sure = sure or above is not None
        parted = [place for place, one in enumerate(filled) if not one.is_wide and one.found]
        named = False
        for place, one in enumerate(filled):
            one.below(above)
            among = bool(parted) and parted[0] < place < parted[-1]
            if one.is_wide:
                made = one.wide() if sure and among else []
                named = named or any(block.label == "cell" for block in made)
            else:
                headed = above is not None and above is not one
                made = one.made(sure=sure, named=named, least=1 if headed else 2)
            if made:
                joined += [*blocks[done : one.first], *made]
                done = one.last
    return [*joined, *blocks[done:]]


_start = attrgetter("start")


class _Filled:
    """A row with the blocks of its cells."""

    def __init__(self, text: str, blocks: Sequence[Block], row: _Row) -> None:
        edges = [cell.start for cell in row.cells] + [row.stop]
        self.row = row
        self._places = [bisect_left(blocks, edge, key=_start) for edge in edges]
        self.first, self.last = self._places[0], self._places[-1]
        self.found = blocks[self.first : self.last]
        size = self._places[1] - self.first
        name = self.found[0] if self.found and size == 1 else None
        self.lettered = any(not is_ticks(text[one.start : one.end]) for one in self.found)
        self.named = (
            name is not None
            and name.shape is Shape.PARAGRAPH
            and not name.label
            and names_row(text[name.start : name.end])
        )
        crowded = any(after - before > 1 for before, after in pairwise(self._places))
        self._apart = crowded or any(
            one.shape is not Shape.PARAGRAPH or one.label for one in self.found
        )

    @property
    def is_head(self) -> bool:
        """Whether the row is the head of its table: it says so, or it is of signs (*✅*, *❌*)."""
        return self.row.heads or (len(self.found) > 1 and not self.lettered)

    def below(self, above: _Filled | None) -> None:
        """Tell the blocks in which column of the head they stand; its first ones may be empty.
        Below a sign nothing names a row."""
        row = self.row
        self.named = self.named and (above is None or above.lettered)
        if above is None or above is self or not row.columns or row.columns != above.row.columns:
            return
        before = row.beside - above.empty
        places = [n for n, (a, b) in enumerate(pairwise(self._places)) for _ in range(a, b)]
        self.found = [
            replace(one, column=max(0, place + before + 1))
            for place, one in zip(places, self.found, strict=True)
        ]

    @property
    def empty(self) -> int:
        """How many cells are empty before the first that is not."""
        return next(n for n, (a, b) in enumerate(pairwise(self._places)) if b > a)

    @property
    def is_wide(self) -> bool:
        """Whether one cell is all of the row, and covers several columns."""
        return len(self.row.cells) == 1 and self.row.cells[0].wide and not self.row.beside

    def wide(self) -> list[Block]:
        """The blocks of a row of one cell, which names the rows below it, or is one itself."""
        if self._apart or not self.found:
            return []
        whole = _whole(self.found, 0)
        return [beside(whole)] if self.named else [whole]

    def made(self, *, sure: bool, named: bool, least: int) -> list[Block]:
        """The blocks of the row; none where they stay as they are, as where fewer than ``least``
        of its cells are filled. It may be ``named`` by a row that is as wide as the table."""
        row, found = self.row, list(self.found)
        if row.heads and sum(1 for a, b in pairwise(self._places) if b > a) > 1:
            return [head(_whole(found, 0))]
        if self._apart:
            return self._cells(named=named) if sure and not row.heads else []
        covers = 0
        if not row.heads:
            covers = next((n for n, cell in enumerate(row.cells) if cell.rows == 1), 0)
        labels = found[: self._places[covers] - self.first]
        found = found[len(labels) :]
        spanned = bool(labels) or row.beside
        if len(found) < (1 if row.heads or spanned else least):
            return []
        whole = _whole(found, BESIDE if spanned or named else 0)
        if row.beside:
            whole = replace(whole, closes=whole.closes or LABEL_LEVEL + 1)
        above = [beside(_whole(labels, 0))] if labels else []
        return [*above, head(whole) if row.heads else whole]

    def _cells(self, *, named: bool) -> list[Block]:
        """The paragraphs and items of the cells, each by itself, below the name of the row."""
        found = list(self.found)
        below = self.row.beside or named
        name = [beside(found.pop(0), below=below)] if self.named and len(found) > 1 else []
        cells = [inner(one) for one in found]
        if name or len({one.column for one in cells}) < 2:  # not side by side
            cells = [replace(one, column=0) for one in cells]
        if not name:
            cells[0] = replace(cells[0], closes=cells[0].closes or LABEL_LEVEL + below)
        return [*name, *cells]


def _whole(found: Sequence[Block], level: int) -> Block:
    first, last = found[0], found[-1]
    column = first.column if len(found) > 1 and first.column > 1 else 0
    return Block(
        *(Shape.PARAGRAPH, first.start, last.end, level),
        label="row",
        closes=first.closes,
        column=column,
    )


def _tables(text: str, start: int, end: int) -> Iterator[list[_Row]]:
    """The rows that have no table in them and more than one cell, covered ones among them, by
    the tables that they stand in."""
    rows: list[_Row] = []
    row: list[_Cell] | None = None
    in_head = False
    covering = 0  # rows that a cell at the beginning of a row above covers
    for tag in _TAG.finditer(text, start, end):
        name, closing = tag[2].lower(), bool(tag[1])
        if name in ("td", "th"):
            if row is not None and not closing:
                span = _ROWSPAN.search(tag[3] or "")
                count = max(1, int(span[1])) if span else 1
                wide = _COLSPAN.search(tag[3] or "") is not None
                row.append(_Cell(tag.start(), in_head or name == "th", count, wide))
            continue
        if (
            row
            and (len(row) > 1 or covering or (row[0].wide and rows))
            and (name != "table" or closing)
        ):
            rows.append(_Row(row, tag.start(), covering > 0))
            if covering:
                covering -= 1
            elif not rows[-1].heads:
                covering = row[0].rows - 1
        row = [] if name == "tr" and not closing else None
        if name == "table" and rows:
            yield rows
            rows = []
        if name in _PARTS or name == "table":
            in_head = name == "thead" and not closing
            covering = 0
    if rows:
        yield rows
