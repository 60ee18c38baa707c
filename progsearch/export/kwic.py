"""Keyword in context: one line a match, the words that matched in one column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from progsearch.export.display import merged, shown_text, width_of
from progsearch.model import place_of
from progsearch.search import Hit
from progsearch.visible import visible

__all__ = ["write"]

CONTEXT = 40
"""Columns on each side of the match."""


def write(hits: Iterable[Hit], out: TextIO) -> None:
    """Write ``left  [match]  right  path:line`` for each match in a text."""
    for hit in hits:
        text, spans = shown_text(hit)
        for start, end in merged(spans):
            left = _tail(text[:start])
            right = _head(text[end:])
            pad = " " * (CONTEXT - width_of(left))
            rest = " " * (CONTEXT - width_of(right))
            place = place_of(visible(hit.file), hit.passage)
            out.write(f"{pad}{left}[{text[start:end]}]{right}{rest}  {place}\n")


def _tail(text: str) -> str:
    cut = text[-CONTEXT:]
    while width_of(cut) > CONTEXT:
        cut = cut[1:]
    return "…" + cut[1:] if len(cut) < len(text) else cut


def _head(text: str) -> str:
    cut = text[:CONTEXT]
    while width_of(cut) > CONTEXT:
        cut = cut[:-1]
    return cut[:-1] + "…" if len(cut) < len(text) else cut
