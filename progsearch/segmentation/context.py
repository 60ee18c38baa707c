"""What stands above a passage: its headings, and the items that it is nested in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from progsearch.blocks.columns import MAX_HEADS, Heads
from progsearch.blocks.levels import (
    BOLD_LEVEL,
    HEAD_LEVEL,
    INNER_LEAD_LEVEL,
    LABEL_LEVEL,
    LEAD_IN_LEVEL,
    TERM_LEVEL,
)
from progsearch.blocks.tableheads import BESIDE, INNER, cells_of
from progsearch.blocks.wording import load_wording
from progsearch.model import Block, Shape
from progsearch.segmentation.parts import Part
from progsearch.segmentation.roles import labelled
from progsearch.segmentation.speakers import introduction

__all__ = ["put_under_headings"]

MAX_PARENT_WORDS = 20
"""An item this short is context for the items below it, like a heading."""
MAX_ROLE_WORDS = 8
"""A line with a colon that gives a role, as a heading does, is this short."""
MAX_LEAD_IN_WORDS = 12
"""A longer sentence above a list says something of its own."""

_IN_ROW = frozenset(("cell", INNER))
_APART = frozenset((Shape.FIELD, Shape.TEASER))
_FURNITURE = _APART | {Shape.NAVIGATION}
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.!?…][\"“”»]*\s+(?=\S)")
_TEXT = frozenset((Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE))


@dataclass(slots=True)
class _Outline:
    """The headings and items that are open, each with its level, the outermost first."""

    title: Sequence[str]  # its words
    headings: list[tuple[int, str]] = field(default_factory=list)
    items: list[tuple[int, str]] = field(default_factory=list)
    heads: Heads | None = None  # of the columns of the table
    head_rows: int = 0  # that these heads are of
    text_seen: bool = False
    after: Block | None = None

    def path(self, block: Block | None = None) -> tuple[str, ...]:
        """What stands above, the document's title left out; of the head of a table what stands
        above the columns of this block."""
        above = [text for _, text in self.headings]
        levels = [level for level, _ in self.headings]
        if block and block.columns and self.heads and HEAD_LEVEL in levels:
            above[levels.index(HEAD_LEVEL)] = self.heads.above(block.columns)
        if block:
            above.append(block.above)
        return tuple(filter(None, (*above, *(text for _, text in self.items))))

    def close_headings(self, level: int) -> None:
        """Close the headings of this level and below."""
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()

    def open_heading(self, part: Part) -> None:
        """Take a heading, unless it is the title or another line of the title page."""
        of_title = part.block.level == 1 and set(part.words) <= set(self.title)
        if part.words != self.title and (self.text_seen or not of_title):
            self.headings.append((part.block.level, part.plain))

    def open_head(self, part: Part, *, goes_on: bool) -> None:
        """Take a row of the head of a table, which ``goes_on`` from the row before it."""
        heads = Heads(cells_of(part.text), part.block.columns)
        goes_on = goes_on and self.heads is not None
        if goes_on and self.head_rows == MAX_HEADS:
            self.headings.append((HEAD_LEVEL, str(self.heads)))
            return
        goes_on = goes_on and str(self.heads) != str(heads)
        self.head_rows = self.head_rows + 1 if goes_on else 1
        self.heads = self.heads.over(heads) if goes_on and self.heads else heads
        self.headings.append((HEAD_LEVEL, str(self.heads) if goes_on else part.plain))

    def end_scopes(self, block: Block) -> None:
        """A term stands above descriptions, a lead-in above items and a head above the rows
        of its table; what else follows is no longer under them."""
        shape = block.shape
        if block.label not in _IN_ROW and (block.label != "row" or not block.level):
            self.close_headings(HEAD_LEVEL)
        elif block.label == "row" and block.level < BESIDE:
            self.close_headings(LABEL_LEVEL)
        after = self.after.shape if self.after else None
        if after is Shape.HEADING:
            return
        if shape in (Shape.PARAGRAPH, Shape.QUOTE) and self._innermost() == TERM_LEVEL:
            self.headings.pop()
        if self.after and after is Shape.ITEM and shape is not Shape.ITEM:
            self.close_headings(_lead_in_level(self.after))

    def _innermost(self) -> int:
        return self.headings[-1][0] if self.headings else 0


def put_under_headings(
    parts: Sequence[Part], title: Sequence[str], leads_in: Callable[[str], bool]
) -> None:
    """Give each part the headings above it, and the short items that it is nested in.

    ``title`` are the words of the document's title. A short line with a colon that stands
    over goals or measures becomes a heading; one above a list leads it in, and stands above
    each of its items, as does one without that ``leads_in`` says has to go on.
    """
    outline = _Outline(title)
    for part, listed in zip(parts, _above_lists(parts), strict=True):
        if part.block.closes:
            outline.close_headings(part.block.closes)
        if part.block.shape in _APART:
            continue
        if part.block.label == "note" or part.block.shape is Shape.NAVIGATION:
            part.headings = outline.path()  # stands between the lines of a list and ends none
            continue
        lead = _lead_in(part, leads_in) if listed else ""
        if _gives_role(part, listed) and not lead.endswith(":"):
            level = _lead_in_level(part.block)
            part.block = replace(part.block, shape=Shape.HEADING, level=level)
        elif listed and _bold_lead_in(part):
            part.block = replace(part.block, level=LEAD_IN_LEVEL)
        shape = part.block.shape
        outline.end_scopes(part.block)
        goes_on = outline.after is not None and outline.after.shape is Shape.TABLE_HEAD
        outline.after = part.block
        if shape is not Shape.ITEM:
            outline.items.clear()
        if shape is Shape.TABLE_HEAD or (shape is Shape.HEADING and labelled(part) is None):
            outline.close_headings(part.block.level)
            part.headings = outline.path(part.block)
            if shape is Shape.TABLE_HEAD:
                outline.open_head(part, goes_on=goes_on)
            else:
                outline.open_heading(part)
            continue
        if shape is Shape.ITEM:
            while outline.items and outline.items[-1][0] >= part.block.level:
                outline.items.pop()
        part.headings = outline.path(part.block)
        part.leads_in = lead == part.plain != ""
        if shape is Shape.ITEM and (lead or len(part.words) <= MAX_PARENT_WORDS):
            outline.items.append((part.block.level, lead or part.plain))
        elif lead:
            level = _lead_in_level(part.block)
            outline.close_headings(level)
            outline.headings.append((level, lead))
        outline.text_seen = outline.text_seen or shape in _TEXT


def _above_lists(parts: Sequence[Part]) -> Iterator[bool]:
    """Whether each part stands right above an item: for an item, one that is nested in it."""
    found: list[bool] = []
    below: Part | None = None
    for part in reversed(parts):
        listed = below is not None and below.block.shape is Shape.ITEM
        if listed and below is not None and part.block.shape is Shape.ITEM:
            listed = below.block.level > part.block.level
        found.append(listed)
        if part.block.shape not in _FURNITURE and part.block.label != "note":
            below = part
    return reversed(found)


def _lead_in_level(block: Block) -> int:
    """How deep a lead-in stands: inside of a cell below what stands above the row."""
    return INNER_LEAD_LEVEL if block.label == INNER else LEAD_IN_LEVEL


def _gives_role(part: Part, listed: bool) -> bool:
    return (
        part.block.shape is Shape.PARAGRAPH
        and (listed or part.plain.endswith(":"))
        and len(part.words) <= MAX_ROLE_WORDS
        and load_wording().role_under(part.plain) is not None
    )


def _bold_lead_in(part: Part) -> bool:
    """Whether a bold line leads in the list below it, and nothing that follows the list."""
    return (
        part.block.shape is Shape.HEADING
        and part.block.level == BOLD_LEVEL
        and part.plain.endswith(":")
        and load_wording().role_under(part.plain) is not None
    )


def _lead_in(part: Part, leads_in: Callable[[str], bool]) -> str:
    """The sentence that a list goes on with, before a colon or without an end, if it is short;
    else nothing.

    Who is said to speak before the colon does not lead in a list.
    """
    if part.block.shape not in _TEXT or part.block.label in ("row", "cell") or part.block.code:
        return ""
    if introduction(part.plain) is not None:
        return ""
    last = _SENTENCE.split(part.plain)[-1]
    if len(last.split()) > MAX_LEAD_IN_WORDS:
        return ""
    return last if part.plain.endswith(":") or leads_in(last) else ""
