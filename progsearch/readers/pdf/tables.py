"""Tables without rules on printed pages: the pieces of a row's cells as one piece.

Such a table is told by its columns and by the order of the file, which goes through a table cell by
cell and through columns of text column by column. A first cell with nothing below it in the next
rows names them, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from progsearch.blocks.sentences import ends_sentence
from progsearch.blocks.tableheads import names_row
from progsearch.readers.pdf.grid import (
    CLOSE,
    MIN_ROWS,
    Cells,
    Span,
    cells_in,
    column_of,
    columns_in,
    is_close,
    is_strong,
    is_table,
    label_piece,
    row_pieces,
    text_of,
)
from progsearch.readers.pdf.layout import Piece

__all__ = ["rows_at_edge", "rows_by_order", "with_rows"]

MAX_WHITE = 4.5
"""White between two rows, in sizes."""


def with_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a part of a page, those of each row of a table as one."""
    lines = list(_lines(pieces))
    done: list[Piece] = []
    place = 0
    while place < len(lines):
        end, columns = _run(lines, place)
        rows: list[Cells] = []
        if end - place >= MIN_ROWS:
            pieces_in = [piece for line in lines[place:end] for piece in line]
            rows = rows_by_order(pieces_in, columns) or _beside_labels(pieces_in, columns)
        if len(rows) >= MIN_ROWS and is_table(rows, ruled=False):
            done += _pieces_of(rows)
            place = end
        else:
            done += lines[place]
            place += 1
    return done


def rows_at_edge(pieces: Sequence[Piece], columns: Sequence[Span], *, top: bool) -> list[Piece]:
    """The pieces of a page with the rows at its upper or lower edge that stand in the columns of
    a table of another page; none where there are none."""
    lines = list(_lines(pieces))
    if not top:
        lines.reverse()
    end = 0
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else line
        white = abs(before[0].base - line[0].base)
        if white > MAX_WHITE * line[0].size or any(piece.cells for piece in line):
            break
        if not all(sum(one.x0 < b and one.x1 > a for a, b in columns) == 1 for one in line):
            break
        # What is alone at the table's own edge is no part of it.
        end = number + 1 if len(line) > 1 or (top and _goes_below(line[0], before)) else end
    inside = [piece for line in lines[:end] for piece in line]
    rows = rows_by_order(inside, columns) or _beside_labels(inside, columns) if inside else []
    if not any(sum(map(bool, row)) > 1 for row in rows):
        return []
    taken = {id(piece) for piece in inside}
    return [*(piece for piece in pieces if id(piece) not in taken), *_pieces_of(rows)]


def _goes_below(piece: Piece, line: Sequence[Piece]) -> bool:
    """Whether a piece carries on the cell above it."""
    above = [one for one in line if abs(one.x0 - piece.x0) < piece.size and one.font == piece.font]
    return bool(above) and is_close(above[0], piece)


def rows_by_order(pieces: Sequence[Piece], columns: Sequence[Span]) -> list[Cells]:
    """The rows by the order of the file; none where that is not one of rows."""
    rows: list[list[Piece]] = []
    last = -1
    for piece in sorted(pieces, key=lambda piece: piece.order):
        column = column_of(piece, columns)
        before = rows[-1][-1] if rows else None
        same_line = before is not None and abs(before.base - piece.base) < 0.4 * piece.size
        goes_on = column > last or (column == last and (same_line or is_close(before, piece)))
        if before is None or not (goes_on or (same_line and column == last)):
            rows.append([])
        rows[-1].append(piece)
        last = column
    rows = _continued(rows, columns)
    for above, below in pairwise(rows):
        if min(piece.base for piece in above) <= max(piece.base for piece in below):
            return []
    return [cells_in(row, columns) for row in rows]


def _beside_labels(pieces: Sequence[Piece], columns: Sequence[Span]) -> list[Cells]:
    """The rows where the file has the first cells elsewhere than their rows, as programs put
    those that cover several rows; none where one does not stand at the top of a row."""
    first = [piece for piece in pieces if column_of(piece, columns) == 0]
    others = [piece for piece in pieces if column_of(piece, columns) > 0]
    rows = rows_by_order(others, columns)
    tops = [max(piece.base for cell in row for piece in cell) for row in rows]
    above: Piece | None = None
    at = -1
    for piece in sorted(first, key=lambda piece: -piece.base):
        level = [n for n, top in enumerate(tops) if abs(top - piece.base) < 0.4 * piece.size]
        goes_on = is_close(above, piece)
        if level and not (goes_on and rows[level[0]][0]):
            at = level[0]
        elif not goes_on:
            return []
        rows[at][0].append(piece)
        above = piece
    return rows


def _pieces_of(rows: Sequence[Cells]) -> Iterator[Piece]:
    """The rows as pieces; a first cell that names its row and stands beside rows without any
    stands above them."""
    place = 0
    while place < len(rows):
        end = place + 1
        while end < len(rows) and not rows[end][0]:
            end += 1
        row = rows[place]
        label = text_of(row[0])
        if (
            end - place > 1
            and any(map(str.isalpha, label))
            and names_row(label)
            and not is_strong(row)
        ):
            yield label_piece(row[0], rows[place:end])
            for one in rows[place:end]:
                yield from row_pieces([[], *one[1:]], "beside")
        else:
            for one in rows[place:end]:
                yield from row_pieces(one)
        place = end


def _continued(rows: Sequence[list[Piece]], columns: Sequence[Span]) -> list[list[Piece]]:
    """The rows, with those joined that the file has line by line: the first cell is empty and
    a sentence goes on."""
    done: list[list[Piece]] = []
    for row in rows:
        first = min(row, key=lambda piece: piece.x0)
        if done and column_of(first, columns) > 0:
            cells = cells_in(done[-1], columns)
            above = cells[column_of(first, columns)]
            if above and is_close(above[-1], first) and not ends_sentence(above[-1].text):
                done[-1] += row
                continue
        done.append(row)
    return done


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.x0)):
        if line and line[0].base - piece.base > 0.35 * piece.size:
            yield sorted(line, key=lambda piece: piece.x0)
            line = []
        line.append(piece)
    if line:
        yield sorted(line, key=lambda piece: piece.x0)


def _run(lines: Sequence[Sequence[Piece]], start: int) -> tuple[int, list[Span]]:
    """How far a table goes that begins at a line, and its columns."""
    if len(lines[start]) < 2 or any(piece.cells for piece in lines[start]):
        return start + 1, []
    columns = columns_in(lines[start])
    end = start + 1
    for place in range(start + 1, len(lines)):
        line = lines[place]
        white = lines[place - 1][0].base - line[0].base
        if white > MAX_WHITE * line[0].size or any(piece.cells for piece in line):
            break
        wider = columns_in([*line, *(_as_piece(span, line[0]) for span in columns)])
        if len(wider) < len(columns) or len(wider) < 2:
            break
        if any(_runs_across(piece, columns) for piece in line):
            break
        columns = wider
        if len(line) > 1 or white < CLOSE * line[0].size:
            end = place + 1
    while end - start > 1 and len(lines[end - 1]) == 1 and _is_outside(lines, end - 1, columns):
        end -= 1
    return end, columns


def _as_piece(span: Span, like: Piece) -> Piece:
    return replace(like, x0=span[0], x1=span[1])


def _runs_across(piece: Piece, columns: Sequence[Span]) -> bool:
    return sum(piece.x0 < right and piece.x1 > left for left, right in columns) > 1


def _is_outside(lines: Sequence[Sequence[Piece]], place: int, columns: Sequence[Span]) -> bool:
    """Whether a line below a table is no part of its last row."""
    (piece,) = lines[place]
    column = column_of(piece, columns)
    above = [one for one in lines[place - 1] if column_of(one, columns) == column]
    return not above or not is_close(above[0], piece) or above[0].font != piece.font
