"""The words of a text, each with its place and its keys."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from progsearch.analysis.text import reading
from progsearch.languages import LANGUAGES

if TYPE_CHECKING:
    from progsearch.analysis.lexicon import Lexicon

__all__ = ["Token", "has_marks", "normal_form", "plain_words", "tokens"]


class Token(NamedTuple):
    """A word: ``text[start:end]`` in the source, its normalised form, its keys and parts.

    A tuple rather than a dataclass: a corpus has a million of them.
    """

    start: int
    end: int
    form: str
    keys: tuple[str, ...]
    parts: tuple[str, ...]


_WORD_PATTERN = r"""
      (?:https?://|www\.)[^\s<>()\[\]"]*[\w/]                # an address is one word
    | (?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)       # 10 000
    | (?<![\d,])\d+,\d+(?![\d,])                              # 1,5
    | (?<![^\W_])[^\W\d_]\.[ \u00a0](?:[^\W\d_]\.[ \u00a0])?[soú]\.   # a. s., s. r. o.
    | (?<![^\W_])[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+\b\.?       # a.s., t.ex.
    | [^\W_]+
      (?:
          [-\u2010\u2011][^\W_]+
        | ['’][^\W\d_]+
        | :[^\W\d_]{1,3}\b                                    # EU:s
        | [\u0300-\u036f]+[^\W_]*                             # an accent that stands apart
      )*
      (?:[-\u2010\u2011](?=[,\s]))?                           # hälso- och
    | [%‰§€]
"""
_WORD = re.compile(_WORD_PATTERN, re.VERBOSE)
_WORD_OR_MAIL = re.compile(
    r"[^\W_][\w.+-]{0,63}@[\w-]+(?:\.[\w-]+)+ | " + _WORD_PATTERN, re.VERBOSE
)
"""A pattern of its own: looking for ``@`` behind every word takes as long as all the rest. Names
before it have 64 letters at most (RFC 5321, 4.5.3.1.1)."""
_MARKED = re.compile(
    r"[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f<&\\~`]|\]\(|\]\[|\[\^|\{[%{:]"
    r"|[-\u2010][ \t]*\r?\n|[^\W_]\*+[^\W_]"
)
"""What may stand within a word or hide words that nobody reads; other texts are read as is."""
_HINT = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f<&\\~`\]\[{*\n]")
"""One of the letters that each of these has: looked for in a tenth of the time."""
_PLAIN = str.maketrans(
    {"’": "'", "\u2010": "-", "\u2011": "-", " ": "", "\u00a0": "", "\u202f": ""}
)
_BREAK = re.compile(r"[^\W\d_][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_HALF = re.compile(r"[^\W_][-\u2010\u2011][,\s]")
_WORDS = ("dictionary", "irregular")
"""Steps of a chain by which a form is known rather than guessed at."""
_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?")


@lru_cache(200_000)
def normal_form(word: str) -> str:
    """A word as the keys know it: NFKC, lower case, typographic marks made plain."""
    form = unicodedata.normalize("NFKC", word.lower()).translate(_PLAIN)
    if "." in form or "/" in form:
        form = _SCHEME.sub("", form, count=1).rstrip("./") or form
    return unicodedata.normalize("NFKC", form.lower())


def has_marks(text: str) -> bool:
    """Whether :func:`~progsearch.analysis.reading` changes more of a text than what stands
    between its words."""
    return bool(_HINT.search(text) and _MARKED.search(text))


def plain_words(text: str) -> list[str] | None:
    """The words of a text as they stand in it, where :func:`tokens` finds just these.

    None where marks stand within words, a line's end may have broken one, or a half is to be
    completed: nine texts in ten have none of that.
    """
    if _HINT.search(text) and (_MARKED.search(text) or ("\n" in text and _BREAK.search(text))):
        return None
    if _HALF.search(text):
        return None
    return (_WORD_OR_MAIL if "@" in text else _WORD).findall(text)


def tokens(text: str, lang: str, lexicon: Lexicon) -> list[Token]:
    """The words of ``text`` in order, with their keys in language ``lang``.

    All keys come from ``lexicon.entry`` of single forms, those of the text and a few that
    are put together from two of them: *hälsovård* of *hälso- och sjukvård*, and what a
    line's end has broken without a hyphen.
    """
    found: list[Token] = []
    read = reading(text) if has_marks(text) else None
    words = _WORD_OR_MAIL if "@" in text else _WORD
    for match in words.finditer(read.text if read else text):
        form = normal_form(match[0])
        entry = lexicon.entry(form, lang)
        start, end = match.span()
        if read:
            start, end = read.to_source(start, end)
        found.append(Token(start, end, form, entry.keys, entry.parts))
    if "\n" in text:
        _join_broken(found, text, lang, lexicon)
    if _HALF.search(text):
        _complete_halves(found, lang, lexicon)
    return found


def _join_broken(found: list[Token], text: str, lang: str, lexicon: Lexicon) -> None:
    """Join words that a line's end broke without a hyphen, as text out of a PDF has them.

    They are joined only if the halves are not both words and the whole is one.
    """
    breaks = [(match.start() + 1, match.end()) for match in _BREAK.finditer(text)]
    if not breaks:
        return
    ending = {token.end: at for at, token in enumerate(found)}
    gone = []
    for end, start in breaks:
        at = ending.get(end, len(found))
        if at + 1 < len(found) and found[at + 1].start == start and text[start].islower():
            one, other = found[at], found[at + 1]
            if _is_broken(one.form, other.form, lang, lexicon):
                form = one.form + other.form
                entry = lexicon.entry(form, lang)
                found[at + 1] = Token(one.start, other.end, form, entry.keys, entry.parts)
                gone.append(at)
    for at in reversed(gone):
        del found[at]


def _is_broken(one: str, other: str, lang: str, lexicon: Lexicon) -> bool:
    if not (one.isalpha() and other.isalpha()):
        return False
    if all(lexicon.entry(form, lang).step in _WORDS for form in (one, other)):
        return False
    return lexicon.entry(one + other, lang).step == "dictionary"


def _complete_halves(found: list[Token], lang: str, lexicon: Lexicon) -> None:
    """Give *hälso-* of *hälso- och sjukvård* the keys of *hälsovård* as parts."""
    for at, token in enumerate(found):
        if token.form[-1] == "-":
            whole = next((word for word in found[at + 1 : at + 6] if _whole(word, lang)), None)
            end = _last_half(whole) if whole else ""
            if end:
                entry = lexicon.entry(token.form[:-1] + end, lang)
                parts = tuple(dict.fromkeys((*token.parts, *entry.keys, *entry.parts)))
                found[at] = token._replace(parts=parts)


def _whole(word: Token, lang: str) -> bool:
    """Neither the conjunction nor another half."""
    language = LANGUAGES.get(lang)
    return bool(language and word.form not in language.stop_list and not word.form.endswith("-"))


def _last_half(word: Token) -> str:
    """From the second part of a compound on: *vårdsnämnden* of *sjukvårdsnämnden*."""
    starts = [
        at
        for part in word.parts
        if len(part) > 2 and (at := word.form.find(part[: max(3, len(part) - 1)], 2)) > 0
    ]
    return word.form[min(starts) :] if starts else ""
