"""The differences between two versions as a table: one row a link, and one a passage alone."""

from __future__ import annotations

from progsearch.export.tables import Column, Table, Value
from progsearch.promises import Difference, Said, Versions

__all__ = ["DIFFERENCES", "differences_table"]

DIFFERENCES = (
    Column("change", "string", "dropped, reworded, merged, split, moved, new or kept"),
    Column("group", "integer", "Links of one number belong together"),
    Column("old_file", "string", "File of the old passage; empty for what is new"),
    Column("old_line", "integer", "Its first line"),
    Column("old_text", "string", "The old passage as people read it"),
    Column("new_file", "string", "File of the new passage; empty for what was dropped"),
    Column("new_line", "integer", "Its first line"),
    Column("new_text", "string", "The new passage as people read it"),
    Column("firmness", "string", "How the commitment changed: strong → weak"),
    Column("amounts", "string", "Numbers, dates and shares that changed: 10 % → 5 %"),
    Column("slip", "boolean", "Whether only typing seems to have been mended"),
    Column("role", "string", "What the passage does in its document"),
    Column("old_page", "integer", "Page of the old passage, in files that have pages"),
    Column("new_page", "integer", "Page of the new passage"),
)


def differences_table(versions: Versions, title: str) -> Table:
    """All differences, in their order."""
    rows = [_row(one) for one in versions.differences]
    return Table("differences", title, DIFFERENCES, rows)


def _row(one: Difference) -> list[Value]:
    some = one.new or one.old
    return [
        one.change,
        one.group,
        *_side(one.old),
        *_side(one.new),
        one.firmness,
        one.amounts,
        one.slip,
        some.passage.role.value if some else "",
        _page(one.old),
        _page(one.new),
    ]


def _side(said: Said | None) -> list[Value]:
    if said is None:
        return ["", None, ""]
    return [said.file, said.passage.line, said.unit.text.strip()]


def _page(said: Said | None) -> int | None:
    return (said.passage.page or None) if said else None
