"""Pages of the web: the article and what stands around it."""

from __future__ import annotations

import pytest
from files_making import documents
from reading import assert_law

from progsearch.blocks.lines import line_of, line_starts
from progsearch.errors import ProgsearchError
from progsearch.model import Fact, Origin, Shape
from progsearch.segmentation import segment

pytest.importorskip("trafilatura")

ARTICLE = """<!DOCTYPE html>
<html lang="sv-SE">
<head><meta charset="utf-8"><title>Kortare köer | Partiet</title>
<meta property="article:published_time" content="2024-03-05T08:00:00+01:00">
<meta name="author" content="Eva Ek"><script>var text = "inte text";</script></head>
<body>
<header><a href="/">Partiet</a></header>
<nav><ul><li><a href="/politik">Politik</a></li><li><a href="/om">Om partiet</a></li></ul></nav>
<main><article>
<h1>Kortare köer</h1>
<p>Vi vill att alla ska få vård inom en vecka, och att ingen ska behöva
ringa flera gånger för att få en tid hos sin vårdcentral.</p>
{% include banner.html %}
<h2>Fler utbildningsplatser</h2>
<p>1. Vi bygger ut sjuksköterskeutbildningen med hundra platser i länet.</p>
<ul><li>Bättre arbetsvillkor för alla som arbetar natt på sjukhusen.</li>
<li>Högre lön efter fem år i samma verksamhet.</li></ul>
<p>Det här kostar pengar, men det kostar mer att låta bli att göra något.</p>
</article></main>
<aside><h2>Läs också</h2><p>Vår budget för nästa år presenteras i fullmäktige.</p></aside>
<footer><p>Kontakta oss på kansliet, Storgatan 1, 123 45 Staden.</p></footer>
</body></html>
"""


def read(text, name="sida.html"):
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (raw,) = documents(name, data)
    assert raw.format == "html"
    assert_law(raw)
    return raw


def texts(raw, *shapes):
    return [
        " ".join(raw.text[block.start : block.end].split())
        for block in raw.blocks
        if block.shape.value in shapes
    ]


def test_the_article_is_told_from_what_stands_around_it():
    raw = read(ARTICLE)
    assert texts(raw, "heading") == ["Kortare köer", "Fler utbildningsplatser"]
    assert [text[:13] for text in texts(raw, "paragraph")] == [
        "Vi vill att a",
        "Det här kosta",
    ]
    assert [text[:10] for text in texts(raw, "item")] == ["Vi bygger ", "Bättre arb", "Högre lön "]
    around = " ".join(texts(raw, "navigation"))
    assert all(word in around for word in ("Om partiet", "budget", "Storgatan"))


def test_a_table_of_the_article_is_read_row_by_row():
    rows = "<tr><td>Primärvård i hela länet</td><td>120</td></tr><tr><td>1</td><td>2</td></tr>"
    table = f"<table><tr><th>Område</th><th>Miljoner kronor</th></tr>{rows}</table>"
    raw = read(ARTICLE.replace("<p>Det här", f"{table}<p>Det här"))
    assert texts(raw, "table head") == ["Område | Miljoner kronor"]
    assert "Primärvård i hela länet | 120" in texts(raw, "paragraph")
    assert "1 | 2" in texts(raw, "navigation")


def test_the_page_states_its_facts():
    meta = read(ARTICLE).meta
    assert meta["title"] == "Kortare köer"
    assert (meta["date"], meta["lang"], meta["author"]) == ("2024-03-05", "sv-SE", ["Eva Ek"])


def test_a_date_in_the_text_is_not_that_of_the_page():
    page = ARTICLE.replace("2024-03-05T08:00:00+01:00", "")
    assert "date" not in read(page.replace("en vecka", "en vecka från den 3 maj 2019")).meta


def test_places_are_lines_of_the_file():
    raw = read(ARTICLE)
    starts = line_starts(raw.text)
    lines = {
        raw.text[block.start : block.start + 9]: raw.lines[line_of(starts, block.start) - 1]
        for block in raw.blocks
    }
    assert lines["Kortare k"] == 10
    assert lines["Bättre ar"] == 16


def test_scripts_and_liquid_are_no_text():
    blocks = " ".join(texts(read(ARTICLE), "paragraph", "item", "navigation", "heading"))
    assert "include" not in blocks
    assert "var" not in blocks.split()
    assert "DOCTYPE" not in blocks


def test_a_page_in_which_no_article_is_found_is_taken_whole():
    raw = read("<html><body><p>Kort.</p><footer>Fot</footer></body></html>")
    assert texts(raw, "paragraph") == ["Kort."]
    assert texts(raw, "navigation") == ["Fot"]


@pytest.mark.parametrize("charset", ["windows-1250", "iso-8859-2"])
def test_the_encoding_is_the_one_that_the_page_names(charset):
    page = ARTICLE.replace("utf-8", charset).replace("Kortare köer", "Šťastné děti")
    page = page.replace("å", "a").replace("Å", "A")
    raw = read(page.encode(charset))
    assert raw.meta["title"] == "Šťastné děti"
    assert charset in raw.notes[0]


def test_a_page_without_text_is_refused():
    with pytest.raises(ProgsearchError, match="no text") as caught:
        documents("sida.html", b"<html><body></body></html>")
    assert caught.value.remedy


@pytest.mark.parametrize("cut", range(200, len(ARTICLE), 150))
def test_a_page_that_is_cut_off_is_read_as_far_as_it_goes(cut):
    data = ARTICLE[:cut].encode()
    refusal = None
    try:
        for raw in documents("sida.html", data):
            assert_law(raw)
    except ProgsearchError as error:
        refusal = error
    assert refusal is None or refusal.remedy


def test_the_head_tells_the_format_before_the_suffix():
    assert read(ARTICLE, "sida.txt").blocks
    (raw,) = documents("del.html", b"<p>Bara en bit.</p>")
    assert raw.format == "markdown"


def test_many_comments_before_a_page_are_looked_at_once():
    (raw,) = documents("sida.html", b"<!-- a -->" * 1500 + b"<p>Text.</p>")
    assert raw.format == "markdown"


def test_a_missing_library_is_named(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ProgsearchError) as caught:
        documents("sida.html", ARTICLE.encode())
    assert caught.value.remedy == 'run: pip install "progsearch[html]"'


# -- parts that open, tables, entities


def page(inner):
    lead = "<p>Vi lägger fram vårt program för regionen efter samtal med dem som arbetar där.</p>"
    body = f"<body><main><h1>Program</h1>{lead}{inner}</main></body>"
    return f"<!doctype html><html lang='sv'>{body}</html>"


@pytest.mark.parametrize(
    "inner",
    [
        "<h3><button aria-expanded='false'>Vård</button></h3><div><p>{}</p></div>",
        "<h3><a role='button' href='#a'>Vård</a></h3><div id='a'><p>{}</p></div>",
        "<button class='accordion'>Vård</button><div class='panel'><p>{}</p></div>",
        "<details><summary>Vård</summary><p>{}</p></details>",
        "<details><summary><h3>Vård</h3></summary>{}</details>",
        "<details><summary><button>Vård</button></summary>{}</details>",
    ],
)
def test_what_opens_a_part_of_the_page_is_its_heading(inner):
    promise = "Vi bygger tre nya vårdcentraler."
    raw = read(page(inner.format(promise) + inner.replace("Vård", "Skola").format("Fler lärare.")))
    assert texts(raw, "heading") == ["Program", "Vård", "Skola"]
    assert texts(raw, "paragraph")[1:] == [promise, "Fler lärare."]


def test_other_buttons_are_no_headings():
    raw = read(page("<button>Dela</button><p>Vi bygger tre nya vårdcentraler.</p>"))
    assert texts(raw, "navigation") == ["Dela"]


def test_a_cell_beside_several_rows_stands_above_them():
    rows = (
        "<tr><th>Område</th><th>Åtgärd</th></tr><tr><td>Buss</td><td>Fler turer.</td></tr>"
        "<tr><td rowspan='2'>Vård</td><td>Nya sängar.</td></tr><tr><td>Fler läkare.</td></tr>"
        "<tr><td>Skola</td><td>Mindre klasser.</td></tr>"
    )
    raw = read(page(f"<table>{rows}</table>"))
    made = segment(raw, "d", title="Program", lang=Fact("sv", Origin.STATED))
    above = {one.text: one.headings for one in made.passages}
    head = ("Område | Åtgärd",)
    assert above["Buss | Fler turer."] == head
    assert above["Nya sängar."] == above["Fler läkare."] == (*head, "Vård")
    assert above["Skola | Mindre klasser."] == head


def test_neither_tags_nor_entities_are_in_the_text():
    raw = read(page("<p>V&#229;rd &amp; <b>oms</b>org f&ouml;r&nbsp;alla<br>i l&#xE4;net.</p>"))
    assert texts(raw, "paragraph")[1] == "Vård & omsorg för alla i länet."
    assert not set("<>&;") & set(raw.text.replace("Vård & omsorg", ""))


CONVERTED = """<html><head><title>Program 2021.indd</title>
<meta name="generator" content="pdftohtml 0.36"/><meta name="date" content="2019-03-05"/></head>
<body><a name=1></a><b>Valprogram</b><br/>
<b>Vård</b><br/>
Vi vill att alla ska få vård inom en vecka, och att ingen ska&#160;behöva<br/>
ringa flera gånger för att få en tid. Vi bygger nya vårdcentraler i<br/>
varje kommun.<br/>
2<br/>
<hr/>
<a name=2></a>Skolan ska få fler lärare, och varje klass ska få två av dem varje<br/>
dag.<br/>
</body></html>
"""

PLACED = """<!DOCTYPE html><html><head><title>a.pdf</title></head><body>
<!-- Page 1 --><div id="page1-div">
<p style="position:absolute;top:100px;left:90px" class="ft00"><b>Vård</b></p>
<p style="position:absolute;top:140px;left:90px" class="ft01">Vi vill att alla ska få vård</p>
<p style="position:absolute;top:160px;left:90px" class="ft01">inom en vecka.</p>
<p style="position:absolute;top:200px;left:90px" class="ft01">Vi bygger nya vårdcentraler i</p>
<p style="position:absolute;top:220px;left:90px" class="ft01">varje kommun.</p>
</div></body></html>
"""


def test_a_converted_pdf_is_joined_into_paragraphs():
    raw = read(CONVERTED)
    assert texts(raw, "heading") == ["Valprogram", "Vård"]
    first, second = texts(raw, "paragraph")
    assert first.endswith("varje kommun.")
    assert second.startswith("Skolan")
    assert second.endswith("dag.")
    assert "date" not in raw.meta
    assert raw.meta["title"] == "Valprogram"


def test_a_converted_pdf_whose_lines_have_places():
    raw = read(PLACED)
    assert texts(raw, "paragraph") == [
        "Vi vill att alla ska få vård inom en vecka.",
        "Vi bygger nya vårdcentraler i varje kommun.",
    ]
    starts = line_starts(raw.text)
    second = raw.blocks[-1].start
    assert raw.lines[line_of(starts, second) - 1] == 6


def test_a_paragraph_that_is_bold_stands_as_a_heading():
    raw = read(
        page(
            "<p><strong>Vård</strong></p><p>Vi bygger tre nya vårdcentraler.</p>"
            "<p><b>Vi bygger också skolor.</b></p><ul><li><b>Buss</b></li></ul>"
        )
    )
    assert texts(raw, "heading") == ["Program", "Vård"]
    assert texts(raw, "item") == ["Buss"]


def test_what_no_reader_of_a_page_sees_is_no_text():
    page = (
        "<html><body><h1>Program</h1><p>Vi bygger fler skolor i alla kommuner.</p><template><p>Mall"
        "</p></template><noscript>Switch it on</noscript><table><caption>Table 1</caption><tr><th>"
        "Where</th><th>What</th></tr><tr><td>Here</td><td>More schools for all</td></tr></table>"
        "<p>Vi sänker skatten för alla som arbetar.</p></body></html>"
    )
    raw = documents("a.html", page.encode())[0]
    shapes = {raw.text[b.start : b.end]: b.shape for b in raw.blocks}
    assert "Mall" not in shapes
    assert shapes["Switch it on"] is shapes["Table 1"] is Shape.NAVIGATION


@pytest.mark.parametrize(
    ("banner", "told"),
    [
        ('<div id="cookiescript_injected">{}</div>', False),
        ('<div class="cmp gdpr-box"><div>{}</div></div>', False),
        ('<div class="biscuits">{}</div>', True),
        ('<div class="cookie-page">{}' + "<!-- -->" * 4000 + "</div>", True),
    ],
)
def test_what_asks_for_consent_is_no_text_of_the_page(banner, told):
    asked = "Vi använder kakor för att ge dig en bättre upplevelse av sidan."
    promise = "Vi bygger fler skolor i alla kommuner och anställer fler lärare."
    page = f"<html><body><main><h1>Program</h1><p>{promise}</p></main>{{}}</body></html>"
    raw = documents("a.html", page.format(banner.format(f"<p>{asked}</p>")).encode())[0]
    counted = [raw.text[b.start : b.end] for b in raw.blocks if b.shape is Shape.PARAGRAPH]
    assert promise in counted
    assert (asked in counted) is told
