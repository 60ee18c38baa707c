"""The blocks of a page as text without tags and entities, line by line as in the file."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from progsearch.blocks.building import Builder
from progsearch.blocks.bullets import tick_before
from progsearch.blocks.lines import line_of, line_starts
from progsearch.blocks.marks import BLOCK_TAG, INLINE_TAG, masked, with_raised_read
from progsearch.blocks.unseen import struck, with_struck
from progsearch.model import Block, RawDocument, Shape

__all__ = ["cleaned", "put", "words_only"]

_CELL = re.compile(r"<t[dh]\b[^<>]{0,2000}>", re.IGNORECASE)
_STRUCK = re.compile(r"</?(?:del|s|strike)(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\u00a0]+")


def words_only(text: str) -> str:
    """A stretch of a :func:`masked` page without tags and entities, its line ends kept.

    What is struck out stands between ``~~``, as in Markdown.
    """
    text = _STRUCK.sub("~~", text)
    text = INLINE_TAG.sub("", BLOCK_TAG.sub(" ", text))
    return _BLANKS.sub(" ", html.unescape(text)).replace("~~~~", "")


def _line_ends(tag: re.Match[str]) -> str:
    return "\n" * tag[0].count("\n")


def put(builder: Builder, page: str, blocks: Sequence[Block]) -> None:
    """Put the blocks of a page, a unified text, into a document that is being built.

    The cells of a row are parted by bars, as in other formats.
    """
    starts = line_starts(page)
    source = masked(page)
    stretches = struck(source)
    for block in blocks:
        inside = with_raised_read(with_struck(source, stretches, block.start, block.end))
        first = line_of(starts, block.start)
        if block.label == "row" or block.shape is Shape.TABLE_HEAD:
            cells = (" ".join(words_only(cell).split()) for cell in _CELL.split(inside))
            text = " | ".join(cells)
            builder.add(
                text,
                first,
                block.shape,
                level=block.level,
                label=block.label,
                closes=block.closes,
                columns=block.columns,
                above=block.above,
            )
            continue
        if "\n" in inside:  # a tag may run over several lines
            inside = INLINE_TAG.sub(
                _line_ends, BLOCK_TAG.sub(lambda tag: f" {_line_ends(tag)}", inside)
            )
        lines: list[str] = []
        numbers: list[int] = []
        for number, line in enumerate(inside.split("\n"), first):
            text = " ".join(words_only(line).split())  # an entity may be a line end
            if text:
                lines.append(text)
                numbers.append(number)
        if lines:
            before = f"{tick} " if (tick := tick_before(page, block.start)) else ""
            builder.add(
                before + "\n".join(lines),
                numbers,
                block.shape,
                level=block.level,
                label=block.label,
                bullet=len(before),
                closes=block.closes,
                columns=block.columns,
                above=block.above,
            )


def cleaned(
    page: str, blocks: Sequence[Block], meta: Mapping[str, object], notes: Sequence[str]
) -> RawDocument:
    """The document of a page's blocks."""
    builder = Builder()
    put(builder, page, blocks)
    return builder.document("html", meta, notes=notes)
