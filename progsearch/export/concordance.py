"""Lines, frequency lists, collocates and dispersion as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from progsearch import query as q
from progsearch.compare import Group
from progsearch.concordance import Collocates, Dispersion, Frequencies, Line
from progsearch.export.columns import (
    COMMITMENT,
    LANG,
    NAME,
    Link,
    by_values,
    dimensions,
    group_values,
    region_name,
)
from progsearch.export.tables import Column, Table, Value
from progsearch.scope import as_filter

__all__ = [
    "collocates_table",
    "dispersion_table",
    "kwic_table",
    "spreads_table",
    "words_table",
]

_MILLION = 1_000_000
_PER_MILLION = Column("per_million_words", "number", "The same per million words of the group")
_LOW = Column("low", "number", "Lower end of that rate's 95 % interval (Wilson)")
_HIGH = Column("high", "number", "Upper end of that rate's 95 % interval (Wilson)")
_DP = Column("dp", "number", "Dispersion: deviation of proportions (Gries 2008), 0 is even", 3)
_DP_NORM = Column("dp_norm", "number", "The same, normalised (Lijffijt & Gries 2012)", 3)
_QUERY = Column("query", "string", "The query that finds the passages")


def kwic_table(
    lines: Iterable[Line],
    by: Sequence[str],
    groups: Mapping[tuple[str, ...], Group],
    link: Link | None = None,
) -> Table:
    """One row a line, in their order."""
    own = (
        Column("left", "string", "What stands to the left"),
        Column("match", "string", "The words that matched"),
        Column("right", "string", "What stands to the right"),
        Column("file", "string", "File of the passage"),
        Column("line", "integer", "Its first line"),
        Column("page", "integer", "Its page, in files that have pages"),
        Column("id", "string", "Id of the passage"),
        Column("lang", "string", "Language of the passage (BCP 47)"),
        Column("party", "string", "Party or organisation"),
        Column("region", "string", "Region by its ISO 3166-2 code"),
        Column("date", "string", "Date of the document"),
        Column("role", "string", "What the passage does in its document"),
        COMMITMENT,
        Column("title", "string", "Title of the document"),
        Column("link", "string", "Address of the passage, where the corpus names one"),
    )
    columns = (*dimensions(by), *(one for one in own if one.name not in by))
    rows: list[list[Value]] = []
    links: dict[tuple[int, int], str] = {}
    names = [column.name for column in columns]
    for line in lines:
        passage, document = line.hit.passage, line.hit.document
        address = link(line.hit) if link else ""
        if address:
            links[len(rows), names.index("file")] = address
        known: dict[str, Value] = {
            "left": line.left,
            "match": line.match,
            "right": line.right,
            "file": line.hit.file,
            "line": passage.line,
            "page": passage.page or None,
            "id": passage.id,
            "lang": passage.lang.value,
            "party": str(document.party or ""),
            "region": document.region.value.code if document.region else "",
            "date": str(document.date or ""),
            "role": passage.role.value,
            "commitment": passage.commitment,
            "title": document.title,
            "link": address,
        }
        values = group_values(by, groups[line.group]) if by else []
        rows.append([*values, *(known[name] for name in names[len(by) :])])
    return Table("kwic", "Keyword in context", columns, rows, links=links)


def words_table(found: Frequencies) -> Table:
    """One row a word of a group in a language."""
    what = "lemma" if found.of == "lemma" else "form"
    columns = (
        *dimensions(found.by),
        *(one for one in [LANG] if "lang" not in found.by),
        Column("words", "string", f"The {what}, or {what}s in a row"),
        Column("count", "integer", "How often the group has it"),
        _PER_MILLION,
        _LOW,
        _HIGH,
        Column("documents", "integer", "Documents of the group that have it"),
        Column("of_documents", "integer", "Documents of the group in this language"),
        Column("range", "integer", f"How many different {found.over} values have it"),
        Column("of_range", "integer", f"How many {found.over} values the group has"),
        _DP,
        _DP_NORM,
        Column("of_words", "integer", "Words of the group in this language"),
        _QUERY,
        *([NAME] if "region" in found.by else []),
    )
    groups = by_values(found.groups)
    rows: list[list[Value]] = []
    for row in found.rows:
        group = groups[row.group]
        values: list[Value] = group_values(found.by, group)
        values += [] if "lang" in found.by else [row.lang]
        values += [" ".join(row.words), row.count]
        values += [*_rates(row.count, row.of_words, row.low, row.high)]
        values += [row.documents, row.of_documents, row.parts, row.of_parts]
        values += [_rounded(row.dp), _rounded(row.dp_norm), row.of_words]
        values += [_query(row.query, row.lang, found.by, row.group)]
        values += [region_name(found.by, group)] if "region" in found.by else []
        rows.append(values)
    return Table(
        "words",
        f"Frequencies by {what}",
        columns,
        rows,
        key=tuple(dict.fromkeys((*found.by, "lang", "words"))),
    )


def collocates_table(found: Collocates) -> Table:
    """One row a collocate of a group in a language."""
    columns = (
        *dimensions(found.by),
        *(one for one in [LANG] if "lang" not in found.by),
        Column("word", "string", "The word near the places that matched"),
        Column("count", "integer", "How often it stands near one"),
        Column("logdice", "number", "logDice (Rychlý 2008): 14 is always together", 2),
        Column("g2", "number", "Log-likelihood ratio (Dunning 1993)"),
        Column("mi", "number", "Mutual information (Church & Hanks 1990)", 2),
        Column("left", "integer", "How often it stands left of the nearest place"),
        Column("right", "integer", "How often it stands right of it"),
        Column("expected", "number", "How often chance would have it near one"),
        Column("passages", "integer", "Passages in which it stands near one"),
        Column("documents", "integer", "Documents that they stand in"),
        Column("places", "integer", "Places that matched"),
        Column("of_count", "integer", "How often the group has the word in all"),
        Column("of_words", "integer", "Words of the group in this language that are no place"),
        _QUERY,
        *([NAME] if "region" in found.by else []),
    )
    groups = by_values(found.groups)
    rows: list[list[Value]] = []
    for row in found.rows:
        group = groups[row.group]
        values: list[Value] = group_values(found.by, group)
        values += [] if "lang" in found.by else [row.lang]
        values += [row.word, row.count]
        values += [round(row.logdice, 4), round(row.g2, 4), round(row.mi, 4)]
        values += [row.left, row.right, round(row.expected, 4), row.passages, row.documents]
        values += [row.places, row.of_count, row.of_words]
        values += [_query(row.query, row.lang, found.by, row.group)]
        values += [region_name(found.by, group)] if "region" in found.by else []
        rows.append(values)
    return Table(
        "collocates",
        "Collocates",
        columns,
        rows,
        key=tuple(dict.fromkeys((*found.by, "lang", "word"))),
    )


def dispersion_table(found: Dispersion) -> Table:
    """One row a document that has what was asked for."""
    columns = (
        *dimensions(found.by),
        Column("file", "string", "File of the document"),
        Column("title", "string", "Title of the document"),
        Column("date", "string", "Date of the document"),
        Column("count", "integer", "Places that matched"),
        Column("per_million_words", "number", "The same per million words of the document"),
        Column("words", "integer", "Words of the document's passages in the group"),
        Column("places", "string", "How far into its source each stands, from 0 to 1"),
        Column("id", "string", "Id of the document"),
    )
    groups = by_values(found.groups)
    rows: list[list[Value]] = [
        [
            *group_values(found.by, groups[row.group]),
            row.file,
            row.document.title,
            str(row.document.date or ""),
            len(row.places),
            _per_million(len(row.places), row.words),
            row.words,
            " ".join(f"{place:.4f}" for place in row.places),
            row.document.id,
        ]
        for row in found.documents
    ]
    return Table("dispersion", "Where it stands", columns, rows, key=(*found.by, "id"))


def spreads_table(found: Dispersion) -> Table:
    """One row a group: how often, and how evenly its documents have it."""
    columns = (
        *dimensions(found.by),
        Column("count", "integer", "Places that matched"),
        _PER_MILLION,
        _LOW,
        _HIGH,
        Column("documents", "integer", "Documents that have it"),
        Column("of_documents", "integer", "Documents of the group that have words"),
        _DP,
        _DP_NORM,
        Column("of_words", "integer", "Words of the group"),
        *([NAME] if "region" in found.by else []),
    )
    groups = by_values(found.groups)
    rows: list[list[Value]] = [
        [
            *group_values(found.by, groups[row.group]),
            row.count,
            *_rates(row.count, row.of_words, row.low, row.high),
            row.documents,
            row.of_documents,
            _rounded(row.dp),
            _rounded(row.dp_norm),
            row.of_words,
            *([region_name(found.by, groups[row.group])] if "region" in found.by else []),
        ]
        for row in found.spreads
    ]
    return Table("spreads", "How evenly it is spread", columns, rows, key=found.by)


def _per_million(count: int, size: int) -> float:
    return round(_MILLION * count / size, 4) if size else 0.0


def _rates(count: int, size: int, low: float, high: float) -> tuple[float, float, float]:
    return _per_million(count, size), round(_MILLION * low, 4), round(_MILLION * high, 4)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _query(query: q.Query | None, lang: str, by: Sequence[str], group: tuple[str, ...]) -> str:
    """A query with the language and the group that its row is of."""
    if query is None:
        return ""
    facets = {"lang": lang} | dict(zip(by, group, strict=True))
    fields = [q.Facet(name, as_filter(value)) for name, value in facets.items()]
    return str(q.conjunction([query, *fields])).replace(" AND ", " ")
