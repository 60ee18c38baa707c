"""Silences as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from progsearch.compare import Silence, Why
from progsearch.export.columns import NAME, SMALL, THEME, dimensions, group_values, region_name
from progsearch.export.tables import Column, Table, Value

__all__ = ["silence_table"]


def silence_table(silences: Sequence[Silence], by: Sequence[str]) -> Table:
    """One row a group without a passage on a theme."""
    columns = (
        THEME,
        *dimensions(by),
        Column("why", "string", "Whether nothing was found in its text, or there is no such text"),
        Column("of_passages", "integer", "Passages that the group has"),
        Column("of_documents", "integer", "Documents that it has"),
        Column("of_words", "integer", "Words that it has"),
        Column("expected", "number", "Passages that would match at the rate of all groups"),
        Column(
            "high", "number", "Highest rate per 1,000 that this still allows for (Wilson, 95 %)"
        ),
        SMALL,
        *([NAME] if "region" in by else []),
    )
    return Table(
        "silent",
        "Groups in which nothing was found",
        columns,
        [list(row) for row in _silent(silences, by)],
        key=("theme", *by),
    )


def _silent(silences: Sequence[Silence], by: Sequence[str]) -> Iterator[list[Value]]:
    for one in silences:
        group = one.group
        # A dimension by itself is a row over all values of the others.
        known = dict(zip(one.by, group_values(one.by, group), strict=True))
        row: list[Value] = [one.theme, *(known.get(name, "all") for name in by), one.why.value]
        row += [group.passages, group.documents, group.words]
        spoken = one.why is Why.NOTHING
        row += [round(one.expected, 2) if spoken else None]
        row += [round(one.high, 4) if spoken else None, one.small]
        if "region" in by:
            row.append(region_name(one.by, group))
        yield row
