"""Markdown: the passages as quotations, with their places, to paste into a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from progsearch.export.display import facts, pieces
from progsearch.model import place_of
from progsearch.visible import visible

if TYPE_CHECKING:
    from progsearch.search import Hit

__all__ = ["code", "escaped", "write"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")


def escaped(text: str) -> str:
    """A text in one line in which nothing is markup, wherever in Markdown it is put."""
    return _SPECIAL.sub(r"\\\1", visible(" ".join(text.split())))


def code(text: str) -> str:
    """A text as code, between more backticks than stand in it one after the other."""
    text = visible(text).replace("|", "\u00a6")
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"


def write(hits: Iterable[Hit], out: TextIO) -> None:
    """Write one block quotation a hit, the matching words bold."""
    for number, hit in enumerate(hits):
        if number:
            out.write("\n")
        if hit.passage.headings:
            out.write(f"> *{escaped(hit.passage.headings[-1])}*  \n")
        shown = (
            f"**{escaped(text)}**" if marked else escaped(text) for text, marked in pieces(hit)
        )
        out.write("> " + "".join(shown) + "\n>\n")
        place = place_of(hit.file, hit.passage)
        out.write(f"> — {escaped(facts(hit))}, {code(place)}\n")
