"""Cells of a workbook that cover several rows: what stands in them is said of each row.

A file has the value in the first of these rows, and nothing in the others: without it a row would
lose its party, or its date.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from progsearch.readers.office.parts import pieces
from progsearch.readers.xml import Start

__all__ = ["Covering", "covering_of", "hidden_in", "with_covered"]

_OFFICE = "http://schemas.openxmlformats.org"
_PREFIXES = {
    f"{_OFFICE}/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    f"{_OFFICE}/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    f"{_OFFICE}/package/2006/relationships": "rel",
}
_BOOK = "xl/workbook.xml"
_RELATED = "xl/_rels/workbook.xml.rels"
_MERGED = re.compile(
    rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref=[\"']"
    rb"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_CHUNK = 1 << 20
_OVERLAP = 300
MOST = 5_000_000
"""Cells of a sheet that are filled."""


class Covering(NamedTuple):
    """A cell that covers rows: its column, from 0, and the first and the last of them, from 1."""

    column: int
    first: int
    last: int


def covering_of(package: zipfile.ZipFile) -> dict[str, list[Covering]]:
    """The cells that cover several rows, by the name of their sheet."""
    targets: dict[str, str] = {}
    for event in pieces(package, _RELATED, _PREFIXES):
        if isinstance(event, Start) and event.name == "rel:Relationship":
            target = posixpath.normpath(posixpath.join("xl", event.attributes.get("Target", "")))
            targets[event.attributes.get("Id", "")] = target.lstrip("/")
    found: dict[str, list[Covering]] = {}
    names = set(package.namelist())
    for event in pieces(package, _BOOK, _PREFIXES):
        if isinstance(event, Start) and event.name == "x:sheet":
            part = targets.get(event.attributes.get("r:id", ""), "")
            if part in names and (cells := list(_covering(package, part))):
                found[event.attributes.get("name", "")] = cells
    return found


def hidden_in(package: zipfile.ZipFile) -> list[str]:
    """The names of the sheets that a workbook does not show."""
    return [
        event.attributes.get("name", "")
        for event in pieces(package, _BOOK, _PREFIXES)
        if isinstance(event, Start)
        and event.name == "x:sheet"
        and event.attributes.get("state", "visible") != "visible"
    ]


def _covering(package: zipfile.ZipFile, part: str) -> Iterator[Covering]:
    before = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = before + chunk
            end = 0
            for one in _MERGED.finditer(text):
                end = one.end()
                if one[2] != one[4]:
                    yield Covering(_column(one[1]), int(one[2]), int(one[4]))
            before = text[max(end, len(text) - _OVERLAP) :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def with_covered(
    records: Sequence[tuple[int, list[str]]], covering: Sequence[Covering]
) -> Sequence[tuple[int, list[str]]]:
    """The rows, with their numbers, with what covers them; a row without any cell stays so."""
    by_number: Mapping[int, list[str]] = dict(records)
    filled = 0
    for column, first, last in covering:
        value = (by_number.get(first) or [])[column : column + 1]
        if not value or not value[0]:
            continue
        for number in range(first + 1, min(last, records[-1][0]) + 1):
            cells = by_number.get(number)
            filled += 1
            if filled > MOST:
                return records
            if not cells or not any(cells):
                continue
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] or value[0]
    return records
