"""What a report states of a promise in so many words, and what a person may enter.

A status is never told from how likely it is: it stands only where a passage, or a heading
above it, has one of the words of ``data/status`` by itself, as reports of fulfilment write it
(*Splněno:*, *Status: pågår, 2023*, *[in progress]*, *Not kept.*), or where the passage is ticked
off (*[x]*, *✅*). A sentence that says what was done states no status, nor does what is struck out,
or what others are said to think. Rows of tables are read in :mod:`progsearch.promises.cells`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from progsearch.analysis.notemarks import RAISED_FIGURES
from progsearch.blocks.bullets import TICKS
from progsearch.promises.cells import has_column, heads_of, in_cells
from progsearch.promises.signs import (
    BOXES,
    Stated,
    is_sign,
    is_ticked,
    is_unticked,
    of_sign,
    signs_beside,
)
from progsearch.promises.vocabulary import SHARE, WHOLE, Vocabulary, vocabulary

__all__ = [
    "NO_WORD",
    "STATUSES",
    "Stated",
    "is_counted",
    "is_footnoted",
    "is_introduced",
    "is_marked",
    "is_others",
    "is_status",
    "left_open",
    "signs",
    "stated",
    "states",
]

NO_WORD = "no word"
STATUSES = ("kept", "partly", "broken", "in progress", NO_WORD)
"""What may become of a promise; ``no word`` is for a person to enter: no report speaks of it."""

_PARTLY = re.compile(rf"[^.!?]*?(?<![\d.,/])(?!100\s?%)(?:{SHARE})")
"""A share in what is left of a sentence."""
_EMPHASIS = re.compile(r"(?<![^\s|(])(\*{1,3})(?=[^\s*])([^*|\n]+)(?<=[^\s*])\1(?!\w)")
_FOOTNOTE = re.compile(rf"[^\s*|]\\?\*+(?!\w)|[†‡]|\S(?:[{RAISED_FIGURES}]|<sup\b)")
_DASH = re.compile(r"\s[–—-]\s")
_COUNT = re.compile(r"(?:\(\d{1,3}\)|: ?\d{1,3})$")
"""How many promises stand below a heading."""
MAX_WORDS = 4
"""What is introduced as a status, and is none that is known, has not more words."""
_EDGE = r"[\s:;.,!–—\-|/()\[\]{}*_>✓✔☑✅]"


def signs(
    text: str, mark: str = "", headings: Sequence[str] = (), legend: Mapping[str, str] | None = None
) -> frozenset[str]:
    """What the signs before and behind a passage say (*✅*: ``kept``, *❌*: ``broken``, *☐*: an
    empty text), ``mark`` being what stands before it as its mark in a list."""
    found = [*signs_beside(text, mark, legend), *(one for one in headings if is_sign(one))]
    return frozenset(of_sign(sign, legend or {}) for sign in found)


def is_marked(text: str, mark: str = "") -> bool:
    """Whether something beside its words says what became of it, and be it a box that is empty."""
    return is_ticked(text) != "" or is_unticked(text) or bool(signs_beside(text, mark))


def is_others(heading: str, lang: str) -> bool:
    """Whether what stands below a heading is said of others to be what they think, or of earlier
    ones (*The previous government*); of the head of a table each column says so itself."""
    words = vocabulary(lang)
    if not words or "|" in heading:
        return False
    return bool(words.says.search(heading) or words.earlier.match(heading))


def is_status(text: str, lang: str) -> bool:
    """Whether a text is a sign, or words of what became of a promise, and nothing else."""
    if is_sign(text):
        return True
    if vocabulary(lang) is None:
        return False
    patterns = _patterns(lang)
    return bool(patterns.unknown.match(text) or patterns.alone.fullmatch(text))


def is_counted(text: str, lang: str) -> bool:
    """Whether a text is a status with how many promises have it (*Kept (3)*)."""
    bare = _COUNT.sub("", text)
    return bare != text and is_status(bare, lang)


def is_introduced(text: str, lang: str) -> bool:
    """Whether a text begins with a word that introduces a status (*Status: kept*)."""
    return vocabulary(lang) is not None and _patterns(lang).introduced.match(text) is not None


def is_footnoted(source: str) -> bool:
    """Whether a footnote may take back in part what a passage states (*Kept\\**)."""
    return bool(_FOOTNOTE.search(_EMPHASIS.sub(r"\2", source)))


def stated(
    text: str,
    headings: Sequence[str],
    lang: str,
    mark: str = "",
    legend: Mapping[str, str] | None = None,
    columns: Collection[int] = (),
) -> Stated | None:
    """The status that a passage states, or else the innermost heading above it that is one.

    ``text`` and ``headings`` as people read them, the outermost first; ``mark`` is what stands
    before the passage as its mark in a list, ``legend`` what signs and letters mean in its
    document, ``columns`` those of its table that have statuses. None also where two different ones
    are stated, by words, signs or a heading above signs; mostly none. A heading says nothing of a
    passage that denies something, has a word of another status, or a box that is not ticked.
    """
    legend = legend or {}
    return _stated(text, headings, lang, mark, legend, _row(text, headings, lang, legend, columns))


def left_open(
    text: str,
    headings: Sequence[str],
    lang: str,
    legend: Mapping[str, str],
    columns: Collection[int] = (),
) -> Stated | None:
    """The words by which a passage says what became of a promise, and nothing that is known
    (*Status: under review*); of a row all that is said of it, if that is not one and the same."""
    return _left_open(text, headings, lang, _row(text, headings, lang, legend, columns))


def states(
    text: str,
    headings: Sequence[str],
    lang: str,
    mark: str,
    legend: Mapping[str, str],
    columns: Collection[int],
    *,
    bullets: bool,
) -> list[Stated]:
    """All that a passage states: in a row whose columns are statuses what each of its cells does,
    or else its status, or what it leaves open. Signs that are ``bullets`` state nothing."""
    row = _row(text, headings, lang, legend, columns)
    by_column = [one for one in row.states if one.cell] if row else []
    if by_column and not any(is_others(heading, lang) for heading in headings):
        return [one for one in by_column if not (bullets and one.sign)]
    only = _stated(text, headings, lang, mark, legend, row)
    if only is None or (bullets and only.sign):
        only = _left_open(text, headings, lang, row)
    return [only] if only else []


class _Row(NamedTuple):
    """What the cells of a row state, and whether one of its columns is for that."""

    states: Sequence[Stated]
    has_column: bool


def _row(
    text: str,
    headings: Sequence[str],
    lang: str,
    legend: Mapping[str, str],
    columns: Collection[int],
) -> _Row | None:
    if "|" not in text:
        return None
    words = vocabulary(lang)
    heads = heads_of(headings, words, legend)
    return _Row(list(in_cells(text, heads, words, legend, columns)), has_column(heads))


def _stated(
    text: str,
    headings: Sequence[str],
    lang: str,
    mark: str,
    legend: Mapping[str, str],
    row: _Row | None,
) -> Stated | None:
    words = vocabulary(lang)
    if any(is_others(heading, lang) for heading in headings):
        return None
    above = _above(headings, words, legend, lang)
    ticked = is_ticked(text)
    found = {
        status: Stated(status, sign, sign=sign not in BOXES and sign not in legend)
        for sign in signs_beside("" if row else text, mark, legend)
        if (status := of_sign(sign, legend)) or sign in BOXES
    }
    if ticked:
        found["kept"] = Stated("kept", ticked)
    if found and {of_sign(char, legend) for char in text if is_sign(char)} - found.keys():
        return None  # signs of several promises in one passage (*✅ roads ❌ rail*)
    if found and above and above.status not in found:
        return None
    if found and above and not above.sign:
        found = {status: one._replace(sign=False) for status, one in found.items()}
    if row:
        of_words = {one.status: one for one in row.states}
        found = found | of_words
    elif words:
        said = text[len(ticked) :].lstrip() if ticked else text
        of_words = {one.status: one for one in _in_text(said, words, lang)}
        found = found | of_words if not ticked else of_words | found
    if found:
        only = next(iter(found.values()))
        if only.of and above and above.status != only.status:
            return None
        return only if len(found) == 1 and only.status else None
    if above is None or (row and row.has_column):
        return None
    marked = signs_beside(text, mark, legend)
    return above if _agrees(text, above, words, lang) and not marked else None


def _left_open(text: str, headings: Sequence[str], lang: str, row: _Row | None) -> Stated | None:
    words = vocabulary(lang)
    if words is None or any(is_others(heading, lang) for heading in headings):
        return None
    if row:
        quote = " | ".join(dict.fromkeys(one.quote for one in row.states))
        several = row.has_column and len({one.status for one in row.states}) > 1
        return Stated("", quote) if several or any(not one.status for one in row.states) else None
    inside = next((one for one in _in_text(text, words, lang) if not one.status), None)
    if inside is None and headings and not is_sign(headings[-1]) and is_status(headings[-1], lang):
        alone = _patterns(lang).alone.fullmatch(headings[-1])
        inside = None if alone and words.status(alone["word"]) else Stated("", headings[-1])
    return inside


def _agrees(text: str, above: Stated, words: Vocabulary | None, lang: str) -> bool:
    """Whether nothing in a passage is against what stands above it."""
    if is_unticked(text):
        return False
    if words is None:
        return True
    patterns = _patterns(lang)
    others = {words.status(one[0]) for one in patterns.anywhere.finditer(text)}
    turned = patterns.turned.search(text) or words.against.search(text)
    return not others - {above.status} and not turned


def _above(
    headings: Sequence[str], words: Vocabulary | None, legend: Mapping[str, str], lang: str
) -> Stated | None:
    """The status that the innermost heading is that is one."""
    for heading in reversed(headings):
        if is_sign(heading):
            status = of_sign(heading, legend)
            return Stated(status, heading, sign=heading not in legend) if status else None
        bare = _COUNT.sub("", heading)
        alone = _patterns(lang).alone.fullmatch(bare) if words else None
        if words and alone and (status := words.status(alone["word"])):
            return Stated(status, alone["word"])
        if words and (alone or words.turns_below(heading) or _has_status(heading, words)):
            return None  # "Kept promises" and below it "Not yet started"
    return None


def _has_status(heading: str, words: Vocabulary) -> bool:
    """Whether a heading that is no status has a word of one."""
    return words.is_spoken.search(heading) is not None


def _in_text(text: str, words: Vocabulary, lang: str) -> Iterator[Stated]:
    patterns = _patterns(lang)
    for match in (patterns.begin.match(text), patterns.named.search(text)):
        # "Kept – says the mayor"
        if match is None or words.says.match(text[match.end() :].lstrip()):
            continue
        status = words.status(match["word"])
        known = status or _is_open(match["word"], words)
        if known and not (status in WHOLE and _PARTLY.match(text, match.end())):
            yield Stated(status, match["word"])
    unknown = patterns.unknown.search(text)
    if unknown and not words.says.search(text[: unknown.start()]):
        yield Stated("", unknown["named"] or unknown[0])
    end = patterns.end.search(text)
    if end and not end["turned"] and (words.status(end["word"]) or _is_open(end["word"], words)):
        status, before = words.status(end["word"]), text[: end.start()]
        agrees = not status or not end["sign"] or of_sign(end["sign"], {}) == status
        if end["dash"] and _has_other(before, status, words, patterns):
            agrees = False
        if agrees and not words.says.search(before):
            yield Stated(status, end["word"], before if end["dash"] else "")
    asked = patterns.answered.search(text)
    behind = patterns.behind.match(text)
    if behind and asked and asked.start("word") == behind.start("word"):
        behind = None  # "New roads – kept: no"
    if behind and (words.status(behind["word"]) or _is_open(behind["word"], words)):
        status, of = words.status(behind["word"]), behind["of"]
        rest = text[behind.end() :]
        if not (
            _asks_or_tells_of_more(rest, status, words, patterns)
            or words.says.search(text)
            or words.foreign.match(of)
            or patterns.turned.fullmatch(_DASH.split(of)[-1])
        ):
            yield Stated(status, behind["word"], of)
    if asked and not words.says.search(text[: asked.start()]):
        status = words.answered(words.status(asked["word"]), asked["answer"])
        if status:
            yield Stated(status, text[asked.start("word") : asked.end("answer")])


_SHARE_OF = re.compile(r"[\s:;,(]{0,4}\d{1,6}(?:\s?/\s?|\s\w{1,3}\s)\d")
"""So many of so many: *kept: 3 of 10*."""


def _asks_or_tells_of_more(rest: str, status: str, words: Vocabulary, patterns: _Patterns) -> bool:
    """Whether what stands behind a status doubts it, has another, or says that it is of some."""
    more = _SHARE_OF.match(rest) is not None or _has_other(rest, status, words, patterns)
    return more or rest.rstrip().endswith("?")


def _has_other(text: str, status: str, words: Vocabulary, patterns: _Patterns) -> bool:
    return bool({words.status(one[0]) for one in patterns.anywhere.finditer(text)} - {status})


def _is_open(word: str, words: Vocabulary) -> bool:
    """Whether words say what became of a promise, and nothing that is known."""
    return words.is_open.fullmatch(word) is not None


class _Patterns(NamedTuple):
    """Where a status stands: ``alone``, at the beginning, behind a word that introduces it, at the
    end, ``behind`` the colon or dash of what it is said of, or ``answered`` with yes or no;
    ``unknown`` words that are ``introduced`` as one; its words ``anywhere``, and those by which it
    is ``turned`` into another."""

    alone: re.Pattern[str]
    introduced: re.Pattern[str]
    begin: re.Pattern[str]
    named: re.Pattern[str]
    end: re.Pattern[str]
    behind: re.Pattern[str]
    answered: re.Pattern[str]
    unknown: re.Pattern[str]
    anywhere: re.Pattern[str]
    turned: re.Pattern[str]


@cache
def _patterns(lang: str) -> _Patterns:
    """The patterns of a language that has words."""
    words = vocabulary(lang)
    if words is None:
        raise ValueError(lang)
    word, turned = words.spoken, words.turned
    named = rf"(?:(?:{words.introduce})\s*[:–—-]\s*)"
    # At the beginning it needs a mark behind it that parts it from what follows, at the end
    # one before it: "Splněno: …", "… (splněno)", "… – splněno", and not "bylo splněno". A colon
    # is such a mark only behind a word that introduces a status, or behind the words of a promise
    # ("New roads: not built"), or between a dash and what was done ("New roads – kept: we built
    # 20 km"): behind others stands who says it, or for when it is planned. Words
    # before or behind it may turn it: "Splněno – částečně", "Not – kept"; behind one that is
    # introduced, in all of its sentence: "Status: kept, partly".
    parts = {
        "alone": rf"{_EDGE}*{named}?(?P<word>{word}){_EDGE}*",
        "introduced": rf"{_EDGE}*(?:{words.introduce})\s*[:–—-]",
        "begin": rf"{_EDGE}*{named}?(?P<word>{word})(?:\s*[:–—|)\]]|\s+-\s|\s*$)"
        rf"(?!\s*(?:(?:{turned})\b|\d+\s?%))",
        "named": rf"(?:^|[.,;:!?|(\[]|\s[–—-])\s*{named}(?P<word>{word})(?=\s*[,;.(])"
        rf"(?![^.!?]*?(?:\b(?:{turned})\b|\d\s?%))",
        "end": rf"(?P<turned>(?<!\w)(?:{turned})\s*)?"
        rf"(?:(?:[(\[|]\s*|(?P<dash>[–—]\s*|\s-\s+)|[.!?]\s+){named}?|[.,;]\s*{named})"
        rf"(?:(?P<sign>[{TICKS}])\ufe0f?\s*)?(?P<word>{word})\s*[)\].!]*\s*$",
        "behind": rf"(?P<of>[^.!?:|\n]*[^.!?:|\s])(?::|\s+[–—-])\s+(?P<word>{word})\s*"
        rf"(?:[)\].!]*\s*$|(?=[,;.(:]))"
        rf"(?![^.!?]*?(?:\b(?:{turned})\b|\d\s?%))",
        "answered": rf"(?:^|[.,;!?(\[]|\s[–—-])\s*{named}?(?P<word>{word})\s*(?:\?|[:–—]|\s-)\s*"
        rf"(?P<answer>{'|'.join(words.answers)})(?!\w)\s*[)\].!]*\s*$",
        # Few words and no more of the sentence, which begin with no status.
        "unknown": rf"(?:^[\s*_>\[(]*|[.!?;,(\[]\s*|\s[–—-]\s+)(?P<named>(?:{words.introduce}):\s+"
        rf"(?!{words.spoken})(?:[^\W\d_][\w’'-]*+\s?){{1,{MAX_WORDS}}})[\s.!)\]*_]*$",
        "anywhere": words.phrase,
        "turned": rf"(?<!\w)(?:{turned})(?!\w)",
    }
    return _Patterns(**{name: re.compile(one, re.IGNORECASE) for name, one in parts.items()})
