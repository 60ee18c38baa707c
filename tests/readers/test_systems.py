"""Pages as the systems print them that parties keep their sites in."""

from __future__ import annotations

import pytest
from files_making import documents
from reading import assert_law

from progsearch.model import Fact, Origin
from progsearch.segmentation import segment

pytest.importorskip("trafilatura")

ONE, TWO = "Vi skal ansette 200 nye sykepleiere.", "Vi bygger et nytt sykehus i Mo i Rana."
PLACES = (("Helse", "Sykehus"), ("Helse", "Fastleger"))


def told(body, head=""):
    page = f"<!DOCTYPE html><html lang='nb'><head>{head}</head><body>{body}</body></html>"
    (raw,) = documents("corpus/a.html", page.encode())
    assert_law(raw)
    found = segment(raw, "d", title="", lang=Fact("nb", Origin.STATED)).passages
    return raw, {one.text: (one.role.value, one.headings) for one in found}


SYSTEMS = {
    "SharePoint: a form around the page": (
        "<form method='post' action='a.aspx' id='aspnetForm'><input name='__VIEWSTATE' value='x'>"
        "<div class='s4-breadcrumb'><a href='/'>Hjem</a></div><div><h1>Helse</h1><h2>Sykehus</h2>"
        f"<p>{ONE}</p><h2>Fastleger</h2><div>{TWO}</div></div></form>"
    ),
    "a framework: headings by their role": (
        "<div class='c1'><div role='heading' aria-level='1'>Helse</div><div><div role='heading'"
        f" aria-level='2'>Sykehus</div><div>{ONE}</div></div><div><div role='heading'>Fastleger"
        f"</div><div>{TWO}</div></div></div>"
    ),
    "Contao: togglers beside what they open": (
        "<main><div class='mod_article'><h1>Helse</h1><section class='ce_accordion'><div"
        f" class='toggler'>Sykehus</div><div class='accordion'><p>{ONE}</p></div></section><section"
        " class='ce_accordion'><div class='toggler'>Fastleger</div><div class='accordion'>"
        f"<p>{TWO}</p></div></section></div></main>"
    ),
    "Umbraco: links that open": (
        "<div><h1>Helse</h1><div class='fold-out'>"
        "<a class='fold-out__toggle' href='#' role='button'>"
        f"Sykehus</a><div class='fold-out__body' hidden><p>{ONE}</p></div></div>"
        f"<div class='fold-out'>"
        "<a class='fold-out__toggle' href='#' role='button'>Fastleger</a><div"
        f" class='fold-out__body' hidden><p>{TWO}</p></div></div></div>"
    ),
    "Drupal: a paragraph a field": (
        "<main role='main'><div id='block-pagetitle'><h1><span>Helse</span></h1></div>"
        "<article class="
        "'node node--type-policy'><div class='field field--name-body'><h2>Sykehus</h2>"
        f"<p>{ONE}</p><h2>Fastleger</h2><p>{TWO}</p></div></article></main>"
    ),
    "Wix: bold by style": (
        "<main><h1>Helse</h1><p><span style='font-weight:bold'><span>Sykehus</span></span></p>"
        f"<p>{ONE}</p><p style='font-weight: 700'>Fastleger</p><p>{TWO}</p></main>"
    ),
    "Squarespace: regions that buttons name": (
        "<main><article><h1>Helse</h1><ul><li><h4>"
        "<button aria-expanded='false' aria-controls='d0' id="
        "'b0'><span>Sykehus</span></button></h4><div role='region' id='d0' aria-labelledby='b0'>"
        f"<p>{ONE}</p></div></li><li><h4><button aria-expanded='false' aria-controls='d1' id='b1'>"
        f"<span>Fastleger</span></button></h4><div role='region' id='d1'><p>{TWO}</p>"
        f"</div></li></ul>"
        "</article></main>"
    ),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_texts_of_a_page_stand_below_their_headings(system):
    _, found = told(SYSTEMS[system])
    assert found[ONE] == ("statement", PLACES[0])
    assert found[TWO] == ("statement", PLACES[1])


@pytest.mark.parametrize(
    "form",
    [
        (
            "<form action='/join'><h2>Bli medlem</h2>"
            "<p>Fyll ut skjemaet og bli medlem i dag.</p></form>"
        ),
        "<form class='search'><label>Søk etter saker på våre sider</label><input></form>",
    ],
)
def test_another_form_is_no_text_of_the_page(form):
    _, found = told(f"<main><h1>Helse</h1><p>{ONE}</p><p>{TWO}</p></main>{form}")
    assert {role for text, (role, _) in found.items() if text not in (ONE, TWO, "Helse")} == {
        "navigation"
    }


@pytest.mark.parametrize(
    "body",
    [
        "<div id='__next'></div><noscript>You need to enable JavaScript.</noscript>",
        (
            "<div class='consent-wall'><h1>Samtykke</h1>"
            "<p>Vi vil dele data med 152 partnere.</p></div>"
        ),
    ],
)
def test_a_page_without_a_text_of_its_own_says_so(body):
    raw, found = told(body)
    assert {role for role, _ in found.values()} == {"navigation"}
    assert any("no text of its own" in note for note in raw.notes)


@pytest.mark.parametrize(
    "about",
    [
        (
            "<dl class='article-info'><dt>Detaljer</dt><dd>Skrevet av: Per Ek</dd>"
            "<dd>Vist 1520 ganger</dd></dl>"
        ),
        "<div class='entry-meta'>Skrevet av Per Ek i Helse</div>",
        "<div class='share-buttons'><p>Del saken med andre på nett</p></div>",
        (
            "<div class='container-sidebar-right'><h3>Mest lest</h3>"
            "<p>Vi vil bygge et stadion.</p></div>"
        ),
    ],
)
def test_what_is_told_about_a_text_is_none_of_it(about):
    _, found = told(
        f"<main><article><h1>Helse</h1>{about}<p>{ONE}</p><p>{TWO}</p></article></main>"
    )
    others = {role for text, (role, _) in found.items() if text not in (ONE, TWO, "Helse")}
    assert others == {"navigation"}


def test_a_day_told_about_a_text_is_its_own():
    about = "<div class='entry-meta'><time datetime='2022-08-20'>20. august 2022</time></div>"
    raw, _ = told(f"<main><article><h1>Helse</h1>{about}<p>{ONE}</p><p>{TWO}</p></article></main>")
    assert raw.meta["date"] == "2022-08-20"


def test_a_name_of_the_whole_page_sets_none_of_it_aside():
    _, found = told(f"<div class='sidebar-left'><main><h1>Helse</h1><p>{ONE}</p></main></div>")
    assert found[ONE][0] == "statement"


def test_bold_words_in_a_text_are_no_heading():
    bold = "<p style='font-weight:bold'>Vi bygger ut alle sykehus i hele landet.</p>"
    _, found = told(
        f"<main><h1>Helse</h1>{bold}<p><b style='font-weight:bold'>Sykehus</b> og leger"
        f"</p><p>{ONE}</p>"
        f"<p>{TWO}</p></main>"
    )
    assert [text for text, (role, _) in found.items() if role == "heading"] == ["Helse"]
