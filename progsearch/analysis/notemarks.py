"""Whether a raised figure is the mark of a note, or a part of what it stands behind.

A raised figure behind a word or a number is what refers to a note, and read by nobody as a
letter of it; but square metres, powers, ordinals, times and prices have raised figures as well.
"""

from __future__ import annotations

import re
from enum import Enum

__all__ = [
    "RAISED",
    "RAISED_FIGURES",
    "Raised",
    "before_in",
    "figures_of",
    "kind_of_raised",
    "raised_as",
]

RAISED_FIGURES = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"
"""Raised figures of Unicode, for a class of characters."""
RAISED = rf"""
    (?i:<sup(?:\s[^<>]{{0,200}})?>\s{{0,9}}[\[(]?
      (?:\d{{1,3}}(?:[,;\u2013-][ ]?\d{{1,3}}){{0,9}}|[a-z])[\])]?\s{{0,9}}</sup>)
  | [{RAISED_FIGURES}]{{1,3}}(?:[,;\u2013-][{RAISED_FIGURES}]{{1,3}}){{0,9}}
    """
"""A verbose pattern of raised numbers, and of single raised letters."""

_TAG = re.compile(r"</?sup(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_INLINE = re.compile(r"</?[a-z][^<>]{0,200}>|[*_~`]", re.IGNORECASE)
_LOOK_BACK = 60
"""Characters in which the word or number before a raised figure is looked for."""
_NUMBER = re.compile(r"(?<![\d.,])\d[\d.,]*\Z")
_NUMBER_BEFORE = re.compile(r"\d[.:]?\Z")
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+\Z")
_UNIT = re.compile(
    r"[^\W\d_]|[cdkmn\u00b5\u03bc]?m|ha|[CNS]O|ft|in|yd|mi|mc|sec?|kv?m|qm|lfm", re.IGNORECASE
)
"""What a raised number belongs to: measures, their signs in formulas, single letters."""
_POWERS = frozenset(("2", "10"))
"""Numbers whose powers are written."""
_ENDS = frozenset(".,;:!?)]\"'\u201c\u201d\u2019\u00bb\u00ab%\u20ac\u00a3$")
_GOES_ON = re.compile(
    r"[^\W_]|\s?[/\u2044]|<sub\b|[\u207a\u207b\u00b0]|[\u2010-](?=\w)", re.IGNORECASE
)
"""What makes a raised figure a part of a fraction, a formula or a word."""
_CLOCK = 2
"""Raised figures of a time (*8³⁰*) or a price (*9⁹⁰*)."""
_MIN_MARKED = 4
"""Letters of a word behind which a raised letter is a mark; *Nº* and *Mª* are shorter."""
_TO_FIGURES = str.maketrans(
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789"
)
_TO_RAISED = str.maketrans(
    "0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)


class Raised(Enum):
    """What a raised figure is to what stands before it."""

    NOTE = "the mark of a note"
    APART = "a power, a time or a price"
    PART = "a part of the word"


def figures_of(raised: str) -> str:
    """The figures or the letter of what :data:`RAISED` matches, as they stand on a line."""
    return _TAG.sub("", raised).strip().strip("[]()").translate(_TO_FIGURES)


def raised_as(figures: str) -> str:
    """Figures as raised ones, which are not read together with a number before them."""
    return figures.translate(_TO_RAISED)


def kind_of_raised(before: str, raised: str, after: str) -> Raised:
    """What a raised figure is behind ``before``, the text as people read it.

    ``raised`` as :data:`RAISED` matches it; of ``after`` the beginning is looked at.
    """
    before, figures = before[-_LOOK_BACK:], figures_of(raised)
    if not before or before[-1].isspace() or before[-1] == ">":
        return Raised.PART
    behind_number = _NUMBER_BEFORE.search(before) is not None
    if figures.isalpha():
        word = _WORD.search(before)
        marks = word is not None and len(word[0]) >= _MIN_MARKED and not _GOES_ON.match(after)
        return Raised.NOTE if marks else Raised.PART
    if _GOES_ON.match(after):
        return Raised.APART if behind_number else Raised.PART
    if before[-1].isdigit():
        number = _NUMBER.search(before)
        written = number[0] if number else ""
        apart = len(figures) == _CLOCK or written in _POWERS
        return Raised.APART if apart else Raised.NOTE
    if behind_number and len(figures) == _CLOCK:
        return Raised.APART
    if word := _WORD.search(before):
        return Raised.PART if _UNIT.fullmatch(word[0]) else Raised.NOTE
    return Raised.NOTE if before[-1] in _ENDS else Raised.PART


def before_in(source: str, end: int) -> str:
    """What people read right before a place of a source, without the marks between."""
    return _INLINE.sub("", source[max(0, end - _LOOK_BACK - 200) : end])
