"""What the columns of a CSV file hold, as a Table Schema to be put beside it.

Format: "Table Schema", Frictionless Data, https://specs.frictionlessdata.io/table-schema/
(version 1), which allows properties of one's own, such as ``about``.
"""

from __future__ import annotations

from typing import Any, TextIO

from progsearch.export.tables.table import About, Table
from progsearch.visible import json_text

__all__ = ["schema_record", "write_schema"]


def schema_record(table: Table, about: About) -> dict[str, Any]:
    """The schema of a table as a JSON object."""
    record: dict[str, Any] = {
        "title": table.title,
        "fields": [
            {"name": column.name, "type": column.kind, "description": column.about}
            for column in table.columns
        ],
        "missingValues": [""],
    }
    if table.key:
        record["primaryKey"] = list(table.key)
    return record | {"about": about.record()}


def write_schema(table: Table, about: About, out: TextIO) -> None:
    """Write the schema of a table."""
    out.write(json_text(schema_record(table, about), indent=1) + "\n")
