"""Cells as wide as their table name the rows below them, and end no table; nor do empty cells."""

from __future__ import annotations

import pytest
from files_making import documents, docx, odt, paragraph
from reading import assert_law

from progsearch.model import ASIDE_ROLES, Fact, Origin
from progsearch.segmentation import segment

HEAD = ("Område", "Löfte", "År")
SCHOOL = ("Skola", "Fler lärare i varje klass", "2026")
TRAINS = ("Tåg", "Nya spår till byn", "2027")
OPEN = ("Vägar", "", "")
SAID = ("Allt detta betalar vi med den skatt som redan är beslutad.",)
NAME = ("Trafik",)
ABOVE = " | ".join(HEAD)


def of_docx(rows):
    def cell(text, span, bold):
        more = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        inner = paragraph(text, run="<w:b/>" if bold else "")
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{inner}</w:tc>"

    made = "".join(
        "<w:tr>"
        + "".join(cell(text, 3 if len(row) == 1 else 1, row is HEAD) for text in row)
        + "</w:tr>"
        for row in rows
    )
    return "a.docx", docx(
        f"{paragraph('Program', 'Nazev')}<w:tbl>{made}</w:tbl>{paragraph('Slut.')}"
    )


def of_html(rows):
    def cell(text, span, name):
        more = f" colspan={span}" if span > 1 else ""
        return f"<{name}{more}>{text}</{name}>"

    made = "".join(
        "<tr>"
        + "".join(
            cell(text, 3 if len(row) == 1 else 1, "th" if row is HEAD else "td") for text in row
        )
        + "</tr>"
        for row in rows
    )
    page = f"<html><body><h1>Program</h1><table>{made}</table><p>Slut.</p></body></html>"
    return "a.html", page.encode()


def of_odt(rows):
    def cell(text, span):
        more = f' table:number-columns-spanned="{span}"' if span > 1 else ""
        covered = "<table:covered-table-cell/>" * (span - 1)
        return f"<table:table-cell{more}><text:p>{text}</text:p></table:table-cell>{covered}"

    made = [
        f"<table:table-row>{''.join(cell(t, 3 if len(row) == 1 else 1) for t in row)}"
        "</table:table-row>"
        for row in rows
    ]
    head = f"<table:table-header-rows>{made[0]}</table:table-header-rows>"
    title = "<text:h text:outline-level='1'>Program</text:h>"
    body = f"<table:table>{head}{''.join(made[1:])}</table:table><text:p>Slut.</text:p>"
    return "a.odt", odt(title + body)


def told(name, data):
    (raw,) = documents(name, data)
    assert_law(raw)
    done = segment(raw, "d", title="Program", lang=Fact("sv", Origin.DEFAULT)).passages
    return [
        (" ".join(one.text.replace("|", " ").split()), [" ".join(n.split()) for n in one.headings])
        for one in done
        if one.role not in ASIDE_ROLES
    ]


def plain(row):
    return " ".join(filter(None, row))


@pytest.mark.parametrize("made", [of_docx, of_html, of_odt])
@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((SCHOOL, NAME, TRAINS, OPEN), ([], None, ["Trafik"], ["Trafik"])),
        ((NAME, SCHOOL, ("Övrigt",), TRAINS), (None, ["Trafik"], None, ["Övrigt"])),
        ((SCHOOL, SAID, TRAINS), ([], [], [])),
    ],
)
def test_a_cell_as_wide_as_the_table_names_the_rows_below_it(made, rows, found):
    wanted = [
        (plain(row), [ABOVE, *above])
        for row, above in zip(rows, found, strict=True)
        if above is not None
    ]
    if rows[0] is NAME:
        rows = (SCHOOL, *rows)
        wanted = [(plain(SCHOOL), [ABOVE]), *wanted]
    assert told(*made([HEAD, *rows])) == [*wanted, ("Slut.", [])]


@pytest.mark.parametrize("made", [of_docx, of_html, of_odt])
@pytest.mark.parametrize("last", [True, False])
def test_a_row_with_one_filled_cell_is_a_row(made, last):
    rows = [SCHOOL, TRAINS]
    rows.insert(2 if last else 1, OPEN)
    wanted = [(plain(row), [ABOVE]) for row in rows]
    assert told(*made([HEAD, *rows])) == [*wanted, ("Slut.", [])]


@pytest.mark.parametrize("made", [of_docx, of_odt])
def test_a_wide_cell_with_nothing_below_it_names_nothing(made):
    found = told(*made([HEAD, SCHOOL, TRAINS, ("Källa: kommunen",)]))
    assert [text for text, _ in found] == [plain(SCHOOL), plain(TRAINS), "Källa: kommunen", "Slut."]
