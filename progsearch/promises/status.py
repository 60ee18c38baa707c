"""What a report states of a promise in so many words, and what a person may enter.

A status is never told from how likely it is: it stands only where a passage, or a heading
above it, has one of the words of ``data/status`` by itself, as reports of fulfilment write it
(*Splněno:*, *Status: pågår, 2023*, *[in progress]*), or where the passage is ticked off (*[x]*,
*✅*). A sentence that says what was done states no status, nor does what is struck out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["NO_WORD", "STATUSES", "Stated", "stated"]

NO_WORD = "no word"
STATUSES = ("kept", "partly", "broken", "in progress", NO_WORD)
"""What may become of a promise; ``no word`` is for a person to enter: no report speaks of it."""

_KEYS = {"kept": "kept", "partly": "partly", "broken": "broken", "progress": "in progress"}
_TICKED = re.compile(r"\[[xX]\](?=\s)")
"""An item of a list of tasks that is done; one that is not (``[ ]``) has no word on what is."""
_UNTICKED = re.compile(r"\[[ \-–]?\]|☐")
_SIGNS = {"kept": "✅✔✓☑", "broken": "❌✗✘", "": "☐☒"}
"""Signs beside a promise. What ☐ and ☒ say of it is not told: the one says that it is not done so
far, the other is a tick or a cross."""
_BOXES = "☑☐☒"
"""Signs that are never a bullet: one alone says what it says."""
_SIGN = re.compile(
    rf"(?:^|(?<=\|))[\s*_]*(?P<first>[{''.join(_SIGNS.values())}])"
    rf"|(?P<last>[{''.join(_SIGNS.values())}])\ufe0f?[\s*_.]*$"
)
_EVERY_SIGN = frozenset("".join(_SIGNS.values()))
_STRUCK = re.compile(r"~~\S|<(?:del|s|strike)\b", re.IGNORECASE)
_EDGE = r"[\s:;.,!–—\-|/()\[\]{}*_>✓✔☑✅]"


class Stated(NamedTuple):
    """A status, and the words of the report that state it.

    Behind a dash they may be said of anything (*The roads are worn – broken*): then ``of`` is what
    stands before, and the status is that of a promise only if these are its words. A ``sign`` may
    be no more than a bullet: it states something where its text has others, too (:func:`signs`).
    """

    status: str
    quote: str
    of: str = ""
    sign: bool = False


def signs(text: str, mark: str = "") -> frozenset[str]:
    """What the signs before and behind a passage say (*✅*: ``kept``, *❌*: ``broken``, *☐*: an
    empty text), ``mark`` being what stands before it as its mark in a list."""
    return frozenset(_of_sign(sign) for sign in _signs(text, mark))


def is_marked(text: str, mark: str = "") -> bool:
    """Whether something beside its words says what became of it, and be it a box that is empty."""
    return bool(_TICKED.match(text) or _UNTICKED.match(text) or _signs(text, mark))


def is_struck(source: str) -> bool:
    """Whether something is struck out in the source of a passage."""
    return bool(_STRUCK.search(source))


def _signs(text: str, mark: str) -> list[str]:
    before = [char for char in mark if any(char in some for some in _SIGNS.values())]
    return before + [found["first"] or found["last"] for found in _SIGN.finditer(text)]


def _of_sign(sign: str) -> str:
    return next(status for status, some in _SIGNS.items() if sign in some)


def stated(text: str, headings: Sequence[str], lang: str, mark: str = "") -> Stated | None:
    """The status that a passage states, or else the innermost heading above it that is one.

    ``text`` and ``headings`` as people read them, the outermost first; ``mark`` is what stands
    before the passage as its mark in a list. None also where two different ones are stated, by
    words, signs or a heading above signs; mostly none. A heading says nothing of a passage that
    denies something, has a word of another status, or a box that is not ticked.
    """
    patterns = _patterns(lang)
    above = _above(headings, patterns, lang) if patterns else None
    ticked = _TICKED.match(text)
    found = {
        status: Stated(status, sign, sign=sign not in _BOXES)
        for sign in _signs(text, mark)
        if (status := _of_sign(sign))
    }
    if ticked:
        found["kept"] = Stated("kept", ticked[0])
    if found and {_of_sign(char) for char in text if char in _EVERY_SIGN} - found.keys():
        return None  # signs of several promises in one passage (*✅ roads ❌ rail*)
    if found and above and above.status not in found:
        return None
    if patterns:
        said = text[ticked.end() :].lstrip() if ticked else text
        of_words = {one.status: one for one in _in_text(said, patterns, lang)}
        found = found | of_words if not ticked else of_words | found
    if found:
        return next(iter(found.values())) if len(found) == 1 else None
    if patterns is None or above is None:
        return None
    others = {_status(one[0], lang) for one in patterns.anywhere.finditer(text)}
    if others - {above.status} or patterns.turned.search(text) or _UNTICKED.match(text):
        return None
    return None if _signs(text, mark) else above


def _above(headings: Sequence[str], patterns: _Patterns, lang: str) -> Stated | None:
    """The status that the innermost heading is that is one."""
    matches = (patterns.alone.fullmatch(heading) for heading in reversed(headings))
    match = next(filter(None, matches), None)
    return Stated(_status(match["word"], lang), match["word"]) if match else None


def _in_text(text: str, patterns: _Patterns, lang: str) -> Iterator[Stated]:
    for match in (patterns.begin.match(text), patterns.named.search(text)):
        if match:
            yield Stated(_status(match["word"], lang), match["word"])
    end = patterns.end.search(text)
    if end and not end["turned"]:
        of = text[: end.start()] if end["dash"] else ""
        yield Stated(_status(end["word"], lang), end["word"], of)
    for cell in text.split("|") if "|" in text else ():
        if match := patterns.alone.fullmatch(cell.strip()):
            yield Stated(_status(match["word"], lang), match["word"])


def _status(word: str, lang: str) -> str:
    return _words(lang)[_plain(word)]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _data(lang: str) -> Mapping[str, list[str]]:
    source = files("progsearch").joinpath("data", "status", f"{lang}.toml")
    if not source.is_file():
        return {}
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _words(lang: str) -> Mapping[str, str]:
    """The status of each word of a language."""
    data = _data(lang)
    return {_plain(word): status for key, status in _KEYS.items() for word in data.get(key, ())}


class _Patterns(NamedTuple):
    """Where a status stands: at the beginning, behind a word that introduces it, at the end, or
    alone; its words ``anywhere``, and those by which it is ``turned`` into another."""

    begin: re.Pattern[str]
    named: re.Pattern[str]
    end: re.Pattern[str]
    alone: re.Pattern[str]
    anywhere: re.Pattern[str]
    turned: re.Pattern[str]


@cache
def _patterns(lang: str) -> _Patterns | None:
    """The patterns of a language; longer words stand before those that they hold."""
    if not lang.isalpha() or not _words(lang):
        return None
    word = _any(_words(lang))
    named = rf"(?:(?:{_any(_data(lang)['introduce'])})\s*[:–—-]\s*)"
    turned = _any(_data(lang)["turned_by"]) or "(?!)"
    # At the beginning it needs a mark behind it that parts it from what follows, at the end
    # one before it: "Splněno: …", "… (splněno)", "… – splněno", and not "bylo splněno". A colon
    # is such a mark only behind a word that introduces a status: behind others stands who says
    # it, or for when it is planned. Words before or behind it may turn it: "Splněno – částečně",
    # "Not – kept"; behind one that is introduced, in all of its sentence: "Status: kept, partly".
    parts = {
        "begin": rf"{_EDGE}*{named}?(?P<word>{word})(?:\s*[:–—|)\]]|\s+-\s|\s*$)"
        rf"(?!\s*(?:(?:{turned})\b|\d+\s?%))",
        "named": rf"(?:^|[.,;:!?|(\[]|\s[–—-])\s*{named}(?P<word>{word})(?=\s*[,;.(])"
        rf"(?![^.!?]*?(?:\b(?:{turned})\b|\d\s?%))",
        "end": rf"(?P<turned>(?<!\w)(?:{turned})\s*)?"
        rf"(?:(?:[(\[|]\s*|(?P<dash>[–—]\s*|\s-\s+)|[.!?]\s+){named}?|[.,;]\s*{named})"
        rf"(?P<word>{word})\s*[)\].!]*\s*$",
        "alone": rf"{_EDGE}*{named}?(?P<word>{word}){_EDGE}*",
        "anywhere": rf"(?<!\w)(?:{word})(?!\w)",
        "turned": rf"(?<!\w)(?:{turned})(?!\w)",
    }
    return _Patterns(**{name: re.compile(one, re.IGNORECASE) for name, one in parts.items()})


def _any(words: Iterable[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, one.split())) for one in longest)
