"""Comparisons as tables."""

from __future__ import annotations

from collections.abc import Sequence

from progsearch.analysis import reading
from progsearch.compare import Cell, Comparison, Differences
from progsearch.export.columns import (
    COMMITMENT,
    NAME,
    SMALL,
    THEME,
    UNKNOWN_OF,
    Link,
    by_values,
    dimensions,
    group_values,
    region_name,
    unknown_of,
)
from progsearch.export.hits import matched_words
from progsearch.export.tables import Column, Table, Value
from progsearch.model import place_of
from progsearch.search import Hit

__all__ = ["COUNTS", "cells_table", "counted", "passages_table", "spreads_table", "wide_table"]

COUNTS = (
    Column("passages", "integer", "Passages that match"),
    Column("documents", "integer", "Documents that they stand in"),
    Column("of_passages", "integer", "All passages of the group, whatever they say"),
    Column("rate_per_1000", "number", "Passages that match per 1,000 passages of the group"),
    Column("low", "number", "Lower end of the rate's 95 % interval (Wilson), per 1,000"),
    Column("high", "number", "Upper end of the rate's 95 % interval (Wilson), per 1,000"),
    Column(
        "share_of_words",
        "number",
        "Part of the group's words that stand in the passages, from 0 to 1",
        share=True,
    ),
    Column("per_million_words", "number", "Passages that match per million words of the group"),
)
"""The columns that every table of counts has."""
_SIZES = (
    Column("of_documents", "integer", "Documents of the group"),
    Column("words", "integer", "Words of the passages that match"),
    Column("of_words", "integer", "Words of the group"),
    SMALL,
)
_TESTS = (
    Column("g2", "number", "Log-likelihood ratio of the group against all others (1 degree)"),
    Column("p", "number", "Its probability by chance", digits=4),
    Column("p_corrected", "number", "The same, corrected for all cells (Holm)", digits=4),
    Column("log_ratio", "number", "Binary logarithm of the ratio of the rates", digits=2),
    Column("difference", "string", "more or fewer, where tests and intervals allow to say so"),
)
_EVIDENCE = Column("evidence", "string", "Places of the strongest passages, file:line")


def cells_table(
    comparison: Comparison, tests: Differences | None = None, *, evidence: bool = False
) -> Table:
    """One row a cell, in the order of the comparison."""
    regions = "region" in comparison.by
    columns = [THEME, *dimensions(comparison.by), *COUNTS, *_SIZES]
    columns += [UNKNOWN_OF] if comparison.by else []
    columns += _TESTS if tests else ()
    columns += [NAME] if regions else []
    columns += [_EVIDENCE] if evidence else []
    rows: list[list[Value]] = []
    groups = by_values(comparison.groups)
    for cell in comparison.cells:
        group = groups[cell.group]
        row: list[Value] = [cell.theme, *group_values(comparison.by, group), *counted(cell)]
        row += [cell.of_documents, cell.words, cell.of_words, cell.small]
        row += [unknown_of(comparison.by, group)] if comparison.by else []
        row += _tested(tests, cell) if tests else ()
        row += [region_name(comparison.by, group)] if regions else []
        row += [_places(cell.evidence)] if evidence else []
        rows.append(row)
    return Table("cells", _title(comparison), tuple(columns), rows, key=("theme", *comparison.by))


def _title(comparison: Comparison) -> str:
    themes = ", ".join(one.label for one in comparison.themes)
    return f"{themes} by {' and '.join(comparison.by)}" if comparison.by else themes


def counted(cell: Cell) -> list[Value]:
    """The values of a cell under :data:`COUNTS`."""
    return [
        cell.passages,
        cell.documents,
        cell.of_passages,
        round(cell.rate_per_1000, 4),
        round(cell.low, 4),
        round(cell.high, 4),
        round(cell.share_of_words, 6),
        round(cell.per_million_words, 4),
    ]


def _tested(tests: Differences, cell: Cell) -> list[Value]:
    found = tests.of(cell.theme, cell.group)
    if not found:
        return [None, None, None, None, None]
    return [round(found.g2, 4), found.p, found.corrected, round(found.ratio, 4), found.called]


def _places(hits: Sequence[Hit]) -> str:
    return " ".join(place_of(hit.file, hit.passage) for hit in hits)


def wide_table(comparison: Comparison) -> Table:
    """One row a group, the rate and the passages of every theme beside each other."""
    columns = [*dimensions(comparison.by), Column("of_passages", "integer", COUNTS[2].about)]
    for question in comparison.themes:
        columns += [
            Column(question.id, "number", f"Rate of {question.label} per 1,000 passages"),
            Column(f"{question.id} passages", "integer", f"Passages of {question.label}"),
        ]
    columns += [SMALL, *([UNKNOWN_OF] if comparison.by else [])]
    rows: list[list[Value]] = []
    cells = comparison.by_group()
    for group in comparison.groups:
        row = [*group_values(comparison.by, group), group.passages]
        for cell in cells[group.values]:
            row += [round(cell.rate_per_1000, 4), cell.passages]
        row += [group.small, *([unknown_of(comparison.by, group)] if comparison.by else [])]
        rows.append(row)
    return Table("wide", _title(comparison), tuple(columns), rows, key=comparison.by)


def passages_table(comparison: Comparison, link: Link | None = None) -> Table:
    """The strongest passages of every cell, one row each, with their places."""
    columns = (
        THEME,
        *dimensions(comparison.by),
        Column("rank", "integer", "Place among the strongest passages of the cell, from 1"),
        Column("file", "string", "File of the passage"),
        Column("line", "integer", "Its first line"),
        Column("role", "string", "What the passage does in its document"),
        COMMITMENT,
        Column("matched", "string", "The words that matched"),
        Column("text", "string", "The passage as people read it"),
        Column("title", "string", "Title of the document"),
        Column("date", "string", "Date of the document"),
        Column("passage", "string", "Id of the passage"),
        Column("link", "string", "Address of the passage, where the corpus names one"),
    )
    groups = by_values(comparison.groups)
    rows: list[list[Value]] = []
    links: dict[tuple[int, int], str] = {}
    for cell in comparison.cells:
        for rank, hit in enumerate(cell.evidence, 1):
            address = link(hit) if link else ""
            if address:
                links[len(rows), len(comparison.by) + 2] = address
            start: list[Value] = [
                cell.theme,
                *group_values(comparison.by, groups[cell.group]),
                rank,
            ]
            rows.append([*start, *_passage(hit), address])
    return Table(
        "passages",
        f"{_title(comparison)}: the strongest passages",
        columns,
        rows,
        key=("theme", *comparison.by, "rank"),
        links=links,
    )


def _passage(hit: Hit) -> list[Value]:
    passage = hit.passage
    text = reading(passage.text).text
    return [
        hit.file,
        passage.line,
        passage.role.value,
        passage.commitment,
        matched_words(hit),
        text.strip(),
        hit.document.title,
        str(hit.document.date or ""),
        passage.id,
    ]


def spreads_table(tests: Differences) -> Table:
    """One row a theme: whether its groups differ at all."""
    columns = (
        THEME,
        Column("groups", "integer", "Groups that were compared"),
        Column("g2", "number", "Log-likelihood ratio between the groups"),
        Column("degrees", "integer", "Its degrees of freedom"),
        Column("p", "number", "Its probability by chance", digits=4),
        Column("p_corrected", "number", "The same, corrected for all themes (Holm)", digits=4),
        Column("differs", "boolean", "Whether that is below .05"),
    )
    rows: list[list[Value]] = [
        [one.theme, one.groups, round(one.g2, 4), one.degrees, one.p, one.corrected, one.differs]
        for one in tests.spreads
    ]
    return Table("themes", "Whether the groups differ at all", columns, rows, key=("theme",))
