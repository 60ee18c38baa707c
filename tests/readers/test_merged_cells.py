"""Cells of workbooks that cover rows are said of each of them."""

from __future__ import annotations

import io

import pytest
from files_making import documents
from packing import opendocument
from reading import assert_law

from progsearch.readers.tables.merged import MOST, Covering, with_covered

openpyxl = pytest.importorskip("openpyxl")

ROWS = [
    ["Party", "Topic", "Text"],
    ["Labour", "Schools", "More teachers in every class."],
    [None, None, "Books for every child."],
    [None, "Health", "Shorter waiting lists."],
    ["Tories", "Roads", "Mend the bridges."],
]


def workbook(*merged):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def calc(spans):
    rows = []
    for number, row in enumerate(ROWS, 1):
        cells = []
        for place, value in enumerate(row):
            span = spans.get((number, place), 1)
            more = f' table:number-rows-spanned="{span}"' if span > 1 else ""
            text = f"<text:p>{value}</text:p>" if value else ""
            name = "table-cell" if value else "covered-table-cell"
            cells.append(f"<table:{name}{more}>{text}</table:{name}>")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    inner = f'<table:table table:name="A">{"".join(rows)}</table:table>'
    return opendocument("spreadsheet", f"<office:spreadsheet>{inner}</office:spreadsheet>")


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", workbook("A2:A4", "B2:B3")), ("a.ods", calc({(2, 0): 3, (2, 1): 2}))],
)
def test_a_cell_that_covers_rows_is_said_of_each(name, data):
    found = documents(name, data)
    for raw in found:
        assert_law(raw)
    told = [
        (raw.meta.get("party"), block.code, raw.text[block.start : block.end])
        for raw in found
        for block in raw.blocks
    ]
    assert told == [
        ("Labour", "Schools", "More teachers in every class."),
        ("Labour", "Schools", "Books for every child."),
        ("Labour", "Health", "Shorter waiting lists."),
        ("Tories", "Roads", "Mend the bridges."),
    ]


@pytest.mark.parametrize("data", [workbook(), workbook("D1:F1")])
def test_what_covers_columns_or_nothing_fills_no_row(data):
    parties = [raw.meta.get("party") for raw in documents("a.xlsx", data)]
    assert parties == ["Labour", None, "Tories"]


def test_cells_that_cover_more_than_any_sheet_has_are_looked_at_for_a_while_only():
    records = [(1, ["a"]), (MOST * 3, ["", "b"])]
    assert with_covered(records, [Covering(0, 1, 1 << 30)] * 3)[1][1] == ["", "b"]
    assert with_covered([(1, ["a"]), (3, ["", "b"])], [Covering(0, 1, 3)])[1][1] == ["a", "b"]


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_hidden_sheets_are_told(state):
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    other = book.create_sheet("Old")
    other.sheet_state = state
    for row in (["text"], ["We will lower the taxes for all."]):
        other.append(row)
    out = io.BytesIO()
    book.save(out)
    notes = [note for raw in documents("a.xlsx", out.getvalue()) for note in raw.notes]
    assert any("'Old' is hidden" in note for note in notes) is (state != "visible")
