"""Rows of tables written with tags: their cells, which are blocks of their own, as one block."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from progsearch.blocks.tables import head
from progsearch.model import Block, Shape

__all__ = ["with_rows"]

_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|t[rdh])(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_PARTS = frozenset(("thead", "tbody", "tfoot"))


class _Cell(NamedTuple):
    start: int
    head: bool


def with_rows(text: str, blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """The blocks of ``text[start:end]``, a masked text, those of a row joined.

    A row with more than one paragraph, with an item or a table in a cell is no row but a
    frame: its blocks stay apart.
    """
    joined: list[Block] = []
    done = 0
    for row, stop in _rows(text, start, end):
        edges = [cell.start for cell in row] + [stop]
        places = [bisect_left(blocks, edge, done, key=_start) for edge in edges]
        first, last = places[0], places[-1]
        found = blocks[first:last]
        crowded = any(after - before > 1 for before, after in pairwise(places))
        if crowded or any(one.shape is not Shape.PARAGRAPH or one.label for one in found):
            continue
        heads = all(cell.head for cell in row)
        if len(found) < (1 if heads else 2):
            continue
        whole = Block(Shape.PARAGRAPH, found[0].start, found[-1].end, label="row")
        joined += [*blocks[done:first], head(whole) if heads else whole]
        done = last
    return [*joined, *blocks[done:]]


_start = attrgetter("start")


def _rows(text: str, start: int, end: int) -> Iterator[tuple[list[_Cell], int]]:
    """The cells of each row that has no table in it and more than one cell, and its end."""
    row: list[_Cell] | None = None
    in_head = False
    for tag in _TAG.finditer(text, start, end):
        name, closing = tag[2].lower(), bool(tag[1])
        if name in ("td", "th"):
            if row is not None and not closing:
                row.append(_Cell(tag.start(), in_head or name == "th"))
            continue
        if row and len(row) > 1 and (name != "table" or closing):
            yield row, tag.start()
        row = [] if name == "tr" and not closing else None
        if name in _PARTS or name == "table":
            in_head = name == "thead" and not closing
