"""The words of a text, each with its place and its keys."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from progsearch.analysis.notemarks import RAISED_FIGURES
from progsearch.analysis.text import reading
from progsearch.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from progsearch.analysis.lexicon import Entry, Lexicon

    Known = Callable[[str], bool]

__all__ = [
    "Token",
    "at_blanks",
    "forms_asked",
    "goes_over",
    "has_marks",
    "is_broken",
    "is_word",
    "may_go_over",
    "normal_form",
    "over_lines",
    "plain_words",
    "split_piece",
    "tokens",
]


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
    [^\W\d_]++(?![.:'’@\-\u2010\u2011\u0300-\u036f\d_])         # most words, told at once
  | (?=[\w%‰§€])(?:                                             # and where there is none
      (?:https?://|www\.)[^\s<>()\[\]"]*(?:[^\W_]|/)        # an address is one word
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
    )
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
    rf"|\S[{RAISED_FIGURES}]"
)
"""What may stand within a word or hide words that nobody reads; other texts are read as is."""
_HINT = re.compile(
    rf"[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f<&\\~`\]\[{{*\n{RAISED_FIGURES}]"
)
"""One of the letters that each of these has: looked for in a tenth of the time."""
_PLAIN = str.maketrans(
    {"’": "'", "\u2010": "-", "\u2011": "-", " ": "", "\u00a0": "", "\u202f": ""}
)
_BREAK = re.compile(r"[^\W\d_][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_LETTERS, _LETTERS_BEFORE = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+$")
_LONG = 60  # letters of a word before a line's end that are looked at
_HYPHENS = ("-", "\u2010", "\u2011")
_ONE_WORD = re.compile(r"([^\w%‰§€]*)([^\W\d_]+)([^\w%‰§€\-\u2010\u2011]*)")
"""What is the one word of a piece, told at once."""
_SECOND = re.compile(r"\d{3}(?!\d)|[soú]\.")
_OVER = re.compile(
    r"\d[ \u00a0\u202f]\d{3}(?!\d)"
    r"|(?<![^\W_])[^\W\d_]\.[ \u00a0](?:[^\W\d_]\.[ \u00a0])?[soú]\."
)
# The hyphen first, for most texts have few.
_HALF = re.compile(r"[-\u2010\u2011](?<=[^\W_].)[,\s]")
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


def is_word(entry: Entry) -> bool:
    """Whether a form is known rather than guessed at."""
    return entry.step in _WORDS


def _plain(text: str, known: Known) -> re.Pattern[str] | None:
    """What finds the words of a text, where :func:`tokens` finds just these.

    None where marks stand within words or a line's end may have broken one: most texts have
    none of that.
    """
    if _HINT.search(text) and (_MARKED.search(text) or _may_be_broken(text, known)):
        return None
    return _WORD_OR_MAIL if "@" in text else _WORD


def _may_be_broken(text: str, known: Known) -> bool:
    """Whether a line's end stands between two pieces of which one is no word."""
    if "\n" not in text:
        return False
    for match in _BREAK.finditer(text):
        end, start = match.start() + 1, match.end()
        if text[start].islower():
            one = _LETTERS_BEFORE.search(text, max(0, end - _LONG), end)
            other = _LETTERS.match(text, start)
            if not (one and other and end - one.start() < _LONG):
                return True
            if not (known(one[0]) and known(other[0])):
                return True
    return False


def plain_words(text: str, known: Known) -> list[str] | None:
    """The words of a text as they stand in it; None where there is more to it, as a half that is
    to be completed, so that :func:`tokens` must be asked. ``known`` tells of a word as it stands
    there whether its form :func:`is_word`."""
    pattern = None if _HALF.search(text) else _plain(text, known)
    return None if pattern is None else pattern.findall(text)


def at_blanks(text: str) -> list[str] | None:
    """What stands between the blanks of a text, mostly a word, with a comma or without.

    None where marks may stand within words or hide some. What a line's end may have broken is
    told by :func:`over_lines`, and whether a word goes over a blank by :func:`goes_over`.
    """
    if text[-1:] in _HYPHENS or (_HINT.search(text) and _MARKED.search(text)):
        return None
    return text.split()


def over_lines(text: str) -> Iterator[tuple[str, str]]:
    """What stands before each line's end and behind it, where it may be halves of one word."""
    before = ""
    for line in text.split("\n"):
        first = line.split(None, 1)[:1]
        if before and first and first[0][0].islower():
            yield before, first[0]
        last = line.rsplit(None, 1)[-1:]
        before = last[0] if last and last[0][-1].isalpha() else ""


def may_go_over(piece: str) -> bool:
    """Whether what stands between two blanks may belong to the word before: 10 000; s. r. o."""
    return bool(_SECOND.match(piece))


def goes_over(text: str) -> bool:
    """Whether a word of a text has a blank in it."""
    return bool(_OVER.search(text))


def split_piece(piece: str) -> list[str]:
    """What stands between two blanks, at its words: every second part is one, the first and the
    last are what stands around all."""
    one = _ONE_WORD.fullmatch(piece)
    if one:
        return [*one.groups()]
    found = _around(_WORD_OR_MAIL if "@" in piece else _WORD).split(f" {piece} ")
    found[0], found[-1] = found[0].removeprefix(" "), found[-1].removesuffix(" ")
    return found


@cache
def _around(words: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"({words.pattern})", words.flags)


def tokens(text: str, lang: str, lexicon: Lexicon) -> list[Token]:
    """The words of ``text`` in order, with their keys in language ``lang``.

    All keys come from ``lexicon.entry`` of single forms, those of the text and a few that
    are put together from two of them: *hälsovård* of *hälso- och sjukvård*, and what a
    line's end has broken without a hyphen.
    """
    found: list[Token] = []
    read = reading(text) if has_marks(text) else None
    words = _WORD_OR_MAIL if "@" in text else _WORD
    new = tuple.__new__  # half the time of calling Token
    met = [*words.finditer(read.text if read else text)]
    spans = [match.span() for match in met]
    if read:
        spans = read.to_sources(spans)
    for match, (start, end) in zip(met, spans, strict=True):
        form = normal_form(match[0])
        entry = lexicon.entry(form, lang)
        found.append(new(Token, (start, end, form, entry.keys, entry.parts)))
    if "\n" in text:
        _join_broken(found, text, lang, lexicon)
    if _HALF.search(text):
        _complete_halves(found, lang, lexicon)
    return found


def forms_asked(text: str) -> Iterator[str]:
    """The forms that :func:`tokens` may ask its lexicon for, whatever that answers."""
    read = reading(text).text if has_marks(text) else text
    words = _WORD_OR_MAIL if "@" in text else _WORD
    forms = [normal_form(match[0]) for match in words.finditer(read)]
    yield from forms
    if "\n" in text:
        yield from map("".join, pairwise(forms))
    for at, form in enumerate(forms):
        if form[-1] == "-":
            for other in forms[at + 1 : at + 6]:
                yield from (form[:-1] + other[start:] for start in range(2, len(other)))


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
            if is_broken(one.form, other.form, lang, lexicon):
                form = one.form + other.form
                entry = lexicon.entry(form, lang)
                found[at + 1] = Token(one.start, other.end, form, entry.keys, entry.parts)
                gone.append(at)
    for at in reversed(gone):
        del found[at]


def is_broken(one: str, other: str, lang: str, lexicon: Lexicon) -> bool:
    """Whether two forms are halves of a word that a line's end has broken."""
    if not (one.isalpha() and other.isalpha()):
        return False
    if all(is_word(lexicon.entry(form, lang)) for form in (one, other)):
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
