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
from progsearch.blocks.columns import MAX_TALL, Cell, Grid, Row, tell_columns
from progsearch.blocks.levels import LABEL_LEVEL
from progsearch.blocks.marks import plain
from progsearch.blocks.tableheads import BESIDE, beside, head, inner, names_row
from progsearch.model import Block, Shape

__all__ = ["with_rows"]

_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|t[rdh])(\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_COLSPAN = re.compile(r"""\bcolspan\s*=\s*["']?(\d{1,4})""", re.IGNORECASE)
_ROWSPAN = re.compile(r"""\browspan\s*=\s*["']?(\d{1,4})""", re.IGNORECASE)
_BOLD = re.compile(
    r"<t[dh]\b[^<>]{0,2000}>\s{0,99}(?:<p\b[^<>]{0,200}>\s{0,99})?"
    r"(?:<(b|strong)\b[^<>]{0,200}>[^<>]{1,400}</\1\s{0,9}>|\*\*[^*<>]{1,400}\*\*)"
    r"\s{0,99}(?:</\w{1,9}\s{0,9}>\s{0,99}){0,4}",
    re.IGNORECASE,
)
_PARTS = frozenset(("thead", "tbody", "tfoot"))
MAX_SAID = 1_000
"""Characters of a cell that is said of several rows, with its tags."""
MIN_NAMED = 2
"""So many rows that begin with a name make a table, and no frame for columns of a page."""


class _Cell(NamedTuple):
    start: int
    head: bool
    rows: int = 1
    wide: int = 1  # columns that it covers


class _Row(NamedTuple):
    cells: list[_Cell]
    stop: int
    placed: Row


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
        _tell_bold_head(text, [one for one in filled if one.found])
        sure = any(one.row.placed.head and one.found for one in filled)
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


def _tell_bold_head(text: str, filled: Sequence[_Filled]) -> None:
    """Take a first row for the head of its table that is bold, and the next one is not."""
    if len(filled) > 1 and filled[0].is_bold(text) and not filled[1].is_bold(text):
        row = filled[0].row
        filled[0].row = row._replace(placed=row.placed._replace(head=True))


_start = attrgetter("start")


class _Filled:
    """A row with the blocks of its cells."""

    def __init__(self, text: str, blocks: Sequence[Block], row: _Row) -> None:
        self._edges = [cell.start for cell in row.cells] + [row.stop]
        self.row = row
        self._places = [bisect_left(blocks, edge, key=_start) for edge in self._edges]
        self.first, self.last = self._places[0], self._places[-1]
        own = range(len(row.cells))
        self._cell = [n for n in own for _ in range(self._places[n], self._places[n + 1])]
        self.found = [
            replace(one, columns=(row.placed.columns[n],), above=row.placed.over)
            for n, one in zip(self._cell, blocks[self.first : self.last], strict=True)
        ]
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
        return self.row.placed.head or (len(self.found) > 1 and not self.lettered)

    def is_bold(self, text: str) -> bool:
        """Whether it has several cells, and all are bold."""
        spans = [(self._edges[n], self._edges[n + 1]) for n in dict.fromkeys(self._cell)]
        return len(spans) > 1 and all(_BOLD.fullmatch(text, *span) for span in spans)

    def below(self, above: _Filled | None) -> None:
        """Take the head of the table, if it has one: below a sign nothing names a row."""
        self.named = self.named and (above is None or above.lettered)

    @property
    def is_wide(self) -> bool:
        """Whether one cell is all of the row, and covers several columns."""
        return (
            len(self.row.cells) == 1 and self.row.cells[0].wide > 1 and not self.row.placed.beside
        )

    def wide(self) -> list[Block]:
        """The blocks of a row of one cell, which names the rows below it, or is one itself."""
        if self._apart or not self.found:
            return []
        whole = replace(self._whole(0), columns=())
        return [beside(whole)] if self.named else [whole]

    def made(self, *, sure: bool, named: bool, least: int) -> list[Block]:
        """The blocks of the row; none where they stay as they are, as where fewer than ``least``
        of its cells are filled. It may be ``named`` by a row that is as wide as the table."""
        row = self.row
        if row.placed.head and sum(1 for a, b in pairwise(self._places) if b > a) > 1:
            return [head(self._whole(0))]
        if self._apart:
            return self._cells(named=named) if sure and not row.placed.head else []
        labels = self._places[1] - self.first if row.placed.covers else 0
        spanned = labels > 0 or row.placed.beside
        if len(self.found) - labels < (1 if row.placed.head or spanned else least):
            return []
        whole = self._whole(BESIDE if spanned or named else 0, labels)
        filled = len(set(self._cell[labels:]))
        if not (row.placed.head or tell_columns(row.placed.columns[-1][1], filled, named=False)):
            whole = replace(whole, columns=())
        if row.placed.beside:
            whole = replace(whole, closes=whole.closes or LABEL_LEVEL + 1)
        above = [beside(replace(self._whole(0, 0, labels), columns=()))] if labels else []
        return [*above, head(whole) if row.placed.head else whole]

    def _cells(self, *, named: bool) -> list[Block]:
        """The paragraphs and items of the cells, each by itself, below the name of the row."""
        found = list(self.found)
        below = self.row.placed.beside or named
        name = [beside(found.pop(0), below=below)] if self.named and len(found) > 1 else []
        cells = [inner(one) for one in found]
        filled = len({one.columns for one in cells})
        if not tell_columns(self.row.placed.columns[-1][1], filled, named=bool(name)):
            cells = [replace(one, columns=()) for one in cells]
        if not name:
            cells[0] = replace(cells[0], closes=cells[0].closes or LABEL_LEVEL + below)
        return [*name, *cells]

    def _whole(self, level: int, first: int = 0, last: int | None = None) -> Block:
        """Some of the blocks as one, with the columns of their cells and of empty ones behind."""
        found = self.found[first:last]
        cells = self._cell[first:last]
        return Block(
            *(Shape.PARAGRAPH, found[0].start, found[-1].end, level),
            label="row",
            closes=found[0].closes,
            columns=self.row.placed.columns[cells[0] :],
            above=self.row.placed.over,
        )


def _tables(text: str, start: int, end: int) -> Iterator[list[_Row]]:
    """The rows that have no table in them and more than one cell, covered ones among them, by
    the tables that they stand in."""
    rows: list[_Row] = []
    row: list[_Cell] | None = None
    in_head = False
    grid = Grid()
    for tag in _TAG.finditer(text, start, end):
        name, closing = tag[2].lower(), bool(tag[1])
        if name in ("td", "th"):
            if row is not None and not closing:
                wide = _count(_COLSPAN, tag[3]) or 1
                tall = _count(_ROWSPAN, tag[3]) or MAX_TALL  # 0: all that are left
                row.append(_Cell(tag.start(), in_head or name == "th", tall, wide))
            continue
        if row:
            found = _placed(text, grid, row, tag.start())
            parted = len(row) > 1 or found.placed.above or (row[0].wide > 1 and rows)
            if parted and (name != "table" or closing):
                rows.append(found)
        row = [] if name == "tr" and not closing else None
        if name == "table" and rows:
            yield rows
            rows = []
        if name in _PARTS or name == "table":
            in_head = name == "thead" and not closing
            grid = Grid()
    if rows:
        yield rows


def _count(span: re.Pattern[str], attributes: str | None) -> int:
    found = span.search(attributes or "")
    return int(found[1]) if found else 1


def _placed(text: str, grid: Grid, cells: list[_Cell], stop: int) -> _Row:
    """A row with the columns of its cells, and what covers it."""
    ends = [*(cell.start for cell in cells[1:]), stop]
    if sum(cell.head for cell in cells) > 1:  # a cell without a name may have no tag of a head
        empty = (not plain(text[a.start : b]) for a, b in zip(cells, ends, strict=True))
        cells = [a._replace(head=a.head or b) for a, b in zip(cells, empty, strict=True)]

    def says(place: int) -> str:
        start = cells[place].start
        said = plain(text[start : min(ends[place], start + MAX_SAID)])
        return said if names_row(said) else ""

    spans = [Cell(cell.wide, cell.rows) for cell in cells]
    return _Row(cells, stop, grid.row(spans, says, head=all(cell.head for cell in cells)))
