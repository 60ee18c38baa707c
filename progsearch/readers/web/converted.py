"""Pages that pdftohtml made of a PDF: lines of print, which are joined into paragraphs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from progsearch.blocks.lines import line_of, line_starts
from progsearch.blocks.marks import masked
from progsearch.model import RawDocument
from progsearch.readers.text import extracted
from progsearch.readers.web.cleaned import words_only

__all__ = ["is_converted", "read"]

_GENERATOR = re.compile(
    r"<meta\b[^>]{0,200}\bgenerator\b[^>]{0,200}\bpdftohtml|<!--\s*Page\s+\d+\s*-->", re.IGNORECASE
)
_PLACED = re.compile(r"<p\b[^>]{0,300}\btop:\s*(\d{1,6})", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\s+name\s*=\s*[\"']?\d{1,5}[\"']?\s*>\s*</a>", re.IGNORECASE)
_LINE_END = re.compile(r"<br\s*/?>|</p\s*>|<hr\s*/?>|\n", re.IGNORECASE)
_PAGE_END = re.compile(
    r"<hr\b|<a\s+name\s*=\s*[\"']?\d{1,5}[\"']?\s*>|<div\s+id=\"page", re.IGNORECASE
)
_BOLD = re.compile(
    r"\s*+(?:<[^<>]{1,300}>\s*+)*?<b>(?:(?!</b>).){1,300}+</b>\s*+(?:</?[^<>]{1,50}>\s*+)*+$"
)
_BODY = re.compile(r"<body\b[^>]{0,500}>", re.IGNORECASE)
_TITLE = re.compile(r"<title>([^<]{0,300})</title>", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"\.(?:pdf|docx?|indd|qxd|pub|odt|rtf)\b|^microsoft word|^untitled|^print|^page \d",
    re.IGNORECASE,
)
MIN_BREAKS = 10
FAR = 1.5
"""How many usual distances of lines apart the lines of two paragraphs are."""


class _Line(NamedTuple):
    text: str
    number: int
    top: int  # how far down the page, 0 when that is not said
    bold: bool
    new_page: bool


def is_converted(page: str) -> bool:
    """Whether pdftohtml made the page: it says so, or it looks as only that does."""
    if _GENERATOR.search(page[:5000]):
        return True
    anchored = len(_ANCHOR.findall(page[:200_000])) >= 1
    return anchored and page.lower().count("<br") >= MIN_BREAKS and "<hr" in page.lower()


def read(page: str) -> RawDocument:
    """The paragraphs of a converted page; ``page`` is a unified text.

    What it says of its title is left out when that is the name of a file; its dates are
    those of the conversion.
    """
    texts: list[str] = []
    numbers: list[int] = []
    lines = list(_lines(page))
    gap = _usual([two.top - one.top for one, two in itertools.pairwise(lines)])
    above: _Line | None = None
    for line in lines:
        if above and not line.new_page:
            far = gap and not 0 <= line.top - above.top <= FAR * gap
            if far or line.bold != above.bold:
                texts.append("")
                numbers.append(line.number)
        texts.append(line.text)
        numbers.append(line.number)
        above = line
    raw = extracted.read("\n".join(texts), PurePath())
    meta = dict(raw.meta)
    title = _TITLE.search(page[:20_000])
    stated = " ".join(words_only(title[1]).split()) if title else ""
    if stated and not _NO_TITLE.search(stated):
        meta["title"] = stated
    return replace(raw, format="html", meta=meta, lines=(*numbers, numbers[-1] if numbers else 1))


def _lines(page: str) -> Iterator[_Line]:
    """The lines of print in the body of a page."""
    starts = line_starts(page)
    source = masked(page)
    body = _BODY.search(source)
    at = body.end() if body else 0
    top = 0
    new_page = False
    while at < len(source):
        end = _LINE_END.search(source, at)
        piece = source[at : end.end() if end else len(source)]
        place = _PLACED.search(piece)
        top = int(place[1]) if place else top
        new_page = new_page or _PAGE_END.search(piece) is not None
        text = " ".join(words_only(piece).split())
        if text:
            first = at + len(piece) - len(piece.lstrip())
            bold = _BOLD.match(piece.strip()) is not None
            yield _Line(text, line_of(starts, first), top, bold, new_page)
            new_page = False
        at += max(1, len(piece))


def _usual(gaps: list[int]) -> int:
    """The distance between two lines that is seen most often; 0 without places."""
    seen = sorted(gap for gap in gaps if 4 <= gap <= 200)
    return seen[len(seen) // 4] if seen else 0
