"""Tables on printed pages: the pieces of a row's cells put together, a row as one piece.

A table is told by its rules, as many of the same width below each other, or by its columns and
by the order of the file, which goes through a table cell by cell and through columns of text
column by column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from progsearch.blocks.sentences import ends_sentence
from progsearch.readers.pdf.layout import Figure, Piece, Sheet

__all__ = ["with_rows", "with_ruled_rows"]

Cells = list[list[Piece]]
Span = tuple[float, float]

SAME = 4.0
"""Points; how exactly the rules of a table begin and end at the same places."""
TOUCHING = 4.0
"""White between two pieces of one rule."""
MIN_WIDTH = 90.0
MAX_HIGH = 300.0
"""How wide a table is at least, and how high a row at most."""
MIN_LEVELS = 3
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
MAX_WHITE = 4.5
"""White between two rows, in sizes."""
MIN_SPREAD = 0.35
"""How much of the letters stands outside of the first column, at least."""
MOST = 0.8
PAGE_DIGITS = 3


def with_ruled_rows(sheet: Sheet) -> list[Piece]:
    """The pieces of a sheet with those of each row of a table with rules as one."""
    pieces = sheet.pieces
    for levels in _ruled(sheet.drawn.levels):
        rows = list(_rows_between(levels, sheet.drawn.walls, pieces))
        if _is_table(rows, ruled=True):
            taken = {id(piece) for row in rows for cell in row for piece in cell}
            pieces = [piece for piece in pieces if id(piece) not in taken]
            pieces += [piece for row in rows for piece in _row(row)]
    return pieces


def with_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a part of a page, those of each row of a table as one."""
    lines = list(_lines(pieces))
    done: list[Piece] = []
    place = 0
    while place < len(lines):
        end, columns = _run(lines, place)
        rows: list[Cells] = []
        if end - place >= MIN_ROWS:
            rows = _rows_of([piece for line in lines[place:end] for piece in line], columns)
        if len(rows) >= MIN_ROWS and _is_table(rows, ruled=False):
            done += [piece for row in rows for piece in _row(row)]
            place = end
        else:
            done += lines[place]
            place += 1
    return done


def _row(cells: Cells) -> list[Piece]:
    """A row as one piece, as wide as all of its cells; one cell alone is text."""
    whole = [piece for cell in cells for piece in cell]
    if sum(map(bool, cells)) < 2:
        return whole
    first = max(whole, key=lambda piece: (piece.base, -piece.x0))
    row = replace(
        first,
        text=" ".join(piece.text for piece in whole),
        x0=min(piece.x0 for piece in whole),
        x1=max(piece.x1 for piece in whole),
        size=median(piece.size for piece in whole),
        letters=sum(piece.letters for piece in whole),
        order=min(piece.order for piece in whole),
        raised=(),
        cells=tuple(tuple(cell) for cell in cells),
    )
    return [row]


# --- tables with rules


def _ruled(levels: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The levels of each table with rules: of the same width, below each other."""
    joined = [one for one in _joined(levels) if one.x1 - one.x0 > MIN_WIDTH]
    waiting = sorted(joined, key=lambda one: -one.y0)
    while waiting:
        first, *waiting = waiting
        group, others = [first], []
        for one in waiting:
            same = abs(one.x0 - first.x0) < SAME and abs(one.x1 - first.x1) < SAME
            if same and group[-1].y0 - one.y0 < MAX_HIGH:
                group.append(one)
            else:
                others.append(one)
        waiting = others
        ends = zip(group, [*group[1:], None], strict=True)
        apart = [one for one, after in ends if after is None or one.y0 - after.y0 > SAME]
        if len(apart) >= MIN_LEVELS:
            yield apart


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


def _rows_between(
    levels: Sequence[Figure], upright: Sequence[Figure], pieces: Sequence[Piece]
) -> Iterator[Cells]:
    left, right = levels[0].x0 - SAME, levels[0].x1 + SAME
    bands = []
    for above, below in pairwise(levels):
        inside = [
            piece
            for piece in pieces
            if below.y0 <= piece.base + 0.3 * piece.size < above.y0
            and piece.x0 > left
            and piece.x1 < right
        ]
        if inside:
            bands.append(inside)
    walls = _walls_between(levels, upright)
    parted = [band for band in bands if len(_columns(band, walls)) > 1]
    columns = _columns([piece for band in parted for piece in band], walls)
    for band in bands:
        if len(_columns(band, walls)) < 2:
            yield [sorted(band, key=_reading)]
        elif len(parted) < MIN_ROWS:
            yield from _rows_of(band, columns)
        else:
            yield _cells(band, columns)


def _walls_between(levels: Sequence[Figure], walls: Sequence[Figure]) -> list[float]:
    """Where rules stand upright inside of a table."""
    high, low = levels[0].y0, levels[-1].y0
    left, right = levels[0].x0 + SAME, levels[0].x1 - SAME
    return [
        (wall.x0 + wall.x1) / 2
        for wall in walls
        if left < wall.x0 < right and wall.y0 < high and wall.y1 > low
    ]


def _reading(piece: Piece) -> tuple[float, float]:
    return round(-piece.base), piece.x0


# --- columns and rows


def _columns(pieces: Sequence[Piece], walls: Sequence[float] = ()) -> list[Span]:
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


def _column(piece: Piece, columns: Sequence[Span]) -> int:
    """Which column a piece stands in: the one that has most of it."""
    return max(
        range(len(columns)),
        key=lambda n: min(piece.x1, columns[n][1]) - max(piece.x0, columns[n][0]),
    )


def _cells(pieces: Sequence[Piece], columns: Sequence[Span]) -> Cells:
    cells: Cells = [[] for _ in columns]
    for piece in sorted(pieces, key=_reading):
        cells[_column(piece, columns)].append(piece)
    return cells


def _rows_of(pieces: Sequence[Piece], columns: Sequence[Span]) -> list[Cells]:
    """The rows by the order of the file; none where that is not one of rows."""
    rows: list[list[Piece]] = []
    last = -1
    for piece in sorted(pieces, key=lambda piece: piece.order):
        column = _column(piece, columns)
        before = rows[-1][-1] if rows else None
        same_line = before is not None and abs(before.base - piece.base) < 0.4 * piece.size
        goes_on = column > last or (column == last and (same_line or _close(before, piece)))
        if before is None or not (goes_on or (same_line and column == last)):
            rows.append([])
        rows[-1].append(piece)
        last = column
    rows = _continued(rows, columns)
    for above, below in pairwise(rows):
        if min(piece.base for piece in above) <= max(piece.base for piece in below):
            return []
    return [_cells(row, columns) for row in rows]


def _close(before: Piece | None, piece: Piece) -> bool:
    if before is None:
        return False
    return 0 < before.base - piece.base < CLOSE * max(before.size, piece.size)


def _continued(rows: Sequence[list[Piece]], columns: Sequence[Span]) -> list[list[Piece]]:
    """The rows, with those joined that the file has line by line: the first cell is empty and
    a sentence goes on."""
    done: list[list[Piece]] = []
    for row in rows:
        first = min(row, key=lambda piece: piece.x0)
        if done and _column(first, columns) > 0:
            cells = _cells(done[-1], columns)
            above = cells[_column(first, columns)]
            if above and _close(above[-1], first) and not ends_sentence(above[-1].text):
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
    columns = _columns(lines[start])
    end = start + 1
    for place in range(start + 1, len(lines)):
        line = lines[place]
        white = lines[place - 1][0].base - line[0].base
        if white > MAX_WHITE * line[0].size or any(piece.cells for piece in line):
            break
        wider = _columns([*line, *(_as_piece(span, line[0]) for span in columns)])
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
    column = _column(piece, columns)
    above = [one for one in lines[place - 1] if _column(one, columns) == column]
    return not above or not _close(above[0], piece) or above[0].font != piece.font


def _is_table(rows: Sequence[Cells], *, ruled: bool) -> bool:
    """Whether these rows are those of a table, and not columns of text, lists or contents."""
    parted = [row for row in rows if sum(map(bool, row)) > 1]
    if len(parted) < max(2, MIN_FILLED * len(rows)):
        return False
    longest = [
        max(sum(len(piece.text.split()) for piece in cell) for cell in row) for row in parted
    ]
    if median(longest) > MAX_CELL:
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
