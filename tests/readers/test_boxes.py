"""What stands in a box on a printed page, and what a drawing is called."""

from __future__ import annotations

import pytest
from typesetting import PAGE, PROSE, aside, counted, flat, headings, passages, read

pytest.importorskip("pypdfium2")

BOX = "#block(stroke: 1pt, inset: 8pt, width: 100%)[{}]"
FILLED = "#block(fill: luma(220), inset: 8pt, width: 100%)[{}]"
DRAWING = "#rect(width: 200pt, height: {high}pt, fill: blue)\n"


def above(raw):
    return {flat(one.text): [flat(n) for n in one.headings[1:]] for one in passages(raw)}


@pytest.mark.parametrize("box", [BOX, FILLED])
@pytest.mark.parametrize("name", ["*Fakta om tåg*", "#text(11.4pt)[Fakta om tåg]"])
def test_a_heading_in_a_box_ends_with_it(box, name):
    inner = f"{name}\n\n{PROSE[2]}"
    raw = read(
        f"{PAGE}= Program\n{PROSE[3]}\n\n== Vård\n{PROSE[0]}\n\n{box.format(inner)}\n\n{PROSE[1]}"
    )
    told = above(raw)
    assert told[PROSE[0]] == told[PROSE[1]] == ["Vård"]
    assert told[PROSE[2]] == ["Vård", "Fakta om tåg"]


@pytest.mark.parametrize("box", [BOX, FILLED])
def test_a_chapter_that_begins_in_a_box_goes_on_behind_it(box):
    inner = f"#text(18pt)[Vård]\n\n{PROSE[0]}"
    raw = read(f"{PAGE}#text(26pt)[Program]\n\n{PROSE[3]}\n\n{box.format(inner)}\n\n{PROSE[1]}")
    assert above(raw)[PROSE[1]] == ["Vård"]


def test_a_box_around_a_heading_alone_ends_nothing():
    raw = read(f"{PAGE}= Program\n{PROSE[3]}\n\n{FILLED.format('*Vård*')}\n\n{PROSE[1]}")
    assert above(raw)[PROSE[1]] == ["Vård"]


@pytest.mark.parametrize(
    ("text", "high", "aside_"),
    [
        ("Barn på skolgården i Malmö", 80, True),
        ("Barn på skolgården i Malmö", 20, False),
        ("Vi ger alla barn i Malmö en plats.", 80, False),
    ],
)
def test_what_a_drawing_is_called_stands_aside(text, high, aside_):
    small = f"{DRAWING.format(high=high)}#text(8pt)[{text}]"
    raw = read(f"{PAGE}= Program\n{PROSE[0]}\n\n{small}\n\n{PROSE[1]}")
    assert (text in aside(raw)) is aside_
    assert (text in counted(raw)) is not aside_


def test_a_sentence_in_quotation_marks_that_is_set_large_is_no_heading():
    quote = "”Ingen ska behöva vänta på vård.”"
    raw = read(f"{PAGE}= Program\n{PROSE[0]}\n\n#text(16pt)[{quote}]\n\n{PROSE[1]}")
    assert headings(raw) == ["Program"]
    assert quote in counted(raw)


SECTIONS = (
    "#text(26pt)[*Program*]\n\n{}\n\n#text(15pt)[*Vård*]\n\n{}\n\n{}\n\n{}\n\n"
    "#text(15pt)[*Skola*]\n\n{}"
)
TINTED = "#block(fill: luma(220), inset: 8pt, width: 100%)[#text({size}pt)[*{name}*] \\ {text}]"


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Vår ambition", 14),
        ("Vad vi gör", 12),
        ("Visste du att…?", 18),
        ("Visste du att bussen är gratis?", 17),
        ("”Alla ska med”", 18),
        ("12 nya linjer", 14),
    ],
)
def test_a_call_out_leaves_the_headings_as_they_were(name, size):
    box = TINTED.format(size=size, name=name, text="Det bor många unga i länet.")
    raw = read(PAGE + SECTIONS.format(PROSE[3], PROSE[0], box, PROSE[1], PROSE[2]))
    told = above(raw)
    assert told[PROSE[0]] == told[PROSE[1]] == ["Vård"]
    assert told[PROSE[2]] == ["Skola"]
    inside = next(heads for text, heads in told.items() if text.endswith("unga i länet."))
    assert inside in (["Vård", name], ["Vård"])


@pytest.mark.parametrize("name", ["Omsorg", "Trygga äldre"])
def test_a_box_set_as_chapters_are_begins_one(name):
    box = TINTED.format(size=15, name=name, text="Det bor många äldre i länet.")
    raw = read(PAGE + SECTIONS.format(PROSE[3], PROSE[0], box, PROSE[1], PROSE[2]))
    assert above(raw)[PROSE[1]] == [name]


def test_a_heading_below_columns_is_of_what_runs_across():
    columns = f"#grid(columns: (1fr, 1fr), gutter: 20pt, [{PROSE[0]}\n\n{PROSE[3]}], [{PROSE[1]}])"
    vård = f"#text(26pt)[*Program*]\n\n#text(15pt)[*Vård*]\n\n{columns}"
    raw = read(f"{PAGE}{vård}\n\n#text(15pt)[*Tåg*]\n\n{PROSE[2]}")
    told = above(raw)
    assert told[PROSE[0]] == told[PROSE[1]] == ["Vård"]
    assert told[PROSE[2]] == ["Tåg"]
