"""What only the neighbours of a block tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from progsearch.blocks.citing import with_attributions
from progsearch.blocks.tableheads import with_heads
from progsearch.model import Block, Shape

__all__ = ["settled"]

_DASHES = frozenset("–—")


def settled(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with what only their neighbours tell: speech after a dash, who is quoted, false
    headings, heads of tables."""
    done = []
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.shape is Shape.ITEM and block.label in _DASHES:
            before = blocks[number - 1] if number else None
            listed = _listed(text, before, block) or _listed(text, block, after)
            if not listed and not text[block.start].islower():
                block = replace(block, shape=Shape.QUOTE, level=0)
        elif _stands_over_nothing(block, after):
            block = replace(block, shape=Shape.PARAGRAPH, level=0)
        done.append(block)
    return with_heads(text, with_attributions(text, done))


def _stands_over_nothing(block: Block, after: Block | None) -> bool:
    """Whether a bold line is no heading: a real one or nothing follows it."""
    if block.shape is not Shape.HEADING or block.label != "bold":
        return False
    return after is None or (after.shape is Shape.HEADING and after.level < block.level)


def _listed(text: str, first: Block | None, second: Block | None) -> bool:
    """Whether two items with a dash follow each other line by line, as in a list."""
    if first is None or second is None or first.label not in _DASHES:
        return False
    return second.label in _DASHES and text.count("\n", first.end, second.start) == 1
