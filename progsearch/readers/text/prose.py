"""Plain text to paragraphs: which lines belong together, and which are headings or items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from progsearch.blocks.lines import Line
from progsearch.blocks.wording import load_wording

__all__ = [
    "Kind",
    "Paragraph",
    "ends_sentence",
    "is_heading",
    "number_of",
    "paragraphs",
    "wrap_width",
]

MAX_HEADING_WORDS = 14
MAX_HEADING_CHARACTERS = 110
MAX_WIDTH = 130
"""Longer lines are not wrapped: each is a paragraph."""

_SENTENCE_END = re.compile(r"[.!?…:][)\]”“\"'»’]*(?:\d{1,2})?$")
_BULLET = re.compile(r"(?:[•●▪◦‣·○■□►▶✓✔➤*]|[-–—](?=\s)|[-–](?=[A-ZÅÄÖČŘŠŽÚ])|[oO](?=\s{2,}))\s*")
_ENUMERATED = re.compile(r"(?:\d{1,2}\)|[a-z]\))\s+(?=\S)")
_NUMBERED = re.compile(r"(?:[^\W\d_]{4,9}\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
_REFERENCE = re.compile(r"\[\d{1,3}\]$")
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
class Paragraph:
    """Lines that belong together; ``bullet`` is where the text of an item begins, else 0."""

    start: int
    end: int
    text: str
    kind: Kind
    lines: int
    bullet: bool = False
    after_blank: bool = False
    before_blank: bool = False


def number_of(text: str) -> str:
    """The number before a numbered heading (``2.1``, ``KAPITEL 2``), else nothing."""
    found = _NUMBERED.match(text)
    return (
        found[1]
        if found and text[0].isupper() | text[0].isdigit() and (text[found.end()].isupper())
        else ""
    )


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None


def wrap_width(lines: Iterable[Line]) -> int:
    """How long the lines of a wrapped text are; 0 when each line is a paragraph."""
    bare = [line.text for line in lines]
    lengths = sorted(len(text) for text in bare if len(text) > 20)
    pairs = [(a, b) for a, b in pairwise(bare) if a and b]
    if not lengths or not pairs:
        return 0
    width = lengths[len(lengths) * 9 // 10]
    carried = sum(not ends_sentence(a) and b[0].islower() for a, b in pairs)
    return width if width <= MAX_WIDTH and carried >= 0.15 * len(pairs) else 0


def paragraphs(lines: Sequence[Line], kinds: Sequence[Kind]) -> Iterator[Paragraph]:
    """Join the lines that belong together."""
    width = wrap_width(lines)
    widths = _local_widths(lines, width)
    opened: list[int] = []
    blank = True
    for number, line in enumerate(lines):
        if not line.text:
            if opened:
                yield _joined(lines, opened, kinds, after=blank, before=True)
                opened = []
            blank = True
            continue
        if opened and not _together(lines, kinds, opened, number, widths):
            yield _joined(lines, opened, kinds, after=blank, before=False)
            opened = []
            blank = False
        opened.append(number)
    if opened:
        yield _joined(lines, opened, kinds, after=blank, before=True)


def _together(
    lines: Sequence[Line],
    kinds: Sequence[Kind],
    opened: Sequence[int],
    number: int,
    widths: Sequence[int],
) -> bool:
    kind, before = kinds[number], kinds[opened[-1]]
    if kind is Kind.HEADING_ON:
        return True
    if kind is not before or kind in (Kind.HEADING, Kind.DATE):
        return False
    if kind is not Kind.TEXT:
        return True
    if _REFERENCE.match(lines[number].text):
        return True
    words = (n for n in reversed(opened) if not _REFERENCE.match(lines[n].text))
    last = next(words, opened[-1])
    return _belongs(lines[last].text, lines[number].text, widths[last])


def _joined(
    lines: Sequence[Line],
    numbers: Sequence[int],
    kinds: Sequence[Kind],
    *,
    after: bool,
    before: bool,
) -> Paragraph:
    first, last = lines[numbers[0]], lines[numbers[-1]]
    kind = kinds[numbers[0]]
    start = first.start
    bullet = _bullet(first.text) if kind is Kind.TEXT else 0
    if bullet and (bullet < len(first.text) or len(numbers) > 1):
        start = first.start + bullet if bullet < len(first.text) else lines[numbers[1]].start
    text = " ".join(lines[number].text for number in numbers)
    if bullet:
        text = text[bullet:].lstrip()
    return Paragraph(start, last.end, text, kind, len(numbers), bool(bullet), after, before)


def _bullet(text: str) -> int:
    """How long the bullet is that a line begins with."""
    found = _BULLET.match(text) or _ENUMERATED.match(text)
    return found.end() if found else 0


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
    if _bullet(line):
        return line[0] in "–—" and not ended and line[1:].lstrip()[:1].islower()
    if _bullet(before) == len(before):
        return True
    if line[0].islower() or line[0] in "%)]”’».,;" or before[-1] in "-\u00ad,(/&":
        return True
    if line[0] == "-" and line[1:2].islower():
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


def is_heading(paragraph: Paragraph, follower: Paragraph | None) -> bool:
    """Whether a paragraph is a heading without any mark: short, and without a full stop."""
    if paragraph.kind is Kind.HEADING:
        return True
    text = paragraph.text
    return (
        paragraph.kind is Kind.TEXT
        and not paragraph.bullet
        and not load_wording().is_caption(text)
        and follower is not None
        and len(text) <= MAX_HEADING_CHARACTERS
        and len(text.split()) <= MAX_HEADING_WORDS
        and not _NO_HEADING_END.search(text)
        and any(char.isalpha() for char in text)
        and (text[0].isupper() or text[0].isdigit() or text[0] in '„“”"»')
    )
