"""Counts as a table: the columns of a comparison, for the groups in which something was found."""

from __future__ import annotations

from collections.abc import Sequence

from progsearch.compare import Cell, Group
from progsearch.export.columns import (
    NAME,
    THEME,
    UNKNOWN_OF,
    dimensions,
    group_values,
    region_name,
    unknown_of,
)
from progsearch.export.comparisons import COUNTS, counted
from progsearch.export.tables import Table

__all__ = ["counts_table"]


def counts_table(
    by: Sequence[str], cells: Sequence[tuple[Group, Cell]], *, themes: bool = True
) -> Table:
    """One row a cell; ``themes`` is whether there are any to be named."""
    regions = "region" in by
    columns = [*([THEME] if themes else []), *dimensions(by), *COUNTS]
    columns += [*([UNKNOWN_OF] if by else []), *([NAME] if regions else [])]
    rows = [
        [
            *([cell.theme] if themes else []),
            *group_values(by, group),
            *counted(cell),
            *([unknown_of(by, group)] if by else []),
            *([region_name(by, group)] if regions else []),
        ]
        for group, cell in cells
    ]
    key = (*(["theme"] if themes else []), *by)
    return Table("counts", f"Passages by {' and '.join(by)}", tuple(columns), rows, key=key)
