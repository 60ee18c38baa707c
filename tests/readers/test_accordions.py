"""The title of what a page opens is a heading, whichever element a builder of pages makes it of."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.blocks.marks import plain
from progsearch.model import Fact, Origin, Role
from progsearch.segmentation import segment

INTRO = "We stand for a town that works for everybody who lives here, young and old."
TITLES = ("Schools", "Roads")
SAID = ("We will hire 500 teachers for the schools.", "We will mend every bridge in the town.")
KINDS = {
    "a button in a heading": "<h3><button aria-expanded=false>{}</button></h3><div>{}</div>",
    "details": "<details><summary>{}</summary><p>{}</p></details>",
    "Elementor": (
        "<div class='elementor-accordion-item'><div class='elementor-tab-title' role='button'"
        " aria-controls='c' aria-expanded='false'><span class='icon'><i></i></span>"
        "<a class='elementor-accordion-title' href=''>{}</a></div>"
        "<div class='elementor-tab-content' role='region'><p>{}</p></div></div>"
    ),
    "Elementor's tabs": (
        "<div role='tablist'><div class='elementor-tab-title' role=tab aria-controls=c>{}</div>"
        "<div class='elementor-tab-content' role=tabpanel hidden><p>{}</p></div></div>"
    ),
    "Divi": (
        "<div class='et_pb_toggle et_pb_toggle_close'><h5 class='et_pb_toggle_title'>{}</h5>"
        "<div class='et_pb_toggle_content' style='display:none'><p>{}</p></div></div>"
    ),
    "a title in elements": (
        "<div role=button tabindex=0 aria-expanded=false><div><p>{}</p></div></div><div>{}</div>"
    ),
    "a paragraph": "<p role='button' aria-expanded='false'>{}</p><div hidden>{}</div>",
}


def told(inside, name):
    text = f"<h1>Plan</h1>\n<p>{INTRO}</p>\n{inside}\n"
    if name == "a.html":
        text = f"<!doctype html><html lang=en><body><main>{text}</main></body></html>"
    raw = readers.read(name, text.encode())
    return segment(raw, "d", title="Plan", lang=Fact("en", Origin.DEFAULT)).passages


@pytest.mark.parametrize("name", ["a.html", "a.md"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_title_stands_above_what_it_opens(kind, name):
    inside = "\n".join(KINDS[kind].format(*both) for both in zip(TITLES, SAID, strict=True))
    found = told(inside, name)
    headings = [plain(one.text) for one in found if one.role is Role.HEADING]
    assert headings[-2:] == list(TITLES)
    assert [(one.text, one.headings) for one in found if one.text in SAID] == [
        (said, (title,)) for title, said in zip(TITLES, SAID, strict=True)
    ]


@pytest.mark.parametrize(
    "inside",
    [
        "<div role=button aria-expanded=false><p>{0}</p><p>{1} {1} {1} {1}</p></div>",
        "<div role=button aria-haspopup=true aria-expanded=false>{0}</div><p>{1}</p>",
        "<div role=button>{0}</div><p>{1}</p>",
        "<div aria-controls=x>{0}</div><p>{1}</p>",
        "<div role=buttonlike aria-controls=x>{0}</div><p>{1}</p>",
    ],
)
def test_what_opens_nothing_below_it_is_no_heading(inside):
    found = told(inside.format(TITLES[0], SAID[0]), "a.md")
    assert not any(one.text == TITLES[0] and one.role is Role.HEADING for one in found)
