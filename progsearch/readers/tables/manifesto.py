"""Programmes of the Manifesto Corpus: one quasi-sentence a row, with its codes.

Columns ``text``, ``cmp_code`` and ``eu_code``; the file's name is ``PARTY_YYYYMM.csv``.
Sources: Manifesto Corpus documentation, "Machine-readable documents"; the numbers of
countries are those of the Manifesto Project's codebook, the first two digits of a party's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from progsearch.model import RawDocument
from progsearch.readers.source import Source
from progsearch.readers.tables.mapping import OWN_NAMES, columns_of
from progsearch.readers.tables.rows import Row, documents
from progsearch.readers.tables.sheets import header_of, rows_of

__all__ = ["read", "sniff"]

_OWN: Mapping[str, tuple[str, ...]] = {
    **OWN_NAMES,
    "text": ("text", "content"),
    "topic": ("cmp_code",),
}
_HEADINGS = frozenset(("H",))
_NO_CODE = frozenset(("NA", "N/A", "nan"))
_NAME = re.compile(r"(\w+?)_(\d{4})(\d{2})?$")
_NUMBERS = (
    "11:SE 12:NO 13:DK 14:FI 15:IS 21:BE 22:NL 23:LU 31:FR 32:IT 33:ES 34:GR 35:PT 41:DE 42:AT "
    "43:CH 51:GB 53:IE 80:BG 81:HR 82:CZ 83:EE 86:HU 87:LV 88:LT 92:PL 93:RO 96:SK 97:SI"
)
_COUNTRIES = dict(pair.split(":") for pair in _NUMBERS.split())


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the header has a text and a code of the Manifesto Project."""
    if b"cmp_code" not in head[:4000].lower():
        return False
    names = header_of(head)
    return "cmp_code" in names and ("text" in names or "content" in names)


def read(source: Source) -> Iterator[RawDocument]:
    """The programme; the facts are what the file's name says."""
    header, rows, notes = rows_of(source)
    columns = columns_of(header, source.options.tables, source.path, _OWN)
    meta: dict[str, object] = {"kind": "programme"}
    named = _NAME.match(source.path.stem)
    if named and not columns.facts.keys() & {"party", "date"}:
        party = columns.values.get("party", {}).get(named[1], named[1])
        meta |= {"party": party, "party_code": named[1]}
        meta["date"] = "-".join(part for part in named.groups()[1:] if part and part != "00")
        meta["title"] = f"{party} {meta['date']}"
        if len(named[1]) == 5 and (country := _COUNTRIES.get(named[1][:2])):
            meta["country"] = country
    second = next((name for name in header if name.lower() == "eu_code"), "")
    topic = columns.topic
    rows = [
        Row(row.number, {**row.cells, topic: ""})
        if row.cells.get(topic, "").strip() in _NO_CODE
        else row
        for row in rows
    ]
    codes = {
        str(row.number): code
        for row in rows
        if (code := row.cells.get(second, "").strip()) not in {"", "0", *_NO_CODE}
    }
    if codes:
        meta["eu_codes"] = codes
    yield from documents(
        rows,
        columns,
        "manifesto",
        source.path,
        meta=meta,
        headings=_HEADINGS,
        whole=True,
        notes=notes,
    )
