"""Which text opens which part of a page: titles of tabs and accordions, wherever they stand.

A control that names a part of the page, or has its place in a row of them, is the heading of that
part, and is put above it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from progsearch.blocks.edges import trimmed
from progsearch.blocks.elements import TAG, Stretch, elements
from progsearch.blocks.levels import BOLD_LEVEL
from progsearch.blocks.marks import has_words, plain, words_of
from progsearch.blocks.naming import attributes, parts_of
from progsearch.blocks.sentences import stands_as_heading
from progsearch.blocks.unseen import is_opened
from progsearch.blocks.wording import load_wording
from progsearch.facts.names import fold
from progsearch.model import Block, Shape
from progsearch.readers.markdown.markup import FOLD

__all__ = ["headed_by_role", "over_panels"]

MAX_CONTROLS = 300
MAX_DEPTH = 4
"""Parts of a page that are opened in others."""
MAX_WORDS, MAX_TITLE = 25, 2_000
"""Words of a title, and its characters with tags."""
MAX_UP = 3
"""Boxes around a title alone."""
MAX_ITEM = 50_000
"""Characters of what one title opens."""
DEEPEST = 6
_TEXT = frozenset((Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE))
_NAMING = ("aria-controls", "data-bs-target", "data-target", "href", "data-tab-target")
_BOLD = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)", re.IGNORECASE)
_MAY_CONTROL = re.compile(
    r"aria-(?:controls|labelledby)|data-(?:bs-)?target|data-tab-target|tab|accordion|toggle|faq"
    r"|collaps",
    re.IGNORECASE,
)
_TAGGED = ("h2", "h3", "h4", "h5", "h6")
_CLICKED = frozenset(("a", "button", "span", *_TAGGED))
_BOXES = frozenset(
    ("div", "li", "header", "span", "a", "button", "p", "h2", "h3", "h4", "h5", "h6")
)
_ITEMS = frozenset(
    ("div", "li", "section", "article", "ul", "ol", "header", "main", "body", "details", "summary")
)
_LISTS = frozenset(("ul", "ol", "div", "nav"))


class _Opened(NamedTuple):
    """A title and the part of the page that it opens."""

    title: Stretch
    start: int
    end: int


@cache
def _words() -> Mapping[str, frozenset[str]]:
    source = (files("progsearch") / "data" / "opened.toml").read_text("utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(source).items()}


def over_panels(
    page: str, blocks: Sequence[Block], around: Sequence[tuple[int, int]]
) -> tuple[list[Block], list[tuple[int, int]]]:
    """The blocks, each title of what it opens as a heading above that, and what stands ``around``
    the text of the page without these titles; ``page`` is a masked one.
    """
    done = [_led_on(page, block) for block in blocks]
    if not _MAY_CONTROL.search(page):
        return done, list(around)
    seen: dict[int, int] = {}
    opened: dict[int, _Opened] = {}  # by the places of their titles
    named = [*_named(page), *_in_rows(page)]
    known = {one.title.start for one in named}
    found = [*named, *(one for one in _titled(page) if one.title.start not in known)]
    for one in sorted(found, key=lambda one: (one.start, -one.title.start)):
        if len(seen) > MAX_CONTROLS:
            break
        if one.title.start in opened or any(start <= one.start < end for start, end in around):
            continue
        again = one.start in seen
        if (moved := _with_heading(page, done, one, opened, again=again)) is not None:
            seen[one.start] = one.title.start
            opened[one.title.start] = one
            done = moved
    return done, [part for stretch in around for part in _less(stretch, opened.values())]


def _led_on(page: str, block: Block) -> Block:
    """A control that opens more of the same text is no heading."""
    if block.label != FOLD or fold(" ".join(words_of(_said(page, block)))) not in _words()["more"]:
        return block
    return replace(block, shape=Shape.NAVIGATION, level=0, label="")


def _less(stretch: tuple[int, int], opened: Iterable[_Opened]) -> Iterator[tuple[int, int]]:
    """What stands around a text without the titles in it."""
    at, end = stretch
    for title in sorted(one.title for one in opened if at <= one.title.inner < end):
        yield at, title.start
        at = title.end
    yield at, end


def headed_by_role(page: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those as headings that only their role says are some (``role=heading``)."""
    levels: dict[int, int] = {}
    for one in elements(page, _is_heading):
        told = attributes(page[one.start : one.inner].rstrip("/>")).get("aria-level", "")
        inside = [at for at, block in enumerate(blocks) if _within(block, one)]
        if len(inside) == 1:
            level = int(told) if told.isdecimal() else 2
            levels[inside[0]] = min(DEEPEST, max(1, level))
    done = [
        replace(block, shape=Shape.HEADING, level=levels[at], label="")
        if at in levels and block.shape in _TEXT
        else block
        for at, block in enumerate(blocks)
    ]
    return _with_bold(page, done)


def _with_bold(page: str, blocks: list[Block]) -> list[Block]:
    """The blocks, short ones as headings of which a style makes all bold, over a text."""
    if not _BOLD.search(page):
        return blocks
    bold = {
        at
        for one in islice(elements(page, lambda tag: bool(_BOLD.search(tag[3]))), MAX_CONTROLS)
        for at, block in enumerate(blocks[:-1])
        if _within(block, one) and block.shape is Shape.PARAGRAPH and not block.label
    }
    return [
        replace(block, shape=Shape.HEADING, level=BOLD_LEVEL, label="bold")
        if at in bold
        and blocks[at + 1].shape in _TEXT
        and at + 1 not in bold
        and stands_as_heading(plain(_said(page, block)))
        else block
        for at, block in enumerate(blocks)
    ]


def _is_heading(tag: re.Match[str]) -> bool:
    return "heading" in tag[3].lower() and attributes(tag[3]).get("role", "").lower() == "heading"


def _with_heading(
    page: str,
    blocks: Sequence[Block],
    one: _Opened,
    opened: Mapping[int, _Opened],
    *,
    again: bool,
) -> list[Block] | None:
    """The blocks with a title above what it opens; None where that is no text. A title that is
    there ``again`` stands aside."""
    if one.title.inner_end - one.title.inner > MAX_TITLE:
        return None
    start, end, _ = trimmed(page, one.title.inner, one.title.inner_end)
    words = words_of(page[start:end])
    if start >= end or not words or len(words) > MAX_WORDS:
        return None
    said = " ".join(words)
    if load_wording().is_link_line(said) or fold(said) in _words()["more"]:
        return None
    inside = [at for at, block in enumerate(blocks) if one.start <= block.start < one.end]
    texts = [at for at in inside if not _within(blocks[at], one.title)]
    if not any(blocks[at].shape in _TEXT for at in texts):
        return None
    first, last = texts[0], texts[-1]
    own = [block for block in blocks if _within(block, one.title)]
    if len(own) > 1 and any(block.shape is Shape.HEADING for block in own):
        return None
    level = next((b.level for b in own if b.shape is Shape.HEADING and b.label != FOLD), 0)
    tagged = level or next((b.level for b in own if b.shape is Shape.HEADING), DEEPEST)
    level = tagged if tagged < DEEPEST else _level_below(blocks, one, opened)
    if blocks[first].shape is Shape.HEADING and words_of(_said(page, blocks[first])) == words:
        return None
    title = Block(Shape.HEADING, start, end, level, FOLD)
    title = replace(title, shape=Shape.NAVIGATION, level=0, label="") if again else title
    below = blocks[first : last + 1]
    if not again:
        below = _deeper([block for block in below if not _within(block, one.title)], level)
        title = replace(title, closes=below[0].closes)
        below[0] = replace(below[0], closes=0)
    rest = [*_apart(page, blocks[:first], one.title), title, *below]
    after = list(_apart(page, blocks[last + 1 :], one.title))
    if after and not again:
        after[0] = replace(after[0], closes=min(after[0].closes or level, level))
    return [*rest, *after]


def _within(block: Block, title: Stretch) -> bool:
    return title.start <= block.start and block.end <= title.end


def _said(page: str, block: Block) -> str:
    return page[block.start : block.end]


def _level_below(blocks: Sequence[Block], one: _Opened, opened: Mapping[int, _Opened]) -> int:
    """The level of a title that has none of its own: below the heading that it stands under, and
    beside the title before it."""
    before = (block for block in reversed(blocks) if block.end <= min(one.start, one.title.start))
    for block in before:
        if block.shape is not Shape.HEADING or block.level > DEEPEST:
            continue
        known = next((it for it in opened.values() if _within(block, it.title)), None)
        if known is None and block.label == FOLD and block.level == DEEPEST:
            continue  # of another part, that is not yet told
        beside = block.label == FOLD and (known is None or not known.start <= one.start < known.end)
        return block.level if beside else min(DEEPEST, block.level + 1)
    return 2


def _deeper(blocks: Sequence[Block], level: int) -> list[Block]:
    """The blocks that a title of a level opens, their headings below it."""
    levels = [one.level for one in blocks if one.shape is Shape.HEADING and one.level <= DEEPEST]
    more = max(0, level + 1 - min(levels, default=DEEPEST))
    return [
        replace(one, level=min(DEEPEST, one.level + more))
        if one.shape is Shape.HEADING and one.level <= DEEPEST
        else one
        for one in blocks
    ]


def _apart(page: str, blocks: Sequence[Block], title: Stretch) -> Iterator[Block]:
    """The blocks without the words of a title; of one that runs over it what stands beside."""
    for block in blocks:
        if block.end <= title.start or block.start >= title.end:
            yield block
            continue
        for start, end in ((block.start, title.start), (title.end, block.end)):
            begin, stop, _ = trimmed(page, start, end) if start < end else (0, 0, False)
            if begin < stop and has_words(page[begin:stop]):
                yield replace(block, start=begin, end=stop)


# -- which title opens which part


def _named(page: str) -> Iterator[_Opened]:
    """Titles and what they name by its id, or what names them."""
    titles: dict[str, list[Stretch]] = {}
    own_names: dict[str, Stretch] = {}
    for one, told in _all(page, _controls):
        for key in _NAMING:
            value = told.get(key, "")
            name = value.removeprefix("#") if key == "aria-controls" or value[:1] == "#" else ""
            if name:
                titles.setdefault(name, []).append(one)
                break
        if told.get("id") and told.get("role") in ("tab", "button"):
            own_names[told["id"]] = one
    if not titles and not own_names:
        return

    def is_panel(tag: re.Match[str]) -> bool:
        told = attributes(tag[3]) if "id" in tag[3] or "labelledby" in tag[3] else {}
        return told.get("id") in titles or told.get("aria-labelledby") in own_names

    for panel, told in _all(page, is_panel):
        names = f"{told.get('class', '')} {told.get('id', '')} {told.get('role', '')}"
        by_name = own_names.get(told.get("aria-labelledby", ""))
        for title in titles.get(told.get("id", ""), [by_name] if by_name else []):
            opening = attributes(page[title.start : title.inner])
            sure = any(key in opening for key in (*_NAMING[:3], "data-toggle"))
            if title.start != panel.start and (sure or by_name or is_opened(names)):
                yield _Opened(title, panel.inner, panel.inner_end)


def _controls(tag: re.Match[str]) -> bool:
    inside = tag[3]
    if "#" not in inside and "aria-controls" not in inside and "role" not in inside:
        return False
    told = attributes(inside)
    if told.get("aria-haspopup") or tag[2].lower() in ("nav", "form", "input", "select", "body"):
        return False
    if told.get("role") == "tab" or told.get("aria-controls"):
        return True
    return any(told.get(key, "")[:1] == "#" and len(told[key]) > 1 for key in _NAMING)


def _all(
    page: str,
    wanted: Callable[[re.Match[str]], bool],
    at: int = 0,
    end: int | None = None,
    depth: int = 0,
) -> Iterator[tuple[Stretch, Mapping[str, str]]]:
    """The elements of a kind, those in others, too, with their attributes."""
    text = page[at:end]
    for one in elements(text, wanted):
        found = Stretch(at + one.start, at + one.inner, at + one.inner_end, at + one.end)
        yield found, attributes(page[found.start : found.inner].rstrip("/>"))
        if depth < MAX_DEPTH and found.inner < found.inner_end:
            yield from _all(page, wanted, found.inner, found.inner_end, depth + 1)


def _in_rows(page: str) -> Iterator[_Opened]:
    """The titles of a row of them, each with the part that has its place in the row of parts."""
    rows = list(elements(page, _is_row))
    parts = sorted(elements(page, _is_part)) if rows else []
    for row in rows:
        inner = page[row.inner : row.inner_end]
        titles = list(elements(inner, lambda tag: tag[2].lower() in ("li", "button", "a")))
        first = bisect_left(parts, row.end, key=attrgetter("start"))
        below = parts[first : first + len(titles)]
        if len(titles) < 2 or len(below) != len(titles):
            continue
        for title, part in zip(titles, below, strict=True):
            shifted = Stretch(*(row.inner + place for place in title))
            yield _Opened(shifted, part.inner, part.inner_end)


def _is_row(tag: re.Match[str]) -> bool:
    """Whether an element is named as a row of tabs (``et_pb_tabs_controls``, ``tabs-nav``)."""
    if tag[2].lower() not in _LISTS or "tab" not in tag[3].lower():
        return False
    told = attributes(tag[3])
    if told.get("role") == "tablist":
        return True
    row = _words()["rows"]
    return any(
        not {"tab", "tabs"}.isdisjoint(parts) and not row.isdisjoint(parts)
        for parts in parts_of(told.get("class", ""))
    )


def _is_part(tag: re.Match[str]) -> bool:
    if tag[2].lower() not in ("div", "section", "li", "article") or "class" not in tag[3].lower():
        return False
    told = attributes(tag[3])
    if told.get("role") == "tabpanel":
        return True
    ends = ("tab", "tabpane", "tabpanel", "pane", "panel", "tabcontent")
    return any(
        parts and (parts[-1] in ends or "".join(parts[-2:]) in ends)
        for parts in parts_of(told.get("class", ""))
    )


def _titled(page: str) -> Iterator[_Opened]:
    """Elements that are named as the title of what is opened, with the rest of their item."""
    for one in elements(page, _is_title):
        end = _end_of_item(page, one.end)
        if end > one.end:
            yield _Opened(one, one.end, end)


def _is_title(tag: re.Match[str]) -> bool:
    if tag[2].lower() not in _BOXES or "class" not in tag[3].lower():
        return False
    for parts in parts_of(attributes(tag[3]).get("class", "")):
        if parts == ["toggler"] or (parts[-1:] == ["toggle"] and tag[2].lower() in _CLICKED):
            return True
        if len(parts) > 1 and is_opened("-".join(parts)) and parts[-1] in _words()["titles"]:
            return True
    return False


def _end_of_item(page: str, at: int) -> int:
    """Where the item ends whose title ends here; boxes around the title alone are not it, and a
    part that is named as what is opened is all of it."""
    depth = up = 0
    named = False
    for tag in TAG.finditer(page, at, at + MAX_ITEM):
        if tag[2].lower() not in _ITEMS:
            continue
        depth += -1 if tag[1] else 1
        if depth == 1 and not tag[1]:
            named = is_opened(attributes(tag[3]).get("class", ""))
        elif not depth and named and has_words(page[at : tag.start()]):
            return tag.end()
        if depth < 0:
            if up == MAX_UP or has_words(page[at : tag.start()]):
                return tag.start()
            up, depth = up + 1, 0
    return at
