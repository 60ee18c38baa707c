"""Tables as files: one module a format, each with ``write(tables, about, out)``."""

from __future__ import annotations

from progsearch.export.tables.table import About, Column, Table, Value, decimal, shown

__all__ = ["About", "Column", "Table", "Value", "decimal", "shown"]
