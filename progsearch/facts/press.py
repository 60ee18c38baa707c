"""How news say that they are news: by a word, the frame of the page, its address, who wrote it.

A day alone says nothing: programmes have one, too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from progsearch.facts.dates import date_line
from progsearch.facts.names import fold

__all__ = ["changed_before", "holds_news", "names_kind", "reads_as_news", "stands_among_news"]
__all__ += ["is_no_title", "tells_change"]

FIRST = 8
"""Lines at the head of a text that say what it is."""
MAX_LINE = 120
_NAME_WORDS = (2, 3)
_NUMBER = re.compile(r"(?: (?:nr|no|c|cislo|num|nummer))?(?: \d{1,5}){0,3}$")
_ONLY_NUMBER = re.compile(r"(?:nr|no|c|cislo|num|nummer|n)(?: \d{1,5}){1,3}")
_SMALL = frozenset(("am", "den", "der", "det", "dna", "dne", "dnia", "on", "the"))
_BEFORE_DAY = re.compile(r"\d")


@cache
def _words() -> Mapping[str, frozenset[str]]:
    source = (files("progsearch") / "data" / "press.toml").read_text(encoding="utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(source).items()}


def names_kind(line: str) -> bool:
    """Whether a line only says that a text is for the press (*Pressemitteilung Nr. 34/2024*)."""
    if len(line) > MAX_LINE or _first_word(line) not in _first_words():
        return False
    return _NUMBER.sub("", fold(line), count=1) in _words()["kinds"]


@cache
def _first_words() -> frozenset[str]:
    return frozenset(kind.split()[0] for kind in _words()["kinds"])


def _first_word(line: str) -> str:
    """The first word of a folded line, without all of it being folded."""
    return next(filter(None, map(fold, line.split())), "").partition(" ")[0]


def is_no_title(line: str) -> bool:
    """Whether a line only says that a text is for the press, or which of these it is (*Nr. 34*)."""
    return names_kind(line) or (len(line) <= MAX_LINE and bool(_ONLY_NUMBER.fullmatch(fold(line))))


def reads_as_news(text: str) -> bool:
    """Whether the first lines say that it is news, or that somebody wrote it on a day; or lines
    further down lead from a dated text to other news."""
    lines = [line.strip("#*_ \t\xa0") for line in text.splitlines() if line.strip()]
    first = lines[:FIRST]
    if any(names_kind(line) or fold(line[:MAX_LINE]) in _words()["frames"] for line in first):
        return True
    if not date_line(text, lines=FIRST):
        return False
    return any(map(_is_byline, first)) or _leads_on(lines)


def _is_byline(line: str) -> bool:
    words = line.replace(":", " ").split() if len(line) <= MAX_LINE else []
    return any(
        _is_name(words[count:]) and fold(" ".join(words[:count])) in _words()["bylines"]
        for count in range(1, 4)
    )


def _is_name(words: Sequence[str]) -> bool:
    return len(words) in _NAME_WORDS and all(
        word[0].isupper() and word.replace("-", "").isalpha() for word in words
    )


def _leads_on(lines: Sequence[str]) -> bool:
    return any(len(line) <= MAX_LINE and fold(line) in _words()["related"] for line in lines)


def holds_news(folder: str) -> bool:
    """Whether a folder of this name holds news."""
    return folder.lower() in _words()["folders"] or fold(folder) in _words()["folders"]


def stands_among_news(address: str) -> bool:
    """Whether the address of a page is one of news (``/nyheter/2024/kortare-koer``)."""
    try:
        parts = urlsplit(address).path.strip("/").split("/")
    except ValueError:
        return False
    return any(map(holds_news, parts[:-1]))


def changed_before(text: str) -> bool:
    """Whether a text ends with words for a change, which a day behind them is that of."""
    words = fold(text[-MAX_LINE:]).split()
    while words and words[-1] in _SMALL:
        words.pop()
    return any(" ".join(words[-count:]) in _words()["changed"] for count in range(1, 4))


def tells_change(line: str) -> bool:
    """Whether a line that is a day is the one on which a text was changed (*Uppdaterad 3 maj*)."""
    return changed_before(_BEFORE_DAY.split(line, maxsplit=1)[0])
