"""Plain text without a format of its own: a title, short lines as headings, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import PurePath

from progsearch.blocks.dates import date_of_line
from progsearch.blocks.lines import lines_of, unified
from progsearch.blocks.marks import has_words, masked
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.text.pageheads import running_heads
from progsearch.readers.text.prose import (
    Kind,
    WrappedParagraph,
    is_heading,
    paragraphs,
    with_brothers,
    without_lists,
)
from progsearch.readers.text.sidebyside import told_side_by_side

__all__ = ["read", "sniff"]


def sniff(head: str, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Any text can be read as plain text."""
    return True


def read(text: str, path: PurePath) -> RawDocument:  # noqa: ARG001
    """The blocks; a short first line is the title, and the paragraph below it the lead."""
    source = masked(unified(text))
    lines = list(lines_of(source))
    heads = running_heads(source, lines)
    kinds = [Kind.FURNITURE if number in heads else Kind.TEXT for number in range(len(lines))]
    made = [
        paragraph
        for paragraph in paragraphs(lines, kinds)
        if has_words(source[paragraph.start : paragraph.end])
    ]
    found = [one for one in made if one.kind is Kind.TEXT]
    followers = [*found[1:], None]
    headings = without_lists(
        found, [is_heading(one, after) for one, after in zip(found, followers, strict=False)]
    )
    headings = with_brothers(found, headings)
    meta: dict[str, object] = {}
    blocks: list[Block] = []
    for number, paragraph in enumerate(found):
        shape, level, label = Shape.PARAGRAPH, 0, ""
        if date := date_of_line(paragraph.text):
            shape = Shape.BYLINE
            meta.setdefault("date", date)
        elif number == 0 and _is_title(paragraph, followers[0], headings):
            shape, level = Shape.HEADING, 1
            meta["title"] = paragraph.text
        elif headings[number]:
            paragraph = paragraph.whole()
            shape, level = Shape.HEADING, 2
        elif paragraph.is_item:
            shape, level = Shape.ITEM, 1
            label = paragraph.mark.label if paragraph.mark else ""
        elif blocks and blocks[-1].level == 1 and blocks[-1].shape is Shape.HEADING:
            label = "lead"
        mark = paragraph.number if shape is Shape.ITEM else ""
        blocks.append(Block(shape, paragraph.start, paragraph.end, level, label, mark=mark))
    blocks += [
        Block(Shape.NAVIGATION, one.start, one.end) for one in made if one.kind is Kind.FURNITURE
    ]
    blocks.sort(key=attrgetter("start"))
    return RawDocument("plaintext", text, meta, blocks, told_side_by_side(source, lines))


def _is_title(
    first: WrappedParagraph, follower: WrappedParagraph | None, headings: Sequence[bool]
) -> bool:
    """A title may have a bullet, as copied from a list of news, unless other items follow."""
    if first.mark is None:
        return headings[0]
    return is_heading(replace(first, mark=None), follower) and not (follower and follower.bullet)
