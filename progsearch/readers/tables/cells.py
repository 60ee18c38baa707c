"""The text of a cell: its paragraphs and items, cut by the rules for plain text or for tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from progsearch.blocks.building import Builder
from progsearch.blocks.lines import lines_of, unified
from progsearch.blocks.marks import has_words, masked
from progsearch.model import Shape
from progsearch.readers.markdown.markup import scan
from progsearch.readers.text.prose import Kind, paragraphs
from progsearch.readers.web.cleaned import put

__all__ = ["CellPiece", "bare", "pieces_of"]

_TAGS = re.compile(
    r"</(?:p|div|span|b|i|em|strong|h[1-6]|li|ul|ol|a|td)\s*>|<br\s*/?>", re.IGNORECASE
)


class CellPiece(NamedTuple):
    """A paragraph, item or heading of a cell; its text begins with a mark of ``bullet`` letters."""

    text: str
    shape: Shape
    level: int = 0
    label: str = ""
    bullet: int = 0


def pieces_of(texts: Iterable[str]) -> list[CellPiece]:
    """What the cells of a row say, in order.

    A cell that is one piece, such as the answer before its reasons, belongs to the first piece
    of the next one. Nothing in text without tags is a heading: a short line may be the answer.
    """
    done: list[CellPiece] = []
    alone = False
    for text in texts:
        found = list(_pieces(text))
        if alone and found and found[0].shape is not Shape.HEADING:
            above = done.pop()
            found[0] = above._replace(text=f"{above.text}\n{found[0].text}")
        alone = len(found) == 1 and (alone or not done)
        done += found
    return done


def _pieces(text: str) -> Iterator[CellPiece]:
    if _TAGS.search(text):
        page = unified(text)
        builder = Builder()
        put(builder, page, scan(page, markdown=False))
        whole = builder.text()
        for block in builder.blocks:
            yield CellPiece(whole[block.start : block.end], block.shape, block.level, block.label)
        return
    text = unified(text)
    source = masked(text)
    lines = list(lines_of(source))
    for one in paragraphs(lines, [Kind.TEXT] * len(lines)):
        if has_words(source[one.start : one.end]):
            whole_one = one.whole()
            shape = Shape.ITEM if one.is_item else Shape.PARAGRAPH
            bullet = one.start - whole_one.start
            inside = text[whole_one.start : one.end]
            yield CellPiece(inside, shape, int(one.is_item), bullet=bullet)


def bare(text: str) -> str:
    """A text that stays whole, without tags should it have any."""
    return "\n".join(piece.text for piece in _pieces(text)) if _TAGS.search(text) else text
