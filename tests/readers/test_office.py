"""OpenDocument spreadsheets, Rich Text and old Office; no XML of them reaches outside."""

from __future__ import annotations

import pytest
from files_making import OLE, documents, docx, paragraph
from packing import PROMISE, RSS, blocks, one, opendocument, tei

from progsearch.errors import ProgsearchError
from progsearch.model import Fact, Origin
from progsearch.readers.office import legacy
from progsearch.readers.tables import ods
from progsearch.segmentation import segment


def sheet(*rows):
    made = []
    for row in rows:
        cells = "".join(
            cell
            if cell.startswith("<")
            else f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        made.append(f"<table:table-row>{cells}</table:table-row>")
    inner = "".join(made)
    return opendocument(
        "spreadsheet",
        f'<office:spreadsheet><table:table table:name="L1">{inner}</table:table>'
        "</office:spreadsheet>",
    )


def test_rows_of_an_opendocument_spreadsheet():
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    edge = '<table:table-cell table:number-columns-repeated="16380"/>'
    day = (
        '<table:table-cell office:date-value="2021-05-03"><text:p>3. 5.</text:p></table:table-cell>'
    )
    data = sheet(
        ["party", "x", "y", "date", "text", edge],
        ["Strana", blank, day, PROMISE, edge],
        ['<table:table-cell table:number-columns-repeated="16384"/>'],
    )
    raw = one("list.ods", data)
    assert blocks(raw) == [("paragraph", PROMISE)]
    assert (raw.meta["party"], raw.meta["date"]) == ("Strana", "2021-05-03")


def test_repeated_cells_are_bounded(monkeypatch):
    monkeypatch.setattr(ods, "MAX_CELLS", 1000)
    repeated = '<table:table-cell table:number-columns-repeated="8000">'
    wide = f"{repeated}<text:p>a</text:p></table:table-cell>"
    with pytest.raises(ProgsearchError, match="too many cells"):
        documents("list.ods", sheet(["text"], [wide]))


def test_rich_text():
    pytest.importorskip("striprtf")
    text = (
        r"{\rtf1\ansi\ansicpg1250{\info{\title Program kraje}}"
        r"\pard Nadpis programu\par\pard Postav\'edme novou nemocnici.\par"
        r"\pard\bullet  Koup\'edme vlaky.\par}"
    )
    raw = one("a.rtf", text.encode())
    assert ("paragraph", PROMISE) in blocks(raw)
    assert ("item", "Koupíme vlaky.") in blocks(raw)


def test_a_cell_of_rich_text_that_covers_rows_stands_above_them():
    pytest.importorskip("striprtf")
    row = r"\trowd{}\cellx3000\cellx6000\pard\intbl {}\cell {}\cell\row"
    text = "".join(
        row.format(merge, *cells)
        for merge, *cells in (
            ("", "Doprava", "Opravy silnic v kraji."),
            (r"\clvmgf", "Zdravotnictvi", "Nova nemocnice v kraji."),
            (r"\clvmrg", "", "Sto novych sester."),
        )
    )
    raw = one("a.rtf", (r"{\rtf1\ansi\pard Program kraje\par " + text + "}").encode())
    found = segment(raw, "d", lang=Fact("cs", Origin.STATED)).passages
    assert [(one.text, one.headings[-1:]) for one in found][1:] == [
        ("Doprava | Opravy silnic v kraji.", ("Program kraje",)),
        ("Zdravotnictvi", ("Program kraje",)),
        ("Nova nemocnice v kraji.", ("Zdravotnictvi",)),
        ("Sto novych sester.", ("Zdravotnictvi",)),
    ]


def old(stream):
    return OLE + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 100


@pytest.mark.parametrize(("stream", "remedy"), [("WordDocument", ".docx"), ("Workbook", ".xlsx")])
def test_old_office_names_the_remedy_without_libreoffice(monkeypatch, stream, remedy):
    monkeypatch.setattr(legacy.shutil, "which", lambda name: None)
    with pytest.raises(ProgsearchError, match="needs LibreOffice") as caught:
        documents("a.doc", old(stream))
    assert remedy in caught.value.remedy


def test_old_office_is_read_through_libreoffice(monkeypatch):
    def convert(program, data, before, after):
        assert (before, after) == ("doc", "docx")
        return docx(paragraph(PROMISE))

    monkeypatch.setattr(legacy.shutil, "which", lambda name: "/usr/bin/soffice")
    monkeypatch.setattr(legacy, "_renewed", convert)
    raw = one("a.doc", old("WordDocument"))
    assert blocks(raw) == [("paragraph", PROMISE)]
    assert "LibreOffice" in raw.notes[0]


BOMB = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feed.xml", BOMB + RSS.encode().partition(b"?>")[2]),
        ("motion.xml", BOMB + tei("<p>a</p>").partition(b"?>")[2]),
    ],
)
def test_document_types_are_refused(name, data):
    with pytest.raises(ProgsearchError, match="document type"):
        documents(name, data)


BOX = r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt Ett \{löfte\}.\par Två.\par}}}"
HIDDEN = r"Fler skolor.\par{\v Dolt.}{\deleted Struket.} Fler tåg.\par"
LAST = r"Sist.{\shp{\*\shpinst{\shptxt I rutan.\par}}}"


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (HIDDEN, ["Fler skolor.", "Fler tåg."]),
        (r"Fler \v dolda \v0 skolor.\par \vertalt Slut.\par", ["Fler skolor.", "Slut."]),
        (rf"{BOX}Vid den.\par Slut.\par", ["Vid den.", "Ett {löfte}.", "Två.", "Slut."]),
        (LAST, ["Sist.", "I rutan."]),
    ],
)
def test_what_is_hidden_in_rich_text_is_none_and_what_stands_in_boxes_is(body, texts):
    pytest.importorskip("striprtf")
    raw = one("a.rtf", b"{\\rtf1\\ansi " + body.encode("cp1252") + b"}")
    assert [text for _, text in blocks(raw)] == texts
