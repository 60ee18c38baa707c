"""What a report states of a promise in so many words, and what a person may enter.

A status is never told from how likely it is: it stands only where a passage, or the heading
right above it, has one of the words of ``data/status`` by itself, as reports of fulfilment
write it (*Splněno:*, *Status: pågår*, *[in progress]*). A sentence that says what was done
states no status.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["NO_WORD", "STATUSES", "Stated", "stated"]

NO_WORD = "no word"
STATUSES = ("kept", "partly", "broken", "in progress", NO_WORD)
"""What may become of a promise; ``no word`` is for a person to enter: no report speaks of it."""

_KEYS = {"kept": "kept", "partly": "partly", "broken": "broken", "progress": "in progress"}
_EDGE = r"[\s:;.,!–—\-|/()\[\]{}*_>✓✔☑✅]"


class Stated(NamedTuple):
    """A status, and the words of the report that state it."""

    status: str
    quote: str


def stated(text: str, heading: str, lang: str) -> Stated | None:
    """The status that a passage states, or the heading right above it; mostly none.

    ``text`` and ``heading`` as people read them. None also where two different ones are stated.
    """
    patterns = _patterns(lang)
    if patterns is None:
        return None
    begin, end, alone = patterns
    found = {
        _status(match["word"], lang): match["word"]
        for match in (begin.match(text), end.search(text))
        if match and not match.groupdict().get("turned")
    }
    if not found:
        match = alone.fullmatch(heading)
        found = {_status(match["word"], lang): match["word"]} if match else {}
    if len(found) != 1:
        return None
    ((status, quote),) = found.items()
    return Stated(status, quote)


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


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]] | None:
    """At the beginning, at the end, and alone; longer words before those that they hold."""
    if not lang.isalpha() or not _words(lang):
        return None
    words = sorted(_words(lang), key=len, reverse=True)
    word = "|".join(r"\s+".join(map(re.escape, one.split())) for one in words)
    before = "|".join(r"\s+".join(map(re.escape, one.split())) for one in _data(lang)["introduce"])
    named = rf"(?:(?:{before})\s*[:–—-]\s*)"
    flags = re.IGNORECASE
    # At the beginning it needs a mark behind it that parts it from what follows, at the end
    # one before it: "Splněno: …", "… (splněno)", "… – splněno", and not "bylo splněno". A colon
    # is such a mark only behind a word that introduces a status: behind others stands who says
    # it, or for when it is planned. Words before or behind it may turn it: "Splněno – částečně",
    # "Not – kept".
    turned = "|".join(r"\s+".join(map(re.escape, one.split())) for one in _data(lang)["turned_by"])
    begin = (
        rf"{_EDGE}*{named}?(?P<word>{word})(?:\s*[:–—|)\]]|\s+-\s|\s*$)"
        rf"(?!\s*(?:(?:{turned})\b|\d+\s?%))"
    )
    behind = rf"(?<!\w)(?:{turned})\s*" if turned else ""
    parted = rf"(?P<turned>{behind})?(?:[(\[|–—]\s*|\s-\s+|[.!?]\s+){named}?"
    end = rf"(?:{parted}|[.,;]\s*{named})(?P<word>{word})\s*[)\].!]*\s*$"
    alone = rf"{_EDGE}*{named}?(?P<word>{word}){_EDGE}*"
    return re.compile(begin, flags), re.compile(end, flags), re.compile(alone, flags)
