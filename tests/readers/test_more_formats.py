"""Books, slides, spreadsheets, mail, feeds, rows of JSON, TEI, press archives, tar."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile

import pytest
from files_making import OLE, documents, docx, paragraph
from reading import assert_law

from progsearch.errors import ProgsearchError
from progsearch.model import Fact, Origin
from progsearch.readers import Refused
from progsearch.readers.containers import tarball
from progsearch.readers.office import legacy
from progsearch.readers.tables import ods
from progsearch.segmentation import segment

PROMISE = "Postavíme novou nemocnici."


def packed(members, stored=()):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name in stored:
            package.writestr(name, members[name], zipfile.ZIP_STORED)
        for name, text in members.items():
            if name not in stored:
                package.writestr(name, text, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def one(name, data, **options):
    (raw,) = documents(name, data, **options)
    assert_law(raw)
    return raw


def blocks(raw):
    return [(b.shape.value, raw.text[b.start : b.end]) for b in raw.blocks]


# -- books

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


# -- slides

P, A, R = (
    "http://schemas.openxmlformats.org/presentationml/2006/main",
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)


def shape(kind, *paragraphs):
    place = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    inner = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sp>{place}<p:txBody>{inner}</p:txBody></p:sp>"


def slide(*shapes):
    inner = f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld>"
    return f'<p:sld xmlns:p="{P}" xmlns:a="{A}">{inner}</p:sld>'


def rels(**targets):
    inner = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    address = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{address}">{inner}</Relationships>'


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


URN = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{name}="{URN}:{name}:1.0"' for name in ("office", "text", "table", "presentation")
)


def opendocument(kind, body):
    content = (
        f'<office:document-content {NAMESPACES} xmlns:draw="{URN}:drawing:1.0">'
        f"<office:body>{body}</office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mimetype, "content.xml": content}, ["mimetype"])


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


# -- spreadsheets


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


# -- Rich Text and old Office


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


# -- mail

MAIL = (
    "From: Eva Malá <eva@example.org>\nTo: redakce@example.org\n"
    "Subject: =?utf-8?Q?Tiskov=C3=A1_zpr=C3=A1va?=\nDate: Tue, 04 May 2021 10:00:00 +0200\n"
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\n"
    "Kraj postav=C3=AD novou nemocnici v =C4=8Cesk=C3=A9 L=C3=ADp=C4=9B a p=C5=99ijme =\n"
    "sto sester.\n"
    "\n> Citovan=C3=A1 v=C4=9Bta.\n\n-- \nEva Mal=C3=A1\n"
)


def test_a_message_is_decoded_with_its_facts():
    raw = one("zprava.eml", MAIL.encode())
    assert raw.meta["title"] == "Tisková zpráva"
    assert raw.meta["date"] == "2021-05-04"
    assert raw.meta["sender"] == "eva@example.org"
    assert [shape for shape, _ in blocks(raw)] == ["paragraph", "quote", "navigation"]
    first = " ".join(blocks(raw)[0][1].split())
    assert first == "Kraj postaví novou nemocnici v České Lípě a přijme sto sester."
    assert raw.lines[0] == 9


def test_the_text_of_a_message_in_parts():
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"] = "Nadpis", "a@example.org"
    message["Date"], message["Message-ID"] = "Tue, 04 May 2021 10:00:00 +0200", "<1@example.org>"
    message.set_content(PROMISE)
    message.add_alternative(f"<html><body><p><b>{PROMISE}</b></p></body></html>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    raw = one("zprava.txt", message.as_bytes())
    assert blocks(raw) == [("paragraph", PROMISE)]
    assert "a.pdf" in raw.notes[0]


def test_messages_of_an_mbox_are_documents():
    box = f"From a@b.cz Tue May  4 10:00:00 2021\n{MAIL}\n" * 2
    found = documents("zpravy.mbox", box.encode())
    assert [raw.part for raw in found] == ["#1", "#2"]
    assert found[1].lines[0] > found[0].lines[0]


# -- feeds

RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Strana</title><language>cs</language>
<item><title>Nemocnice</title><link>https://a.cz/nemocnice/</link>
<pubDate>Tue, 04 May 2021 10:00:00 +0200</pubDate><description>Krátce.</description>
<content:encoded><![CDATA[<h2>Proč</h2>
<p>{PROMISE}</p><ul><li>P&amp;R</li></ul>]]></content:encoded></item>
<item><title>Vlaky</title><description>Koupíme &lt;b&gt;vlaky&lt;/b&gt;.</description></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Strana</title>
<entry><title>Nemocnice</title><link href="https://a.cz/1"/><published>2021-05-04T10:00:00Z</published>
<author><name>Eva Malá</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PROMISE}</p></div></content></entry>
</feed>"""

WORDPRESS = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Strana</title>
<item><title>Post</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_date>2021-05-04 10:00:00</wp:post_date>
<content:encoded><![CDATA[<!-- wp:paragraph -->{PROMISE}

Koupíme vlaky.]]></content:encoded></item>
<item><title>Koncept</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status>
<content:encoded>Tajné.</content:encoded></item></channel></rss>"""


def test_an_entry_of_a_feed_is_a_document():
    first, second = documents("feed.xml", RSS.encode())
    assert (first.part, first.meta["title"], first.meta["date"]) == (
        "#nemocnice",
        "Nemocnice",
        "2021-05-04",
    )
    assert blocks(first) == [("heading", "Proč"), ("paragraph", PROMISE), ("item", "P&R")]
    assert first.lines[1] == 7
    assert blocks(second) == [("paragraph", "Koupíme vlaky.")]


def test_entries_of_atom():
    (raw,) = documents("feed.atom", ATOM.encode())
    assert blocks(raw) == [("paragraph", PROMISE)]
    assert (raw.meta["author"], raw.meta["date"]) == ("Eva Malá", "2021-05-04")


def test_only_what_is_published_of_a_weblog():
    (raw,) = documents("export.xml", WORDPRESS.encode())
    assert blocks(raw) == [("paragraph", PROMISE), ("paragraph", "Koupíme vlaky.")]
    assert raw.meta["date"] == "2021-05-04"


# -- rows of JSON

ROWS = [
    {"id": 1, "speaker": {"party": "A"}, "body": PROMISE, "codes": [1, 2]},
    {
        "id": 2,
        "speaker": {"party": "B"},
        "body": "<p>Koupíme</p><p>vlaky &amp; auta.</p>",
        "codes": [],
    },
]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=1),
        "\n".join(map(json.dumps, ROWS)),
        json.dumps({"count": 2, "result": {"rows": ROWS, "other": [{"a": 1}]}}),
    ],
)
def test_rows_of_json_by_the_names_of_their_values(data):
    found = documents("rows.json", data.encode(), tables={"party": "speaker.party"})
    assert [raw.meta["party"] for raw in found] == ["A", "B"]
    assert [raw.text.strip() for raw in found] == [PROMISE, "Koupíme\nvlaky & auta."]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'{"name": "a", "version": "1"}', "no column is the text"),
        (b"[1, 2, 3]", "no list of objects"),
        (b'[{"text": "a"', "not JSON"),
        (b"[" * 5000, "deeply|not JSON"),
        (b'{"text": "a"}\n[1]', "no object"),
    ],
)
def test_json_that_is_no_rows_is_refused(data, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("a.json", data)
    assert caught.value.remedy


# -- TEI


def tei(body, header=""):
    return (
        '<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>'
        f"<titleStmt><title>Motion 1</title><author>Eva Ek</author></titleStmt>{header}</fileDesc>"
        f"</teiHeader>\n<text><body>{body}</body></text></TEI>"
    ).encode()


def test_tei_of_written_text():
    body = (
        '<pb n="1"/><div type="motBody"><head>Förslag</head>'
        "<p>Vi yrkar att fler får fast anställ-\n"
        "      ning i hela\n landet, både hel- \n och halvtid.</p><list><item>En sak</item></list>"
        "<p>Före<note>En not.</note> efter.</p></div>"
    )
    raw = one(
        "motion.xml", tei(body, "<sourceDesc><bibl><date when='1992-10-05'/></bibl></sourceDesc>")
    )
    assert blocks(raw) == [
        ("heading", "Förslag"),
        (
            "paragraph",
            "Vi yrkar att fler får fast anställning i hela landet, både hel- och halvtid.",
        ),
        ("item", "En sak"),
        ("paragraph", "Före"),
        ("navigation", "En not."),
        ("paragraph", "efter."),
    ]
    assert (raw.meta["title"], raw.meta["date"]) == ("Motion 1", "1992-10-05")
    assert raw.meta["author"] == ["Eva Ek"]


def test_tei_without_a_text_is_refused():
    with pytest.raises(ProgsearchError, match="no paragraphs"):
        documents("motion.xml", tei(""))


# -- press archives


def article(number, title, text):
    return f"""<!-- Hide XML section from browser
<DOC NUMBER={number}>
<DOCFULL> -->
<DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">{number} of 2 DOCUMENTS</SPAN></P></DIV>
<DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c2">The Daily (London)</SPAN></P></DIV>
<DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">May {number}, 2021 Tuesday</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">{title}</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">BYLINE: </SPAN>
<SPAN CLASS="c2">Eve Small</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LENGTH: </SPAN>
<SPAN CLASS="c2">20 words</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">{text}</SPAN></P></DIV>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LOAD-DATE: </SPAN>
<SPAN CLASS="c2">May 6, 2021</SPAN></P></DIV>
<DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c2">Copyright 2021 The Daily<BR>
All Rights Reserved</SPAN></P></DIV>
"""


def test_an_article_of_a_press_archive_is_a_document():
    page = (
        "<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY>"
        + article(1, "A new hospital", "The region builds a hospital.")
        + article(2, "New trains", "The region buys trains.")
        + "</BODY></HTML>"
    )
    first, second = documents("press.html", page.encode())
    assert (first.meta["title"], first.meta["date"]) == ("A new hospital", "2021-05-01")
    assert (first.meta["author"], first.meta["source"]) == ("Eve Small", "The Daily (London)")
    assert [text for shape, text in blocks(second) if shape == "paragraph"] == [
        "The region buys trains."
    ]


# -- tar


def tarred(members):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
        link = tarfile.TarInfo("link.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return data.getvalue()


MEMBERS = {"b/a.md": PROMISE, "../out.md": "Ven.", ".hidden.md": "Skryté.", "x.py": "print()"}


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_members_of_tar_are_documents(pack):
    first, second = documents("all.tar.gz", pack(tarred(MEMBERS)))
    assert (first.part, blocks(first)) == ("/b/a.md", [("paragraph", PROMISE)])
    assert isinstance(second, Refused)


def test_a_single_packed_file_is_read():
    assert blocks(one("a.md.gz", gzip.compress(PROMISE.encode()))) == [("paragraph", PROMISE)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_is_packed_too_far_is_refused(monkeypatch, pack):
    monkeypatch.setattr(tarball, "SMALL", 1000)
    monkeypatch.setattr(tarball, "MAX_RATIO", 2)
    with pytest.raises(ProgsearchError, match="would unpack"):
        documents("bomb.gz", pack(b"a" * 3_000_000))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_is_not_complete_is_refused(pack):
    with pytest.raises(ProgsearchError, match="damaged"):
        documents("a.gz", pack(PROMISE.encode())[:-6])


# -- nothing reaches outside

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
