"""The API for programs: the rows of the commands as JSON, with the columns of their CSV files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from progsearch.api import answers
from progsearch.api.index import OpenIndex
from progsearch.api.results import Rows
from progsearch.errors import ProgsearchError
from progsearch.lexicon.concepts import LANGUAGES
from progsearch.serve.state import LISTS, MOST, State, read_state
from progsearch.themes.folders import catalogue_of

__all__ = ["CALLS", "MOST_ROWS", "call", "description"]

MOST_ROWS = 1000
"""Rows of one answer of a search; files have all."""

Given = Mapping[str, Sequence[str]]


def _rows(rows: Rows[Any], **more: object) -> dict[str, Any]:
    return {
        **more,
        "columns": rows.columns,
        "rows": rows.to_dicts(),
        "notes": list(rows.notes),
        "warnings": list(rows.warnings),
    }


def _number(given: Given, name: str, default: int, most: int) -> int:
    text = (given.get(name) or [str(default)])[-1]
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= most):
        raise ProgsearchError(
            f"not a number from 0 to {most:,}: {text!r}"[:200], where=name, remedy="write a number"
        )
    return int(text)


def _search(opened: OpenIndex, state: State, given: Given) -> dict[str, Any]:
    limit = _number(given, "limit", answers.LIMIT, MOST_ROWS)
    hits = opened.search(
        state.query,
        themes=state.themes,
        limit=limit,
        from_=state.spoken,
        meaning=state.meaning,
        like=state.like or None,
        **state.wanted,
    )
    return _rows(hits, total=hits.total, left_out=hits.left_out)


def _count(opened: OpenIndex, state: State, given: Given) -> dict[str, Any]:  # noqa: ARG001
    by = state.by or (answers.BY,)
    return _rows(
        opened.count(state.query, themes=state.themes, by=by, from_=state.spoken, **state.wanted)
    )


def _compare(opened: OpenIndex, state: State, given: Given) -> dict[str, Any]:
    found = opened.compare(
        state.query,
        themes=state.themes,
        words=state.words,
        by=state.by or (answers.BY,),
        evidence=_number(given, "evidence", 0, 20),
        from_=state.spoken,
        **state.wanted,
    )
    return _rows(found, evidence=found.evidence.to_dicts(), silences=found.silences.to_dicts())


def _document(opened: OpenIndex, state: State, given: Given) -> dict[str, Any]:  # noqa: ARG001
    wanted = (given.get("id") or [""])[-1]
    with opened.asking() as index:
        # By its id and nothing else: a path is not for an address to give.
        known = index.engine.document(wanted)
    if known is None:
        raise LookupError(wanted)
    found = opened.document(known.id)
    return _rows(found.passages, document=asdict(found.facts))


def _themes(opened: OpenIndex, state: State, given: Given) -> dict[str, Any]:  # noqa: ARG001
    return _rows(opened.themes(label_lang=state.ui or "en"))


Call = Callable[[OpenIndex, State, Given], dict[str, Any]]

_FILTERS = (*LISTS, "promises", "asides", "since", "until", "duplicates")

CALLS: Mapping[str, tuple[Call, Sequence[str], str]] = {
    "search": (
        _search,
        ("q", "from", "meaning", "like", "theme", "limit", *_FILTERS),
        "The passages that match",
    ),
    "count": (_count, ("q", "from", "theme", "by", *_FILTERS), "Passages of each group that match"),
    "compare": (
        _compare,
        ("q", "from", "theme", "words", "by", "evidence", *_FILTERS),
        "What each group says on each question, with evidence and silences",
    ),
    "document": (_document, ("id",), "A document with its passages"),
    "themes": (_themes, ("ui",), "The themes at hand"),
}
"""What is called by which name, what it may be given, and what it answers."""

_OWN = ("limit", "evidence", "id")
_REPEATED = ("theme", "words", "by", *LISTS)


def call(name: str, opened: OpenIndex, asked: str) -> dict[str, Any]:
    """The answer to the part of an address behind its question mark.

    Raises ProgsearchError for what cannot be asked, LookupError for what is not there.
    """
    from urllib.parse import parse_qs

    answer, takes, _ = CALLS[name]
    given = parse_qs(asked, max_num_fields=400, errors="replace", keep_blank_values=True)
    for one in given:
        if one not in takes:
            raise ProgsearchError(
                f"no parameter {one!r}"[:200],
                where=name,
                remedy=f"it takes {', '.join(takes)}",
            )
    for one, values in given.items():
        _check(one, values)
    state = read_state(asked, also=_OWN)
    return answer(opened, state, given)


def _check(name: str, values: Sequence[str]) -> None:
    """What the description says of a parameter; the front door says the rest."""
    _, schema = _ABOUT[name]
    choices = schema.get("enum")
    most = schema.get("maxLength", len(max(values, key=len)))
    if choices and any(value not in choices for value in values):
        raise ProgsearchError(
            f"not a choice: {values[-1]!r}"[:200],
            where=name,
            remedy=f"write {' or '.join(choices)}",
        )
    if len(values) > (MOST if name in _REPEATED else 1) or len(max(values, key=len)) > most:
        raise ProgsearchError("that is too much", where=name, remedy="ask less")


# The description (OpenAPI 3.1)


_QUERY: Mapping[str, Any] = {"type": "string", "maxLength": 2000}
_TEXT: Mapping[str, Any] = {"type": "string", "maxLength": 200}
_VALUE = {"type": ["string", "number", "boolean", "null"]}
_ROWS = {"type": "array", "items": {"type": "object", "additionalProperties": _VALUE}}
_LINES = {"type": "array", "items": {"type": "string"}}
_ABOUT: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "q": ("Words in the language of queries", _QUERY),
    "from": (
        "Language of the words, which are then looked for in translation",
        {"type": "string", "enum": list(LANGUAGES)},
    ),
    "meaning": (
        "Also by nearness of meaning, where the index has vectors",
        {"type": "string", "enum": ["0", "1"]},
    ),
    "like": ("Id of the passage whose nearest in meaning are wanted", _TEXT),
    "theme": ("Ids of themes", _TEXT),
    "words": ("Queries that are each a question", _QUERY),
    "by": ("What groups are made by", _TEXT),
    "lang": ("Language of the passage (BCP 47)", _TEXT),
    "country": ("Country (ISO 3166-1)", _TEXT),
    "region": ("Region (ISO 3166-2, or its name)", _TEXT),
    "party": ("Party or organisation", _TEXT),
    "kind": ("Kind of document", _TEXT),
    "role": ("What the passage does in its document", _TEXT),
    "commitment": ("How far it commits", _TEXT),
    "promises": ("What is promised, of all that is said", {"type": "string", "enum": ["0", "1"]}),
    "asides": ("Also headings, teasers, navigation", {"type": "string", "enum": ["0", "1"]}),
    "since": ("Not before: YYYY, YYYY-MM or YYYY-MM-DD", _TEXT),
    "until": ("Not after", _TEXT),
    "duplicates": (
        "Documents that repeat another",
        {"type": "string", "enum": ["keep", "once"]},
    ),
    "limit": ("Rows at most", {"type": "integer", "minimum": 0, "maximum": MOST_ROWS}),
    "evidence": ("Passages of each cell", {"type": "integer", "minimum": 0, "maximum": 20}),
    "id": ("Id of the document", {"type": "string", "minLength": 1, "maxLength": 200}),
    "ui": ("Language of the labels", {"type": "string", "enum": ["en", "cs", "sv"]}),
}
_MORE: Mapping[str, Mapping[str, Any]] = {
    "search": {"total": {"type": "integer"}, "left_out": {"type": "integer"}},
    "compare": {"evidence": _ROWS, "silences": _ROWS},
    "document": {"document": {"type": "object", "additionalProperties": _VALUE}},
}


EXAMPLES = 5
"""Documents and themes whose ids stand in the description."""


def description(version: str, opened: OpenIndex) -> dict[str, Any]:
    """The OpenAPI description of the API, with ids of the index as examples."""
    with opened.asking() as index:
        documents = [one.id for one in islice(index.engine.documents(), EXAMPLES)]
        themes = list(catalogue_of(opened.folders, index.summary.roots).themes)[:EXAMPLES]
    examples: Mapping[str, Mapping[str, Any]] = {
        "id": {id_: {"value": id_} for id_ in documents},
        "theme": {id_: {"value": [id_]} for id_ in themes},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "progsearch",
            "version": version,
            "description": "Rows have the columns of the CSV files of the commands. A query that"
            " cannot be understood is answered by 400, with what is wrong and the remedy.",
        },
        "paths": {f"/api/{name}": {"get": _operation(name, examples)} for name in CALLS},
        "components": {"schemas": {"Error": _ERROR}},
    }


_ERROR: Mapping[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["what", "where", "remedy"],
            "properties": {name: {"type": "string"} for name in ("what", "where", "remedy")},
        }
    },
}


def _operation(name: str, examples: Mapping[str, Any]) -> dict[str, Any]:
    _, takes, about = CALLS[name]
    properties = {
        "columns": _LINES,
        "rows": _ROWS,
        "notes": _LINES,
        "warnings": _LINES,
        **_MORE.get(name, {}),
    }
    whole = {"type": "object", "required": list(properties), "properties": properties}
    refused = {"schema": {"$ref": "#/components/schemas/Error"}}
    answered: dict[str, Any] = {
        "200": {"description": about, "content": {"application/json": {"schema": whole}}},
        "400": {
            "description": "What cannot be asked; in plain text where the address is too long",
            "content": {"application/json": refused, "text/plain": {"schema": {"type": "string"}}},
        },
    }
    if name == "search":
        # The document of the first passage that is found.
        answered["200"]["links"] = {
            "document": {
                "operationId": "document",
                "parameters": {"id": "$response.body#/rows/0/document"},
            }
        }
    if name == "document":
        answered["404"] = {
            "description": "No such document",
            "content": {"application/json": refused},
        }
    return {
        "operationId": name,
        "summary": about,
        "parameters": [
            _parameter(one, required=one == "id", examples=examples.get(one, {})) for one in takes
        ],
        "responses": answered,
    }


def _parameter(name: str, *, required: bool, examples: Mapping[str, Any]) -> dict[str, Any]:
    about, schema = _ABOUT[name]
    if name in _REPEATED:
        schema = {"type": "array", "items": schema, "maxItems": MOST}
    return {
        **({"examples": examples} if examples else {}),
        "name": name,
        "in": "query",
        "required": required,
        "description": about,
        "schema": schema,
    }
