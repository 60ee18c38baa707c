"""PDF: text with page and line, in reading order, without what belongs to the pages.

The letters and their places come from PDFium. What they make, lines, columns, paragraphs
and headings, is worked out in :mod:`progsearch.readers.pdf.pages` and
:mod:`progsearch.readers.pdf.printed`.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, NamedTuple

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers.pdf.pages import PageLine, Run, furniture, lines_of
from progsearch.readers.pdf.printed import document
from progsearch.readers.source import Source, library

__all__ = ["read", "sniff"]

MAX_PAGES = 5_000
MIN_LETTERS = 20
"""Letters of a page; a file with fewer and with pictures is a scan."""
MAX_UNKNOWN = 0.3
"""How many letters may be unknown, because a font does not say which they are."""
_SOFT_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))
"""How PDFium gives the hyphen of a word that was broken at a line's end."""
_WIDE_GAP = 1.0
"""White between two runs of a line, in heights of it; a blank is about a quarter."""


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the mark of a PDF stands near its beginning."""
    return b"%PDF-" in head[:1024]


def read(source: Source) -> Iterator[RawDocument]:
    """The one document.

    Raises ProgsearchError when it is encrypted, damaged, a scan without text, or in fonts
    that do not say which letters they show, and when pypdfium2 is not installed.
    """
    pdfium = library("pypdfium2", "pdf", "reading PDF")
    raw = library("pypdfium2.raw", "pdf", "reading PDF")
    try:
        file = pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ProgsearchError(
                "the PDF is encrypted", remedy="save it without a password, as with qpdf --decrypt"
            ) from error
        raise ProgsearchError(
            "the PDF is damaged or not complete", remedy="get it once more, or save it anew"
        ) from error
    try:
        yield _document(file, raw)
    finally:
        file.close()


def _document(file: Any, raw: Any) -> RawDocument:  # noqa: ANN401 - of a library
    count = len(file)
    if not 0 < count <= MAX_PAGES:
        raise ProgsearchError(
            f"the PDF has {count:,} pages", remedy=f"split it, {MAX_PAGES:,} pages at most"
        )
    pages: list[list[PageLine]] = []
    pictures = unknown = letters = 0
    for number in range(count):
        page = file[number]
        text = page.get_textpage()
        try:
            runs, lost = _runs(raw, text, page)
            pages.append(lines_of(runs, number + 1))
            on_page = sum(len(run.text) for run in runs)
            letters += on_page
            unknown += lost
            if on_page < MIN_LETTERS and _has_picture(page, raw):
                pictures += 1
        finally:
            text.close()
            page.close()
    if unknown > MAX_UNKNOWN * max(1, letters):
        raise ProgsearchError(
            "the fonts of the PDF do not say which letters they show",
            remedy="make its text anew: ocrmypdf --force-ocr in.pdf out.pdf",
        )
    if letters < MIN_LETTERS * count and pictures:
        raise ProgsearchError(
            "the PDF is a scan: its pages are pictures and have no text",
            remedy="add a text layer: ocrmypdf --language ces in.pdf out.pdf",
        )
    notes = []
    if pictures:
        notes.append(f"{pictures} of {count} pages are pictures without text: they are not read")
    if unknown:
        notes.append(f"{unknown} letters are unknown: their font does not say which they are")
    return document(pages, furniture(pages), _properties(file), notes)


def _properties(file: Any) -> dict[str, str]:  # noqa: ANN401
    names = ("Title", "Author", "Subject", "Keywords", "CreationDate")
    values = file.get_metadata_dict(skip_empty=True)
    return {name.lower(): values[name].strip() for name in names if values.get(name, "").strip()}


def _has_picture(page: Any, raw: Any) -> bool:  # noqa: ANN401
    kinds = [raw.FPDF_PAGEOBJ_IMAGE]
    return next(iter(page.get_objects(filter=kinds, max_depth=3)), None) is not None


def _runs(raw: Any, text: Any, page: Any) -> tuple[list[Run], int]:  # noqa: ANN401
    """The runs of letters of a page, and how many letters are unknown."""
    seen = _Letters(raw, text, page.get_rotation(), page.get_size())
    runs: list[Run] = []
    letters: list[str] = []
    unknown = 0
    blank = False
    first = last = seen.at(0)
    bold = False

    def close() -> None:
        if letters:
            low = first.base - 0.25 * first.size
            runs.append(Run(first.left, low, last.right, low + first.size, "".join(letters), bold))
        letters.clear()

    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (0x0D, 0x0A):
            close()
        if code in (0x0D, 0x0A, 0x20, 0xA0, 0x09):
            blank = True
            continue
        letter = seen.at(index)
        if not 1 < letter.size < 400:
            continue
        if code == 0 or 0xE000 <= code <= 0xEFFF or code == 0xFFFD:
            unknown += 1
        gap = letter.left - last.right
        apart = (
            abs(letter.base - first.base) > 0.1 * first.size
            or abs(letter.size - first.size) > 0.08 * first.size
            or not -0.5 * first.size < gap < _WIDE_GAP * first.size
        )
        spaced = blank or gap > 0.25 * letter.size
        blank = False
        if letters and not apart and spaced and seen.is_bold(index) != bold:
            apart = True
        if apart:
            close()
        if not letters:
            if not seen.is_upright(index):
                continue
            first, bold = letter, seen.is_bold(index)
        elif spaced:
            letters.append(" ")
        letters.append("\u00ad" if code in _SOFT_HYPHENS else chr(code))
        last = letter
    close()
    return runs, unknown


class _Letter(NamedTuple):
    """Where a letter stands on the page as it is shown, in points."""

    left: float
    right: float
    base: float
    size: float


class _Letters:
    """The letters of a page that may be shown turned."""

    def __init__(self, raw: Any, text: Any, turned: int, size: tuple[float, float]) -> None:  # noqa: ANN401
        self._raw = raw
        self._text = text
        self._turned = turned
        self._width, self._height = size
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def at(self, index: int) -> _Letter:
        """The place of a letter; one without a size when there is none."""
        raw, text, box = self._raw, self._text, self._box
        if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            return _Letter(0, 0, 0, 0)
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(self._x), ctypes.byref(self._y))
        size = raw.FPDFText_GetFontSize(text, index)
        if raw.FPDFText_GetMatrix(text, index, ctypes.byref(self._matrix)):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        match self._turned:
            case 90:
                return _Letter(box.bottom, box.top, self._height - self._x.value, size)
            case 180:
                return _Letter(
                    self._width - box.right,
                    self._width - box.left,
                    self._height - self._y.value,
                    size,
                )
            case 270:
                return _Letter(self._width - box.top, self._width - box.bottom, self._x.value, size)
        return _Letter(box.left, box.right, self._y.value, size)

    def is_upright(self, index: int) -> bool:
        """Whether a letter stands upright on the page as it is shown."""
        angle = self._raw.FPDFText_GetCharAngle(self._text, index)  # radians; -1 when unknown
        if angle < 0:
            return True
        seen = (math.degrees(angle) + self._turned) % 360
        away = min(seen, 360 - seen)
        # Which way around it counts is not told; a page that is turned is so as a whole.
        return away < 10 or (self._turned % 180 == 90 and away > 170)

    def is_bold(self, index: int) -> bool:
        """Whether a letter is of a bold font, by its weight or its name."""
        if self._raw.FPDFText_GetFontWeight(self._text, index) >= 600:
            return True
        name = ctypes.create_string_buffer(120)
        flags = ctypes.c_int()
        size = self._raw.FPDFText_GetFontInfo(self._text, index, name, 120, ctypes.byref(flags))
        spelt = name.value.lower() if size else b""
        return any(word in spelt for word in (b"bold", b"black", b"heavy", b"demi"))
