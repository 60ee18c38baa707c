"""Word documents: headings, lists, tables, notes, and files that are not whole."""

from __future__ import annotations

import io
import zipfile

import pytest
from files_making import (
    OLE,
    W,
    blocks,
    documents,
    docx,
    encrypted_zip,
    listed,
    paragraph,
    table,
    zipped,
)
from reading import assert_law

from progsearch.errors import ProgsearchError
from progsearch.model import Fact, Origin
from progsearch.segmentation import segment

NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def read(data, name="program.docx"):
    (raw,) = documents(name, data)
    assert raw.format == "docx"
    assert_law(raw)
    return raw


def test_headings_lists_and_quotations():
    raw = read(
        docx(
            paragraph("Program pro kraj", "Nazev")
            + paragraph("Zdravotnictví", "Nadpis1")
            + paragraph("Chceme dostatek lékařů.")
            + listed("Zkrátíme čekání.")
            + listed("Nejvýš na týden.", 1)
            + paragraph("Slib je slib.", "Citat")
        )
    )
    assert raw.meta["title"] == "Program pro kraj"
    assert blocks(raw) == [
        ("heading", 1, "Program pro kraj"),
        ("heading", 1, "Zdravotnictví"),
        ("paragraph", 0, "Chceme dostatek lékařů."),
        ("item", 1, "Zkrátíme čekání."),
        ("item", 2, "Nejvýš na týden."),
        ("quote", 0, "Slib je slib."),
    ]


def test_lines_are_the_numbers_of_paragraphs():
    raw = read(docx(paragraph("Jedna.") + paragraph("") + table(("a", "b"), ("c", "d"))))
    assert raw.lines[: raw.text.count("\n")] == (1, 2, 3, 4)
    assert [text for _, _, text in blocks(raw)] == ["Jedna.", "a | b", "c | d"]


def test_a_table_with_one_cell_is_a_frame_around_text():
    raw = read(docx(table(("Jen text v rámečku.",))))
    assert [block.label for block in raw.blocks] == [""]


def test_a_note_follows_its_paragraph_and_has_its_number():
    notes = (
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Zdroj: ČSÚ.")}</w:footnote>'
    )
    text = f"<w:p><w:r><w:t>Lékařů je málo.</w:t></w:r>{NOTE}</w:p>{paragraph('Dál.')}"
    raw = read(docx(text, footnotes=notes))
    assert blocks(raw) == [
        ("paragraph", 0, "Lékařů je málo."),
        ("navigation", 0, "Zdroj: ČSÚ."),
        ("paragraph", 0, "Dál."),
    ]
    assert raw.lines[:3] == (1, 1, 2)


def test_a_note_is_an_aside_and_interrupts_neither_lists_nor_tables():
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph("Zdroj: ČSÚ.")}</w:footnote>' for number in (2, 3)
    )
    item = listed("Zkrátíme čekání.").replace("</w:p>", f"{NOTE}</w:p>")
    rows = table(("Fond", "Slib"), ("A", "pět"), ("B", "sedm"))
    rows = rows.replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1)
    rows = rows.replace("pět</w:t></w:r>", f"pět</w:t></w:r>{NOTE.replace('2', '3')}")
    text = paragraph("Opatření:") + item + listed("Přidáme lůžka.") + paragraph("Tolik.") + rows
    raw = read(docx(text, footnotes=notes))
    found = segment(raw, "d", lang=Fact("cs", Origin.DEFAULT)).passages
    assert [(one.role.value, one.headings, one.text) for one in found] == [
        ("lead-in", (), "Opatření:"),
        ("measure", ("Opatření:",), "Zkrátíme čekání."),
        ("navigation", ("Opatření:", "Zkrátíme čekání."), "Zdroj: ČSÚ."),
        ("measure", ("Opatření:",), "Přidáme lůžka."),
        ("statement", (), "Tolik."),
        ("heading", (), "Fond | Slib"),
        ("statement", ("Fond | Slib",), "A | pět"),
        ("navigation", ("Fond | Slib",), "Zdroj: ČSÚ."),
        ("statement", ("Fond | Slib",), "B | sedm"),
    ]


def test_what_is_deleted_hidden_or_said_twice_is_left_out():
    raw = read(
        docx(
            "<w:p><w:r><w:t>Zůstane</w:t></w:r>"
            "<w:del><w:r><w:delText>smazané</w:delText><w:t>pryč</w:t></w:r></w:del>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>skryté</w:t></w:r>"
            "<w:r><w:br/><w:t>a tohle.</w:t></w:r></w:p>"
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
            + paragraph("V rámečku.")
            + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
            + paragraph("V rámečku.")
            + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )
    )
    assert [text for _, _, text in blocks(raw)] == ["Zůstane a tohle.", "V rámečku."]


def test_contents_bold_headings_and_typed_bullets():
    raw = read(
        docx(
            paragraph("1 Doprava 3", "Obsah1")
            + paragraph("Doprava", run="<w:b/>")
            + paragraph("• Opravíme silnice.")
            + paragraph("• Zavedeme jednu jízdenku.")
        )
    )
    assert blocks(raw) == [
        ("contents", 0, "1 Doprava 3"),
        ("heading", 7, "Doprava"),
        ("item", 1, "Opravíme silnice."),
        ("item", 1, "Zavedeme jednu jízdenku."),
    ]


def test_styles_that_are_based_on_others():
    styles = (
        '<w:style w:styleId="Muj"><w:name w:val="Můj"/><w:basedOn w:val="Nadpis2"/></w:style>'
        '<w:style w:styleId="Kruh"><w:name w:val="k"/><w:basedOn w:val="Kruh"/></w:style>'
    )
    body = paragraph("Pod jiným stylem", "Muj") + paragraph("V kruhu.", "Kruh")
    raw = read(docx(body, styles=styles))
    assert blocks(raw) == [("heading", 2, "Pod jiným stylem"), ("paragraph", 0, "V kruhu.")]


def test_the_title_of_the_file_counts_where_the_text_has_none():
    core = "<dc:title>Z vlastností</dc:title><dc:creator>Uživatel</dc:creator>"
    assert read(docx(paragraph("Text."), core=core)).meta["title"] == "Z vlastností"
    raw = read(docx(paragraph("Nadpis", "Nadpis1") + paragraph("Text."), core=core))
    assert "title" not in raw.meta
    assert raw.meta["file_creator"] == "Uživatel"


BOMB = f'<!DOCTYPE w [<!ENTITY a "{"a" * 50}">]><w:document xmlns:w="{W}">&a;</w:document>'


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (lambda: docx(""), "empty"),
        (lambda: docx(paragraph("Text."))[:300], "damaged"),
        (lambda: encrypted_zip(docx(paragraph("Text."))), "encrypted"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (lambda: OLE + b"Word", "old Microsoft Office"),
        (lambda: zipped({"word/document.xml": "<w"}), "XML is damaged"),
        (lambda: zipped({"word/document.xml": BOMB}), "document type"),
        (
            lambda: zipped({"word/document.xml": f'<a xmlns="{W}">' + "<b>" * 300}),
            "nested too deeply",
        ),
        (lambda: zipped({"word/document.xml": b" " * 400_000_000}), "would unpack to"),
        (lambda: b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("program.docx", data())
    assert caught.value.where.startswith("corpus/program.docx")
    assert caught.value.remedy


def test_the_head_tells_the_format_before_the_suffix():
    assert read(docx(paragraph("Text.")), "program.zip").blocks
    (raw,) = documents("program.docx", b"# Nadpis\n\nText.\n")
    assert raw.format == "markdown"


def run(text, more=""):
    return f'<w:r><w:rPr>{more}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


GONE = "<w:pPr><w:rPr><w:{}/></w:rPr></w:pPr>"


@pytest.mark.parametrize("kind", ["del", "moveFrom"])
def test_paragraphs_between_which_the_mark_is_deleted_are_one(kind):
    gone = GONE.format(kind)
    body = f"<w:p>{gone}{run('Vi bygger ')}</w:p><w:p>{gone}{run('fler ')}</w:p>"
    body += f"<w:p>{run('bostäder.')}</w:p><w:p>{run('Och skolor.')}</w:p>"
    cell = f"<w:tbl><w:tr><w:tc><w:p>{gone}{run('Kvar.')}</w:p></w:tc></w:tr></w:tbl>"
    (raw,) = documents("a.docx", docx(body + cell))
    assert_law(raw)
    texts = [text for _, _, text in blocks(raw)]
    assert texts == ["Vi bygger fler bostäder.", "Och skolor.", "Kvar."]


def test_what_is_struck_out_by_hand_is_read_as_struck_out():
    struck = "<w:strike/>"
    runs = run("Vi bygger ") + run("hundra ", struck) + run("sex", struck) + run(" skolor.")
    body = f"<w:p>{runs}</w:p>"
    body += "<w:p>" + run("Kvar.", "<w:strike w:val='0'/>") + "</w:p>"
    (raw,) = documents("a.docx", docx(body))
    assert [text for _, _, text in blocks(raw)] == ["Vi bygger ~~hundra sex~~ skolor.", "Kvar."]


def test_texts_of_drawn_lists_are_read():
    drawing = (
        "<w:p><w:r><w:drawing><dgm:relIds"
        ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:r="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships" r:dm="d"/></w:drawing>'
        "</w:r></w:p>"
    )
    data = docx(paragraph("Vi vill:") + drawing + paragraph("Slut på listan."))
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    points = "".join(f"<p><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p>" for text in ("Ett", "Två"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="d" Type="x/diagramData" Target="diagrams/d1.xml"/></Relationships>'
    )
    members["word/diagrams/d1.xml"] = f'<d xmlns:a="{a}">{points}</d>'
    (raw,) = documents("a.docx", zipped(members))
    assert [text for _, _, text in blocks(raw)] == ["Vi vill:", "Ett", "Två", "Slut på listan."]


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (["Vi vill:", "ha lärare", "bygga skolor"], ["Vi vill:", "ha lärare", "bygga skolor"]),
        (["Vi vill", "ha lärare", "i alla byar"], ["Vi vill ha lärare i alla byar"]),
        (["Adress:", "storgatan 1"], ["Adress: storgatan 1"]),
    ],
)
def test_short_lines_below_a_colon_are_one_each(lines, texts):
    runs = "<w:r><w:br/></w:r>".join(map(run, lines))
    (raw,) = documents("a.docx", docx(f"<w:p>{runs}</w:p>"))
    assert [text for _, _, text in blocks(raw)] == texts


def test_lists_of_words_own_deeper_styles_stand_below_the_item_above():
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:styleId="B{at}"><w:name w:val="List Bullet{name}"/>{number}</w:style>'
        for at, name in ((1, ""), (2, " 2"), (3, " 3"))
    )
    body = paragraph("Bydlení", "B1") + paragraph("Postavíme sto bytů.", "B2")
    raw = read(docx(body + paragraph("Z toho deset malých.", "B3"), styles=styles))
    assert [one.level for one in raw.blocks] == [1, 2, 3]
