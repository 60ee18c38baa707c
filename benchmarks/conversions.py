"""A programme as files of every format, for `python -m benchmarks.formats`.

LibreOffice writes what it can write, typst sets the pages, and what neither knows is written
here as the programs write it that people have it from.
"""

from __future__ import annotations

import csv
import html
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from typing import NamedTuple
from xml.sax.saxutils import escape

from progsearch.blocks.marks import plain
from progsearch.model import RawDocument, Shape

__all__ = [
    "SET",
    "WRITTEN",
    "Statement",
    "page_of",
    "set_pages",
    "slides_of",
    "statements",
    "table_of",
]

_NO_TEXT = (Shape.NAVIGATION, Shape.TEASER, Shape.CONTENTS, Shape.BYLINE)
_POSTED = "Thu, 02 May 2024 10:00:00 +0200"
_CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>'


class Statement(NamedTuple):
    """A block of a programme: what it is, how deep, and its words on one line."""

    shape: Shape
    level: int
    text: str


def statements(raw: RawDocument) -> Iterator[Statement]:
    """The blocks of a document without its own marks; no item is deeper than one below the last."""
    depth = 0
    for block in raw.blocks:
        if block.shape in _NO_TEXT:
            continue
        depth = min(block.level, depth + 1) if block.shape is Shape.ITEM else 0
        text = " ".join(plain(raw.text[block.start : block.end]).split())
        level = min(6, block.level) if block.shape is Shape.HEADING else depth
        yield Statement(block.shape, level, text)


def _title(raw: RawDocument) -> str:
    return " ".join(str(raw.meta.get("title") or "").split())


def page_of(raw: RawDocument) -> str:
    """A document as a plain page: what its blocks are, and nothing of its own marks."""
    head = f'<meta charset="utf-8"><title>{html.escape(_title(raw))}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{_body(raw)}</body></html>"


def _body(raw: RawDocument) -> str:
    parts: list[str] = []
    depth = 0
    for shape, level, text in statements(raw):
        wanted = level if shape is Shape.ITEM else 0
        parts += ["<ul>"] * (wanted - depth) + ["</ul>"] * (depth - wanted)
        depth = wanted
        name = f"h{level}" if shape is Shape.HEADING else "li" if depth else "p"
        parts.append(f"<{name}>{html.escape(text)}</{name}>")
    return "\n".join([*parts, *["</ul>"] * depth])


# --- files that LibreOffice turns into others


def slides_of(raw: RawDocument) -> str:
    """A document as flat OpenDocument slides: each heading a slide, what follows its body."""
    slides: list[tuple[str, list[str]]] = [("", [])]
    for shape, _, text in statements(raw):
        if shape is Shape.HEADING:
            slides.append((text, []))
        else:
            slides[-1][1].append(text)
    pages = "".join(
        f'<draw:page draw:master-page-name="Default">{_frame("title", [title])}'
        f"{_frame('outline', lines)}</draw:page>"
        for title, lines in slides
        if title or lines
    )
    kinds = ("office", "text", "presentation", "style")
    names = [(kind, kind) for kind in kinds]
    names += [("draw", "drawing"), ("svg", "svg-compatible")]
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for name, kind in names
    )
    return (
        f'{_XML}<office:document {spaces} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.presentation">'
        '<office:automatic-styles><style:style style:name="pr1" style:family="presentation"/>'
        "</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Default"/></office:master-styles>'
        f"<office:body><office:presentation>{pages}</office:presentation></office:body>"
        "</office:document>"
    )


def _frame(kind: str, lines: Sequence[str]) -> str:
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines if line)
    place = 'svg:width="20cm" svg:height="5cm" svg:x="2cm" svg:y="2cm"'
    if not text:
        return ""
    return (
        f'<draw:frame presentation:style-name="pr1" draw:layer="layout" '
        f'presentation:class="{kind}" {place}><draw:text-box>{text}'
        "</draw:text-box></draw:frame>"
    )


def _rows(raw: RawDocument) -> Iterator[tuple[str, str]]:
    """The statements of a document, each with the heading above it."""
    heading = ""
    for shape, _, text in statements(raw):
        if shape is Shape.HEADING:
            heading = text
        else:
            yield heading, text


def table_of(raw: RawDocument) -> str:
    """A document as CSV: a statement a row."""
    out = io.StringIO()
    csv.writer(out).writerows([("title", "text"), *_rows(raw)])
    return out.getvalue()


# --- files that are written here


def _mail(raw: RawDocument) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = _title(raw) or "Program"
    mail["From"] = "Press <press@example.org>"
    mail["Date"] = _POSTED
    lines = [f"- {text}" if shape is Shape.ITEM else text for shape, _, text in statements(raw)]
    mail.set_content("\n\n".join(lines), cte="quoted-printable")
    return mail.as_bytes()


def _feed(raw: RawDocument) -> bytes:
    return (
        f'{_XML}<rss version="2.0" {_CONTENT}><channel><title>News</title>'
        f"<item><title>{escape(_title(raw) or 'Program')}</title><link>https://example.org/1</link>"
        f"<pubDate>{_POSTED}</pubDate>"
        f"<content:encoded>{escape(_body(raw))}</content:encoded></item></channel></rss>"
    ).encode()


def _wordpress(raw: RawDocument) -> bytes:
    body = _body(raw).replace("]]>", "]]&gt;")
    return (
        f'{_XML}<rss version="2.0" {_CONTENT} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/">'
        "<channel><title>Site</title><wp:wxr_version>1.2</wp:wxr_version>"
        f"<item><title>{escape(_title(raw) or 'Program')}</title><link>https://example.org/1</link>"
        f"<dc:creator>editor</dc:creator><content:encoded><![CDATA[{body}]]></content:encoded>"
        "<wp:post_date>2024-05-02 10:00:00</wp:post_date><wp:status>publish</wp:status>"
        "<wp:post_type>page</wp:post_type></item></channel></rss>"
    ).encode()


def _json(raw: RawDocument) -> bytes:
    rows = [{"title": heading, "text": text} for heading, text in _rows(raw)]
    return json.dumps(rows, ensure_ascii=False).encode()


def _tei(raw: RawDocument) -> bytes:
    names = {Shape.HEADING: "head", Shape.ITEM: "item"}
    body = "\n".join(
        f"<{name}>{escape(text)}</{name}>"
        for shape, _, text in statements(raw)
        for name in [names.get(shape, "p")]
    )
    return (
        f'{_XML}<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
        f"<title>{escape(_title(raw) or 'Program')}</title></titleStmt></fileDesc></teiHeader>"
        f"<text><body><div>{body}</div></body></text></TEI>"
    ).encode()


def _nexis(raw: RawDocument) -> bytes:
    body = "\n".join(f"<p>{html.escape(text)}</p>" for _, _, text in statements(raw))
    return (
        "<html><body><DOC NUMBER=1><DOCFULL><div>1 of 1 DOCUMENT</div><div>Dagbladet</div>"
        f"<div>May 2, 2024 Thursday</div><div>{html.escape(_title(raw) or 'Program')}</div>"
        f"<div>LENGTH: 500 words</div>{body}<div>LOAD-DATE: May 3, 2024</div>"
        "</DOCFULL></body></html>"
    ).encode()


def _epub(raw: RawDocument) -> bytes:
    container = (
        f'{_XML}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="book.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    book = (
        f'{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(_title(raw) or 'Program')}</dc:title></metadata><manifest>"
        '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    page = (
        f'{_XML}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>-</title></head>'
        f"<body>{_body(raw)}</body></html>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/epub+zip")
        package.writestr("META-INF/container.xml", container)
        package.writestr("book.opf", book)
        package.writestr("c.xhtml", page)
    return out.getvalue()


WRITTEN: dict[str, tuple[str, Callable[[RawDocument], bytes]]] = {
    "epub": ("epub", _epub),
    "mail": ("eml", _mail),
    "RSS": ("xml", _feed),
    "WordPress": ("xml", _wordpress),
    "JSON": ("json", _json),
    "TEI": ("xml", _tei),
    "Nexis": ("html", _nexis),
}
"""What is written here: the suffix of each, and its writer."""


# --- pages that typst sets

_PAGE = (
    '#set page(width: 160mm, height: 230mm, margin: 22mm, numbering: "1")\n'
    '#set text(size: 10pt, lang: "{lang}", hyphenate: true)\n#set par(justify: true)\n'
)
_SPREAD = "PDF, two pages a sheet"
SET = {
    "PDF, one column": "",
    "PDF, two columns": "#set page(columns: 2)\n",
    "PDF, numbers of lines": '#set par.line(numbering: "1", numbering-scope: "page")\n'
    "#set par(spacing: 2em)\n",
    "PDF, all ligatures": "#set text(discretionary-ligatures: true, historical-ligatures: true)\n",
    "PDF, contents": "#set outline.entry(fill: none)\n#outline()\n#pagebreak()\n",
    _SPREAD: "",
}
"""Ways to set pages, each with what typst is told for it."""


def set_pages(raw: RawDocument, lang: str, way: str) -> bytes:
    """The PDF of a document, set in one of these ways."""
    import typst

    lines = [_PAGE.format(lang=lang), SET[way]]
    for shape, level, text in statements(raw):
        text = '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if shape is Shape.HEADING:
            lines.append(f"#heading(level: {max(1, level)})[{text}]")
        elif shape is Shape.ITEM:
            lines.append(f"{'  ' * (level - 1)}- {text}")
        else:
            lines.append(f"#par[{text}]")
    data: bytes = typst.compile("\n".join(lines).encode())
    return _two_on_a_sheet(data) if way == _SPREAD else data


def _two_on_a_sheet(data: bytes) -> bytes:
    import pypdfium2
    import pypdfium2.raw as pdfium

    file = pypdfium2.PdfDocument(data)
    width, height = file[0].get_size()
    sheets = pypdfium2.PdfDocument(pdfium.FPDF_ImportNPagesToOne(file, 2 * width, height, 2, 1))
    out = io.BytesIO()
    sheets.save(out)
    return out.getvalue()
