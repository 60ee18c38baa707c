"""Books: EPUB."""

from __future__ import annotations

import pytest
from files_making import documents
from packing import PROMISE, blocks, one, packed

from progsearch.errors import ProgsearchError

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/c.opf"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<metadata><dc:title>Program</dc:title><dc:creator>Strana</dc:creator>"
    "<dc:language>cs</dc:language><dc:date>2021-05-03T00:00:00Z</dc:date></metadata><manifest>"
    '<item id="n" href="nav.xhtml" properties="nav"/><item id="a" href="one%20a.xhtml"/>'
    '<item id="b" href="two.xhtml"/></manifest>'
    '<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine></package>'
)


def chapter(title, text):
    body = f"<body><h1>{title}</h1>\n<p>{text}</p></body>"
    return f"<!DOCTYPE html><html><head><title>x</title></head>{body}</html>"


def book(**more):
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/c.opf": OPF,
        "OPS/nav.xhtml": "<html><body><nav><a href='two.xhtml'>Doprava</a></nav></body></html>",
        "OPS/one a.xhtml": chapter("Zdraví", PROMISE),
        "OPS/two.xhtml": chapter("Doprava", "Koupíme vlaky &amp; autobusy."),
    }
    return packed({**members, **more}, ["mimetype"])


def test_a_book_is_read_in_the_order_of_its_spine():
    raw = one("kniha.epub", book())
    assert blocks(raw)[1:] == [
        ("heading", "Doprava"),
        ("paragraph", "Koupíme vlaky & autobusy."),
        ("heading", "Zdraví"),
        ("paragraph", PROMISE),
    ]
    assert raw.blocks[0].shape.value == "contents"
    assert raw.meta == {"title": "Program", "author": "Strana", "lang": "cs", "date": "2021-05-03"}
    assert len(raw.pages) == 3


def test_an_encrypted_book_is_refused():
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>'
        '<enc:CipherReference URI="OPS/two.xhtml"/>'
        "</enc:CipherData></enc:EncryptedData></encryption>"
    )
    with pytest.raises(ProgsearchError, match="encrypted"):
        documents("kniha.epub", book(**{"META-INF/encryption.xml": locked}))


def test_a_chapter_that_is_missing_is_told():
    raw = one("kniha.epub", book(**{"OPS/c.opf": OPF.replace("two.xhtml", "gone.xhtml")}))
    assert ("paragraph", PROMISE) in blocks(raw)
    assert raw.notes == ["1 chapter is missing from the book: OPS/gone.xhtml"]
