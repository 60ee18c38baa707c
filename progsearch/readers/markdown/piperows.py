"""Rows of Markdown tables that hold several paragraphs or a list in a cell, by their tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from progsearch.blocks.bullets import is_ticks, mark_of, numbering
from progsearch.blocks.columns import tell_columns
from progsearch.blocks.edges import trimmed
from progsearch.blocks.levels import LABEL_LEVEL
from progsearch.blocks.marks import has_words
from progsearch.blocks.tableheads import beside, inner, names_row
from progsearch.model import Block, Shape

__all__ = ["rows_with_tags", "with_cells"]

_PARTING = re.compile(r"<(/?)(br|p|div|ul|ol|li)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_ROW = re.compile(r"^[ \t>]*\|[^\n]*\|[ \t]*$", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")


def rows_with_tags(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where rows stand in ``text[start:end]`` whose tags part the text of a cell, and no blocks."""
    rows = (row.span() for row in _ROW.finditer(text, start, end))
    return [row for row in rows if _PARTING.search(text, *row)]


def with_cells(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those rows in pieces of which a cell holds more than one.

    A first cell that names the row stands above them, as in other tables.
    """
    done: list[Block] = []
    columns = 0  # of the head of the table
    signs = False
    for block in blocks:
        if block.label != "row" or block.shape is Shape.TABLE_HEAD:
            columns = len(list(_cells(text, block))) if block.label == "row" else 0
            signs = columns > 0 and is_ticks(text[block.start : block.end])
        row = block.label == "row" and block.shape is Shape.PARAGRAPH
        if not row or not _PARTING.search(text, block.start, block.end):
            done.append(block)
            continue
        cells = [list(_pieces(text, *cell)) for cell in _cells(text, block)]
        pieces = [piece for cell in cells for piece in cell]
        if all(len(cell) < 2 and not _is_list(cell) for cell in cells) or len(pieces) < 2:
            done.append(block)
            continue
        first = cells[0]
        named = len(first) == 1 and names_row(text[first[0].start : first[0].end])
        named = named and not signs
        filled = sum(map(bool, cells))
        if len(cells) == columns and tell_columns(columns, filled, named=named):
            placed = [(one, n) for n, cell in enumerate(cells, 1) for one in cell]
            pieces = [replace(one, columns=((n, n),)) for one, n in placed]
        if named:
            done += [beside(first[0]), *map(inner, pieces[1:])]
        else:
            pieces[0] = replace(pieces[0], closes=LABEL_LEVEL)
            done += map(inner, pieces)
    return done


def _is_list(cell: Sequence[Block]) -> bool:
    return any(piece.shape is Shape.ITEM for piece in cell)


def _cells(text: str, row: Block) -> Iterator[tuple[int, int]]:
    start = row.start
    for bar in _BAR.finditer(text, row.start, row.end):
        yield start, bar.start()
        start = bar.end()
    yield start, row.end


def _pieces(text: str, start: int, end: int) -> Iterator[Block]:
    """The paragraphs and items of a cell. A line that begins with a small letter goes on with the
    one before it, unless a mark or a tag says that it is an item."""
    depth = 0
    item = False
    open_: tuple[int, int, bool] | None = None
    at = start
    tags = [*_PARTING.finditer(text, start, end), None]
    for tag in tags:
        begin, stop, _ = trimmed(text, at, tag.start() if tag else end)
        if begin < stop and has_words(text[begin:stop]):
            mark = mark_of(text, begin, stop, markdown=True)
            listed = item or (mark is not None and mark.sure)
            if open_ and not listed and text[begin].islower():
                open_ = (open_[0], stop, open_[2])
            else:
                if open_:
                    yield _block(text, *open_, depth)
                open_ = (begin, stop, listed)
        if tag is None:
            break
        at = tag.end()
        if tag[2].lower() in ("ul", "ol"):
            depth += -1 if tag[1] else 1
        item = tag[2].lower() == "li" and not tag[1]
    if open_:
        yield _block(text, *open_, depth)


def _block(text: str, start: int, end: int, listed: bool, depth: int) -> Block:
    if not listed:
        return Block(Shape.PARAGRAPH, start, end)
    mark = mark_of(text, start, end, markdown=True)
    number = numbering(mark.label) if mark else ""
    return Block(Shape.ITEM, mark.end if mark else start, end, max(1, depth), mark=number)
