"""The columns, cells and rows of tables on printed pages, and whether something is a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from progsearch.readers.pdf.layout import Piece

__all__ = ["CLOSE", "MIN_ROWS", "Cells", "Span", "cells_in", "column_of", "columns_in", "is_close"]
__all__ += ["is_strong", "is_table", "label_piece", "reading", "row_pieces", "text_of"]

Cells = list[list[Piece]]
Span = tuple[float, float]

MIN_ROWS = 3
"""Rows of a table without rules."""
MIN_FILLED = 0.6
"""How many of the rows have more than one cell."""
MIN_WHITE = 0.7
"""White between two columns, in sizes of the letters."""
MAX_CELL = 45
"""Words of the longest cell of a row, in the middle: more are columns of text."""
CLOSE = 1.45
"""How far apart the lines of a cell are at most, in their sizes."""
MIN_SPREAD = 0.35
"""How much of the letters stands outside of the first column, at least."""
MOST = 0.8
PAGE_DIGITS = 3
ABOVE = 0.01
"""Points by which a cell that covers rows is lifted over the first of them."""


def row_pieces(cells: Cells, part: str = "") -> list[Piece]:
    """A row as one piece, as wide as all of its cells; one cell alone is text, unless it stands
    ``beside`` a cell that covers its row and others."""
    whole = [piece for cell in cells for piece in cell]
    if not whole or (sum(map(bool, cells)) < 2 and not part):
        return whole
    return [_together(whole, cells, part)]


def label_piece(label: Sequence[Piece], rows: Iterable[Cells]) -> Piece:
    """A cell that covers several rows, or is as wide as the table, as the piece above them."""
    piece = _together(label, [list(label)], "label")
    bases = [one.base for row in rows for cell in row for one in cell]
    return replace(piece, base=max([piece.base, *(base + ABOVE for base in bases)]))


def _together(whole: Sequence[Piece], cells: Cells, part: str) -> Piece:
    first = max(whole, key=lambda piece: (piece.base, -piece.x0))
    return replace(
        first,
        text=" ".join(piece.text for piece in whole),
        x0=min(piece.x0 for piece in whole),
        x1=max(piece.x1 for piece in whole),
        size=median(piece.size for piece in whole),
        letters=sum(piece.letters for piece in whole),
        order=min(piece.order for piece in whole),
        raised=(),
        cells=tuple(tuple(cell) for cell in cells),
        part=part,
    )


def is_strong(cells: Cells) -> bool:
    """Whether all of a row is bold."""
    pieces = [piece for cell in cells for piece in cell]
    return all(piece.bold >= 0.8 * len(piece.text.replace(" ", "")) for piece in pieces)


def text_of(cell: Sequence[Piece]) -> str:
    """What stands in a cell."""
    return " ".join(piece.text.strip() for piece in cell)


def reading(piece: Piece) -> tuple[float, float]:
    """Where a piece comes in the order of reading."""
    return round(-piece.base), piece.x0


def columns_in(pieces: Sequence[Piece], walls: Sequence[float] = ()) -> list[Span]:
    """The stretches of the width that pieces stand in, parted by white from top to bottom, or
    by rules."""
    spans: list[Span] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        near = spans and piece.x0 - spans[-1][1] < MIN_WHITE * piece.size
        if near and not any(spans[-1][1] - 1 <= wall <= piece.x0 + 1 for wall in walls):
            spans[-1] = spans[-1][0], max(spans[-1][1], piece.x1)
        else:
            spans.append((piece.x0, piece.x1))
    return spans


def column_of(piece: Piece, columns: Sequence[Span]) -> int:
    """Which column a piece stands in: the one that has most of it."""
    return max(
        range(len(columns)),
        key=lambda n: min(piece.x1, columns[n][1]) - max(piece.x0, columns[n][0]),
    )


def cells_in(pieces: Sequence[Piece], columns: Sequence[Span]) -> Cells:
    """The pieces by the columns that they stand in."""
    cells: Cells = [[] for _ in columns]
    for piece in sorted(pieces, key=reading):
        cells[column_of(piece, columns)].append(piece)
    return cells


def is_close(before: Piece | None, piece: Piece) -> bool:
    """Whether a piece stands on the next line."""
    if before is None:
        return False
    return 0 < before.base - piece.base < CLOSE * max(before.size, piece.size)


def is_table(rows: Sequence[Cells], *, ruled: bool, walled: bool = False) -> bool:
    """Whether these rows are those of a table, and not columns of text, lists or contents.

    It may be ``ruled``, and ``walled`` by rules between all its columns.
    """
    parted = [row for row in rows if sum(map(bool, row)) > 1]
    if len(parted) < max(2, MIN_FILLED * len(rows)):
        return False
    longest = [
        max(sum(len(piece.text.split()) for piece in cell) for cell in row) for row in parted
    ]
    if median(longest) > MAX_CELL and not walled:
        return False
    if sum(map(_is_card, parted)) > 0.3 * len(parted) or _leads_elsewhere(rows):
        return False
    if ruled:
        return True
    lead = 0  # columns of bullets and numbers before the text
    while lead < len(parted[0]) and all(_is_mark(row[lead]) for row in parted):
        lead += 1
    if len(parted[0]) - lead < 2:
        return False
    first = sum(piece.letters for row in parted for piece in row[0])
    letters = sum(piece.letters for row in parted for cell in row for piece in cell)
    numbers = sum(not any(piece.letters for cell in row[1:] for piece in cell) for row in parted)
    if numbers > MOST * len(parted):
        return True
    return letters - first > MIN_SPREAD * letters or len(parted[0]) > 2


def _words(cell: Sequence[Piece]) -> int:
    return sum(len(piece.text.split()) for piece in cell)


def _is_mark(cell: Sequence[Piece]) -> bool:
    return all(piece.letters < 2 for piece in cell)


def _is_card(row: Cells) -> bool:
    """Whether a cell has a heading of its own above its text."""
    for cell in row:
        sizes = [piece.size for piece in cell]
        if len(cell) > 1 and max(sizes) > 1.15 * min(sizes):
            return True
        if len(cell) > 2 and cell[0].bold > 0.8 * len(cell[0].text) and not cell[-1].bold:
            return True
    return False


def _leads_elsewhere(rows: Sequence[Cells]) -> bool:
    """Whether the numbers behind the rows rise as those of contents do."""
    ends = [row[-1][-1].text.strip() for row in rows if row[-1]]
    numbers = [int(text) for text in ends if text.isdecimal() and len(text) <= PAGE_DIGITS]
    rising = sum(before <= after for before, after in pairwise(numbers))
    return len(numbers) >= MOST * len(rows) and rising >= MOST * (len(numbers) - 1)
