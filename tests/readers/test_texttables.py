"""Tables inside of a text: heads, rows with and without words, and what is no table."""

from __future__ import annotations

import pytest
from files_making import blocks, documents, docx, odt, paragraph, table
from reading import assert_law, cut, read

from progsearch.model import ASIDE_ROLES, Fact, Origin, source_text
from progsearch.segmentation import segment

CS = Fact("cs", Origin.DEFAULT)


def passages(raw):
    """Role, headings and text of what a document is cut into."""
    assert_law(raw)
    done = segment(raw, "d", title="Program", lang=CS)
    assert source_text(done.between, done.passages) == raw.text
    return [(one.role.value, one.headings, one.text) for one in done.passages]


PLAN = """# Program

## Výdaje

|Trať|Rozsah|Úspora|
|:--:|------|-----:|
|Kouřim|bez objednávky|2 100 000|
| - |  | 300 |
|**Celkem**|||**2 400 000**|
Pod tabulkou.
"""


def test_a_head_is_an_aside_and_stands_above_its_rows_only():
    raw = read(PLAN)
    found = passages(raw)
    above = ("Výdaje", "Trať|Rozsah|Úspora")
    assert found[2:] == [
        ("heading", ("Výdaje",), "Trať|Rozsah|Úspora"),
        ("statement", above, "Kouřim|bez objednávky|2 100 000"),
        ("navigation", above, "- |  | 300"),
        ("statement", above, "**Celkem**|||**2 400 000**"),
        ("statement", ("Výdaje",), "Pod tabulkou."),
    ]
    counted = [text for role, _, text in found if role not in ASIDE_ROLES]
    assert len(counted) == 3


def test_a_head_says_nothing_of_the_title():
    raw = read("| Oblast | Slib |\n|---|---|\n| Zdraví | Víc lékařů |\n")
    assert "title" not in raw.meta


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("| a | b |\n|---|---|\n", "paragraph"),  # a head over nothing is none
        ("|---|---|\n| a | b |\n| c | d |\n", "paragraph paragraph"),
        ("| a | b |\n| c | d |\n|---|---|\n| e | f |\n", "paragraph paragraph paragraph"),
        ("| a | b |\n\n|---|---|\n| c | d |\n", "paragraph paragraph"),
        ("> | a | b |\n> |---|---|\n> | c | d |\n", "table head,paragraph"),
        ("Text\n| a | b |\n|---|---|\n| c | d |\n", "paragraph,table head,paragraph"),
        # Where tools leave the head empty, numbers in a column tell it, if anything does.
        ("| | |\n|---|---|\n| Fond | Miliony |\n| A | 5 000 Kč |\n| B | 7 |\n", "table head,p,p"),
        ("| | |\n|---|---|\n| Fond | Miliony |\n| A | 5 |\n", "paragraph paragraph"),
        ("| | |\n|---|---|\n| Fond | rok 2020 |\n| A | 5 |\n| B | 7 |\n", "p p p"),
        ("| | |\n|---|---|\n| Fond | Název |\n| A | 5 let |\n| B | b |\n", "p p p"),
        ("| a | b |\n|---|---|\n| c | d |\n\n| e | f |\n| g | h |\n", "table head,p,p,p"),
    ],
)
def test_which_row_is_a_head(text, shapes):
    wanted = shapes.split("," if "," in shapes else None)
    names = {"p": "paragraph"}
    assert [shape for shape, _ in cut(text)] == [names.get(one, one) for one in wanted]


def test_the_rows_of_another_table_stand_under_no_head_of_this_one():
    raw = read("| a | b |\n|---|---|\n| c | d |\n\n| e | f |\n| g | h |\n")
    assert [above for _, above, _ in passages(raw)] == [(), ("a | b",), (), ()]


CELLS = (
    "<table><thead><tr><th>Trať</th><th>Úspora</th></tr></thead>\n"
    "<tbody><tr><td>Kouřim</td><td><p>2 100</p></td></tr>\n"
    "<tr><td>1</td><td>2</td></tr></tbody></table><p>Pod tabulkou.</p>"
)


def test_the_cells_of_a_row_of_html_are_one_passage():
    found = passages(read(f"<h2>Výdaje</h2>{CELLS}"))
    above = found[2][1]
    assert [role for role, *_ in found] == [
        *("heading", "heading", "statement", "navigation", "statement")
    ]
    assert above[-1] == "Trať | Úspora"
    assert found[2][2] == "Kouřim</td><td><p>2 100"
    assert found[-1][1] == above[:-1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A frame for columns of a page is no table.
        (
            "<table><tr><td>Nabídka<br><br>Druhá</td><td>Text.</td></tr></table>",
            ["Nabídka", "Druhá", "Text."],
        ),
        ("<table><tr><td><ul><li>a</ul></td><td>b</td></tr></table>", ["a", "b"]),
        ("<table><tr><td>Text v rámečku.</td></tr></table>", ["Text v rámečku."]),
        (
            "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>",
            ["a</td><td>b", "c"],
        ),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", ["a<td>b", "c<td>d"]),
        ("<table><tr><td></td><td>b</td></tr></table>", ["b"]),
    ],
)
def test_what_is_a_row_of_html(text, found):
    assert [text for _, text in cut(text)] == found


def bold(text):
    return paragraph(text, run="<w:b/>")


def row(*cells, more=""):
    return f"<w:tr>{more}" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


STATED = '<w:trPr><w:tblHeader w:val="{}"/></w:trPr>'
NAMES = (paragraph("Oblast"), paragraph("Slib"))
DATA = row(paragraph("Zdraví"), paragraph("Víc lékařů."))


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        (row(*NAMES, more=STATED.format("true")) + DATA, True),
        (row(*NAMES, more=STATED.format("0")) + DATA, False),
        (row(*NAMES) + DATA, False),
        (row(bold("Oblast"), bold("Slib")) + DATA, True),
        (row(bold("Oblast"), paragraph("Slib")) + DATA, False),
        (row(bold("Oblast"), bold("Slib")) + row(bold("Zdraví"), bold("Víc.")), False),
        (DATA + row(bold("Oblast"), bold("Slib")) + DATA, False),
    ],
)
def test_heads_in_word(rows, head):
    (raw,) = documents("program.docx", docx(f"<w:tbl>{rows}</w:tbl>"))
    assert_law(raw)
    assert (raw.blocks[0].shape.value == "table head") is head
    assert {shape for shape, *_ in blocks(raw)[1:]} == {"paragraph"}


def test_numbers_tell_a_head_in_word_and_an_empty_row_parts_no_table():
    cells = (("Fond", "Miliony"), ("A", "5"), ("", ""), ("B", "7"), ("1", "2"))
    (raw,) = documents("program.docx", docx(table(*cells)))
    found = passages(raw)
    assert [role for role, *_ in found] == ["heading", "statement", "statement", "navigation"]
    assert {above for _, above, _ in found[1:]} == {("Fond | Miliony",)}


def test_heads_in_opendocument():
    def cells(*texts):
        inside = "".join(
            f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts
        )
        return f"<table:table-row>{inside}</table:table-row>"

    head = f"<table:table-header-rows>{cells('Oblast', 'Slib')}</table:table-header-rows>"
    body = f"<table:table>{head}{cells('Zdraví', 'Víc')}</table:table><text:p>Pod.</text:p>"
    (raw,) = documents("program.odt", odt(body))
    assert passages(raw) == [
        ("heading", (), "Oblast | Slib"),
        ("statement", ("Oblast | Slib",), "Zdraví | Víc"),
        ("statement", (), "Pod."),
    ]


@pytest.mark.parametrize(
    ("first", "heads"),
    [
        ("| Labour | We will build ten schools. |", False),
        ("| Party | What they promise |", True),
        ("| Party | Promises. |", True),
        ("| Party | What do they promise to us? |", True),
    ],
)
def test_the_first_row_of_a_pipe_table_that_makes_a_statement_is_no_head(first, heads):
    rows = "| Tories | We will lower the taxes. |\n| Greens | We will plant more trees. |"
    raw = read(f"# Program\n\n{first}\n| --- | --- |\n{rows}\n\nBelow the table.\n")
    told = [(role, above) for role, above, _ in passages(raw)][1:4]
    above = (first.strip("| "),) if heads else ()
    assert told == [
        ("heading", ()) if heads else ("statement", ()),
        ("statement", above),
        ("statement", above),
    ]
