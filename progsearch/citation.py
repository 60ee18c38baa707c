"""References to passages, as BibTeX, CSL JSON and RIS, to be put into a bibliography.

CSL JSON: "CSL-Data", Citation Style Language 1.0.2. BibTeX: Patashnik, "BibTeXing" (1988),
with ``url`` and ``language``, which common styles know; the file is UTF-8. RIS: Research
Information Systems, "RIS Format Specifications" (2001, 2011), as Zotero and EndNote read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from progsearch.analysis import fold
from progsearch.model import Document, PartialDate, Passage
from progsearch.visible import json_text, visible

__all__ = ["Reference", "bibtex", "csl_json", "reference", "ris"]

_CSL_TYPES: Mapping[str, str] = {
    "programme": "report",
    "fulfilment-report": "report",
    "budget": "report",
    "news": "webpage",
    "article": "webpage",
    "election-page": "webpage",
    "post": "post-weblog",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KEY_WORDS = 3
# Braces have names, as BibTeX counts them even behind a backslash.
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
} | {mark: f"\\{mark}" for mark in "&%$#_"}

_ADDRESS_ENDS = re.compile(r"[^!-~]|[{}\\\"<>^`|]")
"""What no address has, and what would end the field that it stands in."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a bibliography says of a passage.

    ``organisation`` is the party, or else the region that speaks; ``authors`` are people
    whom the document names as such. ``place`` is ``file:line``, ``url`` its permanent
    address, empty where none is known.
    """

    key: str
    title: str
    organisation: str
    authors: tuple[str, ...]
    kind: str
    lang: str
    date: PartialDate | None
    place: str
    heading: str
    speaker: str
    url: str


def reference(document: Document, passage: Passage, url: str = "") -> Reference:
    """The reference to a passage, with its permanent address if there is one."""
    region = document.region.value.name if document.region else ""
    speaker = passage.speaker
    party = f" ({speaker.party})" if speaker and speaker.party else ""
    found = Reference(
        key="",
        title=document.title,
        organisation=document.party.value if document.party else region,
        authors=tuple(one.name for one in document.people if one.role == "author"),
        kind=document.kind.value if document.kind else "",
        lang=document.lang.value,
        date=document.date.value if document.date else None,
        place=f"{document.path}:{_page(passage)}{_lines(passage, '-')}",
        heading=" > ".join(passage.headings),
        speaker=f"{speaker.name}{party}" if speaker else "",
        url=url,
    )
    return _with_key(found, passage)


def _page(passage: Passage) -> str:
    return f"p{passage.page}:" if passage.page else ""


def _lines(passage: Passage, dash: str) -> str:
    if passage.end_line == passage.line:
        return f"{passage.line}"
    return f"{passage.line}{dash}{passage.end_line}"


def _with_key(found: Reference, passage: Passage) -> Reference:
    """The same with a key: who, when, the first words of the title, and the passage's id."""
    who = found.organisation or (found.authors[0] if found.authors else "")
    words = _bare(found.title).split()[:_KEY_WORDS]
    parts = ["".join(_bare(who).split()), str(found.date.year) if found.date else "", *words]
    name = "-".join(part for part in parts if part)
    return replace(found, key=f"{name}-{passage.id}" if name else passage.id)


def _bare(text: str) -> str:
    """Lower-case letters and digits of ASCII, which every program takes for a key."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text.lower())))


def bibtex(references: Sequence[Reference]) -> str:
    """Entries of a ``.bib`` file."""
    return "\n".join(_entry(one) for one in references)


def _entry(one: Reference) -> str:
    # Two pairs of braces keep an organisation's name, and a title's capitals, as they are.
    authors = " and ".join(f"{{{_tex(name)}}}" for name in one.authors)
    note = f"{one.place}" + (f", said by {one.speaker}" if one.speaker else "")
    fields = {
        "author": authors or (f"{{{_tex(one.organisation)}}}" if one.organisation else ""),
        "organization": _tex(one.organisation) if authors else "",
        "title": f"{{{_tex(one.title)}}}",
        "year": f"{one.date.year:04d}" if one.date else "",
        "month": "",
        "howpublished": _tex(one.kind),
        "language": _tex(one.lang),
        "url": _ADDRESS_ENDS.sub(lambda found: quote(found[0]), one.url),
        "note": _tex(note),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if one.date and one.date.month:
        at = next(at for at, line in enumerate(lines) if line.startswith("  year")) + 1
        day = f'"{one.date.day}~" # ' if one.date.day else ""
        lines.insert(at, f"  month = {day}{_MONTHS[one.date.month - 1]}")
    return f"@misc{{{one.key},\n" + ",\n".join(lines) + "\n}\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in visible(" ".join(text.split())))


def csl_json(references: Sequence[Reference]) -> str:
    """An array of CSL JSON."""
    items = [_item(one) for one in references]
    return json_text(items, indent=1) + "\n"


def _item(one: Reference) -> dict[str, Any]:
    names = one.authors or ((one.organisation,) if one.organisation else ())
    date = one.date
    parts = [date.year, date.month, date.day] if date else []
    note = one.place + (f", said by {one.speaker}" if one.speaker else "")
    item: dict[str, Any] = {
        "id": one.key,
        "type": _CSL_TYPES.get(one.kind, "document"),
        "title": one.title,
        "author": [{"literal": name} for name in names],
        "publisher": one.organisation,
        "genre": one.kind,
        "language": one.lang,
        "issued": {"date-parts": [[part for part in parts if part]]} if date else {},
        "section": one.heading,
        "URL": one.url,
        "note": note,
    }
    return {name: value for name, value in item.items() if value}


_RIS_TYPES: Mapping[str, str] = {"report": "RPRT", "webpage": "ELEC", "post-weblog": "BLOG"}


def ris(references: Sequence[Reference]) -> str:
    """Records of RIS, each with its end; lines end as the format wants them."""
    return "".join(f"{tag}  - {text}\r\n" for one in references for tag, text in _record(one))


def _record(one: Reference) -> list[tuple[str, str]]:
    date = one.date
    day = [f"{date.month or 0:02d}", f"{date.day or 0:02d}"] if date else []
    said = f", said by {one.speaker}" if one.speaker else ""
    names = one.authors or ((one.organisation,) if one.organisation else ())
    fields = [
        ("TY", _RIS_TYPES.get(_CSL_TYPES.get(one.kind, ""), "GEN")),
        ("ID", one.key),
        *(("AU", name) for name in names),
        ("TI", one.title),
        ("PB", one.organisation),
        ("PY", f"{date.year:04d}" if date else ""),
        # A part of the date that is not known is left empty: YYYY/MM/DD/other.
        (
            "DA",
            "/".join([f"{date.year:04d}", *("" if p == "00" else p for p in day), ""])
            if date
            else "",
        ),
        ("M3", one.kind),
        ("SE", one.heading),
        ("LA", one.lang),
        ("UR", one.url),
        ("N1", f"{one.place}{said}"),
    ]
    kept = [(tag, visible(" ".join(text.split()))) for tag, text in fields if text]
    return [*kept, ("ER", "")]
