"""Markdown or HTML without front matter."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from progsearch.blocks.lines import unified
from progsearch.blocks.marks import note_of_hidden, plain
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.markdown.markup import scan

__all__ = ["read", "sniff"]

_SUFFIXES = frozenset((".md", ".markdown", ".mkd", ".html", ".htm"))
_TOP_HEADING = re.compile(r"(?:#{1,6}[ \t]+\S|<!doctype html|<html\b)", re.IGNORECASE)
_TOP_TAG = re.compile(
    r"<(p|div|h[1-6]|ul|ol|table|section|article|main|body|blockquote)(?:\s[^<>]{0,500})?>"
    r"(?=.{0,2000}</\1>)",
    re.IGNORECASE | re.DOTALL,
)


def sniff(head: str, path: PurePath) -> bool:
    """Whether the file opens with a heading of Markdown or a tag of a block, or its suffix says
    so."""
    named = path.suffix.lower() in _SUFFIXES
    start = head.lstrip()
    return named or bool(_TOP_HEADING.match(start) or _TOP_TAG.match(start))


def read(text: str, path: PurePath) -> RawDocument:  # noqa: ARG001
    """The blocks; the title is the first heading, and the paragraph below a top one the lead."""
    source = unified(text)
    blocks = scan(source)
    meta: dict[str, object] = {}
    first = blocks[0] if blocks else None
    if first is not None and first.shape is Shape.HEADING:
        meta["title"] = plain(source[first.start : first.end])
        if first.level == 1 and len(blocks) > 2 and _may_lead(blocks[1]):
            blocks[1] = replace(blocks[1], label="lead")
    return RawDocument("markdown", text, meta, blocks, note_of_hidden(source))


def _may_lead(block: Block) -> bool:
    """Whether a block is a paragraph of its own, and no part of a table or a note."""
    return block.shape is Shape.PARAGRAPH and not block.label
