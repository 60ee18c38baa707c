"""The edges of a block: without blanks, and without the marks that enclose all of it."""

from __future__ import annotations

import re

from progsearch.blocks.elements import TAG
from progsearch.blocks.marks import BLANK, LINK, has_words
from progsearch.blocks.unseen import STRUCK_NAMES, strikes

__all__ = ["trimmed"]

_OPENING = re.compile(r"<([a-z][a-z0-9-]{0,20})(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_CLOSING_END = re.compile(r"</([a-z][a-z0-9-]{0,20})\s{0,20}>$", re.IGNORECASE)
_LONE_END = re.compile(r"(?:<[a-z][a-z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>|\\)$", re.IGNORECASE)
_LONE_START = re.compile(r"</[a-z][a-z0-9-]{0,20}\s{0,20}>", re.IGNORECASE)


def _last_tag(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The tag that ends at ``end``, looked for from its ``<``, so that no time is lost."""
    if text[end - 1 : end] == "\\":
        return pattern.search(text, end - 1, end)
    if text[end - 1 : end] != ">":
        return None
    begin = text.rfind("<", max(start, end - 2100), end)
    return pattern.search(text, begin, end) if begin >= 0 else None


def trimmed(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """The stretch without blanks and marks that enclose all of it, and whether it is a link.

    ``text`` is a :func:`masked` one.
    """
    link = False
    while start < end:
        before = (start, end)
        while start < end and text[start] in BLANK:
            start += 1
        while start < end and text[end - 1] in BLANK:
            end -= 1
        if start >= end:
            break
        start, end, is_link = _unwrapped(text, start, end)
        link = link or is_link
        if (start, end) == before:
            break
    return start, end, link


def _strikes(text: str, start: int, end: int) -> bool:
    """Whether an edge is of what is struck out, which is no mark that says nothing."""
    first = TAG.match(text, start, end) if text[start] == "<" else None
    if first and not first[1] and strikes(first):
        return True
    last = _last_tag(_CLOSING_END, text, start, end)
    return last is not None and last[1].lower() in STRUCK_NAMES


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int, bool]:
    for mark in ("**", "__", "*", "_", "`"):
        size = len(mark)
        if end - start > 2 * size and text.startswith(mark, start):
            inner_end = end - size
            if (
                text.startswith(mark, inner_end)
                and text.find(mark, start + size, inner_end) < 0
                and not text.startswith(mark[0], start + size)
            ):
                return start + size, inner_end, False
            break
    if text[start] == "[" and text[end - 1] in ")]":
        found = LINK.match(text, start, end)
        if found and found.end() == end and has_words(found[1]):
            return found.start(1), found.end(1), True
    if _strikes(text, start, end):
        return start, end, False
    if text[start] == "<":
        opening = _OPENING.match(text, start, end)
        closing = _last_tag(_CLOSING_END, text, start, end)
        if opening and closing and opening[1].lower() == closing[1].lower():
            name = opening[1].lower()
            inner = text[opening.end() : closing.start()]
            if not re.search(rf"</{name}\s*>", inner, re.IGNORECASE):
                return opening.end(), closing.start(), name == "a"
        lone = _LONE_START.match(text, start, end)
        if lone:
            return lone.end(), end, False
    lone = _last_tag(_LONE_END, text, start, end)
    if lone:
        return start, lone.start(), False
    return start, end, False
