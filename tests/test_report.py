"""Reports: what they say, that nothing in them can run, and that everybody can read them."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import document, stated
from report_making import ATTACKS, Page, page, report

from progsearch.clause import How
from progsearch.cli import app
from progsearch.commitment import Commitment
from progsearch.compare import DIMENSIONS, SMALL, Group, Shared
from progsearch.compare.background import Background
from progsearch.compare.sources import Source
from progsearch.compare.table import cell_of
from progsearch.engine import Counts
from progsearch.errors import ProgsearchError
from progsearch.facts.keys import Kind
from progsearch.languages import LANGUAGES
from progsearch.matching import Match
from progsearch.model import PartialDate, Role
from progsearch.report import UI_LANGUAGES, html, sort_of, ui_language
from progsearch.report.chart import Scale, scale_of
from progsearch.report.marks import marked
from progsearch.report.markup import ATTRIBUTES, TAGS, Element, el, html_page, readable, written
from progsearch.report.page import style_sheet
from progsearch.report.palette import DARK, LIGHT, LIMITS, STEPS, step, ticks
from progsearch.report.precision import decimals_of, shown_decimals

NBSP = "\u00a0"


# Numbers, dates and names


@pytest.mark.parametrize(
    ("lang", "value", "decimals", "text"),
    [
        ("en", 1234567, 0, "1,234,567"),
        ("en", 1234.56, 1, "1,234.6"),
        ("cs", 1234567, 0, f"1{NBSP}234{NBSP}567"),
        ("cs", 1234.56, 1, f"1{NBSP}234,6"),
        ("sv", 1234.56, 1, f"1{NBSP}234,6"),
        ("sv", 0, 1, "0,0"),
        ("cs", -2.5, 1, "\u22122,5"),
        ("en", -0.01, 1, "0.0"),
    ],
)
def test_numbers(lang, value, decimals, text):
    assert ui_language(lang).number(value, decimals) == text


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "12.5%"), ("cs", f"12,5{NBSP}%"), ("sv", f"12,5{NBSP}%")]
)
def test_shares(lang, text):
    assert ui_language(lang).percent(0.125) == text


@pytest.mark.parametrize(
    ("lang", "when", "text"),
    [
        ("en", date(2023, 11, 8), "8 November 2023"),
        ("cs", date(2023, 11, 8), f"8.{NBSP}listopadu 2023"),
        ("sv", date(2023, 11, 8), "8 november 2023"),
        ("cs", PartialDate(2022, 11), "listopad 2022"),
        ("sv", PartialDate(2022, 11), "november 2022"),
        ("cs", PartialDate(2022), "2022"),
        ("cs", PartialDate(2022, 9, 1), f"1.{NBSP}září 2022"),
    ],
)
def test_dates(lang, when, text):
    assert ui_language(lang).date(when) == text


@pytest.mark.parametrize(
    ("lang", "number", "text"),
    [
        ("en", 1, "1 passage"),
        ("en", 0, "0 passages"),
        ("cs", 1, f"1{NBSP}pasáž"),
        ("cs", 3, f"3{NBSP}pasáže"),
        ("cs", 5, f"5{NBSP}pasáží"),
        ("cs", 21, f"21{NBSP}pasáží"),
        ("sv", 1, f"1{NBSP}passage"),
        ("sv", 1200, f"1{NBSP}200{NBSP}passager"),
    ],
)
def test_plurals(lang, number, text):
    assert ui_language(lang).counted("passages", number) == text


@pytest.mark.parametrize(("lang", "text"), [("en", "“Vård”"), ("cs", "„Vård“"), ("sv", "”Vård”")])
def test_quotation_marks(lang, text):
    assert ui_language(lang).quoted("Vård") == text


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ["Ábel", "Cadiz", "Čáslav", "Chrudim", "Zlín", "Ystad"]),
        ("cs", ["Cheb", "Čáslav", "Hodonín", "Chrudim", "Ivančice", "Šumperk", "Zlín", "Žatec"]),
        ("sv", ["Ystad", "Åmål", "Älmhult", "Örebro"]),
    ],
)
def test_names_stand_in_the_order_of_the_alphabet(lang, names):
    order = ui_language(lang).order
    if lang == "en":
        assert sorted(names, key=order) == ["Ábel", "Cadiz", "Čáslav", "Chrudim", "Ystad", "Zlín"]
    elif lang == "cs":
        assert sorted(names, key=order) == [
            *["Čáslav", "Hodonín", "Cheb", "Chrudim", "Ivančice", "Šumperk", "Zlín", "Žatec"]
        ]
    else:
        assert sorted(names, key=order) == names


@pytest.mark.parametrize(
    ("lang", "dimension", "value", "name"),
    [
        ("en", "region", "CZ-51", "Liberec Region"),
        ("cs", "region", "CZ-51", "Liberecký kraj"),
        ("sv", "region", "SE-G", "Kronobergs län"),
        ("cs", "lang", "sv", "švédština"),
        ("sv", "lang", "cs", "tjeckiska"),
        ("en", "party", "", "party unknown"),
        ("sv", "region", "", "okänd region"),
        ("cs", "party", "ANO", "ANO"),
        ("cs", "region", "XX-1", "the label"),
        ("cs", "kind", "no-such-kind", "the label"),
    ],
)
def test_names(lang, dimension, value, name):
    label = "the label" if name == "the label" else ""
    assert ui_language(lang).name(dimension, value, label) == name


def test_an_unknown_language_of_reports():
    with pytest.raises(ProgsearchError, match="choose en, cs, sv"):
        ui_language("tlh")


# The texts in all languages


def texts(lang):
    return ui_language(lang).data


def leaves(data, path=()):
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_every_language_says_everything(lang):
    for part in ("texts", "names"):
        ours = dict(leaves(texts(lang)[part]))
        english = dict(leaves(texts("en")[part]))
        assert ours.keys() == english.keys()
        for key in ours:
            assert places(ours[key]) == places(english[key]), key
            assert ours[key].strip(), key
    for key, forms in texts("en")["counted"].items():
        ours = texts(lang)["counted"][key]
        assert "other" in ours
        inside = {frozenset(places(form) - {"n"}) for form in (*forms.values(), *ours.values())}
        assert len(inside) == 1, key
    assert len(texts(lang)["dates"]["months"]) == 12


@pytest.mark.parametrize("lang", UI_LANGUAGES)
@pytest.mark.parametrize(
    ("names", "values"),
    [
        ("dimension", DIMENSIONS),
        ("by", DIMENSIONS),
        ("role", [role.value for role in Role]),
        ("kind", [kind.value for kind in Kind]),
        ("commitment", [one.value for one in Commitment]),
        ("lang", [*LANGUAGES, "und"]),
        ("country", ["CZ", "SE"]),
    ],
)
def test_everything_has_a_name(lang, names, values):
    missing = set(values) - texts(lang)["names"][names].keys()
    assert not missing


def test_the_texts_are_all_used(project):
    rooms = [project / "progsearch" / room for room in ("report", "plots")]
    files = [file for room in rooms for file in room.glob("*.py")]
    source = "".join(file.read_text(encoding="utf-8") for file in files).replace("'", '"')
    for key in (*texts("en")["texts"], *texts("en")["counted"]):
        # "about_…" is put together
        bare = re.sub(r"^pairs_(diff|follow|match)(?=_[12]$|$)", "pairs_{page.kind}", key)
        bare = re.sub(r"_[12]$", "_{at}", bare).removeprefix("about_")
        assert f'"{key}"' in source or f'"{bare}"' in source, key


# Colours and scales


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_steps_can_be_told_apart_and_read(scheme):
    assert len(scheme.steps) == len(scheme.inks) == STEPS
    lights = [luminance(colour) for colour in scheme.steps]
    assert lights in (sorted(lights), sorted(lights, reverse=True))
    for colour, ink in zip(scheme.steps, scheme.inks, strict=True):
        assert contrast(colour, ink) >= 4.5


def schemes():
    """The colours of the page itself, light and dark."""
    blocks = re.findall(r":root \{([^}]*)\}", style_sheet())
    found = [dict(re.findall(r"--(\w+): (#\w{6});", block)) for block in blocks]
    assert len(found) == 2
    return [found[0], found[0] | found[1]]


@pytest.mark.parametrize("which", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("text", "ground", 7),
        ("text", "raised", 7),
        ("quiet", "ground", 4.5),
        ("quiet", "raised", 4.5),
        ("link", "ground", 4.5),
        ("link", "raised", 4.5),
        ("marked", "mark", 4.5),
        ("dot", "ground", 3),
    ],
)
def test_everything_can_be_read(which, ink, ground, least):
    colours = schemes()[which]
    assert contrast(colours[ink], colours[ground]) >= least


rates = st.floats(0.05, 1000, allow_nan=False)


@given(rates, st.lists(rates, min_size=2))
def test_higher_rates_have_higher_steps(mean, some):
    steps = [step(rate, mean) for rate in sorted(some)]
    assert steps == sorted(steps)
    assert all(1 <= one <= STEPS for one in steps)
    assert step(0, mean) == step(mean, 0) == 0


@given(rates, rates)
def test_what_is_so_many_times_more_is_as_far_from_the_mean_as_what_is_less(mean, rate):
    times = rate / mean
    # Halves and doubles are exact; other numbers may fall on either side of a limit.
    if min(abs(times - limit) for limit in (*LIMITS, *(1 / one for one in LIMITS))) > 1e-6:
        assert step(rate, mean) + step(mean * mean / rate, mean) == STEPS + 1


@pytest.mark.parametrize(
    ("rate", "found"),
    [
        (20, 1),
        (24.9, 1),
        (25, 2),
        (50, 3),
        (80, 4),
        (100, 4),
        (125, 4),
        (126, 5),
        (200, 5),
        (401, 7),
    ],
)
def test_colours_are_beside_the_mean_of_the_question(rate, found):
    assert step(rate, 100) == found


@pytest.mark.parametrize(
    ("passages", "of", "shown"),
    [
        # statsmodels, proportion_confint(…, method="wilson")
        (8, 40, "20% (10 to 35%)"),
        (800, 4000, "20% (19 to 21%)"),
        (16000, 80000, "20.0% (19.7 to 20.3%)"),
        (1, 5000, "0.02% (0.004 to 0.11%)"),
        (11, 887, "1.2% (0.7 to 2.2%)"),
        (3, 900, "0.3% (0.1 to 1.0%)"),
        (1, 47, "2% (0.4 to 11%)"),
        (0, 65, "0% (0 to 6%)"),
    ],
)
def test_shares_have_no_false_precision(passages, of, shown):
    group = Group(("A",), ("A",), of, 1, 9)
    names = report().names
    cell = cell_of("t1", group, Counts(passages, 1, 1))
    assert f"{names.share(cell)} ({names.interval(cell)})" == shown


@given(st.floats(0, 100), st.floats(0, 100))
def test_the_last_digit_is_no_finer_than_a_twentieth_of_the_interval(low, high):
    decimals = decimals_of(min(low, high), max(low, high))
    if decimals:
        assert 10.0**-decimals >= abs(high - low) / 20 * 0.999


@given(st.floats(0.0001, 100), st.integers(0, 4))
def test_what_is_not_nothing_is_not_shown_as_0(value, decimals):
    assert float(f"{value:.{shown_decimals(value, decimals)}f}") > 0


@given(rates)
def test_axes_are_round_and_long_enough(highest):
    marks = ticks(highest)
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert marks[-2] < highest or len(marks) == 3
    assert 3 <= len(marks) <= 6


def test_places_on_a_scale():
    scale = Scale([0.0, 50.0, 100.0])
    assert scale.place(0) < scale.place(50) < scale.place(100) == scale.place(400) < 100


def test_small_groups_do_not_stretch_the_scale():
    cells = report().comparison.cells_of("t1")
    small = [cell for cell in cells if cell.small]
    assert small
    end = scale_of(cells).end
    assert max(cell.high for cell in cells if not cell.small) <= end < small[0].high
    assert small[0].rate_per_1000 > end  # written, not drawn
    names = report().names
    pairs = next(iter(names.numbered()))[2]
    assert replace(names, sort="name").ranked(pairs) == pairs
    order = names.ranked(pairs)
    assert [(pair[1].small, pair[1].known) for pair in order] == [
        *[(False, True), (False, True), (True, True), (False, False)]
    ]
    assert order[0][2].rate_per_1000 > order[1][2].rate_per_1000


# Markup


PAGE = {"html", "head", "meta", "link", "style", "title"}
"""What stands round the body."""


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


# The page


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


@settings(max_examples=25)
@given(st.text(min_size=1).filter(lambda text: readable(text).strip()))
def test_no_text_changes_what_a_page_is_made_of(text):
    assert outline(page(report(text))) == outline(page(report("x")))


# The first page, what is printed, and where it comes from


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


# The command


@pytest.fixture(scope="module")
def index(demo):
    return str(demo)


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        app(list(words), standalone_mode=False)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def _here(project, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709251200")


ASKED = ("--theme", "healthcare-staffing", "--theme", "housing", "--by", "region")


@pytest.mark.usefixtures("_here")
def test_the_report_of_the_demonstration_corpus(index, tmp_path):
    file = tmp_path / "report.html"
    _, said = run("report", *ASKED, "--ui-lang", "cs", "-o", str(file), "--index", index)
    assert "2 × 9 cells" in said
    read = Page(file.read_text(encoding="utf-8"))
    assert read.all("h1")[0]["text"] == "Personál ve zdravotnictví a Bydlení"
    assert "1.\u00a0března 2024" in "".join(read.texts)
    codes = [one["text"] for one in read.all("code")]
    assert codes[-1] == "progsearch report " + " ".join((*ASKED, "--ui-lang", "cs"))
    assert len(read.all("article")) > 9


@pytest.mark.usefixtures("_here")
def test_marked_words_stand_where_the_report_says(index, tmp_path):
    file = tmp_path / "report.html"
    run("report", *ASKED, "-o", str(file), "--index", index, "--evidence", "2")
    places, marks = [], []
    for one in Page(file.read_text(encoding="utf-8")).elements:
        if one["tag"] == "code" and "article" in one["path"]:
            places.append((one["text"], marks))
            marks = []
        elif one["tag"] == "mark" and {"article", "blockquote"} <= set(one["path"]):
            if one["attrs"]:  # what joins two words
                continue
            marks.append(one["text"])
    assert len(places) > 20
    for place, found in places:
        path, _, line = place.rpartition(":")
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        # A passage may go on over some lines, and have its words broken there.
        source = " ".join(lines[int(line) - 1 : int(line) + 11]).replace("- ", "")
        for text in found:
            assert text.split()[0].replace("- ", "") in source, place


def test_no_path_leads_out_of_the_corpus(project, index, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for by in ("party", "document"):
        out, _ = run("report", "--theme", "housing", "--by", by, "--index", index)
        read = Page(out)
        assert "../" not in "".join(one["text"] for one in read.all("main"))
        assert any(one["text"].startswith("corpus/cz/") for one in read.all("code"))


@pytest.mark.usefixtures("_here")
def test_a_report_can_be_made_once_more(index, tmp_path):
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    for file in (first, second):
        run("report", *ASKED, "-o", str(file), "--index", index)
    assert first.read_bytes() == second.read_bytes()
    assert b"\r" not in first.read_bytes()


@pytest.mark.usefixtures("_here")
def test_words_in_the_place_of_a_theme(index):
    out, _ = run("report", "sestra", "--by", "lang", "--role", "measure", "--index", index)
    read = Page(out)
    assert read.all("h1")[0]["text"] == "sestra"
    assert "sester" in {one["text"] for one in read.all("mark")}
    text = "".join(read.texts)
    assert "Role of the passage: measure" in text


@pytest.mark.usefixtures("_here")
def test_words_narrow_a_theme_down(index):
    def found(*words):
        read = Page(run("report", *words, "--theme", "health", "--by", "lang", "--index", index)[0])
        counts = read.all("td")[0]["text"].split()
        return int(counts[counts.index("of") - 1])

    assert found("sestra") < found()


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("words", "what"),
    [
        ((), "nothing to compare"),
        (("--theme", "no-such-theme"), "no theme"),
        (("--theme", "housing", "--by", "moon"), "cannot group by 'moon'"),
        (("--theme", "housing", "--ui-lang", "de"), "no reports in 'de'"),
        (("--theme", "housing", "--sort", "size"), "cannot sort by 'size'"),
        (("--theme", "housing", "--region", "SE-AB"), "no passage with region"),
    ],
)
def test_errors_name_the_remedy(index, words, what):
    with pytest.raises(ProgsearchError, match=what) as error:
        run("report", *words, "--index", index)
    assert error.value.remedy


@pytest.mark.parametrize("lang", ["en", "cs", "sv"])
def test_texts_of_two_groups_are_told(lang):
    made = report("<b>", lang)
    pairs = tuple(Shared((f"{n}",), ("",), n) for n in range(2, 15))
    names = replace(made.names, comparison=replace(made.comparison, shared=pairs))
    texts = [one["text"] for one in page(replace(made, names=names)).all("dd")]
    unknown = made.lang.name("party", "")
    assert f"2 = {unknown} ({made.lang.counted('documents', 2)})" in texts
    assert sum(" = " in one for one in texts) == 12
    assert made.lang.text("about_shared_more", number="1") in texts
