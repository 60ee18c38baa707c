"""Keyword in context: one line a match, the words that matched in one column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from progsearch.concordance import Line, lines_of
from progsearch.export.display import width_of
from progsearch.model import place_of
from progsearch.search import Hit
from progsearch.visible import visible

__all__ = ["head", "place", "tail", "write"]

CONTEXT = 40
"""Columns on each side of the match."""


def write(hits: Iterable[Hit], out: TextIO) -> None:
    """Write ``left  [match]  right  path:line`` for each match in a text."""
    for hit in hits:
        for line in lines_of(hit):
            left, right = tail(line.left, CONTEXT), head(line.right, CONTEXT)
            pad = " " * (CONTEXT - width_of(left))
            rest = " " * (CONTEXT - width_of(right))
            out.write(f"{pad}{left}[{line.match}]{right}{rest}  {place(line)}\n")


def place(line: Line) -> str:
    """Where a line stands."""
    return place_of(visible(line.hit.file), line.hit.passage)


def tail(text: str, width: int) -> str:
    """The end of a text in so many columns; ``…`` stands for what goes before it."""
    cut = text[-width:] if width else ""
    while width_of(cut) > width:
        cut = cut[1:]
    return "…" + cut[1:] if len(cut) < len(text) and cut else cut


def head(text: str, width: int) -> str:
    """The beginning of a text in so many columns; ``…`` stands for what follows."""
    cut = text[:width]
    while width_of(cut) > width:
        cut = cut[:-1]
    return cut[:-1] + "…" if len(cut) < len(text) and cut else cut
