"""Words that their setting tore: letters set apart, and large initials before a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from progsearch.readers.pdf.layout import Piece, Sheet, Word

__all__ = ["part_initials", "with_initials", "without_tracking"]

_TRACKED = 0.02
"""White between the letters of a word, in their sizes: less is how fonts set them."""
_CLOSE = 0.25
_NARROW = 0.75
"""A blank that nobody wrote and that is so much narrower than the written ones of its line
is the white between letters set apart."""
_WIDER = 1.6
"""Where no blank is written: how much wider it is than the white between the letters."""
MIN_TRACKED = 4
"""So many single letters in a row are a word whose letters are set apart."""
KERNED = 2
_WORD_GAP = 1.5
"""White between two words of letters set apart, in whites between the letters."""
MAX_TRACKED_GAP = 2.5

MIN_INITIAL = 1.8
"""How much larger than the text beside it a large initial is."""
MAX_INITIALS = 40
"""Large letters and numbers of a page that are looked at."""
MAX_DIGITS = 2
"""Digits of a large number before a heading of several lines."""
_BESIDE = 1.0
_GLYPH = re.compile(r"(?:[^\W\d_]|f[fhijklt]{1,2}|[cst]t|Th)$")
"""A letter, or letters that fonts have one glyph for."""
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = "„“”\"'»«›‹"


def without_tracking(words: Sequence[Word]) -> list[Word]:
    """The words of one line with those whole again whose letters are set apart."""
    words = _whole(words)
    written = [after.x0 - before.x1 for before, after in pairwise(words) if after.blank == 2]
    least = min((gap for gap in written if gap > 0), default=0.0)
    inside = [word.white for word in words if len(word.text) > 2]
    if not inside or median(inside) < _TRACKED * words[0].size:
        return list(_single_letters_joined(words))
    limit = _NARROW * least if least else _WIDER * median(inside)
    done: list[Word] = []
    for word in words:
        if done and word.blank == 1:
            gap = word.x0 - done[-1].x1
            if 0 <= gap < limit and _continues(done[-1], word):
                done[-1] = _joined([done[-1], word])
                continue
        done.append(word)
    return list(_single_letters_joined(done))


def _whole(words: Sequence[Word]) -> list[Word]:
    """The words of a line, those as one that only the heights of their letters part.

    The boxes of letters are as high as the letters where a font does not say how high it is.
    """
    done: list[Word] = []
    for word in words:
        before = done[-1] if done else None
        if (
            before is not None
            and word.blank == 0
            and word.raised == before.raised
            and word.font == before.font
            and abs(word.size - before.size) < 0.05 * word.size
            and abs(word.base - before.base) < 0.05 * word.size
            and -0.3 * word.size < word.x0 - before.x1 < _CLOSE * word.size
        ):
            done[-1] = _joined([before, word])
        else:
            done.append(word)
    return done


def _continues(before: Word, word: Word) -> bool:
    """Whether two stretches can be one word: letters that look the same, small after others."""
    return (
        abs(before.size - word.size) < 0.1 * word.size
        and before.text[-1].isalpha()
        and word.text[0].isalpha()
        and (word.text[0].islower() or before.text.isupper())
    )


def _single_letters_joined(words: Sequence[Word]) -> Iterator[Word]:
    run: list[Word] = []
    for word in [*words, None]:
        apart = word is not None and (_is_single(word) or _is_kerned(word))
        if apart and word is not None and (not run or word.x0 - run[-1].x1 < _limit(word)):
            run.append(word)
            continue
        yield from _words_of_letters(run) if sum(map(_is_single, run)) >= MIN_TRACKED else run
        run = [word] if apart and word is not None else []
        if word is not None and not apart:
            yield word


def _is_single(word: Word) -> bool:
    return _GLYPH.match(word.text) is not None


def _is_kerned(word: Word) -> bool:
    """Whether two capitals can be letters set apart that their shapes draw together: "VÅ"."""
    kerned = len(word.text) == KERNED and word.text.isalpha() and word.text.isupper()
    return kerned and word.white > _TRACKED * word.size


def _limit(word: Word) -> float:
    return MAX_TRACKED_GAP * word.size


def _words_of_letters(letters: Sequence[Word]) -> Iterator[Word]:
    usual = median(after.x0 - before.x1 for before, after in pairwise(letters))
    made = [letters[0]]
    for before, after in pairwise(letters):
        if after.x0 - before.x1 > max(_WORD_GAP * usual, usual + 0.15 * after.size):
            yield _joined(made)
            made = []
        made.append(after)
    yield _joined(made)


def _joined(words: Sequence[Word]) -> Word:
    first, last = words[0], words[-1]
    white = sum(word.white * max(1, len(word.text) - 1) for word in words)
    white += sum(after.x0 - before.x1 for before, after in pairwise(words))
    text = "".join(word.text for word in words)
    return replace(first, text=text, x1=last.x1, white=white / max(1, len(text) - 1))


def with_initials(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a page, each large initial put before the line that it begins.

    The lines that stand beside an initial begin where it does.
    """
    done = list(pieces)
    usual = median(piece.size for piece in pieces) if pieces else 0.0
    large = [piece for piece in pieces if len(piece.text) <= 4 and piece.size > 1.3 * usual]
    for initial in large[:MAX_INITIALS]:
        letters = initial.text.strip(_OPENING)
        number = letters.isdecimal() and len(letters) <= MAX_DIGITS
        if not number and (len(letters) != 1 or not letters.isalpha()):
            continue
        beside = [
            piece
            for piece in done
            if piece is not initial
            and piece.size * MIN_INITIAL < initial.size
            and initial.base - 0.3 * piece.size < piece.base < initial.top
            and piece.x0 - initial.x1 > -max(0.5 * piece.size, 0.15 * initial.size)
            and piece.x0 - initial.x1 < _BESIDE * max(piece.size, 12.0)
        ]
        if not beside:
            continue
        first = max(beside, key=lambda piece: piece.base)
        if not first.text[0].isalpha():
            continue
        first.initial = "" if number else initial.text
        first.text = initial.text + (" " if number else "") + first.text
        first.letters += 0 if number else 1
        for piece in beside:
            piece.indent = piece.x0 - initial.x0
            piece.x0 = initial.x0
        done.remove(initial)
    return done


def part_initials(sheets: Iterable[Sheet]) -> None:
    """Part large initials that are words of their own: ``I`` before ``ett``, not ``Iett``.

    The words of the document tell: one that stands elsewhere in it, whole or without.
    """
    pieces = [piece for sheet in sheets for piece in sheet.pieces]
    begun = [piece for piece in pieces if piece.initial]
    if not begun:
        return
    words = Counter(word for piece in pieces for word in _WORD.findall(piece.text.casefold()))
    for piece in begun:
        rest = piece.text[len(piece.initial) :]
        first = _WORD.match(rest.casefold())
        if first is None:
            continue
        initial = piece.initial.strip(_OPENING).casefold()
        if words[initial] and words[first[0]] > words[initial + first[0]] - 1 and first[0] in words:
            piece.text = f"{piece.initial} {rest}"
