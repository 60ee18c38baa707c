"""The law of the readers: between the blocks of a document there are no words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from progsearch.blocks.lines import unified
from progsearch.blocks.marks import BLOCK_TAG, INLINE_TAG, TARGET, WORD, blanked, masked
from progsearch.model import RawDocument
from progsearch.readers.markdown.front import split_head

__all__ = ["stray_words"]

_VISIBLE = re.compile(r"[^\n]")
_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)[^\n]*$", re.MULTILINE)
_LIST_NUMBER = re.compile(
    r"(?:^|(?<=[\n>]))(?:[^\S\n]|[>\u200b\ufeff]){0,500}+"
    r"(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxlIVXL]{1,6})(?:\.?\)|[./])(?=[\s\u200b\ufeff]|[^\W\d_]{2})"
    r"|#\d{1,5}(?=[.:)\s\u200b\ufeff])|\d{1,2}(?:\.\d{1,2}){1,4}(?=[.\s\u200b\ufeff])"
    r"|[\u2460-\u24ff\u2776-\u2793]"
    r"|[oO](?=[\s\u200b\ufeff]{2}|\t))"  # an o and blanks: a bullet out of Word
)
_BROKEN_TAG = re.compile(
    r"</?[a-z][a-z0-9-]{0,20}(?:\s[^<>]{0,2000})?\n[ \t]{0,20}>", re.IGNORECASE
)
"""Its end stands where a line could be a quotation."""
_FOOTNOTE = re.compile(r"^[ \t>]{0,500}\[\^[^\[\]\s]{1,60}\]:", re.MULTILINE)
_ENTITY = re.compile(r"&#?\w{1,10};")


def stray_words(raw: RawDocument) -> Iterator[tuple[int, str]]:
    """Words that stand between the blocks of a document and are no marks, with their places.

    There are none in a document that has been read rightly. Of front matter only its
    texts are blocks: the other values are in ``meta``.
    """
    text = unified(raw.text)
    rest = masked(text)
    spans = [(block.start, block.end) for block in raw.blocks]
    if raw.format == "frontmatter" and (head := split_head(text)):
        spans.append((0, head.body))
    cover = list(rest)
    for start, end in spans:
        cover[start:end] = _VISIBLE.sub(" ", rest[start:end])
    rest = "".join(cover)
    tags = (_LIST_NUMBER, INLINE_TAG, BLOCK_TAG)
    for pattern in (_BROKEN_TAG, *tags, TARGET, _FENCE, _LIST_NUMBER, _FOOTNOTE, _ENTITY):
        rest = pattern.sub(blanked, rest)
    for word in WORD.finditer(rest):
        yield word.start(), word[0]
