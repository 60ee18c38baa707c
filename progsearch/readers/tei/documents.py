"""Documents in TEI that are no minutes: motions, bills, reports, as SWERIK has them.

Source: TEI Consortium, "TEI P5 Guidelines". Lines of print are joined, and words that a
hyphen broke are whole; the numbers of lines are those of the XML.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from progsearch.blocks.building import Builder
from progsearch.blocks.bullets import bare_start
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape
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
    "row": Shape.PARAGRAPH,
}
_BREAKS = frozenset(("lb", "pb", "cb", "cell"))
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
    yield written.builder.document("tei", {key: value for key, value in facts.items() if value})


@dataclass(slots=True)
class _Open:
    name: str
    line: int
    text: list[str] = field(default_factory=list)


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
        elif name in _BREAKS and self.open:
            self.open[-1].text.append("\n" if name != "cell" else " | ")
        elif name in _BLOCKS:
            if self.open and name not in ("title", "quote", "q", "seg"):
                self._close(self.open[-1])  # what stands before a block inside of another
            if name not in ("title", "quote", "q", "seg") or not self.open:
                self.items += name == "item"
                self.open.append(_Open(name, line))

    def _text(self, text: str) -> None:
        if self.open:
            self.open[-1].text.append(text)
        elif self.in_text and text.strip():
            self.builder.add(joined(text), 1, Shape.PARAGRAPH)

    def _end(self, name: str) -> None:
        if name == "text":
            self.in_text = False
        elif name in _UNDATED:
            self.undated -= 1
        elif name.startswith("div") and self.in_text:
            self.depth -= 1
        if self.open and self.open[-1].name == name:
            made = self.open.pop()
            if self.in_text or name not in ("title", "author"):
                self._close(made)
                self.items -= name == "item"
            elif name == "title":
                self.title = self.title or joined("".join(made.text))
            else:
                author = joined("".join(made.text))
                self.authors += [author] if author else []

    def _close(self, made: _Open) -> None:
        """Put what an element has so far into the document."""
        text = joined("".join(made.text)).strip(" |")
        made.text.clear()
        shape, level, label = _BLOCKS[made.name], 0, ""
        bullet = 0
        if shape is Shape.HEADING:
            level = min(6, max(1, self.depth) + 1)
        elif shape is Shape.ITEM:
            level = max(1, self.items)
        elif made.name == "row":
            label = "row"
        elif made.name == "note":
            label = "note"
        elif shape is Shape.QUOTE:
            label = "quoted"
        elif shape is Shape.PARAGRAPH and (bullet := bare_start(text)):
            shape, level, label = Shape.ITEM, 1, text[:bullet].strip()
        self.builder.add(text, made.line, shape, level=level, label=label, bullet=bullet)
