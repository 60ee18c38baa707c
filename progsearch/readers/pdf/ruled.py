"""Tables with rules on printed pages: as many rules of the same width below each other.

What stands between two rules is a row. Rules that are as wide as some of the columns part the
cells of these, and what stands beside them covers the rows. A row above the first rule, or below
the last one, is told by standing in the same columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from progsearch.blocks.tableheads import names_row
from progsearch.readers.pdf.grid import (
    CLOSE,
    MIN_ROWS,
    Cells,
    Span,
    cells_in,
    column_of,
    columns_in,
    is_strong,
    is_table,
    label_piece,
    reading,
    row_pieces,
    text_of,
)
from progsearch.readers.pdf.layout import Figure, Piece, Sheet
from progsearch.readers.pdf.tables import rows_by_order

__all__ = ["with_ruled_rows"]

SAME = 4.0
"""Points; how exactly the rules of a table begin and end at the same places."""
TOUCHING = 4.0
"""White between two pieces of one rule."""
MIN_WIDTH = 90.0
MAX_HIGH = 300.0
"""How wide a table is at least, and how high a row at most."""
MIN_LEVELS = 3
PART = 0.8
"""How much of a column a rule crosses that parts its cells."""


@dataclass(slots=True)
class _Row:
    """A row; where ``inner`` are the rows beside a cell that covers them, it is that cell."""

    cells: Cells
    inner: list[Cells]


def with_ruled_rows(sheet: Sheet) -> list[Piece]:
    """The pieces of a sheet with those of each row of a table with rules as one; a text that stands
    sideways in a cell is taken off the sheet's others."""
    pieces = sheet.pieces
    rules = list(_joined(sheet.drawn.levels))
    tables = 0
    for levels in _ruled(rules, sheet.drawn.walls, pieces):
        table = _Table(levels, rules, sheet.drawn.walls, [*pieces, *sheet.turned])
        rows = table.rows()
        split = [cells for row in rows for cells in row.inner or [row.cells]]
        whole = [row.cells for row in rows]
        if any(is_table(one, ruled=True, walled=table.walled) for one in (whole, split)):
            taken = {id(piece) for row in rows for cell in row.cells for piece in cell}
            pieces = [piece for piece in pieces if id(piece) not in taken]
            sheet.turned = [piece for piece in sheet.turned if id(piece) not in taken]
            made = list(_pieces_of(rows))
            if tables and made:
                made[0] = replace(made[0], opens=True)
            pieces += made
            tables += 1
    return pieces


def _pieces_of(rows: Sequence[_Row]) -> Iterator[Piece]:
    """The rows as pieces; a bold cell as wide as the table names the rows below it."""
    part = ""
    for place, row in enumerate(rows):
        cells = row.cells
        if row.inner:
            inner = {id(piece) for one in row.inner for cell in one for piece in cell}
            label = [piece for cell in cells for piece in cell if id(piece) not in inner]
            if label:
                yield label_piece(label, row.inner)
            for one in row.inner:
                yield from row_pieces(one, "beside")
        elif 0 < place < len(rows) - 1 and _names_rows(cells, rows[place + 1].cells):
            part = "beside"
            yield label_piece([piece for cell in cells for piece in cell], [])
        else:
            yield from row_pieces(cells, part if sum(map(bool, cells)) > 1 else "")


def _names_rows(cells: Cells, below: Cells) -> bool:
    whole = [piece for cell in cells for piece in cell]
    alone = sum(map(bool, cells)) == 1 < sum(map(bool, below))
    return alone and is_strong(cells) and not is_strong(below) and names_row(text_of(whole))


def _ruled(
    rules: Sequence[Figure], upright: Sequence[Figure], pieces: Sequence[Piece]
) -> Iterator[list[Figure]]:
    """The levels of each table with rules, the highest first: of the same width, below each other,
    without a gap; two are enough where upright rules stand inside, as where the page cuts a
    table."""
    joined = [one for one in rules if one.x1 - one.x0 > MIN_WIDTH]
    waiting = sorted(joined, key=lambda one: -one.y0)
    while waiting:
        first, *waiting = waiting
        group, others = [first], []
        ended = False
        for one in waiting:
            same = abs(one.x0 - first.x0) < SAME and abs(one.x1 - first.x1) < SAME
            near = same and group[-1].y0 - one.y0 < MAX_HIGH
            ended = ended or (near and _is_gap(group, one, upright, pieces))
            if near and not ended:
                group.append(one)
            else:
                others.append(one)
        waiting = others
        ends = zip(group, [*group[1:], None], strict=True)
        apart = [one for one, after in ends if after is None or one.y0 - after.y0 > SAME]
        if len(apart) >= MIN_LEVELS or (len(apart) > 1 and _walls_between(apart, upright)):
            yield apart


def _is_gap(
    levels: Sequence[Figure], below: Figure, upright: Sequence[Figure], pieces: Sequence[Piece]
) -> bool:
    """Whether a table ends above a rule: there is nothing between, and none of the upright rules
    that stand between its levels goes on."""
    above = levels[-1]
    inside = [wall for wall in upright if above.x0 - SAME < wall.x0 < above.x1 + SAME]
    walls = [wall for wall in inside if wall.y1 > above.y0 + SAME and wall.y0 < levels[0].y0]
    if not walls or above.y0 - below.y0 < SAME:
        return False
    goes_on = any(wall.y0 < above.y0 - SAME and wall.y1 > below.y0 + SAME for wall in inside)
    middles = (piece.base + 0.3 * piece.size for piece in pieces)
    return not goes_on and not any(below.y0 < middle < above.y0 for middle in middles)


def _joined(levels: Sequence[Figure]) -> Iterator[Figure]:
    """Rules with those pieces made one that continue each other."""
    before: Figure | None = None
    for one in sorted(levels, key=lambda one: (round(one.y0 / 2), one.x0)):
        if before is not None and _continues(before, one):
            before = before._replace(x1=max(before.x1, one.x1))
            continue
        if before is not None:
            yield before
        before = one
    if before is not None:
        yield before


def _continues(before: Figure, one: Figure) -> bool:
    return abs(one.y0 - before.y0) < TOUCHING and one.x0 - before.x1 < TOUCHING


class _Table:
    """The rows between the levels of one table."""

    def __init__(
        self,
        levels: Sequence[Figure],
        rules: Sequence[Figure],
        upright: Sequence[Figure],
        pieces: Sequence[Piece],
    ) -> None:
        self._levels = levels
        self._left, self._right = levels[0].x0 - SAME, levels[0].x1 + SAME
        self._partial = [
            one
            for one in rules
            if one.x0 > self._left
            and one.x1 < self._right
            and one.x1 - one.x0 < self._right - self._left - 4 * SAME
        ]
        self._pieces = [
            piece for piece in pieces if piece.x0 > self._left and piece.x1 < self._right
        ]
        self._walls = _walls_between(levels, upright)
        self.walled = False

    def rows(self) -> list[_Row]:
        """The rows, from the highest to the lowest."""
        bands = [
            (above.y0, below.y0, inside)
            for above, below in pairwise(self._levels)
            if (inside := self._between(above.y0, below.y0))
        ]
        parted = [inside for _, _, inside in bands if self._parts(inside)]
        columns = columns_in([piece for inside in parted for piece in inside], self._walls)
        self.walled = self._has_walls(columns)
        few = len(parted) < MIN_ROWS
        found: list[_Row] = []
        for high, low, inside in bands:
            if not self._parts(inside):
                found.append(_Row([sorted(inside, key=reading)], []))
            elif inner := self._inner(inside, columns, high, low):
                found.append(_Row(cells_in(inside, columns), inner))
            elif few:
                found += [_Row(row, []) for row in rows_by_order(inside, columns)]
            else:
                found.append(_Row(cells_in(inside, columns), []))
        if len(columns) > 1:
            above, below = self._outside(columns)
            found = [*above, *found, *below]
        return found

    def _has_walls(self, columns: Sequence[Span]) -> bool:
        """Whether rules stand between all columns: then the cells may hold whole paragraphs."""
        return len(columns) > 1 and all(
            any(left[1] - 1 <= wall <= right[0] + 1 for wall in self._walls)
            for left, right in pairwise(columns)
        )

    def _parts(self, pieces: Sequence[Piece]) -> bool:
        return len(columns_in(pieces, self._walls)) > 1

    def _between(self, high: float, low: float) -> list[Piece]:
        return [piece for piece in self._pieces if low <= piece.base + 0.3 * piece.size < high]

    def _inner(
        self, inside: Sequence[Piece], columns: Sequence[Span], high: float, low: float
    ) -> list[Cells]:
        """The rows beside a cell that covers them: rules part them, but not that cell."""
        rules = [one for one in self._partial if low + SAME < one.y0 < high - SAME]
        cut = {
            n: sorted((one.y0 for one in rules if _crosses(one, span)), reverse=True)
            for n, span in enumerate(columns)
        }
        if not any(cut.values()) or all(cut.values()):
            return []
        edges = [low, *sorted({round(y, 1) for heights in cut.values() for y in heights})]
        rows: dict[int, list[Piece]] = {}
        for piece in sorted(inside, key=reading):
            column = column_of(piece, columns)
            if not cut[column]:
                continue
            # A cell that covers some of these rows stands in the first of them.
            middle = piece.base + 0.3 * piece.size
            above = [y for y in cut[column] if y > middle]
            top = min(above, default=high)
            mates = [
                one.base + 0.3 * one.size
                for one in inside
                if column_of(one, columns) == column and middle <= one.base + 0.3 * one.size < top
            ]
            rows.setdefault(bisect_right(edges, max(mates)), []).append(piece)
        beside = sum(map(len, rows.values()))
        if len(rows) < 2 or beside == len(inside):
            return []
        return [cells_in(rows[row], columns) for row in sorted(rows, reverse=True)]

    def _outside(self, columns: Sequence[Span]) -> tuple[list[_Row], list[_Row]]:
        """The row above the first rule and that below the last one, where there are any."""
        first, last = self._levels[0].y0, self._levels[-1].y0
        above = [piece for piece in self._pieces if piece.base + 0.3 * piece.size >= first]
        below = [piece for piece in self._pieces if piece.base + 0.3 * piece.size < last]
        above.sort(key=lambda piece: piece.base)
        below.sort(key=lambda piece: -piece.base)
        found = []
        for edge, pieces in ((first, above), (last, below)):
            row = _next_to(edge, pieces, columns)
            cells = cells_in(row, columns)
            found.append([_Row(cells, [])] if sum(map(bool, cells)) > 1 else [])
        return found[0], found[1]


def _crosses(rule: Figure, span: Span) -> bool:
    shared = min(rule.x1, span[1]) - max(rule.x0, span[0])
    return shared >= PART * (span[1] - span[0])


def _next_to(edge: float, pieces: Sequence[Piece], columns: Sequence[Span]) -> list[Piece]:
    """The pieces of the lines next to a rule that stand close together, each in one column; none
    where a piece runs across columns: then they are a text."""
    row: list[Piece] = []
    near = edge
    for piece in pieces:
        reach = CLOSE * piece.size
        if abs(piece.base - near) > (reach if row else reach + SAME):
            break
        if piece.cells or sum(piece.x0 < right and piece.x1 > left for left, right in columns) != 1:
            return []
        row.append(piece)
        near = piece.base
    return row


def _walls_between(levels: Sequence[Figure], walls: Sequence[Figure]) -> list[float]:
    """Where rules stand upright inside of a table."""
    high, low = levels[0].y0, levels[-1].y0
    left, right = levels[0].x0 + SAME, levels[0].x1 - SAME
    return [
        (wall.x0 + wall.x1) / 2
        for wall in walls
        if left < wall.x0 < right and wall.y0 < high and wall.y1 > low
    ]
