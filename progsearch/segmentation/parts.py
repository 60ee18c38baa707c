"""A block on its way to a passage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from progsearch.blocks.lines import line_of, line_starts
from progsearch.blocks.marks import plain, words_in
from progsearch.model import Block, Person, RawDocument, Role

__all__ = ["Part", "parts_of"]


@dataclass(slots=True)
class Part:
    """What is known of a block; ``also`` are the lines of its copies."""

    block: Block
    text: str
    plain: str  # without marks, in one line
    words: list[str]  # of the plain text, to compare
    line: int
    end_line: int
    page: int = 0
    role: Role = Role.STATEMENT
    leads_in: bool = False  # stands above a list and says nothing without it
    headings: tuple[str, ...] = ()
    speaker: Person | None = None
    also: list[tuple[int, int]] = field(default_factory=list)


def parts_of(raw: RawDocument) -> Iterator[Part]:
    """The blocks of a document with their texts and lines."""
    starts = line_starts(raw.text)
    for block in raw.blocks:
        text = raw.text[block.start : block.end]
        bare = plain(text)
        page = bisect_right(raw.pages, block.start)
        end = block.end - 1
        if page < len(raw.pages):
            # What goes on overleaf is found where it begins.
            end = min(end, raw.pages[page] - 2)
        yield Part(
            block,
            text,
            bare,
            words_in(bare),
            _number(raw, starts, page, block.start),
            _number(raw, starts, page, max(block.start, end)),
            page,
        )


def _number(raw: RawDocument, starts: Sequence[int], page: int, offset: int) -> int:
    """The number that the line of a character has in the source, or on its page."""
    line = line_of(starts, offset)
    if raw.lines:
        return raw.lines[line - 1]
    return line - line_of(starts, raw.pages[page - 1]) + 1 if page else line
