"""Documents in TEI that are no minutes: motions, bills, reports, as SWERIK has them.

Source: TEI Consortium, "TEI P5 Guidelines". Lines of print are joined, and words that a
hyphen broke are whole; the numbers of lines are those of the XML. A note stands after the
paragraph that it is in, and captions of tables and figures aside.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from progsearch.blocks.building import Builder
from progsearch.blocks.bullets import bare_start
from progsearch.blocks.settling import settled
from progsearch.blocks.tableheads import INNER
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape
from progsearch.readers.office.flow import Flow, StyledParagraph
from progsearch.readers.office.parts import counted
from progsearch.readers.source import Source
from progsearch.readers.xml import End, Event, Start, Text, events

__all__ = ["joined", "read", "sniff"]

_PREFIXES = {
    "http://www.tei-c.org/ns/1.0": "",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_TEI = re.compile(rb"<(?:\w+:)?TEI(?:\.2)?\b", re.DOTALL)
_SPOKEN = re.compile(rb"<u[\s>]|<listPerson\b|<teiCorpus\b|<taxonomy\b|<listOrg\b")
_BLOCKS: Mapping[str, Shape] = {
    "p": Shape.PARAGRAPH,
    "ab": Shape.PARAGRAPH,
    "l": Shape.PARAGRAPH,
    "seg": Shape.PARAGRAPH,
    "item": Shape.ITEM,
    "head": Shape.HEADING,
    "title": Shape.HEADING,
    "titlePart": Shape.HEADING,
    "quote": Shape.QUOTE,
    "q": Shape.QUOTE,
    "note": Shape.NAVIGATION,
    "fw": Shape.NAVIGATION,  # running heads and numbers of pages
    "byline": Shape.BYLINE,
    "docAuthor": Shape.BYLINE,
    "docDate": Shape.BYLINE,
    "signed": Shape.BYLINE,
    "closer": Shape.BYLINE,
    "opener": Shape.BYLINE,
    "figDesc": Shape.NAVIGATION,
}
_BREAKS = frozenset(("lb", "pb", "cb"))
_CAPTIONED = frozenset(("table", "figure"))
_IN_LINE = frozenset(("title", "quote", "q", "seg"))
_NOTE_MARK = re.compile(r"\s*[\d*†‡]{1,3}\s*")
_UNDATED = frozenset(("publicationStmt", "revisionDesc", "editionStmt"))
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u00ac]\s*\n\s*(?=[^\W\d_A-ZÅÄÖÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])")
_AND = re.compile(r"(?:och|eller|samt|a|nebo|und|oder|and|or|og|eller)\b")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether it is a TEI of written text: without utterances, and no list of people."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<" or not _TEI.search(head[:4000]):
        return False
    return not path.name.startswith("ParlaMint") and _SPOKEN.search(head) is None


def joined(text: str) -> str:
    """Lines of print in one: words that a hyphen broke at the end of a line are whole."""

    def mended(found: re.Match[str]) -> str:
        return "- " if _AND.match(text, found.end()) else ""

    return " ".join(_BROKEN.sub(mended, text).split())


def read(source: Source) -> Iterator[RawDocument]:
    """The one document. Raises ProgsearchError when it has no text."""
    written = _Written()
    for event in events(io.BytesIO(source.data), _PREFIXES):
        written.take(event)
    if not written.builder.blocks:
        raise ProgsearchError(
            "the TEI has no paragraphs", remedy="get the file once more, or take it away"
        )
    facts = {
        "title": written.title,
        "date": written.day,
        "author": written.authors,
        "lang": written.lang,
        "source": written.kind,
    }
    written.builder.blocks = settled(written.builder.text(), written.builder.blocks)
    yield written.builder.document("tei", {key: value for key, value in facts.items() if value})


def _leads_to_note(name: str, attributes: Mapping[str, str]) -> bool:
    return name == "ref" and attributes.get("target", "").startswith("#")


@dataclass(slots=True)
class _Open:
    name: str
    line: int
    text: list[str] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Written:
    """Takes the events of a file; elements with text may lie in each other."""

    builder: Builder = field(default_factory=Builder)
    title: str = ""
    day: str = ""
    lang: str = ""
    kind: str = ""
    authors: list[str] = field(default_factory=list)
    in_text: bool = False
    undated: int = 0
    depth: int = 0  # of divisions
    items: int = 0
    around: list[str] = field(default_factory=list)  # tables and figures
    flow: Flow | None = None  # the rows of the table that is open
    row: int = 0
    open: list[_Open] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Take the next piece."""
        match event:
            case Start(name, attributes, line):
                self._start(name, attributes, line)
            case End(name):
                self._end(name)
            case Text(text):
                self._text(text)

    def _start(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        if name in ("TEI", "text") and not self.lang:
            self.lang = attributes.get("xml:lang", "")
        if name == "text":
            self.in_text = True
        elif name in _UNDATED:
            self.undated += 1
        elif name in ("date", "docDate") and not self.undated:
            day = _DAY.match(attributes.get("when", ""))
            self.day = self.day or (day[0] if day else "")
        elif not self.in_text and name in ("title", "author"):
            self.open.append(_Open(name, line))
        if not self.in_text:
            return
        if name.startswith("div"):
            self.depth += 1
            self.kind = self.kind or attributes.get("type", "")
        elif name in _CAPTIONED:
            self._begin_table(name)
        elif name == "row" and self.flow:
            self.row = line
            self.flow.begin_row(head=attributes.get("role") == "label")
        elif name == "cell" and self.flow:
            self.flow.begin_cell(counted(attributes, "cols"), counted(attributes, "rows"))
            self.open.append(_Open(name, line))
        elif name in _BREAKS and self.open:
            self.open[-1].text.append("\n")
        elif self.open and (name == "note" or _leads_to_note(name, attributes)):
            self.open.append(_Open(name, line))
        elif self.open and any(one.name == "note" for one in self.open):
            self.open[-1].text.append(" ")  # the paragraphs of a note are one text
        elif name in _BLOCKS:
            if self.open and name not in _IN_LINE:
                self._close(self.open[-1])  # what stands before a block inside of another
            if name not in _IN_LINE or not self.open:
                self.items += name == "item"
                self.open.append(_Open(name, line))

    def _begin_table(self, name: str) -> None:
        self.around.append(name)
        if name == "table" and self.flow is None:
            if self.open:
                self._close(self.open[-1])
            self.flow = Flow("")
            self.flow.begin_table()

    def _text(self, text: str) -> None:
        if self.open:
            self.open[-1].text.append(text)
        elif self.in_text and text.strip() and not self.flow:
            self.builder.add(joined(text), 1, Shape.PARAGRAPH)

    def _end(self, name: str) -> None:
        if name == "text":
            self.in_text = False
        elif name in _UNDATED:
            self.undated -= 1
        elif name.startswith("div") and self.in_text:
            self.depth -= 1
        elif name == "row" and self.flow:
            self.flow.end_row()
            self._put_rows()
        elif name in _CAPTIONED and self.around:
            self.around.pop()
            if "table" not in self.around:
                self.flow = None
        if self.open and self.open[-1].name == name:
            self._end_open(self.open.pop())

    def _end_open(self, made: _Open) -> None:
        """Close an element that has a text; a note waits for the paragraph that it is in."""
        whole = "".join(made.text)
        if made.name == "ref":
            if not _NOTE_MARK.fullmatch(whole):
                self.open[-1].text.append(whole)
        elif made.name == "note" and self.open:
            self.open[-1].notes += [(joined(whole), made.line), *made.notes]
        elif self.in_text or made.name not in ("title", "author"):
            self._close(made)
            self.items -= made.name == "item"
            for note, line in made.notes:
                self.builder.add(note, line, Shape.NAVIGATION, label="note")
        elif made.name == "title":
            self.title = self.title or joined(whole)
        else:
            author = joined(whole)
            self.authors += [author] if author else []

    def _put_rows(self) -> None:
        """Put the row that is whole, or the paragraphs of its cells, into the document."""
        for one in self.flow.taken() if self.flow else ():
            bullet = bare_start(one.text) if one.label == INNER else 0
            shape = Shape.ITEM if bullet else one.shape
            level = max(one.level, int(shape is Shape.ITEM))
            self.builder.add(
                one.text, self.row, shape, level=level, label=one.label, bullet=bullet,
                closes=one.closes,
            )  # fmt: skip
            for note in one.notes:
                self.builder.add(note, self.row, Shape.NAVIGATION, label="note")

    def _close(self, made: _Open) -> None:
        """Put what an element has so far into the document."""
        text = joined("".join(made.text))
        made.text.clear()
        shape, level, label = _BLOCKS.get(made.name, Shape.PARAGRAPH), 0, ""
        bullet = 0
        if made.name == "head" and self.around:
            self.builder.add(text, made.line, Shape.NAVIGATION, label="caption")
            return
        if self.flow and shape in (Shape.PARAGRAPH, Shape.ITEM):
            notes = tuple(note for note, _ in made.notes)
            made.notes.clear()
            depth = max(1, self.items) if shape is Shape.ITEM else 0
            self.flow.add(StyledParagraph(text, shape, depth, notes=notes))
            return
        if shape is Shape.HEADING:
            level = min(6, max(1, self.depth) + 1)
        elif shape is Shape.ITEM:
            level = max(1, self.items)
        elif made.name == "note":
            label = "note"
        elif made.name == "figDesc":
            label = "caption"
        elif shape is Shape.QUOTE:
            label = "quoted"
        elif shape is Shape.PARAGRAPH and (bullet := bare_start(text)):
            shape, level, label = Shape.ITEM, 1, text[:bullet].strip()
        self.builder.add(text, made.line, shape, level=level, label=label, bullet=bullet)
