"""Markdown: the passages as quotations, with their places, to paste into a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from progsearch.export.display import facts, pieces
from progsearch.model import place_of
from progsearch.search import Hit

__all__ = ["write"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def write(hits: Iterable[Hit], out: TextIO) -> None:
    """Write one block quotation a hit, the matching words bold."""
    for number, hit in enumerate(hits):
        if number:
            out.write("\n")
        if hit.passage.headings:
            out.write(f"> *{_escaped(hit.passage.headings[-1])}*  \n")
        shown = (
            f"**{_escaped(text)}**" if marked else _escaped(text) for text, marked in pieces(hit)
        )
        out.write("> " + "".join(shown) + "\n>\n")
        place = place_of(hit.file, hit.passage)
        out.write(f"> — {_escaped(facts(hit))}, `{place}`\n")
