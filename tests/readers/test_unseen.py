"""What a page strikes out or never shows is no promise."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.blocks import edges, unseen
from progsearch.blocks.marks import INLINE_TAG, masked, note_of_hidden, words_in
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


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p hidden>a<p>b</p>", "b"),
        ("<p hidden>a<div>b</div>c", "b c"),
        ("<p hidden>a<b>b<p>c", "c"),
        ("<ul><li hidden>a<li>b</ul>", "b"),
        ("<ul><li hidden>a<ul><li>b<li>c</ul><li>d</ul>", "d"),
        ("<div><p hidden>a</div>b", "b"),
        ("<div><span hidden>a<span>b</span></div>c", "c"),
        ("<table><tr hidden><td>a<td>b<tr><td>c</table>", "c"),
        ("<table><tr><td hidden>a<td>b<tr><td hidden>c</table>d", "b d"),
        ("<table><tbody hidden><tr><td>a<tbody><tr><td>b</table>", "b"),
        ("<table><tr><td><table><tr hidden><td>a</table>b<tr><td>c</table>", "b c"),
        ("<dl><dt hidden>a<dd>b<dt>c</dl>", "b c"),
        ("<select><option hidden>a<option>b</select>", "b"),
        ("<div hidden>a<br>b<img src=x>c</div>d", "d"),
        ("<div hidden>a</span></b>b</div>c", "c"),
        ("<b><div hidden>a</b>b</div>c", "c"),
        ("<p hidden>a</p><div hidden>b</div>c<div hidden>d</div>", "c"),
        ("<p hidden>a<p>b</p><div hidden>c</div>d", "b d"),
        ("<div hidden>a\n\nb", "b"),
    ],
)
def test_what_has_no_end_of_its_own_ends_as_in_html(source: str, shown: str) -> None:
    assert words_in(INLINE_TAG.sub(" ", masked(source))) == shown.split()


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("<p><s>a</p><p>b</p>", "b"),
        ("<ul><li><s>a<li>b</ul>", "b"),
        ("- <s>a\n- b", "b"),
        ("<s>a\n\nb", "b"),
        ("<s>a<p>b</s>c</p>", "c"),
        ("<p>a <del>b <i>c</del> d</i></p>", "a d"),
    ],
)
def test_what_is_struck_out_ends_with_what_it_stands_in(source: str, left: str) -> None:
    assert words_in(INLINE_TAG.sub(" ", unstruck(source))) == left.split()


@pytest.mark.parametrize(
    ("names", "opened"),
    [
        ("class='my-accordion__body'", True),
        ("class='accordionBody'", True),
        ("id=read-more", True),
        ("class='et_pb_toggle_content clearfix'", True),
        ("class='harmonika'", True),
        ("class=content", False),
        ("class='more'", False),
        ("class='tablet-only'", False),
        ("class='stable'", False),
        ("class='unfolding-news slideshow2'", False),
        ("id=answering", False),
    ],
)
def test_whole_parts_of_names_tell_what_is_opened(names: str, opened: bool) -> None:
    assert bool(words_in(INLINE_TAG.sub(" ", masked(f"<div {names} hidden>a</div>")))) == opened


@pytest.mark.parametrize(
    ("opener", "opened"),
    [("href='#a'", True), ('aria-controls="a"', True), ("href='#ab'", False), ("", False)],
)
def test_what_another_element_names_is_opened(opener: str, opened: bool) -> None:
    far = "<p>x</p>" * 60
    found = words_in(INLINE_TAG.sub(" ", masked(f"<a {opener}>x</a>{far}<p id=a hidden>y</p>")))
    assert ("y" in found) == opened


def test_names_of_a_page_are_counted_once_a_page(monkeypatch) -> None:
    counted = []
    named = unseen._named
    monkeypatch.setattr(unseen, "_named", lambda text: counted.append(len(text)) or named(text))
    inside = "".join(f"<p id='n{n}' hidden>{SECOND}</p>" for n in range(50))
    readers.read("a.html", page(inside).encode())
    assert sum(size > 1000 for size in counted) == 1


def test_a_mark_that_is_cut_off_strikes_nothing_out() -> None:
    text = f"<span {FIRST}\n\n<i style='text-decoration:line-through'>x</i>"
    assert not edges._strikes(text, 0, len(text) - 4)


def test_hidden_words_of_a_comment_are_not_told() -> None:
    assert note_of_hidden("<!-- <p hidden>a b</p> --><p hidden>c</p>") == [
        "1 word is left out that the page does not show"
    ]


def test_a_promise_that_is_struck_out_is_not_kept(tmp_path) -> None:
    old, new = tmp_path / "a.md", tmp_path / "b.md"
    old.write_text(f"---\nlang: en\n---\n- {FIRST}\n- {SECOND}\n")
    new.write_text(f"---\nlang: en\n---\n- {FIRST}\n- ~~{SECOND}~~\n")
    found = diff(*(side_of_files([file], Filters()) for file in (old, new))).differences
    assert [(one.change, one.firmness, one.slip) for one in found] == [
        ("reworded", "strong → plain", False),
        ("kept", "", False),
    ]
