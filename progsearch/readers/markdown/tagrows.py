"""Rows of tables written with tags: their cells, which are blocks of their own, as one block."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from progsearch.blocks.tableheads import BESIDE, beside, head
from progsearch.model import Block, Shape

__all__ = ["with_rows"]

_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|t[rdh])(\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_ROWSPAN = re.compile(r"""\browspan\s*=\s*["']?(\d{1,4})""", re.IGNORECASE)
_PARTS = frozenset(("thead", "tbody", "tfoot"))


class _Cell(NamedTuple):
    start: int
    head: bool
    rows: int = 1


class _Row(NamedTuple):
    cells: list[_Cell]
    stop: int
    beside: bool  # a cell of a row above covers the beginning of this one


def with_rows(text: str, blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """The blocks of ``text[start:end]``, a masked text, those of a row joined.

    A row with more than one paragraph, with an item or a table in a cell is no row but a
    frame: its blocks stay apart. A cell at the beginning that covers several rows stands above
    them.
    """
    joined: list[Block] = []
    done = 0
    for row in _rows(text, start, end):
        edges = [cell.start for cell in row.cells] + [row.stop]
        places = [bisect_left(blocks, edge, done, key=_start) for edge in edges]
        first, last = places[0], places[-1]
        found = blocks[first:last]
        crowded = any(after - before > 1 for before, after in pairwise(places))
        if crowded or any(one.shape is not Shape.PARAGRAPH or one.label for one in found):
            continue
        heads = all(cell.head for cell in row.cells)
        covers = 0
        if not heads:
            covers = next((n for n, cell in enumerate(row.cells) if cell.rows == 1), 0)
        labels = blocks[first : places[covers]]
        found = found[len(labels) :]
        spanned = bool(labels) or row.beside
        if len(found) < (1 if heads or spanned else 2):
            continue
        joined += blocks[done:first]
        if labels:
            joined.append(beside(Block(Shape.HEADING, labels[0].start, labels[-1].end)))
        level = BESIDE if spanned else 0
        whole = Block(
            Shape.PARAGRAPH,
            found[0].start,
            found[-1].end,
            level,
            label="row",
            closes=found[0].closes,
        )
        joined.append(head(whole) if heads else whole)
        done = last
    return [*joined, *blocks[done:]]


_start = attrgetter("start")


def _rows(text: str, start: int, end: int) -> Iterator[_Row]:
    """The rows that have no table in them and more than one cell, covered ones among them."""
    row: list[_Cell] | None = None
    in_head = False
    covering = 0  # rows that a cell at the beginning of a row above covers
    for tag in _TAG.finditer(text, start, end):
        name, closing = tag[2].lower(), bool(tag[1])
        if name in ("td", "th"):
            if row is not None and not closing:
                span = _ROWSPAN.search(tag[3] or "")
                rows = max(1, int(span[1])) if span else 1
                row.append(_Cell(tag.start(), in_head or name == "th", rows))
            continue
        if row and (len(row) > 1 or covering) and (name != "table" or closing):
            yield _Row(row, tag.start(), covering > 0)
            if covering:
                covering -= 1
            elif not all(cell.head for cell in row):
                covering = row[0].rows - 1
        row = [] if name == "tr" and not closing else None
        if name in _PARTS or name == "table":
            in_head = name == "thead" and not closing
            covering = 0
