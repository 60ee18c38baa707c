"""What a page has and does not say: elements that it never shows, and what it strikes out.

What a page hides until a control opens it (accordions, tabs) is a text like any other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

__all__ = ["Stretch", "hidden", "is_struck", "struck", "unstruck", "with_struck"]

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]{0,20})((?:\s[^<>]{0,2000})?)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![\w:-])([a-z][\w:-]{0,40})(?:\s{0,9}=\s{0,9}("[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'<>]{1,200}))?""",
    re.IGNORECASE,
)
_MAY_HIDE = re.compile(r"\shidden|hidden\s{0,3}[;\"']|display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_HIDING = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_STRIKING = re.compile(r"text-decoration(?:-line)?\s{0,3}:[^;]{0,100}line-through", re.IGNORECASE)
_MAY_STRIKE = re.compile(r"<(?:del|s|strike)\b|line-through", re.IGNORECASE)
_STRUCK_NAMES = frozenset(("del", "s", "strike"))
_CONTROL = re.compile(r"</button|</summary|\brole\s?=\s?[\"']?button|aria-expanded", re.IGNORECASE)
_OPENED = re.compile(
    r"accordion|collaps|toggle|\btab|panel|expand|\bfaq|answer|more|spoiler|harmonika|aufklapp"
    r"|slide|carousel|fold|content",
    re.IGNORECASE,
)
_VOID = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
NEAR = 300
"""Characters before a hidden element in which a control may stand that opens it."""


class Stretch(NamedTuple):
    """An element: where its first tag begins and ends, and where its last one does."""

    start: int
    inner: int
    inner_end: int
    end: int


def hidden(text: str) -> list[Stretch]:
    """The elements of a page that it never shows."""
    if "<" not in text or not _MAY_HIDE.search(text):
        return []
    return list(_elements(text, lambda tag: _hides(text, tag)))


def struck(text: str) -> list[Stretch]:
    """The elements of a page that it strikes out."""
    if "<" not in text or not _MAY_STRIKE.search(text):
        return []
    return list(_elements(text, _strikes))


def _elements(text: str, wanted: Callable[[re.Match[str]], bool]) -> Iterator[Stretch]:
    """The outermost elements of a kind that have an end."""
    opened: re.Match[str] | None = None
    depth = 0
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if opened is None:
            if not tag[1] and name not in _VOID and tag[3][-1:] != "/" and wanted(tag):
                opened, depth = tag, 1
        elif name == opened[2].lower() and tag[3][-1:] != "/":
            depth += -1 if tag[1] else 1
            if not depth:
                yield Stretch(opened.start(), opened.end(), tag.start(), tag.end())
                opened = None


def _attributes(tag: re.Match[str]) -> Mapping[str, str]:
    found = _ATTRIBUTE.finditer(tag[3])
    return {one[1].lower(): (one[2] or "").strip("\"' ") for one in found}


def _hides(text: str, tag: re.Match[str]) -> bool:
    if "hid" not in tag[3].lower() and "none" not in tag[3].lower():
        return False
    told = _attributes(tag)
    stated = told.get("hidden", "false").lower() not in ("false", "until-found")
    if not stated and not _HIDING.search(told.get("style", "")):
        return False
    names = " ".join(told.get(key, "") for key in ("id", "class", "role"))
    if _OPENED.search(names) or _CONTROL.search(text, max(0, tag.start() - NEAR), tag.start()):
        return False
    name = told.get("id", "")
    return not name or _named(text, name) == _named(tag[0], name)


def _named(text: str, name: str) -> int:
    """How often an element is named, by itself or by what opens it."""
    return sum(text.count(one) for one in (f'"{name}"', f"'{name}'", f"#{name}"))


def _strikes(tag: re.Match[str]) -> bool:
    if tag[2].lower() in _STRUCK_NAMES:
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
    for tag in [*_TAG.finditer(text), None]:
        piece = text[at : tag.start() if tag else len(text)]
        bare = piece.strip()
        pieces.append(piece.replace(bare, f"~~{bare}~~") if bare else piece)
        if tag:
            kept = tag[2].lower() not in _STRUCK_NAMES
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
