"""Tables of printed pages that go on overleaf: their rows there, and rows that a page cuts.

On one of the two pages there may be too little of a table to be told as one; the columns of the
other tell it. A row is cut where a word of it goes on overleaf, below a head that stands there
again, or a sentence in some of its cells, but not in the one that names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise, takewhile
from operator import attrgetter, itemgetter

from progsearch.blocks.sentences import ends_sentence
from progsearch.readers.pdf.cells import bare, put_rules
from progsearch.readers.pdf.grid import CLOSE, Span
from progsearch.readers.pdf.hyphens import BROKEN
from progsearch.readers.pdf.layout import Line, Piece
from progsearch.readers.pdf.tables import rows_at_edge

__all__ = ["SAME", "join_rows", "table_at_end", "with_rows_of_neighbours"]

SAME = 6.0
"""Points; how exactly the columns of a table stand at the same places overleaf."""
_cell = attrgetter("cell")
_row = attrgetter("row")


def with_rows_of_neighbours(pages: Sequence[Sequence[Piece]]) -> dict[int, list[Piece]]:
    """Those of the pages, by their place, that have rows of a table of the page before or behind
    them, as their pieces with these rows."""
    done = [list(page) for page in pages]
    changed: set[int] = set()
    for place, (above, below) in enumerate(pairwise(done)):
        if not above or not below:
            continue
        ends, begins = _columns_at(above, top=False), _columns_at(below, top=True)
        if bool(ends) == bool(begins):
            continue
        at = place if begins else place + 1
        if found := rows_at_edge(done[at], begins or ends, top=bool(ends)):
            done[at][:] = found
            changed.add(at)
    return {place: done[place] for place in changed}


def _columns_at(pieces: Sequence[Piece], *, top: bool) -> list[Span]:
    """The columns of the table that a page begins or ends with; before its rows may stand what a
    page cut off a cell."""
    rows: list[Piece] = []
    before: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.base, reverse=top):
        if piece.cells and (not rows or len(piece.cells) == len(rows[0].cells)):
            rows.append(piece)
        elif rows:
            break
        elif not top or piece.kind:
            return []
        else:
            before.append(piece)
    placed = [(n, one) for row in rows for n, cell in enumerate(row.cells) for one in cell]
    columns = list(_spans(placed).values())
    first = columns[0][1] if columns else 0.0
    inside = all(sum(_meets(one, span) for span in columns) == 1 for one in before)
    return columns if inside and all(one.x0 > first for one in before) else []


def _meets(one: Piece | Line, span: Span) -> bool:
    return one.x0 < span[1] and one.x1 > span[0]


def _spans(placed: Iterable[tuple[int, Piece | Line]]) -> dict[int, Span]:
    """Where each column stands; none where they overlap, as cells do that cover columns."""
    spans: dict[int, Span] = {}
    for column, one in sorted(placed, key=itemgetter(0)):
        left, right = spans.get(column, (one.x0, one.x1))
        spans[column] = min(left, one.x0), max(right, one.x1)
    apart = all(left[1] < right[0] for left, right in pairwise(spans.values()))
    return spans if apart else {}


# --- rows that a page cuts


def join_rows(pages: Sequence[list[Line]]) -> None:
    """Put what a page begins with into the last row of the page before, cell by cell, where it
    belongs there."""
    for above, below in reversed(list(pairwise(pages))):
        table = table_at_end(above)
        if not table or table[-1].part == "label":
            continue
        heads = _repeated(table, below)
        rest = list(_first_row(below[heads:]))
        columns = _spans((line.cell, line) for line in table)
        placed = [_column(line, columns) for line in rest]
        if not rest or -1 in placed:
            continue
        row = [line for line in table if line.row == table[-1].row]
        if _goes_on(row, list(zip(placed, rest, strict=True)), len(columns)):
            for line, column in zip(rest, placed, strict=True):
                line.cell = column
            del below[heads : heads + len(rest)]
            above[-len(row) :] = _one_row([*row, *rest])


def table_at_end(lines: Sequence[Line]) -> list[Line]:
    """The lines of the table that a page ends with."""
    found = takewhile(lambda line: line.row and line.region == lines[-1].region, reversed(lines))
    return list(found)[::-1]


def _rows_at_start(lines: Sequence[Line]) -> list[Line]:
    return list(takewhile(_row, lines))


def _repeated(table: Sequence[Line], below: Sequence[Line]) -> int:
    """How many lines overleaf are rows of the table again: its head."""
    known = {_words(lines) for _, lines in groupby(table, key=_row)}
    count = 0
    for _, lines in groupby(_rows_at_start(below), key=_row):
        found = list(lines)
        if _words(found) not in known:
            break
        count += len(found)
    return count


def _words(lines: Iterable[Line]) -> str:
    return " ".join(bare(line.text) for line in lines)


def _first_row(lines: Sequence[Line]) -> Iterator[Line]:
    """The first row; or the lines of one cell alone, which are no row."""
    for before, line in pairwise([*lines[:1], *lines]):
        if line.row != lines[0].row or line.kind:
            return
        near = 0 <= before.base - line.base < CLOSE * line.size and before.region == line.region
        if not line.row and not (near and abs(line.x0 - before.x0) < SAME):
            return
        yield line


def _column(line: Line, columns: Mapping[int, Span]) -> int:
    """The column that a line stands in; -1 where it is in none, or in several."""
    inside = [n for n, span in columns.items() if _meets(line, span)]
    return inside[0] if len(inside) == 1 else -1


def _goes_on(row: Sequence[Line], rest: Sequence[tuple[int, Line]], columns: int) -> bool:
    """Whether what stands overleaf is the rest of a row: a word that the page cuts goes on, or it
    has no name of its own, and fewer cells than a row, of which one carries a sentence on.

    Small letters alone tell nothing where all cells are there: in many languages rows begin so.
    """
    first = min(map(_cell, row))
    ends = {line.cell: bare(line.text) for line in row}
    begins: dict[int, str] = {}
    for column, line in rest:
        begins.setdefault(column, line.text)
    if any(BROKEN.search(ends.get(column, "")) for column in begins):
        return True
    carried = any(
        column in ends and text[0].islower() and not ends_sentence(ends[column])
        for column, text in begins.items()
    )
    return carried and first not in begins and len(begins) < columns


def _one_row(lines: Sequence[Line]) -> list[Line]:
    """The lines as those of one row, with a rule behind each cell but the last."""
    done = sorted(lines, key=_cell)
    for line in done:
        line.row = -done[0].page
    put_rules(done)
    return done
