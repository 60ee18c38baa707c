"""Text documents of LibreOffice and others (OpenDocument): headings, lists, tables, notes.

Names of elements: OASIS, "Open Document Format for Office Applications", version 1.3,
part 3. The numbers of lines are those of the paragraphs.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal, NamedTuple

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape
from progsearch.readers.containers.packages import is_package, names_in, opened
from progsearch.readers.office.flow import Flow, StyledParagraph
from progsearch.readers.office.parts import Words, covered_by, pieces, properties
from progsearch.readers.source import Source
from progsearch.readers.xml import End, Event, Start, Text

__all__ = ["read", "sniff"]

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_PREFIXES = {
    f"{_URN}:office:1.0": "office",
    f"{_URN}:text:1.0": "text",
    f"{_URN}:table:1.0": "table",
    f"{_URN}:style:1.0": "style",
    f"{_URN}:xsl-fo-compatible:1.0": "fo",
    f"{_URN}:drawing:1.0": "draw",
    f"{_URN}:meta:1.0": "meta",
    f"{_URN}:manifest:1.0": "manifest",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_LEFT_OUT = frozenset(
    (
        *("office:annotation", "office:forms", "text:tracked-changes", "text:sequence-decls"),
        *("text:note-citation", "text:ruby-text", "text:hidden-text", "text:hidden-paragraph"),
        *("text:variable-decls", "text:user-field-decls", "table:covered-table-cell"),
        *("text:alphabetical-index-source", "text:table-of-content-source"),
        "office:event-listeners",
    )
)
_INDEXES = frozenset(
    (
        *("text:table-of-content", "text:illustration-index", "text:table-index"),
        *("text:alphabetical-index", "text:object-index", "text:user-index"),
    )
)
_PROPERTIES = {
    "dc:title": "title",
    "meta:initial-creator": "creator",
    "dc:language": "language",
    "meta:creation-date": "created",
    "dc:date": "modified",
}
_MIMETYPES = (b"application/vnd.oasis.opendocument.text",)
MAX_STYLES_ABOVE = 20
MAX_SPACES = 1000


class _Style(NamedTuple):
    above: str = ""
    bold: bool | None = None
    struck: bool | None = None
    outline: int = 0


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether it is a package with an OpenDocument text, or a damaged one named so."""
    if not is_package(head):
        return False
    names = names_in(head)
    if names:
        return "content.xml" in names and any(kind in head[:200] for kind in _MIMETYPES)
    return path.suffix.lower() in (".odt", ".ott")


def read(source: Source) -> Iterator[RawDocument]:
    """The one document. Raises ProgsearchError when it is damaged or encrypted."""
    with opened(source) as package:
        _check_readable(package)
        flow = Flow("odt")
        body = _Body(flow)
        for name in ("styles.xml", "content.xml"):
            for event in _shown(pieces(package, name, _PREFIXES, _LEFT_OUT)):
                body.take(event)
        flow.properties = properties(package, "meta.xml", _PREFIXES, _PROPERTIES)
    yield flow.document()


def _shown(events: Iterable[Event]) -> Iterator[Event]:
    """The events without the sections that are not shown."""
    depth = 0
    for event in events:
        if isinstance(event, Start):
            hidden = event.name == "text:section" and event.attributes.get("text:display") == "none"
            depth += bool(depth or hidden)
        if not depth:
            yield event
        if isinstance(event, End) and depth:
            depth -= 1


def _check_readable(package: zipfile.ZipFile) -> None:
    for event in pieces(package, "META-INF/manifest.xml", _PREFIXES):
        if isinstance(event, Start) and event.name == "manifest:encryption-data":
            raise ProgsearchError("the file is encrypted", remedy="save it without a password")


_STRUCK = ("style:text-line-through-style", "style:text-line-through-type")


@dataclass(slots=True)
class _Open:
    """A paragraph or heading that is being read."""

    style: str
    heading: int = 0  # the level, 0 for running text
    words: Words = field(default_factory=Words)
    notes: list[str] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Body:
    """Takes the events of styles and text and gives paragraphs and rows to a flow."""

    flow: Flow
    styles: dict[str, _Style] = field(default_factory=dict)
    style: str = ""
    open: list[_Open] = field(default_factory=list)
    in_notes: list[int] = field(default_factory=list)  # paragraphs open where a note began
    depth: int = 0  # of lists
    listed: list[int] = field(default_factory=list)  # depths of the items that are open
    indexes: int = 0
    in_text: bool = False
    in_heads: int = 0

    def take(self, event: Event) -> None:
        """Take the next piece."""
        match event:
            case Start(name, attributes):
                self._start(name, dict(attributes))
            case End(name):
                self._end(name)
            case Text(text) if self.open:
                self._add(" ".join(text.split("\n")))

    def _add(self, text: str) -> None:
        made = self.open[-1]
        names = (*made.spans, made.style)
        struck = text.strip() and any(self._is(name, "struck") for name in names)
        bold = any(self._is(name, "bold") for name in names)
        made.words.add(f"~~{text}~~" if struck else text, bold=bold)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "style:style":
                self.style = attributes.get("style:name", "")
                level = attributes.get("style:default-outline-level", "")
                self.styles[self.style] = _Style(
                    attributes.get("style:parent-style-name", ""),
                    outline=int(level) if level.isdecimal() else 0,
                )
            case "style:text-properties" if self.style:
                weight = attributes.get("fo:font-weight", "")
                if weight:
                    bold = weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
                    self.styles[self.style] = self.styles[self.style]._replace(bold=bold)
                if lines := {attributes[key] for key in _STRUCK if key in attributes}:
                    struck = lines != {"none"}
                    self.styles[self.style] = self.styles[self.style]._replace(struck=struck)
            case "office:text":
                self.in_text = True
            case "text:p" | "text:h" if self.in_text:
                level = attributes.get("text:outline-level", "1")
                heading = int(level) if name == "text:h" and level.isdecimal() else 0
                self.open.append(_Open(attributes.get("text:style-name", ""), heading))
            case "text:list":
                self.depth += 1
            case "text:list-item":
                self.listed.append(self.depth)
            case "text:note-body":
                self.in_notes.append(len(self.open))
            case "table:table":
                self.flow.begin_table()
            case "table:table-header-rows":
                self.in_heads += 1
            case "table:table-row" if self.in_text:
                self.flow.begin_row(head=self.in_heads > 0)
            case "table:table-cell" if self.in_text:
                self.flow.begin_cell(*covered_by(attributes))
            case _ if name in _INDEXES:
                self.indexes += 1
            case _ if self.open:
                self._inside(name, attributes)

    def _inside(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "text:span":
                self.open[-1].spans.append(attributes.get("text:style-name", ""))
            case "text:s":
                count = attributes.get("text:c", "1")
                self._add(" " * min(MAX_SPACES, int(count) if count.isdecimal() else 1))
            case "text:tab":
                self._add(" ")
            case "text:line-break":
                self._add("\n")

    def _end(self, name: str) -> None:
        match name:
            case "style:style":
                self.style = ""
            case "office:text":
                self.in_text = False
            case "text:p" | "text:h" if self.open:
                self._close(self.open.pop())
            case "text:span" if self.open and self.open[-1].spans:
                self.open[-1].spans.pop()
            case "text:list":
                self.depth -= 1
            case "text:list-item" if self.listed:
                self.listed.pop()
            case "text:note-body" if self.in_notes:
                self.in_notes.pop()
            case "table:table-header-rows":
                self.in_heads -= 1
            case "table:table-row" if self.in_text:
                self.flow.end_row()
            case _ if name in _INDEXES:
                self.indexes -= 1

    def _close(self, made: _Open) -> None:
        text = made.words.text()
        if self.in_notes and self.open:
            # A note belongs to the paragraph that it stands in.
            self.open[self.in_notes[-1] - 1].notes.append(" ".join(text.split()))
            return
        names = list(self._line(made.style))
        titled = names[:1] == ["Title"] or names[1:2] == ["Title"]
        level = made.heading or next(
            (style.outline for name in names if (style := self.styles.get(name)) and style.outline),
            0,
        )
        shape = Shape.PARAGRAPH
        if self.indexes:
            shape, level = Shape.CONTENTS, 0
        elif titled:
            shape, level = Shape.HEADING, 1
        elif level:
            shape = Shape.HEADING
        elif self.listed:
            shape, level = Shape.ITEM, self.listed[-1]
        elif any("Quot" in name for name in names):
            shape = Shape.QUOTE
        elif any(name.endswith("Caption") for name in names):
            shape = Shape.NAVIGATION
        bold = made.words.bold()
        self.flow.add(
            StyledParagraph(text, shape, level, bold, is_title=titled, notes=tuple(made.notes))
        )

    def _line(self, name: str) -> Iterator[str]:
        """A style's name and the names of those that it is based on."""
        for _ in range(MAX_STYLES_ABOVE):
            if not name:
                return
            yield name
            name = self.styles[name].above if name in self.styles else ""

    def _is(self, name: str, what: Literal["bold", "struck"]) -> bool:
        told = (getattr(self.styles.get(one), what, None) for one in self._line(name))
        return next((bool(one) for one in told if one is not None), False)
