"""Parties beside the one that a document states: more lines of the same value, another statement
further down, and what compares parties. A document has one party, or is found under none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from progsearch.facts.fields import fields_of
from progsearch.facts.registry import candidates
from progsearch.model import RawDocument, Shape
from progsearch.readers.comparedparties import (
    compared_parties,
    parties_before,
    parties_in_headings,
)

__all__ = ["added_to", "names_one", "with_other_parties"]

MAX_LINE = 160
MOST_TOLD = 4
_EDGES = " \t|*_-–•>"
_FIELD = re.compile(r"[*_|> -]{0,6}(?P<name>[^\W\d_][^:=|*\n]{0,38})\*{0,3} ?[:=|](?P<value>.+)")


def names_one(line: str) -> str:
    """The party that a line or a cell names and nothing else; empty for any other."""
    bare = line.strip(_EDGES)
    return bare if len(bare) <= MAX_LINE and candidates(bare) else ""


def added_to(before: object, value: str) -> str:
    """The parties of a document, of which one more is stated; as it was where it is the same."""
    known = {party.id for party in candidates(value)}
    for one in str(before).split(", "):
        same = {party.id for party in candidates(one)}
        if one == value or (known & same):
            return str(before)
    return f"{before}, {value}"


def with_other_parties(raw: RawDocument) -> RawDocument:
    """The document with all the parties that it states, also below its head, and a note where it
    compares parties."""
    notes: list[str] = []
    meta = dict(raw.meta)
    stated = meta.get("party")
    if isinstance(stated, str) and any(block.shape is Shape.BYLINE for block in raw.blocks):
        for name, value in _stated_below(raw):
            together = added_to(meta["party"], value)
            if together != meta["party"]:
                meta["party"] = together
                notes.append(
                    f"{name}: {value!r} is a second party further down, and a document has one"
                )
    if compared := compared_parties(raw):
        notes.append(_not_these("a table sets parties side by side", compared, "its rows count"))
    if compared := parties_before(raw):
        notes.append(_not_these("paragraphs begin with parties", compared, "they count"))
    if compared := parties_in_headings(raw):
        notes.append(_not_these("headings name parties", compared, "what is below them counts"))
    return replace(raw, meta=meta, notes=(*raw.notes, *notes)) if notes else raw


def _not_these(found: str, parties: Sequence[str], counts: str) -> str:
    some = ", ".join(parties[:MOST_TOLD]) + (", …" if len(parties) > MOST_TOLD else "")
    return f"{found} ({some}): {counts} for the document's party or for none, and not for these"


def _stated_below(raw: RawDocument) -> Iterator[tuple[str, str]]:
    """What names a field for parties, and a party that is known, in lines that are no head."""
    for block in raw.blocks:
        if block.shape is Shape.BYLINE or block.end - block.start > MAX_LINE:
            continue
        line = " ".join(raw.text[block.start : block.end].split())
        found = _FIELD.match(line)
        if found and "party" in fields_of(found["name"]) and (value := names_one(found["value"])):
            yield found["name"], value
