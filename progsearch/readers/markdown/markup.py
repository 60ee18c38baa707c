"""Blocks of a page in Markdown with HTML in it.

One pass over the lines: tags of blocks and blank lines end a block, marks at the
beginning of a line begin one. Neither language is parsed in full; what matters is that
every word comes to stand in one block, whatever the page looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from progsearch.blocks.bullets import Mark, is_ticks, mark_of, numbering
from progsearch.blocks.edges import trimmed
from progsearch.blocks.levels import BOLD_LEVEL, TERM_LEVEL
from progsearch.blocks.links import shape_of_links
from progsearch.blocks.marks import has_words, masked, plain
from progsearch.blocks.sentences import MAX_BOLD_WORDS, ends_statement, stands_as_heading
from progsearch.blocks.settling import settled
from progsearch.blocks.tableheads import head, rules_off
from progsearch.model import Block, Shape
from progsearch.readers.markdown.drawnrows import blanked, captions_aside, closed_up, drawn_tables
from progsearch.readers.markdown.events import (
    ATX,
    BLANKS,
    BOLD_LINE,
    FOLD,
    NOTES,
    RULE,
    Piece,
    Tag,
    events,
    folds,
    line_marks,
)
from progsearch.readers.markdown.piperows import rows_with_tags, with_cells
from progsearch.readers.markdown.tagrows import with_rows
from progsearch.readers.markdown.terms import DESCRIBES, DESCRIPTION, FOOTNOTE, term_above

__all__ = ["FOLD", "folds", "scan"]

MAX_DEPTH = 60

_ATX_END = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"(=+|-{2,})[ \t]*$")
_CODE_FENCE = re.compile(r"(?:`{3,}|~{3,})[\w-]*[ \t]*$")
_QUESTION_END = re.compile(r"\?[)\]”“\"'»*_ ]*$")
_TABLE_RULE = re.compile(r"[|:\- \t]+$")

_ITEMS = frozenset(("li", "dd"))
_BOLD_TAGS = re.compile(
    r"\s*(?:<(?:span|u|em|font|a)\b[^<>]{0,200}>\s*)?<(strong|b)(?:\s[^<>]{0,200})?>"
    r"[^<>]{1,400}(?:<(?!/?\1\b)[^<>]{1,200}>[^<>]{0,400}){0,4}</\1>\s*(?:</\w+>)?\s*",
    re.IGNORECASE,
)
_CELLS = frozenset(("td", "th"))
_PARAGRAPHS = frozenset(("p", "td", "th", "figcaption", "caption", "address", "pre"))
_CONTROLS = frozenset(("button", "nav", "label", "option", "select", "textarea", "legend"))
_LISTS = frozenset(("ul", "ol", "dl"))
_VOID = frozenset(("br", "hr"))


def scan(
    text: str, start: int = 0, end: int | None = None, *, markdown: bool = True
) -> list[Block]:
    """The blocks of ``text[start:end]``, a unified text, in order.

    Without ``markdown`` only tags begin and end a block, as in a page of the web.
    """
    end = len(text) if end is None else end
    whole = masked(text)
    tables = drawn_tables(whole, start, end) if markdown else []
    scanner = _Scanner(blanked(whole, tables), markdown)
    rows = rows_with_tags(scanner.text, start, end) if markdown else ()
    found = list(events(scanner.text, start, end, rows))
    scanner.marks = line_marks(scanner.text, found, markdown=markdown)
    for event in found:
        if isinstance(event, Tag):
            scanner.tag(event)
        else:
            scanner.piece(event)
    scanner.flush()
    blocks = with_cells(scanner.text, scanner.blocks) if rows else scanner.blocks
    blocks = with_rows(scanner.text, blocks, start, end)
    drawn = [block for table in tables for block in table.blocks]
    blocks = sorted([*blocks, *drawn], key=lambda block: block.start) if drawn else blocks
    blocks = captions_aside(whole, blocks) if markdown else blocks
    return settled(closed_up(whole, tables), blocks)


@dataclass(slots=True)
class _Scanner:
    """The block that is open, and the tags and lists around it."""

    text: str
    markdown: bool = True
    blocks: list[Block] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    shape: Shape | None = None
    level: int = 0
    label: str = ""
    start: int = 0
    end: int = 0
    lines: int = 0
    breaks: int = 0  # <br> since the last words
    blank: bool = True  # a blank line since the last words
    marks: dict[int, Mark] = field(default_factory=dict)
    folded: list[int] = field(default_factory=list)  # how many blocks stand before each <details>
    closes: int = 0  # the level of the headings that end above the next block

    # -- the open block

    def flush(self) -> None:
        """Close the open block."""
        if self.shape is Shape.PARAGRAPH and not self.label and self._is_bold():
            self._emit(Shape.HEADING, self.start, self.end, BOLD_LEVEL, "bold")
        elif self.shape is not None:
            self._emit(self.shape, self.start, self.end, self.level, self.label)
        self.shape = None
        self.label = ""

    def _is_bold(self) -> bool:
        """Whether tags make all of the open block bold, and it reads as a heading."""
        if self._in_cell() or not _BOLD_TAGS.fullmatch(self.text, self.start, self.end):
            return False
        return stands_as_heading(plain(self.text[self.start : self.end]))

    def _emit(self, shape: Shape, start: int, end: int, level: int, label: str) -> None:
        begin, stop, link = trimmed(self.text, start, end)
        above = shape is Shape.HEADING or label == "row" or self._in_cell()
        ticks = above and is_ticks(self.text[begin:stop])
        if shape in (Shape.HEADING, Shape.ITEM) and not ticks:
            while (sign := mark_of(self.text, begin, stop)) and sign.bare:
                begin = sign.end
        if begin >= stop or not (ticks or has_words(self.text[begin:stop])):
            return
        if shape in (Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE) or label == "bold":
            shape = shape_of_links(self.text, begin, stop, link, start, end) or shape
        mark = numbering(label) if shape is Shape.ITEM else ""
        if label != DESCRIBES and self.blocks and self.blocks[-1].label == DESCRIBES:
            self.closes = self.closes or TERM_LEVEL
        self.blocks.append(Block(shape, begin, stop, level, label, mark=mark, closes=self.closes))
        self.closes = 0

    def _add(self, shape: Shape, level: int, start: int, end: int, label: str = "") -> None:
        """Carry the open block on, or begin one."""
        if self.shape is None:
            self.shape, self.level, self.label = shape, level, label
            self.start = start
            self.lines = 0
        self.end = end
        self.lines += 1
        self.breaks = 0
        self.blank = False

    # -- tags

    def tag(self, tag: Tag) -> None:
        """Take a tag of a block."""
        if tag.name == "br":
            self.breaks += 1
            return
        self.flush()
        self.breaks = 0
        if tag.name == "details":
            self._fold(closing=tag.closing)
        if tag.closing:
            if tag.name == "dl":
                self.closes = self.closes or TERM_LEVEL
            if any(name in self.tags for name in tag.ends):
                while self.tags.pop() not in tag.ends:
                    pass
        elif tag.name not in _VOID:
            self._close_implied(tag.name)
            if len(self.tags) < MAX_DEPTH:
                self.tags.append(tag.name)

    def _fold(self, *, closing: bool) -> None:
        """What is opened by a summary ends with its element, and the headings in it, too."""
        if not closing:
            self.folded.append(len(self.blocks))
        elif self.folded:
            inside = self.blocks[self.folded.pop() :]
            levels = [block.level for block in inside if block.shape is Shape.HEADING]
            self.closes = min(levels, default=self.closes)

    def _close_implied(self, name: str) -> None:
        """End the item, description or paragraph that another one ends without a tag."""
        peers = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "p": ("p",)}.get(name)
        if name in ("ul", "ol", "dl", "div", "blockquote", "table", "h2", "h3", "h4"):
            peers = ("p",)
        for depth in range(len(self.tags) - 1, -1, -1):
            if peers is None or self.tags[depth] in _LISTS:
                return
            if self.tags[depth] in peers:
                del self.tags[depth:]
                return

    def _context(self) -> tuple[Shape, int]:
        """The shape that the tags around give to text, and its level."""
        if any(name.startswith(NOTES) for name in self.tags):
            return Shape.NAVIGATION, 0
        for name in reversed(self.tags):
            if len(name) == 2 and name[0] == "h" and name[1].isdigit():
                return Shape.HEADING, int(name[1])
            if name == "dt":
                return Shape.HEADING, TERM_LEVEL
            if name in ("summary", FOLD):
                return self._heading_around() or (Shape.HEADING, 6)
            if name in _ITEMS:
                return Shape.ITEM, self._html_depth()
            if name == "label" and "li" in self.tags and "form" not in self.tags:
                continue  # of a box to be ticked, as tools write lists of tasks
            if name in ("caption", "figcaption"):
                return Shape.NAVIGATION, 0
            if name in _CONTROLS:
                inside = self._heading_around() if name == "button" else None
                return inside or (Shape.NAVIGATION, 0)
            if name == "blockquote":
                return Shape.QUOTE, 0
        return Shape.PARAGRAPH, 0

    def _heading_around(self) -> tuple[Shape, int] | None:
        """The heading that the innermost tags stand in."""
        for name in reversed(self.tags):
            if len(name) == 2 and name[0] == "h" and name[1].isdigit():
                return Shape.HEADING, int(name[1])
            if name == "summary":
                return Shape.HEADING, 6
        return None

    def _html_depth(self) -> int:
        return sum(name in _ITEMS for name in self.tags)

    # -- text

    def piece(self, piece: Piece) -> None:
        """Take a line, or what stands of it between two tags."""
        begin, end = piece.start, piece.end
        content = self.text[begin:end]
        bare = content.strip(BLANKS)
        if not bare:
            if piece.whole and self.markdown:
                self.flush()
                self.blank = True
            return
        begin += content.index(bare)
        shape, level = self._context()
        broken = self.breaks
        mark = self.marks.get(begin)
        if broken and (broken > 1 or not bare[0].islower() or mark):
            self.flush()
        if shape in (Shape.HEADING, Shape.NAVIGATION):
            if self.markdown and bare.startswith("#") and ATX.match(bare) and piece.fresh:
                self.tags.clear()
            else:
                fold = FOLD in self.tags or "summary" in self.tags or "button" in self.tags
                label = FOLD if fold and shape is Shape.HEADING else ""
                self._add(shape, level, begin, begin + len(bare), label)
                return
        if self.markdown and (piece.fresh or (broken and self.shape is None)):
            indent = len(content.expandtabs(4)) - len(content.expandtabs(4).lstrip())
            self._line(begin, begin + len(bare), indent, shape, level)
        elif mark and self.shape is None and (broken or not self._in_cell()):
            end = begin + len(bare)
            self._add(Shape.ITEM, max(1, level), min(mark.end, end), end, mark.label)
        else:
            self._add(shape, level, begin, begin + len(bare))

    def _in_cell(self) -> bool:
        return any(name in _CELLS for name in self.tags[-3:])

    def _line(self, begin: int, end: int, indent: int, shape: Shape, level: int) -> None:
        """Take a line with whatever Markdown begins it."""
        text = self.text
        while text[begin] == ">":
            in_quote = self.shape is Shape.QUOTE or self.label == ">"
            if self.shape is not None and not in_quote:
                self.flush()
            shape = Shape.QUOTE
            begin += 1
            while begin < end and text[begin] in " \t\u00a0":
                begin += 1
            if begin >= end:
                self.flush()
                return
        if self._underline(text, begin, end) or self._heading(text, begin, end):
            return
        if self._note(text, begin, end) or self._description(text, begin, end):
            return
        if RULE.match(text, begin, end) or _CODE_FENCE.match(text, begin, end):
            self.flush()
            self.indents.clear()
            return
        if self._item(text, begin, end, indent, shape) or self._row(text, begin, end):
            return
        if self.shape is None:
            if self.indents and (not self.blank or indent >= 2):
                shape, level = Shape.ITEM, self._html_depth() + len(self.indents)
            else:
                self.indents.clear()
            if shape is Shape.PARAGRAPH and self._bold(text, begin, end):
                return
        elif self.shape in (Shape.PARAGRAPH, Shape.QUOTE) and self._bold(text, begin, end):
            return
        self._add(shape, level, begin, end)

    def _underline(self, text: str, begin: int, end: int) -> bool:
        """Whether the line makes a heading of the lines above it."""
        underline = _UNDERLINE.match(text, begin, end)
        if underline is None or self.shape is not Shape.PARAGRAPH or self.lines > 2:
            return False
        if len(text[self.start : self.end].split()) > 20:
            return False
        self.shape, self.level = Shape.HEADING, 1 if underline[1][0] == "=" else 2
        self.flush()
        return True

    def _note(self, text: str, begin: int, end: int) -> bool:
        """Whether the line begins the text of a footnote, which stands aside."""
        note = FOOTNOTE.match(text, begin, end)
        if note is None:
            return False
        self.flush()
        self._add(Shape.NAVIGATION, 0, note.end(), end, "note")
        return True

    def _description(self, text: str, begin: int, end: int) -> bool:
        """Whether the line describes the term in the line above it."""
        found = DESCRIPTION.match(text, begin, end)
        if found is None or self.shape not in (None, Shape.PARAGRAPH, Shape.ITEM):
            return False
        self.flush()
        term = term_above(text, self.blocks, begin)
        if term is None:
            return False
        self.blocks[-1] = term
        self._add(Shape.ITEM, self._html_depth() + 1, found.end(), end, DESCRIBES)
        return True

    def _heading(self, text: str, begin: int, end: int) -> bool:
        atx = ATX.match(text, begin, end)
        if atx is None:
            return False
        self.flush()
        self.indents.clear()
        self.tags = [name for name in self.tags if name not in _ITEMS | _PARAGRAPHS]
        tail = _ATX_END.search(text, atx.end(), end)
        stop = tail.start() if tail else end
        self._emit(Shape.HEADING, atx.end(), stop, len(atx[1] or atx[2]), "")
        self.blank = False
        return True

    def _item(self, text: str, begin: int, end: int, indent: int, shape: Shape) -> bool:
        mark = self.marks.get(begin)
        if mark is None and shape is Shape.QUOTE:
            mark = mark_of(text, begin, end, markdown=True)
            mark = mark if mark and mark.sure else None
        if mark is None or (self._in_cell() and text[begin] != "|" and not self.breaks):
            return False
        self.flush()
        while self.indents and indent <= self.indents[-1] + 1:
            self.indents.pop()
        if len(self.indents) < MAX_DEPTH:
            self.indents.append(indent)
        level = self._html_depth() + len(self.indents)
        label = ">" if shape is Shape.QUOTE else mark.label
        self._add(Shape.ITEM, level, min(mark.end, end), end, label)
        return True

    def _row(self, text: str, begin: int, end: int) -> bool:
        """Whether the line is a row of a table; each is a block of its own."""
        if text[begin] != "|":
            return False
        self.flush()
        if _TABLE_RULE.match(text, begin, end):
            if self.blocks and rules_off(text, self.blocks[-1], begin, end):
                self.blocks[-1] = head(self.blocks[-1])
        else:
            stop = end - 1 if text[end - 1] == "|" else end
            self._emit(Shape.PARAGRAPH, min(begin + 1, stop), stop, 0, "row")
        self.blank = False
        return True

    def _bold(self, text: str, begin: int, end: int) -> bool:
        """Whether the line is bold as a whole and reads as a heading."""
        if text[begin] not in "*_" or not BOLD_LINE.match(text, begin, end):
            return False
        words = plain(text[begin:end])
        count = words.count(" ") + 1
        if not words or ends_statement(words):
            return False
        if count > MAX_BOLD_WORDS and not (_QUESTION_END.search(words) and count < 60):
            return False
        self.flush()
        self._emit(Shape.HEADING, begin, end, BOLD_LEVEL, "bold")
        self.blank = False
        return True
