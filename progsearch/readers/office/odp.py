"""Slides of LibreOffice and others (OpenDocument presentations).

Names of elements: OASIS, "Open Document Format for Office Applications", version 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape
from progsearch.readers.containers.packages import is_package, names_in, opened
from progsearch.readers.office.parts import pieces, properties
from progsearch.readers.office.slides import TITLE_LEVEL, Line, Slides, Table
from progsearch.readers.source import Source
from progsearch.readers.xml import End, Event, Start, Text

__all__ = ["read", "sniff"]

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_PREFIXES = {
    f"{_URN}:office:1.0": "office",
    f"{_URN}:text:1.0": "text",
    f"{_URN}:table:1.0": "table",
    f"{_URN}:drawing:1.0": "draw",
    f"{_URN}:presentation:1.0": "presentation",
    f"{_URN}:meta:1.0": "meta",
    f"{_URN}:manifest:1.0": "manifest",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_LEFT_OUT = frozenset(("office:annotation", "office:forms", "table:covered-table-cell"))
_PROPERTIES = {
    "meta:initial-creator": "creator",
    "dc:language": "language",
    "meta:creation-date": "created",
    "dc:date": "modified",
}
_MIMETYPE = b"application/vnd.oasis.opendocument.presentation"
_ASIDES = frozenset(("header", "footer", "date-time", "page-number"))


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether it is a package with an OpenDocument presentation, or a damaged one named so."""
    if not is_package(head):
        return False
    names = names_in(head)
    if names:
        return "content.xml" in names and _MIMETYPE in head[:200]
    return path.suffix.lower() in (".odp", ".otp")


def read(source: Source) -> Iterator[RawDocument]:
    """The one document. Raises ProgsearchError when it is damaged, encrypted or has no text."""
    with opened(source) as package:
        for event in pieces(package, "META-INF/manifest.xml", _PREFIXES):
            if isinstance(event, Start) and event.name == "manifest:encryption-data":
                raise ProgsearchError("the file is encrypted", remedy="save it without a password")
        deck = _Deck(Slides("odp"))
        for event in pieces(package, "content.xml", _PREFIXES, _LEFT_OUT):
            deck.take(event)
        facts = properties(package, "meta.xml", _PREFIXES, _PROPERTIES)
    yield deck.slides.document({f"file_{key}": value for key, value in facts.items()})


@dataclass(slots=True)
class _Deck:
    slides: Slides
    lines: list[Line] = field(default_factory=list)
    kind: str = ""  # of the frame: title, outline, …
    in_notes: bool = False
    depth: int = 0  # of lists
    text: list[str] | None = None
    table: Table | None = None
    heads: bool = False  # rows are the head of their table

    def take(self, event: Event) -> None:
        """Take the next piece."""
        match event:
            case Start("draw:page"):
                self.lines = []
            case Start("draw:frame" | "draw:custom-shape", attributes):
                self.kind = attributes.get("presentation:class", "")
            case Start("presentation:notes"):
                self.in_notes = True
            case Start("text:list"):
                self.depth += 1
            case Start("table:table"):
                self.table = Table()
            case Start("table:table-header-rows"):
                self.heads = True
            case Start("table:table-row") if self.table:
                self.table.flow.begin_row(head=self.heads)
            case Start("table:table-cell", attributes) if self.table:
                rows = attributes.get("table:number-rows-spanned", "1")
                self.table.flow.begin_cell(int(rows) if rows.isdecimal() else 1)
            case Start("text:p" | "text:h"):
                self.text = []
            case Start("text:s" | "text:tab" | "text:line-break") if self.text is not None:
                self.text.append(" ")
            case Text(text) if self.text is not None:
                self.text.append(text)
            case End(name):
                self._end(name)

    def _end(self, name: str) -> None:
        match name:
            case "text:p" | "text:h" if self.text is not None:
                self._paragraph(" ".join("".join(self.text).split()))
                self.text = None
            case "text:list":
                self.depth -= 1
            case "table:table-header-rows":
                self.heads = False
            case "table:table-row" if self.table:
                self.table.flow.end_row()
            case "table:table" if self.table:
                self.lines += self.table.lines()
                self.table = None
            case "presentation:notes":
                self.in_notes = False
            case "draw:page":
                self.slides.add(self.lines)

    def _paragraph(self, text: str) -> None:
        if not text:
            return
        if self.table:
            self.table.add(text, self.depth)
        elif self.in_notes:
            if self.kind == "notes":
                self.lines.append(Line(text, Shape.NAVIGATION, label="note"))
        elif self.kind in _ASIDES:
            self.lines.append(Line(text, Shape.NAVIGATION))
        elif self.kind == "title":
            self.lines.append(Line(text, Shape.HEADING, TITLE_LEVEL))
        elif self.depth or self.kind == "outline":
            self.lines.append(Line(text, Shape.ITEM, max(1, self.depth)))
        else:
            self.lines.append(Line(text))
