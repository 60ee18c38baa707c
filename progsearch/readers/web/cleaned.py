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
_APART = re.compile(
    r"(?<=\d)(?=(?:</[a-z]{1,9}>){1,4}<[a-z][^<>]{0,300}>[^\W\d_]{3})", re.IGNORECASE
)
"""Between a number and a word of two elements, which stand apart on the page."""
_COUNTED = re.compile(
    r"(?:<[^<>/]{1,300}>){0,4}(\d{1,3})[.)]?(?:</[a-z]{1,9}>){1,4}(?:<[a-z][^<>]{0,300}>){1,4}(?=[^\W\d_])",
    re.IGNORECASE,
)
_LEAST = 2
"""Numbers in their order that count what they stand before."""


def words_only(text: str) -> str:
    """A stretch of a :func:`masked` page without tags and entities, its line ends kept.

    What is struck out stands between ``~~``, as in Markdown.
    """
    text = _STRUCK.sub("~~", _APART.sub(" ", text))
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
    counted = _counted(source, blocks)
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
            if count := counted.get(block.start):
                lines[0] = lines[0].removeprefix(count).lstrip(".) ")
                before += f"{count}. "
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


def _counted(source: str, blocks: Sequence[Block]) -> Mapping[int, str]:
    """The numbers that stand in elements of their own before blocks and count them, by the places
    of the blocks; a number that is out of order is a part of the text."""
    told: dict[int, str] = {}
    run: list[tuple[int, str]] = []
    for block in blocks:
        found = _COUNTED.match(source, block.start, block.end)
        if found is None or not source[found.end()].isupper():
            continue
        number = int(found[1])
        if run and number != len(run) + 1:
            told |= dict(run) if len(run) >= _LEAST else {}
            run = []
        if number == len(run) + 1:
            run.append((block.start, found[1]))
    return told | (dict(run) if len(run) >= _LEAST else {})


def cleaned(
    page: str, blocks: Sequence[Block], meta: Mapping[str, object], notes: Sequence[str]
) -> RawDocument:
    """The document of a page's blocks."""
    builder = Builder()
    put(builder, page, blocks)
    return builder.document("html", meta, notes=notes)
