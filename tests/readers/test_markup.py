"""Markdown and HTML: where blocks begin and end, and what is a mark."""

from __future__ import annotations

import pytest
from reading import cut, read

from progsearch.blocks.marks import masked, plain


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("##  Nadpis ##\nText", [("heading", "Nadpis"), ("paragraph", "Text")]),
        ("##Nadpis", [("heading", "Nadpis")]),
        ("#značka", [("paragraph", "#značka")]),
        ("Nadpis\n===\nText", [("heading", "Nadpis"), ("paragraph", "Text")]),
        ("Nadpis\n---\nText", [("heading", "Nadpis"), ("paragraph", "Text")]),
        ("**1. Nadpis**<br>\nText", [("heading", "1. Nadpis"), ("paragraph", "Text")]),
        ("__Nadpis__\nText", [("heading", "Nadpis"), ("paragraph", "Text")]),
        ("**Celá věta.**\nText", [("paragraph", "**Celá věta.**\nText")]),
        ("**Konec**", [("paragraph", "Konec")]),
        ("<h2 class='a'>Nadpis</h2><br />Text", [("heading", "Nadpis"), ("paragraph", "Text")]),
        (
            "zalomený\nodstavec\n\ndruhý",
            [("paragraph", "zalomený\nodstavec"), ("paragraph", "druhý")],
        ),
        ("- a\n* b\n+ c\n• d", [("item", "a"), ("item", "b"), ("item", "c"), ("item", "d")]),
        ("- a\n-Bez mezery", [("item", "a"), ("item", "Bez mezery")]),
        ("-5 °C\n", [("paragraph", "-5 °C")]),
        ("a\n-- b", [("paragraph", "a\n-- b")]),
        ("1. a\n2) b\na) c", [("item", "a"), ("item", "b"), ("item", "c")]),
        ("konané\n10. a 11. října", [("paragraph", "konané\n10. a 11. října")]),
        ("16. prosince zasedli", [("paragraph", "16. prosince zasedli")]),
        ("- a\n  pokračuje\nlíně", [("item", "a\n  pokračuje\nlíně")]),
        ("- a\n\nmimo", [("item", "a"), ("paragraph", "mimo")]),
        ("> citát\n> dál", [("quote", "citát\n> dál")]),
        ("Řekl:\n> - bod", [("paragraph", "Řekl:"), ("item", "bod")]),
        ("– Vi gör det, sa Bo.", [("quote", "Vi gör det, sa Bo.")]),
        ("– ett\n– två", [("item", "ett"), ("item", "två")]),
        ("věta<br>Další", [("paragraph", "věta"), ("paragraph", "Další")]),
        ("věta<br>pokračuje", [("paragraph", "věta<br>pokračuje")]),
        ("a<br><br>b", [("paragraph", "a"), ("paragraph", "b")]),
        (
            "<ul><li>Vnější<ul>\n<li>Vnitřní\ndál</li></ul></li><li>Druhý</ul>konec",
            [
                ("item", "Vnější"),
                ("item", "Vnitřní\ndál"),
                ("item", "Druhý"),
                ("paragraph", "konec"),
            ],
        ),
        (
            "<dl><dt>Pojem</dt><dd>Výklad.</dd><dd>\n- bod</dd></dl>",
            [("heading", "Pojem"), ("item", "Výklad."), ("item", "bod")],
        ),
        (
            "<div class=x><button><h4>- Cíl</h4></button><blockquote a='b'>  \nText\n</blockquote>",
            [("heading", "Cíl"), ("quote", "Text")],
        ),
        ("<p>a<p>b", [("paragraph", "a"), ("paragraph", "b")]),
        (
            "Text <a href='x'>s <b>odkazem</b></a>",
            [("paragraph", "Text <a href='x'>s <b>odkazem</b></a>")],
        ),
        ("<b>Tučně</b> a <i>jinak</i>", [("paragraph", "<b>Tučně</b> a <i>jinak</i>")]),
        ("[Další informace](/jinde/)", [("navigation", "Další informace")]),
        ("**[Podrobně](/jinde/)**\n\n# A", [("navigation", "Podrobně"), ("heading", "A")]),
        ("Text <b>\n\n</b>jinde", [("paragraph", "Text"), ("paragraph", "jinde")]),
        ("*A* a *B*", [("paragraph", "*A* a *B*")]),
        ("<b>A</b> a <b>B</b>", [("paragraph", "<b>A</b> a <b>B</b>")]),
        ("* [Obsah](#a)", [("contents", "Obsah")]),
        ("Viz [web](http://a.cz) zde", [("paragraph", "Viz [web](http://a.cz) zde")]),
        ("https://a.cz/b", [("navigation", "https://a.cz/b")]),
        ("![obrázek](a.jpg \"popis\")\n{% asset 'b' alt='c' %}{{ d }}", []),
        ("<!-- skryté\n\nslovo --> vidět", [("paragraph", "vidět")]),
        ("<script>var a = 1;</script><style>p {}</style>", []),
        ('Text{:target="_blank"}\n[1]: http://a.cz', [("paragraph", "Text")]),
        ("| A | B |\n|---|---|\n| c | d |", [("table head", "A | B"), ("paragraph", "c | d")]),
        ("a\n***\nb", [("paragraph", "a"), ("paragraph", "b")]),
        ("```\nkód\n```", [("paragraph", "kód")]),
        ("\u200bNe\u00advi\u0301dan\u00e9\u200b", [("paragraph", "Ne\u00advi\u0301dan\u00e9")]),
        ("&nbsp;\n\na", [("paragraph", "a")]),
        ("3 < 4 a 5 > 2", [("paragraph", "3 < 4 a 5 > 2")]),
        ("<!-- neuzavřené slovo", [("paragraph", "<!-- neuzavřené slovo")]),
    ],
)
def test_markup_is_cut_into_blocks(text, blocks):
    assert cut(f"---\ntitle: x\n---\n\n{text}") == blocks


def test_levels_of_nested_items_and_headings():
    raw = read(
        "# a\n\n### b\n\n- c\n  - d\n    - e\n- f\n\n**g**\nh\n\n<ul><li>i<ul><li>j</ul></ul>"
    )
    assert [block.level for block in raw.blocks] == [1, 3, 1, 2, 3, 1, 7, 0, 1, 2]


def test_the_paragraph_below_a_title_is_the_lead():
    raw = read("# Titul\n\nÚvod.\n\nDál.")
    assert raw.meta == {"title": "Titul"}
    assert [block.label for block in raw.blocks] == ["", "lead", ""]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Tučně** a _šikmo_", "Tučně a šikmo"),
        ("[odkaz](http://a.cz/b_c) dál", "odkaz dál"),
        ("a&nbsp;b &amp; c", "a b & c"),
        ("slo\u00advo\u200b", "slovo"),
        ("snake_case", "snake_case"),
        ("<a href='x'>b</a><br>c", "b c"),
    ],
)
def test_plain_text_has_no_marks(text, words):
    assert plain(text) == words


def test_masking_keeps_every_place():
    text = "a <!-- b\nc --> {% d %} ![e](f) g"
    assert masked(text) == "a       \n                      g"
