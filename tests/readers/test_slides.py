"""Slides of PowerPoint and LibreOffice."""

from __future__ import annotations

from packing import PROMISE, blocks, one, opendocument, packed

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
