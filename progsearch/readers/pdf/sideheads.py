"""Names of columns that stand sideways above a table: the row that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from progsearch.readers.pdf.grid import Cells, Span, row_pieces
from progsearch.readers.pdf.layout import Piece, Sheet

__all__ = ["with_side_heads"]

MIN_SIDEWAYS = 2
"""Names that stand sideways; one alone may name the table, or be none of it."""
NEAR = 2.5
"""How far above the first row they end at most, in sizes of their letters."""
LEVEL = 1.0
"""How far apart their lower or upper ends are at most, in sizes of their letters."""


def with_side_heads(pieces: Sequence[Piece], sheet: Sheet) -> list[Piece]:
    """The pieces of a part of a page with the names above the columns of its tables that stand
    sideways as a row; they are taken off the sheet's others."""
    done = list(pieces)
    for table in _tables(pieces):
        names = _names_above(table, sheet.turned)
        if not names:
            continue
        first = _first_name(table, list(names.values()), done)
        cells: Cells = [[] for _ in table[0].cells]
        for column, piece in names.items():
            cells[column] = [piece]
        cells[0] = cells[0] or first
        taken = {id(piece) for cell in cells for piece in cell}
        done = [*(piece for piece in done if id(piece) not in taken), *row_pieces(cells)]
        sheet.turned = [piece for piece in sheet.turned if id(piece) not in taken]
    return done


def _tables(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The rows of each table that has as many columns in each, the highest first."""
    rows = sorted((one for one in pieces if len(one.cells) > 1), key=lambda one: -one.base)
    table = rows[:1]
    for above, row in pairwise(rows):
        if row.opens or len(row.cells) != len(above.cells):
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _names_above(table: Sequence[Piece], turned: Sequence[Piece]) -> dict[int, Piece]:
    """What stands sideways right above the columns of a table, by column; nothing where it is not
    above most of them, one above each, level with each other."""
    columns = list(_spans(table))
    top = table[0].top
    near = [one for one in turned if -one.size < one.low - top < NEAR * one.size]
    reach = max((one.high for one in near), default=top)
    near = [one for one in turned if -one.size < one.low - top and one.high <= reach + 1]
    names: dict[int, Piece] = {}
    for piece in near:
        middle = (piece.x0 + piece.x1) / 2
        over = [n for n, (left, right) in enumerate(columns) if left <= middle <= right]
        if len(over) != 1 or over[0] in names:
            return {}
        names[over[0]] = piece
    if len(names) < max(MIN_SIDEWAYS, len(columns) / 2):
        return {}
    ends = ([one.low for one in near], [one.high for one in near])
    level = any(max(one) - min(one) < LEVEL * near[0].size for one in ends)
    return names if level else {}


def _spans(table: Sequence[Piece]) -> Iterator[Span]:
    """Where each column stands, as far as the white between it and the next one goes."""
    cells = [
        [piece for row in table for piece in row.cells[column]]
        for column in range(len(table[0].cells))
    ]
    edges = [
        (min(one.x0 for one in cell), max(one.x1 for one in cell)) if cell else (0.0, 0.0)
        for cell in cells
    ]
    for n, (left, right) in enumerate(edges):
        before = edges[n - 1][1] if n else left
        after = edges[n + 1][0] if n + 1 < len(edges) else right + (right - left) / 2 + 20
        yield (before + left) / 2, (right + after) / 2


def _first_name(
    table: Sequence[Piece], names: Sequence[Piece], pieces: Sequence[Piece]
) -> list[Piece]:
    """What stands upright above the first column, beside the names of the others."""
    low, high = min(one.low for one in names), max(one.high for one in names)
    left, right = next(iter(_spans(table)))
    return [
        piece
        for piece in pieces
        if not piece.cells
        and low - piece.size < piece.base < high
        and left - piece.size <= piece.x0
        and piece.x1 <= right
    ]
