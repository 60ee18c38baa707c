"""Tables inside of a text: which row is the head of the others, and which says nothing.

A row is a block of its own, a paragraph with the label ``row``; its level is 1 when it stands
under a head, and 2 when it stands beside a cell that covers several rows, which is a heading
above them with the label ``cell``. What a file states to be a head comes as such from its reader.

A row of which a cell holds several paragraphs or a list is no block: each of these is one, with
the label ``inner``, under the head of the table and under the cell that names the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from progsearch.blocks.bullets import is_ticks
from progsearch.blocks.columns import Heads
from progsearch.blocks.levels import HEAD_LEVEL, LABEL_LEVEL
from progsearch.blocks.marks import plain
from progsearch.blocks.sentences import ends_statement
from progsearch.model import Block, Shape

__all__ = [
    "BESIDE",
    "INNER",
    "IN_TABLE",
    "LONG",
    "MIN_BELOW",
    "beside",
    "cells_of",
    "head",
    "inner",
    "is_of_names",
    "is_short_name",
    "names_columns",
    "names_row",
    "rules_off",
    "says",
    "with_heads",
]

MIN_NUMBERS = 2
"""So many numbers in a column tell that what stands above them is their head."""

_CELL_END = re.compile(r"\||<t[dh]\b[^<>]{0,2000}>", re.IGNORECASE)
_OTHER_TABLE = re.compile(r"\n[ \t>]*\n|<table\b", re.IGNORECASE)
BESIDE = 2
"""Level of a row beside a cell that covers several."""
INNER = "inner"
"""The label of a paragraph or an item that is not all of its row."""
MIN_STATED = 3
"""Words of a cell that says something and ends as a statement does, at least."""
MIN_SAID_WORDS = 4
"""Words of a cell that makes a statement, at least."""
SHORT = 3
"""Words of the longest cell of a row that names columns."""
LONG = 6
"""Words of a cell that says something, whatever it ends in."""
MIN_BELOW = 2
"""Rows that show of what kind those of a table are."""
MAX_NAME_WORDS = 12
"""A longer first cell says something of its own, and does not name its row."""
IN_TABLE = frozenset(("row", "note", "cell", INNER))
"""Labels of blocks that do not end a table."""


def head(row: Block) -> Block:
    """A row as the head of its table."""
    return replace(row, shape=Shape.TABLE_HEAD, level=HEAD_LEVEL)


def beside(cell: Block, *, below: bool = False) -> Block:
    """A cell that covers several rows, or names the paragraphs and items of its own, as the
    heading above them; it may stand ``below`` a cell that covers its row."""
    level = LABEL_LEVEL + below
    return replace(cell, shape=Shape.HEADING, level=level, label="cell", closes=cell.closes)


def inner(block: Block) -> Block:
    """A paragraph or an item of a cell that holds several."""
    return replace(block, label=block.label if block.shape is Shape.HEADING else INNER)


def cells_of(row: str) -> list[str]:
    """The cells of a row, as people read them."""
    return [plain(cell) for cell in _CELL_END.split(row)]


def names_row(cell: str) -> bool:
    """Whether the first cell of a row is the name of what stands beside it."""
    words = plain(cell)
    return 0 < len(words.split()) <= MAX_NAME_WORDS and not ends_statement(words)


def names_columns(first: Mapping[int, str], others: Sequence[Mapping[int, str]]) -> bool:
    """Whether a first row has short names only, and every other row says something; the names may
    leave the first column out, which names the rows."""
    columns = {column for row in (first, *others) for column in row}
    return (
        len(first) > 1
        and first.keys() >= columns - {min(columns)}
        and all(map(is_short_name, first.values()))
        and len(others) >= MIN_BELOW
        and all(map(says, others))
    )


def is_of_names(row: str) -> bool:
    """Whether the cells of a row are short names, all of them."""
    return all(is_short_name(cell) for cell in cells_of(row) if cell)


def is_short_name(cell: str) -> bool:
    """Whether a cell names something in few words, without a number."""
    letters, digits = _counted(cell)
    return 0 < len(cell.split()) <= SHORT and letters > 0 == digits and not ends_statement(cell)


def says(row: Mapping[int, str]) -> bool:
    """Whether a cell of a row says something, and does not only name it."""
    return any(
        len(cell.split()) >= LONG or (ends_statement(cell) and len(cell.split()) >= MIN_STATED)
        for cell in row.values()
    )


def rules_off(text: str, row: Block, start: int, end: int) -> bool:
    """Whether a rule, ``text[start:end]``, stands below the first row of a Markdown table."""
    if row.label != "row" or "-" not in text[start:end]:
        return False
    # From both sides, for there may be many rules below one row.
    if text.find("\n", row.end, start) != text.rfind("\n", row.end, start):
        return False
    line = max(0, text.rfind("\n", 0, row.start))
    above = text[text.rfind("\n", 0, line) + 1 : line]
    return not above.lstrip(" \t>").startswith("|")


def with_heads(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the heads of tables that only the numbers below them tell, or that they are
    signs (*✅ | ❌*), without heads over nothing, and with rows that have no word set aside."""
    done = list(blocks)
    for numbers in _tables(text, blocks):
        rows = [blocks[number] for number in numbers]
        heads = next((n for n, row in enumerate(rows) if row.shape is not Shape.TABLE_HEAD), 0)
        if heads == 1 and _says_as_below(text, rows):
            heads = 0
        whole = [text[row.start : row.end] for row in rows if row.label == "row"]
        if not heads and rows[0].label == "row" and is_of_names(whole[0]):
            below = list(_below(text, blocks, numbers))
            heads = int(names_columns(_by_column(text, rows[0]), below))
        if not heads and whole:
            placed = [_by_column(text, row) for row in rows if row.label == "row"]
            heads = int(_are_signs(whole[0]) or _heads_numbers(placed))
        signs = cells_of(whole[0]) if heads == 1 and whole and _are_signs(whole[0]) else []
        over = Heads(signs)
        for place, (number, row) in enumerate(zip(numbers, rows, strict=True)):
            if row.label == INNER:
                own = [over.above(row.columns)] if row.columns else signs
                done[number] = replace(row, above=" | ".join(filter(None, own)) or row.above)
                continue
            if place < heads:
                done[number] = head(row)
            else:
                level = BESIDE if row.level == BESIDE else int(heads > 0)
                above = " | ".join(signs) or row.above
                done[number] = replace(row, shape=_told(text, row), level=level, above=above)
    return list(_without_signs(text, done))


def _says_as_below(text: str, rows: Sequence[Block]) -> bool:
    """Whether the first row of a Markdown table, which has to have a head, is no head but a row: it
    makes a statement where the next one does."""
    if len(rows) < 2 or "--" not in text[rows[0].end : rows[1].start]:
        return False
    first, below = (cells_of(text[row.start : row.end]) for row in rows[:2])
    return any(
        min(len(one.split()), len(other.split())) >= MIN_SAID_WORDS
        and ends_statement(one)
        and ends_statement(other)
        for one, other in zip(first, below, strict=False)
    )


def _without_signs(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without those that are signs and no words; what stands under a heading of signs
    tells so itself."""
    level, sign = 0, ""
    for block in blocks:
        said = text[block.start : block.end]
        heading = block.shape is Shape.HEADING and block.label != "cell"
        if heading and block.level <= level:
            level, sign = 0, ""
        if not _are_signs(said):
            yield replace(block, above=block.above or sign) if sign and not heading else block
        elif heading:
            level, sign = block.level, plain(said)


def _are_signs(row: str) -> bool:
    return is_ticks(" | ".join(cells_of(row)))


def _told(text: str, row: Block) -> Shape:
    if not any(map(str.isalpha, plain(text[row.start : row.end]))):
        return Shape.NAVIGATION
    return Shape.PARAGRAPH if row.shape is Shape.TABLE_HEAD else row.shape


def _tables(text: str, blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The numbers of the blocks that are rows, or of their cells, table by table."""
    rows: list[int] = []
    end = 0
    for number, block in enumerate(blocks):
        row = block.label == "row"
        stated = row and block.shape is Shape.TABLE_HEAD
        if rows and (
            block.label not in IN_TABLE
            or _OTHER_TABLE.search(text, end, block.start)
            or (stated and blocks[rows[-1]].shape is not Shape.TABLE_HEAD)
            or 0 < block.closes <= HEAD_LEVEL
        ):
            yield rows
            rows = []
        if row or block.label == INNER:
            rows.append(number)
        end = block.end
    if rows:
        yield rows


def _by_column(text: str, row: Block) -> dict[int, str]:
    """The cells of a row by the first of their columns."""
    cells = cells_of(text[row.start : row.end])
    first = [start for start, _ in row.columns] or range(1, len(cells) + 1)
    return {column: cell for column, cell in zip(first, cells, strict=False) if cell}


def _below(
    text: str, blocks: Sequence[Block], numbers: Sequence[int]
) -> Iterator[Mapping[int, str]]:
    """The rows below the first one, those in pieces put together."""
    made: dict[int, str] = {}
    for before, number in pairwise(numbers):
        row = blocks[number]
        goes_on = row.label == INNER and number == before + 1 and not row.closes
        if made and not goes_on:
            yield made
            made = {}
        for column, cell in _by_column(text, row).items():
            made[column] = f"{made.get(column, '')} {cell}".strip()
    if made:
        yield made


def _heads_numbers(rows: Sequence[Mapping[int, str]]) -> bool:
    """Whether the first row has words above a column that is all numbers."""
    first, *below = rows
    for column, name in first.items():
        cells = [cells[column] for cells in below if column in cells]
        letters, digits = _counted(name)
        named = letters and not digits and len(cells) >= MIN_NUMBERS
        if named and all(found > others for others, found in map(_counted, cells)):
            return True
    return False


def _counted(cell: str) -> tuple[int, int]:
    """How many letters and how many digits a cell has."""
    return sum(map(str.isalpha, cell)), sum(map(str.isdigit, cell))
