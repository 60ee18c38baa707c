"""The text as people read it: without marks, tags and broken lines, and where it stands."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from progsearch.analysis.notemarks import (
    RAISED,
    RAISED_FIGURES,
    Raised,
    figures_of,
    kind_of_raised,
    raised_as,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["NOTE_LINK", "ReadingText", "fold", "reading"]

_NO_ACCENT = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)
"""Letters that Unicode does not take apart into a letter and an accent."""


@lru_cache(100_000)
def fold(form: str) -> str:
    """``form`` without accents, as somebody types it whose keyboard has none."""
    plain = unicodedata.normalize("NFD", form).translate(_NO_ACCENT)
    return "".join(char for char in plain if not unicodedata.combining(char))


class Stretch(NamedTuple):
    """``text[at:...]`` stands for ``source[start:end]``, letter by letter if both are as long."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A text as people read it, and where in the source its characters stand."""

    text: str
    stretches: Sequence[Stretch]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of ``self.text[start:end]``."""
        first = self._source(start)[0] if start < len(self.text) else self._end
        return first, (self._source(end - 1)[1] if end > start else first)

    def to_sources(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The same of many places, one after the other and none of them empty, in one walk."""
        found = []
        stretches, last = self.stretches, len(self.stretches) - 1
        number, begin = -1, -1
        ends = plain = until = 0

        def source(at: int) -> tuple[int, int]:
            nonlocal number, begin, ends, plain, until
            while at >= until:
                number += 1
                begin, plain, ends = stretches[number]
                until = stretches[number + 1].at if number < last else len(self.text)
            if until - begin != ends - plain:
                return plain, ends
            start = plain + at - begin
            return start, start + 1

        for start, end in spans:
            first = source(start)[0]
            found.append((first, source(end - 1)[1]))
        return found

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """The place in ``self.text`` of all that it has of ``source[start:end]``."""
        first = bisect_right(self.stretches, start, key=_end)
        last = bisect_left(self.stretches, end, key=_start)
        if first >= last:
            at = self.stretches[first].at if first < len(self.stretches) else len(self.text)
            return at, at
        return self._reading(first, start, 0), self._reading(last - 1, end, 1)

    def _source(self, at: int) -> tuple[int, int]:
        """Start and end in the source of one character."""
        number = bisect_right(self.stretches, at, key=_at) - 1
        stretch = self.stretches[number]
        if self._length(number) != stretch.end - stretch.start:
            return stretch.start, stretch.end
        start = stretch.start + at - stretch.at
        return start, start + 1

    def _reading(self, number: int, place: int, whole: int) -> int:
        stretch, length = self.stretches[number], self._length(number)
        if length != stretch.end - stretch.start:
            return stretch.at + whole * length
        return stretch.at + min(max(place - stretch.start, 0), length)

    def _length(self, number: int) -> int:
        following = number + 1
        end = self.stretches[following].at if following < len(self.stretches) else len(self.text)
        return end - self.stretches[number].at

    @property
    def _end(self) -> int:
        return self.stretches[-1].end if self.stretches else 0


_at, _start, _end = itemgetter(0), itemgetter(1), itemgetter(2)


_BLOCK = re.compile(
    "address|article|blockquote|br|dd|div|dl|dt|figure|h[1-6]|hr|img|li|ol|p|section|table|t[dhr]|ul",
    re.IGNORECASE,
)
_CELL = re.compile("<t[dh]\\b", re.IGNORECASE)
_CONJUNCTIONS = frozenset(
    {"och", "eller", "samt", "respektive", "og", "and", "or", "und", "oder", "sowie", "bzw"}
    | {"ja", "tai", "sekä", "i", "lub", "oraz", "a", "nebo", "či", "alebo"}
)
"""After these words of the next line a hyphen at a line's end is one that is meant:
``hälso-`` / ``och sjukvård``."""

NOTE_LINK = r"""
    (?i:(?:<sup\b[^<>]{0,200}>)?
      <a\s(?=[^<>]{0,1000}\bhref\s{0,3}=\s{0,3}["'][^"'<>\s]{0,200}\#)[^<>]{0,1000}>
      (?:<(?:sup|span|small)\b[^<>]{0,200}>){0,3}\s{0,9}
      (?:[\[(]?\d{1,3}[\])]?|[↩↑⤴^*]\ufe0e?)
      \s{0,9}(?:</(?:sup|span|small)>){0,3}</a>(?:</sup>)?)
    """
"""A verbose pattern of links from the number of a note to the note, and back: no part of a word."""

_MARK = re.compile(
    r"""
    (?=[<{&!*_`~\[\]\\\-\u2010\u00ad\u200b-\u200d\u2060\ufeff"""
    + RAISED_FIGURES
    + r"""] | \s[\s\#] | [^\S ]
      | \w[\u0300-\u036f] | \A)                 # where one may begin, which is told at once
    (?:
      (?P<gone>                                   # read by nobody
        <!--(?:(?!<!--).)*?-->          # no pattern looks farther than to its next beginning
      | \{%(?:(?!\{%).)*?%\} | \{\{(?:(?!\{\{).)*?\}\}             # Liquid
      | \{:[^{}\n]*\}                         # attributes of kramdown
      | (?P<hidden>[\u00ad\u200b-\u200d\u2060\ufeff]+(?:[ \t]*\r?\n[ \t]*(?=[^\W\d_]))?)
      | !?\[(?=[^\[\]\n]{0,300}\][(\[])         # [text](address), ![text](address)
      | (?<=\[)!\[(?=[^\[\]\n]{0,300}\]\()
      | \]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"\n]*")?\)
      | (?<=[^\W_])\]\[[^\[\]\n]{0,100}\]       # [text][name]
      | \[\^[^\[\]\s]+\]                          # [^footnote]
      | """
    + NOTE_LINK
    + r"""
      | \A[ \t]*(?:(?:\#{1,6}[ \t]+|>[ \t]?|[-*+•][ \t]+)+|-(?=[^\W\d_]))
      | [ \t]+\#+[ \t]*(?=\n|\Z)                  # ## heading ##
      | \*{2,} | (?<![^\W_])\*+(?=[\w„“”"'(\[«»]) | (?<=\S)\*+(?![^\W_])
      | (?<![^\W_])_+(?=[\w„“”"'(\[«»*]) | (?<=\S)_+(?![^\W_])
      | `+
      | \\(?=[\\`*_{}\[\]()\#+.!>~|-])          # an escaped mark stays, its backslash goes
      )
    | (?P<struck>~~ | (?i:</?(?:del|s|strike)(?:\s[^<>]{0,2000})?>))
    | (?P<broken>(?<=[^\W_])[-\u2010][ \t]*\r?\n[ \t]*(?=(?P<next>[^\W\d_]+)))
    | (?P<raised>"""
    + RAISED
    + r""")
    | (?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>)
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
    | (?P<space>                                  # with the marks at the start of a line
        [^\S\n]*\n\s*(?:(?:\#{1,6}[ \t]+|>[ \t]?|[-*+•][ \t]+)+|-(?=[^\W\d_]))?
      | \s{2,}
      | [^\S ]
      )
    | (?P<accent>\w[\u0300-\u036f]+)              # a letter and its accents, taken apart
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_FEW = 8
"""Pieces and characters by which it is told what a raised figure is."""
_WORD_BEFORE = re.compile(r"[^\W_]+$")


class _Writer:
    """Gathers a reading text piece by piece."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.stretches: list[Stretch] = []
        self.length = 0
        self.spaced = True
        self.straight = -1  # where the source goes on if the last stretch is letter by letter

    def keep(self, start: int, end: int) -> None:
        """What stands in the source is read."""
        if self.spaced and start < end and self.source[start] == " ":
            start += 1
        if start < end:
            self._add(self.source[start:end], start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Instead of what stands in the source, ``text`` is read."""
        if not text.isspace():
            self._add(text, start, end)
        elif not self.spaced:
            self._add(" ", start, end)

    def raise_(self, raised: str, start: int, end: int) -> None:
        """A raised figure is read unless it refers to a note."""
        before = "".join(self.pieces[-_FEW:])
        after = self.source[end : end + _FEW]
        told, figures = kind_of_raised(before, raised, after), figures_of(raised)
        if not raised.startswith("<") and told is not Raised.NOTE:
            self.keep(start, end)
        elif told is Raised.APART:
            self.put(raised_as(figures), start, end)
        elif told is Raised.PART:
            inner = start + raised.index(">") + 1
            inner += len(self.source[inner:end]) - len(self.source[inner:end].lstrip())
            self.keep(inner, inner + self.source[inner:end].index("</"))

    def _add(self, text: str, start: int, end: int) -> None:
        plain = len(text) == end - start
        if not plain or start != self.straight:
            self.stretches.append(Stretch(self.length, start, end))
        else:
            self.stretches[-1] = self.stretches[-1]._replace(end=end)
        self.straight = end if plain else -1
        self.pieces.append(text)
        self.length += len(text)
        self.spaced = text[-1] == " "

    def finish(self) -> ReadingText:
        """All of it, without a space at the end."""
        text = "".join(self.pieces)
        if text.endswith(" "):
            text = text[:-1]
            last = self.stretches.pop()
            if last.at < len(text):
                self.stretches.append(last._replace(end=last.end - 1))
        return ReadingText(text, self.stretches)


def reading(text: str, *, struck: bool = False) -> ReadingText:
    """The text as people read it, and the places of its characters in ``text``.

    Marks of Markdown, HTML tags and comments, Liquid, the addresses of links, soft
    hyphens and zero-width characters are gone, words that a hyphen at a line's end broke
    are whole, entities and taken-apart accents are characters, and what is white is one
    space. What is ``struck`` out stands between ``~~`` where that is asked for.
    """
    out = _Writer(text)
    at = 0
    for mark in _MARK.finditer(text):
        start, end = mark.span()
        out.keep(at, start)
        at = end
        match mark.lastgroup:
            case "space":
                out.put(" ", start, end)
            case "struck" if struck:
                out.put("~~", start, end)
            case "raised":
                out.raise_(mark[0], start, end)
            case "tag":
                if _CELL.match(mark[0]) and out.length:
                    out.put("| " if out.spaced else " | ", start, end)
                elif _BLOCK.fullmatch(mark["name"]):
                    out.put(" ", start, end)
            case "entity":
                out_text = _entity(mark[0])
                if out_text:
                    out.put(out_text, start, end)
            case "accent":
                out.put(unicodedata.normalize("NFC", mark[0]), start, end)
            case "broken":
                if not _joins(text, start, mark["next"]):
                    out.keep(start, start + 1)
                    if mark["next"].lower() in _CONJUNCTIONS:
                        out.put(" ", start + 1, end)
    out.keep(at, len(text))
    return out.finish()


def _entity(entity: str) -> str:
    from html import unescape

    char = unescape(entity)
    return "" if char in "\u00ad\u200b\u200c\u200d\u2060\ufeff" else char


def _joins(text: str, hyphen: int, following: str) -> bool:
    """Whether a hyphen at a line's end goes: not in PCR-prov, 1800-talet, hälso- och."""
    before = _WORD_BEFORE.search(text, max(0, hyphen - 60), hyphen)
    if before is None or not before[0][-1].isalpha():
        return False
    capitals = len(before[0]) > 1 and before[0].isupper() and not following.isupper()
    lower = following.islower() or (before[0].isupper() and following.isupper())
    return lower and not capitals and following.lower() not in _CONJUNCTIONS
