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

_MIN_MIXED, _MIXED = 2, 0.2
"""Letters in UTF-8, and their share of the bytes that are none, from which on a file is in both."""


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
        if sum(map(_is_latin, damaged)) >= max(_MIN_MIXED, _MIXED * lost):
            return _by_lines(data)
        name, other, text = most_plausible(data)
        doubt = f"; it may as well be {other}" if other else ""
        reason = f"since line {line} is not UTF-8 ({error.reason}){doubt}"
        return text, [f"read as {name}, {reason}"]


def _is_latin(char: str) -> bool:
    """Whether it is a letter or a sign of these languages that UTF-8 needs several bytes for."""
    return "\xa0" <= char < "\u0250" or "\u2010" <= char <= "\u203a"


def _by_lines(data: bytes) -> tuple[str, list[str]]:
    """The text of a file that somebody put together from two: its lines that are UTF-8 as such,
    the others in the encoding in which they look most like a language."""
    lines = data.splitlines(keepends=True)
    old = [number for number, line in enumerate(lines) if not _is_utf8(line)]
    name, other, text = most_plausible(b"".join(lines[number] for number in old))
    told = iter(text.splitlines(keepends=True))
    kept = set(old)
    joined = "".join(
        next(told, "") if number in kept else line.decode("utf-8")
        for number, line in enumerate(lines)
    )
    doubt = f"; they may as well be {other}" if other else ""
    many = f"{len(old)} lines are" if len(old) > 1 else "1 line is"
    return joined, [f"{many} not UTF-8, the first one line {old[0] + 1}: read as {name}{doubt}"]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
