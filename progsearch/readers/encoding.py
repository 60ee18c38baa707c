"""Bytes to text: which encoding a file is in."""

from __future__ import annotations

import codecs

from progsearch.blocks.lines import line_of, line_starts
from progsearch.errors import ProgsearchError
from progsearch.readers.codepages import most_plausible

__all__ = ["decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", ""),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""UTF-32 before UTF-16, whose mark is the beginning of it."""

_HEAD, _MOST, _FEW = 4096, 0.6, 0.02
"""Bytes that tell UTF-16, and the shares of zeros in its halves: Czech has about 0.9 and 0."""


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of a file, without a byte order mark, and notes of what had to be done.

    UTF-8 and what its byte order mark tells come first; a file that is not UTF-8 is read
    in the single-byte encoding in which it looks most like a language. Line ends
    stay as they are. Raises ProgsearchError, with the line, for NUL characters.
    """
    text, notes = _decode(data)
    nul = text.find("\0")
    if nul >= 0:
        raise ProgsearchError(
            "binary file: it has a NUL character",
            where=f"line {line_of(line_starts(text), nul)}",
            remedy="take the character out, or save the text as UTF-8",
        )
    return text, notes


def _decode(data: bytes) -> tuple[str, list[str]]:
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _marked(data[len(bom) :], codec, name)
    if (wide := _unmarked_utf16(data)) is not None:
        return wide, ["read as UTF-16, though it has no byte order mark"]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        damaged = data.decode("utf-8", "replace")
        line = line_of(line_starts(damaged), damaged.find("\ufffd"))
        lost = damaged.count("\ufffd") - data.count("\ufffd".encode())
        kept = sum(char > "\x7f" for char in damaged) - lost
        if kept > 10 * lost:
            return damaged, [
                f"{lost} bytes are not UTF-8, the first in line {line}: read as \ufffd"
            ]
        if b"\0" in data:
            return data.decode("latin-1"), []
        name, other, text = most_plausible(data)
        doubt = f"; it may as well be {other}" if other else ""
        reason = f"since line {line} is not UTF-8 ({error.reason}){doubt}"
        return text, [f"read as {name}, {reason}"]


def _unmarked_utf16(data: bytes) -> str | None:
    """The text of UTF-16 without a mark: of most letters one byte, always the same, is zero."""
    head = data[:_HEAD]
    if len(data) % 2 or b"\0" not in head:
        return None
    zeros = [part.count(0) / max(1, len(part)) for part in (head[::2], head[1::2])]
    if max(zeros) < _MOST or min(zeros) > _FEW:
        return None
    try:
        return data.decode("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    except UnicodeDecodeError:
        return None


def _marked(data: bytes, codec: str, name: str) -> tuple[str, list[str]]:
    try:
        return data.decode(codec), [f"read as {name}"] if name else []
    except UnicodeDecodeError as error:
        if not name:
            return _decode(data)
        raise ProgsearchError(
            f"not {name}, although its byte order mark says so: {error.reason}",
            remedy="save the file as UTF-8",
        ) from error
