"""The parts of a page in the order in which they are read: columns where there are columns.

A gutter is white between two columns of running text. It is looked for in every part of a
page again: what runs across it, such as a heading or a picture's caption, bounds it above
and below, and beside it each column is a part of the page of its own (a recursive cut of
the page, as in Nagy and Seth 1984, with gutters as white rectangles, as in Breuel 2002).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from progsearch.blocks.sentences import ends_sentence
from progsearch.readers.pdf.keyfigures import parts_of
from progsearch.readers.pdf.layout import Piece, Sheet

__all__ = ["are_spreads", "regions_on"]

Region = tuple[int, ...]

WIDE = 1.2
"""How much wider than high a sheet of two pages is."""
MIN_ON_SHEET = 6
MIN_PARTED = 0.7
MAX_DEPTH = 6
MAX_MARK, MAX_MARKS = 3, 200
"""Letters of a bullet, and how many of a page are looked at."""
REACH = 3.0
"""How far from its text a bullet stands at most, in sizes of its letters."""
MAX_PIECES = 1_500
"""A page with more pieces of lines is a chart or a map; it has no columns."""
SAME_EDGE = 3.0
"""Points; how exactly the lines of a column begin below each other."""
MIN_WHITE = 0.7
"""How wide a gutter is at least, in sizes of the letters beside it."""
NARROW_WHITE = 0.5
"""And where the file's own order goes column by column."""
SURE_WHITE = 1.2
MIN_LINES, SURE_LINES = 2, 3
MIN_LETTERS, SURE_LETTERS = 8, 16
"""Letters in a line of a column, on average; the cells of a table have fewer."""
MIN_FILLED = 0.5
"""How much of a column's width its lines take, in the middle; cells take less."""
HEADS, LARGER = 2, 1.15
"""Lines of a heading that stands below columns, and how much larger than their text it is."""
FLOWING = 2.3
"""How far lines of running text are from each other at most, in their sizes."""
BY_COLUMNS, BY_ROWS = 0.3, 0.6
"""How often the file's own order changes sides, of how often it would row by row."""
READ_LINES, READS_ON = 8, 0.6
"""Lines of a column below each other, and how many of them carry a sentence on."""

FEW_LINES, FEW_READ_ON = 2, 0.75
"""Where they are fewer, more of them do, and are full."""
FULL = 0.7
MIN_WORDS = 3
_ENDS = re.compile(r"[^\W\d_]{2}[.!?](?=\s|$)")


class _Band(NamedTuple):
    """Where two sides stand beside each other, with nothing across."""

    gutter: float
    top: float
    bottom: float
    left: list[Piece]
    right: list[Piece]

    @property
    def height(self) -> float:
        return self.top - self.bottom


def are_spreads(sheets: Sequence[Sheet]) -> bool:
    """Whether two pages stand on each sheet: wide, with nothing across their middle."""
    wide = [sheet for sheet in sheets if sheet.width > WIDE * sheet.height]
    written = [sheet for sheet in wide if len(sheet.pieces) >= MIN_ON_SHEET]
    parted = sum(_fold(sheet.pieces, sheet.width) for sheet in written)
    return len(wide) > len(sheets) / 2 and parted >= max(2, MIN_PARTED * len(written))


def _fold(pieces: Sequence[Piece], width: float) -> bool:
    """Whether white is in the middle of a sheet with text on both sides of it."""
    middle = width / 2
    if any(piece.x0 < middle + 2 and piece.x1 > middle - 2 for piece in pieces):
        return False
    return any(piece.x1 < middle for piece in pieces) and any(piece.x0 > middle for piece in pieces)


def regions_on(sheet: Sheet, *, spread: bool) -> Iterator[tuple[Region, list[Piece]]]:
    """The parts of a sheet and the pieces in each, in reading order.

    With ``spread`` it is two pages side by side, the left one first, where nothing runs
    across both.
    """
    pieces, marks = _without_marks(sheet.pieces)
    if not (spread and _fold(pieces, sheet.width)):
        halves: list[tuple[Region, list[Piece]]] = [((), pieces)]
    else:
        halves = [
            ((side,), [piece for piece in pieces if (piece.x0 > sheet.width / 2) == side])
            for side in (0, 1)
        ]
    for above, half in halves:
        for region, found in _parts_of(half, marks):
            bullets = [marks[id(piece)] for piece in found if id(piece) in marks]
            yield (*above, *region), [*bullets, *found]


def _parts_of(
    pieces: Sequence[Piece], marks: Mapping[int, Piece]
) -> Iterator[tuple[Region, list[Piece]]]:
    """The parts of a page, with key figures as parts of their own: across it, or in a column."""
    across = list(parts_of(pieces))
    for first, part in enumerate(across):
        for region, found in [((), part)] if part[0].key else _regions_of(part, marks):
            inside = list(parts_of(found))
            for last, one in enumerate(inside):
                ends = (last,) if len(inside) > 1 else ()
                yield (*((first,) if len(across) > 1 else ()), *region, *ends), one


def _without_marks(pieces: Sequence[Piece]) -> tuple[list[Piece], dict[int, Piece]]:
    """The pieces without bullets, and the bullet before each that has one.

    A bullet stands in the column of its text, though it may stand out to the left of it.
    """
    bullets = [one for one in pieces if one.letters <= 1 and len(one.text.strip()) <= MAX_MARK]
    marks: dict[int, Piece] = {}
    gone: set[int] = set()
    for mark in bullets[:MAX_MARKS]:
        behind = [
            one
            for one in pieces
            if abs(one.base - mark.base) < 0.5 * one.size
            and 0 < one.x0 - mark.x1 < REACH * one.size
            and one.letters > 1
            and id(one) not in marks
        ]
        if behind and not mark.text.strip().isalnum():
            marks[id(min(behind, key=lambda one: one.x0))] = mark
            gone.add(id(mark))
    return [one for one in pieces if id(one) not in gone], marks


def _regions_of(
    pieces: Sequence[Piece], marks: Mapping[int, Piece], depth: int = 0
) -> Iterator[tuple[Region, list[Piece]]]:
    """The parts of a page and the pieces in each, in reading order."""
    best = _best(pieces, marks) if depth < MAX_DEPTH else None
    if best is None:
        if pieces:
            yield (), list(pieces)
        return
    inside = {id(piece) for piece in (*best.left, *best.right)}
    rest = [piece for piece in pieces if id(piece) not in inside]
    parts = (
        [piece for piece in rest if piece.base >= best.top],
        best.left,
        best.right,
        [piece for piece in rest if piece.base < best.top],
    )
    for number, part in enumerate(parts):
        for region, found in _regions_of(part, marks, depth + 1):
            yield (number, *region), found


def _best(pieces: Sequence[Piece], marks: Mapping[int, Piece]) -> _Band | None:
    """The tallest pair of columns beside each other."""
    if not MIN_LINES + SURE_LINES <= len(pieces) <= MAX_PIECES:
        return None
    ordered = sorted(pieces, key=lambda piece: -piece.base)
    bullets = [marks[id(piece)] for piece in pieces if id(piece) in marks]
    edges = _edges([*pieces, *bullets])
    found = [band for edge in edges for band in _bands(ordered, edge) if _are_columns(band)]
    return max(found, key=lambda band: (round(band.height / 20), -band.gutter), default=None)


def _edges(pieces: Sequence[Piece]) -> list[float]:
    """Where lines begin below each other, or end: a column may begin there."""
    starts = sorted(piece.x0 for piece in pieces)
    edges: list[float] = []
    count = 0
    for start in starts:
        if edges and start - edges[-1] < SAME_EDGE:
            count += 1
            continue
        if edges and count < MIN_LINES:
            edges.pop()
        edges.append(start)
        count = 1
    if edges and count < MIN_LINES:
        edges.pop()
    return edges[1:] if edges and edges[0] - starts[0] < SAME_EDGE else edges


def _bands(pieces: Sequence[Piece], edge: float) -> Iterator[_Band]:
    """The stretches of a page in which nothing runs across the place left of an edge.

    The pieces are in order, the highest first.
    """
    at = edge - 1
    left: list[Piece] = []
    right: list[Piece] = []
    top = float("inf")
    for piece in pieces:
        if piece.x0 < at < piece.x1:
            if left and right:
                yield _trimmed(at, top, piece.top, left, right)
            top, left, right = piece.bottom, [], []
        else:
            (left if piece.x1 <= at else right).append(piece)
    if left and right:
        yield _trimmed(at, top, float("-inf"), left, right)


def _trimmed(at: float, top: float, bottom: float, left: list[Piece], right: list[Piece]) -> _Band:
    """A band without what stands below both columns, before a line that runs across; notes below
    both are of the page."""
    ends = bottom > float("-inf")
    for side, other in ((left, right), (right, left)):
        lowest = min(piece.base for piece in other)
        alone = [
            piece
            for piece in side
            if piece.base < lowest - 0.5 * piece.size and (ends or piece.kind == "note")
        ]
        over = side[: len(side) - len(alone)]
        if alone and over and alone == side[len(over) :]:
            white = min(piece.base for piece in over) - alone[0].base
            if white > FLOWING * alone[0].size:
                del side[len(over) :]
        heads = _heads_below(side) if alone and ends else 0
        if 0 < heads <= len(alone):
            del side[len(side) - heads :]
    both = (*left, *right)
    high = max(piece.top for piece in both)
    low = min(piece.bottom for piece in both)
    return _Band(at, min(top, high), low, left, right)


def _heads_below(side: Sequence[Piece]) -> int:
    """How many lines at the end of a column are a heading, of what runs across below it."""
    for count in range(1, min(HEADS, len(side) - 1) + 1):
        if side[-count].size > LARGER * side[-count - 1].size:
            same = all(one.size > LARGER * side[-count - 1].size for one in side[-count:])
            return count if same else 0
    return 0


def _are_columns(band: _Band) -> bool:
    sides = (band.left, band.right)
    if min(map(len, sides)) < MIN_LINES or max(map(len, sides)) < SURE_LINES:
        return False
    size = median(piece.size for side in sides for piece in side)
    # Only lines beside the other column bound the white between the two.
    ends = [piece.x1 for piece in band.left if _beside(piece, band.right)]
    starts = [piece.x0 for piece in band.right if _beside(piece, band.left)]
    if not ends or not starts:
        return False
    white = min(starts) - max(ends)
    changes = _changes(band)
    smaller = min(median(piece.size for piece in side) for side in sides)
    least = MIN_WHITE * size if changes >= BY_COLUMNS else NARROW_WHITE * smaller
    if white < least or not all(map(_flows, sides)):
        return False
    letters = min(median(piece.letters for piece in side) for side in sides)
    if letters < MIN_LETTERS:
        return False
    filled = min(map(_filled, sides))
    sure = (
        white >= SURE_WHITE * size
        and min(map(len, sides)) >= SURE_LINES
        and letters >= SURE_LETTERS
        and filled >= MIN_FILLED
        and changes < BY_ROWS
    )
    return sure or changes < BY_COLUMNS or _read_on(band)


def _read_on(band: _Band) -> bool:
    """Whether both sides are read downwards, where they stand beside each other."""
    sides = (band.left, band.right)
    ended = all(any(_ENDS.search(piece.text) for piece in side) for side in sides)
    pairs = (sides, sides[::-1])
    inside = [[piece for piece in side if _beside(piece, other)] for side, other in pairs]
    return all(_reads_on(side, ended=ended) for side in inside)


def _reads_on(side: Sequence[Piece], *, ended: bool) -> bool:
    """Whether most lines of a side carry on the sentence of the line above, as those of a column
    do in a file that goes across columns; cells of rows do not. Few lines tell it where some
    sentence is ``ended``."""
    near = [(one, other) for one, other in pairwise(side) if _is_next(one, other)]
    small = sum(other.text[0].islower() and not ends_sentence(one.text) for one, other in near)
    if len(near) >= READ_LINES:
        return small >= READS_ON * len(near)
    return ended and len(near) >= FEW_LINES and small >= FEW_READ_ON * len(near) and _are_full(side)


def _are_full(side: Sequence[Piece]) -> bool:
    """Whether few lines are full, and of several words each."""
    left, right = min(piece.x0 for piece in side), max(piece.x1 for piece in side)
    full = all(piece.x1 - left > FULL * (right - left) for piece in side[:-1])
    words = min((len(piece.text.split()) for piece in side[:-1]), default=0)
    return full and words >= MIN_WORDS


def _is_next(piece: Piece, other: Piece) -> bool:
    fall = (piece.base - other.base) / max(piece.size, other.size)
    return 0.3 < fall < FLOWING


def _beside(piece: Piece, side: Sequence[Piece]) -> bool:
    low = min(other.bottom for other in side)
    high = max(other.top for other in side)
    return piece.top > low and piece.bottom < high


def _flows(side: Sequence[Piece]) -> bool:
    """Whether most lines of a side stand as close to each other as running text."""
    steps = [
        (before.base - after.base) / max(before.size, after.size)
        for before, after in pairwise(side)
    ]
    steps = [step for step in steps if step > 0.3]
    return bool(steps) and sum(step < FLOWING for step in steps) >= 0.5 * len(steps)


def _filled(side: Sequence[Piece]) -> float:
    """How much of the width of a side its lines take, in the middle."""
    width = max(piece.x1 for piece in side) - min(piece.x0 for piece in side)
    return median(piece.x1 - piece.x0 for piece in side) / max(1.0, width)


def _changes(band: _Band) -> float:
    """How often the file's own order changes sides: 1 when it goes row by row.

    Only what stands beside the other side counts.
    """
    sides = [
        [piece.order for piece in side if _beside(piece, other)]
        for side, other in ((band.left, band.right), (band.right, band.left))
    ]
    order = sorted((at, place) for place, side in enumerate(sides) for at in side)
    changes = sum(before[1] != after[1] for before, after in pairwise(order))
    return (changes - 1) / max(1, 2 * min(map(len, sides)) - 2)
