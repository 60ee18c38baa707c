"""Whether the rows that a page begins with are of another table than the page before ends with.

A table that goes on overleaf has the same columns there, its rows are of the same kind, and it
fills its page. Where one of these does not hold, what stands above the rows of the page before is
no head of those below. Where all hold, a column may be empty on one page: the others keep the
numbers that they have below the head.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise, takewhile
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from progsearch.blocks.tableheads import LONG, MIN_BELOW, is_short_name, names_columns, says
from progsearch.readers.pdf.cells import bare, put_rules
from progsearch.readers.pdf.layout import Line
from progsearch.readers.pdf.overleaf import SAME, table_at_end

__all__ = ["tell_other_tables"]

WIDER = 1.5
"""How much wider the lower margin of a page is at most than the upper one."""
_row = attrgetter("row")
_cell = attrgetter("cell")


class _Column(NamedTuple):
    """Where the cells of a column begin, end and have their middle, in points."""

    left: float
    right: float
    middle: float


Row = Sequence[Line]
Cells = Mapping[int, str]


def tell_other_tables(pages: Sequence[Sequence[Line]], height: float) -> None:
    """Tell of the first lines of pages, of that height, that begin with rows, below a page that
    ends with some, whether they begin another table; if not, number their columns as there."""
    floor = _floor([line for page in pages for line in page if not line.kind], height)
    for above, below in pairwise(pages):
        ends = list(_rows(table_at_end(above)))
        begins = list(_rows(takewhile(_row, below)))
        if not ends or not begins:
            continue
        if _is_another(ends, begins, floor):
            for line in begins[0]:
                line.opens = True
        else:
            _number_columns(ends, begins)


def _number_columns(above: Sequence[Row], below: Sequence[Row]) -> None:
    """Give the cells of the rows overleaf the numbers of the columns above that they stand in."""
    rows = list(takewhile(lambda row: row is below[0] or not row[0].opens, below))
    numbers = _matched(_columns(above), _columns(rows))
    if any(cell != number for cell, number in numbers.items()):
        for row in rows:
            for line in row:
                line.cell = numbers[line.cell]
            put_rules(row)


def _floor(lines: Sequence[Line], height: float) -> float:
    """How far down the text of a page goes: as far as that of any, and not much less than its
    upper edge lets expect."""
    if not lines:
        return 0.0
    above = height - max(line.top for line in lines)
    return min(WIDER * above, min(line.bottom for line in lines))


def _rows(lines: Sequence[Line] | Iterator[Line]) -> Iterator[Row]:
    for _, row in groupby(lines, key=_row):
        found = list(row)
        if found[0].part != "label":
            yield found


def _is_another(above: Sequence[Row], below: Sequence[Row], floor: float) -> bool:
    first = below[0]
    if _text(first) in map(_text, above):
        return False  # its head, or what names its rows, again
    if not _matched(_columns(above), _columns(below)):
        return True
    left = min(line.bottom for line in above[-1]) - floor
    high = max(line.top for line in first) - min(line.bottom for line in first)
    if left > high + 2 * first[0].size:
        return True  # it would have stood on the page before
    if _heads_numbers(above, below) or _names_columns(above, below):
        return True
    return _are_of_another_kind(list(map(_cells, above[1:])), list(map(_cells, below)))


def _text(row: Row) -> str:
    return " ".join(bare(line.text) for line in row)


def _cells(row: Row) -> Mapping[int, str]:
    by_cell = groupby(row, key=_cell)
    return {cell: " ".join(bare(one.text) for one in lines) for cell, lines in by_cell}


# --- where the columns stand


def _columns(rows: Sequence[Row]) -> Mapping[int, _Column]:
    spans: dict[int, list[tuple[float, float]]] = {}
    for row in rows:
        for cell, found in groupby(row, key=_cell):
            lines = list(found)
            span = min(one.x0 for one in lines), max(one.x1 for one in lines)
            spans.setdefault(cell, []).append(span)
    return {
        cell: _Column(
            min(left for left, _ in found),
            max(right for _, right in found),
            median((left + right) / 2 for left, right in found),
        )
        for cell, found in spans.items()
    }


def _matched(above: Mapping[int, _Column], below: Mapping[int, _Column]) -> Mapping[int, int]:
    """By the columns below, those above that they are: they stand at the same places, or all as
    far from them, as on the pages of a book that is bound on the other side; none where not all
    do, one behind the other."""
    if not above.keys() & below.keys():
        return {}
    first = min(above.keys() & below.keys())
    for shift in (0.0, below[first].left - above[first].left):
        found: dict[int, int] = {}
        for cell, column in sorted(below.items()):
            places = [
                (_distance(column, above[other], shift), other)
                for other in _places(above, cell, below)
                if _is_at(column, above[other], shift)
            ]
            if places:
                found[cell] = min(places)[1]
        inside = list(found.values())
        if len(found) == len(below) and all(one < other for one, other in pairwise(inside)):
            return found
    return {}


def _places(above: Mapping[int, _Column], cell: int, below: Mapping[int, _Column]) -> Sequence[int]:
    """The columns that one overleaf may be: that of its number, if there are as many."""
    if max(above) == max(below) and cell in above:
        return [cell]
    return list(above)


def _distance(column: _Column, other: _Column, shift: float) -> float:
    return min(abs(a - b - shift) for a, b in zip(column, other, strict=True))


def _is_at(column: _Column, other: _Column, shift: float) -> bool:
    """Whether a column stands where another does, flush left, flush right or centred."""
    return _distance(column, other, shift) < SAME


# --- of what kind the rows are


def _heads_numbers(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether the first row has words above a column of numbers that had none before."""
    first, *others = map(_cells, below)
    known = list(map(_cells, above[1:]))
    for cell, name in first.items():
        numbers = [row[cell] for row in others if cell in row]
        before = [row[cell] for row in known if cell in row]
        if (
            _is_word(name)
            and len(numbers) >= MIN_BELOW
            and all(map(_is_number, numbers))
            and not any(_is_word(one) for one in before)
        ):
            return True
    return False


def _is_number(text: str) -> bool:
    return sum(map(str.isdigit, text)) > sum(map(str.isalpha, text))


def _is_word(text: str) -> bool:
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))


def _are_of_another_kind(above: Sequence[Cells], below: Sequence[Cells]) -> bool:
    """Whether a column has nothing but numbers, or nothing but long texts, on one page, and nothing
    but short names on the other."""
    for cell in {cell for row in above for cell in row}:
        sides = [[row[cell] for row in rows if cell in row] for rows in (above, below)]
        if min(map(len, sides)) < MIN_BELOW:
            continue
        for names, others in (sides, sides[::-1]):
            if all(map(is_short_name, names)) and (
                all(map(_is_number, others)) or all(map(_is_long, others))
            ):
                return True
    return False


def _is_long(text: str) -> bool:
    return len(text.split()) >= LONG


def _names_columns(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether the first row has short names only, and every other row says something."""
    first, *others = map(_cells, below)
    return names_columns(first, others) and all(map(says, map(_cells, above[1:])))
