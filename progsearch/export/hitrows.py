"""A hit as one flat row, the same in every format that has columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from progsearch.analysis import has_marks, reading
from progsearch.model import Document, Origin
from progsearch.search import Hit

__all__ = ["COLUMNS", "inferred", "row"]

COLUMNS = (
    "id",
    "document",
    "file",
    "line",
    "end_line",
    "page",
    "label",
    "mark",
    "ocr",
    "title",
    "heading",
    "role",
    "commitment",
    "lang",
    "country",
    "region",
    "region_name",
    "party",
    "kind",
    "date",
    "speaker",
    "score",
    "text",
    "matches",
    "inferred",
    "copy_of",
)
"""The columns of a row, in order."""


def inferred(document: Document) -> list[str]:
    """The facts of a document that were told from its text and are stated nowhere."""
    facts = {
        "lang": document.lang,
        "country": document.country,
        "region": document.region,
        "party": document.party,
        "kind": document.kind,
        "date": document.date,
    }
    return [name for name, fact in facts.items() if fact and fact.origin is Origin.INFERRED]


def _read(text: str) -> tuple[str, Callable[[int, int], tuple[int, int]]]:
    """A text without tags, entities and marks, and what finds a place of the source in it."""
    if "_" not in text and not has_marks(text):
        return text, lambda start, end: (start, end)
    read = reading(text)
    bare = read.text.strip()
    left = len(read.text) - len(read.text.lstrip())

    def place(start: int, end: int) -> tuple[int, int]:
        first, last = read.from_source(start, end)
        return max(0, first - left), min(len(bare), max(0, last - left))

    return bare, place


def row(hit: Hit) -> dict[str, Any]:
    """The row of a hit: text and numbers, and two lists (``matches`` and ``inferred``)."""
    passage, document = hit.passage, hit.document
    region = document.region.value if document.region else None
    text, places = _read(passage.text)
    speaker = passage.speaker
    return {
        "id": passage.id,
        "document": document.id,
        "file": hit.file,
        "line": passage.line,
        "end_line": passage.end_line,
        "page": passage.page or "",
        "label": passage.label,
        "mark": passage.mark,
        "ocr": passage.ocr or "",
        "title": document.title,
        "heading": " > ".join(passage.headings),
        "role": passage.role.value,
        "commitment": passage.commitment,
        "lang": passage.lang.value,
        "country": str(document.country or ""),
        "region": region.code if region else "",
        "region_name": region.name if region else "",
        "party": str(document.party or ""),
        "kind": str(document.kind or ""),
        "date": str(document.date or ""),
        "speaker": f"{speaker.name} ({speaker.party})"
        if speaker and speaker.party
        else speaker.name
        if speaker
        else "",
        "score": round(hit.score, 4),
        "text": text,
        "matches": [
            {
                "start": start,
                "end": end,
                "term": match.term,
                "how": match.how.value,
                "where": match.where,
            }
            for match in hit.matches
            for start, end in [
                places(match.start, match.end)
                if match.where == "text"
                else (match.start, match.end)
            ]
        ],
        "inferred": inferred(document) + (["match"] if hit.by_meaning else []),
        "copy_of": hit.copy_of,
    }
