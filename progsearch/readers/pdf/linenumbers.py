"""Numbers of lines in the margin, as drafts for party congresses have them.

They are told by what they are: numbers that rise by one or by five, below each other in
the margin, each on a line of the text, as many as the page has lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from progsearch.readers.pdf.layout import Piece, Sheet

__all__ = ["Numbered", "without_line_numbers"]

Numbered = list[tuple[float, float, int]]
"""Places of printed line numbers on a page: left edge, base, and number."""

MIN_NUMBERS = 6
MAX_NUMBERS = 400
"""Numbers on a page: more are a table."""
SAME_EDGE = 3.0
STEPS = (1, 2, 5, 10)
MIN_RISING = 0.9
MIN_COVERED = 0.5
"""How many of the numbers have a line of text beside them; the others number white."""
MIN_LETTERS = 25
"""Letters of the lines, in the middle; the entries of contents and lists have fewer."""


def without_line_numbers(sheets: Sequence[Sheet]) -> dict[int, Numbered]:
    """Take the numbers of lines off the pages; where they stood, by page."""
    found: dict[int, list[Piece]] = {}
    for sheet in sheets:
        columns = _columns(sheet)
        if columns:
            found[sheet.number] = [piece for column in columns for piece in column]
    # Contents and lists rise on one page, too; numbers of lines do so throughout.
    written = [sheet for sheet in sheets if len(sheet.pieces) > 2 * MIN_NUMBERS]
    if len(found) < 0.3 * len(written):
        return {}
    numbers: dict[int, Numbered] = {}
    for sheet in sheets:
        if sheet.number not in found:
            continue
        pieces = found[sheet.number]
        taken = {id(piece) for piece in pieces}
        sheet.pieces = [piece for piece in sheet.pieces if id(piece) not in taken]
        numbers[sheet.number] = [(one.x0, one.base, int(one.text)) for one in pieces]
    return numbers


def _columns(sheet: Sheet) -> list[list[Piece]]:
    """The columns of numbers that rise down the page in its margins."""
    digits = [
        piece
        for piece in sheet.pieces
        if piece.text.isdecimal() and piece.text.isascii() and len(piece.text) <= 5
    ]
    if not MIN_NUMBERS <= len(digits) <= MAX_NUMBERS:
        return []
    columns = []
    for edge in ("x1", "x0"):
        rest = sorted(digits, key=lambda piece: getattr(piece, edge))
        group: list[Piece] = []
        for piece in [*rest, None]:
            if piece and (not group or getattr(piece, edge) - getattr(group[-1], edge) < SAME_EDGE):
                group.append(piece)
                continue
            rising = _rising(group)
            if rising and _in_margin(sheet, rising):
                columns.append(rising)
            group = [piece] if piece else []
        if columns:
            break
    return columns


def _rising(group: Sequence[Piece]) -> list[Piece]:
    """The numbers of a column without those that do not belong to the row of the others."""
    column = sorted(group, key=lambda piece: -piece.base)
    if len(column) < MIN_NUMBERS:
        return []
    steps = Counter(int(after.text) - int(before.text) for before, after in pairwise(column))
    step, count = steps.most_common(1)[0]
    if step not in STEPS or count < MIN_RISING * (len(column) - 1) - 1:
        return []
    firsts = Counter(int(piece.text) - step * place for place, piece in enumerate(column))
    first = firsts.most_common(1)[0][0]
    return [p for place, p in enumerate(column) if int(p.text) - step * place == first] or []


def _in_margin(sheet: Sheet, column: Sequence[Piece]) -> bool:
    """Whether a column of numbers stands outside of all text beside it, and covers it."""
    low, high = column[-1].base, column[0].base
    taken = {id(piece) for piece in column}
    beside = [
        piece
        for piece in sheet.pieces
        if id(piece) not in taken and low - 2 <= piece.base <= high + 2 and piece.letters
    ]
    left = min(piece.x0 for piece in column)
    right = max(piece.x1 for piece in column)
    near = [piece for piece in beside if piece.x1 <= left]
    far = [piece for piece in beside if piece.x0 >= right]
    if len(near) > 0.1 * len(beside) and len(far) > 0.1 * len(beside):
        return False
    covered = [
        max(
            (other.letters for other in beside if abs(other.base - piece.base) < 0.4 * piece.size),
            default=0,
        )
        for piece in column
    ]
    numbered = [letters for letters in covered if letters]
    return len(numbered) >= MIN_COVERED * len(column) and median(numbered) >= MIN_LETTERS
