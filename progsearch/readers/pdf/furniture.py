"""What belongs to the pages and not to the text: running heads and feet, page numbers, slugs.

It stands outermost on several pages at the same height, and says the same there but for its
numbers. A head that changes from chapter to chapter comes again on the next pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from progsearch.blocks.sentences import ends_sentence
from progsearch.readers.pdf.layout import Piece, Sheet

__all__ = ["furniture_of"]

STEP = 5
"""Points; how exactly running heads stand at the same height."""
APART = 1.6
"""How far from the text a running head is, in sizes of its letters."""
BESIDE = 3
"""How near to the number of a heading its text stands, in sizes of its letters."""
LARGE = 1.4
ZONE = 0.14
"""How much of a page's height above and below may hold furniture."""
MAX_AT_EDGES = 200
MAX_WORDS = 16
MIN_SENTENCE = 6
"""Words of a line that ends as a sentence does: such a line is of the text."""
MIN_COLUMN = 3
NEEDED = 3
NEAR_PAGES = 4
"""A head of one chapter stands on pages this near to each other."""

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—·|/\s]*(?:[^\W\d_]{1,6}\.?\s)?[-–—·|/\s]*\d{1,4}[-–—·|/\s]*(?:(?:[^\W\d_]{1,5}\s)?\d{1,4})?"
    r"[-–—·|/\s.]*$"
)
_SLUG = re.compile(
    r"\S\.(?:indd|qxd|qxp|pmd|pub|ai|docx?)\b|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}[,\s]+\d{1,2}[:.]\d{2}\b"
)


def furniture_of(sheets: Sequence[Sheet]) -> dict[int, list[Piece]]:
    """Take the furniture off the pages; what it was, by page."""
    edges = {sheet.number: list(islice(_at_edges(sheet), MAX_AT_EDGES)) for sheet in sheets}
    _drop_numbered_headings(edges, sheets)
    seen: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, pieces in edges.items():
        pieces[:] = _without_columns(pieces)
        for piece in pieces:
            step = int(piece.base / STEP)
            for near in (step - 1, step, step + 1):
                seen[_alike(piece), near].append(number)
    # What stands in the midst of pages, too, is of the text, though it comes first on some.
    within = Counter(
        _alike(piece)
        for sheet in sheets
        for piece in sheet.pieces
        if ZONE * sheet.height < piece.base < (1 - ZONE) * sheet.height
    )
    needed = NEEDED if len(sheets) > NEEDED else 2
    again = {
        number: [
            piece
            for piece in pieces
            if _comes_again(piece, number, seen, needed)
            and (_alike(piece) == "#" or within[_alike(piece)] < 2)
        ]
        for number, pieces in edges.items()
    }
    places = Counter(
        _place(piece) for pieces in again.values() for piece in pieces if _alike(piece) != "#"
    )
    common = {place for place, count in places.items() if count >= needed}
    common -= {_place(piece) for piece in _usual(sheets)}
    found: dict[int, list[Piece]] = {}
    for sheet in sheets:
        candidates = {id(piece) for piece in again[sheet.number]}
        # Heads of other chapters stand in their place, and look like them.
        candidates |= {id(piece) for piece in edges[sheet.number] if _place(piece) in common}
        candidates |= {id(piece) for piece in sheet.pieces if _SLUG.search(piece.text)}
        candidates |= {
            id(piece) for piece in edges[sheet.number] if _numbers_page(piece, sheet.number)
        }
        taken = _outermost(sheet, candidates)
        if taken:
            found[sheet.number] = taken
            gone = {id(piece) for piece in taken}
            sheet.pieces = [piece for piece in sheet.pieces if id(piece) not in gone]
    return found


def _numbers_page(piece: Piece, number: int) -> bool:
    """Whether a piece is the number of its page, which needs no other page to tell it."""
    alone = _alike(piece) == "#" and not piece.letters
    return alone and _DIGITS.findall(piece.text)[0] == str(number)


def _drop_numbered_headings(edges: dict[int, list[Piece]], sheets: Sequence[Sheet]) -> None:
    """Keep large headings that differ in their numbers: "Kapitel 1", "Kapitel 2"."""
    body = next((piece.size for piece in _usual(sheets)), 0.0)
    same = Counter(piece.text.strip().casefold() for pieces in edges.values() for piece in pieces)
    for pieces in edges.values():
        pieces[:] = [
            piece
            for piece in pieces
            if piece.size <= LARGE * body
            or not piece.letters
            or not _DIGITS.search(piece.text)
            or same[piece.text.strip().casefold()] > 1
        ]


def _place(piece: Piece) -> tuple[str, float, int]:
    """Where a piece stands on its page, and how it looks."""
    return piece.font, round(piece.size, 1), round(piece.base / STEP)


def _usual(sheets: Sequence[Sheet]) -> Iterator[Piece]:
    """The pieces that look as most of the text does."""
    letters: Counter[tuple[str, float]] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            letters[piece.font, round(piece.size, 1)] += piece.letters
    if letters:
        usual = letters.most_common(1)[0][0]
        for sheet in sheets:
            for piece in sheet.pieces:
                if (piece.font, round(piece.size, 1)) == usual:
                    yield piece


def _at_edges(sheet: Sheet) -> Iterator[Piece]:
    low, high = ZONE * sheet.height, (1 - ZONE) * sheet.height
    for piece in sheet.pieces:
        words = len(piece.text.split())
        sentence = words >= MIN_SENTENCE and ends_sentence(piece.text)
        if (piece.base < low or piece.base > high) and words <= MAX_WORDS and not sentence:
            yield piece


def _without_columns(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without numbers below each other, as in contents and tables."""
    numbers = [piece for piece in pieces if _alike(piece) == "#"]
    return [
        piece
        for piece in pieces
        if piece not in numbers
        or sum(abs(other.x1 - piece.x1) < STEP for other in numbers) < MIN_COLUMN
    ]


def _alike(piece: Piece) -> str:
    """What is the same of a piece on all pages."""
    text = piece.text.strip()
    if len(text) <= 16 and _PAGE_NUMBER.match(text):
        return "#"
    return f"{_DIGITS.sub('#', text.casefold())} {round(piece.size)}"


def _comes_again(
    piece: Piece, number: int, seen: dict[tuple[str, int], list[int]], needed: int
) -> bool:
    pages = set(seen[_alike(piece), int(piece.base / STEP)])
    if len(pages) >= needed:
        return True
    return len([page for page in pages if abs(page - number) <= NEAR_PAGES]) >= 2


def _outermost(sheet: Sheet, candidates: set[int]) -> list[Piece]:
    """Those of the candidates that nothing of the text stands outside of, and close to none.

    What stands close to text is text itself, so that the next one outwards may be, too.
    """
    taken = [piece for piece in sheet.pieces if id(piece) in candidates]
    middle = sheet.height / 2
    taken.sort(key=lambda piece: abs(piece.base - middle))
    text = [piece for piece in sheet.pieces if id(piece) not in candidates]
    found = []
    for piece in taken:
        if _SLUG.search(piece.text) or _stands_apart(piece, text, upper=piece.base > middle):
            found.append(piece)
        else:
            text.append(piece)
    return found


def _stands_apart(piece: Piece, text: Sequence[Piece], *, upper: bool) -> bool:
    beside = [one for one in text if one.x0 < piece.x1 + 40 and one.x1 > piece.x0 - 40]
    if any((one.base > piece.top if upper else one.top < piece.base) for one in beside):
        return False
    inner = [
        abs(one.base - piece.base)
        for one in beside
        if abs(one.base - piece.base) > 0.5 * piece.size
    ]
    if _alike(piece) == "#":
        # The number of a heading stands beside its text, that of a page alone.
        near = BESIDE * piece.size
        return not any(
            abs(one.base - piece.base) < 0.5 * piece.size
            and one.x0 < piece.x1 + near
            and one.x1 > piece.x0 - near
            for one in beside
        )
    return min(inner, default=10 * piece.size) > APART * piece.size
