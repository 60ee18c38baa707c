"""Slides of PowerPoint and LibreOffice."""

from __future__ import annotations

import pytest
from packing import PROMISE, blocks, one, opendocument, packed
from slides_making import P, R, rels, shape, slide

from progsearch.model import ASIDE_ROLES, Fact, Origin, Role
from progsearch.segmentation import segment


def deck():
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>'
            '<p:sldId r:id="b"/><p:sldId r:id="a"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": rels(
                a=("slide", "slides/s1.xml"), b=("slide", "slides/s2.xml")
            ),
            "ppt/slides/s1.xml": slide(
                shape("body", "Nové vlaky", "Nové autobusy"),
                shape("title", "Doprava"),
                shape("sldNum", "strana 2"),
            ),
            "ppt/slides/s2.xml": slide(shape("ctrTitle", "Náš program"), shape("", PROMISE)),
            "ppt/slides/_rels/s2.xml.rels": rels(n=("notesSlide", "../notesSlides/n.xml")),
            "ppt/notesSlides/n.xml": slide(shape("body", "Pozdravit sál")),
        }
    )


def test_a_slide_is_a_page_in_its_order():
    raw = one("program.pptx", deck())
    assert blocks(raw) == [
        ("heading", "Náš program"),
        ("paragraph", PROMISE),
        ("navigation", "Pozdravit sál"),
        ("heading", "Doprava"),
        ("item", "Nové vlaky"),
        ("item", "Nové autobusy"),
        ("navigation", "strana 2"),
    ]
    assert raw.meta["title"] == "Náš program"
    assert len(raw.pages) == 2


def test_slides_of_libreoffice():
    frame = '<draw:frame presentation:class="{}"><draw:text-box>{}</draw:text-box></draw:frame>'
    items = "<text:list><text:list-item><text:p>Nové vlaky</text:p></text:list-item></text:list>"
    title = frame.format("title", "<text:p>Doprava</text:p>")
    notes = f"<presentation:notes>{frame.format('notes', '<text:p>Pomlčka</text:p>')}"
    first = f"{frame.format('outline', items)}{title}{notes}</presentation:notes>"
    pages = [
        f"<draw:page>{first}</draw:page>",
        f"<draw:page>{frame.format('', f'<text:p>{PROMISE}</text:p>')}</draw:page>",
    ]
    data = opendocument(
        "presentation", f"<office:presentation>{''.join(pages)}</office:presentation>"
    )
    raw = one("program.odp", data)
    assert blocks(raw) == [
        ("heading", "Doprava"),
        ("item", "Nové vlaky"),
        ("navigation", "Pomlčka"),
        ("paragraph", PROMISE),
    ]
    assert len(raw.pages) == 2


def cell(*paragraphs, more="", bullet=""):
    inner = "".join(f"<a:p>{bullet}<a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<a:tc{more}><a:txBody>{inner or '<a:p/>'}</a:txBody></a:tc>"


BULLET = '<a:pPr><a:buChar char="•"/></a:pPr>'
ROWS = (
    (cell("Oblast"), cell("Slib")),
    (cell("Školy", more=' rowSpan="2"'), cell("Více učitelů.")),
    (cell(more=' vMerge="1"'), cell("Více knih.")),
    (cell("Zdraví"), cell("Více lůžek.", "Více lékařů.", bullet=BULLET)),
    (cell("Doprava"), cell("Více vlaků.")),
)
TABLE_OF_WRITER = """<table:table><table:table-header-rows>{}</table:table-header-rows>{}
</table:table>"""


def of_powerpoint():
    rows = "".join(f"<a:tr>{''.join(row)}</a:tr>" for row in ROWS)
    table = f'<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/>{rows}</a:tbl></p:graphicFrame>'
    title = shape("title", "Program")
    members = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>'
        '<p:sldId r:id="a"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": rels(a=("slide", "slides/s.xml")),
        "ppt/slides/s.xml": slide(table, title, shape("", PROMISE)),
    }
    return one("program.pptx", packed(members))


def of_impress():
    def row(*cells):
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def one_cell(*paragraphs, more=""):
        inner = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
        return f"<table:table-cell{more}>{inner}</table:table-cell>"

    listed = "".join(
        f"<text:list-item><text:p>{text}</text:p></text:list-item>"
        for text in ("Více lůžek.", "Více lékařů.")
    )
    rows = (
        row(one_cell("Školy", more=' table:number-rows-spanned="2"'), one_cell("Více učitelů."))
        + row("<table:covered-table-cell/>", one_cell("Více knih."))
        + row(
            one_cell("Zdraví"),
            f"<table:table-cell><text:list>{listed}</text:list></table:table-cell>",
        )
        + row(one_cell("Doprava"), one_cell("Více vlaků."))
    )
    table = TABLE_OF_WRITER.format(row(one_cell("Oblast"), one_cell("Slib")), rows)
    body = (
        f"<draw:page><draw:frame>{table}</draw:frame>"
        '<draw:frame presentation:class="title"><text:p>Program</text:p></draw:frame>'
        f"<draw:frame><text:p>{PROMISE}</text:p></draw:frame></draw:page>"
    )
    return one("program.odp", opendocument("presentation", body))


@pytest.mark.parametrize("made", [of_powerpoint, of_impress])
def test_tables_of_slides_are_read_as_those_of_other_formats(made):
    found = segment(made(), "d", lang=Fact("cs", Origin.DEFAULT)).passages
    over = "Oblast | Slib"
    assert (found[0].role, found[0].text) == (Role.HEADING, "Program")
    assert [(p.text, p.headings[1:]) for p in found if p.role not in ASIDE_ROLES] == [
        ("Více učitelů.", (over, "Školy")),
        ("Více knih.", (over, "Školy")),
        ("Více lůžek.", (over, "Zdraví")),
        ("Více lékařů.", (over, "Zdraví")),
        ("Doprava | Více vlaků.", (over,)),
        (PROMISE, ()),
    ]


def test_what_is_struck_out_on_a_slide_is_read_as_struck_out():
    struck = "Zrušíme </a:t></a:r><a:r><a:rPr strike='sngStrike'/><a:t>park"
    text = f"{struck}</a:t></a:r><a:r><a:rPr/><a:t> a dům."
    data = packed(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>'
            '<p:sldId r:id="a"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": rels(a=("slide", "slides/s1.xml")),
            "ppt/slides/s1.xml": slide(shape("body", text)),
        }
    )
    assert [text for _, text in blocks(one("program.pptx", data))] == ["Zrušíme ~~park~~ a dům."]
