"""The page of a report: one document that everybody can read, what is printed, its sources."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from making import document, stated
from report_making import ATTACKS, Page, page, report

from progsearch.clause import How
from progsearch.compare import SMALL, Group
from progsearch.compare.background import Background
from progsearch.compare.sources import Source
from progsearch.compare.table import cell_of
from progsearch.engine import Counts
from progsearch.errors import ProgsearchError
from progsearch.matching import Match
from progsearch.model import PartialDate
from progsearch.report import UI_LANGUAGES, html, sort_of, ui_language
from progsearch.report.marks import marked
from progsearch.report.markup import ATTRIBUTES, TAGS, Element, readable

NBSP = "\u00a0"

PAGE = {"html", "head", "meta", "link", "style", "title"}
"""What stands round the body."""


@pytest.fixture(scope="module", params=UI_LANGUAGES)
def lang(request):
    return request.param


def test_the_policy_lets_in_the_style_and_nothing_else(lang):
    read = page(report(lang=lang))
    policies = [one for one in read.all("meta") if "http-equiv" in one["attrs"]]
    assert [one["attrs"]["http-equiv"] for one in policies] == ["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policies[0]["attrs"]["content"].split(";"))
    style = read.all("style")[0]["text"]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    names = [one["tag"] for one in read.elements]
    assert names.index("meta") < names.index("style")
    assert names.count("style") == 1
    assert not re.search(r"url\(|@import|image-set|expression", style)


def test_the_page_is_one_document(lang):
    text = "".join(html(report(lang=lang)))
    read = Page(text)
    assert text.startswith("<!DOCTYPE html>\n")
    assert read.elements[0]["attrs"] == {"lang": lang}
    places = [one["attrs"]["id"] for one in read.elements if "id" in one["attrs"]]
    assert len(places) == len(set(places))
    for one in read.elements:
        attributes = one["attrs"]
        if attributes.get("href", "").startswith("#"):
            assert attributes["href"][1:] in places
        for name in ("aria-labelledby", "aria-describedby"):
            assert attributes.get(name, places[0]) in places


def test_the_page_can_be_read_without_seeing_it(lang):
    read = page(report(lang=lang))
    levels = [int(one["tag"][1]) for one in read.elements if re.fullmatch(r"h\d", one["tag"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [len(read.all(tag)) for tag in ("main", "header", "nav", "footer")] == [1, 1, 1, 1]
    first = next(one for one in read.elements if one["tag"] == "a")
    assert first["attrs"]["href"] == "#main"
    for table in read.all("table"):
        at = read.elements.index(table)
        inside = next(iter(read.elements[at + 1 :]))["tag"]
        assert inside == "caption" or "aria-labelledby" in table["attrs"]
    for head in read.all("th"):
        assert head["attrs"]["scope"] in ("col", "row", "rowgroup")
    for drawing in read.all("svg"):
        assert drawing["attrs"]["role"] == "img"
        at = read.elements.index(drawing)
        assert [one["tag"] for one in read.elements[at + 1 : at + 3]] == ["title", "desc"]
    for one in read.elements:
        if one["tag"] in ("a", "summary", "th", "caption", "li", "h2", "h3", "h4", "p", "dd"):
            assert one["text"].strip(), one
        if one["attrs"].get("role") in ("region", "group"):
            assert one["attrs"]["tabindex"] == "0"
            assert one["attrs"]["aria-label"]


def test_numbers_of_the_comparison_are_shown():
    read = page(report())
    cells = [one for one in read.all("td") if "table" in one["path"]]
    first = [" ".join(one["text"].split()) for one in cells[:2]]
    # The group A has 7 of 100, and B none of 400: more than can be chance.
    assert first == ["text 7%▲ (more than the others) 7 of 100"] * 2
    table = read.all("table")[1]
    # statsmodels, proportion_confint(7, 100, method="wilson"): 0.034319, 0.137495
    assert "3 to 14%" in table["text"]
    assert "8%" in table["text"]  # 150 of 2,000 words


def test_small_groups_are_marked():
    read = page(report())
    marked = [one for one in read.all("td") if one["attrs"].get("class") == "small"]
    assert [one["text"].split()[1] for one in marked] == ["(25%)", "(25%)"]
    assert f"fewer than {SMALL} passages" in "".join(read.texts)


def test_cells_lead_to_their_passages_and_back():
    read = page(report())
    links = [one for one in read.all("a") if "table" in one["path"] and "thead" not in one["path"]]
    assert len(links) == 6
    for link in links:
        place = link["attrs"]["href"].removeprefix("#")
        card = next(one for one in read.all("article") if one["attrs"]["id"] == place)
        assert f"#{link['attrs']['id']}" in [
            one["attrs"]["href"]
            for one in read.all("a")
            if one["path"] == [*card["path"], "article", "p"]
        ]


def test_matching_words_are_marked_with_their_place():
    read = page(report("vård"))
    card = read.all("article")[0]
    assert "vård lékařů vård" in card["text"]
    assert {one["text"] for one in read.all("mark")} == {"lékařů", "v"}
    assert "corpus/vård.md:1" in {one["text"] for one in read.all("code")}
    link = next(one for one in read.all("a") if one["text"] == "corpus/vård.md:1")
    assert link["attrs"] == {"href": "https://example.org/a?b=1#L1", "rel": "noreferrer"}


def test_a_report_of_nothing():
    made = report()
    bare = type(made.comparison)((), (), (), ())
    names = type(made.names)(bare, made.lang)
    read = page(type(made)(names, made.made, "1"))
    assert len(read.all("h2")) == 7


def outline(read):
    """What a page is made of. Which words are marked depends on the text, and a language that
    is none is left out."""
    return [
        (one["tag"], sorted(set(one["attrs"]) - {"lang"}))
        for one in read.elements
        if one["tag"] != "mark"
    ]


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_stay_text(text):
    read = page(report(text))
    assert outline(read) == outline(page(report("x")))
    assert readable(text) == read.all("h1")[0]["text"] == read.all("title")[0]["text"]
    assert {one["tag"] for one in read.elements} <= TAGS | PAGE
    for one in read.elements:
        if one["tag"] not in PAGE:
            assert set(one["attrs"]) <= {name.lower() for name in ATTRIBUTES}


@settings(max_examples=examples(25))
@given(st.text(min_size=1).filter(lambda text: readable(text).strip()))
def test_no_text_changes_what_a_page_is_made_of(text):
    assert outline(page(report(text))) == outline(page(report("x")))


def test_a_quotation_is_cut_around_the_words_that_matched():
    made = report("jedno dlouhé slovo za druhým " * 20)
    quote = next(one for one in page(made).all("blockquote") if "article" not in one["path"])
    assert len(quote["text"]) <= 156
    assert "lékařů" in quote["text"]
    assert quote["text"].startswith("… ")
    assert quote["text"].endswith(" …")
    words = quote["text"].strip(" …").split()
    assert set(words) <= {*made.comparison.cells[0].evidence[0].passage.text.split()}


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_the_first_page_has_a_quotation_of_the_first_cells_and_says_what_is_left(lang):
    read = page(report(lang=lang))
    section = next(one for one in read.all("section") if one["attrs"]["id"] == "quotes")
    links = [
        one["attrs"]["href"]
        for one in read.all("a")
        if one["path"][-2:] == ["li", "p"] and one["attrs"]["href"].startswith("#cell-")
    ]
    assert len(links) == len(set(links)) == 6
    assert ui_language(lang).text("quotes") in section["text"]


def many(groups, themes=2):
    """A report of so many groups, each with a passage on each of so many questions."""
    made = report("x")
    hit = made.comparison.cells[0].evidence[0]
    some = tuple(
        Group((f"P{n:03}", ""), (f"P{n:03}", "unknown"), 100 + n, 3, 900) for n in range(groups)
    )
    asked = tuple(replace(made.comparison.themes[0], id=f"t{n}") for n in range(themes))
    cells = tuple(
        cell_of(question.id, group, Counts(2, 1, 9), (hit, hit))
        for question in asked
        for group in some
    )
    comparison = replace(made.comparison, themes=asked, groups=some, cells=cells)
    return replace(made, names=replace(made.names, comparison=comparison))


def test_what_is_printed_has_a_bound_and_the_rest_is_told():
    read = page(many(60, 15))
    printed = [one for one in read.all("article") if "class" not in one["attrs"]]
    assert 15 <= len(printed) <= 30
    drawn = [one for one in read.all("figure") if one["path"][-1] == "div"]
    assert len(drawn) == 15
    left = [one["text"] for one in read.all("p") if one["attrs"].get("class") == "paper"]
    text = ui_language("en").text("unprinted")
    assert f"9 more questions are not printed. {text}" in left
    assert f"59 more groups are not printed. {text}" in left
    quotes = [one for one in read.all("ul") if one["attrs"].get("class") == "quotes"]
    assert quotes[0]["text"].count("corpus/x.md:1") == 4
    first = read.all("table")[0]
    assert first["text"].count("passages ") <= 16
    summary = [one["text"] for one in read.all("summary")]
    assert "46 more groups" in summary


def test_rows_are_sorted_by_value_or_by_name():
    made = report("x")
    groups = [
        Group((name,), (name,), size, 1, 9) for name, size in (("B", 50), ("A", 99), ("C", 29))
    ]
    found = {"A": 9, "B": 20, "C": 29}
    question = made.comparison.themes[0]
    cells = [cell_of("t1", one, Counts(found[one.values[0]], 1, 1)) for one in groups]
    comparison = replace(
        made.comparison, themes=(question,), by=("party",), groups=tuple(groups), cells=tuple(cells)
    )
    names = replace(made.names, comparison=comparison)
    # C is too small to have a place among the others
    assert [one.values[0] for one in names.groups()] == ["B", "A", "C"]
    by_name = replace(names, sort="name")
    assert [one.values[0] for one in by_name.groups()] == ["A", "B", "C"]
    with pytest.raises(ProgsearchError, match="choose value or name"):
        sort_of("size")


def test_groups_stand_under_their_countries_with_their_years():
    made = report("x")
    groups = tuple(Group((name,), (name,), 90, 1, 9) for name in ("S", "C", "B", "N"))
    cells = tuple(cell_of("t1", one, Counts(3, 1, 1)) for one in groups)
    background = Background(
        {("S",): ("SE",), ("C",): ("CZ",), ("B",): ("CZ", "SE")},
        {("S",): ("2020", "2024"), ("C",): ("2021", "2021")},
    )
    comparison = replace(
        made.comparison,
        themes=made.comparison.themes[:1],
        by=("party",),
        groups=groups,
        cells=cells,
        background=background,
    )
    read = page(replace(made, names=replace(made.names, comparison=comparison)))
    heads = [one["text"] for one in read.all("th") if one["path"][-3:] == ["table", "tbody", "tr"]]
    assert heads[:8] == [
        "Czechia",
        "C 90 passages · 2021",
        "Sweden",
        "S 90 passages · 2020–2024",
        "several countries",
        "B 90 passages",
        "country unknown",
        "N 90 passages",
    ]


def test_words_near_each_other_are_joined():
    made = report("x")
    hit = made.comparison.cells[0].evidence[0]
    text = hit.passage.text
    near = replace(hit, matches=[Match(0, len(text), "x NEAR x", How.NEAR)])
    shown = [
        (one.attributes, one.children) if isinstance(one, Element) else one for one in marked(near)
    ]
    assert shown == [({}, ("x",)), ({"class": "join"}, (" lékařů ",)), ({}, ("x",))]


def test_sources_stand_by_party_and_date():
    made = report("x")
    documents = [
        document("d1", [], path="corpus/b.md", party=stated("B"), date=stated(PartialDate(2020))),
        document("d2", [], path="corpus/a2.md", party=stated("A"), date=stated(PartialDate(2024))),
        document("d3", [], path="corpus/a1.md", party=stated("A"), date=stated(PartialDate(2021))),
        document("d4", [], path="corpus/n.md"),
    ]
    found = [Source(one, 3) for one in documents]
    read = page(replace(made, sources=found, source="Programmes of 2024."))
    codes = [one["text"] for one in read.all("code")]
    rows = [one for one in codes if one.count("/") == 1 and one.endswith(".md") and "x" not in one]
    assert rows == ["corpus/a1.md", "corpus/a2.md", "corpus/b.md", "corpus/n.md"]
    line = next(one["text"] for one in read.all("p") if one["text"].startswith("Sources: "))
    assert line == (
        "Sources: Programmes of 2024. A 2021–2024 (2 documents); B 2020 (1 document);"
        " party unknown (1 document)"
    )
