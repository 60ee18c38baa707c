"""Words to pieces of lines: what stands side by side without a wide white between."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from progsearch.analysis.notemarks import RAISED_FIGURES
from progsearch.readers.pdf.layout import Figure, Piece, Word
from progsearch.readers.pdf.spacing import with_initials, without_tracking

__all__ = ["DINGBATS", "pieces_of"]

_MARK = re.compile(r"(?:[•●▪◦‣·○■□►▶✓✔➢➤❖*o\uf000-\uf0ff–—-]|\(?\d{1,5}[.)]?|\(?[a-z][.)])$")
"""A bullet, or a number: narrower white parts it from its text."""
DINGBATS = re.compile(r"wingding|dingbat|webding|symbol|bullet|pictogram", re.IGNORECASE)
"""Names of fonts whose letters are signs."""
_WIDE = 1.0
"""White between two pieces of a line, in sizes of its letters; a blank is about a quarter."""
_WIDE_AFTER_MARK = 0.45
_SAME_BASE = 0.12
_RAISED = 0.9
"""Letters that are raised or lowered are smaller than those beside them."""
_RISE = 0.15
"""How much higher raised numbers stand at least, in the size of the line's letters."""
_RISE_OF_LARGE = 0.25
"""The same of numbers as large as the letters."""
_SIGNS = f"*\u2020\u2021{RAISED_FIGURES}"
_NOTE = re.compile(rf"(?:\d{{1,3}}(?:[,;]\d{{1,3}})*|[{_SIGNS}]{{1,3}})[)\]]?$")
_SIGN = re.compile(f"[{_SIGNS}]")


def pieces_of(
    words: Sequence[Word], walls: Sequence[Figure] = (), *, trailing: bool = False
) -> list[Piece]:
    """The pieces of a page; ``trailing`` tells whether a blank stands behind its last word.

    Rules that stand upright, the ``walls``, part the words on their sides.
    """
    pieces = [
        _piece(part, behind)
        for line, behind in _lines(words, trailing)
        for part in _parts(without_tracking(line), walls)
    ]
    return with_initials([piece for piece in pieces if piece.text.strip()])


def _lines(words: Sequence[Word], trailing: bool) -> Iterator[tuple[list[Word], bool]]:
    """Words that follow each other on one line, and whether a written blank ends it."""
    line: list[Word] = []
    for word in words:
        if line and not _same_line(line, word):
            yield line, word.blank == 2
            line = []
        line.append(word)
    if line:
        yield line, trailing


def _same_line(line: Sequence[Word], word: Word) -> bool:
    before = line[-1]
    if abs(before.angle - word.angle) > 0.02:
        return False
    if word.x0 - before.x1 < -0.6 * max(before.size, word.size):
        return False
    if word.angle:
        turn = math.cos(word.angle), math.sin(word.angle)
        rise = (word.base - before.base) * turn[0] - (word.x0 - before.x0) * turn[1]
        return abs(rise) < 0.35 * word.size
    if abs(word.base - before.base) <= _SAME_BASE * max(before.size, word.size):
        return True
    # Raised and lowered letters stand at those of the line, which goes on behind them.
    near = word.x0 - before.x1 < 0.4 * max(before.size, word.size)
    sizes = sorted((before.size, word.size))
    reach = abs(word.base - before.base) < 0.55 * sizes[1]
    # The number of a note may be raised in the size of the text.
    upper = before if before.base > word.base else word
    largest = 1.05 if _NOTE.match(upper.text) else _RAISED
    return near and reach and 0.4 < sizes[0] / sizes[1] < largest


def _parts(line: Sequence[Word], walls: Sequence[Figure]) -> Iterator[list[Word]]:
    base = line[0].base if line else 0.0
    beside = [wall for wall in walls if wall.y0 < base < wall.y1]
    part: list[Word] = []
    for word in line:
        if part:
            white = word.x0 - part[-1].x1
            mark = len(part) == 1 and _MARK.match(part[0].text)
            wide = _WIDE_AFTER_MARK if mark else _WIDE
            far = white > wide * max(part[-1].size, word.size)
            far = far or any(part[-1].x1 <= wall.x1 and wall.x0 <= word.x0 for wall in beside)
            if far or _is_dingbat(part) or _is_large(part, word):
                yield part
                part = []
        part.append(word)
    if part:
        yield part


def _is_large(part: Sequence[Word], word: Word) -> bool:
    """Whether a large number or initial stands before a word."""
    return len(part) == 1 and len(part[0].text) <= 2 and part[0].size > 1.7 * word.size


def _is_dingbat(part: Sequence[Word]) -> bool:
    """Whether what stands before a word is a letter of a font of signs: a bullet."""
    first = part[0]
    return len(part) == 1 and len(first.text) == 1 and DINGBATS.search(first.font) is not None


def _piece(words: Sequence[Word], trailing: bool) -> Piece:
    texts = []
    main = max(words, key=lambda word: len(word.text))
    raised: list[tuple[int, int]] = []
    length = 0
    lift = 0.0
    for number, word in enumerate(words):
        # The number that a note begins with is no part of its first word.
        if number and (word.blank or (number == 1 and raised)):
            texts.append(" ")
            length += 1
        texts.append(word.text)
        length += len(word.text)
        if _is_raised(word, main):
            raised.append((length - len(word.text), length))
            lift = max(lift, word.base - main.base)
    letters = [sum(map(str.isalpha, word.text)) for word in words]
    base = main.base
    if words[0].angle:
        base = sum(word.base for word in words) / len(words)
    return Piece(
        "".join(texts),
        words[0].x0,
        max(word.x1 for word in words),
        base,
        main.size,
        main.font,
        sum(len(word.text) for word in words if word.bold),
        sum(letters),
        words[0].order,
        trailing,
        slanted=words[0].angle != 0,
        confidence=sum(word.confidence for word in words) / len(words),
        raised=tuple((length - start, length - end) for start, end in raised),
        lift=lift,
    )


def _is_raised(word: Word, main: Word) -> bool:
    """Whether a word is the raised number of a note."""
    if not _NOTE.match(word.text) or word.angle:
        return False
    if word.raised or _SIGN.match(word.text):
        return True
    rise = _RISE if word.size < _RAISED * main.size else _RISE_OF_LARGE
    return word.base > main.base + rise * main.size
