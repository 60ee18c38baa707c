"""A block on its way to a passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from progsearch.model import Block, Person, RawDocument, Role
from progsearch.readers.lines import line_of, line_starts
from progsearch.readers.marks import plain, words_in

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
    role: Role = Role.STATEMENT
    headings: tuple[str, ...] = ()
    speaker: Person | None = None
    also: list[tuple[int, int]] = field(default_factory=list)


def parts_of(raw: RawDocument) -> Iterator[Part]:
    """The blocks of a document with their texts and lines."""
    starts = line_starts(raw.text)
    for block in raw.blocks:
        text = raw.text[block.start : block.end]
        bare = plain(text)
        yield Part(
            block,
            text,
            bare,
            words_in(bare),
            line_of(starts, block.start),
            line_of(starts, block.end - 1),
        )
