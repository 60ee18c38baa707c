"""Pages of the web: the article, with what stands around it kept apart.

The whole page becomes blocks with their lines; trafilatura tells which of them are the
article, and what the page says of itself. The rest is navigation.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from progsearch.blocks.dates import CHANGED
from progsearch.blocks.lines import unified
from progsearch.blocks.marks import masked, note_of_hidden, without_note_links, words_of
from progsearch.errors import ProgsearchError
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.encoding import decode
from progsearch.readers.footers import without_footer
from progsearch.readers.markdown.markup import FOLD, scan
from progsearch.readers.source import Source, library
from progsearch.readers.web import asides, converted, stated
from progsearch.readers.web.around import about_consent, around
from progsearch.readers.web.cleaned import cleaned
from progsearch.readers.web.controls import headed_by_role, over_panels

__all__ = ["read", "sniff"]

_PAGE = re.compile(
    # Possessive, so that a page full of comments is looked at once.
    r"\ufeff?(?>\s++|<!--(?:(?!-->).)*+-->|<\?xml[^>]{0,200}\?>)*+<(?:!doctype\s+html|html\b)",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{3,30})", re.IGNORECASE)
_LANG = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_NOT_FOUND = "the article was not found: all of the page is taken for it"
_NO_TEXT = (
    "the page has no text of its own (it asks for consent, or scripts write its text): save it as a"
    " browser shows it"
)
_TEXT = frozenset((Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE))
_CUT_OFF = re.compile(r"<[/!a-zA-Z]?[^<>]{0,300}\Z")
"""A tag in the middle of which the file ends."""
MAX_HEAD = 20_000
MIN_SHARE = 0.3
"""When less of the page than this is found to be the article, finding it has failed."""
MIN_WORDS_ALONE = 6
"""So many words in a row are found again wherever they stand; fewer, only a little further on."""
NEAR_WORDS = 80
MAX_EXTRACTED = 5_000_000
"""Characters; a larger page is no article, and finding one in it takes minutes."""

MAX_COMPARED = 10_000
"""Blocks; of more, trafilatura's finding is not compared with that of justext, which takes as
long as the square of their number."""
_BLOCKS = re.compile(r"<(?:p|li|t[dh]|d[td]|h[1-6]|div|pre|blockquote|br)\b", re.IGNORECASE)


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether it is a whole page; a piece of one is read like Markdown."""
    return b"<" in head[:1000] and _PAGE.match(_decoded(head[:MAX_HEAD])) is not None


def _decoded(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")


def read(source: Source) -> Iterator[RawDocument]:
    """The one document. Raises ProgsearchError when it is empty or trafilatura is missing."""
    trafilatura = library("trafilatura", "html", "reading pages of the web")
    text, notes = _text(source.data)
    text = _CUT_OFF.sub("", text)
    page = unified(text)
    notes = [*notes, *note_of_hidden(page)]
    if converted.is_converted(page):
        raw = converted.read(page)
        if raw.blocks:
            lang = _LANG.search(page[:MAX_HEAD])
            meta = {**raw.meta, **({"lang": lang[1]} if lang and lang[1] else {})}
            yield replace(raw, meta=meta, notes=[*notes, *raw.notes])
            return
    blocks = scan(page, markdown=False)
    if not blocks:
        raise ProgsearchError("the page has no text", remedy="save the page anew, or take it away")
    found = _extracted(trafilatura, without_note_links(text))
    shown = masked(page)
    ways = ((one.start, one.end) for one in asides.crumbs(shown))
    told = asides.about(shown)
    furniture = [*around(shown), *about_consent(shown), *ways, *told]
    blocks, furniture = over_panels(shown, headed_by_role(shown, blocks), furniture)
    beside = _beside(shown, blocks, furniture)
    around_text = [*furniture, *beside]
    title = words_of(str(found.get("title") or ""))
    article = _article(page, blocks, str(found.get("text") or ""), title, around_text)
    if not any(article):
        article = [not inside for inside in _inside(blocks, around_text)]
        shown_alone = any(map(_tells, blocks, article))
        notes.append(_NOT_FOUND if shown_alone else _NO_TEXT)
    changes = stated.times_of_change(shown)
    blocks = [_of_change(block) if _holds(block, changes) else block for block in blocks]
    settling = zip(blocks, article, _inside(blocks, beside), strict=True)
    settled = [
        block
        if inside or (block.shape in (Shape.CONTENTS, Shape.BYLINE) and not other)
        else _aside(block, other)
        for block, inside, other in settling
    ]
    meta, more = _meta(found, page, shown, [one for one in furniture if one not in told])
    yield without_footer(cleaned(page, settled, meta, [*notes, *more]))


def _tells(block: Block, inside: bool) -> bool:
    return inside and block.shape is not Shape.NAVIGATION


def _holds(block: Block, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(block.start < end and start < block.end for start, end in stretches)


def _of_change(block: Block) -> Block:
    """A block with the day of a change, which is not that of the page."""
    return replace(block, label=CHANGED) if block.shape is not Shape.HEADING else block


def _aside(block: Block, other: bool) -> Block:
    """A block that is none of the page's text; of another text it is a teaser."""
    tells = other and block.shape is not Shape.NAVIGATION
    shape = Shape.TEASER if tells else Shape.NAVIGATION
    return replace(block, shape=shape, level=0, label="")


def _beside(
    page: str, blocks: Sequence[Block], furniture: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where other texts are told of beside that of the page; nowhere where it has none."""
    own = [
        block
        for block, out in zip(blocks, _inside(blocks, furniture), strict=True)
        if not out and block.shape in _TEXT
    ]

    def words_outside(stretches: Sequence[tuple[int, int]]) -> int:
        told = zip(own, _inside(own, stretches), strict=True)
        return sum(len(words_of(page[one.start : one.end])) for one, out in told if not out)

    near = asides.near(page)
    if near and words_outside(near) < MIN_WORDS_ALONE:
        near = []
    found = asides.teasers(page)
    if not found:
        return near
    outside, all_ = words_outside([*near, *found]), words_outside(near)
    if outside < MIN_WORDS_ALONE:
        return near
    more_own = outside >= all_ - outside
    return [*near, *(one for one in found if more_own or asides.dated(page, one))]


def _text(data: bytes) -> tuple[str, list[str]]:
    """The text, in the encoding that the page names when it is not UTF-8."""
    named = _CHARSET.search(data[:MAX_HEAD])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = named[1].decode("ascii")
        try:
            return data.decode("utf-8"), []
        except UnicodeDecodeError:
            pass
        try:
            text = data.decode(name)
            if "\0" not in text and name.lower() not in ("utf-8", "utf8"):
                return text, [f"read as {name}, which the page names"]
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _extracted(trafilatura: Any, text: str) -> Mapping[str, object]:  # noqa: ANN401 - a module
    """The article's text and facts, as trafilatura finds them."""
    if len(text) > MAX_EXTRACTED:
        return {}
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            text,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            fast=len(_BLOCKS.findall(text)) > MAX_COMPARED,
        )
    except Exception:  # noqa: BLE001 - whatever a broken page makes it stumble over
        return {}
    return found.as_dict() if found is not None else {}


def _meta(
    found: Mapping[str, object], page: str, shown: str, furniture: Sequence[tuple[int, int]]
) -> tuple[dict[str, object], list[str]]:
    """What the page states of itself, and what is in doubt of it; ``shown`` is the masked page."""
    names = {
        "title": "title",
        "author": "author",
        "url": "url",
        "description": "page_description",
        "sitename": "site",
    }
    meta: dict[str, object] = {}
    for key, name in names.items():
        value = found.get(key)
        if value and isinstance(value, str):
            meta[name] = value
    notes: list[str] = []
    others = [*furniture, *asides.near(shown), *asides.teasers(shown)]
    if date := stated.day(page, stated.times(shown, others)):
        meta["date"] = date
    elif changed := stated.day_of_change(page):
        notes.append(f"changed on {changed}, the page says: that is not the day it is from")
    if kind := stated.kind(page):
        meta["page_kind"] = kind
    if "author" in meta:
        meta["author"] = [name.strip() for name in str(meta["author"]).split(";") if name.strip()]
    if lang := _LANG.search(page[:MAX_HEAD]):
        meta["lang"] = lang[1]
    return meta, notes


def _inside(blocks: Sequence[Block], stretches: Sequence[tuple[int, int]]) -> list[bool]:
    return [any(start <= block.start < end for start, end in stretches) for block in blocks]


def _article(
    page: str,
    blocks: Sequence[Block],
    extracted: str,
    title: Sequence[str],
    around: Sequence[tuple[int, int]],
) -> list[bool]:
    """Which blocks are the article: those found again in the text that was extracted, and
    those between them that stand in no element for something else."""
    words = [words_of(page[block.start : block.end]) for block in blocks]
    outside = _inside(blocks, around)
    stream = [word for line in extracted.splitlines() for word in words_of(line)]
    marked = [block.shape is Shape.NAVIGATION for block in blocks]
    found = _found_again(words, stream)
    found = [hit and not out for hit, out in zip(found, outside, strict=True)]
    size = sum(len(w) for w, out in zip(words, outside, strict=True) if not out)
    taken = sum(len(w) for w, hit in zip(words, found, strict=True) if hit)
    if taken < MIN_SHARE * size or not any(found):
        return [False] * len(blocks)
    first = found.index(True)
    last = len(found) - 1 - found[::-1].index(True)
    # The title above the first words is the article's own, with what stands between.
    titles = [
        number
        for number in range(first)
        if blocks[number].shape is Shape.HEADING
        and not outside[number]
        and (blocks[number].level == 1 or words[number] == title)
    ]
    first = titles[-1] if titles else first
    while last + 1 < len(blocks) and not outside[last + 1] and _unfolds(blocks, last + 1):
        last += 1
    while first and blocks[first - 1].shape is Shape.HEADING and not outside[first - 1]:
        first -= 1
    return [
        first <= number <= last and not outside[number] and (found[number] or not marked[number])
        for number in range(len(blocks))
    ]


def _unfolds(blocks: Sequence[Block], number: int) -> bool:
    """Whether a block is one that opens by its heading, which finding the article leaves out."""
    if blocks[number].label == FOLD:
        return True
    while number and blocks[number].shape is not Shape.HEADING:
        number -= 1
    return blocks[number].label == FOLD


def _found_again(words: Sequence[Sequence[str]], stream: Sequence[str]) -> list[bool]:
    """Which blocks have their words in the stream, in the order of both."""
    begins: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in range(len(stream) - MIN_WORDS_ALONE + 1):
        begins[tuple(stream[place : place + MIN_WORDS_ALONE])].append(place)
    at = 0
    found: list[bool] = []
    for block in words:
        size = len(block)
        if size >= MIN_WORDS_ALONE:
            known = begins.get(tuple(block[:MIN_WORDS_ALONE]), [])
            candidates: Iterable[int] = known[bisect_left(known, at) :][:5] or known[:5]
        else:
            candidates = range(at, min(at + NEAR_WORDS, len(stream) - size + 1)) if size else ()
        place = next((p for p in candidates if list(stream[p : p + size]) == list(block)), -1)
        found.append(place >= 0)
        at = place + size if place >= 0 else at
    return found
