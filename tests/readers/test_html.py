"""Pages of the web: the article and what stands around it."""

from __future__ import annotations

import pytest
from files_making import documents
from reading import assert_law

from progsearch.blocks.lines import line_of, line_starts
from progsearch.errors import ProgsearchError

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
    assert texts(raw, "table head") == ["Område</th><th>Miljoner kronor"]
    assert "Primärvård i hela länet</td><td>120" in texts(raw, "paragraph")
    assert "1</td><td>2" in texts(raw, "navigation")


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
        raw.text[block.start : block.start + 9]: line_of(starts, block.start)
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
    assert caught.value.remedy == "pip install progsearch[html]"
