"""Quotations with the name of who says them below, and words that are set large."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.commitment import told
from progsearch.model import Fact, Origin, Passage
from progsearch.segmentation import segment

TEXT = "We will build 500 homes for the young families of our town."
SAID = "We will freeze rents."
OPEN = f"<blockquote><p>{SAID}</p>"
PULL = "<figure class=wp-block-pullquote>"


def passages(name: str, inside: str) -> list[Passage]:
    page = (
        f"<!doctype html><body><main><h1>Plan</h1><p>{TEXT}</p>{inside}<p>It is cheap.</p></main>"
    )
    text = page if name == "a.html" else f"# Plan\n\n{TEXT}\n\n{inside}\n\nIt is cheap.\n"
    raw = readers.read(name, text.encode())
    return list(told(segment(raw, "d", lang=Fact("en", Origin.DEFAULT)).passages, "en"))


@pytest.mark.parametrize(
    ("name", "inside", "office", "party"),
    [
        (
            "a.html",
            f"{OPEN}<footer>— <cite>Cat Mid, mayor</cite></footer></blockquote>",
            "mayor",
            "",
        ),
        ("a.html", f"{OPEN}<p>— Cat Mid, mayor of X</p></blockquote>", "mayor of X", ""),
        ("a.html", f"<blockquote>{SAID}<br>– Cat Mid (Greens)</blockquote>", "", "Greens"),
        ("a.html", f"<blockquote>{SAID} <cite>Cat Mid</cite></blockquote>", "", ""),
        ("a.html", f"<figure>{OPEN}</blockquote><figcaption>Cat Mid</figcaption>", "", ""),
        ("a.html", f"{PULL}{OPEN}<cite>Cat Mid</cite></blockquote>", "", ""),
        ("a.md", f"> {SAID}\n> — Cat Mid, mayor", "mayor", ""),
        ("a.md", f"> {SAID}\n>\n> -- Cat Mid", "", ""),
        ("a.md", f"> {SAID}\n\n— Cat Mid, mayor", "mayor", ""),
    ],
)
def test_a_name_below_a_quotation_says_it(name: str, inside: str, office: str, party: str) -> None:
    quotations = [one for one in passages(name, inside) if one.role == "quotation"]
    assert [one.text for one in quotations] == [SAID]
    speaker = quotations[0].speaker
    assert speaker is not None
    assert (speaker.name, speaker.office, speaker.party) == ("Cat Mid", office, party)


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("a.html", f"{OPEN}</blockquote>"),
        ("a.html", f"{OPEN}</blockquote><figure><figcaption>Cat Mid</figcaption></figure>"),
        ("a.html", f"{OPEN}<p>– And we will build.</p></blockquote>"),
        ("a.md", f"> {SAID}"),
        ("a.md", f"> {SAID}\n> - Cat Mid"),
    ],
)
def test_without_a_name_it_is_a_statement(name: str, inside: str) -> None:
    (one,) = (one for one in passages(name, inside) if one.text == SAID)
    assert (one.role, one.speaker) == ("statement", None)


def test_a_name_is_said_of_its_own_quotation_only() -> None:
    found = passages(
        "a.md", f"> It is late.\n\nThen.\n\n> {SAID}\n>\n> We mean it.\n>\n> — Cat Mid"
    )
    assert [one.text for one in found if one.role == "quotation"] == [SAID, "We mean it."]


@pytest.mark.parametrize(
    ("inside", "counted"),
    [
        ("<blockquote class=wp-block-pullquote><p>500 homes for the young</p></blockquote>", 0),
        ("<p class='has pull-quote'>We will build 500 homes</p>", 0),
        ("<p class='pull-quote'>We will build 900 homes</p>", 1),
        ("<p>We will build 500 homes</p>", 1),
    ],
)
def test_words_that_are_lifted_out_of_a_text_count_once(inside: str, counted: int) -> None:
    found = [one for one in passages("a.html", inside) if one.text != TEXT and "homes" in one.text]
    assert len([one for one in found if one.text != "Plan"]) == counted
