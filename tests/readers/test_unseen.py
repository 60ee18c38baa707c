"""What a page strikes out or never shows is no promise."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.blocks.unseen import unstruck
from progsearch.commitment import told
from progsearch.model import Fact, Origin
from progsearch.promises import diff
from progsearch.promises.sides import side_of_files
from progsearch.scope import Filters
from progsearch.segmentation import segment

FIRST = "We will build 500 new homes for young families in the town."
SECOND = "We will sell the park."


def commitments(name: str, text: str) -> dict[str, str]:
    raw = readers.read(name, text.encode())
    cut = segment(raw, "d", lang=Fact("en", Origin.DEFAULT))
    return {one.text: one.commitment for one in told(cut.passages, "en")}


def page(inside: str) -> str:
    return f"<!doctype html><html lang=en><body><main><h1>Plan</h1><p>{FIRST}</p>{inside}</main>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<ul><li><del>{SECOND}</del></li></ul>",
        f"<p><s>{SECOND}</s></p>",
        f"<p><strike>{SECOND}</strike></p>",
        f"<ul><li style='text-decoration: line-through'>{SECOND}</li></ul>",
        f"<p><span style='color:red;text-decoration-line:line-through'>{SECOND}</span></p>",
        f"<del><p>{SECOND}</p><p>We will end it.</p></del>",
        "<ul><del><li>We will <b>sell</b> the park.</li></del></ul>",
    ],
)
def test_what_a_page_strikes_out_promises_nothing(inside: str) -> None:
    found = commitments("a.html", page(inside))
    assert found.pop(FIRST) == "strong"
    assert {one for text, one in found.items() if text != "Plan"} == {"plain"}
    assert all("~~" in text for text in found if text != "Plan")


@pytest.mark.parametrize(
    ("text", "told_of_it"),
    [
        (f"- ~~{SECOND}~~", "plain"),
        (f"~~{SECOND}~~", "plain"),
        (f"- <del>{SECOND}</del>", "plain"),
        (f"- <span style='text-decoration:line-through'>{SECOND}</span>", "plain"),
        (f"- ~~{SECOND}~~ We will keep it.", "strong"),
        ("- We will plant ~~500~~ 300 trees.", "strong"),
    ],
)
def test_what_markdown_strikes_out_promises_nothing(text: str, told_of_it: str) -> None:
    found = commitments("a.md", f"# Plan\n\n{FIRST}\n\n{text}\n")
    assert list(found.values())[-1] == told_of_it


@pytest.mark.parametrize(
    "inside",
    [
        f"<p hidden>{SECOND}</p>",
        f"<p style='display: none'>{SECOND}</p>",
        f"<div style='visibility:hidden'><p>{SECOND}</p><div>x</div></div>",
        f"<ul hidden><li>{SECOND}</li></ul>",
    ],
)
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_what_is_never_shown_is_left_out_with_a_note(name: str, inside: str) -> None:
    text = page(inside) if name == "a.html" else f"# Plan\n\n{FIRST}\n\n{inside}\n"
    raw = readers.read(name, text.encode())
    blocks = [raw.text[one.start : one.end] for one in raw.blocks]
    assert FIRST in blocks
    assert not any("park" in one for one in blocks)
    assert any("left out that the page does not show" in note for note in raw.notes)


@pytest.mark.parametrize(
    "inside",
    [
        f"<button aria-expanded=false>Parks</button><div hidden><p>{SECOND}</p></div>",
        f"<h3><a href='#p1'>Parks</a></h3><div id=p1 style='display:none'><p>{SECOND}</p></div>",
        f"<h3>Parks</h3><div class='accordion-body' style='display:none'><p>{SECOND}</p></div>",
        f"<div role=tabpanel hidden><p>{SECOND}</p></div>",
        f"<div hidden=until-found><p>{SECOND}</p></div>",
        f"<p class='hidden md:block'>{SECOND}</p>",
        f"<p aria-hidden=true>{SECOND}</p>",
        f"<p hidden>x</p><p>{SECOND}</p>",
    ],
)
def test_what_is_opened_is_read(inside: str) -> None:
    assert SECOND in commitments("a.html", page(inside))


@pytest.mark.parametrize(
    ("text", "left"),
    [("a ~~b~~ c", "a   c"), ("a ~~ c", "a ~~ c"), ("~~a~~ b ~~c", "  b ~~c"), ("a", "a")],
)
def test_a_mark_without_another_strikes_nothing_out(text: str, left: str) -> None:
    assert unstruck(text) == left


def test_a_promise_that_is_struck_out_is_not_kept(tmp_path) -> None:
    old, new = tmp_path / "a.md", tmp_path / "b.md"
    old.write_text(f"---\nlang: en\n---\n- {FIRST}\n- {SECOND}\n")
    new.write_text(f"---\nlang: en\n---\n- {FIRST}\n- ~~{SECOND}~~\n")
    found = diff(*(side_of_files([file], Filters()) for file in (old, new))).differences
    assert [(one.change, one.firmness, one.slip) for one in found] == [
        ("reworded", "strong → plain", False),
        ("kept", "", False),
    ]
