"""Slides of LibreOffice and others (OpenDocument presentations).

Names of elements: OASIS, "Open Document Format for Office Applications", version 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape
from progsearch.readers.containers.packages import is_package, names_in, opened
from progsearch.readers.office.parts import covered_by, pieces, properties
from progsearch.readers.office.placing import Box, Frame, around, in_reading_order
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
    f"{_URN}:svg-compatible:1.0": "svg",
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
_FRAMES = frozenset(
    f"draw:{name}"
    for name in ("g", "frame", "custom-shape", "rect", "ellipse", "circle", "polygon", "path")
)
_MEASURE = re.compile(r"(?P<number>-?\d{1,9}(?:\.\d{1,9})?)(?P<unit>mm|cm|in|pt|pc|px)")
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 0.3528, "pc": 4.2333, "px": 0.2646}
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


def _box(attributes: Mapping[str, str]) -> Box | None:
    """Where a frame stands, in millimetres; None where it does not say so."""
    found = [_MEASURE.fullmatch(attributes.get(f"svg:{name}", "")) for name in ("x", "y")]
    if not all(found):
        return None
    sizes = [_MEASURE.fullmatch(attributes.get(f"svg:{name}", "")) for name in ("width", "height")]
    x, y, width, height = (
        float(one["number"]) * _UNITS[one["unit"]] if one else 0.0 for one in (*found, *sizes)
    )
    return Box(x, y, x + width, y + height)


@dataclass(slots=True)
class _Deck:
    slides: Slides
    frames: list[Frame] = field(default_factory=lambda: [Frame()])  # the open ones
    notes: list[Line] = field(default_factory=list)
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
                self.frames = [Frame()]
            case Start(name, attributes) if name in _FRAMES:
                self.kind = attributes.get("presentation:class", "")
                self.frames.append(Frame(_box(attributes)))
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
                self.table.flow.begin_cell(*covered_by(attributes))
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
                self.frames[-1].lines += self.table.lines()
                self.table = None
            case "presentation:notes":
                self.in_notes = False
            case _ if name in _FRAMES and len(self.frames) > 1:
                frame = self.frames.pop()
                frame.box = frame.box or around([one.box for one in frame.inner])
                self.frames[-1].inner.append(frame)
                self.kind = ""
            case "draw:page":
                self.slides.add([*in_reading_order(self.frames[0]), *self.notes])
                self.notes = []

    def _paragraph(self, text: str) -> None:
        if not text:
            return
        if self.table:
            self.table.add(text, self.depth)
        elif self.in_notes:
            if self.kind == "notes":
                self.notes.append(Line(text, Shape.NAVIGATION, label="note"))
        elif self.kind in _ASIDES:
            self.frames[-1].lines.append(Line(text, Shape.NAVIGATION))
        elif self.kind == "title":
            self.frames[-1].lines.append(Line(text, Shape.HEADING, TITLE_LEVEL))
        elif self.depth or self.kind == "outline":
            self.frames[-1].lines.append(Line(text, Shape.ITEM, max(1, self.depth)))
        else:
            self.frames[-1].lines.append(Line(text))
