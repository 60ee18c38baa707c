"""Minutes of parliaments in the TEI of ParlaMint: one document an utterance.

Source: Erjavec et al., "ParlaMint: Schema and Guidelines for the encoding of parliamentary
corpora". The numbers of lines are those of the XML.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from progsearch.blocks.building import Builder
from progsearch.model import Person, RawDocument, Shape
from progsearch.readers.source import Source
from progsearch.readers.tei.speakers import PREFIXES, Speakers, speakers_of
from progsearch.readers.xml import End, Event, Start, Text, events

__all__ = ["read", "sniff"]

_TEI = re.compile(rb"<(?:TEI|teiCorpus|listPerson|listOrg|taxonomy)\b[^>]*tei-c\.org/ns", re.DOTALL)
_OUTSIDE = frozenset(("note", "vocal", "kinesic", "incident", "gap", "desc", "listPerson"))
"""Noises and remarks of the clerk: no words of the speaker."""
_COUNTRY = re.compile(r"ParlaMint-([A-Z]{2})(?:-([A-Z0-9]{1,3}))?(?![A-Za-z0-9])")
_INTRODUCED = re.compile(
    r"(?:Anf\. ?\d+ )?(?P<name>.{2,80}?) ?(?:\((?P<party>[^\W\d_]{1,12})\))?"
    r" ?(?:\([^()]{0,80}\)|replik|forts\.?)? ?[:.]?$"
)
"""What a clerk writes above a speech: ``Anf. 12 Statsminister CARL BILDT (m):``."""
_HEADS_DATES = frozenset(("publicationStmt", "revisionDesc"))
"""Dates there are those of the corpus and not of the minutes."""


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether its first element is one of the TEI."""
    return head.lstrip()[:1] == b"<" and _TEI.search(head[:4000]) is not None


def read(source: Source) -> Iterator[RawDocument]:
    """The utterances; none for a file that only lists people or other files."""
    speakers = speakers_of(source)
    told = _COUNTRY.match(source.path.name)
    place = {"country": told[1]} if told else {}
    if told and told[2]:
        place["region"] = f"{told[1]}-{told[2]}"
    minutes = _Minutes(speakers, place, clerks=told is None)
    for event in events(io.BytesIO(source.data), PREFIXES):
        yield from minutes.take(event)


@dataclass(slots=True)
class _Segment:
    line: int
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    lemmas: list[tuple[int, int, str]] = field(default_factory=list)
    joined: bool = True  # no blank before the next word

    def put(self, text: str) -> int:
        at = self.length
        self.pieces.append(text)
        self.length += len(text)
        return at


@dataclass(slots=True)
class _Utterance:
    ident: str
    who: str
    role: str
    lang: str
    builder: Builder = field(default_factory=Builder)
    lemmas: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class _Minutes:
    """Takes the events of a file and gives the utterances, one at a time."""

    speakers: Speakers
    place: dict[str, str] = field(default_factory=dict)  # country and region
    clerks: bool = False  # whether the names above the speeches are all that is known
    parliament: str = ""
    introduced: str = ""
    in_note: bool = False
    ident: str = ""
    lang: str = ""
    day: str = ""
    title: str = ""
    above: str = ""  # the heading of the section
    skipping: int = 0
    in_text: bool = False
    in_title: bool = False
    in_head: bool = False
    utterance: _Utterance | None = None
    segment: _Segment | None = None
    lemma: str = ""
    word: list[str] | None = None
    words: int = 0  # that are open: one that was taken apart holds others
    join_right: bool = False
    count: int = 0
    undated: int = 0
    _collected: list[str] = field(default_factory=list)

    def take(self, event: Event) -> Iterator[RawDocument]:
        """Take the next piece."""
        match event:
            case Start(name, attributes, line):
                if self._introduces(name, attributes):
                    self.in_note = True
                    self._collected = []
                elif self.skipping or (self.in_text and name in _OUTSIDE):
                    self.skipping += 1
                else:
                    self._start(name, attributes, line)
            case End(name):
                if self.skipping:
                    self.skipping -= 1
                else:
                    yield from self._end(name)
            case Text(text) if not self.skipping:
                self._text(text)

    def _introduces(self, name: str, attributes: Mapping[str, str]) -> bool:
        return (
            name == "note"
            and attributes.get("type") == "speaker"
            and self.clerks
            and self.in_text
            and not self.skipping
            and not self.in_note
        )

    def _start(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        match name:
            case "name" if not self.in_text:
                kind = attributes.get("type", "")
                if kind == "country" and attributes.get("key", "").isalpha():
                    self.place.setdefault("country", attributes["key"].upper()[:2])
                elif kind == "org":
                    self.parliament = attributes.get("ref", "").removeprefix("#")
            case "docDate" if not self.day and attributes.get("when"):
                self.day = attributes["when"][:10]
            case "TEI":
                self.ident = attributes.get("xml:id", "")
                self.lang = attributes.get("xml:lang", "")
            case "title" if not self.title and not self.in_text:
                self.in_title = True
                self._collected = []
            case "date" if not self.in_text and not self.undated and attributes.get("when"):
                self.day = attributes["when"][:10]
            case _ if name in _HEADS_DATES:
                self.undated += 1
            case "text":
                self.in_text = True
            case "head" if self.in_text:
                self.in_head = True
                self._collected = []
            case "u" if self.in_text:
                self.count += 1
                ident = attributes.get("xml:id", "") or f"u{self.count}"
                self.utterance = _Utterance(
                    ident.removeprefix(f"{self.ident.removesuffix('.ana')}."),
                    attributes.get("who", ""),
                    attributes.get("ana", "").partition(" ")[0].removeprefix("#"),
                    attributes.get("xml:lang", "") or self.lang,
                )
                self.segment = None
            case "seg" if self.utterance:
                self._close_segment()
                self.segment = _Segment(line)
            case "w" | "pc":
                self.words += 1
                if self.words == 1:
                    self.word, self.lemma = [], ""
                    self.join_right = attributes.get("join", "") in ("right", "both")
                if name == "w":
                    self.lemma = self.lemma or attributes.get("lemma", "")
        if self.utterance and self.segment is None and name in ("w", "pc", "s"):
            self.segment = _Segment(line)

    def _text(self, text: str) -> None:
        if self.in_title or self.in_head or self.in_note:
            self._collected.append(text)
        elif self.word is not None:
            self.word.append(text)
        elif self.utterance:
            if self.segment is None and text.strip():
                self.segment = _Segment(0)
            if self.segment and not self.segment.lemmas and text.strip():
                self.segment.put(" ".join(text.split("\n")))
            elif self.segment and self.segment.pieces and not self.segment.lemmas:
                self.segment.put(" ")

    def _end(self, name: str) -> Iterator[RawDocument]:
        match name:
            case "title" if self.in_title:
                self.title, self.in_title = " ".join("".join(self._collected).split()), False
            case "note" if self.in_note:
                self.introduced, self.in_note = " ".join("".join(self._collected).split()), False
            case "head" if self.in_head:
                self.above, self.in_head = " ".join("".join(self._collected).split()), False
            case "w" | "pc" if self.word is not None:
                self.words -= 1
                if not self.words:
                    self._word("".join(self.word).strip())
            case _ if name in _HEADS_DATES:
                self.undated -= 1
            case "seg":
                self._close_segment()
            case "u" if self.utterance:
                self._close_segment()
                yield from self._document(self.utterance)
                self.utterance = None
            case "text":
                self.in_text = False

    def _word(self, form: str) -> None:
        segment, self.word = self.segment, None
        if segment is None or not form:
            return
        if not segment.joined:
            segment.put(" ")
        at = segment.put(form)
        segment.joined = self.join_right
        if self.lemma:
            segment.lemmas.append((at, at + len(form), self.lemma))

    def _close_segment(self) -> None:
        segment, utterance = self.segment, self.utterance
        self.segment = None
        if segment is None or utterance is None:
            return
        text = "".join(segment.pieces)
        if not segment.lemmas:
            text = " ".join(text.split())
        at = utterance.builder.length
        utterance.builder.add(text, segment.line or 1, Shape.PARAGRAPH, code=utterance.role)
        for start, end, lemma in segment.lemmas:
            utterance.lemmas[at + start, at + end] = lemma

    def _speaker(self, who: str) -> Person | None:
        """Who speaks: as the lists have it, else as the clerk has written it above."""
        known = self.speakers.person(who, self.day)
        named = (
            _INTRODUCED.fullmatch(" ".join(self.introduced.split())) if self.introduced else None
        )
        ident = who.removeprefix("#")
        if named is None or ident in self.speakers.names:
            return known
        return Person(named["name"], "speaker", uid=ident, party=named["party"] or "")

    def _parliament(self) -> str:
        """The name of the parliament, when there is no doubt which one it is."""
        known = self.speakers.parliaments
        if self.parliament in known:
            return known[self.parliament]
        return next(iter(known.values())) if len(known) == 1 else ""

    def _document(self, made: _Utterance) -> Iterator[RawDocument]:
        if not made.builder.blocks:
            return
        speaker = self._speaker(made.who)
        meta: dict[str, object] = {"kind": "speech"}
        facts = {"date": self.day, "lang": made.lang, "section": self.above, "source": self.title}
        facts |= {**self.place, "parliament": self._parliament()}
        meta |= {key: value for key, value in facts.items() if value}
        if speaker and speaker.party:
            meta["party"] = speaker.party
        who = speaker.name if speaker else "unknown speaker"
        meta["title"] = f"{who}: {self.above}" if self.above else f"{who}, {self.day}"
        meta["role"] = made.role
        yield made.builder.document(
            "parlamint", meta, part=made.ident, speaker=speaker, lemmas=made.lemmas
        )
