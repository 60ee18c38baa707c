"""A document with its passages as flat rows, one a passage, and back: nothing is lost.

``ready_from(flat_rows(document, passages))`` is the same document again. Every row repeats
what is known of the document, so that a table of rows can be grouped by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from progsearch.errors import ProgsearchError
from progsearch.model import (
    Document,
    Fact,
    Origin,
    PartialDate,
    Passage,
    Person,
    ReadyDocument,
    Region,
    Role,
)

__all__ = ["COLUMNS", "SCHEMA", "check_row", "flat_rows", "ready_from"]

SCHEMA = "progsearch corpus 2"
"""What the first column says; the number changes with the columns."""

_PERSON = ("name", "role", "uid", "party", "office")
_FACTS = ("lang", "kind", "country", "region", "party", "date")

COLUMNS: Mapping[str, str] = {
    "schema": "text",
    "id": "text",
    "document": "text",
    "number": "int",
    "role": "text",
    "lang": "text",
    "text": "text",
    "start": "int",
    "end": "int",
    "page": "int",
    "line": "int",
    "end_line": "int",
    "headings": "texts",
    "label": "text",
    "commitment": "text",
    "mark": "text",
    "ocr": "int",
    **{f"speaker_{name}": "text" for name in _PERSON},
    "also": "pairs",
    "before": "text",
    "after": "text",
    "path": "text",
    "format": "text",
    "title": "text",
    **{f"document_{name}": "text" for name in _FACTS},
    "document_region_name": "text",
    "campaign": "text",
    "lang_origin": "text",
    **{f"document_{name}_origin": "text" for name in _FACTS},
    "people": "people",
    "notes": "texts",
    "extra": "object",
    "content_hash": "text",
    "body_hash": "text",
    "passages": "int",
}
"""The columns in order, and what they hold: a text, a number, or a list."""


_LARGEST = 2**31 - 1


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))


def _is_person(value: object) -> bool:
    return isinstance(value, dict) and all(_is_text(value.get(name)) for name in _PERSON)


def _list_of(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(map(check, value))


_KINDS: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "text": ("a text", _is_text),
    "int": (f"a number from 0 to {_LARGEST}", _is_number),
    "texts": ("a list of texts", _list_of(_is_text)),
    "pairs": ("a list of pairs of numbers", _list_of(_is_pair)),
    "people": ("a list of people", _list_of(_is_person)),
    "object": ("an object", lambda value: isinstance(value, dict)),
}


def check_row(row: Mapping[str, Any]) -> None:
    """Raise ProgsearchError, with its name, for a column that is missing or of another kind,
    and for values that no document and no passage can have."""

    def wrong(name: str, what: str) -> ProgsearchError:
        return ProgsearchError(f"{name}: {what}", remedy="export the corpus anew")

    for name, kind in COLUMNS.items():
        wanted, check = _KINDS[kind]
        if name not in row:
            raise wrong(name, "is missing")
        if not check(row[name]):
            raise wrong(name, f"is not {wanted}")
    for name in ("document", "path", "format", "content_hash", "body_hash"):
        if not row[name]:
            raise wrong(name, "is empty")
    if not row["path"].isprintable() or row["path"].startswith("/"):
        raise wrong("path", "is no path below a corpus")
    if row["start"] > row["end"] or row["line"] > row["end_line"]:
        raise wrong("end", "lies before its start")


def flat_rows(document: Document, passages: Sequence[Passage]) -> Iterator[dict[str, Any]]:
    """One row a passage, in order; a document without any gives one row without a number.

    ``before`` is what stands between the passage and the one before it, ``after`` what
    follows the last, so that all texts together are the source.
    """
    known = _document_columns(document, len(passages))
    between = list(document.between) or [""]
    if not passages:
        yield _row(known, {"after": between[0]})
    for place, passage in enumerate(passages):
        last = place == len(passages) - 1
        own = _passage_columns(passage)
        own["before"] = between[place] if place < len(between) else ""
        own["after"] = between[-1] if last and len(between) > len(passages) else ""
        yield _row(known, own)


def _row(known: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {"text": "", "int": 0, "texts": [], "pairs": [], "people": []}
    return {
        name: own[name] if name in own else known.get(name, empty.get(kind))
        for name, kind in COLUMNS.items()
    }


def _document_columns(document: Document, passages: int) -> dict[str, Any]:
    region = document.region
    columns: dict[str, Any] = {
        "schema": SCHEMA,
        "document": document.id,
        "path": document.path,
        "format": document.format,
        "title": document.title,
        "document_region_name": region.value.name if region else "",
        "campaign": document.campaign,
        "people": [{name: getattr(one, name) for name in _PERSON} for one in document.people],
        "notes": list(document.notes),
        "extra": dict(document.extra),
        "content_hash": document.content_hash,
        "body_hash": document.body_hash,
        "passages": passages,
    }
    for name in _FACTS:
        fact = getattr(document, name)
        value = fact.value.code if fact and name == "region" else str(fact or "")
        columns[f"document_{name}"] = value
        columns[f"document_{name}_origin"] = fact.origin.value if fact else ""
    return columns


def _passage_columns(passage: Passage) -> dict[str, Any]:
    speaker = passage.speaker
    return {
        "id": passage.id,
        "number": passage.number,
        "role": passage.role.value,
        "lang": passage.lang.value,
        "lang_origin": passage.lang.origin.value,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "line": passage.line,
        "end_line": passage.end_line,
        "headings": list(passage.headings),
        "label": passage.label,
        "commitment": passage.commitment,
        "mark": passage.mark,
        "ocr": passage.ocr,
        **{f"speaker_{name}": getattr(speaker, name) if speaker else "" for name in _PERSON},
        "also": [list(lines) for lines in passage.also],
    }


def ready_from(rows: Sequence[Mapping[str, Any]]) -> ReadyDocument:
    """The document of its rows, which are in order.

    Raises ProgsearchError when rows or columns are missing, or hold what they cannot.
    """
    try:
        found = [row for row in rows if row["number"]]
        if rows[0]["passages"] != len(found) or any(
            row["number"] != number for number, row in enumerate(found, 1)
        ):
            raise ProgsearchError(
                f"rows of {rows[0]['path']} are missing, or stand in another order",
                remedy="export the corpus anew",
            )
        between = [row["before"] for row in found] + [rows[-1]["after"]]
        document = _document(rows[0], tuple(between))
        return ReadyDocument(document, tuple(_passage(row) for row in found))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProgsearchError(
            f"not a row of a corpus: {type(error).__name__} {error}",
            remedy="export the corpus anew",
        ) from error


def _fact(row: Mapping[str, Any], name: str) -> Fact[str] | None:
    origin = row[f"document_{name}_origin"]
    return Fact(row[f"document_{name}"], Origin(origin)) if origin else None


def _document(row: Mapping[str, Any], between: tuple[str, ...]) -> Document:
    region, date = _fact(row, "region"), _fact(row, "date")
    lang = _fact(row, "lang")
    if lang is None:
        raise ValueError("document_lang_origin")  # becomes a ProgsearchError below
    named = row["document_region_name"]
    return Document(
        id=row["document"],
        path=row["path"],
        format=row["format"],
        content_hash=row["content_hash"],
        body_hash=row["body_hash"],
        title=row["title"],
        lang=lang,
        kind=_fact(row, "kind"),
        country=_fact(row, "country"),
        region=Fact(Region(region.value, named), region.origin) if region else None,
        party=_fact(row, "party"),
        date=Fact(PartialDate.parse(date.value), date.origin) if date else None,
        campaign=row["campaign"],
        people=tuple(Person(**{name: one[name] for name in _PERSON}) for one in row["people"]),
        notes=tuple(row["notes"]),
        extra=row["extra"],
        between=between,
    )


def _passage(row: Mapping[str, Any]) -> Passage:
    told = {name: row[f"speaker_{name}"] for name in _PERSON}
    return Passage(
        id=row["id"],
        document=row["document"],
        number=row["number"],
        role=Role(row["role"]),
        lang=Fact(row["lang"], Origin(row["lang_origin"])),
        text=row["text"],
        start=row["start"],
        end=row["end"],
        line=row["line"],
        end_line=row["end_line"],
        headings=tuple(row["headings"]),
        speaker=Person(**told) if any(told.values()) else None,
        also=tuple((first, last) for first, last in row["also"]),
        page=row["page"],
        label=row["label"],
        commitment=row["commitment"],
        mark=row["mark"],
        ocr=row["ocr"],
    )
