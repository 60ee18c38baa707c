"""Boxes of slides are read where they stand, and not in the order in which they were made."""

from __future__ import annotations

import pytest
from packing import URN, blocks, one, opendocument, packed
from slides_making import A, P, R, rels, shape, slide

from progsearch.readers.office.placing import Box, Frame, in_reading_order
from progsearch.readers.office.slides import Line

TITLE = ("title", "Program", (0, 0, 100, 10))
COLUMNS = [
    ("", "Nya spår.", (55, 30, 40, 10)),
    ("", "Fler bussar.", (5, 30, 40, 10)),
    TITLE,
    ("", "Tåg", (55, 15, 40, 10)),
    ("", "Vägar", (5, 15, 40, 10)),
]
LABELS = [
    ("", "Vi bygger fler skolor.", (30, 32, 65, 8)),
    ("", "Vård", (5, 15, 18, 8)),
    ("", "Vi öppnar sex vårdcentraler.", (30, 14, 65, 8)),
    ("", "Skola", (5, 31, 18, 8)),
    TITLE,
]
DOWN = [
    ("", "Tre.", (8, 60, 80, 20)),
    ("", "Ett.", (5, 20, 80, 18)),
    TITLE,
    ("", "Två.", (6, 36, 80, 20)),  # placed by hand, somewhat over the one above
]
FOUND = {
    "columns": (COLUMNS, ["Program", "Vägar", "Fler bussar.", "Tåg", "Nya spår."]),
    "labels": (
        LABELS,
        ["Program", "Vård", "Vi öppnar sex vårdcentraler.", "Skola", "Vi bygger fler skolor."],
    ),
    "down": (DOWN, ["Program", "Ett.", "Två.", "Tre."]),
}


def at(made, box):
    x, y, width, height = box
    place = f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
    return made.replace("<p:txBody>", f"<p:spPr><a:xfrm>{place}</a:xfrm></p:spPr><p:txBody>")


def deck(inner, **more):
    members = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>'
        '<p:sldId r:id="a"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": rels(a=("slide", "slides/s.xml")),
        "ppt/slides/s.xml": slide(inner),
        **more,
    }
    return one("program.pptx", packed(members))


def texts(raw):
    return [text for _, text in blocks(raw)]


@pytest.mark.parametrize("name", FOUND)
def test_boxes_are_read_where_they_stand(name):
    boxes, order = FOUND[name]
    inner = "".join(at(shape(kind, text), box) for kind, text, box in boxes)
    assert texts(deck(inner)) == order
    frames = "".join(
        f'<draw:frame presentation:class="{kind}" svg:x="{x / 10}cm" svg:y="{y / 10}cm"'
        f' svg:width="{w}mm" svg:height="{h}mm"><draw:text-box><text:p>{text}</text:p>'
        "</draw:text-box></draw:frame>"
        for kind, text, (x, y, w, h) in boxes
    )
    page = f"<office:presentation><draw:page>{frames}</draw:page></office:presentation>"
    spaced = page.replace(
        "<office:presentation>",
        f'<office:presentation xmlns:svg="{URN}:svg-compatible:1.0">',
        1,
    )
    assert texts(one("program.odp", opendocument("presentation", spaced))) == order


def test_without_a_place_the_order_is_that_of_the_file():
    boxes, _ = FOUND["down"]
    inner = "".join(at(shape(kind, text), box) for kind, text, box in boxes[:2])
    assert texts(deck(inner + shape("", "Ingenstans."))) == ["Tre.", "Ett.", "Ingenstans."]


def test_placeholders_stand_where_their_layout_or_its_master_says():
    first = at(shape("body", "Överst."), (0, 0, 1, 1)).replace('"body"', '"body" idx="1"')
    layout = first.replace("Överst.", "")
    master = at(shape("body", ""), (5, 50, 90, 10)).replace('"body"', '"obj"')
    inner = (
        at(shape("", "Mitt på."), (5, 20, 90, 10))
        + shape("obj", "Nederst.")
        + shape("body", "Överst.").replace('"body"', '"body" idx="1"')
    )
    raw = deck(
        inner,
        **{
            "ppt/slides/_rels/s.xml.rels": rels(l=("slideLayout", "../slideLayouts/l.xml")),
            "ppt/slideLayouts/l.xml": slide(layout),
            "ppt/slideLayouts/_rels/l.xml.rels": rels(m=("slideMaster", "../slideMasters/m.xml")),
            "ppt/slideMasters/m.xml": slide(master),
        },
    )
    assert texts(raw) == ["Överst.", "Mitt på.", "Nederst."]


def test_what_is_grouped_stays_together():
    group = (
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="50"/><a:ext cx="90" cy="40"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="9" cy="4"/></a:xfrm></p:grpSpPr>'
        + at(shape("", "Tåg: nya spår."), (0, 2, 9, 1))
        + at(shape("", "Tåg"), (0, 0, 9, 1))
        + "</p:grpSp>"
    )
    raw = deck(group + at(shape("", "Vägar"), (0, 20, 90, 10)))
    assert texts(raw) == ["Vägar", "Tåg", "Tåg: nya spår."]


def test_texts_of_drawn_lists_are_read():
    frame = (
        '<p:graphicFrame><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic>'
        '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
        f' xmlns:r="{R}" r:dm="d"/></a:graphic></p:graphicFrame>'
    )
    points = "".join(f"<p><a:p><a:r><a:t>{one}</a:t></a:r></a:p></p>" for one in ("Skola", "Vård"))
    raw = deck(
        at(shape("", "Under."), (0, 20, 9, 9)) + frame,
        **{
            "ppt/slides/_rels/s.xml.rels": rels(d=("diagramData", "../diagrams/data1.xml")),
            "ppt/diagrams/data1.xml": f'<d xmlns:a="{A}">{points}<p><a:p/></p></d>',
        },
    )
    assert texts(raw) == ["Skola", "Vård", "Under."]


def test_all_lines_of_nested_frames_are_there_once():
    leaf = [Frame(Box(n % 3, n // 3, n % 3 + 1, n // 3 + 1), [Line(str(n))]) for n in range(9)]
    root = Frame(inner=[leaf[4], Frame(None, [], leaf[:4]), *leaf[5:]])
    assert sorted(line.text for line in in_reading_order(root)) == [str(n) for n in range(9)]
