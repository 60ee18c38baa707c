"""What opens a part of a page is the heading of that part, wherever it stands."""

from __future__ import annotations

import pytest
from files_making import documents
from reading import assert_law

from progsearch.model import Fact, Origin
from progsearch.segmentation import segment

pytest.importorskip("trafilatura")

LEAD = "<p>Máme plán, jak zlepšit život ve Zlínském kraji pro všechny generace.</p>"
ONE, TWO, AFTER = "Postavíme 500 bytů.", "Nezvýšíme daně.", "Přijďte k volbám v pátek odpoledne."


def above(inner, around="<main><h1>Program</h1>{}</main>"):
    """The headings above each text of a page."""
    body = around.format(f"{LEAD}{inner}<p>{AFTER}</p>")
    page = f"<!DOCTYPE html><html lang='cs'><body>{body}</body></html>"
    (raw,) = documents("corpus/a.html", page.encode())
    assert_law(raw)
    found = segment(raw, "d", title="Program", lang=Fact("cs", Origin.STATED)).passages
    return {one.text: (one.role.value, one.headings) for one in found}


TABS = {
    "Bootstrap 5": (
        "<ul class='nav nav-tabs'><li><button class='nav-link' data-bs-target='#a'>Bydlení</button>"
        "</li><li><button class='nav-link' data-bs-target='#b'>Peníze</button></li></ul>"
        "<div class='tab-content'><div class='tab-pane' id='a'><p>{}</p></div>"
        "<div class='tab-pane' id='b'><p>{}</p></div></div>"
    ),
    "Bootstrap 3": (
        "<ul class='nav nav-tabs'><li><a data-toggle='tab' href='#a'>Bydlení</a></li>"
        "<li><a data-toggle='tab' href='#b'>Peníze</a></li></ul><div class='tab-content'>"
        "<div class='tab-pane' id='a'>{}</div><div class='tab-pane' id='b'>{}</div></div>"
    ),
    "tabs in a nav": (
        "<nav><div class='nav' role='tablist'><button role='tab' aria-controls='a'>Bydlení</button>"
        "<button role='tab' aria-controls='b'>Peníze</button></div></nav>"
        "<div role='tabpanel' id='a'><p>{}</p></div><div role='tabpanel' id='b'><p>{}</p></div>"
    ),
    "spans": (
        "<div role='tablist'><span role='tab' aria-controls='a'>Bydlení</span>"
        "<span role='tab' aria-controls='b'>Peníze</span></div>"
        "<section id='a'><p>{}</p></section><section id='b'><p>{}</p></section>"
    ),
    "labelled panels": (
        "<div role='tablist'><button role='tab' id='ta'>Bydlení</button><button role='tab' id='tb'>"
        "Peníze</button></div><div role='tabpanel' aria-labelledby='ta'><p>{}</p></div>"
        "<div role='tabpanel' aria-labelledby='tb'><p>{}</p></div>"
    ),
    "Divi": (
        "<div class='et_pb_module et_pb_tabs'><ul class='et_pb_tabs_controls'>"
        "<li class='et_pb_tab_0'>"
        "<a href='#'>Bydlení</a></li><li class='et_pb_tab_1'><a href='#'>Peníze</a></li></ul>"
        "<div class='et_pb_all_tabs'><div class='et_pb_tab'><div class='et_pb_tab_content'>"
        "<p>{}</p>"
        "</div></div><div class='et_pb_tab'><div class='et_pb_tab_content'><p>{}</p></div>"
        "</div></div></div>"
    ),
    "Elementor, twice": (
        "<div class='elementor-tabs-wrapper' role='tablist'>"
        "<div class='elementor-tab-title' role='tab'"
        " aria-controls='a'>Bydlení</div>"
        "<div class='elementor-tab-title' role='tab' aria-controls='b'>"
        "Peníze</div></div>"
        "<div class='elementor-tab-mobile-title' role='tab' aria-controls='a'>Bydlení"
        "</div><div id='a' class='elementor-tab-content' role='tabpanel'><p>{}</p></div>"
        "<div class='elementor-tab-mobile-title' role='tab' aria-controls='b'>Peníze</div>"
        "<div id='b' class='elementor-tab-content' role='tabpanel'><p>{}</p></div>"
    ),
    "Bootstrap's accordion": (
        "<div class='accordion-item'><h2 class='accordion-header'><button class='accordion-button'>"
        "Bydlení</button></h2><div class='accordion-collapse'><div class='accordion-body'>{}"
        "</div></div>"
        "</div><div class='accordion-item'><h2 class='accordion-header'>"
        "<button class='accordion-button'>"
        "Peníze</button></h2><div class='accordion-collapse'><div class='accordion-body'>{}"
        "</div></div></div>"
    ),
    "titles by name": (
        "<div class='accordion-item'><div class='accordion-title'>Bydlení</div>"
        "<div class='accordion-content'>"
        "<p>{}</p></div></div><div class='accordion-item'><div class='accordion-title'>Peníze</div>"
        "<div class='accordion-content'><p>{}</p></div></div>"
    ),
    "questions": (
        "<div class='faq-item'><div class='head'><span class='faq-question'>Bydlení</span></div>"
        "<div><p>{}</p></div></div><div class='faq-item'><div class='head'>"
        "<span class='faq-question'>"
        "Peníze</span></div><div><p>{}</p></div></div>"
    ),
    "a new Elementor accordion": (
        "<details class='e-n-accordion-item'><summary class='e-n-accordion-item-title'>"
        "<span class='e-n-accordion-item-title-header'>"
        "<div class='e-n-accordion-item-title-text'>Bydlení"
        "</div></span></summary><div><p>{}</p></div></details><details class='e-n-accordion-item'>"
        "<summary class='e-n-accordion-item-title'>Peníze</summary><div><p>{}</p></div></details>"
    ),
}


@pytest.mark.parametrize("kind", TABS)
def test_a_control_stands_above_what_it_opens(kind):
    found = above(TABS[kind].format(ONE, TWO))
    assert found[ONE] == ("statement", ("Bydlení",))
    assert found[TWO] == ("statement", ("Peníze",))
    assert found[AFTER] == ("statement", ())


@pytest.mark.parametrize("kind", TABS)
def test_headings_in_what_is_opened_stand_below_its_title(kind):
    found = above(f"<h2>Úvod</h2>{TABS[kind]}".format(f"<h3>Byty</h3><p>{ONE}</p>", TWO))
    title = found[ONE][1][:-1] if kind != "Bootstrap's accordion" else ("Úvod", *found[ONE][1][:-1])
    assert (title, found[ONE][1][-1]) == (("Úvod", "Bydlení"), "Byty")
    assert found[TWO][1][-1] == "Peníze"


def test_what_is_opened_in_a_part_that_is_opened_stands_below_both():
    inner = TABS["titles by name"].format(ONE, TWO)
    outer = (
        "<div role='tablist'><button role='tab' aria-controls='x'>Kraj</button></div>"
        f"<div role='tabpanel' id='x'>{inner}</div>"
    )
    found = above(outer)
    assert (found[ONE][1], found[TWO][1]) == (("Kraj", "Bydlení"), ("Kraj", "Peníze"))
    assert found[AFTER][1] == ()


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        # What only leads on opens nothing that it names.
        (f"<button aria-controls='m'>Číst více</button><div id='m'><p>{ONE}</p></div>", ()),
        # Contents of a page lead to parts of it that have titles of their own.
        (
            f"<a href='#b'>Byty</a><div id='b'><h2>Bydlení</h2><p>{ONE}</p></div>",
            ("Bydlení",),
        ),
        (f"<a href='#b'>Dolů</a><div id='b'><p>{ONE}</p></div>", ()),
        # A row of tabs with fewer parts than titles.
        (f"<ul class='tabs-nav'><li>A</li><li>B</li></ul><div class='tab'><p>{ONE}</p></div>", ()),
        (f"<div class='table-header'>Bydlení</div><p>{ONE}</p>", ()),
    ],
)
def test_other_controls_stand_above_nothing(inner, told):
    assert above(inner)[ONE][1] == told


def test_a_menu_is_no_heading_of_the_page():
    around = (
        "<header><button aria-controls='menu' aria-expanded='false'>Menu</button>"
        "<nav id='menu'><a href='/'>"
        "Domů</a></nav></header><main><h1>Program</h1>{}</main>"
    )
    found = above(f"<p>{ONE}</p>", around)
    assert found["Menu"][0] == "navigation"
    assert found[ONE] == ("statement", ())
