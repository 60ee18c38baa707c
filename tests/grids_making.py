"""One table in every format whose cells may cover columns and rows, or hold several paragraphs."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from files_making import docx, odt
from packing import opendocument, packed
from slides_making import A, P, R, rels


class Cell(NamedTuple):
    """What a cell says, and how many columns and rows it covers."""

    said: str | tuple[str, ...] = ""
    wide: int = 1
    tall: int = 1

    @property
    def texts(self):
        return (self.said,) if isinstance(self.said, str) else self.said


def cell(said):
    return said if isinstance(said, Cell) else Cell(said)


def placed(rows):
    """The rows with what covers each place: a cell and whether it begins there, down and across."""
    held = {}
    for y, row in enumerate(rows):
        x = 0
        for one in map(cell, row):
            while (y, x) in held:
                x += 1
            for down in range(one.tall):
                for across in range(one.wide):
                    held[y + down, x + across] = (one, down, across)
    width = max(x for _, x in held) + 1
    return [[held[y, x] for x in range(width) if (y, x) in held] for y in range(len(rows))]


def _tags(rows, heads, lists):
    def inner(one):
        if len(one.texts) < 2:
            return escape(one.texts[0])
        if lists == "br":
            return "<br>".join(map(escape, one.texts))
        return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in one.texts) + "</ul>"

    made = ""
    for y, row in enumerate(rows):
        name = "th" if y < heads else "td"
        made += "<tr>"
        for one in map(cell, row):
            wide = f' colspan="{one.wide}"' if one.wide > 1 else ""
            tall = f" rowspan={one.tall}" if one.tall > 1 else ""
            made += f"<{name}{wide}{tall}>{inner(one)}</{name}>"
        made += "</tr>\n"
    return f"<table>\n{made}</table>"


def html(rows, heads=1, lists="ul"):
    table = _tags(rows, heads, lists)
    page = f"<html><body><h1>Program</h1>{table}<p>The end is here.</p></body></html>"
    return "a.html", page.encode()


def markdown(rows, heads=1, lists="ul"):
    return "a.md", f"# Program\n\n{_tags(rows, heads, lists)}\n\nThe end is here.\n".encode()


def word(rows, heads=1, lists="ul"):
    made = ""
    for y, row in enumerate(placed(rows)):
        made += "<w:tr>" + ("<w:trPr><w:tblHeader/></w:trPr>" if y < heads else "")
        for one, down, across in row:
            if across:
                continue
            more = f'<w:gridSpan w:val="{one.wide}"/>' if one.wide > 1 else ""
            if one.tall > 1:
                more += "<w:vMerge/>" if down else '<w:vMerge w:val="restart"/>'
            texts = ("",) if down else one.texts
            inner = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in texts)
            made += f"<w:tc><w:tcPr>{more}</w:tcPr>{inner}</w:tc>"
        made += "</w:tr>"
    end = "<w:p><w:r><w:t>The end is here.</w:t></w:r></w:p>"
    title = '<w:p><w:pPr><w:pStyle w:val="Nazev"/></w:pPr><w:r><w:t>Program</w:t></w:r></w:p>'
    return "a.docx", docx(f"{title}<w:tbl>{made}</w:tbl>{end}")


def _opendocument(rows, heads):
    made = ""
    for y, row in enumerate(placed(rows)):
        inside = ""
        for one, down, across in row:
            if down or across:
                inside += "<table:covered-table-cell/>"
                continue
            more = f' table:number-columns-spanned="{one.wide}"' if one.wide > 1 else ""
            more += f' table:number-rows-spanned="{one.tall}"' if one.tall > 1 else ""
            texts = "".join(f"<text:p>{escape(text)}</text:p>" for text in one.texts)
            inside += f"<table:table-cell{more}>{texts}</table:table-cell>"
        before = "<table:table-header-rows>" if heads and not y else ""
        behind = "</table:table-header-rows>" if heads and y == heads - 1 else ""
        made += f"{before}<table:table-row>{inside}</table:table-row>{behind}"
    return f"<table:table>{made}</table:table>"


def writer(rows, heads=1, lists="ul"):
    title = "<text:h text:outline-level='1'>Program</text:h>"
    return "a.odt", odt(f"{title}{_opendocument(rows, heads)}<text:p>The end is here.</text:p>")


def impress(rows, heads=1, lists="ul"):
    title = (
        '<draw:frame presentation:class="title"><draw:text-box><text:p>Program</text:p>'
        "</draw:text-box></draw:frame>"
    )
    end = (
        "<draw:frame><draw:text-box><text:p>The end is here.</text:p></draw:text-box></draw:frame>"
    )
    table = f"<draw:frame>{_opendocument(rows, heads)}</draw:frame>"
    page = f"<office:presentation><draw:page>{title}{table}{end}</draw:page></office:presentation>"
    return "a.odp", opendocument("presentation", page)


def powerpoint(rows, heads=1, lists="ul"):
    made = ""
    for row in placed(rows):
        made += "<a:tr>"
        for one, down, across in row:
            more = ' hMerge="1"' * (across > 0) + ' vMerge="1"' * (down > 0)
            if not (down or across):
                more += f' gridSpan="{one.wide}"' * (one.wide > 1)
                more += f' rowSpan="{one.tall}"' * (one.tall > 1)
            texts = ("",) if down or across else one.texts
            inner = "".join(f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>" for text in texts)
            made += f"<a:tc{more}><a:txBody>{inner}</a:txBody></a:tc>"
        made += "</a:tr>"
    first = ' firstRow="1"' if heads else ""
    table = f"<p:graphicFrame><a:tbl><a:tblPr{first}/>{made}</a:tbl></p:graphicFrame>"
    box = "<p:sp>{}<p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
    title = box.format('<p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>', "Program")
    tree = (
        f"<p:cSld><p:spTree>{title}{table}{box.format('', 'The end is here.')}</p:spTree></p:cSld>"
    )
    listed = '<p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst>'
    deck = f'<p:presentation xmlns:p="{P}" xmlns:r="{R}">{listed}</p:presentation>'
    return "a.pptx", packed(
        {
            "ppt/presentation.xml": deck,
            "ppt/_rels/presentation.xml.rels": rels(r1=("slide", "slides/slide1.xml")),
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{P}" xmlns:a="{A}">{tree}</p:sld>',
        }
    )


def rich_text(rows, heads=1, lists="ul"):
    made = ""
    for y, row in enumerate(placed(rows)):
        defined = inside = ""
        for x, (one, down, across) in enumerate(row, 1):
            if one.wide > 1:
                defined += "\\clmrg" if across else "\\clmgf"
            if one.tall > 1:
                defined += "\\clvmrg" if down else "\\clvmgf"
            defined += f"\\cellx{1000 * x}"
            texts = ("",) if down or across else one.texts
            inside += "\\par ".join(texts) + "\\cell "
        head = "\\trhdr" if y < heads else ""
        made += f"\\trowd{head}{defined}\\pard\\intbl {inside}\\row"
    text = f"{{\\rtf1\\ansi {{\\title Program}}{made}\\pard The end is here.\\par}}"
    coded = (char if char.isascii() else f"\\u{ord(char)}?" for char in text)
    return "a.rtf", "".join(coded).encode()


ALL = (html, markdown, word, writer, impress, powerpoint, rich_text)
