"""Blocks of a page in Markdown with HTML in it.

One pass over the lines: tags of blocks and blank lines end a block, marks at the
beginning of a line begin one. Neither language is parsed in full; what matters is that
every word comes to stand in one block, whatever the page looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from progsearch.blocks.bullets import Mark, mark_of, marks_of
from progsearch.blocks.edges import trimmed
from progsearch.blocks.levels import BOLD_LEVEL, TERM_LEVEL
from progsearch.blocks.links import shape_of_links
from progsearch.blocks.marks import BLOCK_TAG, INLINE_TAG, has_words, masked, plain
from progsearch.blocks.sentences import MAX_BOLD_WORDS, ends_statement
from progsearch.blocks.settling import settled
from progsearch.blocks.tables import head, rules_off
from progsearch.model import Block, Shape
from progsearch.readers.markdown.tagrows import with_rows

__all__ = ["FOLD", "folds", "scan"]

MAX_DEPTH = 60

_ATX = re.compile(r"(#{1,6})(?:[ \t\u00a0]+|$)|(#{2,6})(?=[^\s#])")
_ATX_END = re.compile(r"[ \t]+#+[ \t]*$")
_RULE = re.compile(r"(?:[-_*=][ \t]*){3,}$")
_UNDERLINE = re.compile(r"(=+|-{2,})[ \t]*$")
_CODE_FENCE = re.compile(r"(?:`{3,}|~{3,})[\w-]*[ \t]*$")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).){1,300}\1[ \t]*:?[ \t]*$")
_QUESTION_END = re.compile(r"\?[)\]”“\"'»*_ ]*$")
_TABLE_RULE = re.compile(r"[|:\- \t]+$")

_BLANKS = " \t\u00a0\u200b\ufeff\r"
_ITEMS = frozenset(("li", "dd"))
_CELLS = frozenset(("td", "th"))
_PARAGRAPHS = frozenset(("p", "td", "th", "figcaption", "caption", "address", "pre"))
_CONTROLS = frozenset(("button", "nav", "label", "option", "select", "textarea", "legend"))
_LISTS = frozenset(("ul", "ol", "dl"))
FOLD = "fold"
"""The label of a heading that opens and closes what stands below it."""
_FOLDS = re.compile(r"aria-(?:expanded|controls)|accordion|collaps|toggle|harmonika", re.IGNORECASE)
_VOID = frozenset(("br", "hr"))


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    closing: bool
    start: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text between tags and line ends; ``fresh`` at the beginning of a line."""

    start: int
    end: int
    fresh: bool
    whole: bool  # the whole of a line


def folds(tag: str) -> bool:
    """Whether a tag is of a button that opens what stands below it: its text is a heading."""
    return tag[:7].lower() == "<button" and _FOLDS.search(tag) is not None


def scan(
    text: str, start: int = 0, end: int | None = None, *, markdown: bool = True
) -> list[Block]:
    """The blocks of ``text[start:end]``, a unified text, in order.

    Without ``markdown`` only tags begin and end a block, as in a page of the web.
    """
    end = len(text) if end is None else end
    scanner = _Scanner(masked(text), markdown)
    events = list(_events(scanner.text, start, end))
    scanner.marks = _marks(scanner.text, events, markdown)
    for event in events:
        if isinstance(event, _Tag):
            scanner.tag(event)
        else:
            scanner.piece(event)
    scanner.flush()
    return settled(scanner.text, with_rows(scanner.text, scanner.blocks, start, end))


def _events(text: str, start: int, end: int) -> Iterator[_Tag | _Piece]:
    at = start
    for tag in BLOCK_TAG.finditer(text, start, end):
        yield from _pieces(text, at, tag.start(), start)
        yield _Tag(FOLD if folds(tag[0]) else tag[2].lower(), bool(tag[1]), tag.start())
        at = tag.end()
    yield from _pieces(text, at, end, start)


def _pieces(text: str, at: int, end: int, first: int) -> Iterator[_Piece]:
    while at <= end:
        stop = text.find("\n", at, end)
        line_end = end if stop < 0 else stop
        fresh = at == first or text[at - 1] == "\n"
        yield _Piece(at, line_end, fresh, fresh and stop >= 0)
        if stop < 0:
            return
        at = stop + 1


def _marks(text: str, events: Sequence[_Tag | _Piece], markdown: bool) -> dict[int, Mark]:
    """The marks that begin lines, by the place where the line's text begins.

    They end at places of ``text``. In a page of the web a line begins after a tag only.
    """
    lines: list[str] = []
    places: list[tuple[int, int]] = []  # of the text, and without the tags that open it
    begun = True
    for event in events:
        if isinstance(event, _Tag):
            begun = True
            if event.name != "br":
                lines.append("")
                places.append((0, 0))
            continue
        content = text[event.start : event.end]
        bare = content.strip(_BLANKS)
        if not bare:
            if event.whole and markdown:
                lines.append("")
                places.append((0, 0))
            continue
        if begun or (markdown and event.fresh):
            at = event.start + content.index(bare)
            inner, stop = at, at + len(bare)
            while tag := INLINE_TAG.match(text, inner, stop):
                inner = tag.end()
                inner += len(text[inner:stop]) - len(text[inner:stop].lstrip())
            heads = markdown and _stands_alone(text, at, stop)
            lines.append("" if heads else text[inner:stop])
            places.append((at, inner))
        begun = False
    found = zip(places, marks_of(lines, markdown=markdown), strict=True)
    return {
        at: mark._replace(end=inner + mark.end) for (at, inner), mark in found if mark is not None
    }


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether a line is a heading or a rule, so that the next one opens a paragraph."""
    return any(pattern.match(text, begin, end) for pattern in (_ATX, _RULE, _BOLD_LINE))


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

    # -- the open block

    def flush(self) -> None:
        """Close the open block."""
        if self.shape is not None:
            self._emit(self.shape, self.start, self.end, self.level, self.label)
        self.shape = None
        self.label = ""

    def _emit(self, shape: Shape, start: int, end: int, level: int, label: str) -> None:
        begin, stop, link = trimmed(self.text, start, end)
        if shape in (Shape.HEADING, Shape.ITEM):
            while (sign := mark_of(self.text, begin, stop)) and sign.sure and not sign.number:
                begin = sign.end
        if begin >= stop or not has_words(self.text[begin:stop]):
            return
        if shape in (Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE) or label == "bold":
            shape = shape_of_links(self.text, begin, stop, link, start, end) or shape
        self.blocks.append(Block(shape, begin, stop, level, label))

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

    def tag(self, tag: _Tag) -> None:
        """Take a tag of a block."""
        if tag.name == "br":
            self.breaks += 1
            return
        self.flush()
        self.breaks = 0
        if tag.closing:
            names = ("button", FOLD) if tag.name == "button" else (tag.name,)
            if any(name in self.tags for name in names):
                while self.tags.pop() not in names:
                    pass
        elif tag.name not in _VOID:
            self._close_implied(tag.name)
            if len(self.tags) < MAX_DEPTH:
                self.tags.append(tag.name)

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
        for name in reversed(self.tags):
            if len(name) == 2 and name[0] == "h" and name[1].isdigit():
                return Shape.HEADING, int(name[1])
            if name == "dt":
                return Shape.HEADING, TERM_LEVEL
            if name in ("summary", FOLD):
                return self._heading_around() or (Shape.HEADING, 6)
            if name in _ITEMS:
                return Shape.ITEM, self._html_depth()
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

    def piece(self, piece: _Piece) -> None:
        """Take a line, or what stands of it between two tags."""
        begin, end = piece.start, piece.end
        content = self.text[begin:end]
        bare = content.strip(_BLANKS)
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
            if self.markdown and bare.startswith("#") and _ATX.match(bare) and piece.fresh:
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
        if _RULE.match(text, begin, end) or _CODE_FENCE.match(text, begin, end):
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

    def _heading(self, text: str, begin: int, end: int) -> bool:
        atx = _ATX.match(text, begin, end)
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
        if text[begin] not in "*_" or not _BOLD_LINE.match(text, begin, end):
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
