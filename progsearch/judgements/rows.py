"""The rows of a sheet that people filled in with a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from progsearch.errors import ProgsearchError

__all__ = ["sheet_of"]


def sheet_of(text: str, path: Path) -> tuple[list[str], Iterator[tuple[int, Mapping[str, str]]]]:
    """The names of the columns of CSV with commas, semicolons or tabs, in small letters, and its
    rows by these names, each with the line in which it ends; rows without a word are left out.

    Raises ProgsearchError for what is no CSV, and for a row with more cells than columns.
    """
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    # Spreadsheets write semicolons where the comma is the decimal sign.
    cells = _cells(text, max(",;\t", key=head.count), path)
    names = [name.lower() for name in next(cells, (0, []))[1]]
    return names, _named(names, cells, path)


def _named(
    names: list[str], cells: Iterator[tuple[int, list[str]]], path: Path
) -> Iterator[tuple[int, Mapping[str, str]]]:
    for number, row in cells:
        if any(row[len(names) :]):
            raise ProgsearchError(
                f"{len(row)} cells in {len(names)} columns",
                where=f"{path}:{number}",
                remedy="put quotation marks around a cell with the separator in it",
            )
        if any(row):
            filled = row + [""] * (len(names) - len(row))
            yield number, dict(zip(names, filled, strict=False))


def _cells(text: str, separator: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in rows:
            yield rows.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise ProgsearchError(
            f"no CSV: {error}",
            where=f"{path}:{rows.line_num}",
            remedy="a quotation mark may not be closed",
        ) from None
