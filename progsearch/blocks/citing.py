"""Quotations that name who says them below: a dash and a name, ``<cite>``, a footer, a caption;
and words that are lifted out of a text to be set large."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from progsearch.blocks.marks import plain
from progsearch.model import Block, Shape

__all__ = ["CITED", "PULLED", "QUOTED", "with_attributions"]

QUOTED, CITED, PULLED = "quoted", "cited", "pulled"
"""Labels of what is quoted, of who is named below it, and of what is set large."""

_DASHES = ("—", "–", "―", "--")
_NAMING = re.compile(r"<(?:cite|footer|figcaption)\b", re.IGNORECASE)
_CITE = re.compile(r"<cite\b[^<>]{0,500}>([^<>]{1,300})</cite>[\s.]{0,9}", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"</blockquote[^<>]{0,20}>\s{0,99}<(?!figcaption)|<(?:figure|img)\b", re.IGNORECASE
)
"""Between a quotation and a name: the name is that of a picture, or of the page."""
_TAG = re.compile(r"<[^<>]{1,2000}>")
_PULLS = re.compile(r"<[a-z][^<>]{0,500}?pull[-_]?quote", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ENDS = (".", "!", "?", ":", ";", "…", "”", '"', "“")
_OPENING, _CLOSING, _MARKS = frozenset('„“”"»«‚‘'), frozenset('“”"«»’‘'), frozenset('„“”"»«')
MAX_WORDS = 15
"""Words of a name with an office and a party."""


def with_attributions(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those that name who says what stands above them as such.

    ``text`` is the masked one that they stand in.
    """
    done = [*_with_cites_apart(blocks, text)]
    for at, block in enumerate(done):
        gap = text[done[at - 1].end if at else 0 : block.start]
        if block.shape in (Shape.QUOTE, Shape.PARAGRAPH) and not block.label and _PULLS.search(gap):
            done[at] = replace(block, label=PULLED)
        if at and _is_quoted(text, done[at - 1]) and _names(text, done[at], gap):
            done[at - 1] = replace(done[at - 1], shape=Shape.QUOTE, level=0)
            done[at] = replace(block, shape=Shape.BYLINE, level=0, label=CITED)
            for one in _quoted(text, done, at):
                label = done[one].label or QUOTED
                done[one] = replace(done[one], label=label)
    return done


def _is_quoted(text: str, block: Block) -> bool:
    """Whether a block is a quotation, by its shape or the marks around all of it."""
    if block.shape is Shape.QUOTE:
        return True
    said = plain(text[block.start : block.end]) if block.shape is Shape.PARAGRAPH else ""
    inner = said[1:-1].rstrip(".,")
    whole = said[:1] in _OPENING and said[-1:] in _CLOSING
    return len(inner) > 1 and whole and not any(mark in inner for mark in _MARKS)


def _with_cites_apart(blocks: Sequence[Block], text: str) -> Iterator[Block]:
    """The blocks, those cut in two that end with a ``<cite>``."""
    for block in blocks:
        begin = text.rfind("<cite", block.start, block.end) if block.shape is Shape.QUOTE else -1
        found = _CITE.match(text, begin) if begin > block.start else None
        said = text[block.start : begin].rstrip()
        if found and found.end() >= block.end and plain(said):
            yield replace(block, end=block.start + len(said))
            yield Block(Shape.QUOTE, found.start(1), found.end(1))
        else:
            yield block


def _names(text: str, block: Block, gap: str) -> bool:
    """Whether a block names who says the one above it."""
    if block.shape not in (Shape.QUOTE, Shape.ITEM, Shape.NAVIGATION, Shape.PARAGRAPH):
        return False
    said = plain(text[block.start : block.end])
    before = _TAG.sub("", gap).strip(" \t\n\u00a0>")
    dashed = before.endswith(_DASHES) or said.startswith(_DASHES)
    said = said.lstrip("—–―- ")
    words = said.split()
    if not words or len(words) > MAX_WORDS or not said[0].isupper():
        return False
    if _NAMING.search(gap) and not _ELSEWHERE.search(gap):
        return not said.endswith(_ENDS[1:])
    if not dashed or block.shape is Shape.NAVIGATION or said.endswith(_ENDS):
        return False
    return all(word[0].isupper() for word in words[:2])


def _quoted(text: str, blocks: Sequence[Block], at: int) -> Iterator[int]:
    """The blocks that a name below them is said of: those of one quotation."""
    for one in range(at - 1, -1, -1):
        if blocks[one].shape is not Shape.QUOTE:
            return
        yield one
        gap = text[blocks[one - 1].end if one else 0 : blocks[one].start]
        if "<blockquote" in gap.lower() or _BLANK_LINE.search(gap):
            return
