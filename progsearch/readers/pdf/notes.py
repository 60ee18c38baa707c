"""Footnotes of printed pages: small lines at the foot, each under the raised number in the text
that refers to it. They stand aside, and the numbers are no letters of the words before them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from progsearch.analysis.notemarks import raised_as
from progsearch.readers.pdf.layout import Piece, Sheet

__all__ = ["set_notes_aside"]

SMALL = 0.95
"""How large the letters of a note are at most, of those of running text."""
NEAR = 40.0
"""Points; how far a line of a note begins from where its number stands."""
CLOSE = 2.2
"""How far apart the lines of notes are at most, in their sizes."""
MIN_RUN = 3
"""So many raised numbers that rise by one refer to notes, wherever these stand."""
MAX_STEP = 2

_NUMBER = re.compile(r"(\d{1,3}|[*\u2020\u2021]{1,3})[.)\]]?(?=\s|$|[^\W\d_])")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[cdkm]?m|ha|CO)$")
"""What a raised number belongs to: square metres are no notes."""
_DIGITS = str.maketrans(
    "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079", "1230456789"
)


def set_notes_aside(sheets: Sequence[Sheet]) -> None:
    """Mark the footnotes of these pages as notes, and take the numbers that refer to notes out
    of the text."""
    letters: Counter[float] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            letters[round(piece.size * 2) / 2] += piece.letters
    if not letters:
        return
    body = letters.most_common(1)[0][0]
    marked: list[tuple[Piece, list[str]]] = []
    for sheet in sheets:
        own = [(piece, list(_numbers(piece))) for piece in sheet.pieces if piece.raised]
        own = [(piece, found) for piece, found in own if found]
        if own:
            notes = _notes(sheet, body, {number for _, found in own for number in found})
            for piece in notes:
                piece.kind = "note"
            begun = {_begin(piece) for piece in notes}
            for piece, _ in own:
                if piece.kind != "note":
                    _take_off(piece, begun)
            marked += [(p, rest) for p, _ in own if not p.kind and (rest := list(_numbers(p)))]
    run = set(_rising(number for _, found in marked for number in found))
    for piece, _ in marked:
        _take_off(piece, run)
        _raise(piece)


def _numbers(piece: Piece) -> Iterator[str]:
    """The raised numbers behind words of a piece, one by one."""
    length = len(piece.text)
    for start, end in piece.raised:
        if start < length:
            yield from _parts(piece.text[length - start : length - end])


def _begin(piece: Piece) -> str:
    """The number that a line begins with, as a note does."""
    found = _NUMBER.match(piece.text.lstrip().translate(_DIGITS))
    return found[1] if found else ""


def _notes(sheet: Sheet, body: float, referred: set[str]) -> list[Piece]:
    """The lines of the footnotes of a page."""
    small = [piece for piece in sheet.pieces if piece.size <= SMALL * body and not piece.cells]
    large = [piece for piece in sheet.pieces if piece.size > SMALL * body and piece.letters]
    begins = [
        piece for piece in small if _begin(piece) in referred and not _has_below(piece, large)
    ]
    found: list[Piece] = []
    for piece in sorted(small, key=lambda piece: -piece.base):
        above = [one for one in (*begins, *found) if _is_above(one, piece)]
        if piece in begins or (above and not _has_below(piece, large)):
            found.append(piece)
    return found


def _has_below(piece: Piece, others: Iterable[Piece]) -> bool:
    return any(
        one.base < piece.base - 2 and one.x0 < piece.x1 and one.x1 > piece.x0 for one in others
    )


def _is_above(one: Piece, piece: Piece) -> bool:
    """Whether a piece stands on the line of another, behind it, or on the next one below."""
    fall = one.base - piece.base
    if abs(fall) < 0.5 * piece.size:
        return piece.x0 - one.x0 >= 0
    return 0 < fall < CLOSE * piece.size and abs(piece.x0 - one.x0) < NEAR


def _rising(numbers: Iterable[str]) -> Iterator[str]:
    """Numbers that follow each other through the document, as those of endnotes do."""
    digits = [number for number in numbers if number.isdecimal()]
    run: list[str] = []
    for before, after in pairwise([*digits, "0"]):
        run.append(before)
        if not 0 < int(after) - int(before) <= MAX_STEP:
            if len(run) >= MIN_RUN:
                yield from run
            run = []


def _take_off(piece: Piece, numbers: set[str]) -> None:
    """Take these raised numbers out of a piece."""
    text = piece.text
    kept: list[tuple[int, int]] = []
    for start, end in piece.raised:
        place, stop = len(text) - start, len(text) - end
        parts = _parts(text[place:stop])
        if place > 0 and set(parts) <= numbers and not _UNIT.search(text[:place]):
            text = text[:place] + text[stop:]
            kept = [(one - start + end, other - start + end) for one, other in kept]
        else:
            kept.append((start, end))
    piece.text, piece.raised = text, tuple(kept)


def _raise(piece: Piece) -> None:
    """Write the raised numbers that are left in a piece as raised ones: nobody can tell them from
    figures of the number before them otherwise."""
    text = piece.text
    for start, end in piece.raised:
        place, stop = len(text) - start, len(text) - end
        if place > 0 and not _UNIT.search(text[:place]):
            text = text[:place] + raised_as(text[place:stop]) + text[stop:]
    piece.text = text


def _parts(number: str) -> list[str]:
    return re.split("[,;]", number.translate(_DIGITS).rstrip(")]"))
