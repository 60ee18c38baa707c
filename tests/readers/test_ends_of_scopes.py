"""Where what stands above a text ends: heads, lists that are led in, folds, cells, articles."""

from __future__ import annotations

import pytest
from files_making import blocks, documents

from progsearch.model import Fact, Origin
from progsearch.segmentation import segment


def under(raw):
    """The passages with what stands above each."""
    found = segment(raw, "d", lang=Fact("sv", Origin.STATED)).passages
    return [(one.headings, one.text) for one in found if one.role != "heading"]


@pytest.mark.parametrize("end", ["---", "...", "... "])
def test_front_matter_ends_at_dashes_and_at_dots(end):
    (raw,) = documents("a.md", f"---\ntitle: Bydlení\n{end}\nPostavíme byty.\n".encode())
    assert raw.meta["title"] == "Bydlení"
    assert not raw.notes
    assert [text for _, _, text in blocks(raw)] == ["Postavíme byty."]


def test_what_follows_a_fold_stands_under_the_heading_before_it():
    page = (
        b"<h2>Omraden</h2>\n<details><summary>Skola</summary><p>Fler larare.</p></details>\n"
        b"<p>Rosta pa oss.</p>\n"
    )
    (raw,) = documents("a.md", page)
    assert under(raw) == [(("Omraden", "Skola"), "Fler larare."), (("Omraden",), "Rosta pa oss.")]


def test_codes_of_plugins_are_no_text_and_brackets_that_people_write_are():
    feed = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>A</title>'
        '<wp:status>publish</wp:status><content:encoded><![CDATA[[caption id="x"]Bild[/caption]\n\n'
        "Vi bygger [sic] broar.]]></content:encoded></item></channel></rss>"
    )
    (raw,) = documents("a.xml", feed.encode())
    assert [text for _, _, text in blocks(raw)] == ["Bild", "Vi bygger [sic] broar."]


def test_numbered_paragraphs_with_sentences_inside_are_no_headings():
    text = (
        "Avtal\n\n154. Vi inför en ny ordning. Den gäller alla i hela\nlandet från nästa år.\n\n"
        "155. Vi bygger sjukhus.\n"
    )
    (raw,) = documents("a.txt", text.encode())
    assert [shape for shape, _, _ in blocks(raw)] == ["heading", "item", "item"]
