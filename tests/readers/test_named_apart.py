"""Numbers that count, names below quotations, words for a kind, and offices before names."""

from __future__ import annotations

import pytest
from files_making import documents
from reading import assert_law

from progsearch.model import Fact, Origin
from progsearch.normalise import normalise
from progsearch.segmentation import segment

PAGE = "<!DOCTYPE html><html lang='en'><body><main>{}</main></body></html>"
LEAD = "<p>Labour will cut waiting times with forty thousand more appointments every week.</p>"


def passages(body, name="a.html"):
    page = body
    if name == "a.html":
        page = PAGE.format(f"<h1>Plan</h1>{LEAD}{body}")
    (raw,) = documents(f"corpus/{name}", page.encode())
    assert_law(raw)
    return raw, segment(raw, "d", title="Plan", lang=Fact("en", Origin.STATED)).passages


ITEM = "<div><span class='num'>{}</span><span>{}</span><p>with rules.</p></div>"


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (
            ITEM.format(1, "Deliver growth") + ITEM.format(2, "Cut waits"),
            ["Deliver growth", "Cut waits"],
        ),
        (ITEM.format("1.", "Deliver growth") + ITEM.format("2.", "Cut waits"), ["Deliver growth"]),
        (
            (
                "<h3><b>1</b><span>Growth here</span></h3><p>A.</p><h3><b>2</b><span>Waits"
                "</span></h3><p>B.</p>"
            ),
            ["Growth here", "Waits"],
        ),
        # Figures, which are a part of what is said.
        (
            ITEM.format(500, "Teachers more") + ITEM.format(30, "Schools more"),
            ["500 Teachers more"],
        ),
        (ITEM.format(1, "Deliver growth"), ["1 Deliver growth"]),
        (ITEM.format("40,000", "more appointments"), ["40,000 more appointments"]),
        ("<p>On the <b>1</b><i>st</i> of May.</p>", ["On the 1st of May."]),
        ("<p>A <b>5</b><i>km</i> road.</p>", ["A 5km road."]),
    ],
)
def test_a_number_in_an_element_of_its_own_stands_apart(body, texts):
    found = [one.text for one in passages(body)[1]]
    assert [text for text in texts if text not in found] == []


def test_a_number_that_counts_is_the_mark_of_its_text():
    found = passages(ITEM.format(1, "Deliver growth") + ITEM.format(2, "Cut waits"))[1]
    assert [one.mark for one in found if one.text in ("Deliver growth", "Cut waits")] == [
        "1.",
        "2.",
    ]


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        (
            "<p><em>“We will not stop.”</em><br>— Keir Starmer, Leader of the Labour Party</p>",
            "Keir Starmer",
        ),
        ("<p>„Wir werden nicht ruhen.“</p><p>– Anna Muster, Vorsitzende</p>", "Anna Muster"),
        ("<p>“We will not stop.”</p><p>Keir Starmer, Leader of the Labour Party</p>", None),
        ("<p>We call it “growth”</p><p>— Keir Starmer, Leader</p>", None),
    ],
)
def test_who_is_named_below_a_quotation_says_it(body, speaker):
    found = [one for one in passages(body)[1] if one.text[0] in "“„W"]
    assert [one.speaker.name if one.speaker else None for one in found] == [speaker]


RELEASE = (
    "{}\nBerlin, 12. April 2024\n{}\n\nWir deckeln die Mieten überall\n\nDie Mieten steigen.\n"
)


@pytest.mark.parametrize("number", ["Nr. 34/2024", "", "No. 12"])
@pytest.mark.parametrize(
    "word", ["PRESSEMITTEILUNG", "Pressmeddelande", "Tisková zpráva", "Press Release", "Tiedote"]
)
def test_the_word_for_a_kind_is_no_title(word, number):
    raw, found = passages(RELEASE.format(word, number), "a.txt")
    assert raw.meta["title"] == "Wir deckeln die Mieten überall"
    assert [one.role.value for one in found if one.text == word] == ["byline"]


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_of_headings_the_next_one_is_the_title(name):
    text = {
        "a.md": "# Pressemitteilung\n\n## Mieten deckeln\n\nDie Mieten steigen überall.\n",
        "a.html": "<!DOCTYPE html><html><body><main><h1>Pressemitteilung</h1>"
        "<h2>Mieten deckeln</h2>{LEAD}</main></body></html>",
    }
    (raw,) = documents(f"corpus/{name}", text[name].encode())
    options = {"defaults": {}, "given": {}, "people": {}, "detect": lambda _: "de"}
    assert normalise(raw, path=f"c/{name}", content_hash="x", **options).title == "Mieten deckeln"
