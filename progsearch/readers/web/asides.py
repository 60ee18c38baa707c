"""What stands on a page beside its own text: the way to it, and the beginnings of other texts.

An overview, in which each text is one of many, has no text of its own that they stand beside.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from progsearch.blocks.elements import TAG, Stretch, elements
from progsearch.blocks.marks import words_of
from progsearch.blocks.naming import attributes, parts_of
from progsearch.blocks.wording import simplified
from progsearch.facts.names import fold

__all__ = ["about", "crumbs", "dated", "near", "teasers"]

MAX_TEASER = 4_000
"""Characters of the beginning of a text with its tags; a longer one is a text."""
MAX_ASIDES = 50
MAX_UNDER = 100_000
"""Characters below a heading over other texts."""
_HOLDERS = frozenset(("section", "div", "aside", "ul", "ol", "nav"))
_WHOLE = frozenset(("html", "body", "main"))
_SIBLINGS = frozenset((*_HOLDERS, "article", "main", "body", "table", "dl", "li", "td"))
_NOT_ITSELF = frozenset(("has", "with", "no", "not", "page", "single"))
_HOLDS_TEXT = re.compile(r"<(?:h1|main|article)\b", re.IGNORECASE)
_NAMES = ("class", "id", "aria-label", "itemtype", "role")
_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADING = re.compile(r"<h([1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_HEADING_END = re.compile(r"</h[1-6]\s*>", re.IGNORECASE)
MAX_HEADING = 1_000
"""Characters of a heading with its tags."""
# A link to a place in the same page leads to no other text.
_AWAY = r"<a\s(?:[^<>]{0,2000}\s)?href\s*+=\s*+(?![\"']?+#)"
_LINKED = re.compile(rf"\s*(?:<(?!a\b)[^<>]{{1,300}}>\s*){{0,4}}{_AWAY}", re.IGNORECASE)
_LINK = re.compile(_AWAY, re.IGNORECASE)
_OPENS_BEFORE = re.compile(
    rf"{_AWAY}[^<>]{{0,2000}}>\s*(?:<[^<>/]{{1,300}}>\s*){{0,6}}$", re.IGNORECASE
)
_TOP = re.compile(r"<h1\b", re.IGNORECASE)
_DATED = re.compile(r"<time\b|\bclass\s?=\s?[\"'][^\"']{0,200}\bdate\b", re.IGNORECASE)


class _Heading(NamedTuple):
    level: int
    start: int
    inner: int
    inner_end: int
    end: int


def _headings(page: str, start: int = 0, end: int | None = None) -> Iterator[_Heading]:
    end = len(page) if end is None else end
    for tag in _HEADING.finditer(page, start, end):
        stop = _HEADING_END.search(page, tag.end(), min(end, tag.end() + MAX_HEADING))
        if stop:
            yield _Heading(int(tag[1]), tag.start(), tag.end(), stop.start(), stop.end())


@cache
def _words() -> Mapping[str, frozenset[str]]:
    data = tomllib.loads((files("progsearch") / "data" / "asides.toml").read_text("utf-8"))
    headings = data.pop("headings")
    named = {key: frozenset(words) for key, words in data.items()}
    over = {f"over {key}": frozenset(map(simplified, words)) for key, words in headings.items()}
    return named | over


def crumbs(page: str) -> Iterator[Stretch]:
    """The elements that say how this page is reached; ``page`` is a masked one, as elsewhere."""
    return elements(page, _is_crumbs)


def _is_crumbs(tag: re.Match[str]) -> bool:
    names = _names(tag, (*_NAMES, "data-nav"))
    return tag[2].lower() not in _WHOLE and any(
        not _words()["crumbs"].isdisjoint(_joined(parts)) for parts in names
    )


def about(page: str) -> list[tuple[int, int]]:
    """Where something is told about a text beside it, and what stands at the side of a page."""
    found = ((one.start, one.end) for one in elements(page, _is_about))
    return [(start, end) for start, end in found if not _HOLDS_TEXT.search(page, start, end)]


def _is_about(tag: re.Match[str]) -> bool:
    if tag[2].lower() not in _HOLDERS and tag[2].lower() not in ("dl", "p", "footer", "header"):
        return False
    return any(
        parts and parts[0] not in _NOT_ITSELF and not _words()["about"].isdisjoint(_joined(parts))
        for parts in _names(tag, ("class", "id"))
    )


def near(page: str) -> list[tuple[int, int]]:
    """Where other texts are told of that are near to this one, by names, headings and looks."""
    named = [(one.start, one.end) for one in elements(page, _is_near)]
    headed = list(_headed(page))
    return [
        (start, end)
        for start, end in sorted({*named, *headed})
        if not _TOP.search(page, start, end)
    ]


def teasers(page: str) -> list[tuple[int, int]]:
    """The articles of a page that are the beginnings of others: short, with a title that leads to
    them."""
    found = elements(page, lambda tag: tag[2].lower() == "article" and _is_teaser(page, tag))
    return [(one.start, one.end) for one in found]


def _names(tag: re.Match[str], keys: Sequence[str]) -> list[list[str]]:
    if not tag[3].strip():
        return []
    told = attributes(tag[3])
    return list(parts_of(_folded(" ".join(told.get(key, "") for key in keys))))


def _folded(names: str) -> str:
    """Names without accents, their parts apart as they were."""
    return names if names.isascii() else " ".join(map(fold, names.split()))


def _joined(parts: Sequence[str]) -> set[str]:
    """The parts of a name, and those beside each other as one word."""
    size = len(parts)
    return {
        "".join(parts[at:end]) for at in range(size) for end in range(at + 1, min(size, at + 3) + 1)
    }


def _is_near(tag: re.Match[str]) -> bool:
    if tag[2].lower() not in _HOLDERS:
        return False
    for parts in _names(tag, ("class", "id", "aria-label")):
        if not parts or parts[0] in _NOT_ITSELF:
            continue
        if parts[0] in _words()["near_alone"] or not _words()["near"].isdisjoint(_joined(parts)):
            return True
    return False


def _headed(page: str) -> Iterator[tuple[int, int]]:
    """Where a heading over other texts stands, with what is under it."""
    over, latest = _words()["over near"], _words()["over latest"]
    named = (
        (heading, words)
        for heading in _headings(page)
        if heading.level > 1 and ((words := _said(page, heading)) in over or words in latest)
    )
    for heading, words in islice(named, MAX_ASIDES):
        start, end = _under(page, heading)
        known = _LINK.search(page, heading.end, end) if words in over else None
        if known or (words in latest and _leads_on(page, heading.end, end)):
            yield start, end


def _said(page: str, heading: _Heading) -> str:
    return simplified(" ".join(words_of(page[heading.inner : heading.inner_end])))


def _under(page: str, heading: _Heading) -> tuple[int, int]:
    """From a heading to the next one of its level, or to the end of what both stand in."""
    depth = 0
    last = min(len(page), heading.end + MAX_UNDER)
    for tag in TAG.finditer(page, heading.end, last):
        name = tag[2].lower()
        if name in _SIBLINGS:
            depth += -1 if tag[1] else 1
            if depth < 0:
                if name in ("div", "header") and _is_bare(page, heading, tag.start()):
                    depth = 0  # a box around the heading alone
                    continue
                return heading.start, tag.start()
        elif not tag[1] and not depth and name in _LEVELS[: heading.level]:
            return heading.start, tag.start()
    return heading.start, last


def _is_bare(page: str, heading: _Heading, end: int) -> bool:
    return not words_of(page[heading.end : end])


def _leads_on(page: str, start: int, end: int) -> bool:
    """Whether what stands there are beginnings of texts, each with a title that leads to it."""
    titles = list(_headings(page, start, end))
    if titles:
        return all(_is_linked(page, title) for title in titles)
    items = re.findall(r"<li\b", page[start:end], re.IGNORECASE)
    return bool(items) and len(_LINK.findall(page, start, end)) >= len(items)


def _is_linked(page: str, title: _Heading) -> bool:
    return bool(
        _LINKED.match(page, title.inner, title.inner_end)
        or _OPENS_BEFORE.search(page, max(0, title.start - 1000), title.start)
    )


def _is_teaser(page: str, tag: re.Match[str]) -> bool:
    end = page.find("</article", tag.end(), tag.start() + MAX_TEASER)
    if end < 0:
        return False
    title = next(_headings(page, tag.end(), end), None)
    if title is None:
        return False
    wrapped = _OPENS_BEFORE.search(page, max(0, tag.start() - 1000), tag.start())
    return title.level > 1 and (_is_linked(page, title) or wrapped is not None)


def dated(page: str, stretch: tuple[int, int]) -> bool:
    """Whether a day stands with the beginning of a text."""
    return _DATED.search(page, *stretch) is not None
