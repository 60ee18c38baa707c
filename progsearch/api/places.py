"""Which document or passage an id, a path or ``FILE:LINE`` names."""

from __future__ import annotations

import re

from progsearch.errors import ProgsearchError
from progsearch.model import Document, Passage
from progsearch.search import Index

__all__ = ["find"]

_PLACE = re.compile(r"(?P<file>.+?)(?::p(?P<page>\d+))?:(?P<line>\d+)")


def find(index: Index, wanted: str) -> tuple[Document, Passage | None]:
    """The document that is named, and its passage where one is named.

    Paths are those that ``search`` prints, as seen from the current folder, or those of the
    index; a line may be any line of the passage. Raises ProgsearchError where there is none.
    """
    passage = index.engine.passage(wanted) if "." in wanted else None
    document = index.engine.document(passage.document if passage else wanted)
    document = document or _with_path(index, wanted)
    if document is None:
        place = _PLACE.fullmatch(wanted)
        document = _with_path(index, place["file"]) if place else None
        if place and document:
            passage = _at(index, document, int(place["page"] or 0), int(place["line"]))
            if passage is None:
                raise ProgsearchError(
                    "there is no passage in this line",
                    where=wanted,
                    remedy=f"progsearch show {place['file']} shows all of them",
                )
    if document is None:
        raise ProgsearchError(
            f"the index has no document or passage {wanted!r}",
            remedy="give an id, a path or FILE:LINE; progsearch list documents names the documents",
        )
    return document, passage


def _with_path(index: Index, path: str) -> Document | None:
    for one in index.engine.documents():
        if path in (one.path, index.file(one.path)):
            return one
    return None


def _at(index: Index, document: Document, page: int, line: int) -> Passage | None:
    """The passage in a line; without a page, the first one that has such a line."""
    for passage in index.engine.passages(document.id):
        spans = ((passage.line, passage.end_line), *passage.also)
        if (not page or passage.page == page) and any(
            first <= line <= last for first, last in spans
        ):
            return passage
    return None
