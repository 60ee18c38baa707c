"""What an index holds, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from progsearch.analysis import reading
from progsearch.export.columns import COMMITMENT
from progsearch.export.hitrows import inferred
from progsearch.export.tables import Column, Table, Value
from progsearch.languages.profiles import name_of
from progsearch.model import Document, Passage
from progsearch.query import Everything
from progsearch.scope import Filters, as_filter
from progsearch.search import Index
from progsearch.state import files_of

__all__ = [
    "LISTINGS",
    "documents_table",
    "facet_table",
    "failures_table",
    "listing",
    "notes_table",
    "passages_listing",
]

_FILE = Column("file", "string", "File of the document")
_REGION = Column("region", "string", "Region by its ISO 3166-2 code")
_REGION_NAME = Column("region_name", "string", "Name of the region")


def documents_table(index: Index, documents: Iterable[Document]) -> Table:
    """One row a document."""
    columns = (
        Column("document", "string", "Id of the document"),
        _FILE,
        Column("title", "string", "Its title"),
        Column("lang", "string", "Its language (BCP 47)"),
        Column("country", "string", "Country (ISO 3166-1)"),
        _REGION,
        _REGION_NAME,
        Column("party", "string", "Party or organisation"),
        Column("kind", "string", "Kind of document"),
        Column("date", "string", "Its date"),
        Column("copy_of", "string", "File that has the same text and comes first by path"),
        Column("inferred", "string", "Facts that were told from the text and are stated nowhere"),
    )
    rows: list[list[Value]] = []
    for one in documents:
        original = index.engine.document(index.summary.copies.get(one.id, ""))
        rows.append(
            [
                one.id,
                index.file(one.path),
                one.title,
                str(one.lang),
                str(one.country or ""),
                one.region.value.code if one.region else "",
                one.region.value.name if one.region else "",
                str(one.party or ""),
                str(one.kind or ""),
                str(one.date or ""),
                index.file(original.path) if original else "",
                " ".join(inferred(one)),
            ]
        )
    return Table("documents", "Documents", columns, rows, key=("document",))


def passages_listing(index: Index, document: Document, passages: Sequence[Passage]) -> Table:
    """One row a passage of a document, in their order."""
    columns = (
        Column("id", "string", "Id of the passage"),
        Column("document", "string", "Id of its document"),
        _FILE,
        Column("line", "integer", "Its first line"),
        Column("end_line", "integer", "Its last line"),
        Column("page", "integer", "Its page, in files that have pages"),
        Column("heading", "string", "Headings above the passage"),
        Column("role", "string", "What the passage does in its document"),
        COMMITMENT,
        Column("lang", "string", "Language of the passage (BCP 47)"),
        Column("speaker", "string", "Who is quoted"),
        Column("label", "string", "Code that somebody gave the passage"),
        Column("text", "string", "The passage as people read it"),
    )
    file = index.file(document.path)
    rows: list[list[Value]] = [
        [
            one.id,
            document.id,
            file,
            one.line,
            one.end_line,
            one.page or None,
            " > ".join(one.headings),
            one.role.value,
            one.commitment,
            one.lang.value,
            one.speaker.name if one.speaker else "",
            one.label,
            reading(one.text).text.strip(),
        ]
        for one in passages
    ]
    return Table("passages", document.title, columns, rows, key=("id",))


def facet_table(index: Index, facet: str) -> Table:
    """One row a value of a facet: how much text has it, copies included."""
    named = facet in ("region", "lang")
    columns = (
        Column(facet, "string", f"The {facet}; unknown for none"),
        *([Column("name", "string", "Its name")] if named else []),
        Column("documents", "integer", "Documents that have it"),
        Column("passages", "integer", "Passages that have it"),
        Column("words", "integer", "Words of these passages"),
    )
    counted = index.tally(Everything(), Filters(), by=[facet])
    rows: list[list[Value]] = [
        [
            as_filter(group[0]),
            *([_name(facet, group[0])] if named else []),
            counts.documents,
            counts.passages,
            counts.words,
        ]
        for group, counts in sorted(counted.of.items())
    ]
    return Table(facet, f"By {facet}", columns, rows, key=(facet,))


def _name(facet: str, value: str) -> str:
    if facet == "lang":
        return name_of(value)
    from progsearch.facts.regions import load_regions

    known = load_regions().get(value)
    return known.region.name if known else ""


def failures_table(index: Index) -> Table:
    """One row a file that could not be read at the last ingest."""
    columns = (
        Column("file", "string", "The file"),
        Column("line", "integer", "The line, where one can be named"),
        Column("what", "string", "What is wrong"),
        Column("remedy", "string", "What to do about it"),
    )
    problems = files_of(index.engine).failures.values()
    rows: list[list[Value]] = [
        [index.file(one.path), one.line or None, one.what, one.remedy] for one in problems
    ]
    return Table("failures", "Files that could not be read", columns, rows)


def notes_table(index: Index) -> Table:
    """One row a note that was made of a file."""
    columns = (Column("file", "string", "The file"), Column("note", "string", "What was done"))
    notes = files_of(index.engine).notes
    rows: list[list[Value]] = [
        [index.file(path), note] for path, all_ in notes.items() for note in all_
    ]
    return Table("notes", "Notes on files", columns, rows)


LISTINGS = ("documents", "regions", "parties", "languages", "failures", "notes")
"""What of an index can be listed."""
_FACETS = {"regions": "region", "parties": "party", "languages": "lang"}


def listing(index: Index, what: str) -> Table:
    """The table of one of :data:`LISTINGS`."""
    if what in _FACETS:
        return facet_table(index, _FACETS[what])
    if what == "documents":
        return documents_table(index, index.engine.documents())
    return failures_table(index) if what == "failures" else notes_table(index)
