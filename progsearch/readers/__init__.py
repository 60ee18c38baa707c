"""From the bytes of a file to a :class:`~progsearch.model.RawDocument`.

One module a format, each with ``sniff`` (is it mine?) and ``read``. What a file is, is
told by its head before its suffix.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath, PurePosixPath
from typing import NamedTuple

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers import extracted, frontmatter, markdown, news, plaintext
from progsearch.readers.encoding import decode

__all__ = ["READERS", "Reader", "decode", "read"]


class Reader(NamedTuple):
    """A format: whether a file is in it, and what such a file says."""

    sniff: Callable[[str, PurePath], bool]
    read: Callable[[str, PurePath], RawDocument]


READERS: dict[str, Reader] = {
    "frontmatter": Reader(frontmatter.sniff, frontmatter.read),
    "extracted": Reader(extracted.sniff, extracted.read),
    "markdown": Reader(markdown.sniff, markdown.read),
    "news": Reader(news.sniff, news.read),
    "plaintext": Reader(plaintext.sniff, plaintext.read),
}
"""The formats, in the order in which they are tried; the last one takes any text."""


def read(path: str, data: bytes) -> RawDocument:
    """Read one file; ``path`` is its place in the corpus in posix form.

    Raises ProgsearchError for an empty or binary file and for front matter that cannot
    be taken as it is; what could be mended is told in the document's notes.
    """
    place = PurePosixPath(path)
    try:
        text, notes = decode(data)
        if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
            raise ProgsearchError(
                "the file is empty", where="line 1", remedy="write its text, or take it away"
            )
        for reader in READERS.values():
            if reader.sniff(text, place):
                raw = reader.read(text, place)
                break
        else:
            raise AssertionError  # the last reader takes any text
    except ProgsearchError as error:
        where = f"{path}:{error.where.removeprefix('line ')}" if error.where else path
        raise ProgsearchError(error.what, where=where, remedy=error.remedy) from error
    return RawDocument(raw.format, raw.text, raw.meta, raw.blocks, (*notes, *raw.notes))
