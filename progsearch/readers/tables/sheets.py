"""Tables: CSV with commas, semicolons or tabs, and the workbooks of Excel.

What the columns are is told by the settings; see :mod:`progsearch.readers.tables.mapping`. The
numbers of lines are those of the rows, the header being row 1.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import PurePath

from progsearch.blocks.building import MAX_TEXT, too_much
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers.containers.packages import is_package, names_in, opened
from progsearch.readers.source import Source, library
from progsearch.readers.tables.headers import (
    SEPARATORS,
    first_row,
    is_other,
    looks_like_table,
    named_once,
    stated_separator,
)
from progsearch.readers.tables.mapping import columns_of
from progsearch.readers.tables.merged import covering_of, hidden_in, with_covered
from progsearch.readers.tables.rows import Row, documents, values_in

__all__ = ["Sheet", "documents_of_sheets", "header_of", "read", "read_workbook"]
__all__ += ["rows_of", "sniff", "sniff_workbook"]

_SUFFIXES = frozenset((".csv", ".tsv", ".tab"))
_HEAD = 1 << 16
MAX_CELLS = 30_000_000
"""Cells of a workbook that are looked at, empty ones among them; a cell in the last column of
each row makes 16,384 a row."""
MANY_LINES, LIKE_ROWS = 8, 0.8
"""Lines in a cell from which on it is looked at whether they are rows, and their share then."""
MAX_CELL = 1_000_000
"""Characters; a longer one is no text but a quotation mark that nobody closed."""


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether its name or its first lines say that it is a table, and it is no archive, page or
    programme."""
    if path.suffix.lower() in _SUFFIXES:
        return not head.startswith((b"PK\x03\x04", b"%PDF-")) and not is_other(head)
    return looks_like_table(head, path)


def header_of(head: bytes) -> list[str]:
    """The first row of what may be a table, in small letters."""
    text = head[:_HEAD].decode("utf-8-sig", "replace").lstrip()
    line = text.replace("\r", "\n").partition("\n")[0]
    try:
        cells = next(csv.reader([line], delimiter=_separator(line, PurePath())), [])
    except csv.Error:
        return []  # what is no table has no header
    return [cell.strip().lower() for cell in cells]


def read(source: Source) -> Iterator[RawDocument]:
    """The documents of a table. Raises ProgsearchError when no column is the text."""
    header, rows, notes = rows_of(source)
    tables = source.options.tables
    columns = columns_of(header, tables, source.path, values_of=values_in(rows))
    yield from documents(rows, columns, "table", source.path, notes=notes)


def rows_of(source: Source) -> tuple[list[str], list[Row], list[str]]:
    """Header, rows and notes of a file with separated values."""
    text, notes = source.text()
    if not text.strip():
        raise ProgsearchError(
            "the file is empty", where="line 1", remedy="write its rows, or take it away"
        )
    stated = stated_separator(text)
    separator = stated or _separator(text.lstrip("\ufeff\r\n").partition("\n")[0], source.path)
    records = _records(text, separator, csv.QUOTE_MINIMAL)
    if separator == "\t" and '"' in text:
        # Many programs write tabs without any quoting: then a quotation mark is one.
        plain = _records(text, separator, csv.QUOTE_NONE)
        records = min(records, plain, key=_ragged)
    if stated:
        records[0] = []
    at, above = first_row(records, source.options.tables)
    notes += above
    header = named_once([name.strip() for name in records[at]] if records else [])
    below = list(enumerate(records[at + 1 :], at + 2))
    wide = [number for number, cells in below if any(map(str.strip, cells[len(header) :]))]
    if wide:
        many = f"{len(wide)} rows have" if len(wide) > 1 else "1 row has"
        notes.append(
            f"{many} more cells than the header, the first of them row {wide[0]}:"
            " these cells are left out"
        )
    rows = [Row(number, dict(zip(header, cells, strict=False))) for number, cells in below]
    return header, rows, notes


def _separator(line: str, path: PurePath) -> str:
    if path.suffix.lower() in (".tsv", ".tab") and "\t" in line:
        return "\t"
    return max(SEPARATORS, key=line.count)


def _records(text: str, separator: str, quoting: int) -> list[list[str]]:
    lines = io.StringIO(text.lstrip("\ufeff"), newline="")
    # The limit holds for the whole process; no cell can be longer than its file.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(lines, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    records: list[list[str]] = []
    start = last = 0  # the lines above the record, and above the one before
    try:
        for cells in reader:
            last, start = start, reader.line_num
            if any(len(cell) > MAX_CELL for cell in cells):
                raise csv.Error(f"a cell has more than {MAX_CELL:,} characters")
            if quoting == csv.QUOTE_MINIMAL and (lost := _swallowed(cells, records, separator)):
                raise ProgsearchError(
                    f"not a table: a cell holds {lost:,} lines that look like rows",
                    where=f"line {last + 1}",
                    remedy="close the quotation mark of the cell, or write it twice",
                )
            records.append(cells)
        if quoting == csv.QUOTE_MINIMAL and separator != "\t":
            _check_end(text, separator, last)
    except csv.Error as error:
        if quoting == csv.QUOTE_MINIMAL and separator == "\t":
            return [[""]] * (text.count("\n") + 2)  # as ragged as can be: the other way is taken
        raise ProgsearchError(
            f"not a table: {error}",
            where=f"line {reader.line_num}",
            remedy="close the quotation mark of the cell",
        ) from error
    while records and not any(cell.strip() for cell in records[-1]):
        records.pop()
    return records


def _check_end(text: str, separator: str, above: int) -> None:
    """Raise ProgsearchError when the quotation mark of the last record is not closed."""
    lines = islice(io.StringIO(text.lstrip("\ufeff"), newline=""), above, None)
    try:
        for _ in csv.reader(lines, delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise ProgsearchError(
                "not a table: the last cell has no end",
                where=f"line {above + 1}",
                remedy="close the quotation mark of the cell",
            ) from error


def _swallowed(cells: Sequence[str], above: Sequence[Sequence[str]], separator: str) -> int:
    """How many lines of a cell look like rows of their own, if most of them do: then nobody has
    closed its quotation mark. A table of one column has no rows that look like any."""
    width = len(above[0]) if above else 0
    for cell in cells:
        if width > 1 and cell.count("\n") >= MANY_LINES:
            lines = cell.splitlines()[1:-1]
            rows = sum(line.count(separator) == width - 1 for line in lines)
            if rows >= MANY_LINES - 1 and rows > LIKE_ROWS * len(lines):
                return rows
    return 0


def _ragged(records: Sequence[Sequence[str]]) -> int:
    width = len(records[0]) if records else 0
    return sum(len(cells) != width for cells in records)


# -- workbooks


def sniff_workbook(head: bytes, path: PurePath) -> bool:
    """Whether it is a package with a workbook in it, or a damaged one named so."""
    if not is_package(head):
        return False
    names = names_in(head)
    return "xl/workbook.xml" in names or (not names and path.suffix.lower() in (".xlsx", ".xlsm"))


def read_workbook(source: Source) -> Iterator[RawDocument]:
    """The documents of the sheets that have a column with the text.

    Raises ProgsearchError when no sheet has one, and when openpyxl is not installed.
    """
    with opened(source) as package:  # its size is known to be bounded now
        covering, hidden = covering_of(package), hidden_in(package)
    sheets = [
        (name, list(with_covered(records, covering.get(name, ()))))
        for name, records in _sheets(source)
    ]
    yield from documents_of_sheets(source, sheets, hidden)


Sheet = tuple[str, list[tuple[int, list[str]]]]
"""The name of a sheet, and its rows with their numbers."""


def documents_of_sheets(
    source: Source, sheets: Sequence[Sheet], hidden: Collection[str] = ()
) -> Iterator[RawDocument]:
    """The documents of those sheets of a workbook that have a column with the text; of those that
    are ``hidden`` it is told that they are.

    Raises ProgsearchError when no sheet has one.
    """
    found: list[RawDocument] = []
    refused: dict[str, ProgsearchError] = {}
    tables = source.options.tables
    wanted = tables.get("sheet")
    for name, records in sheets:
        filled = [(number, cells) for number, cells in records if any(cells)]
        if not filled or (wanted and name != wanted):
            continue
        at, above = first_row([cells for _, cells in filled], tables)
        header = named_once(filled[at][1])
        rows = [Row(n, dict(zip(header, cells, strict=False))) for n, cells in filled[at + 1 :]]
        try:
            columns = columns_of(header, tables, source.path, values_of=values_in(rows))
            shown = name if len(sheets) > 1 and not wanted else ""
            found += documents(rows, columns, "workbook", source.path, sheet=shown, notes=above)
        except ProgsearchError as error:
            refused[name] = error
    if not found:
        raise next(iter(refused.values()), None) or ProgsearchError(
            f"no sheet named {wanted!r}" if wanted else "the workbook is empty",
            remedy=f"sheets are {', '.join(name for name, _ in sheets)}",
        )
    lost = [
        f"sheet {name!r} is hidden in the workbook, and is read"
        for name, records in sheets
        if name in hidden and name not in refused and records and wanted in (None, name)
    ]
    lost += [f"sheet {name!r} is not read: {error.what}" for name, error in refused.items()]
    yield replace(found[0], notes=(*found[0].notes, *lost))
    yield from found[1:]


def _sheets(source: Source) -> Iterator[Sheet]:
    openpyxl = library("openpyxl", "xlsx", "reading workbooks")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
        try:
            book = openpyxl.load_workbook(
                io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False
            )
            bound = _Bound()
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                rows = islice(sheet.iter_rows(values_only=True), 1_048_576)
                yield sheet.title, list(_bounded(rows, bound))
            book.close()
        except ProgsearchError:
            raise
        except Exception as error:
            raise ProgsearchError(
                f"the workbook cannot be read: {error}", remedy="save it anew as .xlsx"
            ) from error


@dataclass(slots=True)
class _Bound:
    """What a workbook has given so far."""

    cells: int = 0
    characters: int = 0


def _bounded(rows: Iterable[Sequence[object]], bound: _Bound) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, without the empty cells at their ends.

    Raises ProgsearchError when they are more than any table has, or their texts more than any
    document has: cells may share a text.
    """
    for number, row in enumerate(rows, 1):
        bound.cells += len(row)
        if bound.cells > MAX_CELLS:
            raise ProgsearchError(
                f"more than {MAX_CELLS / 1e6:,.0f} million cells come out of it",
                remedy="delete the empty columns, or split it",
            )
        end = len(row)
        while end and row[end - 1] is None:
            end -= 1
        cells = [_cell(value) for value in row[:end]]
        bound.characters += sum(map(len, cells))
        if bound.characters > MAX_TEXT:
            raise too_much()
        yield number, cells


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case date() | datetime():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
