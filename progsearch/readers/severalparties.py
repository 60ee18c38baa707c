"""Parties beside the one that a document states: more lines of the same value, another statement
further down, and tables that compare parties. A document has one party, or is found under none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from progsearch.blocks.tableheads import IN_TABLE, INNER, cells_of
from progsearch.facts.fields import fields_of
from progsearch.facts.registry import Party, candidates
from progsearch.model import Block, RawDocument, Shape

__all__ = ["added_to", "names_one", "with_other_parties"]

MIN_COMPARED = 2
MIN_LETTERS = 2
"""Letters that tell a party where nothing says that one is meant."""
MIN_SAID = 4
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
    """The document with all the parties that it states, also below its head, and a note where one
    of its tables compares parties."""
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
    if compared := _compared(raw):
        some = ", ".join(compared[:MOST_TOLD])
        more = ", …" if len(compared) > MOST_TOLD else ""
        notes.append(
            f"a table sets parties side by side ({some}{more}): its rows count for the document's"
            " party or for none, and not for these"
        )
    return replace(raw, meta=meta, notes=(*raw.notes, *notes)) if notes else raw


def _stated_below(raw: RawDocument) -> Iterator[tuple[str, str]]:
    """What names a field for parties, and a party that is known, in lines that are no head."""
    for block in raw.blocks:
        if block.shape is Shape.BYLINE or block.end - block.start > MAX_LINE:
            continue
        line = " ".join(raw.text[block.start : block.end].split())
        found = _FIELD.match(line)
        if found and "party" in fields_of(found["name"]) and (value := names_one(found["value"])):
            yield found["name"], value


def _compared(raw: RawDocument) -> list[str]:
    """The parties that stand above the columns of a table, or before its rows."""
    for table, found in groupby(raw.blocks, key=_is_in_table):
        if not table:
            continue
        blocks = list(found)
        rows = [cells_of(raw.text[block.start : block.end]) for block in blocks]
        names = [
            next(filter(None, row), "")
            for row, block in zip(rows, blocks, strict=True)
            if block.label != INNER
        ]
        for cells in (rows[0], names):
            named = _parties(cells)
            if len(named) >= MIN_COMPARED and any(map(_says, rows)):
                return list(named.values())
    return []


def _says(cells: Sequence[str]) -> bool:
    """Whether a row says something, and does not count votes or seats."""
    return any(len(cell.split()) >= MIN_SAID for cell in cells)


def _is_in_table(block: Block) -> bool:
    return block.label in IN_TABLE or block.shape is Shape.TABLE_HEAD


def _parties(cells: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for cell in cells:
        if len(cell) >= MIN_LETTERS and len(cell) <= MAX_LINE:
            for party in _meant(cell)[:1]:
                found.setdefault(party.id, cell)
    return found


def _meant(cell: str) -> Sequence[Party]:
    """The parties that a cell may mean where no field says that it is one: no words of the
    language, and letters as they are written."""
    return [
        party
        for party in candidates(cell)
        if cell in party.letters or (cell not in party.ordinary and not cell.islower())
    ]
