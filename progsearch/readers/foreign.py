"""Files of formats that are known and not read: each is refused with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers.source import Source

__all__ = ["read", "sniff"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_KNOWN: tuple[tuple[bytes, str, str], ...] = (
    (_OLE, "a file of old Microsoft Office", "save it as .docx or .xlsx"),
    (b"{\\rtf", "a file in Rich Text Format", "save it as .docx or .odt"),
    (b"\x89PNG\r\n", "a picture", "add its text with an OCR program, such as OCRmyPDF"),
    (b"\xff\xd8\xff", "a picture", "add its text with an OCR program, such as OCRmyPDF"),
    (b"II*\x00", "a picture", "add its text with an OCR program, such as OCRmyPDF"),
    (b"MM\x00*", "a picture", "add its text with an OCR program, such as OCRmyPDF"),
    (b"\x1f\x8b", "a file packed with gzip", "unpack it, or pack it as ZIP"),
    (b"7z\xbc\xaf\x27\x1c", "an archive of 7-Zip", "unpack it, or pack it as ZIP"),
    (b"Rar!\x1a\x07", "an archive of RAR", "unpack it, or pack it as ZIP"),
    (b"PAR1", "a Parquet file", "read the corpus.jsonl that was exported with it"),
)


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the file begins as one of these formats does."""
    return head.startswith(tuple(magic for magic, _, _ in _KNOWN))


def read(source: Source) -> Iterator[RawDocument]:
    """Nothing. Raises ProgsearchError with what the file is."""
    if source.data.startswith(_OLE) and _ENCRYPTED in source.data:
        raise ProgsearchError("the file is encrypted", remedy="save it without a password")
    for magic, what, remedy in _KNOWN:
        if source.data.startswith(magic):
            raise ProgsearchError(f"{what}, which is not read", remedy=remedy)
    yield from ()
