"""PDF: text with page and line, in reading order, without what belongs to the pages.

The letters, their order and the blanks between them come from PDFium. What they make is
worked out a step a module; :mod:`progsearch.readers.pdf.printed` puts the steps together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers.pdf.ocr import Recogniser, recogniser
from progsearch.readers.pdf.printed import document
from progsearch.readers.pdf.sheets import MIN_LETTERS, opened, sheets_of
from progsearch.readers.source import Source

__all__ = ["read", "sniff"]

MAX_ASLANT, MAX_SAID = 3, 40
"""How many texts that stand aslant are told, and how many of their letters."""
MAX_UNKNOWN = 0.3
"""How many letters may be unknown, because a font does not say which they are."""


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the mark of a PDF stands near its beginning."""
    return b"%PDF-" in head[:1024]


def read(source: Source) -> Iterator[RawDocument]:
    """The one document.

    Raises ProgsearchError when it is encrypted, damaged, a scan without text, or in fonts
    that do not say which letters they show, and when pypdfium2 is not installed.
    """
    languages = source.options.ocr
    reads = recogniser(languages) if languages else None
    with opened(source.data) as file:
        yield _document(file, reads)


def _document(file: Any, reads: Recogniser | None) -> RawDocument:  # noqa: ANN401 - of a library
    found = sheets_of(file, reads)
    count = len(found.sheets)
    if found.unknown > MAX_UNKNOWN * max(1, found.letters):
        raise ProgsearchError(
            "the fonts of the PDF do not say which letters they show",
            remedy="make its text anew: ocrmypdf --force-ocr in.pdf out.pdf",
        )
    if found.letters < MIN_LETTERS * count and found.pictures:
        raise ProgsearchError(
            "the PDF is a scan: its pages are pictures and have no text",
            remedy="read its pages by Tesseract: progsearch ingest --ocr",
        )
    notes = []
    unread = len(found.pictures) - len(found.read)
    if unread:
        remedy = "" if reads else "; --ocr reads them by Tesseract"
        notes.append(f"{unread} of {count} pages are pictures without text: not read{remedy}")
    if found.read:
        read = [piece for sheet in found.sheets for piece in sheet.pieces if piece.confidence]
        sure = sum(piece.confidence for piece in read) / len(read)
        notes.append(
            f"{len(found.read)} of {count} pages are read by OCR, with {sure:.0f} % confidence"
        )
    for across, pages in found.aslant.most_common(MAX_ASLANT):
        where = "1 page" if pages == 1 else f"{pages} pages"
        said = f"{across[:MAX_SAID]}…" if len(across) > MAX_SAID else across
        notes.append(f"what stands aslant is not read: {said!r} on {where}")
    if found.unknown:
        notes.append(f"{found.unknown} letters are unknown: their font does not say which they are")
    return document(found.sheets, _properties(file), notes)


def _properties(file: Any) -> dict[str, str]:  # noqa: ANN401
    names = ("Title", "Author", "Subject", "Keywords", "CreationDate")
    values = file.get_metadata_dict(skip_empty=True)
    return {name.lower(): values[name].strip() for name in names if values.get(name, "").strip()}
