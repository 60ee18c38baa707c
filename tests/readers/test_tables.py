"""Tables: columns and what they are, rows and documents, CSV and workbooks."""

from __future__ import annotations

import datetime
import io

import pytest
from files_making import OLE, blocks, documents, zipped
from reading import assert_law

from progsearch.errors import ProgsearchError
from progsearch.model import Fact, Origin
from progsearch.segmentation import segment

SURVEY = (
    "region\tparty\tquestion\tanswer\tcomment\n"
    "1-kraj\tStrana A\tVíce míst?\tTrue\tGymnázií je málo.\n"
    "1-kraj\tStrana B\tVíce míst?\tFalse\t\n"
    '2-kraj\tStrana A\tVíce míst?\tTrue\t"Ano" říkáme my.\n'
    "1-kraj\tStrana A\tNižší daně?\tFalse\tNe teď.\n"
)
COLUMNS = {
    "text": ["answer", "comment"],
    "title": "question",
    "values": {"region": {"1-kraj": "CZ-20"}, "answer": {"True": "Ano"}},
}


def read(data, name="anketa.tsv", **tables):
    data = data if isinstance(data, bytes) else data.encode("utf-8")
    found = documents(name, data, tables=tables)
    for raw in found:
        assert_law(raw)
    return found


def passages(raw):
    return segment(raw, "d", lang=Fact("cs", Origin.STATED)).passages


def test_rows_that_state_the_same_facts_are_passages_of_one_document():
    found = read(SURVEY, **COLUMNS)
    assert [raw.part for raw in found] == [
        "#Strana A; CZ-20",
        "#Strana B; CZ-20",
        "#Strana A; 2-kraj",
    ]
    first = found[0]
    assert (first.meta["party"], first.meta["region"]) == ("Strana A", "CZ-20")
    assert blocks(first) == [
        ("heading", 2, "Více míst?"),
        ("paragraph", 0, "Ano\nGymnázií je málo."),
        ("heading", 2, "Nižší daně?"),
        ("paragraph", 0, "False\nNe teď."),
    ]


def test_lines_are_rows_as_a_person_counts_them():
    first = read(SURVEY, **COLUMNS)[0]
    assert [(one.line, one.end_line, one.headings) for one in passages(first)] == [
        (2, 2, ()),
        (2, 2, ("Více míst?",)),
        (5, 5, ()),
        (5, 5, ("Nižší daně?",)),
    ]


def test_a_row_may_be_a_document():
    data = 'text,title,lang,author\n"První.\n\n- Druhá.",Zpráva,cs,Eva\nTřetí.,,sv,Jan\n'
    first, second = read(data, "zprávy.csv", rows="documents")
    assert (first.part, second.part) == ("#row 2", "#row 3")
    assert (first.meta["title"], first.meta["lang"], first.meta["author"]) == (
        "Zpráva",
        "cs",
        "Eva",
    )
    assert blocks(first) == [("paragraph", 0, "První."), ("item", 1, "Druhá.")]
    assert {one.line for one in passages(first)} == {2}


def test_columns_that_are_used_for_nothing_are_kept_where_they_agree():
    (raw,) = read("text,wave,n\nJedna.,1,1\nDvě.,1,2\n", "t.csv")
    assert raw.part == ""
    assert raw.meta == {"wave": "1"}


def test_a_topic_is_the_label_of_a_passage():
    (raw,) = read("text,topic\nJedna.,dopra­va\nDvě.,\n", "t.csv")
    assert [one.label for one in passages(raw)] == ["dopra­va", ""]


def test_equal_rows_with_a_code_stay_two():
    row = "Tohle je věta která se v tabulce opakuje beze změny,x\n"
    (raw,) = read("text,topic\n" + row + row, "t.csv")
    assert len(passages(raw)) == 2


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("text;party\nJedna, dvě.;A\n", "t.csv"),
        ("text\tparty\nJedna, dvě.\tA\n", "t.csv"),
        ('"text","party"\r\n"Jedna, dvě.","A"\r\n', "t.csv"),
        ('\ufefftext,party\n"Jedna, dvě.",A\n', "t.csv"),
        ("text\tparty\nJedna, dvě.\tA\n".encode("utf-16"), "t.tsv"),
    ],
)
def test_separators_and_encodings(data, name):
    (raw,) = read(data, name)
    assert blocks(raw) == [("paragraph", 0, "Jedna, dvě.")]
    assert raw.meta["party"] == "A"


def test_quotation_marks_of_a_file_without_quoting_are_text():
    (raw,) = read('text\tn\n"Ano" říká.\t1\n"Nekončí\t2\n', "t.tsv")
    assert [text for _, _, text in blocks(raw)] == ['"Ano" říká.', '"Nekončí']


def test_cells_beyond_the_header_are_noted():
    (raw,) = read("text,n\nJedna.,1,navíc\n", "t.csv")
    assert "row 2" in raw.notes[0]


def test_what_holds_for_some_files_only():
    tables = {"text": "a", "old/*.csv": {"text": "b"}}
    data = "a,b\nnová,stará\n"
    assert blocks(read(data, "t.csv", **tables)[0])[0][2] == "nová"
    assert blocks(read(data, "old/t.csv", **tables)[0])[0][2] == "stará"


@pytest.mark.parametrize(
    ("data", "tables", "what", "remedy"),
    [
        ("a,b\n1,2\n", {}, "no column is the text; there are a, b", "text ="),
        ("text\n", {}, "no row has a text", "write it"),
        ("text\n ,\n", {}, "no row has a text", "write it"),
        ("commment\nx\n", {"text": "comment"}, "there is no such column", "commment"),
        ("text\nx\n", {"txt": "text"}, "txt is not known", "did you mean text"),
        ("text\nx\n", {"text": 3}, "not the name of a column", "text ="),
        ("text\nx\n", {"party": ["text", "x"]}, "more than one", "party ="),
        ("text\nx\n", {"rows": "docs"}, "rows is 'docs'", "passages or documents"),
        ("text\nx\n", {"values": {"a": 1}}, "values", "tables.values"),
        ("", {}, "empty", "write"),
        ('text,n\n"open,' + "x" * 200_000, {}, "not a table", "quotation mark"),
    ],
)
def test_what_is_wrong_is_said_with_its_remedy(data, tables, what, remedy):
    with pytest.raises(ProgsearchError) as caught:
        documents("t.csv", data.encode(), tables=tables)
    assert what in caught.value.what
    assert remedy in caught.value.remedy
    assert caught.value.where.startswith("corpus/t.csv")


def test_a_table_with_another_suffix_is_read_when_asked_for():
    data = b"slib,party\nJedna.,A\n"
    assert [raw.format for raw in documents("t.txt", data)] == ["plaintext"]
    assert [
        raw.format for raw in documents("t.txt", data, format="csv", tables={"text": "slib"})
    ] == ["table"]


# -- workbooks


def workbook(**sheets) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_like_a_table():
    day = datetime.datetime(2021, 5, 3)  # noqa: DTZ001 - a workbook has no time zones
    data = workbook(List1=[("text", "party", "date"), ("Jedna.", "A", day), ("Dvě.", "B", 2021.0)])
    first, second = read(data, "t.xlsx")
    assert (first.meta["party"], first.meta["date"]) == ("A", "2021-05-03")
    assert second.meta["date"] == "2021"
    assert [one.line for one in passages(second)] == [3]


def test_sheets_with_a_text_are_read_and_others_left():
    data = workbook(A=[("text",), ("Jedna.",)], B=[("n",), (1,)], C=[("text",), ("Dvě.",)])
    assert [raw.part for raw in read(data, "t.xlsx")] == ["#A", "#C"]
    assert [blocks(raw)[0][2] for raw in read(data, "t.xlsx", sheet="C")] == ["Dvě."]
    with pytest.raises(ProgsearchError, match="no sheet named 'D'"):
        read(data, "t.xlsx", sheet="D")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (lambda: workbook(A=[]), "empty"),
        (lambda: workbook(A=[("text",), ("x",)])[:500], "damaged"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (lambda: zipped({"xl/workbook.xml": "<w/>"}), "cannot be read"),
        (lambda: zipped({"xl/workbook.xml": b" " * 400_000_000}), "would unpack to"),
    ],
)
def test_broken_workbooks_are_refused(data, what):
    pytest.importorskip("openpyxl")
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("t.xlsx", data())
    assert caught.value.remedy
