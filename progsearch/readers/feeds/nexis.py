"""Articles of press archives as Nexis exports them, many in one page of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath

from progsearch.blocks.building import Builder
from progsearch.blocks.lines import unified
from progsearch.blocks.marks import plain
from progsearch.errors import ProgsearchError
from progsearch.facts.dates import date_line
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.markdown.markup import scan
from progsearch.readers.source import Source
from progsearch.readers.web.cleaned import put

__all__ = ["read", "sniff"]

_MARK = re.compile(rb"<DOC NUMBER=\d+>|<DOCFULL>", re.IGNORECASE)
_ARTICLE = re.compile(
    r"<!--\s*Hide XML.{0,200}?<DOC NUMBER=\d+>.{0,200}?-->|<DOCFULL>(?:\s*-->)?",
    re.IGNORECASE | re.DOTALL,
)
_COUNTED = re.compile(rb">\s*1 of \d+ DOCUMENTS?\s*<", re.IGNORECASE)
_FIRST_LINE = re.compile(r"(?<=>)\s*\d+ of \d+ DOCUMENTS?\s*(?=<)", re.IGNORECASE)
_COUNT = re.compile(r"(?<!\d)\d+ of \d+ DOCUMENTS?$", re.IGNORECASE)
_LABEL = re.compile(r"([A-ZÅÄÖÉ][A-ZÅÄÖÉ -]{2,28}):\s*(.*)$", re.DOTALL)
_BODY = frozenset(("LENGTH",))
_ENDS = frozenset(
    (
        *("LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "SUBJECT", "JOURNAL-CODE", "GRAPHIC"),
        *(
            "COMPANY",
            "ORGANIZATION",
            "PERSON",
            "COUNTRY",
            "CITY",
            "STATE",
            "INDUSTRY",
            "GEOGRAPHIC",
        ),
        *("TYPE", "CORRECTION", "CORRECTION-DATE", "DOCUMENT-TYPE"),
    )
)
_FACTS = {"BYLINE": "author", "SECTION": "section", "LANGUAGE": "language", "HEADLINE": "title"}
_COPYRIGHT = re.compile(r"copyright \d{4}|all rights reserved", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?<!\s)\s+[^\W\d_]{3,12}$")


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether it is a page of HTML with the marks between articles."""
    head = head[:20_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:1] == b"<" and bool(_MARK.search(head) or _COUNTED.search(head))


def read(source: Source) -> Iterator[RawDocument]:
    """The articles. Raises ProgsearchError when none has a text."""
    text, notes = source.text()
    page = unified(text)
    edges = [found.end() for found in _ARTICLE.finditer(page)]
    # Who cleans the page takes the comments away, and leaves the line above each article.
    edges = edges or [found.start() for found in _FIRST_LINE.finditer(page)]
    edges = [one for one, after in pairwise([*edges, len(page)]) if after - one > 200]
    count = 0
    for start, end in pairwise([*edges, len(page)]):
        raw = _article(page, scan(page, start, end, markdown=False))
        if raw is not None:
            count += 1
            yield replace(raw, part=str(count), notes=notes)
            notes = []
    if not count:
        raise ProgsearchError(
            "there is no article in the page", remedy="export it anew, or as single files"
        )


def _article(page: str, blocks: Sequence[Block]) -> RawDocument | None:
    """An article: what stands above its text are its facts, what stands below is left aside."""
    texts = [plain(page[one.start : one.end]) for one in blocks]
    labels = [found[1].strip() if (found := _LABEL.match(text)) else "" for text in texts]
    begins = next((n + 1 for n, label in enumerate(labels) if label in _BODY), 0)
    if not begins:
        begins = next((n for n, text in enumerate(texts) if len(text.split()) > 25), 0)
    ends = next(
        (
            n
            for n in range(begins, len(blocks))
            if labels[n] in _ENDS or (_COPYRIGHT.match(texts[n]) and len(texts[n].split()) < 15)
        ),
        len(blocks),
    )
    meta = _meta(texts[:begins] + texts[ends:], labels[:begins] + labels[ends:], begins)
    kept = []
    for number, block in enumerate(blocks):
        if begins <= number < ends:
            kept.append(block)
        elif texts[number] == meta.get("title"):
            kept.append(replace(block, shape=Shape.HEADING, level=1))
        else:
            kept.append(replace(block, shape=Shape.BYLINE, level=0, label=""))
    builder = Builder()
    put(builder, page, kept)
    return builder.document("nexis", meta) if begins < ends else None


def _meta(texts: Sequence[str], labels: Sequence[str], begins: int) -> dict[str, object]:
    meta: dict[str, object] = {"kind": "article"}
    bare: list[str] = []
    for number, (text, label) in enumerate(zip(texts, labels, strict=True)):
        if label:
            if label in _FACTS:
                meta[_FACTS[label]] = text.partition(":")[2].strip()
            continue
        if number >= begins or _COUNT.search(text) or _COPYRIGHT.search(text):
            continue
        day = _day(text)
        if day:
            meta.setdefault("date", day)
        else:
            bare.append(text)
    if bare:
        meta["source"] = bare[0]
    if len(bare) > 1:
        meta.setdefault("title", bare[-1])
    return meta


def _day(text: str) -> str:
    """The day of a line such as ``March 5, 2019 Tuesday``."""
    for written in (text, _WEEKDAY.sub("", text)):
        if len(written) < 40 and (found := date_line(written, 1)) is not None and found.day:
            return str(found)
    return ""
