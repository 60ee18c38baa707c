"""OpenDocument texts: headings, lists, tables, notes, and files that are not whole."""

from __future__ import annotations

import pytest
from files_making import blocks, documents, encrypted_zip, odt, zipped
from reading import assert_law

from progsearch.errors import ProgsearchError


def read(data, name="program.odt"):
    (raw,) = documents(name, data)
    assert raw.format == "odt"
    assert_law(raw)
    return raw


def p(text, style="Standard"):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text, level):
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def item(*inside):
    return f"<text:list-item>{''.join(inside)}</text:list-item>"


def items(*inside):
    return f"<text:list>{''.join(inside)}</text:list>"


def test_headings_lists_and_quotations():
    raw = read(
        odt(
            p("Program pro kraj", "Title")
            + h("Zdravotnictví", 1)
            + p("Chceme   dostatek\n lékařů.")
            + items(item(p("Zkrátíme čekání."), items(item(p("Nejvýš na týden.")))))
            + items(item(h("Nadpis v seznamu", 2)))
            + p("Slib je slib.", "Quotations")
        )
    )
    assert raw.meta["title"] == "Program pro kraj"
    assert [(shape, level) for shape, level, _ in blocks(raw)] == [
        ("heading", 1),
        ("heading", 1),
        ("paragraph", 0),
        ("item", 1),
        ("item", 2),
        ("heading", 2),
        ("quote", 0),
    ]


def test_rows_notes_spaces_and_what_is_left_out():
    raw = read(
        odt(
            "<text:tracked-changes><text:p>smazané</text:p></text:tracked-changes>"
            "<table:table><table:table-row><table:table-cell>"
            + p("a")
            + "</table:table-cell><table:table-cell>"
            + p("b")
            + "</table:table-cell></table:table-row></table:table>"
            + p(
                "Lékařů<text:s text:c='2'/>je málo.<text:note><text:note-citation>1"
                "</text:note-citation><text:note-body>" + p("Zdroj: ČSÚ.") + "</text:note-body>"
                "</text:note><office:annotation><text:p>poznámka</text:p></office:annotation>"
            )
            + p("Dál<text:line-break/>tudy.")
        )
    )
    assert [(shape, text) for shape, _, text in blocks(raw)] == [
        ("paragraph", "a | b"),
        ("paragraph", "Lékařů  je málo."),
        ("navigation", "Zdroj: ČSÚ."),
        ("paragraph", "Dál tudy."),
    ]
    assert raw.lines[:4] == (1, 2, 2, 3)


def test_contents_bold_lines_and_styles_with_parents():
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
        '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="P2" style:parent-style-name="P2"/>'
    )
    raw = read(
        odt(
            p("Velký nadpis", "P1")
            + "<text:table-of-content><text:index-body>"
            + p("Doprava 3")
            + "</text:index-body></text:table-of-content>"
            + p('<text:span text:style-name="T1">Doprava</text:span>')
            + p('Jen <text:span text:style-name="T1">slovo</text:span> tučně.', "P2"),
            styles=styles,
        )
    )
    assert raw.meta["title"] == "Velký nadpis"
    assert [(shape, level) for shape, level, _ in blocks(raw)] == [
        ("heading", 1),
        ("contents", 0),
        ("heading", 7),
        ("paragraph", 0),
    ]


BOMB = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (odt(""), "empty"),
        (odt(p("Text."))[:400], "damaged"),
        (odt(p("Text."), manifest="<manifest:encryption-data/>"), "encrypted"),
        (encrypted_zip(odt(p("Text."))), "encrypted"),
        (
            zipped(
                {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": BOMB},
                stored=("mimetype",),
            ),
            "document type",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("program.odt", data)
    assert caught.value.where.startswith("corpus/program.odt")
    assert caught.value.remedy


def test_the_head_tells_the_format_before_the_suffix():
    assert read(odt(p("Text.")), "program.docx").blocks


def test_a_section_that_is_not_shown_is_no_text():
    inner = "<text:section><text:p>Fler spår.</text:p></text:section>"
    body = (
        f"<text:p>Fler tåg.</text:p><text:section text:display='none'><text:p>Dolt.</text:p>{inner}"
        f"</text:section>{inner.replace('spår', 'bussar')}"
    )
    (raw,) = documents("a.odt", odt(body))
    assert [raw.text[b.start : b.end] for b in raw.blocks] == ["Fler tåg.", "Fler bussar."]


def test_what_is_struck_out_is_read_as_struck_out():
    struck = '<style:text-properties style:text-line-through-style="{}"/></style:style>'
    styles = "".join(
        f'<style:style style:name="{name}">{struck.format(how)}'
        for name, how in (("T1", "solid"), ("T2", "none"), ("P1", "solid"))
    )
    span = '<text:span text:style-name="{}">{}</text:span>'
    raw = read(
        odt(
            p(f"Postavíme {span.format('T1', 'sto')} dvě {span.format('T2', 'školy')}.")
            + p("Zrušíme park.", "P1"),
            styles=styles,
        )
    )
    texts = [raw.text[one.start : one.end] for one in raw.blocks]
    assert texts == ["Postavíme ~~sto~~ dvě školy.", "~~Zrušíme park.~~"]
