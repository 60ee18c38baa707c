"""The letters of a page to its words, by the page's own text as PDFium has it.

PDFium knows which glyphs stand for several letters, where blanks are meant though none is
written, and in which order the file shows its letters. Only where letters of one word lie
apart, on another line or far away, is a word ended here.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any, NamedTuple

from progsearch.readers.pdf.layout import Word
from progsearch.readers.pdf.turning import Turned, placed

__all__ = ["PageLetters", "page_letters"]

_LINE_END = frozenset((0x0A, 0x0D))
_BLANK = frozenset((0x20, 0xA0, 0x09, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000))
_NOTHING = frozenset((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_SOFT_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))
"""How PDFium gives the hyphen of a word that was broken at a line's end."""
_FAR = 1.0
"""White between two letters of a word, in their sizes: more ends the word."""
_BLANK_WHITE = 0.18
"""White inside of a word, in sizes of its letters, that reads as a blank where the letters
before it stand close."""
_ALIKE = 0.55
"""How high a letter of a word is at least, of the one before it."""
_BACK = 0.6
"""How far a letter of a word may begin before the end of the one before it."""
_FIGURES = frozenset(range(0x30, 0x3A))
_RAISED_BY, _RAISED_SIZE = 0.18, 0.6
"""How much above the line a raised figure is drawn at least, and how high at most."""
_SIDEWAYS = math.radians(30)
"""A title may be slanted; what is turned further, such as a word across the page, is no text."""
_SLANTED = math.radians(1.5)
MIN_SIZE, MAX_SIZE = 1, 400
_BOLD = ("bold", "black", "heavy", "demi")
_TURNED_AROUND = math.radians(170)


class PageLetters(NamedTuple):
    """The words of a page, how many letters it has, and how many of them are unknown.

    ``trailing`` tells whether a written blank stands behind the last word; ``turned`` are the
    letters that stand sideways.
    """

    words: list[Word]
    letters: int
    unknown: int
    trailing: bool
    turned: list[Turned]


class _Style(NamedTuple):
    size: float
    font: str
    bold: bool
    angle: float


def page_letters(raw: Any, text: Any, page: Any, held: int) -> PageLetters:  # noqa: ANN401 - of a library
    """The words of a page in the order of its own text; it is ``held`` turned by so many degrees.

    Left out is what stands outside of the page once it is trimmed, and apart what is turned
    sideways.
    """
    handle = text.raw  # a pointer: the object itself would be asked for it at each call
    seen = _Seen(raw, handle, page, held)
    turned: list[Turned] = []
    parted = False
    words: list[Word] = []
    letters: list[str] = []
    unknown = count = blank = 0
    new_line = True
    x0 = x1 = low = high = last_gap = 0.0
    word: Word | None = None
    unicode_of, box_of = raw.FPDFText_GetUnicode, seen.box
    for index in range(text.count_chars()):
        code = unicode_of(handle, index)
        if code in _LINE_END:
            new_line = parted = True
            continue
        if code in _BLANK:
            parted = True
            if blank < 2:
                blank = 1 if raw.FPDFText_IsGenerated(handle, index) == 1 else 2
            continue
        if code in _SOFT_HYPHENS and word is not None and not blank and not new_line:
            letters.append("\u00ad")  # PDFium does not say where it is, on a page within a page
            continue
        if code in _NOTHING or (box := box_of(index)) is None:
            continue
        count += 1
        if code == 0 or 0xE000 <= code <= 0xEFFF or code == 0xFFFD:
            unknown += 1
        shown = "\u00ad" if code in _SOFT_HYPHENS else chr(code)
        left, bottom, right, top = box
        raised = code in _FIGURES and seen.is_raised(index, top - bottom)
        if word is not None and not blank and not new_line and raised == word.raised:
            same_glyph = left == x0 and right == x1 and bottom == low  # it stands for several
            size = high - low
            level = abs(bottom - low) + abs(top - high) < 0.1 * size
            if word.angle:
                level = abs(bottom - low) < 0.8 * size
            elif not level and size > 0 and _ALIKE < (top - bottom) / size < 1 / _ALIKE:
                # Where a font does not say how high it is, boxes are as high as their letters.
                level = abs(seen.base(index) - word.base) < 0.05 * word.size
            gap = left - x1
            if not same_glyph and level and gap > _BLANK_WHITE * word.size and gap > 3 * last_gap:
                blank = 1  # one that the file leaves to the eye
            elif same_glyph or (level and -_BACK * size < gap < _FAR * size):
                if not same_glyph:
                    last_gap = max(0.1, gap)
                    word.white += gap
                letters.append(shown)
                x0, x1, low, high = left, right, bottom, top
                if right > word.x1:
                    word.x1 = right
                continue
        if word is not None:
            _close(word, letters)
        style = seen.style(index)
        if style is None:
            word, blank = None, max(blank, 1)
            if seen.sideways:
                turned.append(Turned(shown, box, *seen.sideways, parted, index))
                parted = False
            continue
        base = seen.base(index)
        word = Word("", left, right, base, *style, blank=blank, new_line=new_line, order=index)
        word.raised = raised
        words.append(word)
        letters.append(shown)
        x0, x1, low, high = left, right, bottom, top
        blank, new_line, last_gap = 0, False, 0.1
    if word is not None:
        _close(word, letters)
    return PageLetters(words, count, unknown, blank == 2, turned)


def _close(word: Word, letters: list[str]) -> None:
    word.text = "".join(letters)
    word.white /= max(1, len(letters) - 1)
    letters.clear()


class _Seen:
    """Where the letters of a page stand on it as it is shown, and how they look."""

    def __init__(self, raw: Any, text: Any, page: Any, held: int) -> None:  # noqa: ANN401
        self._raw = raw
        self._text = text
        self._turned = held
        self.sideways: tuple[float, float] | tuple[()] = ()
        self._page = page.get_bbox()
        self._edges = _edges(page)
        self._rect = raw.FS_RECTF()
        self._rect_at = ctypes.byref(self._rect)
        self._matrix = raw.FS_MATRIX()
        self._box = [ctypes.c_double() for _ in range(4)]
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(120)
        self._flags = ctypes.c_int()
        self._fonts: dict[bytes, tuple[str, bool]] = {}

    def box(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, low, right and high edge of a letter; None when it is not on the page."""
        rect = self._rect
        if not self._raw.FPDFText_GetLooseCharBox(self._text, index, self._rect_at):
            return None
        left, low, right, high = rect.left, rect.bottom, rect.right, rect.top
        first, lowest, last, highest = self._edges
        if right < first or left > last or high < lowest or low > highest:
            return None
        return placed((left, low, right, high), self._page, self._turned)

    def is_raised(self, index: int, size: float) -> bool:
        """Whether a figure is drawn above the line, as those are that refer to notes."""
        if self._turned:
            return False
        box = self._box
        if not self._raw.FPDFText_GetCharBox(self._text, index, *map(ctypes.byref, box)):
            return False
        low, high = float(box[2].value), float(box[3].value)
        if high - low > _RAISED_SIZE * size:
            return False
        return bool(low - self._page[1] > self.base(index) + _RAISED_BY * size)

    def base(self, index: int) -> float:
        """The height of the line that a letter stands on."""
        raw, x, y = self._raw, self._x, self._y
        raw.FPDFText_GetCharOrigin(self._text, index, ctypes.byref(x), ctypes.byref(y))
        first, lowest, last, highest = self._page
        match self._turned:
            case 90:
                return float(last - x.value)
            case 180:
                return float(highest - y.value)
            case 270:
                return float(x.value - first)
        return float(y.value - lowest)

    def style(self, index: int) -> _Style | None:
        """How a letter looks; None when it is of no size for reading, or turned ``sideways``, which
        are its angle and size then."""
        raw, text, matrix = self._raw, self._text, self._matrix
        size = raw.FPDFText_GetFontSize(text, index)
        angle = 0.0
        self.sideways = ()
        if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d)
            angle = math.atan2(matrix.b, matrix.a) - math.radians(self._turned)
            angle = math.remainder(angle, 2 * math.pi)
        if not MIN_SIZE < size < MAX_SIZE:
            return None
        if abs(angle) > _TURNED_AROUND and matrix.d > 0:
            angle = 0.0  # mirrored, as some files draw what they mirror once more
        if abs(angle) > _SIDEWAYS:
            self.sideways = angle, size
            return None
        length = raw.FPDFText_GetFontInfo(text, index, self._name, 120, ctypes.byref(self._flags))
        name = self._name.value if length else b""
        if name not in self._fonts:
            spelt = name.decode("utf-8", "replace").partition("+")
            font = spelt[2] or spelt[0]
            self._fonts[name] = (font, any(word in font.lower() for word in _BOLD))
        font, bold = self._fonts[name]
        bold = bold or raw.FPDFText_GetFontWeight(text, index) >= 600
        return _Style(size, font, bold, angle if abs(angle) > _SLANTED else 0.0)


def _edges(page: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    """What is left of a page once it is cut: slugs and printers' marks stand outside."""
    left, low, right, high = page.get_bbox()
    trim = page.get_trimbox()
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    if 0.5 * (right - left) < width and 0.5 * (high - low) < height:
        left, low = max(left, trim[0]), max(low, trim[1])
        right, high = min(right, trim[2]), min(high, trim[3])
    return left, low, right, high
