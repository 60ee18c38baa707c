"""What stands on a printed page: words, pieces of lines and lines, with their places.

Places are in points from the lower left corner of the page as it is shown: what stands
higher has the greater ``base``, the height of the line that letters stand on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Drawn", "Figure", "Line", "Piece", "Sheet", "Word"]

ASCENT, DESCENT = 0.75, 0.25
"""How far a line of print reaches above and below its base, in sizes of its letters."""

MIDDLE = 0.3
"""How far above its base the middle of a line of print is."""


class Figure(NamedTuple):
    """Something drawn on a page: its edges in points."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page: small ``figures``, ``levels`` that are rules and edges of boxes
    across it, ``walls`` that stand upright, ``pictures``, and ``boxes`` as large as a text."""

    figures: list[Figure] = field(default_factory=list)
    levels: list[Figure] = field(default_factory=list)
    walls: list[Figure] = field(default_factory=list)
    pictures: list[Figure] = field(default_factory=list)
    boxes: list[Figure] = field(default_factory=list)


@dataclass(slots=True)
class Word:
    """Letters that belong together by the page's own text.

    ``blank`` tells what stands before it there: nothing, a blank that follows from the white
    between the letters, or one that was written. ``order`` is its place in the page's text,
    ``white`` how far its letters are from each other in the mean; a ``raised`` one is a figure
    drawn above the line. ``confidence`` is how sure Tesseract is of it, in per cent; 0 where it
    was not asked.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    bold: bool
    angle: float = 0.0
    blank: int = 0
    new_line: bool = False
    order: int = 0
    white: float = 0.0
    confidence: float = 0.0
    raised: bool = False


@dataclass(slots=True)
class Piece:
    """Words one after the other on one line, without a wide white between them.

    ``bold`` is how many of its characters are bold; ``trailing`` tells whether a written blank
    stands behind it. ``indent`` is by how much a large ``initial`` pushed its line in.
    ``raised`` are the places of raised numbers, counted from the end of its text, and ``lift`` is
    how high they stand, for which a line may stand lower; ``key`` tells a key figure and its words.
    ``kind`` is what it is besides text (``note``, ``turned``), ``cells`` those of a row of a table,
    ``part`` tells a cell that covers several rows (``label``), and a row ``beside`` one; one that
    ``opens`` a table is of none before. ``sideways`` is how high a text is that stands so.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    bold: int
    letters: int
    order: int
    trailing: bool = False
    indent: float = 0.0
    initial: str = ""
    slanted: bool = False
    bulleted: bool = False  # by a bullet that is drawn
    confidence: float = 0.0
    raised: tuple[tuple[int, int], ...] = ()
    lift: float = 0.0
    key: bool = False
    kind: str = ""
    cells: tuple[tuple[Piece, ...], ...] = ()
    part: str = ""
    opens: bool = False
    sideways: float = 0.0

    @property
    def low(self) -> float:
        """Where a text that stands sideways begins or ends, below."""
        return self.base + MIDDLE * self.size - self.sideways / 2

    @property
    def high(self) -> float:
        """Where a text that stands sideways begins or ends, above."""
        return self.low + self.sideways

    @property
    def top(self) -> float:
        """How high its letters reach."""
        return self.base + ASCENT * self.size

    @property
    def bottom(self) -> float:
        """How low its letters reach."""
        return self.base - DESCENT * self.size


@dataclass(slots=True)
class Sheet:
    """A page: its number from 1, its width and height, the pieces of lines on it, what is drawn,
    and the texts that stand sideways on it."""

    number: int
    width: float
    height: float
    pieces: list[Piece]
    drawn: Drawn = field(default_factory=Drawn)
    turned: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A line of a page; ``region`` names the part of the page that it stands in, and
    ``number`` is its place there: printed in the margin, or counted from 1. ``kind`` is what
    it is besides text, ``row`` tells the lines of one row of a table, ``cell`` those of one
    cell in it, and ``part`` is that of the row; one that ``opens`` a table is of none before."""

    page: int
    pieces: Sequence[Piece] = field(repr=False)
    region: tuple[int, ...]
    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    bold: bool
    trailing: bool
    text_x0: float  # behind the bullet
    number: int = 0
    kind: str = ""
    row: int = 0
    cell: int = 0
    part: str = ""
    opens: bool = False

    @property
    def top(self) -> float:
        """How high its letters reach."""
        return self.base + ASCENT * self.size

    @property
    def bottom(self) -> float:
        """How low its letters reach."""
        return self.base - DESCENT * self.size

    @property
    def confidence(self) -> float:
        """How sure Tesseract is of it, in per cent; 0 where it was not asked."""
        return sum(piece.confidence for piece in self.pieces) / max(1, len(self.pieces))
