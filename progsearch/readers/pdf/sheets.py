"""A PDF to its pages: what is written on each, with the places of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from progsearch.errors import ProgsearchError
from progsearch.readers.pdf.drawn import drawn_on, mark_bulleted
from progsearch.readers.pdf.layout import Sheet
from progsearch.readers.pdf.letters import page_letters
from progsearch.readers.pdf.ocr import Recogniser
from progsearch.readers.pdf.pieces import pieces_of
from progsearch.readers.pdf.tilting import tilt_of, upright
from progsearch.readers.pdf.turning import aslant, held, pieces_of_turned
from progsearch.readers.source import library

__all__ = ["MIN_LETTERS", "Sheets", "opened", "sheets_of"]

MAX_PAGES = 5_000
MIN_LETTERS = 20
"""Letters of a page; one with fewer and with a picture is a scan."""


@dataclass(slots=True)
class Sheets:
    """The pages of a file, and how many letters they have; ``unknown`` of them are in fonts
    that do not say which they show. ``pictures`` are the pages that have no text but a
    picture, from 1, ``read`` those of them that Tesseract has read; ``aslant`` is what stands
    aslant on pages and is no text, and on how many of them."""

    sheets: list[Sheet] = field(default_factory=list)
    letters: int = 0
    unknown: int = 0
    pictures: list[int] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    aslant: Counter[str] = field(default_factory=Counter)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The file as PDFium has it, and closed again.

    Raises ProgsearchError when it is encrypted or damaged, has no pages or too many, and
    when pypdfium2 is not installed.
    """
    pdfium = library("pypdfium2", "pdf", "reading PDF")
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ProgsearchError(
                "the PDF is encrypted", remedy="save it without a password, as with qpdf --decrypt"
            ) from error
        raise ProgsearchError(
            "the PDF is damaged or not complete", remedy="get it once more, or save it anew"
        ) from error
    try:
        if not 0 < len(file) <= MAX_PAGES:
            raise ProgsearchError(
                f"the PDF has {len(file):,} pages", remedy=f"split it, {MAX_PAGES:,} pages at most"
            )
        yield file
    finally:
        file.close()


def sheets_of(file: Any, reads: Recogniser | None = None) -> Sheets:  # noqa: ANN401 - of a library
    """What is written on the pages of an opened file; ``reads`` reads those that are pictures."""
    raw = library("pypdfium2.raw", "pdf", "reading PDF")
    found = Sheets()
    for number in range(1, len(file) + 1):
        page = file[number - 1]
        text = page.get_textpage()
        try:
            turned = held(raw, text, page)
            written = page_letters(raw, text, page, turned)
            drawn = drawn_on(raw, page, turned)
            width, height = page.get_size()
            if (turned - page.get_rotation()) % 180:
                width, height = height, width
            words = upright(written.words, tilt_of(raw, text), (width / 2, height / 2))
            pieces = pieces_of(words, drawn.walls, trailing=written.trailing)
            mark_bulleted(pieces, drawn.figures)
            found.letters += written.letters
            found.unknown += written.unknown
            if written.letters < MIN_LETTERS and _has_picture(page, raw):
                found.pictures.append(number)
                words = reads.words(page) if reads else []
                if words:
                    found.read.append(number)
                    found.letters += sum(len(word.text) for word in words)
                    pieces = pieces_of(words)
            if across := aslant(written.turned):
                found.aslant[across] += 1
            beside = list(pieces_of_turned(written.turned))
            found.sheets.append(Sheet(number, width, height, pieces, drawn, beside))
        finally:
            text.close()
            page.close()
    return found


def _has_picture(page: Any, raw: Any) -> bool:  # noqa: ANN401
    kinds = [raw.FPDF_PAGEOBJ_IMAGE]
    return next(iter(page.get_objects(filter=kinds, max_depth=3)), None) is not None
