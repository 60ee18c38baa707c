"""Hits as a table, for workbooks."""

from __future__ import annotations

from collections.abc import Iterable

from progsearch.analysis import reading
from progsearch.export.columns import COMMITMENT, Link
from progsearch.export.hitrows import row
from progsearch.export.tables import Column, Table, Value
from progsearch.search import Hit

__all__ = ["hits_table", "matched_words"]

_COLUMNS = (
    Column("id", "string", "Id of the passage"),
    Column("document", "string", "Id of its document"),
    Column("file", "string", "File of the passage"),
    Column("line", "integer", "Its first line"),
    Column("end_line", "integer", "Its last line"),
    Column("page", "integer", "Its page, in files that have pages"),
    Column("title", "string", "Title of the document"),
    Column("heading", "string", "Headings above the passage"),
    Column("role", "string", "What the passage does in its document"),
    COMMITMENT,
    Column("lang", "string", "Language of the passage (BCP 47)"),
    Column("country", "string", "Country (ISO 3166-1)"),
    Column("region", "string", "Region by its ISO 3166-2 code"),
    Column("region_name", "string", "Name of the region"),
    Column("party", "string", "Party or organisation"),
    Column("kind", "string", "Kind of document"),
    Column("date", "string", "Date of the document"),
    Column("speaker", "string", "Who is quoted"),
    Column("label", "string", "Code that somebody gave the passage"),
    Column("matched", "string", "The words that matched"),
    Column("text", "string", "The passage as people read it"),
    Column("score", "number", "How well it matches, by which hits are in order", digits=2),
    Column(
        "inferred",
        "string",
        "Facts told from the text and stated nowhere; match: near in meaning alone",
    ),
    Column("copy_of", "string", "File that has the same text and comes first by path"),
    Column("link", "string", "Address of the passage, where the corpus names one"),
)


def hits_table(hits: Iterable[Hit], title: str, link: Link) -> Table:
    """One row a hit, in their order; files lead to the addresses of their passages."""
    names = [column.name for column in _COLUMNS]
    rows: list[list[Value]] = []
    links: dict[tuple[int, int], str] = {}
    for hit in hits:
        address = link(hit)
        if address:
            links[len(rows), names.index("file")] = address
        found = row(hit) | {
            "matched": matched_words(hit),
            "text": reading(hit.passage.text).text.strip(),
            "link": address,
            "page": hit.passage.page or None,
        }
        found["inferred"] = " ".join(found["inferred"])
        rows.append([found[name] for name in names])
    return Table("hits", title, _COLUMNS, rows, key=("id",), links=links)


def matched_words(hit: Hit) -> str:
    """The words of the passage that matched, as they stand there, each once."""
    words = (
        " ".join(hit.passage.text[match.start : match.end].split())
        for match in hit.matches
        if match.where == "text"
    )
    return "; ".join(dict.fromkeys(words))
