"""Text extracted from PDF: a comment at its head, contents, pages, wrapped lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from progsearch.blocks.lines import Line, lines_of, unified
from progsearch.blocks.marks import has_words, masked, words_of
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.text.endnotes import endnotes_of
from progsearch.readers.text.furniture import contents_of, entry, furniture_of
from progsearch.readers.text.pageheads import running_heads
from progsearch.readers.text.prose import (
    Kind,
    WrappedParagraph,
    ends_sentence,
    is_heading,
    number_of,
    paragraphs,
)

__all__ = ["read", "sniff"]

MIN_PAGES = 5
MIN_LEADERS = 3

_HEADER = re.compile(r"\s*<!--([^\n]*?\|[^\n]*?)-->")
_REFERENCE = re.compile(r"(.+?)(?<!\s)\s+(\d{4}(?:/\d{2,4})?:\d+)\s+\(([^()]{1,12})\)$")
_DATED = re.compile(r"(\D*?)(?<!\s)\s*(\d{4}-\d{2}-\d{2})$")
_NAMED = re.compile(r"([^\W\d]\w*_id)\s+(\S+)$")
_PAGE = re.compile(r"^[ \t]*\d{1,4}[ \t]*$", re.MULTILINE)
_LED_TO_A_PAGE = re.compile(r"(?<!\.)\.{5,}\s*\d{1,4}[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(r"^#{1,6}[ \t]\S", re.MULTILINE)
_AUTHOR = re.compile(r"\bav\s+(?=\S)(.{3,80}?)(?<!\s)(?:\s+m\.\s?fl\.)?\s+\(([^()]{1,12})\)$")
_ASIDES = {Kind.CONTENTS: Shape.CONTENTS, Kind.FURNITURE: Shape.NAVIGATION}
_LISTED = 5
"""Level of a heading that the contents have, if it is without a number."""
_UNNUMBERED = 6
"""Level of any other heading without a number."""


def sniff(head: str, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether a comment with title and address opens the file, or it has printed pages."""
    if _HEADER.match(head):
        return True
    pages, leaders = len(_PAGE.findall(head)), len(_LED_TO_A_PAGE.findall(head))
    return (pages >= MIN_PAGES or leaders >= MIN_LEADERS) and not _MARKUP.search(head)


def read(text: str, path: PurePath) -> RawDocument:  # noqa: ARG001
    """Paragraphs made of wrapped lines, headings, contents, endnotes and what pages add.

    The facts are those of the comment: ``title``, ``date``, ``url``, ``doc_id``, and of a
    motion ``reference``, ``party`` and ``author``.
    """
    whole = unified(text)
    meta = _meta(whole)
    source = masked(whole)
    lines = list(lines_of(source))
    contents, entries = contents_of(lines)
    furniture = furniture_of(lines, contents, entries) | set(endnotes_of(lines))
    furniture |= running_heads(source, lines) - contents
    kinds = _kinds(lines, contents, furniture, entries)
    found = [
        paragraph
        for paragraph in paragraphs(lines, kinds)
        if has_words(source[paragraph.start : paragraph.end])
    ]
    blocks = _blocks(found, meta)
    return RawDocument("extracted", text, meta, blocks)


def _meta(text: str) -> dict[str, object]:
    meta: dict[str, object] = {}
    header = _HEADER.match(text)
    if header is None:
        return meta
    meta["header"] = header[1].strip()
    for number, part in enumerate(part.strip() for part in header[1].split("|")):
        if part.startswith(("http://", "https://")):
            meta["url"] = part
        elif reference := _REFERENCE.match(part):
            meta["title"] = part
            meta["reference_kind"], meta["reference"], meta["party"] = reference.groups()
        elif dated := _DATED.match(part):
            meta["date"] = dated[2]
            if dated[1]:
                meta["date_label"] = dated[1]
        elif named := _NAMED.match(part):
            meta["doc_id" if named[1] == "dok_id" else named[1]] = named[2]
        elif number == 0:
            meta["title"] = part
    return meta


def _kinds(
    lines: Sequence[Line], contents: set[int], furniture: set[int], entries: set[str]
) -> list[Kind]:
    """What is known of the lines before they are joined.

    A short line that the table of contents has is a heading, even where the lines around
    it are as short, unless a sentence runs over it.
    """
    kinds: list[Kind] = []
    above = ""
    for number, line in enumerate(lines):
        kind = Kind.TEXT
        if number in contents:
            kind = Kind.CONTENTS
        elif number in furniture:
            kind = Kind.FURNITURE
        elif number and kinds[-1] is Kind.HEADING and _pair(lines, number - 1, entries):
            kind = Kind.HEADING_ON
        elif (
            line.text
            and (entry(line.text) in entries or _pair(lines, number, entries))
            and not ends_sentence(line.text.rstrip("?!"))
            and not line.text[0].islower()
            and (line.text.isupper() or _closes(above, entries))
        ):
            kind = Kind.HEADING
        kinds.append(kind)
        if line.text and kind not in _ASIDES:
            above = line.text
    return kinds


def _closes(above: str, entries: set[str]) -> bool:
    """Whether nothing of the line above goes on below it."""
    return not above or ends_sentence(above) or entry(above) in entries


def _pair(lines: Sequence[Line], number: int, entries: set[str]) -> bool:
    """Whether a line and the one below make one entry that neither makes alone."""
    if number + 1 >= len(lines) or not lines[number + 1].text:
        return False
    first, second = lines[number].text, lines[number + 1].text
    return entry(first) not in entries and entry(f"{first} {second}") in entries


def _blocks(found: Sequence[WrappedParagraph], meta: dict[str, object]) -> list[Block]:
    blocks: list[Block] = []
    front = True  # the title page, before the first sentence
    for number, paragraph in enumerate(found):
        below = (item for item in found[number + 1 :] if item.kind not in _ASIDES)
        follower = next(below, None)
        shape, level = Shape.PARAGRAPH, 0
        if paragraph.kind in _ASIDES:
            shape = _ASIDES[paragraph.kind]
            front = front and shape is not Shape.CONTENTS
        elif is_heading(paragraph, follower) and not _carried_on(follower):
            paragraph = paragraph.whole()
            shape, level = Shape.HEADING, _level(paragraph.text)
            if paragraph.kind is Kind.HEADING and level == _UNNUMBERED:
                level = _LISTED
            if front:
                beside = found[number + 1] if number + 1 < len(found) else None
                shape, level = _on_title_page(paragraph, beside, level, meta)
        elif paragraph.is_item:
            shape, level, front = Shape.ITEM, 1, False
        else:
            front = False
        mark = paragraph.number if shape is Shape.ITEM else ""
        blocks.append(Block(shape, paragraph.start, paragraph.end, level, mark=mark))
    return _without_lists(blocks)


def _without_lists(blocks: Sequence[Block]) -> list[Block]:
    """Of three and more short lines in a row, all but the last as items: names, rows."""
    settled = list(blocks)
    first = 0
    for number in range(len(blocks) + 1):
        if number < len(blocks) and blocks[number].level == _UNNUMBERED:
            continue
        stop = number
        if number == len(blocks) or blocks[number].shape is not Shape.HEADING:
            stop -= 1
        if stop - first >= 2:
            for place in range(first, stop):
                settled[place] = replace(blocks[place], shape=Shape.ITEM, level=1)
        first = number + 1
    return settled


def _on_title_page(
    paragraph: WrappedParagraph,
    beside: WrappedParagraph | None,
    level: int,
    meta: dict[str, object],
) -> tuple[Shape, int]:
    """A line before the first sentence: title, first heading, or who and when."""
    if author := _AUTHOR.search(paragraph.text):
        meta.setdefault("author", author[1])
        return Shape.BYLINE, 0
    if "author" in meta and str(meta.get("reference")) in str(meta.get("title")):
        meta["title"] = paragraph.text  # of a motion the comment has only the number
    title = str(meta.setdefault("title", paragraph.text))
    if set(words_of(paragraph.text)) <= set(words_of(title)):
        return Shape.HEADING, 1
    heads_text = (
        beside is not None and beside.kind not in _ASIDES and not is_heading(beside, beside)
    )
    if number_of(paragraph.text) or heads_text:
        return Shape.HEADING, level
    return Shape.BYLINE, 0


def _carried_on(follower: WrappedParagraph | None) -> bool:
    """Whether the text goes on below, after a page's furniture."""
    return follower is not None and follower.text[0].islower()


def _level(text: str) -> int:
    number = number_of(text)
    if number:
        return 1 + min(3, number.count(".") + 1)
    return 2 if text.isupper() else _UNNUMBERED
