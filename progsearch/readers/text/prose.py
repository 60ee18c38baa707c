"""Plain text to paragraphs: which lines belong together, and which are headings or items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from progsearch.blocks.bullets import Mark, marks_of, numbering
from progsearch.blocks.lines import Line
from progsearch.blocks.sentences import ends_sentence
from progsearch.blocks.wording import load_wording
from progsearch.blocks.wrapping import MAX_WIDTH, apart
from progsearch.facts.partynames import is_small_word

__all__ = [
    "Kind",
    "WrappedParagraph",
    "ends_sentence",
    "is_heading",
    "number_of",
    "paragraphs",
    "with_brothers",
    "without_lists",
    "wrap_width",
]

MAX_HEADING_WORDS = 14
MAX_HEADING_CHARACTERS = 110

_NUMBERED = re.compile(r"(?:[^\W\d_]{4,9}\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
_OF_HEADINGS = frozenset(("number.", "deep", "roman.", "letter."))
"""Styles of marks that number headings as well."""
_REFERENCE = re.compile(r"\[\d{1,3}\]$")
_RULE = re.compile(r"([-=_*~#–—])\1{2,}")  # below a heading, or between parts
_MIN_LIST = 3
_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{4}\.\s+[^\W\d_a-zà-öø-ÿ]")
_NO_HEADING_END = re.compile(r"[.,;:–—-]$")
_GROUP_OF_DIGITS = re.compile(r"\d{3}(?!\d)")


class Kind(Enum):
    """What a line is known to be before lines are joined."""

    TEXT = auto()
    HEADING = auto()  # stands for itself
    HEADING_ON = auto()  # carries on the heading in the line above
    CONTENTS = auto()  # of the table of contents
    FURNITURE = auto()  # running head, foot or number of a page
    DATE = auto()


@dataclass(frozen=True, slots=True)
class WrappedParagraph:
    """Lines that belong together; ``start`` and ``text`` are those behind ``mark``.

    ``wanted`` says that the line ends where somebody broke it, and not the width of a page.
    """

    start: int
    end: int
    text: str
    kind: Kind
    lines: int
    mark: Mark | None = None
    after_blank: bool = False
    before_blank: bool = False
    wanted: bool = False

    @property
    def bullet(self) -> bool:
        """Whether it begins with the mark of an item."""
        return self.mark is not None

    @property
    def number(self) -> str:
        """The number or letter that it is cited by; nothing without one."""
        return numbering(self.mark.label) if self.mark else ""

    @property
    def is_item(self) -> bool:
        """Whether it is one of a list, by its mark or as a line that is no sentence."""
        return self.bullet or (self.wanted and not ends_sentence(self.text))

    @property
    def numbered(self) -> bool:
        """Whether its mark is a number or letter that a heading may have, too."""
        return self.mark is not None and (
            self.mark.style in _OF_HEADINGS or self.mark.label.isupper()
        )

    @property
    def goes_on(self) -> bool:
        """Whether it stands right below another line of what may be a list."""
        return (self.wanted or self.numbered) and not self.after_blank

    def whole(self) -> WrappedParagraph:
        """The paragraph with its mark in its text, as of a numbered heading."""
        if self.mark is None:
            return self
        start = self.start - self.mark.end
        return replace(self, start=start, text=f"{self.mark.label} {self.text}", mark=None)


def number_of(text: str) -> str:
    """The number before a numbered heading (``2.1``, ``KAPITEL 2``), else nothing."""
    found = _NUMBERED.match(text)
    return (
        found[1]
        if found and text[0].isupper() | text[0].isdigit() and (text[found.end()].isupper())
        else ""
    )


def wrap_width(lines: Iterable[Line]) -> int:
    """How long the lines of a wrapped text are; 0 when each line is a paragraph."""
    bare = [line.text for line in lines]
    lengths = sorted(len(text) for text in bare if len(text) > 20)
    pairs = [(a, b) for a, b in pairwise(bare) if a and b]
    if not lengths or not pairs:
        return 0
    width = lengths[len(lengths) * 9 // 10]
    # Where nouns have capitals, a line goes on with one as well as not.
    carried = sum(
        not ends_sentence(a) and (b[0].islower() or (len(a) > 0.75 * width and ends_sentence(b)))
        for a, b in pairs
    )
    return width if width <= MAX_WIDTH and carried >= 0.15 * len(pairs) else 0


def paragraphs(lines: Sequence[Line], kinds: Sequence[Kind]) -> Iterator[WrappedParagraph]:
    """Join the lines that belong together."""
    running = [
        line.text if kind is Kind.TEXT else "" for line, kind in zip(lines, kinds, strict=True)
    ]
    marks = marks_of(running)
    width = wrap_width(lines)
    layout = _Layout(lines, kinds, marks, _local_widths(lines, width), _wanted(running, marks))
    opened: list[int] = []
    blank = True
    for number, line in enumerate(lines):
        if not line.text:
            if opened:
                yield layout.joined(opened, after=blank, before=True)
                opened = []
            blank = True
            continue
        if opened and not layout.together(opened, number):
            yield layout.joined(opened, after=blank, before=False)
            opened = []
            blank = False
        opened.append(number)
    if opened:
        yield layout.joined(opened, after=blank, before=True)


def _wanted(lines: Sequence[str], marks: Sequence[Mark | None]) -> set[int]:
    """The numbers of lines that begin a paragraph because their text is not wrapped."""
    found: set[int] = set()
    stretch: list[int] = []
    for number in range(len(lines) + 1):
        text = lines[number] if number < len(lines) else ""
        if text and marks[number] is None:
            stretch.append(number)
            continue
        begins = apart([lines[n] for n in stretch])
        if sum(begins) > 1:
            found.update(n for n, begun in zip(stretch, begins, strict=True) if begun)
        # The lines below a mark may go on with its item.
        stretch = [number] if text else []
    return found


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is known of the lines: the marks that they begin with, how long they may be around
    each of them, and which begin a paragraph in any case."""

    lines: Sequence[Line]
    kinds: Sequence[Kind]
    marks: Sequence[Mark | None]
    widths: Sequence[int]
    wanted: set[int]

    def together(self, opened: Sequence[int], number: int) -> bool:
        """Whether a line goes on with the paragraph of the lines that are opened."""
        kind, before = self.kinds[number], self.kinds[opened[-1]]
        if kind is Kind.HEADING_ON:
            return True
        if kind is not before or kind in (Kind.HEADING, Kind.DATE):
            return False
        if kind is not Kind.TEXT:
            return True
        if _RULE.fullmatch(self.lines[number].text) or _RULE.fullmatch(self.lines[opened[-1]].text):
            return False
        if _REFERENCE.match(self.lines[number].text):
            return True
        if self.marks[number] is not None:
            return False
        last_word = self.lines[opened[-1]].text.rsplit(maxsplit=1)[-1]
        if is_small_word(last_word) and self._hangs(opened, number):
            return True
        if number in self.wanted:
            return False
        words = (n for n in reversed(opened) if not _REFERENCE.match(self.lines[n].text))
        last = next(words, opened[-1])
        mark = self.marks[last]
        if mark is not None and mark.end >= len(self.lines[last].text):
            return True
        return _belongs(self.lines[last].text, self.lines[number].text, self.widths[last])

    def _hangs(self, opened: Sequence[int], number: int) -> bool:
        """Whether a line stands as far in as the text of the item above it, behind its mark."""
        mark = self.marks[opened[0]]
        if mark is None:
            return False
        return self._indent(number) > self._indent(opened[0]) + max(0, min(mark.end, 4) - 2)

    def _indent(self, number: int) -> int:
        """How far in a line begins; blanks at the end of the line above it count, too."""
        return self.lines[number].start - (self.lines[number - 1].end + 1 if number else 0)

    def joined(self, numbers: Sequence[int], *, after: bool, before: bool) -> WrappedParagraph:
        """The paragraph of the lines with these numbers."""
        first, last = self.lines[numbers[0]], self.lines[numbers[-1]]
        start = first.start
        mark = self.marks[numbers[0]]
        text = " ".join(self.lines[number].text for number in numbers)
        if mark and (mark.end < len(first.text) or len(numbers) > 1):
            bare = mark.end < len(first.text)
            start = first.start + mark.end if bare else self.lines[numbers[1]].start
            text = text[mark.end :].lstrip()
        wanted = numbers[0] in self.wanted or numbers[-1] + 1 in self.wanted
        kind = self.kinds[numbers[0]]
        return WrappedParagraph(
            start, last.end, text, kind, len(numbers), mark, after, before, wanted
        )


def _local_widths(lines: Sequence[Line], width: int) -> list[int]:
    """How long a full line is around each line: columns differ within a document."""
    if not width:
        return [0] * len(lines)
    lengths = [len(line.text) for line in lines]
    local = []
    for number in range(len(lines)):
        near = sorted(n for n in lengths[max(0, number - 6) : number + 7] if n > 20)
        local.append(min(width, near[len(near) * 3 // 4]) if near else 20)
    return local


def _belongs(before: str, line: str, width: int) -> bool:
    """Whether a line carries on the paragraph of the line before it."""
    ended = ends_sentence(before)
    if line[0].islower() or line[0] in "%)]”’».,;" or before[-1] in "-\u00ad,(/&":
        return True
    if line[0] in "-–—" and not ended:
        return True
    if before[-1].isdigit() and _GROUP_OF_DIGITS.match(line):
        return True
    number = number_of(line)
    if not width:
        return not ended and line[0].isdigit() and not number and len(before) > 60
    if number and ("." in number or ended):
        return False
    full = len(before) + len(line.split(maxsplit=1)[0]) + 1
    if ended:
        return before[-1] != ":" and full > width and len(before) >= 0.7 * width
    return full > 0.9 * width or len(before) >= 0.75 * width


def is_heading(paragraph: WrappedParagraph, follower: WrappedParagraph | None) -> bool:
    """Whether a paragraph is a heading without any mark: short, and without a full stop.

    One with a number is, when what follows is no other item of the same list.
    """
    if paragraph.kind is Kind.HEADING:
        return True
    if paragraph.numbered:
        style = paragraph.mark.style if paragraph.mark else ""
        below = follower.mark.style if follower and follower.mark else ""
        paragraph = paragraph if style == below != "deep" else paragraph.whole()
    text = paragraph.text
    return (
        paragraph.kind is Kind.TEXT
        and not paragraph.bullet
        and not load_wording().is_caption(text)
        and follower is not None
        and len(text) <= MAX_HEADING_CHARACTERS
        and len(text.split()) <= MAX_HEADING_WORDS
        and not _NO_HEADING_END.search(text)
        and "://" not in text
        and not _SENTENCE_INSIDE.search(text)
        and any(char.isalpha() for char in text)
        and (text[0].isupper() or text[0].isdigit() or text[0] in '„“”"»§')
    )


def with_brothers(found: Sequence[WrappedParagraph], headings: Sequence[bool]) -> list[bool]:
    """Which are headings, the last number of a row of headings among them, under which nothing
    stands."""
    settled = list(headings)
    numbers: dict[str, int] = {}
    for place, one in enumerate(found):
        if one.mark is None or not one.numbered:
            continue
        follows = numbers.get(one.mark.style) == one.mark.number - 1 and place > 0
        if not settled[place] and follows and not headings[place - 1]:
            short = len(one.text.split()) <= MAX_HEADING_WORDS
            settled[place] = short and not _NO_HEADING_END.search(one.text)
        if settled[place]:
            numbers[one.mark.style] = one.mark.number
    return settled


def without_lists(found: Sequence[WrappedParagraph], headings: Sequence[bool]) -> list[bool]:
    """Which are headings when three and more short lines in a row are a list.

    The last of them may stand over what follows, the first over the others when it is
    much shorter than they are or stands by itself.
    """
    settled = list(headings)
    first = 0
    for number in range(len(found) + 1):
        if number < len(found) and headings[number] and (number == first or found[number].goes_on):
            continue
        if number - first >= _MIN_LIST and found[first].kind is Kind.TEXT:
            sizes = sorted(len(one.text) for one in found[first + 1 : number])
            upper = found[first].text.isupper() and not found[first + 1].text.isupper()
            over = upper or len(found[first].text) * 2 <= sizes[len(sizes) // 2]
            for place in range(first + over, number):
                settled[place] = False
        first = number if number < len(found) and headings[number] else number + 1
    return settled
