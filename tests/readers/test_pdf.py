"""PDF: pages, lines, columns, hyphens, what belongs to pages, and files that are no text."""

from __future__ import annotations

import pytest
from files_making import Page, blocks, documents, pdf
from reading import assert_law

from progsearch.errors import ProgsearchError
from progsearch.model import Fact, Origin
from progsearch.readers.pdf.hyphens import Vocabulary, hyphenless
from progsearch.segmentation import segment

pytest.importorskip("pypdfium2")

SENTENCES = (
    "Vi vill att alla ska kunna lita på att vården finns nära när man behöver den som",
    "mest, och att ingen ska behöva vänta längre än vad som är rimligt för behandling.",
)


def read(data, name="program.pdf"):
    (raw,) = documents(name, data)
    assert raw.format == "pdf"
    assert_law(raw)
    return raw


def passages(raw):
    return segment(raw, "d", lang=Fact("sv", Origin.STATED)).passages


def body(page, y=700, *more):
    return page.lines(72, y, *SENTENCES, *more)


def test_headings_by_size_and_weight_items_and_paragraphs():
    page = Page().text(72, 780, "Ett program för länet", 24).text(72, 740, "Vård", 16)
    body(page)
    page.text(72, 660, "Fler läkare", font="F2")
    page.text(72, 636, "\u2022").text(90, 636, "Fler utbildningsplatser för läkare och")
    page.text(90, 624, "sjuksköterskor i hela länet.")
    page.text(72, 600, "\u2022").text(90, 600, "Kortare köer.")
    raw = read(pdf(page))
    assert raw.meta["title"] == "Ett program för länet"
    assert blocks(raw) == [
        ("heading", 1, "Ett program för länet"),
        ("heading", 2, "Vård"),
        ("paragraph", 0, "\n".join(SENTENCES)),
        ("heading", 7, "Fler läkare"),
        ("item", 1, "Fler utbildningsplatser för läkare och\nsjuksköterskor i hela länet."),
        ("item", 1, "Kortare köer."),
    ]


def test_places_are_pages_and_lines_and_furniture_is_left_out():
    pages = []
    for number in range(1, 5):
        page = Page().text(72, 810, "Länets program", 9).text(290, 20, str(number), 9)
        words = ("ett", "två", "tre", "fyra")[number - 1]
        page.lines(72, 700, f"Kapitel {words} handlar om annat:", *SENTENCES)
        pages.append(page.text(72, 600, f"Sista raden i {words}."))
    raw = read(pdf(*pages))
    assert "Länets program" not in raw.text
    found = passages(raw)
    assert {one.page for one in found} == {1, 2, 3, 4}
    # The running head is the first line of a page, although it is not read.
    second = next(one for one in found if one.page == 2)
    assert (second.line, second.end_line) == (2, 2)
    assert len(raw.pages) == 4


def test_a_paragraph_goes_on_overleaf_and_is_found_where_it_begins():
    first = body(Page(), 100).text(
        72, 76, "Det här är en mening som inte är slut på den här sidan utan fort"
    )
    second = Page().text(72, 780, "sätter på nästa och slutar där.").text(72, 700, "Nytt stycke.")
    found = passages(read(pdf(first, second)))
    assert [(one.page, one.line, one.end_line) for one in found] == [(1, 1, 3), (2, 2, 2)]


def test_columns_are_read_one_after_the_other():
    page = Page().text(72, 800, "Rubrik över båda spalterna som är bred nog för hela sidan", 18)
    left = [f"vänster rad nummer {n} med ord som fyller ut" for n in range(8)]
    right = [f"höger rad nummer {n} med ord som fyller ut" for n in range(8)]
    page.lines(72, 740, *left).lines(310, 740, *right)
    text = read(pdf(page)).text
    assert text.index("vänster rad nummer 7") < text.index("höger rad nummer 0")


def test_cells_of_a_table_are_read_row_by_row():
    page = body(Page(), 780)
    for row in range(6):
        page.text(72, 700 - 14 * row, f"Post {row}").text(400, 700 - 14 * row, f"{row} 000")
    text = read(pdf(page)).text
    assert text.index("0 000") < text.index("Post 1")


def test_hyphens_of_broken_words_are_undone():
    page = Page().lines(
        72,
        700,
        "Vi vill att alla ska kunna lita på att sjukvården finns nära när man behöver pro-",
        "gram för hälso-",
        "och sjukvården.",
    )
    assert "behöver program\n" in read(pdf(page)).text


@pytest.mark.parametrize(
    ("lines", "words", "whole"),
    [
        (["ett pro-", "gram för"], "", ["ett program", "för"]),
        (
            ["det social-", "demokratiska i"],
            "social-demokratiska",
            ["det social-demokratiska", "i"],
        ),
        (["hälso-", "och sjukvård"], "", ["hälso- och", "sjukvård"]),
        (["Sverige-", "Norge"], "", ["Sverige-", "Norge"]),
        (["ett pro\u00ad", "gram"], "", ["ett program", ""]),
        (["1990-", "talet"], "", ["1990-", "talet"]),
        (["en BNP-", "tillväxt"], "", ["en BNP-tillväxt", ""]),
        (["god vil-", "ja finns"], "vilja", ["god vilja", "finns"]),
        (["god high\u00ad", "tech"], "high-tech", ["god high-tech", ""]),
        (["ett gemen-", "samt ansvar"], "gemensamma", ["ett gemensamt", "ansvar"]),
        (["på forsknings-", "samt vård"], "forskning", ["på forsknings- samt", "vård"]),
        (["uusi opetta-", "ja tulee"], "opettajat", ["uusi opettaja", "tulee"]),
        (["sosiaali-", "ja terveys"], "sosiaali", ["sosiaali- ja", "terveys"]),
        (
            ["fordert Fami-", "lien- statt Ge-", "walt"],
            "",
            ["fordert Familien- statt", "Gewalt", ""],
        ),
        (["der Son-", "der- und Zu-", "satz"], "", ["der Sonder- und", "Zusatz", ""]),
        (["KOMMUNAL-", "POLITIK"], "kommunalpolitik", ["KOMMUNALPOLITIK", ""]),
        (["EU-", "KOMMISSION"], "eu", ["EU-", "KOMMISSION"]),
        (["der Son-", "der-", "aus-", "gaben"], "", ["der Sonderausgaben", "", "", ""]),
    ],
)
def test_which_hyphens_go(lines, words, whole):
    assert hyphenless(lines, Vocabulary(words.split())) == whole


def test_a_line_of_contents_is_no_text():
    page = body(Page()).text(72, 600, "Inledning ............................ 3")
    assert ("contents", 0, "Inledning ............................ 3") in blocks(read(pdf(page)))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pdf(body(Page()), encrypt=True), "encrypted"),
        (pdf(Page().picture(), Page().picture()), "scan"),
        (pdf(Page()), "no text"),
        (b"%PDF-1.7\n%", "damaged"),
        (pdf(body(Page()))[:400], "damaged|no text"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("program.pdf", data)
    assert caught.value.where == "corpus/program.pdf"
    assert caught.value.remedy


def test_a_page_that_is_a_picture_is_noted():
    raw = read(pdf(body(Page()), Page().picture()))
    assert "1 of 2 pages are pictures" in raw.notes[0]


def test_the_head_tells_the_format_before_the_suffix():
    assert read(pdf(body(Page())), "program.txt").blocks


def test_many_pages_do_not_add_up_in_memory():
    import tracemalloc

    texts = (
        [f"Rad {line} av sida {n} har sina egna ord." for line in range(3)] for n in range(300)
    )
    data = pdf(*(Page().lines(72, 760, *lines) for lines in texts))
    tracemalloc.start()
    raw = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(raw.pages) == 300
    assert peak < 4_000_000
