"""XLSX workbooks: a sheet a table, and one with what was asked of which corpus.

XlsxWriter writes them, an optional extra: it needs nothing else, and only writes. Texts are
written as texts, so none is taken for a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from progsearch.errors import ProgsearchError
from progsearch.export.tables.table import About, Column, Table, Value
from progsearch.visible import visible

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write"]

_MAX_CELL = 32767  # characters; Excel opens no file with a longer cell
_MAX_LINKS = 65530  # of one sheet
_MAX_LINK = 2079  # characters
_WIDEST = 80
_ALWAYS = "2000-01-01"  # the day of a list without an account
_MANY = 12  # letters of a column with a name or an address


def write(tables: Sequence[Table], about: About | None, out: BinaryIO) -> None:
    """Write the workbook. Raises ProgsearchError where XlsxWriter is not installed."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise ProgsearchError(
            "XLSX needs the package XlsxWriter",
            where="--format xlsx",
            remedy='run: pip install "progsearch[xlsx]"',
        ) from None
    with Workbook(out, {"in_memory": True}) as book:
        # The day alone, so that the same table is the same file.
        made = datetime.fromisoformat(about.made if about else _ALWAYS)
        book.set_properties({"title": tables[0].title, "created": made})
        styles = _Styles(book)
        for table in tables:
            _sheet(book.add_worksheet(table.name), table, styles)
        _about(book.add_worksheet("about"), about, tables, styles)


class _Styles:
    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[str, Format] = {}
        self.head = self._make(bold=True, bottom=1, text_wrap=True, valign="top")
        self.text = self._make(text_wrap=True, valign="top")
        self.plain = self._make(valign="top")
        self.link = self._make(font_color="#0563C1", underline=1, valign="top")
        self.bold = self._make(bold=True, valign="top")

    def _make(self, **properties: Any) -> Format:  # noqa: ANN401
        return self._book.add_format(properties)

    def number(self, column: Column) -> Format:
        decimals = f".{'0' * column.digits}" if column.digits else ""
        pattern = f"0{decimals}%" if column.share else f"#,##0{decimals}"
        if column.kind == "integer":
            pattern = "#,##0"
        if pattern not in self._known:
            self._known[pattern] = self._make(num_format=pattern, valign="top")
        return self._known[pattern]


def _sheet(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    links = 0
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.name, styles.head)
        sheet.write_comment(0, at, column.about)
        sheet.set_column(at, at, _width(table, at))
    for row_at, row in enumerate(table.rows):
        for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            link = table.links.get((row_at, at), "")
            if link and len(link) <= _MAX_LINK and links < _MAX_LINKS:
                links += 1
                sheet.write_url(row_at + 1, at, link, styles.link, string=_string(value))
            else:
                _cell(sheet, (row_at + 1, at), column, value, styles)
    sheet.freeze_panes(1, len(table.key))
    if table.columns:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _cell(
    sheet: Worksheet, place: tuple[int, int], column: Column, value: Value, styles: _Styles
) -> None:
    if value is None or value == "":
        return
    match column.kind:
        case "boolean":
            sheet.write_boolean(*place, bool(value), styles.plain)
        case "string":
            wide = len(str(value)) > _WIDEST
            sheet.write_string(*place, _string(value), styles.text if wide else styles.plain)
        case _:
            sheet.write_number(*place, value, styles.number(column))


def _string(value: Value) -> str:
    text = (
        visible("" if value is None else str(value)).replace("\u240a", "\n").replace("\u2409", " ")
    )
    return text if len(text) <= _MAX_CELL else text[: _MAX_CELL - 1] + "…"


def _width(table: Table, at: int) -> float:
    longest = max((len(str(row[at])) for row in table.rows if row[at] is not None), default=0)
    if table.columns[at].kind != "string":
        longest = min(longest, _MANY)
    return min(_WIDEST, max(len(table.columns[at].name) + 3, longest + 1))


def _about(sheet: Worksheet, about: About | None, tables: Sequence[Table], styles: _Styles) -> None:
    row = 0
    for name, value in about.lines() if about else ():
        sheet.write_string(row, 0, name, styles.bold)
        sheet.write_string(row, 1, _string(value), styles.text)
        row += 1
    for table in tables:
        row += 1
        sheet.write_string(row, 0, table.name, styles.bold)
        sheet.write_string(row, 1, table.title, styles.text)
        for column in table.columns:
            row += 1
            sheet.write_string(row, 0, column.name, styles.plain)
            sheet.write_string(row, 1, column.about, styles.text)
        row += 1
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
