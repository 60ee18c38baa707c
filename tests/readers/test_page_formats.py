"""Pages of news, plain text and text from PDF."""

from __future__ import annotations

import pytest
from reading import assert_law, cut, read

from progsearch.readers.text.prose import number_of

NEWS = """Fler nyheter

den 3 mars 2021

Ny mottagning öppnar i Tingsryd

Mottagningen får fyra läkare och ska ta emot patienter från hela länet redan i höst.

Det blir bra, säger Eva Ek (C), ordförande i nämnden.

Så gick det till

Beslutet togs i går efter en lång debatt.

- en lista
- med två rader

Mer om mottagningen



Relaterade nyheter

Kö till tandvården

1 mars 2021

Kön är lång.

Vaccin i Alvesta

28 februari 2021

Alla får komma...
"""


def test_a_page_of_news():
    raw = read(NEWS, "n.txt")
    assert_law(raw)
    assert raw.meta == {"title": "Ny mottagning öppnar i Tingsryd", "date": "2021-03-03"}
    assert [block.shape.value for block in raw.blocks] == [
        *("navigation", "byline", "heading", "paragraph", "paragraph", "heading", "paragraph"),
        *("item", "item", "navigation", "navigation", "teaser", "teaser"),
    ]
    assert [block.label for block in raw.blocks].index("lead") == 3
    teaser = raw.blocks[-1]
    assert (
        raw.text[teaser.start : teaser.end]
        == "Vaccin i Alvesta\n\n28 februari 2021\n\nAlla får komma..."
    )


def test_news_with_the_title_above_the_date():
    raw = read(
        "Hejtman slibuje lékaře\n\n3. března 2021\n\nPrvní věta článku je dlouhá.\n", "n.txt"
    )
    assert raw.meta == {"title": "Hejtman slibuje lékaře", "date": "2021-03-03"}
    assert [block.shape.value for block in raw.blocks] == ["heading", "byline", "paragraph"]


def test_related_news_without_dates_are_teasers_each():
    raw = read("3 mars 2021\n\nRubrik\n\nEn mening.\n\nRelaterade nyheter\n\nEtt\n\nTvå\n", "n.txt")
    assert [block.shape.value for block in raw.blocks][-3:] == ["navigation", "teaser", "teaser"]


def test_plain_text_with_indented_paragraphs():
    text = (
        "• En budget för länet\n\n  I dag kom\u00a0budgeten.\n\n \u00a0\n\n  Korta köer\n\n"
        "  Köerna är långa.\n  De ska kortas.\n\n  Skolan\n\n  Vi bygger ut.\n"
    )
    raw = read(text, "b.txt")
    assert raw.meta == {"title": "En budget för länet"}
    assert cut(text, "b.txt") == [
        ("heading", "En budget för länet"),
        ("paragraph", "I dag kom\u00a0budgeten."),
        ("heading", "Korta köer"),
        ("paragraph", "Köerna är långa."),
        ("paragraph", "De ska kortas."),
        ("heading", "Skolan"),
        ("paragraph", "Vi bygger ut."),
    ]


PDF = """<!-- Vårt program | antaget 2024-05-18 | https://example.org/p.pdf -->
Vårt program
Antaget den 18 maj 2024
Innehåll
1. Vården
1.1 Köerna i vården
2. Skolan
1. Vården
Vården ska vara nära alla människor i hela landet och den ska kännas trygg för
dem som behöver den mest. Barnmor-
skor ska finnas i varje län.
Vårt program | 2
Det gäller också på landet, där avstånden är långa och där bussen går sällan om
1.1 Köerna i vården
Köerna ska kortas med 100
000 besök, enligt en plan som ska gälla i hela landet och som ska vara klar när
året är slut.
3
fortsatt.
2. Skolan
Vi vill se följande i alla skolor:
• fler lärare i varje klass och mindre klasser i de skolor där många elever ska få
stöd
• en skolsköterska
"""


def test_text_from_a_pdf():
    raw = read(PDF + "Vårt program | 4\n" * 4, "p.txt")
    assert_law(raw)
    assert raw.meta == {
        "header": "Vårt program | antaget 2024-05-18 | https://example.org/p.pdf",
        "title": "Vårt program",
        "date": "2024-05-18",
        "date_label": "antaget",
        "url": "https://example.org/p.pdf",
    }
    blocks = [(b.shape.value, raw.text[b.start : b.end].split("\n")[0]) for b in raw.blocks]
    assert blocks[:-1] == [
        ("heading", "Vårt program"),
        ("byline", "Antaget den 18 maj 2024"),
        ("contents", "Innehåll"),
        ("heading", "1. Vården"),
        (
            "paragraph",
            "Vården ska vara nära alla människor i hela landet och den ska kännas trygg för",
        ),
        ("navigation", "Vårt program | 2"),
        (
            "paragraph",
            "Det gäller också på landet, där avstånden är långa och där bussen går sällan om",
        ),
        ("heading", "1.1 Köerna i vården"),
        ("paragraph", "Köerna ska kortas med 100"),
        ("navigation", "3"),
        ("paragraph", "fortsatt."),
        ("heading", "2. Skolan"),
        ("paragraph", "Vi vill se följande i alla skolor:"),
        (
            "item",
            "fler lärare i varje klass och mindre klasser i de skolor där många elever ska få",
        ),
        ("item", "en skolsköterska"),
    ]


def test_running_heads_are_no_headings_and_end_no_heading():
    page = (
        "Vården i {0}\nVården i {0} ska vara nära alla människor och den ska kännas trygg för den\n"
        "Vårt program\nsom behöver den mest i hela {0}.\n"
    )
    pages = [page.format(place) for place in ("Kalmar", "Skövde", "Lund", "Gävle")]
    raw = read("<!-- P | x -->\nP\n" + "".join(pages), "p.txt")
    shapes = [(block.shape.value, raw.text[block.start : block.end]) for block in raw.blocks]
    assert shapes.count(("navigation", "Vårt program")) == 4
    assert ("heading", "Vården i Lund") in shapes
    assert ("paragraph", "som behöver den mest i hela Lund.") in shapes


def test_short_lines_in_a_row_are_a_list_and_not_headings():
    text = (
        "<!-- P | x -->\nP\nVi som har skrivit det här programmet är följande.\n"
        "Eva Ek, ledamot\nBo Al, ledamot\nIda Asp, ledamot\nSlutord\nTack för allt.\n"
    )
    assert [shape for shape, _ in cut(text, "p.txt")][2:] == ["item"] * 3 + ["heading", "paragraph"]


def test_the_comment_of_a_motion():
    raw = read(
        "<!-- Budgetmotion 2025/26:99 (LU) | inlämnad 2025-10-07 | dok_id HX01 -->\n"
        "Motion till riksdagen\n2025/26:99\nav Eva Ek m.fl. (LU)\nEtt land för alla\n"
        "Sammanfattning\nSverige kan bättre än så här.\n",
        "m.txt",
    )
    assert {key: raw.meta[key] for key in ("party", "reference", "doc_id", "date", "author")} == {
        "party": "LU",
        "reference": "2025/26:99",
        "doc_id": "HX01",
        "date": "2025-10-07",
        "author": "Eva Ek",
    }
    assert raw.meta["title"] == "Ett land för alla"
    assert raw.meta["reference_kind"] == "Budgetmotion"


@pytest.mark.parametrize(
    ("text", "number"),
    [("2.1 Vården", "2.1"), ("KAPITEL 3. Skolan", "3"), ("6 i motionen", ""), ("Vården", "")],
)
def test_numbers_of_headings(text, number):
    assert number_of(text) == number
