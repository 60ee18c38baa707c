"""Rows of which a cell holds a list or several paragraphs, in every format with such tables."""

from __future__ import annotations

import pytest
from files_making import documents, docx, listed, odt, paragraph
from reading import assert_law, read

from progsearch.model import ASIDE_ROLES, Fact, Origin
from progsearch.segmentation import segment

HEAD = "Oblast | Slib"
ROWS = [
    ("Zvýšíme platy.", (HEAD, "Zdraví")),
    ("Otevřeme ordinace.", (HEAD, "Zdraví")),
    ("Doprava | Opravíme silnice.", (HEAD,)),
    ("Postavíme školy.", (HEAD, "Školy")),
    ("Zrušíme školné.", (HEAD, "Školy")),
    ("Pod tabulkou.", ()),
]


def counted(raw):
    """Text and headings of the passages that count."""
    assert_law(raw)
    done = segment(raw, "d", title="Program", lang=Fact("cs", Origin.DEFAULT)).passages
    return [(one.text, one.headings) for one in done if one.role not in ASIDE_ROLES]


def tags(*rows, first="td"):
    return "<table>" + "".join(
        f"<tr><{first}>{name}</{first}><td>{cell}</td></tr>" for name, cell in rows
    )


LIST = "<ul><li>Zvýšíme platy.</li><li>Otevřeme ordinace.</li></ul>"
PARAGRAPHS = "<p>Postavíme školy.</p><p>Zrušíme školné.</p>"
STATED = "<tr><th>Oblast</th><th>Slib</th></tr>"


def html(more="", first="td"):
    rows = (("Zdraví", LIST), ("Doprava", "Opravíme silnice."), ("Školy", PARAGRAPHS))
    return tags(*rows, first=first).replace("<table>", f"<table>{more}") + "</table>"


def of_page(text):
    page = f"<html><head><title>x</title></head><body><article>{text}<p>Pod tabulkou.</p>"
    (raw,) = documents("a.html", f"{page}</article></body></html>".encode())
    return raw


MARKDOWN = """| Oblast | Slib |
|---|---|
| Zdraví | Zvýšíme platy.<br>Otevřeme ordinace. |
| Doprava | Opravíme silnice. |
| Školy | <ul><li>Postavíme školy.</li><li>Zrušíme školné.</li></ul> |

Pod tabulkou.
"""


def cell(*inside):
    return f"<w:tc>{''.join(inside)}</w:tc>"


def row(*cells, more=""):
    return f"<w:tr>{more}{''.join(cells)}</w:tr>"


WORD = (
    row(
        cell(paragraph("Oblast", run="<w:b/>")),
        cell(paragraph("Slib", run="<w:b/>")),
    )
    + row(
        cell(paragraph("Zdraví")),
        cell(listed("Zvýšíme platy."), listed("Otevřeme ordinace.")),
    )
    + row(cell(paragraph("Doprava")), cell(paragraph("Opravíme silnice.")))
    + row(
        cell(paragraph("Školy")),
        cell(paragraph("Postavíme školy."), paragraph(""), paragraph("Zrušíme školné.")),
    )
)


def of_word(rows):
    (raw,) = documents("a.docx", docx(f"<w:tbl>{rows}</w:tbl>{paragraph('Pod tabulkou.')}"))
    return raw


def of_writer():
    def cells(*each):
        inside = "".join(
            "<table:table-cell>"
            + "".join(f"<text:p>{text}</text:p>" for text in one)
            + "</table:table-cell>"
            for one in each
        )
        return f"<table:table-row>{inside}</table:table-row>"

    rows = (
        f"<table:table-header-rows>{cells(['Oblast'], ['Slib'])}</table:table-header-rows>"
        + cells(["Zdraví"], ["• Zvýšíme platy.", "• Otevřeme ordinace."])
        + cells(["Doprava"], ["Opravíme silnice."])
        + cells(["Školy"], ["Postavíme školy.", "Zrušíme školné."])
    )
    body = f"<table:table>{rows}</table:table><text:p>Pod tabulkou.</text:p>"
    (raw,) = documents("a.odt", odt(body))
    return raw


def of_rich_text():
    pytest.importorskip("striprtf")

    def row(*cells, more=""):
        inside = "".join(f"{cell}\\cell " for cell in cells)
        return f"\\trowd{more}\\cellx3000\\cellx9000\\pard\\intbl {inside}\\row"

    text = (
        row("Oblast", "Slib", more="\\trhdr")
        + row("Zdraví", "\\bullet\\tab Zvýšíme platy.\\par \\bullet\\tab Otevřeme ordinace.")
        + row("Doprava", "Opravíme silnice.")
        + row("Školy", "Postavíme školy.\\line Zrušíme školné.")
        + "\\pard Pod tabulkou.\\par"
    )
    coded = "".join(one if one.isascii() else f"\\u{ord(one)}?" for one in text)
    (raw,) = documents("a.rtf", f"{{\\rtf1\\ansi {coded}}}".encode())
    return raw


@pytest.mark.parametrize(
    "made",
    [
        of_rich_text,
        lambda: of_page(html(STATED)),
        lambda: of_page(html(STATED, first="th")),
        lambda: read(MARKDOWN),
        lambda: of_word(WORD),
        of_writer,
    ],
    ids=["rtf", "html", "html th", "markdown", "docx", "odt"],
)
def test_head_and_name_stand_above_each_item_and_paragraph_of_a_cell(made):
    assert counted(made()) == ROWS


def test_the_numbers_of_word_are_those_of_rows():
    done = segment(of_word(WORD), "d", lang=Fact("cs", Origin.DEFAULT)).passages
    assert [one.line for one in done] == [1, 2, 2, 2, 3, 4, 4, 4, 5]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Names at the beginning of two rows make a table; one row may be a frame.
        (
            html(),
            [(text, above[1:]) for text, above in ROWS],
        ),
        (
            tags(("Nabídka", LIST)) + "</table>",
            [("Nabídka", ()), *((text, ()) for text, _ in (*ROWS[:2], ROWS[-1]))],
        ),
        # What says something of its own names no row.
        (
            tags(("Toto je celá věta.", LIST), ("Druhá věta.", "x")) + "</table>",
            [
                ("Toto je celá věta.", ()),
                *((text, ()) for text, _ in ROWS[:2]),
                ("Druhá věta. | x", ()),
                ("Pod tabulkou.", ()),
            ],
        ),
        (
            f"<table>{STATED}<tr><td></td><td>{LIST}</td></tr></table>",
            [(text, (HEAD,)) for text, _ in ROWS[:2]] + [ROWS[-1]],
        ),
        # A cell that covers rows stands above the names of these.
        (
            (
                f"<table>{STATED}<tr><td rowspan=2>Kraj</td><td>Ano</td></tr><tr><td>Zdraví</td>"
                f"<td>{LIST}</td></tr><tr><td>Stát</td><td>Ne</td></tr></table>"
            ),
            [
                ("Ano", (HEAD, "Kraj")),
                *((text, (HEAD, "Kraj", "Zdraví")) for text, _ in ROWS[:2]),
                ("Stát | Ne", (HEAD,)),
                ROWS[-1],
            ],
        ),
        # A lead-in stands above the items of its own cell only.
        (
            f"<table>{STATED}<tr><td>A</td><td><p>Chceme:</p><ul><li>b</ul><p>c</p></td></tr></table>",
            [("b", (HEAD, "A", "Chceme:")), ("c", (HEAD, "A")), ROWS[-1]],
        ),
    ],
)
def test_which_cells_stand_above_others_in_a_page(text, found):
    assert counted(of_page(text)) == [(text.replace("\n", " "), above) for text, above in found]


SIDE = {"Zvýšíme platy.": "{0}", "Otevřeme ordinace.": "{0}", "Zrušíme školné.": "{1}"}


@pytest.mark.parametrize("heads", [("✅", "❌"), ("Splněno", "Nesplněno")])
@pytest.mark.parametrize("kind", ["th", "td", "markdown", "docx"])
def test_lists_side_by_side_stand_below_the_heads_of_their_columns(kind, heads):
    if kind == "td" and heads[0] != "✅":
        pytest.skip("words without a tag of a head are a row")
    last = "<ul><li>Zrušíme školné.</ul>"
    if kind == "markdown":
        items = "Zvýšíme platy.<br>Otevřeme ordinace. | <ul><li>Zrušíme školné.</li></ul>"
        raw = read(f"| {heads[0]} | {heads[1]} |\n|---|---|\n| {items} |\n")
    elif kind == "docx":
        above = [cell(paragraph(one, run="<w:b/>")) for one in heads]
        items = ("Zvýšíme platy.", "Otevřeme ordinace."), ("Zrušíme školné.",)
        raw = of_word(row(*above) + row(*[cell(*map(listed, some)) for some in items]))
    else:
        above = "".join(f"<{kind}>{one}</{kind}>" for one in heads)
        rows = f"<tr>{above}</tr><tr><td>{LIST}</td><td>{last}</td></tr>"
        raw = of_page(f"<table>{rows}</table>")
    found = dict(counted(raw))
    found.pop("Pod tabulkou.", None)
    assert found == {text: (head.format(*heads),) for text, head in SIDE.items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (tags(("Silnice v kraji", "✅"), ("Školy", "❌")), ["Silnice v kraji | ✅", "Školy | ❌"]),
        (tags(("✅", "Silnice v kraji"), ("❌", "Školy")), ["✅ | Silnice v kraji", "❌ | Školy"]),
        (tags(("✅", "❌"), ("Silnice", "Školy")), ["Silnice | Školy"]),
        (tags(("Silnice v kraji", ""), ("Školy", "")), ["Silnice v kraji", "Školy"]),
        ("<p>✅</p><p>Silnice v kraji</p>", ["Silnice v kraji"]),
    ],
)
def test_a_sign_is_a_cell_of_its_row(text, found):
    assert [text for text, _ in counted(of_page(text + "</table>"))][:-1] == found


def test_a_head_ends_with_its_columns_where_a_cell_stands_beside_several_rows():
    head = "<tr><th>Oblast</th><th>Slib</th><th>Splněno</th></tr>"
    rows = "<tr><td rowspan=2>Kraj</td><td>Silnice</td><td>Ano</td></tr><tr><td>Školy</td><td>Ne"
    found = counted(of_page(f"<table>{head}{rows}</table>"))
    above = ("Slib | Splněno", "Kraj")
    assert found[:-1] == [("Silnice | Ano", above), ("Školy | Ne", above)]


@pytest.mark.parametrize("text", ["## ✅\n\n- Silnice.\n\n## ❌\n\n- Školy.\n"])
def test_a_heading_may_be_a_sign(text):
    assert counted(read(text)) == [("Silnice.", ("✅",)), ("Školy.", ("❌",))]


def test_a_sign_at_the_end_of_a_line_is_no_mark_of_the_next():
    (raw,) = documents("a.txt", "Opravíme silnice. ✅\n\nPostavíme školy.\n".encode())
    done = segment(raw, "d", lang=Fact("cs", Origin.DEFAULT)).passages
    assert [one.mark for one in done] == ["", ""]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("| a | b<br>c |", ["a | b<br>c"]),  # goes on with a small letter
        ("| A | - b<br>- c |", ["b", "c"]),
        ("| A | B.<br>C. | D |", ["B.", "C.", "D"]),
        ("| A.<br>B. | C.<br>D. |", ["A.", "B.", "C.", "D."]),
        ("| A | C\\|D<br>B |", ["C\\|D", "B"]),
        ("| A | B |\nC<br>D", ["A | B", "C", "D"]),  # no row
    ],
)
def test_what_parts_a_cell_of_markdown(line, found):
    raw = read(f"| x | y |\n|---|---|\n{line}\n")
    assert [text for text, _ in counted(raw)] == found


def test_a_frame_of_word_is_read_cell_by_cell():
    texts = ("První věta.", "Druhá věta."), ("Třetí věta.", "Čtvrtá věta.")
    cells = [cell(*map(paragraph, one)) for one in texts]
    assert [text for text, _ in counted(of_word(row(*cells)))] == [
        *(text for one in texts for text in one),
        "Pod tabulkou.",
    ]
