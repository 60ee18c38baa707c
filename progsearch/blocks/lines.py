"""Lines as an editor counts them, and places in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Line", "line_of", "line_starts", "lines_of", "unified"]

_LINE_END = re.compile(r"\r\n|\r|\n")


class Line(NamedTuple):
    """A line of a unified text, without its line end and its blank edges."""

    start: int
    end: int
    text: str


def unified(text: str) -> str:
    r"""``text`` with ``\n`` as its only line end and every character in its old place."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n")


def line_starts(text: str) -> list[int]:
    """Where the lines begin; CRLF, a lone CR and LF each end a line."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def line_of(starts: Sequence[int], offset: int) -> int:
    """The line, from 1, that the character at ``offset`` stands in."""
    return bisect_right(starts, offset)


def lines_of(text: str, start: int = 0) -> Iterator[Line]:
    """The lines of a unified text from ``start``, trimmed; a blank line has no text."""
    at = start
    for raw in text[start:].split("\n"):
        bare = raw.strip()
        first = at + (raw.index(bare) if bare else 0)
        yield Line(first, first + len(bare), bare)
        at += len(raw) + 1
