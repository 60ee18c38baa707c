"""Tables as workbooks: types, links, widths, and what no cell may do."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from tables_making import NAMES, about, names, tables

from progsearch import __version__
from progsearch.errors import ProgsearchError
from progsearch.export.formats import writer
from progsearch.export.tables import Column, Table


@pytest.fixture(scope="module")
def openpyxl():
    return pytest.importorskip("openpyxl", reason="the extra dev is not installed")


def workbook(found, **more):
    pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
    out = io.BytesIO()
    writer("tables", "xlsx")(found, about(**more), out)
    return out.getvalue()


def opened(openpyxl, found, **more):
    return openpyxl.load_workbook(io.BytesIO(workbook(found, **more)))


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_reads_back_with_the_right_types(openpyxl, name):
    table = tables()[name]
    sheet = opened(openpyxl, [table])[name]
    head, *rows = sheet.iter_rows()
    assert [cell.value for cell in head] == names(table)
    assert [cell.comment.text for cell in head] == [column.about for column in table.columns]
    for row, values in zip(rows, table.rows, strict=True):
        for cell, column, value in zip(row, table.columns, values, strict=True):
            assert cell.data_type != "f"
            if value is None or value == "":
                assert cell.value is None
            elif column.kind == "boolean":
                assert cell.value is value
            elif column.kind == "string":
                assert cell.value == value
                assert cell.data_type == "s"
            else:
                assert cell.value == pytest.approx(value)
                assert cell.data_type == "n"
                assert ("%" in cell.number_format) == column.share
                assert ("." in cell.number_format) == (column.kind == "number")


def test_a_sheet_is_ready_to_be_worked_with(openpyxl):
    found = tables()
    book = opened(openpyxl, list(found.values()))
    assert book.sheetnames == [*found, "about"]
    sheet = book["cells"]
    # below the header, beside the theme, the region and the party
    assert sheet.freeze_panes == "D2"
    last = sheet.cell(1, sheet.max_column).column_letter
    assert sheet.auto_filter.ref == f"A1:{last}{len(found['cells'].rows) + 1}"
    assert sheet.print_title_rows == "$1:$1"
    assert book.properties.created == datetime(2025, 3, 1, tzinfo=UTC).replace(tzinfo=None)


def test_links_lead_to_the_passages(openpyxl):
    table = tables()["passages"]
    sheet = opened(openpyxl, [table])["passages"]
    at = names(table).index("file") + 1
    links = [sheet.cell(row + 2, at).hyperlink.target for row in range(len(table.rows))]
    ids = [row["passage"] for row in table.records()]
    assert links == [f"https://x.example/{ident}?a=1&b=2" for ident in ids]


def test_a_sheet_says_what_was_asked_of_which_corpus(openpyxl):
    sheet = opened(openpyxl, [tables()["cells"]])["about"]
    told = {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}
    assert told["command"] == "progsearch compare"
    assert told["themes"] == "t"
    assert told["by"] == "region, party"
    assert told["since"] == "2020-05"
    assert told["corpus hash"] == "0123456789abcdef"
    assert told["progsearch"] == __version__
    assert told["note"] == "a rule"
    assert told["high"].startswith("Upper end of the rate's 95 % interval")


@settings(max_examples=examples(40))
@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=40))
def test_no_text_is_a_formula_or_breaks_a_workbook(openpyxl, one):
    column = Column("a", "string", "A")
    cell = opened(openpyxl, [Table("t", one, (column,), [[f"={one}"], [one]])])["t"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=")


def test_the_same_table_is_the_same_workbook():
    assert workbook([tables()["cells"]]) == workbook([tables()["cells"]])


def test_a_long_cell_is_cut_where_excel_ends(openpyxl):
    column = Column("a", "string", "A")
    sheet = opened(openpyxl, [Table("t", "T", (column,), [["x" * 40_000]])])["t"]
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("…")


def test_without_the_package_the_remedy_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ProgsearchError) as error:
        writer("tables", "xlsx")([tables()["cells"]], about(), io.BytesIO())
    assert "progsearch[xlsx]" in error.value.remedy
