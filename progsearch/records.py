"""Documents and passages as plain JSON objects, and back.

Empty values are left out. ``document(as_record(d)) == d`` for every document; so for
passages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from progsearch.model import Document, Fact, Origin, PartialDate, Passage, Person, Region, Role

__all__ = [
    "document_from",
    "document_record",
    "passage_from",
    "passage_record",
]

T = TypeVar("T")
Record = dict[str, Any]

# An enumeration is looked up in a dictionary in a fifth of the time that a call of it takes.
_ORIGINS = {one.value: one for one in Origin}
_ROLES = {one.value: one for one in Role}


def _kept(record: Record) -> Record:
    return {key: value for key, value in record.items() if value not in (None, "", [], {})}


def _fact(fact: Fact[T] | None) -> list[str] | None:
    return None if fact is None else [str(fact.value), fact.origin.value]


def _text_fact(pair: list[str] | None) -> Fact[str] | None:
    return None if pair is None else Fact(pair[0], _ORIGINS[pair[1]])


def _person(person: Person) -> Record:
    return _kept(
        {
            "name": person.name,
            "role": person.role,
            "uid": person.uid,
            "party": person.party,
            "office": person.office,
        }
    )


def _person_from(record: Mapping[str, str]) -> Person:
    return Person(
        record.get("name", ""),
        record.get("role", ""),
        record.get("uid", ""),
        record.get("party", ""),
        record.get("office", ""),
    )


def document_record(document: Document) -> Record:
    """A document as a JSON object."""
    region = document.region
    return _kept(
        {
            "id": document.id,
            "path": document.path,
            "format": document.format,
            "content_hash": document.content_hash,
            "body_hash": document.body_hash,
            "title": document.title,
            "lang": _fact(document.lang),
            "kind": _fact(document.kind),
            "country": _fact(document.country),
            "region": region and [region.value.code, region.value.name, region.origin.value],
            "party": _fact(document.party),
            "date": _fact(document.date),
            "campaign": document.campaign,
            "people": [_person(person) for person in document.people],
            "notes": list(document.notes),
            "extra": dict(document.extra),
            "between": list(document.between),
        }
    )


def document_from(record: Mapping[str, Any]) -> Document:
    """The document of a JSON object."""
    region, date = record.get("region"), record.get("date")
    return Document(
        id=record["id"],
        path=record["path"],
        format=record["format"],
        content_hash=record["content_hash"],
        body_hash=record["body_hash"],
        title=record.get("title", ""),
        lang=Fact(record["lang"][0], _ORIGINS[record["lang"][1]]),
        kind=_text_fact(record.get("kind")),
        country=_text_fact(record.get("country")),
        region=region and Fact(Region(region[0], region[1]), _ORIGINS[region[2]]),
        party=_text_fact(record.get("party")),
        date=date and Fact(PartialDate.parse(date[0]), _ORIGINS[date[1]]),
        campaign=record.get("campaign", ""),
        people=tuple(_person_from(person) for person in record.get("people", ())),
        notes=tuple(record.get("notes", ())),
        extra=record.get("extra", {}),
        between=tuple(record.get("between", ())),
    )


def passage_record(passage: Passage) -> Record:
    """A passage as a JSON object."""
    return _kept(
        {
            "id": passage.id,
            "document": passage.document,
            "number": passage.number,
            "role": passage.role.value,
            "lang": _fact(passage.lang),
            "text": passage.text,
            "span": [passage.start, passage.end],
            "lines": [passage.line, passage.end_line],
            "headings": list(passage.headings),
            "speaker": passage.speaker and _person(passage.speaker),
            "also": [list(lines) for lines in passage.also],
            "page": passage.page or None,
            "label": passage.label,
            "commitment": passage.commitment,
            "mark": passage.mark,
            "ocr": passage.ocr or None,
        }
    )


def passage_from(record: Mapping[str, Any]) -> Passage:
    """The passage of a JSON object."""
    speaker = record.get("speaker")
    also = record.get("also", ())
    return Passage(
        id=record["id"],
        document=record["document"],
        number=record["number"],
        role=_ROLES[record["role"]],
        lang=Fact(record["lang"][0], _ORIGINS[record["lang"][1]]),
        text=record.get("text", ""),
        start=record["span"][0],
        end=record["span"][1],
        line=record["lines"][0],
        end_line=record["lines"][1],
        headings=tuple(record.get("headings", ())),
        speaker=speaker and _person_from(speaker),
        also=tuple((first, last) for first, last in also) if also else (),
        page=record.get("page", 0),
        label=record.get("label", ""),
        commitment=record.get("commitment", ""),
        mark=record.get("mark", ""),
        ocr=record.get("ocr", 0),
    )
