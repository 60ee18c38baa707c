"""Word documents (Office Open XML): headings, lists, tables row by row, footnotes.

Names of elements: ECMA-376, "Office Open XML File Formats", part 1, WordprocessingML, in
its transitional and its strict form. The numbers of lines are those of the paragraphs.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from progsearch.analysis.notemarks import raised_as
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape
from progsearch.readers.containers.packages import is_package, names_in, opened
from progsearch.readers.office.flow import Flow, StyledParagraph
from progsearch.readers.office.parts import Words, paragraphs_of_diagram, pieces, properties
from progsearch.readers.source import Source
from progsearch.readers.xml import End, Event, Start, Text

__all__ = ["read", "sniff"]

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}
_DELETED = frozenset(("w:del", "w:moveFrom", "mc:Fallback", "w:instrText", "w:delText", "w:rt"))
"""What stands in them is no text of the document; the fallback says again what is said."""
_PROPERTIES = {
    "dc:title": "title",
    "dc:creator": "creator",
    "dc:language": "language",
    "dcterms:created": "created",
    "dcterms:modified": "modified",
}
_DOCUMENT = "word/document.xml"
_RELATED = "word/_rels/document.xml.rels"
_MARK_GONE = "the mark at the end of the paragraph is deleted"
_MARKS_GONE = frozenset(("w:del", "w:moveFrom"))
_SPACES = frozenset(("w:tab", "w:br", "w:cr"))
_WRAPS = "textWrapping"
_OFF = frozenset(("0", "false", "off", "none"))
MAX_STYLES_ABOVE = 20


class _Style(NamedTuple):
    name: str = ""
    above: str = ""
    outline: int | None = None
    listed: int | None = None  # the depth of its list, from 0
    bold: bool = False


@dataclass(slots=True)
class _Styles:
    """The styles of a document by their ids."""

    known: dict[str, _Style] = field(default_factory=dict)

    def line(self, name: str) -> Iterator[_Style]:
        """A style and those that it is based on."""
        for _ in range(MAX_STYLES_ABOVE):
            style = self.known.get(name)
            if style is None:
                return
            yield style
            name = style.above


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether it is a package with a Word document in it, or a damaged one named so."""
    if not is_package(head):
        return False
    names = names_in(head)
    return _DOCUMENT in names or (not names and path.suffix.lower() == ".docx")


def read(source: Source) -> Iterator[RawDocument]:
    """The one document. Raises ProgsearchError when it is damaged."""
    with opened(source) as package:
        styles = _styles(package)
        notes = _notes(package)
        flow = Flow("docx")
        body = _Body(styles, notes, flow, _diagrams(package))
        if _DOCUMENT not in package.namelist():
            raise ProgsearchError("there is no Word document in it", remedy="save it anew as .docx")
        for event in _kept(pieces(package, _DOCUMENT, _PREFIXES)):
            body.take(event)
        flow.properties = properties(package, "docProps/core.xml", _PREFIXES, _PROPERTIES)
    yield flow.document()


def _kept(events: Iterable[Event]) -> Iterator[Event]:
    """The events of a text without what is deleted; where the mark at the end of a paragraph is,
    that is an event of its own."""
    gone = 0
    inside: list[str] = []
    for event in events:
        if isinstance(event, Start):
            if gone or event.name in _DELETED:
                if not gone and event.name in _MARKS_GONE and inside[-2:] == ["w:pPr", "w:rPr"]:
                    yield event._replace(name=_MARK_GONE)
                gone += 1
                continue
            inside.append(event.name)
        elif isinstance(event, End):
            if gone:
                gone -= 1
                continue
            inside.pop()
        if not gone:
            yield event


def _diagrams(package: zipfile.ZipFile) -> dict[str, list[str]]:
    """The texts of drawn lists (SmartArt), by the ids by which the text refers to them."""
    found: dict[str, list[str]] = {}
    for event in pieces(package, _RELATED, _PREFIXES):
        if isinstance(event, Start) and event.attributes.get("Type", "").endswith("/diagramData"):
            part = posixpath.normpath(posixpath.join("word", event.attributes.get("Target", "")))
            texts = paragraphs_of_diagram(pieces(package, part.lstrip("/"), _PREFIXES))
            found[event.attributes.get("Id", "")] = list(texts)
    return found


def _styles(package: zipfile.ZipFile) -> _Styles:
    styles = _Styles()
    ident, style = "", _Style()
    for event in pieces(package, "word/styles.xml", _PREFIXES):
        match event:
            case Start("w:style", attributes):
                ident, style = attributes.get("w:styleId", ""), _Style()
            case Start("w:name", attributes):
                style = style._replace(name=attributes.get("w:val", "").lower())
            case Start("w:basedOn", attributes):
                style = style._replace(above=attributes.get("w:val", ""))
            case Start("w:outlineLvl", attributes):
                style = style._replace(outline=_number(attributes))
            case Start("w:numPr"):
                style = style._replace(listed=style.listed or 0)
            case Start("w:ilvl", attributes):
                style = style._replace(listed=_number(attributes))
            case Start("w:b", attributes):
                style = style._replace(bold=attributes.get("w:val", "") not in _OFF)
            case End("w:style"):
                styles.known[ident] = style
    return styles


def _number(attributes: object) -> int:
    value = attributes.get("w:val", "0") if isinstance(attributes, dict) else "0"
    return int(value) if value.isdecimal() else 0


def _notes(package: zipfile.ZipFile) -> dict[tuple[str, str], list[str]]:
    """The paragraphs of foot- and endnotes by kind and number."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind in ("footnote", "endnote"):
        flow = Flow("notes")
        body = _Body(_Styles(), {}, flow, {})
        ident = ""
        for event in pieces(package, f"word/{kind}s.xml", _PREFIXES, _DELETED):
            if isinstance(event, Start) and event.name == f"w:{kind}":
                # Separators are notes, too, of a type of their own.
                ident = "" if "w:type" in event.attributes else event.attributes.get("w:id", "")
            elif isinstance(event, End) and event.name == f"w:{kind}":
                found[kind, ident] += [one.text for one in flow.taken() if one.text.strip()]
            else:
                body.take(event)
    found.pop(("footnote", ""), None)
    found.pop(("endnote", ""), None)
    return found


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read."""

    words: Words = field(default_factory=Words)
    style: str = ""
    outline: int | None = None
    listed: int | None = None
    notes: list[str] = field(default_factory=list)
    goes_on: bool = False  # in the next paragraph: its mark is deleted


@dataclass(slots=True)
class _Body:
    """Takes the events of a text and gives its paragraphs and rows to a flow."""

    styles: _Styles
    notes: dict[tuple[str, str], list[str]]
    flow: Flow
    diagrams: dict[str, list[str]]
    carried: _Open | None = None
    open: list[_Open] = field(default_factory=list)  # a text box lies in a paragraph
    in_text: bool = False
    in_run: bool = False
    bold: bool = False
    hidden: bool = False
    struck: bool = False
    raised: bool = False

    def take(self, event: Event) -> None:
        """Take the next piece."""
        match event:
            case Start(name, attributes):
                self._start(name, dict(attributes))
            case End(name):
                self._end(name)
            case Text(text) if self.in_text:
                self._add(text)

    def _add(self, text: str) -> None:
        if self.open and not self.hidden:
            text = raised_as(text) if self.raised else text
            text = f"~~{text}~~" if self.struck and text.strip() else text
            self.open[-1].words.add(text, bold=self.bold)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        paragraph = self.open[-1] if self.open else None
        match name:
            case "w:p":
                made, self.carried = self.carried, None
                self.open.append(_Open(made.words, notes=made.notes) if made else _Open())
                self.in_run = False
            case "dgm:relIds":
                for text in self.diagrams.pop(attributes.get("r:dm", ""), ()):
                    self.flow.add(StyledParagraph(text, Shape.ITEM, 1))
            case "w:tbl":
                self.flow.begin_table()
            case "w:tr":
                self.flow.begin_row()
            case "w:gridBefore":
                self.flow.skip_columns(_number(attributes))
            case "w:gridSpan":
                self.flow.widen_cell(_number(attributes))
            case "w:vMerge":
                self.flow.merge_cell(begins=attributes.get("w:val", "") == "restart")
            case "w:tblHeader" if attributes.get("w:val", "") not in _OFF:
                self.flow.head_row()
            case "w:tc":
                self.flow.begin_cell()
            case "w:r":
                self.in_run, self.bold, self.hidden = True, False, False
                self.struck = self.raised = False
            case "w:t":
                self.in_text = True
            case "w:noBreakHyphen":
                self._add("-")
            case "w:softHyphen":
                self._add("\u00ad")
            case "w:br" if self.in_run and attributes.get("w:type", _WRAPS) == _WRAPS:
                self._add("\n")
            case _ if name in _SPACES and self.in_run:
                self._add(" ")
        if paragraph is not None:
            self._property(name, attributes, paragraph)

    def _property(self, name: str, attributes: dict[str, str], paragraph: _Open) -> None:
        value = attributes.get("w:val", "")
        match name:
            case "w:pStyle":
                paragraph.style = value
            case "w:outlineLvl":
                paragraph.outline = _number(attributes)
            case "w:ilvl":
                paragraph.listed = _number(attributes)
            case "w:numId":
                paragraph.listed = None if value == "0" else paragraph.listed or 0
            case "w:b" if self.in_run:
                self.bold = value not in _OFF
            case "w:strike" | "w:dstrike" if self.in_run:
                self.struck = value not in _OFF
            case "w:vertAlign" if self.in_run:
                self.raised = value == "superscript"
            case name if name == _MARK_GONE:
                paragraph.goes_on = True
            case "w:vanish" if self.in_run:
                self.hidden = value not in _OFF
            case "w:footnoteReference" | "w:endnoteReference":
                kind = name.removeprefix("w:").removesuffix("Reference")
                # Who refers to a note once more does not say it once more.
                paragraph.notes += self.notes.pop((kind, attributes.get("w:id", "")), [])

    def _end(self, name: str) -> None:
        match name:
            case "w:p" if self.open:
                made = self.open.pop()
                if made.goes_on and not self.open:
                    self.carried = made
                else:
                    self.flow.add(self._paragraph(made))
            case "w:tc" | "w:body" if self.carried:
                self.flow.add(self._paragraph(self.carried))
                self.carried = None
            case "w:tr":
                self.flow.end_row()
            case "w:r":
                self.in_run = False
            case "w:t":
                self.in_text = False

    def _paragraph(self, made: _Open) -> StyledParagraph:
        line = list(self.styles.line(made.style))
        names = [style.name for style in line]
        text = made.words.text()
        bold = made.words.bold() or (made.words.any() and any(style.bold for style in line))
        outline = _first([made.outline, *(style.outline for style in line)])
        listed = _first([made.listed, *(style.listed for style in line)])
        if not listed and (deeper := next(filter(None, map(_LISTED.fullmatch, names)), None)):
            listed = int(deeper[1]) - 1  # each depth is a list of its own there
        shape, level = Shape.PARAGRAPH, 0
        if any(name == "title" for name in names):
            shape, level = Shape.HEADING, 1
        elif any(name.startswith(("toc ", "table of ")) for name in names):
            shape = Shape.CONTENTS
        elif any(name == "caption" or name.endswith(" caption") for name in names):
            shape = Shape.NAVIGATION
        elif heading := _heading(names, outline):
            shape, level = Shape.HEADING, heading
        elif listed is not None:
            shape, level = Shape.ITEM, listed + 1
        elif any("quot" in name for name in names):
            shape = Shape.QUOTE
        titled = names[:1] == ["title"]
        return StyledParagraph(text, shape, level, bold, is_title=titled, notes=tuple(made.notes))


_LISTED = re.compile(r"list (?:bullet|number) ([2-5])")
"""Word's own styles of lists below another list."""


def _first(values: Iterable[int | None]) -> int | None:
    return next((value for value in values if value is not None), None)


def _heading(names: list[str], outline: int | None) -> int:
    """The level of a heading, or 0; level 9 of an outline is running text."""
    for name in names:
        level = name.removeprefix("heading ")
        if level != name and level.isdecimal():
            return min(9, int(level))
    return outline + 1 if outline is not None and outline < 9 else 0
