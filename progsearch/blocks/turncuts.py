"""Paragraphs in which several speak, cut where another one begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from progsearch.blocks.edges import trimmed
from progsearch.blocks.lines import unified
from progsearch.blocks.marks import masked, plain
from progsearch.blocks.turns import MAX_LABEL, MIN_TURNS, turns_of
from progsearch.model import Block, Shape

__all__ = ["at_turns"]

_LINE_END = re.compile(r"\n|<br\s{0,9}/?>", re.IGNORECASE)
_TEXT = frozenset((Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE))
_MARKED = 3
"""Times as long as what people read may be what stands in the source."""


def at_turns(text: str, blocks: Sequence[Block], *, typed: bool = False) -> list[Block]:
    """The blocks of a text, each from one speaker on to the next. In a ``typed`` text, which has no
    marks for headings, a line of somebody who speaks is none."""
    if text.count(":") < MIN_TURNS:
        return list(blocks)
    source = unified(text)
    places: list[tuple[int, int]] = []  # block, and where a line of it begins
    lines: list[str] = []
    for number, block in enumerate(blocks):
        if block.code or block.label == "row":
            continue
        if block.shape in _TEXT or block.shape is Shape.HEADING:
            for start, line in _lines(source, block):
                places.append((number, start))
                lines.append(line)
    begun: dict[int, list[int]] = {}
    for (number, start), turn in zip(places, turns_of(lines), strict=True):
        if turn is not None:
            begun.setdefault(number, []).append(start)
    if not begun:
        return list(blocks)
    hidden = masked(source)
    done: list[Block] = []
    for number, block in enumerate(blocks):
        starts = begun.get(number, [])
        if block.shape is Shape.HEADING:
            told = typed and starts and block.level != 1
            done.append(replace(block, shape=Shape.PARAGRAPH, level=0) if told else block)
        elif any(start > block.start for start in starts):
            done += _cut(hidden, block, starts)
        else:
            done.append(block)
    return done


def _lines(source: str, block: Block) -> Iterator[tuple[int, str]]:
    """Where the lines of a block begin, and what they say if that may begin with a speaker; a
    block without a colon is as good as one line, for no speaker begins one in it."""
    start = block.start
    if source.find(":", start, block.end) < 0:
        yield start, source[start : block.end]
        return
    ends = [found.span() for found in _LINE_END.finditer(source, block.start, block.end)]
    for end, behind in (*ends, (block.end, block.end)):
        line = source[start:end]
        yield start, plain(line) if ":" in line[: _MARKED * MAX_LABEL] else line
        start = behind


def _cut(source: str, block: Block, starts: Sequence[int]) -> Iterator[Block]:
    begins = sorted({block.start, *starts})
    for begin, end in zip(begins, [*begins[1:], block.end], strict=True):
        first, last, _ = trimmed(source, begin, end)
        if first >= last:
            continue
        if begin == block.start:
            yield replace(block, start=first, end=last)
        else:
            yield replace(block, start=first, end=last, mark="", closes=0)
