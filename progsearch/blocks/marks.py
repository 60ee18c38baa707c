"""What is a mark and not a word: comments, tags, Liquid, link targets, emphasis.

The documents are Markdown with HTML and Liquid in it, as Jekyll reads them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

from progsearch.analysis.notemarks import (
    RAISED,
    Raised,
    before_in,
    figures_of,
    kind_of_raised,
    raised_as,
)
from progsearch.analysis.text import NOTE_LINK
from progsearch.blocks.lines import unified
from progsearch.blocks.unseen import hidden

__all__ = ["BLANK", "BLOCK_TAG", "INLINE_TAG", "LINK", "TARGET", "WORD"]
__all__ += [
    "blanked",
    "has_words",
    "masked",
    "note_of_hidden",
    "plain",
    "with_raised_read",
    "without_note_links",
]
__all__ += ["words_in", "words_of"]

_ELSEWHERE = re.compile(
    r"""!\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])  # images
      | \{%[^{}\n]{0,1000}%\}  # Liquid
      | \{\{[^{}\n]{0,1000}\}\}
      | \{[:\#.][^{}\n]{0,500}\}  # kramdown attributes
      | <!\[(?:end)?if\b[^<>]{0,200}\]>  # what Word says to itself
      | <!doctype\b[^<>]{0,500}> | <\?xml\b[^<>]{0,200}\?>
      | &nbsp; | &\#160; | &\#xa0;
      | \[(?:(?<=^\[)|(?<=^[ ]\[)|(?<=^[ ]{2}\[)|(?<=^[ ]{3}\[))
        (?!\^)[^\]\n]{1,200}\]:[ \t]*\S[^\n]*$  # link definitions
      | \[(?<=\S\[)\^[^\[\]\s]{1,60}\](?!:)  # references to footnotes
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
"""Each begins with a character of its own, so that most of a text is passed over at once."""
_PAIRED = (
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script\s*>", re.IGNORECASE)),
    (re.compile(r"<style\b", re.IGNORECASE), re.compile(r"</style\s*>", re.IGNORECASE)),
    (re.compile(r"<template\b", re.IGNORECASE), re.compile(r"</template\s*>", re.IGNORECASE)),
    (re.compile(r"<head\b", re.IGNORECASE), re.compile(r"</head\s*>", re.IGNORECASE)),
)
_FEW = 8
_NOTE_LINK = re.compile(NOTE_LINK, re.VERBOSE)
_RAISED = re.compile(RAISED, re.VERBOSE)
INLINE_TAG = re.compile(
    r"</?([a-z][a-z0-9-]{0,20}(?::[a-z][a-z0-9]{0,30})?)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
TARGET = re.compile(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\]\[[^\]\n]{0,200}\]")
LINK = re.compile(
    r"\[([^\[\]]{0,1000})\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\]\n]{0,200}\])"
)
_EMPHASIS = re.compile(r"\*+|(?<!\w)_{1,3}|_{1,3}(?!\w)|`+")
_MARKED = re.compile("[<*_`\\[{&\u00ad\u200b-\u200d\u2060\ufeff]")
_VISIBLE = re.compile(r"[^\n]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")
WORD = re.compile(r"[^\W_]+")
_WORD_CHARACTER = re.compile(r"[^\W_]")

_BLOCK_NAMES = (
    "address|article|aside|blockquote|body|br|button|caption|center|dd|details|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|label|legend|li"
    "|main|nav|noscript|object|ol|option|p|pre|section|select|summary|table|tbody|td|textarea|tfoot|th"
    "|thead|tr|ul|video"
)
BLOCK_TAG = re.compile(rf"<(/?)({_BLOCK_NAMES})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
"""A tag that ends the block before it; its two groups are the slash and the name."""

_NEXT_CELL = re.compile(r"(?<=\S)\s*<t[dh]\b[^<>]{0,2000}>", re.IGNORECASE)
"""A tag between two cells of a row."""

BLANK = " \t\n\r\f\v\u00a0\u2007\u202f\u200b\u200c\u200d\u2060\ufeff\u00ad\u3000\u2028\u2029"


def blanked(match: re.Match[str]) -> str:
    """As many blanks as were matched, with the line ends in their places."""
    return _VISIBLE.sub(" ", match[0])


def masked(text: str) -> str:
    """A unified text with blanks for all that no reader of the page sees.

    These are comments, scripts, styles, elements that are never shown, Liquid, attributes, images,
    link definitions and the numbers by which notes are referred to.
    Every other character keeps its place.
    """
    text = _shown(text)
    text = _without(text, ((one.start, one.end) for one in hidden(text)))
    if "#" in text:
        text = _NOTE_LINK.sub(blanked, text)
    return _ELSEWHERE.sub(blanked, text)


def _shown(text: str) -> str:
    """A text with blanks for comments, scripts and what else is no element of the page."""
    for opening, closing in _PAIRED:
        text = _without(text, _pairs(text, opening, closing))
    return text


def _pairs(
    text: str, opening: re.Pattern[str], closing: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    at = 0
    while (begin := opening.search(text, at)) and (end := closing.search(text, begin.end())):
        yield begin.start(), end.end()
        at = end.end()


def _without(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """A text with blanks for these stretches of it."""
    pieces = []
    at = 0
    for start, end in stretches:
        pieces += [text[at:start], _VISIBLE.sub(" ", text[start:end])]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def note_of_hidden(text: str) -> list[str]:
    """A note on how many words a page hides from its readers, if any."""
    text = _shown(text)
    count = sum(len(words_of(text[one.inner : one.inner_end])) for one in hidden(text))
    words = "1 word is" if count == 1 else f"{count:,} words are"
    return [f"{words} left out that the page does not show"] if count else []


def without_note_links(text: str) -> str:
    """A page without the numbers by which notes are referred to, and the ways back from them."""
    return with_raised_read(_NOTE_LINK.sub("", text))


def _told(match: re.Match[str]) -> Raised:
    before, end = before_in(match.string, match.start()), match.end()
    return kind_of_raised(before, match[0], match.string[end : end + _FEW])


def with_raised_read(text: str) -> str:
    """A text with tags without the raised figures that refer to notes, and with others written
    as raised ones behind numbers, which they would be figures of without their tags."""
    return _RAISED.sub(_read, text)


def _read(match: re.Match[str]) -> str:
    match _told(match):
        case Raised.NOTE:
            return ""
        case Raised.APART:
            return raised_as(figures_of(match[0]))
    return match[0]


def plain(text: str) -> str:
    """The words of a block as a person reads them, in one line."""
    if not _MARKED.search(text):
        return " ".join(text.split())
    text = with_raised_read(masked(unified(text)))
    text = BLOCK_TAG.sub(" ", _NEXT_CELL.sub(" | ", text))
    text = INLINE_TAG.sub("", text)
    text = LINK.sub(r"\1", text)
    text = html.unescape(_INVISIBLE.sub("", _EMPHASIS.sub("", text)))
    return " ".join(text.split())


def words_of(text: str) -> list[str]:
    """The words of a block for comparing texts: small letters, composed, without marks."""
    return words_in(plain(text))


def words_in(text: str) -> list[str]:
    """The words of a text without marks, as :func:`words_of` has them."""
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def has_words(text: str) -> bool:
    """Whether a stretch of a :func:`masked` text has anything besides marks."""
    # Blanks, for what stood around a mark must not make another one with it; and in one go,
    # for what stands around a tag is no tag.
    text = TARGET.sub(" ", INLINE_TAG.sub(" ", text))
    return _WORD_CHARACTER.search(text) is not None
