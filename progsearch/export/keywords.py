"""Keywords as a table."""

from __future__ import annotations

from progsearch.compare.keywords import Keywords
from progsearch.export.columns import (
    LANG,
    NAME,
    Link,
    by_values,
    dimensions,
    group_values,
    region_name,
)
from progsearch.export.tables import Column, Table, Value

__all__ = ["keywords_table"]


def keywords_table(found: Keywords, link: Link | None = None) -> Table:
    """One row a keyword of a group."""
    columns = (
        *dimensions(found.by),
        *(one for one in [LANG] if "lang" not in found.by),
        Column("words", "string", "The word or words, as the group writes them most often"),
        Column("lemmas", "string", "What was counted: any form of these lemmas"),
        Column("count", "integer", "How often the group has them"),
        Column("per_10000", "number", "The same per 10,000 words of the group in this language"),
        Column("rest_per_10000", "number", "The same of all other groups"),
        Column("documents", "integer", "Documents of the group that have them"),
        Column("g2", "number", "Log-likelihood ratio against all other groups"),
        Column("log_ratio", "number", "Effect: 1 is twice as frequent, 2 four times", digits=2),
        Column("file", "string", "File of an example"),
        Column("line", "integer", "Its first line"),
        *([NAME] if "region" in found.by else []),
    )
    groups = by_values(found.groups)
    rows: list[list[Value]] = []
    links: dict[tuple[int, int], str] = {}
    names = [column.name for column in columns]
    for word in found.words:
        group = groups[word.group]
        row = group_values(found.by, group)
        row += [] if "lang" in found.by else [word.lang]
        row += [word.text, " ".join(word.lemmas), word.count]
        row += [_per(word.count, word.of_words), _per(word.rest, word.of_rest), word.documents]
        row += [round(word.g2, 4), round(word.ratio, 4)]
        if word.example:
            row += [word.example.file, word.example.passage.line]
            address = link(word.example) if link else ""
            if address:
                links[len(rows), names.index("file")] = address
        else:
            row += [None, None]
        row += [region_name(found.by, group)] if "region" in found.by else []
        rows.append(row)
    return Table(
        "keywords",
        f"Words that set groups apart, by {' and '.join(found.by)}",
        columns,
        rows,
        key=tuple(dict.fromkeys((*found.by, "lang", "lemmas"))),
        links=links,
    )


def _per(count: int, size: int) -> float:
    return round(10000 * count / size, 4) if size else 0.0
