"""Files of formats that are known and not read: each is refused with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers.source import Source

__all__ = ["read", "sniff"]

_KNOWN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", "a picture", "add its text with an OCR program, such as OCRmyPDF"),
    (b"\xff\xd8\xff", "a picture", "add its text with an OCR program, such as OCRmyPDF"),
    (b"II*\x00", "a picture", "add its text with an OCR program, such as OCRmyPDF"),
    (b"MM\x00*", "a picture", "add its text with an OCR program, such as OCRmyPDF"),
    (b"7z\xbc\xaf\x27\x1c", "an archive of 7-Zip", "unpack it, or pack it as ZIP"),
    (b"Rar!\x1a\x07", "an archive of RAR", "unpack it, or pack it as ZIP"),
    (b"PAR1", "a Parquet file", "read the corpus.jsonl that was exported with it"),
)


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the file begins as one of these formats does."""
    return head.startswith(tuple(magic for magic, _, _ in _KNOWN))


def read(source: Source) -> Iterator[RawDocument]:
    """Nothing. Raises ProgsearchError with what the file is."""
    for magic, what, remedy in _KNOWN:
        if source.data.startswith(magic):
            raise ProgsearchError(f"{what}, which is not read", remedy=remedy)
    yield from ()
