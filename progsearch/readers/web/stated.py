"""What a page states of itself in its head and its names: the day it is from, whether it is news.

The day on which it was changed last is not the day that it is from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from progsearch.blocks.marks import BLOCK_TAG, INLINE_TAG
from progsearch.blocks.naming import attributes
from progsearch.errors import ProgsearchError
from progsearch.facts.press import changed_before
from progsearch.readers.source import library

__all__ = ["day", "day_of_change", "kind", "times", "times_of_change"]

MAX_PAGE = 5_000_000
MAX_ITEMS = 50
"""Things that a page describes as data, among which it is itself."""
MAX_TIMES = 20
MAX_BESIDE = 10
"""Words that may stand beside a day in its line; with more it is one that the text tells of."""
_HEAD = re.compile(r"<head\b.*?</head\s*>", re.IGNORECASE | re.DOTALL)
_DATA = re.compile(
    r"<script\b[^>]{0,300}application/ld\+json[^>]{0,300}>(.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
_META = re.compile(r"<meta\b[^<>]{0,2000}>", re.IGNORECASE)
_CHANGES = re.compile(r"modif|updat|revis|chang|reviewed", re.IGNORECASE)
_TIME = re.compile(r"<time\b([^<>]{0,500})>.{0,200}?</time\s*>", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NEWS = re.compile(r"(?:\w*news\w*article|pressrelease|report|liveblogposting)", re.IGNORECASE)
_POST = re.compile(r"(?:blog|socialmedia)posting", re.IGNORECASE)
_CLASSES = re.compile(r"<(body|article|main)\b([^<>]{0,2000})>", re.IGNORECASE)
_NEWS_CLASS = re.compile(
    r"(?:single-|type-|node--type-|node-type-|page-node-type-)(?:news|nyhe\w+|press\w*|aktualit\w+"
    r"|nachricht\w*|uutinen|tiedote|article|artikel)|news-single|single-news"
)
_IS_PAGE = re.compile(r"page-id-\d+|type-page|node--type-page|page-node-type-page")
_IS_POST = re.compile(r"single-post|type-post|node--type-blog\w*|blog-post-single")
_OF_PAGE = re.compile(r"(?:\w*article|\w*posting|pressrelease|report|\w*page)", re.IGNORECASE)


def day(page: str, times: str) -> str:
    """The day that the page states in its head, or in its ``times``; any other is a guess."""
    for item in _described(page):
        if found := _DAY.match(str(item.get("datePublished") or "")):
            return found[0]
    head = _HEAD.search(page[:MAX_PAGE])
    told = _META.sub(_without_change, _SCRIPT.sub(" ", head[0])) if head else ""
    stated = f"<html>{told}<body>{times}</body></html>"
    try:
        find_date = library("htmldate", "html", "reading pages of the web").find_date
        return str(find_date(stated, original_date=True, extensive_search=False) or "")
    except ProgsearchError:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken page makes it stumble over
        return ""


def day_of_change(page: str) -> str:
    """The day on which the page was changed last, as it states; an empty text without one."""
    head = _HEAD.search(page[:MAX_PAGE])
    for tag in _META.finditer(head[0] if head else ""):
        if _changes(tag) and (found := _DAY.search(tag[0])):
            return found[0]
    days = (_DAY.match(str(item.get("dateModified") or "")) for item in _described(page))
    return next((found[0] for found in days if found), "")


def times(page: str, aside: Sequence[tuple[int, int]]) -> str:
    """The first time that stands in a line of its own and none of a change; not one ``aside``.

    ``page`` is a masked one.
    """
    for time in islice(_TIME.finditer(page), MAX_TIMES):
        if _is_of_change(page, time) or any(start <= time.start() < end for start, end in aside):
            continue
        before, after = _beside(page, time)
        if len(before.split()) + len(after.split()) <= MAX_BESIDE:
            return time[0]
    return ""


def times_of_change(page: str) -> list[tuple[int, int]]:
    """Where the times stand on which a page says that it was changed."""
    found = islice(_TIME.finditer(page), MAX_TIMES)
    return [time.span() for time in found if _is_of_change(page, time)]


def _is_of_change(page: str, time: re.Match[str]) -> bool:
    named = attributes(time[1])
    names = f"{named.get('class', '')} {named.get('itemprop', '')}"
    if _CHANGES.search(names) and "publish" not in names.lower():
        return True
    return changed_before(_beside(page, time)[0])


def kind(page: str) -> str:
    """``news`` or ``post``, where the page says that it is one; an empty text where it does not."""
    types = [one for item in _described(page) for one in _several(item.get("@type"))]
    classes = list(_classes(page))
    if any(map(_POST.fullmatch, types)):
        return "post"
    if any(map(_NEWS.fullmatch, types)) or any(map(_NEWS_CLASS.fullmatch, classes)):
        return "news"
    if any(map(_IS_PAGE.fullmatch, classes)):
        return ""
    if any(map(_IS_POST.fullmatch, classes)):
        return "post"
    return "news" if "Article" in types or _is_open_graph_article(page) else ""


def _classes(page: str) -> Iterator[str]:
    """The classes of the page and of the one article in it; of several articles none."""
    tags = [
        (tag[1].lower(), attributes(tag[2]).get("class", "")) for tag in _CLASSES.finditer(page)
    ]
    articles = [names for name, names in tags if name == "article"]
    for name, names in tags:
        if name != "article" or len(articles) == 1:
            yield from names.lower().split()


def _is_open_graph_article(page: str) -> bool:
    head = _HEAD.search(page[:MAX_PAGE])
    told = {}
    for tag in _META.finditer(head[0] if head else ""):
        named = attributes(tag[0][5:-1])
        told[(named.get("property") or named.get("name", "")).lower()] = named.get("content", "")
    is_article = told.get("og:type", "").lower() == "article"
    return is_article and bool(told.get("article:published_time"))


def _changes(tag: re.Match[str]) -> bool:
    named = attributes(tag[0][5:-1])
    names = (named.get(key, "") for key in ("name", "property", "itemprop", "http-equiv"))
    return any(_CHANGES.search(name) for name in names)


def _without_change(tag: re.Match[str]) -> str:
    return " " if _changes(tag) else tag[0]


def _beside(page: str, time: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind a time in its line."""
    begin, end = max(0, time.start() - 500), time.end() + 500
    before, after = page[begin : time.start()], page[time.end() : end]
    last = [tag.end() for tag in BLOCK_TAG.finditer(before)]
    next_ = BLOCK_TAG.search(after)
    before = before[last[-1] if last else 0 :]
    after = after[: next_.start() if next_ else len(after)]
    return INLINE_TAG.sub(" ", before), INLINE_TAG.sub(" ", after)


def _several(value: object) -> list[str]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return [value] if isinstance(value, str) else []


def _described(page: str) -> list[Mapping[str, object]]:
    """What the page describes as data (JSON-LD), the outermost of it."""
    found: list[Mapping[str, object]] = []
    for script in islice(_DATA.finditer(page[:MAX_PAGE]), MAX_ITEMS):
        try:
            data = json.loads(script[1])
        except (ValueError, RecursionError):
            continue
        tops = data if isinstance(data, list) else [data]
        for top in tops[:MAX_ITEMS]:
            graph = top.get("@graph") if isinstance(top, dict) else None
            inner = graph[:MAX_ITEMS] if isinstance(graph, list) else [top]
            found += [one for one in inner if isinstance(one, dict)]
    own = [one for one in found if any(map(_OF_PAGE.fullmatch, _several(one.get("@type"))))]
    # A list of articles tells of none that it is this one.
    articles = [one for one in own if not any(map(_is_frame, _several(one.get("@type"))))]
    return own if len(articles) <= 1 else [one for one in own if one not in articles]


def _is_frame(type_: str) -> bool:
    return type_.lower().endswith("page")
