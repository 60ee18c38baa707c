"""Slides of PowerPoint (Office Open XML): titles, items, tables; notes of the speaker aside.

Names of elements: ECMA-376, part 1, "PresentationML" and "DrawingML".
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from progsearch.model import RawDocument, Shape
from progsearch.readers.containers.packages import is_package, names_in, opened
from progsearch.readers.office.parts import counted, paragraphs_of_diagram, pieces, properties
from progsearch.readers.office.placing import Box, Frame, in_reading_order
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
    f"{_OFFICE}/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
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
_ON = frozenset(("1", "true"))
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
            related = _related(package, name).values()
            places = _places(package, [target for kind, target in related if kind == "slideLayout"])
            lines = _lines(package, name, places)
            for kind, target in related:
                if kind == "notesSlide":
                    lines += _lines(package, target, {}, note=True)
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


def _places(package: zipfile.ZipFile, layouts: Sequence[str]) -> dict[str, Box]:
    """Where the placeholders of a layout stand, by number and by kind; where it does not say so,
    its master does."""
    found: dict[str, Box] = {}
    for layout in layouts:
        related = _related(package, layout).values()
        masters = [target for kind, target in related if kind == "slideMaster"]
        for part in (layout, *masters):
            slide = _Slide(note=False, places={})
            for event in pieces(package, part, _PREFIXES):
                slide.take(event)
            for key, box in slide.held.items():
                found.setdefault(key, box)
    return found


def _lines(
    package: zipfile.ZipFile, part: str, places: Mapping[str, Box], *, note: bool = False
) -> list[Line]:
    slide = _Slide(note, places)
    related: dict[str, tuple[str, str]] = {}
    for event in pieces(package, part, _PREFIXES):
        slide.take(event)
        if isinstance(event, Start) and event.name == "dgm:relIds":
            related = related or _related(package, part)
            _, drawn = related.get(event.attributes.get("r:dm", ""), ("", ""))
            texts = paragraphs_of_diagram(pieces(package, drawn, _PREFIXES))
            slide.frames[-1].lines += [Line(text, Shape.ITEM, 1) for text in texts]
    return list(in_reading_order(slide.frames[0]))


def _length(attributes: Mapping[str, str], name: str) -> float:
    value = attributes.get(name, "0")
    return float(value) if value.lstrip("-").isdecimal() else 0.0


@dataclass(slots=True)
class _Slide:
    note: bool
    places: Mapping[str, Box]
    frames: list[Frame] = field(default_factory=lambda: [Frame()])  # the open ones
    held: dict[str, Box] = field(default_factory=dict)  # where placeholders stand
    place: str = ""  # the kind of the placeholder, "" for a text box
    number: str = ""
    corner: tuple[float, float] = (0.0, 0.0)
    text: list[str] | None = None
    struck: bool = False
    depth: int = 0
    listed: bool = False  # by a bullet or a number that the slide shows
    table: Table | None = None
    heads: bool = False  # the next row is the head of its table

    def take(self, event: Event) -> None:
        """Take the next piece."""
        match event:
            case Start("p:sp" | "p:graphicFrame" | "p:grpSp"):
                self.place = self.number = ""
                self.frames.append(Frame())
            case Start("p:ph", attributes):
                self.place = attributes.get("type", "body")
                self.number = attributes.get("idx", "")
            case Start("a:off", attributes):
                self.corner = _length(attributes, "x"), _length(attributes, "y")
            case Start("a:ext", attributes) if "cx" in attributes:
                left, top = self.corner
                right, bottom = left + _length(attributes, "cx"), top + _length(attributes, "cy")
                self.frames[-1].box = self.frames[-1].box or Box(left, top, right, bottom)
            case Start("a:tbl"):
                self.table, self.heads = Table(), False
            case Start("a:tblPr", attributes):
                self.heads = attributes.get("firstRow") in _ON
            case Start("a:tr") if self.table:
                self.table.flow.begin_row(head=self.heads)
                self.heads = False
            case Start("a:tc", attributes) if self.table:
                # What is covered by another cell is written out, and empty.
                if not {attributes.get("hMerge"), attributes.get("vMerge")} & _ON:
                    spans = counted(attributes, "gridSpan"), counted(attributes, "rowSpan")
                    self.table.flow.begin_cell(*spans)
            case Start("a:p"):
                self.text, self.depth, self.listed = [], 0, False
            case Start("a:buChar" | "a:buAutoNum"):
                self.listed = True
            case Start("a:pPr", attributes):
                level = attributes.get("lvl", "0")
                self.depth = min(int(level), 8) if level.isdecimal() else 0
            case Start("a:br" | "a:tab") if self.text is not None:
                self.text.append(" ")
            case Start("a:r"):
                self.struck = False
            case Start("a:rPr", attributes):
                self.struck = attributes.get("strike", "noStrike") != "noStrike"
            case Text(text) if self.text is not None:
                self.text.append(f"~~{text}~~" if self.struck and text.strip() else text)
            case End("a:p") if self.text is not None:
                text = "".join(self.text).replace("~~~~", "")
                self._paragraph(" ".join(text.split()))
                self.text = None
            case End("p:sp" | "p:graphicFrame" | "p:grpSp") if len(self.frames) > 1:
                self._close(self.frames.pop())
            case End("a:tr") if self.table:
                self.table.flow.end_row()
            case End("a:tbl") if self.table:
                self.frames[-1].lines += self.table.lines()
                self.table = None

    def _close(self, frame: Frame) -> None:
        keys = [key for key in (f"#{self.number}" if self.number else "", self.place) if key]
        if frame.box is None:
            frame.box = next((self.places[key] for key in keys if key in self.places), None)
        else:
            self.held |= {key: frame.box for key in keys if key not in self.held}
        self.frames[-1].inner.append(frame)
        self.place = self.number = ""

    def _paragraph(self, text: str) -> None:
        if not text:
            return
        if self.table:
            self.table.add(text, (self.depth + 1) * self.listed)
        elif self.place in _ASIDES:
            self.frames[-1].lines.append(Line(text, Shape.NAVIGATION))
        elif self.note:
            if self.place in _BODIES:
                self.frames[-1].lines.append(Line(text, Shape.NAVIGATION, label="note"))
        elif self.place in _TITLES:
            self.frames[-1].lines.append(Line(text, Shape.HEADING, TITLE_LEVEL))
        elif self.place in _BODIES:
            self.frames[-1].lines.append(Line(text, Shape.ITEM, self.depth + 1))
        else:
            self.frames[-1].lines.append(Line(text))
