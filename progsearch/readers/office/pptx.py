"""Slides of PowerPoint (Office Open XML): titles, items, tables; notes of the speaker aside.

Names of elements: ECMA-376, part 1, "PresentationML" and "DrawingML".
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from progsearch.model import RawDocument, Shape
from progsearch.readers.containers.packages import is_package, names_in, opened
from progsearch.readers.office.parts import pieces, properties
from progsearch.readers.office.slides import TITLE_LEVEL, Line, Slides, Table
from progsearch.readers.source import Source
from progsearch.readers.xml import End, Event, Start, Text

__all__ = ["read", "sniff"]

_DECK = "ppt/presentation.xml"
_OFFICE = "http://schemas.openxmlformats.org"
_PREFIXES = {
    f"{_OFFICE}/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    f"{_OFFICE}/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    f"{_OFFICE}/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    f"{_OFFICE}/package/2006/relationships": "rel",
    f"{_OFFICE}/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}
_PROPERTIES = {
    "dc:creator": "creator",
    "dc:language": "language",
    "dcterms:created": "created",
    "dcterms:modified": "modified",
}
_TITLES = frozenset(("title", "ctrTitle"))
_ASIDES = frozenset(("sldNum", "ftr", "dt", "hdr"))
_BODIES = frozenset(("body", "obj", "outline"))


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether it is a package with a presentation in it, or a damaged one named so."""
    if not is_package(head):
        return False
    names = names_in(head)
    return _DECK in names or (not names and path.suffix.lower() in (".pptx", ".pptm", ".ppsx"))


def read(source: Source) -> Iterator[RawDocument]:
    """The one document. Raises ProgsearchError when it is damaged or has no text."""
    slides = Slides("pptx")
    with opened(source) as package:
        for name in _slides(package):
            lines = _lines(package, name)
            for kind, target in _related(package, name).values():
                if kind == "notesSlide":
                    lines += _lines(package, target, note=True)
            slides.add(lines)
        facts = properties(package, "docProps/core.xml", _PREFIXES, _PROPERTIES)
    yield slides.document({f"file_{key}": value for key, value in facts.items()})


def _slides(package: zipfile.ZipFile) -> Iterator[str]:
    """The parts of the slides in their order, hidden ones among them."""
    related = _related(package, _DECK)
    for event in pieces(package, _DECK, _PREFIXES):
        if isinstance(event, Start) and event.name == "p:sldId":
            found = related.get(event.attributes.get("r:id", ""))
            if found:
                yield found[1]


def _related(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The kinds and names of the parts that a part refers to, by their ids."""
    folder, name = posixpath.split(part)
    found = {}
    for event in pieces(package, f"{folder}/_rels/{name}.rels", _PREFIXES):
        if isinstance(event, Start) and event.name == "rel:Relationship":
            told = event.attributes
            target = posixpath.normpath(posixpath.join(folder, told.get("Target", "")))
            kind = told.get("Type", "").rpartition("/")[2]
            found[told.get("Id", "")] = (kind, target.lstrip("/"))
    return found


def _lines(package: zipfile.ZipFile, part: str, *, note: bool = False) -> list[Line]:
    slide = _Slide(note)
    for event in pieces(package, part, _PREFIXES):
        slide.take(event)
    return slide.lines


@dataclass(slots=True)
class _Slide:
    note: bool
    lines: list[Line] = field(default_factory=list)
    place: str = ""  # the kind of the placeholder, "" for a text box
    text: list[str] | None = None
    depth: int = 0
    listed: bool = False  # by a bullet or a number that the slide shows
    table: Table | None = None
    heads: bool = False  # the next row is the head of its table

    def take(self, event: Event) -> None:
        """Take the next piece."""
        match event:
            case Start("p:sp" | "p:graphicFrame"):
                self.place = ""
            case Start("p:ph", attributes):
                self.place = attributes.get("type", "body")
            case Start("a:tbl"):
                self.table, self.heads = Table(), False
            case Start("a:tblPr", attributes):
                self.heads = attributes.get("firstRow") in ("1", "true")
            case Start("a:tr") if self.table:
                self.table.flow.begin_row(head=self.heads)
                self.heads = False
            case Start("a:tc", attributes) if self.table:
                rows = attributes.get("rowSpan", "1")
                self.table.flow.begin_cell(int(rows) if rows.isdecimal() else 1)
            case Start("a:p"):
                self.text, self.depth, self.listed = [], 0, False
            case Start("a:buChar" | "a:buAutoNum"):
                self.listed = True
            case Start("a:pPr", attributes):
                level = attributes.get("lvl", "0")
                self.depth = min(int(level), 8) if level.isdecimal() else 0
            case Start("a:br" | "a:tab") if self.text is not None:
                self.text.append(" ")
            case Text(text) if self.text is not None:
                self.text.append(text)
            case End("a:p") if self.text is not None:
                self._paragraph(" ".join("".join(self.text).split()))
                self.text = None
            case End("a:tr") if self.table:
                self.table.flow.end_row()
            case End("a:tbl") if self.table:
                self.lines += self.table.lines()
                self.table = None

    def _paragraph(self, text: str) -> None:
        if not text:
            return
        if self.table:
            self.table.add(text, (self.depth + 1) * self.listed)
        elif self.place in _ASIDES:
            self.lines.append(Line(text, Shape.NAVIGATION))
        elif self.note:
            if self.place in _BODIES:
                self.lines.append(Line(text, Shape.NAVIGATION, label="note"))
        elif self.place in _TITLES:
            self.lines.append(Line(text, Shape.HEADING, TITLE_LEVEL))
        elif self.place in _BODIES:
            self.lines.append(Line(text, Shape.ITEM, self.depth + 1))
        else:
            self.lines.append(Line(text))
