"""Small files of other formats, made for the tests as programs write them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from progsearch import readers
from progsearch.readers import Options

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def documents(name, data, **options):
    """What a file holds; ``options`` are those of a reader."""
    return list(readers.read_all(f"corpus/{name}", data, Options(**options)))


def blocks(raw):
    """Shape, level and text of the blocks of a document."""
    return [
        (block.shape.value, block.level, raw.text[block.start : block.end]) for block in raw.blocks
    ]


def zipped(members: dict[str, str | bytes], stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP archive; those that are ``stored`` are not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, kind)
    return out.getvalue()


def encrypted_zip(data: bytes) -> bytes:
    """The archive with the mark that its members are encrypted."""
    made = bytearray(data)
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(magic)
        while at >= 0:
            made[at + flags] |= 1
            at = made.find(magic, at + 4)
    return bytes(made)


# -- Word


def docx(body: str, *, footnotes: str = "", styles: str = "", core: str = "") -> bytes:
    """A Word document with these elements in its body."""
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:mc='
        '"http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>",
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{STYLES}{styles}</w:styles>',
    }
    if footnotes:
        members["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{W}">{footnotes}</w:footnotes>'
    if core:
        members["docProps/core.xml"] = (
            '<c xmlns:dc="http://purl.org/dc/elements/1.1/">' + core + "</c>"
        )
    return zipped(members)


STYLES = "".join(
    f'<w:style w:styleId="{ident}"><w:name w:val="{name}"/></w:style>'
    for ident, name in (
        ("Nadpis1", "heading 1"),
        ("Nadpis2", "heading 2"),
        ("Nazev", "Title"),
        ("Obsah1", "toc 1"),
        ("Citat", "Quote"),
    )
)


def paragraph(text: str, style: str = "", more: str = "", run: str = "") -> str:
    """A paragraph of a Word document; ``more`` are its properties, ``run`` those of its text."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    words = f"<w:r><w:rPr>{run}</w:rPr><w:t>{escape(text)}</w:t></w:r>"
    return f"<w:p><w:pPr>{styled}{more}</w:pPr>{words}</w:p>"


def listed(text: str, depth: int = 0) -> str:
    """An item of a list."""
    numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>'
    return paragraph(text, more=numbering)


def table(*rows: tuple[str, ...]) -> str:
    """A table of a Word document."""
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


# -- OpenDocument


def odt(body: str, *, styles: str = "", manifest: str = "", meta: str = "") -> bytes:
    """An OpenDocument text with these elements in it."""
    spaces = " ".join(
        f'xmlns:{prefix}="{ODF}:{name}:1.0"'
        for prefix, name in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
            *(("fo", "xsl-fo-compatible"), ("draw", "drawing"), ("meta", "meta")),
        )
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "meta.xml": f'<m {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/">{meta}</m>',
            "META-INF/manifest.xml": f'<manifest:m xmlns:manifest="{ODF}:manifest:1.0">'
            f"{manifest}</manifest:m>",
        },
        stored=("mimetype",),
    )


# -- PDF


class Page:
    """A page of a PDF to be written on; places are points from the lower left corner."""

    def __init__(self) -> None:
        self.commands: list[str] = []

    def text(self, x: float, y: float, words: str, size: float = 10, font: str = "F1") -> Page:
        """Write words in a font: F1 is Helvetica, F2 its bold."""
        shown = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self.commands.append(f"BT /{font} {size} Tf {x} {y} Td ({shown}) Tj ET")
        return self

    def lines(self, x: float, y: float, *texts: str, pitch: float = 12, size: float = 10) -> Page:
        """Write lines below each other."""
        for number, text in enumerate(texts):
            self.text(x, y - number * pitch, text, size)
        return self

    def picture(self) -> Page:
        """Put a picture on all of the page."""
        self.commands.append("q 595 0 0 842 0 0 cm /Im1 Do Q")
        return self


def pdf(*pages: Page, encrypt: bool = False) -> bytes:
    """A PDF of A4 pages."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("cp1252"))
        return len(objects)

    fonts = [
        add(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>",
        )
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    image = add(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
    )
    root = len(objects) + 2 * len(pages) + 1
    kids = []
    for page in pages:
        stream = "\n".join(page.commands).encode("cp1252")
        content = add(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
        kids.append(
            add(
                f"<< /Type /Page /Parent {root} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R"
                f" /Resources << /Font << /F1 {fonts[0]} 0 R /F2 {fonts[1]} 0 R >>"
                f" /XObject << /Im1 {image} 0 R >> >> >>"
            )
        )
    listed_kids = " ".join(f"{kid} 0 R" for kid in kids)
    add(f"<< /Type /Pages /Count {len(kids)} /Kids [{listed_kids}] >>")
    catalog = add(f"<< /Type /Catalog /Pages {root} 0 R >>")
    locked = ""
    if encrypt:
        word = "00" * 32
        key = add(f"<< /Filter /Standard /V 1 /R 2 /O <{word}> /U <{word}> /P -4 >>")
        locked = f" /Encrypt {key} 0 R /ID [<{'11' * 16}> <{'11' * 16}>]"
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += f"trailer << /Size {len(objects) + 1} /Root {catalog} 0 R{locked} >>\n".encode()
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


# -- ParlaMint

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
NAME = "ParlaMint-CZ_2023-07-26-ps2021-071"

MINUTES = f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI {NS} xml:id="{NAME}.ana" xml:lang="cs" ana="#reference">
 <teiHeader><fileDesc>
  <titleStmt><title type="main" xml:lang="cs">Sněmovna, 26. července 2023</title></titleStmt>
  <publicationStmt><date when="2024-01-23">2024-01-23</date></publicationStmt>
  <sourceDesc><bibl><date when="2023-07-26">26.07.2023</date></bibl></sourceDesc>
 </fileDesc></teiHeader>
 <text><body><div type="debateSection">
  <head>Zpráva o zdravotnictví</head>
  <note type="speaker">Místopředsedkyně</note>
  <u who="#AnnaNova.1980" ana="#chair" xml:id="{NAME}.u1">
   <seg xml:id="{NAME}.u1.p1">Zahajuji   schůzi
    sněmovny.</seg>
   <note>potlesk</note>
  </u>
  <u who="#JanEk.1970" ana="#regular" xml:id="{NAME}.u2">
   <seg xml:id="{NAME}.u2.p1"><s>
<w lemma="stát" msd="UPosTag=NOUN">Státu</w>
<name type="ORG"><w lemma="nemocnice">nemocnice</w></name>
<w>abych<w norm="aby" lemma="aby"/><w norm="bych" lemma="být"/></w>
<w lemma="ženu" join="right">ženu</w><pc>,</pc>
<gap><desc>nečitelné</desc></gap>
<w lemma="stát" join="right">stály</w><pc>.</pc>
   </s></seg>
   <seg xml:id="{NAME}.u2.p2">Druhý odstavec.</seg>
  </u>
  <u who="#Nikdo" xml:id="{NAME}.u3"><vocal><desc>hluk</desc></vocal></u>
  <u xml:id="{NAME}.u4"><seg>Bez jména.</seg></u>
 </div></body></text>
</TEI>
"""
PEOPLE = f"""<listPerson {NS}>
 <person xml:id="AnnaNova.1980">
  <persName><surname>Nová</surname><forename>Anna</forename></persName>
  <affiliation ref="#parliament.PSP" role="member" from="2021-10-09"/>
  <affiliation ref="#politicalParty.B" role="representative" from="2021-10-09"/>
  <affiliation ref="#parliamentaryGroup.X" role="member" from="2010-01-01" to="2020-12-31"/>
 </person>
 <person xml:id="JanEk.1970"><persName><forename>Jan</forename><surname>Ek</surname></persName>
  <affiliation ref="#politicalParty.B" role="representative" from="2021-10-09"/>
  <affiliation ref="#parliamentaryGroup.A" role="member" from="2021-10-09T14:00:00"/>
 </person>
</listPerson>"""
ORGANISATIONS = f"""<listOrg {NS}>
 <org xml:id="parliament.PSP" role="parliament"><orgName full="abb">PSP</orgName></org>
 <org xml:id="parliamentaryGroup.A" role="parliamentaryGroup">
  <orgName full="yes" xml:lang="cs">Klub A</orgName><orgName full="abb">A</orgName></org>
 <org xml:id="parliamentaryGroup.X" role="parliamentaryGroup"><orgName full="abb">X</orgName></org>
 <org xml:id="politicalParty.B" role="politicalParty"><orgName full="abb">B</orgName></org>
</listOrg>"""
