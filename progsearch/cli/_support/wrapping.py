"""Texts in lines of a width that break between words and behind the slashes of paths."""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells

__all__ = ["longest_piece", "wrapped"]

_PIECE = re.compile(r"[^\s/]*/|[^\s/]+|\s+")


def longest_piece(text: str) -> int:
    """Columns of the longest part that is not to be broken."""
    return max((cell_len(piece.strip()) for piece in _PIECE.findall(text)), default=0)


def wrapped(text: str, width: int) -> str:
    """The text with line breaks, no line wider than that; only what is longer is cut."""
    return "\n".join(line for part in text.split("\n") for line in _lines(part, width))


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(text):
        if piece.isspace():
            lines[-1] += piece if lines[-1] else ""
            continue
        if cell_len(lines[-1] + piece) > width and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if cell_len(piece) > width:
            *whole, piece = _chopped(piece, width)
            lines[-1:] = [*whole, ""]
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _chopped(piece: str, width: int) -> list[str]:
    """A name that is too long in parts, behind its hyphens and dots where it has some."""
    parts: list[str] = [""]
    for part in re.findall(r"[^-_.]*[-_.]|[^-_.]+", piece):
        if parts[-1] and cell_len(parts[-1] + part) > width:
            parts.append("")
        if cell_len(part) > width:
            parts[-1:] = chop_cells(part, width)
        else:
            parts[-1] += part
    return parts
