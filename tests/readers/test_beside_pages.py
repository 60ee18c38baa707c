"""What a page states of itself, and what stands beside its text: days, kinds, other texts."""

from __future__ import annotations

import pytest
from files_making import documents
from reading import assert_law

from progsearch.normalise import normalise

pytest.importorskip("trafilatura")

LEAD = "<p>Vi ska bygga trehundra bostäder i kommunen varje år, och de ska gå att bo i.</p>"


def read(body, head=""):
    page = f"<!DOCTYPE html><html lang='sv'><head><meta charset='utf-8'>{head}</head>{body}</html>"
    (raw,) = documents("corpus/sida.html", page.encode())
    assert_law(raw)
    return raw


def facts(raw):
    options = {"defaults": {}, "given": {}, "people": {}, "detect": lambda _: "sv"}
    return normalise(raw, path="corpus/sida.html", content_hash="x", **options)


def shapes(raw, *wanted):
    return [raw.text[one.start : one.end] for one in raw.blocks if one.shape.value in wanted]


def article(inner, classes=""):
    text = f"<main><article><h1>Bostäder</h1>{inner}{LEAD}</article></main>"
    return f"<body class='{classes}'>{text}</body>"


PUBLISHED = "<meta property='article:published_time' content='2022-04-02T07:00:00+02:00'>"
OG = "<meta property='og:type' content='article'>"
TIME = "<time datetime='2022-04-02'>2 april 2022</time>"


def data(type_, more=""):
    return (
        '<script type=\'application/ld+json\'>{"@context": "https://schema.org", "@type": '
        f'"{type_}", "datePublished": "2022-04-02"{more}' + "}</script>"
    )


@pytest.mark.parametrize(
    ("head", "inner", "classes", "kind"),
    [
        ("", TIME, "", None),
        (PUBLISHED, "", "", None),
        (PUBLISHED, TIME, "page page-id-12", None),
        (OG, TIME, "", None),
        (OG + PUBLISHED, TIME, "", "news"),
        (OG + PUBLISHED, TIME, "page-template-default page page-id-12", None),
        (OG + PUBLISHED, "", "single single-post postid-7", "post"),
        (data("NewsArticle"), "", "", "news"),
        (data("Article"), "", "", "news"),
        (data("Article"), "", "page page-id-3", None),
        (data("BlogPosting"), "", "", "post"),
        (data("WebPage"), TIME, "", None),
        (data("Organization"), TIME, "", None),
        (data("Article") + data("Article"), "", "", None),
        ("<link rel='canonical' href='https://p.example/nyheter/2022/bostader'>", "", "", "news"),
        ("<link rel='canonical' href='https://p.example/nyheter'>", "", "", None),
        ("<link rel='canonical' href='https://p.example/politik/bostader'>", TIME, "", None),
        ("", "", "node node--type-news", "news"),
        ("", "<p>Av Eva Ek</p>" + TIME, "", "news"),
        ("", "<p>Pressmeddelande</p>" + TIME, "", "news"),
        ("<title>Valprogram 2022</title>" + OG + PUBLISHED, "", "", "news"),
    ],
)
def test_a_day_alone_makes_no_news(head, inner, classes, kind):
    found = facts(read(article(inner, classes), head)).kind
    assert (found.value if found else None) == kind


CHANGED = "<meta property='article:modified_time' content='2025-11-01T10:00:00+00:00'>"


@pytest.mark.parametrize(
    ("head", "inner", "date"),
    [
        (CHANGED, "", None),
        ("<meta property='og:updated_time' content='2025-11-01'>", "", None),
        ("<meta http-equiv='last-modified' content='2025-11-01'>", "", None),
        ("<meta itemprop='dateModified' content='2025-11-01'>", "", None),
        (data("WebPage").replace("datePublished", "dateModified"), "", None),
        ("", "<time class='updated' datetime='2025-11-01'>1 november 2025</time>", None),
        ("", "<p>Senast uppdaterad: <time datetime='2025-11-01'>1 november 2025</time></p>", None),
        ("", "<p>Uppdaterad 1 november 2025</p>", None),
        (CHANGED + PUBLISHED, "", "2022-04-02"),
        (data("Article", ', "dateModified": "2025-11-01"'), "", "2022-04-02"),
        (
            "",
            TIME.replace("<time", "<time class='entry-date published updated'"),
            "2022-04-02",
        ),
        ("", f"<p>Publicerad {TIME}</p>", "2022-04-02"),
        (
            "",
            f"<p>Uppdaterad <time datetime='2025-11-01'>nu</time></p>{TIME}",
            "2022-04-02",
        ),
        (
            "",
            f"<p>Vi ses på torget den {TIME} för att prata om bostäder och skola.</p>",
            None,
        ),
    ],
)
def test_the_day_of_a_change_is_not_that_of_the_text(head, inner, date):
    found = facts(read(article(inner), head))
    assert (str(found.date.value) if found.date else None) == date


def test_a_day_of_a_change_is_noted():
    raw = read(article(""), CHANGED)
    assert raw.notes == ["changed on 2025-11-01, the page says: that is not the day it is from"]
    assert not read(article(""), CHANGED + PUBLISHED).notes


TEASER = (
    "<article{}><time datetime='2025-10-01'>1 oktober 2025</time><h3><a href='/a'>Stoppa bygget"
    "</a></h3><p>Vi kommer att stoppa bygget.</p><a href='/a'>Mer</a></article>"
)
CARD = "<div class='card'><h4><a href='/b'>Mer</a></h4><p>Vi kommer att stoppa bygget.</p></div>"
TITLES = "<ul><li><a href='/a'>Stoppa bygget</a><p>Vi kommer att stoppa bygget.</p></li></ul>"


@pytest.mark.parametrize(
    "aside",
    [
        f"<section class='related-posts'><h2>Något</h2>{TEASER.format('')}</section>",
        f"<div class='yarpp yarpp-related'><h3>Något</h3>{CARD}</div>",
        f"<div id='jp-relatedposts'>{CARD}</div>",
        f"<div class='sectionRelatedArticles'>{CARD}</div>",
        f"<section><div><h2>Läs också</h2></div>{CARD}</section>",
        f"<h2>Läs också</h2>{CARD}",
        f"<h2>Läs också</h2>{TITLES}",
        f"<h2>Senaste nytt</h2>{TITLES}",
        f"<section><h2>Aktuelles</h2>{CARD}{CARD}</section>",
        f"<section><h2>Čtěte také</h2>{CARD}{CARD}</section>",
        f"<div class='grid'>{TEASER.format('')}{TEASER.format('')}</div>",
    ],
)
@pytest.mark.parametrize("frame", ["<main>{}{}</main>", "<main><article>{}{}</article></main>"])
def test_other_texts_beside_a_page_are_none_of_it(aside, frame):
    own = f"<h1>Valmanifest 2018</h1>{LEAD}<h2>Skatt</h2><p>Vi vill sänka skatten.</p>"
    raw = read(f"<body>{frame.format(own, aside)}</body>")
    assert shapes(raw, "paragraph", "item") == [LEAD[3:-4], "Vi vill sänka skatten."]
    assert shapes(raw, "heading") == ["Valmanifest 2018", "Skatt"]
    assert "Vi kommer att stoppa bygget." in shapes(raw, "teaser")
    found = facts(raw)
    assert (str(found.date.value), found.kind.value) == ("2018", "programme")


@pytest.mark.parametrize(
    "inner",
    [
        # Chapters of the page itself, whose titles lead nowhere.
        "<article><h2>Vård</h2><p>Vi ska anställa tjugo läkare.</p></article>" + LEAD,
        "<section class='health-related'><p>Vi ska anställa tjugo läkare.</p></section>",
        "<h2>Nyheter</h2><p>Vi ska anställa tjugo läkare.</p>",
        "<h2>Aktuellt</h2><h3>Vård</h3><p>Vi ska anställa tjugo läkare.</p>",
        "<h2>Läs också</h2><p>Vi ska anställa tjugo läkare.</p>",
        # A heading of the same level ends what stands beside the text.
        "<h2>Läs också</h2><a href='/a'>Annat</a><h2>Vård</h2><p>Vi ska anställa tjugo läkare.</p>",
        "<div class='has-related-posts'><p>Vi ska anställa tjugo läkare.</p></div>",
        # Titles that lead to a place in the page itself.
        "<article><h2><a href='#v'>V</a></h2><p>Vi ska anställa tjugo läkare.</p></article>" + LEAD,
        "<article><h2><a id=x href = #v>V</a></h2><p>Vi ska anställa tjugo läkare.</p></article>"
        + LEAD,
        "<a href='#v'><article><h2>V</h2><p>Vi ska anställa tjugo läkare.</p></article></a>" + LEAD,
        "<h2>Aktuellt</h2><h3><a href='#v'>Vård</a></h3><p>Vi ska anställa tjugo läkare.</p>",
        "<h2>Läs också</h2><p>Vi ska anställa tjugo läkare.</p><a href='#top'>Upp</a>",
    ],
)
def test_parts_of_a_page_are_not_beside_it(inner):
    raw = read(f"<body><main><h1>Program</h1>{LEAD}{inner}</main></body>")
    assert "Vi ska anställa tjugo läkare." in shapes(raw, "paragraph")


def test_an_overview_is_made_of_its_articles():
    title = "<h2><a href='/{0}'>Rubrik {0}</a></h2>"
    one = f"<article>{title}<p>Vi ska bygga {{0}} nya skolor i länet.</p></article>"
    raw = read(f"<body><main><h1>Vår politik</h1>{one.format(3)}{one.format(4)}</main></body>")
    assert shapes(raw, "paragraph") == [f"Vi ska bygga {n} nya skolor i länet." for n in (3, 4)]


# -- heads of texts, and ways to a page


FRAME = "<div class='frame'><header{}>{}</header><p>Wir holen das Krankenhaus zurück.</p></div>"


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (" class='frame-header'", True),
        ("", True),
        (" class='ce-headline page-header'", True),
        (" id='site-header'", False),
        (" class='masthead'", False),
        (" role='banner'", False),
    ],
)
def test_a_header_in_a_frame_is_the_heading_of_its_text(head, told):
    raw = read(f"<body><div>{FRAME.format(head, '<h2>Gesundheit</h2>')}{LEAD}</div></body>")
    assert ("Gesundheit" in shapes(raw, "heading")) is told


@pytest.mark.parametrize(
    "inner",
    [
        "<h2><a href='/'>Gesundheit</a></h2>",
        "<h2>Gesundheit</h2><ul><li><a href='/x'>Start</a></li></ul>",
        "<h2>Gesundheit</h2><form><input></form>",
    ],
)
def test_a_header_with_a_menu_is_that_of_the_page(inner):
    raw = read(f"<body><div>{FRAME.format('', inner)}{LEAD}</div></body>")
    assert "Gesundheit" not in shapes(raw, "heading")


@pytest.mark.parametrize(
    "crumbs",
    [
        "<ol class='breadcrumb'>{}</ol>",
        "<div id='breadcrumbs'><ul>{}</ul></div>",
        "<ul itemscope itemtype='https://schema.org/BreadcrumbList'>{}</ul>",
        "<div class='tx-rootline'><ul>{}</ul></div>",
        "<div aria-label='Breadcrumb'><ul>{}</ul></div>",
        "<div class='drobečková-navigace'><ul>{}</ul></div>",
        "<div class='brødkrumme'><ul>{}</ul></div>",
    ],
)
def test_the_way_to_a_page_is_no_text(crumbs):
    items = "<li><a href='/'>Start</a></li><li class='active'>Wahlprogramm</li>"
    raw = read(f"<body><main>{crumbs.format(items)}<h1>Programm</h1>{LEAD}{LEAD}</main></body>")
    assert "Wahlprogramm" in shapes(raw, "navigation")
