"""Tables as files: one module a format, each with ``write(sheets, about, out)``.

A table goes with an account of how it came about: what was asked of which corpus. Formats
that have a place for it hold it themselves, the others have it in a file beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import BinaryIO, Protocol, TextIO, cast

from progsearch.export.tables.table import About, Column, Table, Value

__all__ = [
    "BINARY_FORMATS",
    "FORMATS",
    "About",
    "BinaryWriter",
    "Column",
    "Table",
    "TableWriter",
    "Value",
    "binary_writer",
    "writer",
]


class TableWriter(Protocol):
    """Writes tables to a text stream; the first is the one that was asked for."""

    def __call__(self, tables: Sequence[Table], about: About, out: TextIO) -> None:
        """Write them, and what is to be said of them."""


class BinaryWriter(Protocol):
    """Writes tables to a stream of bytes."""

    def __call__(self, tables: Sequence[Table], about: About, out: BinaryIO) -> None:
        """Write them, and what is to be said of them."""


FORMATS: Mapping[str, str] = {
    "csv": "progsearch.export.tables.csv",
    "json": "progsearch.export.tables.json",
    "md": "progsearch.export.tables.markdown",
}
"""Name of a text format and the module that writes it."""

BINARY_FORMATS: Mapping[str, str] = {"xlsx": "progsearch.export.tables.xlsx"}
"""Name of a format that is no text and the module that writes it."""


def writer(name: str) -> TableWriter:
    """The writer of a format of :data:`FORMATS`."""
    return cast("TableWriter", import_module(FORMATS[name]).write)


def binary_writer(name: str) -> BinaryWriter:
    """The writer of a format of :data:`BINARY_FORMATS`."""
    return cast("BinaryWriter", import_module(BINARY_FORMATS[name]).write)
