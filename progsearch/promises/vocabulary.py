"""The words by which reports state what became of a promise: ``data/status``, language by language.

A statement is made of a word of a status and of words that turn it: *was not kept*, *splněno jen
zčásti*. So neither forms of negation nor of degree have to be listed with each word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from progsearch.analysis.alternatives import any_of

__all__ = ["BROKEN", "KEPT", "PARTLY", "SHARE", "WHOLE", "Vocabulary", "vocabulary"]

KEPT, PARTLY, BROKEN = "kept", "partly", "broken"
SHARE = (
    r"\d+(?:[.,]\d+)?\s?%"
    r"|\d{1,3}(?:\s?/\s?|\s[^\W\d]{1,3}\s)\d{1,3}(?![\d/]|\.\d)"
)
"""A pattern of a part of the whole, which is not it: *50 %*, *2/5*, *2 of 5*."""
LONGEST_PREPOSITION = 3
"""Letters of words that say until when, at most."""
WHOLE = frozenset((KEPT, BROKEN))
"""What is said of the whole promise, and of no share of it."""
_KEYS = {"kept": KEPT, "partly": PARTLY, "broken": BROKEN, "progress": "in progress"}


class Vocabulary(NamedTuple):
    """The words of a language. All are patterns, without groups, but ``words``: what each says.
    Those that are put into other patterns are texts; ``is_phrase``, ``is_open`` and ``is_spoken``
    are the same, compiled.

    ``phrase`` is a statement; :meth:`status` tells what it says. ``open`` are words of what became
    of a promise that say neither (*under review*), ``spoken`` is a statement or these. ``answers``
    are yes, no and in part, in this order, ``foreign`` words of what is planned, of earlier times,
    or said by others, ``says`` only the last, ``earlier`` only the second. ``against`` are words of
    what failed or was given up, ``contrast`` these and those by which a heading sets what is below
    it against what stands above; ``apart`` is a heading that does so by itself.
    """

    words: Mapping[str, str]
    phrase: str
    open: str
    spoken: str
    answers: tuple[str, str, str]
    introduce: str
    turned: str
    foreign: re.Pattern[str]
    says: re.Pattern[str]
    earlier: re.Pattern[str]
    means: str
    against: re.Pattern[str]
    contrast: re.Pattern[str]
    apart: re.Pattern[str]
    is_phrase: re.Pattern[str]
    is_open: re.Pattern[str]
    is_spoken: re.Pattern[str]
    is_answer: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]
    has_nots: re.Pattern[str]
    has_parts: re.Pattern[str]
    has_turned: re.Pattern[str]
    begins_turned: re.Pattern[str]
    begins_introducing: re.Pattern[str]
    ends_introducing: re.Pattern[str]
    lists_answers: re.Pattern[str]

    def status(self, phrase: str) -> str:
        """What a statement says; nothing where its words do not go together (*not partly kept*)."""
        said = _plain(phrase)
        if said in self.words:
            return self.words[said]
        if self.is_open.fullmatch(said):
            return ""
        core = max((word for word in self.words if _holds(said, word)), key=len, default="")
        status = self.words.get(core, "")
        rest = f" {said} ".replace(f" {core} ", " ", 1)
        partly = self.has_parts.search(rest) is not None
        if self.has_nots.search(rest):
            # What is not wholly kept may be kept in part.
            return BROKEN if status == KEPT and not partly and " " not in core else ""
        if partly:
            return PARTLY if status in (KEPT, PARTLY) else ""
        return status

    def turns(self, text: str) -> bool:
        """Whether words of a text make something else of the statement beside them."""
        return self.has_turned.search(text) is not None or self.foreign.search(text) is not None

    def denies(self, text: str) -> bool:
        """Whether something is denied in a text, wherever (*What we could not do*)."""
        return self.has_nots.search(text) is not None

    def turns_below(self, heading: str) -> bool:
        """Whether a status further out than a heading says nothing of what is below it: the
        heading denies something, sets it against what stands above, or begins with a plan."""
        if self.contrast.search(heading) or self.apart.fullmatch(heading):
            return True
        if self.denies(heading):
            return True
        begun = heading.lstrip(" *_–—-")
        if self.begins_turned.match(begun):
            return True
        foreign = self.foreign.match(begun)
        # A short one is a preposition: "By 2030" above a column, but "By bus" of a topic.
        return foreign is not None and len(foreign[0]) > LONGEST_PREPOSITION

    def answered(self, status: str, answer: str) -> str:
        """What it says of a promise that this status is answered with yes, no or in part."""
        yes, no, part = (one.fullmatch(answer) for one in self.is_answer)
        if yes:
            return status
        if status != KEPT:
            return ""
        return BROKEN if no else PARTLY if part else ""


@cache
def vocabulary(lang: str) -> Vocabulary | None:
    """The words of a language; None where there are none."""
    data = _data(lang) if lang.isalpha() else {}
    words = {_plain(word): status for key, status in _KEYS.items() for word in data.get(key, ())}
    if not words:
        return None
    beside = [*data["nots"], *data["parts"], *data["little"]]
    phrase = (
        rf"(?<!\w)(?:(?:{any_of(beside)})\s+)*(?:{any_of(words)})(?:\s+(?:{any_of(beside)}))*(?!\w)"
    )
    undecided = rf"(?<!\w)(?:(?:{any_of(data['little'])})\s+)*(?:{any_of(data['open'])})(?!\w)"
    says = [*data["others"], *data["says"]]
    foreign = [*data["by"], *data["planned"], *data["earlier"]]
    begun = rf"(?:^|[.!?]\s+)(?:{any_of(data['by'])})(?!\w)"
    spoken = f"(?:{undecided}|{phrase})"
    answers = (any_of(data["yes"]), any_of(data["no"]), any_of(data["parts"]))
    nots, parts, turned = (any_of(data[key]) for key in ("nots", "parts", "turned_by"))
    introduce, any_answer = any_of(data["introduce"]), "|".join(answers)
    listed = rf"\((?:{any_answer})(?:\s*[/,]\s*(?:{any_answer}))+\)"
    yes, no, part = (re.compile(one, re.IGNORECASE) for one in answers)
    return Vocabulary(
        words,
        phrase,
        undecided,
        spoken,
        answers,
        introduce,
        turned,
        re.compile(_somewhere([*says, *foreign]), re.IGNORECASE),
        re.compile(rf"{_somewhere(says)}|{begun}", re.IGNORECASE),
        re.compile(rf"\W*{_somewhere(data['earlier'])}", re.IGNORECASE),
        any_of(data["means"]),
        re.compile(_somewhere(data["against"]), re.IGNORECASE),
        re.compile(_somewhere([*data["against"], *data["contrast"]]), re.IGNORECASE),
        re.compile(rf"\W*(?:{any_of(data['apart'])})\W*", re.IGNORECASE),
        is_phrase=re.compile(phrase, re.IGNORECASE),
        is_open=re.compile(undecided, re.IGNORECASE),
        is_spoken=re.compile(spoken, re.IGNORECASE),
        is_answer=(yes, no, part),
        has_nots=_whole(nots),
        has_parts=_whole(parts),
        has_turned=_whole(turned),
        begins_turned=re.compile(rf"(?:{turned})(?!\w)", re.IGNORECASE),
        begins_introducing=re.compile(rf"(?:{introduce})(?!\w)", re.IGNORECASE),
        ends_introducing=re.compile(rf"(?:.*\s)?(?:{introduce})", re.IGNORECASE),
        lists_answers=re.compile(listed, re.IGNORECASE),
    )


def _data(lang: str) -> Mapping[str, list[str]]:
    source = files("progsearch").joinpath("data", "status", f"{lang}.toml")
    if not source.is_file():
        return {}
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _holds(text: str, word: str) -> bool:
    return f" {word} " in f" {text} "


def _whole(words: str) -> re.Pattern[str]:
    """A pattern of some words where they are not part of others."""
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _somewhere(words: Iterable[str]) -> str:
    """A pattern of one of the words, a star in which is any ending."""
    return rf"(?<!\w)(?:{any_of(words)})(?!\w)".replace(r"\*", r"\w*")
