"""Front matter and a body in Markdown or HTML: the pages and posts of a Jekyll site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from progsearch.blocks.lines import unified
from progsearch.blocks.marks import plain
from progsearch.errors import ProgsearchError
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.markdown.front import opens_with_head, split_head
from progsearch.readers.markdown.head import Head
from progsearch.readers.markdown.markup import scan

__all__ = ["read", "sniff"]

_TEXT_ENDS = (".", "!", "?", "…", "”", "“", '"')


def sniff(head: str, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the file opens with front matter."""
    return opens_with_head(unified(head))


def read(text: str, path: PurePath) -> RawDocument:  # noqa: ARG001
    """The keys of the front matter, its texts and the body as blocks."""
    source = unified(text)
    head = split_head(source)
    if head is None:
        raise ProgsearchError("no front matter", remedy="begin the file with a line of ---")
    body = scan(source, head.body)
    plain_first = bool(body) and body[0].shape is Shape.PARAGRAPH and not body[0].label
    if plain_first and _emphasised(source, body[0], head.body):
        body[0] = replace(body[0], label="lead")
    blocks = [*_texts(source, head), *body]
    return RawDocument("frontmatter", text, head.meta, blocks, head.notes)


def _emphasised(source: str, block: Block, first: int) -> bool:
    """Whether the whole of a paragraph is bold or in italics."""
    return block.start > first and source[block.start - 1] in "*_"


def _texts(source: str, head: Head) -> list[Block]:
    """The texts among the values, cut at their breaks and bullets."""
    blocks = []
    for key, start, end in head.texts:
        if key == "description" and not plain(source[start:end]).endswith(_TEXT_ENDS):
            continue  # a list of tags for search engines
        blocks += [
            replace(block, shape=Shape.FIELD, level=0, label=key)
            for block in scan(source, start, end)
        ]
    return blocks
