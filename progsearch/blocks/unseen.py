"""What a page has and does not say: elements that it never shows, and what it strikes out.

What a page hides until a control opens it (accordions, tabs) is a text like any other.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from operator import attrgetter

from progsearch.blocks.elements import TAG, Stretch, elements

__all__ = ["STRUCK_NAMES", "hidden", "is_struck", "strikes", "struck", "unstruck", "with_struck"]

_ATTRIBUTE = re.compile(
    r"""(?<![\w:-])([a-z][\w:-]{0,40})(?:\s{0,9}=\s{0,9}("[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'<>]{1,200}))?""",
    re.IGNORECASE,
)
_MAY_HIDE = re.compile(r"\shidden|hidden\s{0,3}[;\"']|display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_HIDING = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_STRIKING = re.compile(r"text-decoration(?:-line)?\s{0,3}:[^;]{0,100}line-through", re.IGNORECASE)
_MAY_STRIKE = re.compile(r"<(?:del|s|strike)\b|line-through", re.IGNORECASE)
STRUCK_NAMES = frozenset(("del", "s", "strike"))
"""Elements that strike out what stands in them."""
_CONTROL = re.compile(r"</button|</summary|\brole\s?=\s?[\"']?button|aria-expanded", re.IGNORECASE)
_PART = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+")
_NAMED = re.compile(r"""(?<=["'])[^"'<>]{1,200}(?=["'])|\#[^\s"'<>\#&;,(){}]{1,200}""")
NEAR = 300
"""Characters before a hidden element in which a control may stand that opens it."""


def hidden(text: str) -> Sequence[Stretch]:
    """The elements of a page that it never shows."""
    if "<" not in text or not _MAY_HIDE.search(text):
        return ()
    return _hidden(text)


@lru_cache(1)  # a page is asked for several times, one after the other
def _hidden(text: str) -> Sequence[Stretch]:
    named = _named(text)
    return tuple(elements(text, lambda tag: _hides(text, tag, named)))


def struck(text: str) -> list[Stretch]:
    """The elements of a page that it strikes out."""
    if "<" not in text or not _MAY_STRIKE.search(text):
        return []
    return list(elements(text, strikes))


def _attributes(tag: re.Match[str]) -> Mapping[str, str]:
    found = _ATTRIBUTE.finditer(tag[3])
    return {one[1].lower(): (one[2] or "").strip("\"' ") for one in found}


def _hides(text: str, tag: re.Match[str], named: Mapping[str, int]) -> bool:
    if "hid" not in tag[3].lower() and "none" not in tag[3].lower():
        return False
    told = _attributes(tag)
    stated = told.get("hidden", "false").lower() not in ("false", "until-found")
    if not stated and not _HIDING.search(told.get("style", "")):
        return False
    if _is_opened(" ".join(told.get(key, "") for key in ("id", "class", "role"))):
        return False
    if _CONTROL.search(text, max(0, tag.start() - NEAR), tag.start()):
        return False
    name = told.get("id", "")
    return not name or named[name] == _named(tag[0])[name]


@cache
def _opened() -> frozenset[str]:
    path = files("progsearch") / "data" / "opened.toml"
    return frozenset(tomllib.loads(path.read_text("utf-8"))["names"])


def _is_opened(names: str) -> bool:
    """Whether a name of an element says that something opens it."""
    for name in names.split():
        parts = [part.lower() for part in _PART.findall(name)]
        both = map("".join, pairwise(parts))
        if not _opened().isdisjoint((*parts, *both)):
            return True
    return False


def _named(text: str) -> Counter[str]:
    """How often elements are named, by themselves or by what opens them."""
    return Counter(one[0].removeprefix("#") for one in _NAMED.finditer(text))


def strikes(tag: re.Match[str]) -> bool:
    """Whether a tag, which begins an element, strikes it out."""
    if tag[2].lower() in STRUCK_NAMES:
        return True
    return "line-through" in tag[3].lower() and bool(
        _STRIKING.search(_attributes(tag).get("style", ""))
    )


def with_struck(text: str, stretches: list[Stretch], start: int, end: int) -> str:
    """``text[start:end]`` with ``~~`` around all words between its tags that are struck out."""
    pieces = []
    at = start
    for one in stretches[bisect_right(stretches, start, key=attrgetter("end")) :]:
        if one.start >= end:
            break
        begin, stop = max(one.inner, start), min(one.inner_end, end)
        pieces += [text[at : max(at, one.start)], _marked(text[begin:stop])]
        at = min(one.end, end)
    return "".join([*pieces, text[at:end]])


def _marked(text: str) -> str:
    pieces = []
    at = 0
    for tag in [*TAG.finditer(text), None]:
        piece = text[at : tag.start() if tag else len(text)]
        bare = piece.strip()
        pieces.append(piece.replace(bare, f"~~{bare}~~") if bare else piece)
        if tag:
            kept = tag[2].lower() not in STRUCK_NAMES
            pieces.append(tag[0] if kept else "")
            at = tag.end()
    return "".join(pieces)


def unstruck(text: str) -> str:
    """A text without what is struck out in it."""
    if elements := struck(text):
        pieces = []
        at = 0
        for one in elements:
            pieces.append(text[at : one.start])
            at = one.end
        text = " ".join([*pieces, text[at:]])
    parts = text.split("~~")
    if len(parts) < 3:
        return text
    lone = f"~~{parts.pop()}" if len(parts) % 2 == 0 else ""
    return " ".join(parts[::2]) + lone


def is_struck(text: str) -> bool:
    """Whether something is struck out in the source of a passage."""
    return unstruck(text) != text
