"""PDF as a typesetter makes it: columns, ligatures, numbered lines, contents, spreads, initials."""

from __future__ import annotations

import io
import itertools
import textwrap

import pytest
from files_making import documents
from typesetting import (
    GAP,
    PAGE,
    PLACES,
    PROSE,
    counted,
    flat,
    headings,
    passages,
    prose,
    read,
    typeset,
)

from progsearch.model import Shape

pytest.importorskip("pypdfium2")


def test_columns_with_broken_words_are_read_one_after_the_other():
    source = f"{PAGE}#set par(justify: true)\n= Vård\n#columns(2)[{GAP.join(prose(8))}]"
    raw = read(source)
    assert counted(raw) == prose(8)
    assert headings(raw) == ["Vård"]


def test_a_band_of_columns_between_lines_across_the_page():
    columns = f"#columns(2, gutter: 8mm)[{GAP.join(prose(4))}]"
    raw = read(
        f"{PAGE}#set par(justify: true)\n{PROSE[2]}\n\n#block(height: 60mm)[{columns}]\n{PROSE[3]}"
    )
    assert counted(raw) == [PROSE[2], *prose(4), PROSE[3]]


def test_ligatures_come_out_as_letters():
    words = "fler finansiera trafikanter inflytande kvalificerad flexibel affischer afflux"
    assert counted(read(f'{PAGE}#set text(font: "Libertinus Serif")\nVi vill {words} nu.')) == [
        f"Vi vill {words} nu."
    ]


def test_numbers_of_lines_are_places_and_no_text():
    source = (
        f'{PAGE}#set par.line(numbering: "1", numbering-scope: "document")\n'
        f"#set par(justify: true, spacing: 2em)\n{GAP.join(prose(24))}"
    )
    raw = read(source)
    assert counted(raw) == prose(24)
    found = passages(raw)
    assert {one.page for one in found} == {1, 2, 3}
    assert [one.line for one in found] == sorted(one.line for one in found)
    overleaf = next(one for one in found if one.page == 2)
    before = [one for one in found if one.page == 1][-1]
    # They are numbered on through the document, as printed.
    assert overleaf.line > before.line > 24


def test_contents_without_leaders_do_not_count():
    chapters = ("Vård och omsorg", "Skola", "Trafik", "Kultur", "Regionens ekonomi")
    text = "\n".join(f"= {name}\n{PROSE[n % 4]}\n#pagebreak()" for n, name in enumerate(chapters))
    source = (
        f"{PAGE}#set outline.entry(fill: none)\n#outline(title: [Innehåll])\n#pagebreak()\n{text}"
    )
    raw = read(source)
    assert counted(raw) == [PROSE[n % 4] for n in range(5)]
    assert headings(raw) == list(chapters)
    assert sum(block.shape is Shape.CONTENTS for block in raw.blocks) == 6
    assert raw.meta.get("title") not in chapters


def test_two_pages_on_a_sheet():
    page = "#set page(width: 300mm, height: 200mm, margin: 20mm)\n#set text(size: 11pt)\n"
    half = "#grid(columns: (1fr, 1fr), gutter: 24mm, [{}], [{}])\n#pagebreak()\n"
    sheets = [half.format(GAP.join(PROSE[:2]), GAP.join(PROSE[2:])) for _ in range(3)]
    assert counted(read(page + "".join(sheets))) == list(PROSE) * 3


def test_running_heads_of_chapters_and_page_numbers_are_left_out():
    header = (
        "#set page(header: context { let found = query(heading.where(level: 1))"
        ".filter(one => one.location().page() <= here().page())"
        '; if found.len() > 0 [#text(8pt)[#found.last().body]] }, numbering: "1 / 1")\n'
    )
    text = "".join(
        f"#pagebreak(weak: true)\n= {name}\n{GAP.join(prose(20))}\n"
        for name in ("Vård", "Skola", "Resor")
    )
    raw = read(PAGE + header + text)
    assert headings(raw) == ["Vård", "Skola", "Resor"]
    assert counted(raw) == prose(20) * 3


def test_a_large_initial_belongs_to_its_word():
    initial = "#place(dy: -3pt, text(size: 48pt)[V])"
    source = f"{PAGE}{initial}\n#pad(left: 38pt)[i{PROSE[0][2:]}]\n\n{PROSE[1]}"
    assert counted(read(source))[0] == PROSE[0]


def test_letters_set_apart_are_words():
    source = f"{PAGE}#text(size: 18pt, tracking: 5pt)[Syfte och mål]\n\n{PROSE[0]}"
    assert headings(read(source)) == ["Syfte och mål"]


def test_a_slanted_title_is_one():
    source = f"{PAGE}#rotate(-6deg)[#text(size: 22pt)[Framtid för alla]]\n#v(2em)\n{PROSE[0]}"
    assert headings(read(source)) == ["Framtid för alla"]


def test_large_bullets_are_promises_and_a_large_sentence_is_a_lead():
    source = (
        f"{PAGE}= Vi vill\n#text(size: 15pt)[\n- Anställa fler läkare\n- Bygga två sjukhus\n]\n"
        f"#text(size: 13pt)[{PROSE[0]}]\n\n{GAP.join(PROSE)}"
    )
    raw = read(source)
    assert headings(raw) == ["Vi vill"]
    assert counted(raw)[:3] == ["Anställa fler läkare", "Bygga två sjukhus", PROSE[0]]


def test_rows_of_a_table_are_read_by_row():
    rows = [("Vård", "12", "14"), ("Skola", "8", "9"), ("Trafik", "20", "22"), ("Kultur", "3", "4")]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    raw = read(f"{PAGE}{PROSE[0]}\n#table(columns: (1fr, 1fr, 1fr), {cells})")
    assert counted(raw)[1:] == [" | ".join(row) for row in rows]


def test_a_numbered_line_within_a_sentence_begins_no_item():
    prose = (
        "Beslutet ska gälla från den 31. mars och ersätter det äldre programmet från slutet av "
        "20. århundradet, som ingen längre minns, men som fortfarande styr de flesta besluten."
    )
    for width in range(90, 150, 6):
        page = f'#set page(width: {width}mm, height: 120mm, margin: 15mm)\n#set text(lang: "sv")\n'
        assert counted(read(page + prose)) == [prose]


def test_paragraphs_that_come_again_on_other_pages_stay():
    text = "\n#pagebreak()\n".join(f"= Del {n}\n{PROSE[n]}\n\n{PROSE[3]}" for n in range(3))
    assert counted(read(PAGE + text)).count(PROSE[3]) == 3


def test_an_imprint_does_not_count():
    imprint = (
        "#pagebreak()\n#v(1fr)\nUtgiven av Partiet i länet\n\nTryck: Tryckeriet AB\n\n"
        "Storgatan 1, 123 45 Staden\n\nwww.example.org\n\n#text[info\\@example.org]\n\n"
        "ISBN 978-91-000-0000-1"
    )
    assert counted(read(PAGE + GAP.join(PROSE) + imprint)) == list(PROSE)


def test_what_stands_outside_of_the_trimmed_page_is_no_text():
    pdfium = pytest.importorskip("pypdfium2")
    source = f"{PAGE}#place(bottom, dy: 18mm)[Program v5.indd 7 2024-05-01 10:15]\n{PROSE[0]}"
    file = pdfium.PdfDocument(typeset(source))
    page = file[0]
    width, height = page.get_size()
    page.set_trimbox(20, 40, width - 20, height - 20)
    out = io.BytesIO()
    file.save(out)
    (raw,) = documents("program.pdf", out.getvalue())
    assert raw.text.split() == PROSE[0].split()


def test_a_page_that_is_shown_turned_is_read_as_it_is_seen():
    pdfium = pytest.importorskip("pypdfium2")
    source = "#set page(width: 230mm, height: 160mm, margin: 22mm)\n#set text(size: 10pt)\n"
    turned = f"{source}#rotate(90deg, reflow: true)[#block(width: 110mm)[{PROSE[0]}]]"
    file = pdfium.PdfDocument(typeset(turned))
    file[0].set_rotation(270)
    out = io.BytesIO()
    file.save(out)
    (raw,) = documents("program.pdf", out.getvalue())
    assert flat(raw.text) == PROSE[0]


def test_columns_that_the_file_draws_line_by_line_across_are_columns():
    left, right = " ".join(PROSE), " ".join(reversed(PROSE))
    sides = [textwrap.wrap(side, 38) for side in (left, right)]
    rows = "".join(
        f"#place(dx: 0mm, dy: {5 * n}mm)[{a}]#place(dx: 62mm, dy: {5 * n}mm)[{b}]\n"
        for n, (a, b) in enumerate(itertools.zip_longest(*sides, fillvalue=""))
    )
    raw = read(f"{PAGE}= Program\n#text(size: 8pt)[{rows}]")
    assert " ".join(counted(raw)) == f"{left} {right}"


def test_a_table_that_the_file_draws_line_by_line_across_has_rows():
    cells = [(f"Löfte {place}", f"Vi bygger fler bostäder i {place}.") for place in PLACES[:12]]
    rows = "".join(
        f"#place(dx: 0mm, dy: {5 * n}mm)[{a}]#place(dx: 40mm, dy: {5 * n}mm)[{b}]\n"
        for n, (a, b) in enumerate(cells)
    )
    raw = read(f"{PAGE}= Program\n#text(size: 8pt)[{rows}]")
    assert counted(raw) == [f"{a} | {b}" for a, b in cells]


@pytest.mark.parametrize("sizes", [(3, 3), (4, 5), (5, 5), (6, 4)])
def test_short_columns_that_the_file_draws_line_by_line_across_are_columns(sizes):
    left, right = (
        [*textwrap.wrap(text, 38)[: count - 1], "och mer av det i varje kommun."]
        for text, count in zip((PROSE[0], PROSE[1]), sizes, strict=True)
    )
    rows = "".join(
        f"#place(dx: 0mm, dy: {5 * n}mm)[{a}]#place(dx: 62mm, dy: {5 * n}mm)[{b}]\n"
        for n, (a, b) in enumerate(itertools.zip_longest(left, right, fillvalue=""))
    )
    block = f"#block(height: {5 * max(sizes)}mm)[{rows}]"
    raw = read(f"{PAGE}= Program\n{PROSE[3]}\n\n#text(size: 8pt)[{block}]\n\n{PROSE[2]}")
    assert " ".join(counted(raw)) == " ".join([PROSE[3], *left, *right, PROSE[2]])


@pytest.mark.parametrize("count", [3, 5])
def test_short_rows_in_small_letters_that_are_no_sentences_stay_rows(count):
    cells = [(f"fler bussar till {place}", f"nästa år i {place}") for place in PLACES[:count]]
    rows = "".join(
        f"#place(dx: 0mm, dy: {5 * n}mm)[{a}]#place(dx: 62mm, dy: {5 * n}mm)[{b}]\n"
        for n, (a, b) in enumerate(cells)
    )
    raw = read(f"{PAGE}= Program\n#text(size: 8pt)[{rows}]")
    assert counted(raw) == [f"{a} | {b}" for a, b in cells]
