"""The markup of reports: nothing in them can run or load."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_making import Page

from progsearch.report.markup import ATTRIBUTES, TAGS, Element, el, html_page, readable, written

NBSP = "\u00a0"


@given(st.text(), st.text())
def test_texts_come_out_as_they_went_in(text, value):
    read = Page("".join(written(el("p", text, aria_label=value))))
    assert [one["tag"] for one in read.elements] == ["p"]
    assert "".join(read.texts) == readable(text)
    assert read.elements[0]["attrs"] == {"aria-label": readable(value)}


@given(st.text())
def test_what_is_readable_obeys_nothing(text):
    shown = readable(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    shown.encode("utf-8")


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "img", "base", "form", "object", "P"])
def test_no_such_element(tag):
    with pytest.raises(ValueError, match="no element"):
        el(tag)


@pytest.mark.parametrize("name", ["onclick", "style", "src", "srcset", "action", "ping", "ONCLICK"])
def test_no_such_attribute(name):
    with pytest.raises(ValueError, match="no attribute"):
        el("p", **{name: "1"})


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>",
        "//attack.example",
        "http:attack",
        "https://a.example/\n",
        "https://a.example/ b",
        "https://user@a.example/",
        "file:///etc/passwd",
        "#",
        "#a b",
        "",
    ],
)
def test_no_such_address(address):
    with pytest.raises(ValueError, match="not an address"):
        el("a", href=address)


@pytest.mark.parametrize("address", ["#map", "#cell-1-2", "https://git.example.org/a/b.md?x=1#L3"])
def test_addresses(address):
    assert el("a", href=address).attributes["href"] == address


def test_elements_hold_what_they_are_made_of():
    assert el("p", id="x") == Element("p", {"id": "x"}, ())
    made = el("p", ["a", el("code", "b")], None, "c", id="x", class_="y", rel=None)
    assert [getattr(one, "tag", one) for one in made.children] == ["a", "code", "c"]
    assert made.attributes == {"id": "x", "class": "y"}
    assert "lang" not in el("p", lang='"><script>').attributes
    assert el("p", lang="pt-BR").attributes == {"lang": "pt-BR"}


def test_nothing_that_runs_or_loads_is_allowed():
    assert not TAGS & {"script", "style", "img", "iframe", "object", "embed", "form", "input"}
    assert not {name for name in ATTRIBUTES if name.startswith("on")}
    assert not ATTRIBUTES & {"src", "srcset", "style", "action", "data", "poster", "xlink-href"}


def test_a_style_sheet_cannot_end_itself():
    with pytest.raises(ValueError, match="no <"):
        list(html_page(lang="en", title="", style="</style>", body=el("body")))
