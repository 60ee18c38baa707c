"""Pages and texts that are turned: a quarter, a half, three quarters of a turn.

A page may be shown turned, or set sideways without a word of it, as wide tables are; both are
read as people hold them. A text that alone stands sideways on its page becomes a piece of its own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from progsearch.readers.pdf.layout import MIDDLE, Line, Piece, Sheet
from progsearch.readers.pdf.lines import line_of

__all__ = ["Box", "Turned", "aslant", "held", "pieces_of_turned", "placed", "set_turned_aside"]
__all__ += ["turned_notes"]

Box = tuple[float, float, float, float]
"""Left, low, right and high edge."""
LOOKED_AT = 400
"""Letters of a page that tell how it is held."""
MOST = 0.7
"""How many of them stand sideways on a page that is."""
UPRIGHT = math.radians(10)
"""How exactly a text stands sideways."""
_BLANK_WHITE = 0.2
_NEXT = 2.0
"""How far apart words and lines of one text are at most, in sizes of its letters."""
FURNITURE = 3
MIN_SAID = 6
"""Words of a text that stands sideways from which on it may be a promise."""
MOST_SHOWN = 60
_ASIDE = (9,)
"""The part of a page that a text beside its text stands in."""


class Turned(NamedTuple):
    """A letter that stands sideways, and whether a blank or a line's end stands before it."""

    text: str
    box: Box
    angle: float
    size: float
    parted: bool
    order: int


def placed(box: Box, page: Box, turned: int) -> Box:
    """Where a box stands on a page as it is held, from that page's lower left corner."""
    left, low, right, high = box
    first, lowest, last, highest = page
    match turned:
        case 90:
            return low - lowest, last - right, high - lowest, last - left
        case 180:
            return last - right, highest - high, last - left, highest - low
        case 270:
            return highest - high, left - first, highest - low, right - first
    return left - first, low - lowest, right - first, high - lowest


def held(raw: Any, text: Any, page: Any) -> int:  # noqa: ANN401 - of a library
    """By how many degrees a page is turned for reading: as it is shown, or as most of its letters
    stand where that is sideways."""
    shown = int(page.get_rotation())
    count = text.count_chars()
    quarters: Counter[int] = Counter()
    for index in range(0, count, max(1, count // LOOKED_AT)):
        if raw.FPDFText_GetUnicode(text.raw, index) > ord(" "):
            angle = math.degrees(raw.FPDFText_GetCharAngle(text.raw, index))
            quarters[round(angle / 90) % 4] += 1
    # PDFium counts angles against the clock, and pages are turned with it.
    for quarter in (0, 1, 3):
        turned = (-90 * quarter) % 360
        if quarters[quarter] > MOST * quarters.total() and (turned - shown) % 180:
            return turned
    return shown


def pieces_of_turned(letters: Sequence[Turned]) -> Iterator[Piece]:
    """The texts that stand sideways on a page; each is as high as it reaches, at its middle."""
    text: list[Turned] = []
    for letter in letters:
        if abs(abs(letter.angle) - math.pi / 2) > UPRIGHT:
            continue
        if text and not _goes_on(text, letter):
            yield from _piece(text)
            text = []
        text.append(letter)
    if text:
        yield from _piece(text)


def aslant(letters: Sequence[Turned]) -> str:
    """What stands aslant on a page, as words across it do that say that it is a draft."""
    found = [one for one in letters if abs(abs(one.angle) - math.pi / 2) > UPRIGHT]
    return "".join(f" {one.text}" if one.parted else one.text for one in found).strip()


def _goes_on(text: Sequence[Turned], letter: Turned) -> bool:
    """Whether a letter carries a text on, on its line or on the next one beside it."""
    before = text[-1]
    near = _NEXT * max(before.size, letter.size)
    if before.angle * letter.angle < 0 or abs(before.size - letter.size) > 0.2 * before.size:
        return False
    if _same_line(before, letter):
        return abs(_gap(before, letter)) < near / 2
    low, high = min(one.box[1] for one in text), max(one.box[3] for one in text)
    beside = abs(letter.box[0] - before.box[0]) < near
    return beside and low - near < letter.box[1] and letter.box[3] < high + near


def _same_line(before: Turned, letter: Turned) -> bool:
    return abs(letter.box[0] - before.box[0]) < 0.3 * letter.size


def _gap(before: Turned, letter: Turned) -> float:
    """White between two letters of a line, upwards or downwards."""
    up = letter.box[1] - before.box[3]
    return up if letter.angle > 0 else before.box[1] - letter.box[3]


def _piece(letters: Sequence[Turned]) -> Iterator[Piece]:
    lines = [[letters[0]]]
    for before, letter in pairwise(letters):
        if not _same_line(before, letter):
            lines.append([])
        lines[-1].append(letter)
    # Upwards, the next line stands to the right; downwards, to the left.
    lines.sort(key=lambda line: math.copysign(line[0].box[0], line[0].angle))
    words = " ".join(map(_words, lines))
    count = sum(map(str.isalpha, words))
    if count < 2:
        return
    low, high = min(one.box[1] for one in letters), max(one.box[3] for one in letters)
    size = letters[0].size
    yield Piece(
        " ".join(words.split()),
        min(one.box[0] for one in letters),
        max(one.box[2] for one in letters),
        (low + high) / 2 - MIDDLE * size,
        size,
        "",
        0,
        count,
        letters[0].order,
        sideways=high - low,
    )


def _words(line: Sequence[Turned]) -> str:
    words = line[0].text
    for before, letter in pairwise(line):
        white = letter.parted or _gap(before, letter) > _BLANK_WHITE * letter.size
        words += f" {letter.text}" if white else letter.text
    return words


def set_turned_aside(sheets: Sequence[Sheet]) -> dict[int, list[Line]]:
    """The lines, by page, of what stands sideways and in no table; those that come again on
    page after page, as the names of chapters do, are furniture."""
    again = Counter(piece.text.casefold() for sheet in sheets for piece in sheet.turned)
    return {
        sheet.number: [
            line_of([replace(piece, kind="turned")], sheet.number, _ASIDE)
            for piece in sheet.turned
            if again[piece.text.casefold()] < FURNITURE
        ]
        for sheet in sheets
    }


def turned_notes(lines: Sequence[Line]) -> Iterator[str]:
    """What is told of texts that stand sideways, and are set aside: they may be promises."""
    long = [one for one in lines if one.kind == "turned" and len(one.text.split()) >= MIN_SAID]
    if not long:
        return
    count = "1 text" if len(long) == 1 else f"{len(long)} texts"
    shown = long[0].text if len(long[0].text) <= MOST_SHOWN else f"{long[0].text[:MOST_SHOWN]}…"
    yield f"{count} set sideways beside others, aside: {shown!r} on page {long[0].page}"
