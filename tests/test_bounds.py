"""Small files that make much of themselves are refused, or read within bounds."""

from __future__ import annotations

import csv
import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch import readers
from progsearch.errors import ProgsearchError
from progsearch.export.csv import harmless
from progsearch.readers import MAX_MARKS
from progsearch.readers.tables import sheets


def read(name, data):
    return list(readers.read_all(name, data))


def refusal(name, data):
    with pytest.raises(ProgsearchError) as caught:
        read(name, data)
    assert caught.value.remedy
    return str(caught.value)


# -- marks


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.csv", "a.html"])
def test_no_letter_has_thousands_of_accents(name):
    marks = "\u0316\u0301" * 5000
    heads = {"a.csv": "text\n", "a.html": "<html><body><p>"}
    told = refusal(name, f"{heads.get(name, '')}Péče a{marks} péče o zdraví.\n".encode())
    assert f"more than {MAX_MARKS} accents" in told


def test_accents_that_people_write_are_read():
    text = "Ne" + "\u0301\u0302\u0303" * 10 + "mocnice.\n"
    assert read("a.txt", text.encode())[0].text == text
    assert read("a.txt", ("e\u0301" * 20_000).encode())


# -- tables

HEAD = "text,party\n"


def table(*rows):
    return (HEAD + "".join(rows)).encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("at", [0, 5])
@pytest.mark.parametrize("closed", ["", '"'])
def test_a_quotation_mark_that_nobody_closed_swallows_no_rows(end, at, closed):
    rows = [f"Postavíme nemocnici {number},A{end}" for number in range(60)]
    rows[at] = f'"Zvýšíme platy,B{end}'
    rows[50] = f"Opravíme {closed}silnice{closed},C{end}"
    told = refusal("a.csv", table(*rows))
    assert f"a.csv:{at + 2}: not a table: a cell holds" in told
    assert "lines that look like rows" in told
    assert "close the quotation mark" in told


def test_a_long_answer_in_a_cell_is_no_rows():
    lines = "\n".join(
        f"Věta {number}, která má jednu čárku a ještě jednu, totiž."
        if number % 2
        else "Věta bez ničeho."
        for number in range(60)
    )
    (document,) = read("a.csv", table(f'"{lines}",A\n', "Krátká,A\n"))
    found = [document.text[one.start : one.end] for one in document.blocks]
    assert found == [*lines.split("\n"), "Krátká"]  # a sentence a line, as in plain text


def test_cells_are_as_long_as_they_are_allowed_to_be():
    long = "slovo " * 30_000
    (document,) = read("a.csv", table(f'"{long}",A\n', "Krátká,A\n"))
    assert long.strip() in document.text
    told = refusal("a.csv", table(f'"{"x" * (sheets.MAX_CELL + 1)}",A\n'))
    assert "more than 1,000,000 characters" in told


@pytest.fixture
def openpyxl():
    return pytest.importorskip("openpyxl")


def book(openpyxl, fill):
    made = openpyxl.Workbook()
    fill(made.active)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_cells_far_to_the_right_are_counted(openpyxl, monkeypatch):
    def fill(sheet):
        sheet.append(["text", "party"])
        for number in range(2, 12):
            sheet.cell(number, 1, f"Postavíme nemocnici {number}.")
            sheet.cell(number, 16_384, "x")

    data = book(openpyxl, fill)
    (document,) = read("a.xlsx", data)
    assert len(document.blocks) == 10
    monkeypatch.setattr(sheets, "MAX_CELLS", 100_000)
    assert "million cells come out of it" in refusal("a.xlsx", data)


def test_a_text_that_cells_share_is_counted_each_time(openpyxl, monkeypatch):
    def fill(sheet):
        sheet.append(["text"])
        for _ in range(20):
            sheet.append(["Postavíme nemocnici. " * 100])

    data = book(openpyxl, fill)
    assert read("a.xlsx", data)
    monkeypatch.setattr(sheets, "MAX_TEXT", 20_000)
    assert "characters come out of it" in refusal("a.xlsx", data)


def test_a_footnote_is_said_once_however_often_it_is_cited():
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    cited = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    paragraphs = f"<w:p><w:r><w:t>Slib.</w:t></w:r>{cited}</w:p>" * 500
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{paragraphs}</w:body></w:document>"
        )
        package.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>{"Pozn. " * 1000}</w:t>'
            "</w:r></w:p></w:footnote></w:footnotes>",
        )
    (document,) = read("a.docx", out.getvalue())
    assert document.text.count("Pozn. " * 1000) == 1
    assert document.text.count("Slib.") == 500


# -- the cells of a CSV file

UNSEEN = set(" \t\r\n\x00\x0b\x7f\xa0\u00ad\u200b\u2060\ufeff")


def plainly(text):
    """Where a formula would begin, looked for separator by separator."""
    out = []
    for at, char in enumerate(text):
        out.append(char)
        if char in ";\t\r\n":
            rest = text[at + 1 :].lstrip("".join(UNSEEN))
            if rest[:1] and rest[0] in "-=+@":
                out.append("'")
    return "".join(out)


@given(st.text(st.sampled_from("a=+;;\t\r\n \xa0\u200b"), max_size=12))
def test_a_cell_gets_its_apostrophes_where_formulas_would_begin(text):
    assert str(harmless(text)).lstrip("'") == plainly(text).lstrip("'")


def test_many_tabs_are_gone_over_once():
    # A second at most where it took minutes: the square of 2,000,000 would never end.
    assert harmless("\t" * 2_000_000 + "x")
    assert harmless(";\t" * 500_000 + "x")


def test_rows_of_chance_stay_as_they_are():
    chance = random.Random(5)
    rows = [
        [" ".join(chance.choices(["slovo", "a", "péče,", '"citát"'], k=9)), "A"] for _ in range(200)
    ]
    out = io.StringIO()
    csv.writer(out).writerows([["text", "party"], *rows])
    (document,) = read("a.csv", out.getvalue().encode())
    assert len(document.blocks) == 200
