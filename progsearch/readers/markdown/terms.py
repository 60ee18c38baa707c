"""Lines of Markdown that describe a term (``: …``), and that are the text of a footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from progsearch.blocks.levels import TERM_LEVEL
from progsearch.blocks.marks import plain
from progsearch.blocks.sentences import stands_as_heading
from progsearch.model import Block, Shape

__all__ = ["DESCRIBES", "DESCRIPTION", "FOOTNOTE", "term_above"]

FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,60}\]:[ \t]*(?=\S)")
DESCRIPTION = re.compile(r":[ \t]+(?=\S)")
DESCRIBES = ":"
"""The label of a description."""
MAX_LINES_BELOW = 2
"""Line ends between a term and its description."""


def term_above(text: str, blocks: Sequence[Block], begin: int) -> Block | None:
    """The last block as the heading of what describes it at ``begin``; a description as it is,
    for a term may have several; None where nothing is described."""
    if not blocks:
        return None
    term = blocks[-1]
    if term.label == DESCRIBES:
        return term
    between = text[term.end : begin]
    inside = text[term.start : term.end]
    if term.shape is not Shape.PARAGRAPH or term.label or "\n" in inside:
        return None
    if between.strip() or between.count("\n") > MAX_LINES_BELOW:
        return None
    if not stands_as_heading(plain(inside)):
        return None
    return replace(term, shape=Shape.HEADING, level=TERM_LEVEL)
