"""Signs beside promises that say what became of them (*✅*), and what a legend makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from progsearch.blocks.bullets import TICKS
from progsearch.promises.vocabulary import Vocabulary

__all__ = [
    "BOXES",
    "SIGNS",
    "Doubt",
    "Stated",
    "is_sign",
    "is_ticked",
    "is_unticked",
    "legend_of",
    "of_sign",
    "signs_beside",
]

_SIGNS = {"kept": "✅✔✓☑", "broken": "❌✗✘✕✖", "": "☐☒"}
"""Signs beside a promise. What ☐ and ☒ say of it is not told: the one says that it is not done so
far, the other is a tick or a cross."""
SIGNS = frozenset("".join(_SIGNS.values()))
BOXES = "☑☐☒"
"""Signs that are never a bullet: one alone says what it says."""
_TICKED = re.compile(r"\[[xX]\](?=\s)")
"""An item of a list of tasks that is done; one that is not (``[ ]``) has no word on what is."""
_UNTICKED = re.compile(r"\[[ \-–]?\]|☐")
_BESIDE = re.compile(
    rf"(?:^|(?<=\|))[\s*_]*(?P<first>[{TICKS}])|(?P<last>[{TICKS}])\ufe0f?[\s_.]*$"
)
_TOKEN = r"(?P<token>[" + TICKS + r"]\ufe0f?|[^\W_]{1,12})"
_ENTRY_ENDS = re.compile(rf"[,;|•\n]|(?=[{TICKS}])")
_LEAD = re.compile(r"[^\W\d_][^:=\n]{1,30}:\s+")
MAX_MEANING_WORDS = 6
"""What a sign means is said in fewer words."""


class Stated(NamedTuple):
    """A status, and the words of the report that state it; the status is empty where they say
    what became of a promise, but nothing that is known.

    Behind a dash they may be said of anything (*The roads are worn – broken*): then ``of`` is what
    stands before, and the status is that of a promise only if these are its words. So it is with
    ``cell``, one of a row of several promises. A ``sign`` may be no more than a bullet: it states
    something where its text has others, too.
    """

    status: str
    quote: str
    of: str = ""
    sign: bool = False
    cell: str = ""


class Doubt(NamedTuple):
    """Words of a report by which something seems to be stated of a promise, while no status is
    told: they say nothing that is known, it is not told of which promise (``astray``), or they are
    said of an ``other``, which has other numbers or is the contrary."""

    quote: str
    astray: bool = False
    other: bool = False


def is_sign(text: str) -> bool:
    """Whether a text is one sign."""
    return len(text.rstrip("\ufe0f")) == 1 and text[0] in TICKS


def of_sign(sign: str, legend: Mapping[str, str]) -> str:
    """The status that a sign says; nothing where it says none, or its document something else."""
    sign = sign.rstrip("\ufe0f").casefold()
    if sign in legend:
        return legend[sign]
    return next((status for status, some in _SIGNS.items() if sign in some), "")


def signs_beside(text: str, mark: str = "", legend: Mapping[str, str] | None = None) -> list[str]:
    """The signs before and behind a passage that say something, that of its mark first."""
    before = [char for char in mark if char in TICKS]
    found = [one["first"] or one["last"] for one in _BESIDE.finditer(text)]
    return [one for one in before + found if one in SIGNS or (legend and one in legend)]


def is_ticked(text: str) -> str:
    """The ticked box that a passage begins with, if it does."""
    found = _TICKED.match(text)
    return found[0] if found else ""


def is_unticked(text: str) -> bool:
    """Whether a passage begins with an empty box."""
    return _UNTICKED.match(text) is not None


def legend_of(texts: Iterable[str], words: Vocabulary | None) -> dict[str, str]:
    """What a document says that its signs and letters mean (*S = kept, N = broken*).

    A sign that is said to mean something else than a status, or two of them, means none; then no
    other does, of which nothing is said.
    """
    found: dict[str, set[str]] = {}
    for text in texts:
        for token, status in _entries(text, words):
            found.setdefault(token, set()).add(status)
    told = {token: next(iter(some)) if len(some) == 1 else "" for token, some in found.items()}
    if any(token in TICKS and not status for token, status in told.items()):
        return dict.fromkeys(SIGNS, "") | told  # the others are of the same kind
    return told


@cache
def _entry(means: str) -> re.Pattern[str]:
    """An entry of a legend, in a language whose words say what a sign ``means``."""
    mark = r"\s*[=:–—-]\s*"
    between = rf"(?:{mark}|\s+(?:{means})\s+)" if means else mark
    return re.compile(rf"{_TOKEN}(?P<means>{between}|\s*)(?P<word>[^=]+?)\.?", re.IGNORECASE)


def _entries(text: str, words: Vocabulary | None) -> Iterator[tuple[str, str]]:
    lead = _LEAD.match(text)
    pieces = _ENTRY_ENDS.split(text[lead.end() :] if lead else text)
    said = [bare for one in pieces if (bare := one.strip())]
    entry = _entry(words.means if words else "")
    matches = [entry.fullmatch(one) for one in said]
    told: list[tuple[str, str]] = []
    for match in matches:
        if match is None or len(match["word"].split()) > MAX_MEANING_WORDS:
            return
        token, word = match["token"].rstrip("\ufe0f").casefold(), match["word"]
        stands = words and words.is_phrase.fullmatch(word)
        status = words.status(word) if words and stands else ""
        if not match["means"].strip() and not (token in TICKS and status):
            return
        told.append((token, status))
    signs = [token for token, _ in told if token in TICKS]
    stated = [status for _, status in told if status]
    if len(told) == len(signs) or len(stated) > 1:
        yield from told
