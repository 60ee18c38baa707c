"""What is served: facets that add up, documents, files, the API, the basket, fresh answers."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from urllib.parse import quote

import pytest
from report_making import Page
from serving import run, served

from progsearch.api import answers
from progsearch.api.facets import FACETS, concordance, facets
from progsearch.serve.language import best

pytest.importorskip("starlette")

pytest.importorskip("uvicorn")

PAGES = (
    "/",
    "/search",
    "/search?q=v%C3%A5rd",
    "/compare",
    "/compare?theme=housing",
    "/documents",
    "/themes",
    "/basket",
    "/help",
    "/diff",
    "/match",
    "/sheet",
    "/sheet?of=party%3DL%C3%A4nsunionen&with=party%3DOmsorgsdemokraterna",
    "/search?theme=housing&view=kwic",
)


def links(page):
    return [one["attrs"]["href"] for one in page.all("a")]


def texts(project, tag):
    file = project / "progsearch" / "data" / "serve" / f"{tag}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("tag", ["cs", "sv"])
def test_the_languages_say_the_same(project, tag):
    import string

    ours, theirs = texts(project, "en"), texts(project, tag)
    for part in ("texts", "counted"):
        assert ours[part].keys() == theirs[part].keys()

    def places(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for key, text in theirs["texts"].items():
        assert places(text) <= places(ours["texts"][key]), key
        assert "..." not in text
        assert '"' not in text
        assert "'" not in text


@pytest.mark.parametrize(
    ("asked", "accepted", "tag"),
    [
        ("", "", "en"),
        ("", "sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("", "de,cs;q=0.5", "cs"),
        ("cs", "sv", "cs"),
        ("xx", "xx", "en"),
    ],
)
def test_the_language_of_the_browser(asked, accepted, tag):
    assert best(asked, accepted) == tag


@pytest.mark.parametrize("ui", ["en", "cs", "sv"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole(server, path, ui):
    joint = "&" if "?" in path else "?"
    answer = server.ask(f"{path}{joint}ui={ui}")
    assert answer.status == 200
    page = Page(answer.text)
    assert page.all("html")[0]["attrs"]["lang"] == ui
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    ids = [one["attrs"]["id"] for one in page.elements if "id" in one["attrs"]]
    assert len(ids) == len(set(ids))
    for way in links(page):
        if way.startswith("#"):
            assert way[1:] in ids


def test_links_lead_to_pages(server):
    """From the first page on, two clicks far: no link is dead."""
    seen, waiting = set(), [("/", 0)]
    while waiting:
        path, depth = waiting.pop(0)
        bare = path.partition("#")[0]
        if bare in seen or len(seen) > 120:
            continue
        seen.add(bare)
        answer = server.ask(bare)
        assert answer.status == 200, bare
        if depth < 2 and answer.headers["content-type"].startswith("text/html"):
            ways = [way for way in links(Page(answer.text)) if way.startswith("/")]
            waiting += [(way, depth + 1) for way in ways if ".png" not in way and ".svg" not in way]
    assert len(seen) > 100


@pytest.mark.parametrize("asked", [{}, {"text": "vård"}, {"themes": ["housing"]}])
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"country": "SE"},
        {"party": ("unknown", "Länsunionen")},
        {"promises": True},
        {"duplicates": "once", "kind": "news"},
    ],
)
def test_a_facet_counts_what_choosing_it_finds(index, asked, filters):
    text, themes = asked.get("text", ""), asked.get("themes")
    answer = facets(index, text, themes=themes, **filters)
    assert set(answer.values) == set(FACETS)
    checked = 0
    for name in ("country", "party", "kind", "role", "commitment", "lang"):
        for one in answer.values[name][:3]:
            chosen = {**filters, name: one.value or "unknown"}
            if name == "commitment":
                chosen.pop("promises", None)
            found = answers.search(index, text, themes=themes, limit=0, **chosen)
            assert found.found.total == one.passages, (name, one)
            checked += 1
    assert checked > 5 or "duplicates" in filters


def test_beside_promises_only_what_is_promised_can_be_chosen(index):
    answer = facets(index, "vård", promises=True)
    assert {one.value for one in answer.values["commitment"]} <= {"strong", "weak"}
    assert answer.values["commitment"]


def test_lines_stand_in_the_order_of_their_neighbours(index):
    _, lines = concordance(index, "vård", sort="right")
    keys = [line.key("right") for line in lines]
    assert keys == sorted(keys)
    assert len(keys) > 10
    _, lines = concordance(index, "vård", sort="left")
    lefts = [line.left.split()[-1].casefold() for line in lines if line.left.split()]
    assert lefts[:1] <= lefts[-1:]


def test_a_hit_leads_to_its_lines(server, index):
    page = Page(server.ask("/search?q=v%C3%A5rd").text)
    way = next(one for one in links(page) if one.startswith("/document/"))
    path, _, place = way.partition("#")
    read = Page(server.ask(path).text)
    here = next(one for one in read.elements if one["attrs"].get("id") == place)
    assert "here" in here["attrs"]["class"]
    assert read.all("mark")
    number = int(place.removeprefix("p"))
    id_ = path.partition("?")[0].removeprefix("/document/")
    passage = index.engine.passages(id_)[number - 1]
    line = next(one for one in read.all("a") if one["attrs"].get("href", "").endswith(f"#{place}"))
    assert line["text"] == str(passage.line)


@pytest.mark.parametrize("wanted", ["x", "..", "%2e%2e%2fetc%2fpasswd", "corpus", "' OR 1=1"])
def test_only_documents_of_the_index(server, wanted):
    assert server.ask(f"/document/{quote(wanted, safe='%')}").status == 404


def test_paths_are_no_names_of_documents(server, index):
    document = next(index.engine.documents())
    assert server.ask(f"/document/{document.id}").status == 200
    for path in (document.path, index.file(document.path)):
        assert server.ask(f"/document/{quote(path, safe='')}").status == 404
        assert server.ask(f"/api/document?id={quote(path)}").status == 404


def test_what_cannot_be_read_has_a_caret(server):
    answer = server.ask("/search?q=(v%C3%A5rd")
    page = Page(answer.text)
    assert "a bracket is not closed" in answer.text
    assert [one for one in page.all("pre") if one["text"].rstrip().endswith("^")]
    box = next(one for one in page.all("input") if one["attrs"].get("id") == "q")
    assert box["attrs"]["aria-invalid"] == "true"
    assert box["attrs"]["value"] == "(vård"


def test_an_empty_form_has_a_clean_address(server):
    answer = server.ask("/search?q=v%C3%A5rd&theme=&since=&until=")
    assert (answer.status, answer.headers["location"]) == (303, "/search?q=v%C3%A5rd")


def test_a_cell_leads_to_as_many_passages_as_it_says(server):
    checked = 0
    for asked in (
        "theme=housing&theme=public-transport&by=party",
        "words=v%C3%A5rd&by=region,year",
        "theme=housing&by=role",
        "q=skola&by=document&promises=1",
    ):
        page = Page(server.ask(f"/compare?{asked}").text)
        for card in page.all("article"):
            inside = card["attrs"]["id"].removeprefix("cell-")
            cell = next(one for one in page.all("a") if one["attrs"].get("id") == f"map-{inside}")
            counts = int(cell["text"].rpartition(" ")[0].rpartition(" ")[0].split()[-1])
            whole = next(
                one
                for one in page.all("a")
                if one["attrs"].get("aria-label", "").startswith("All passages")
                and one["attrs"]["href"].startswith("/search")
                and page.elements.index(one) > page.elements.index(card)
            )
            found = server.ask("/api" + whole["attrs"]["href"].replace("ui=en&", ""))
            assert found.status == 200, (whole, found.text)
            assert json.loads(found.body)["total"] == counts, whole
            checked += 1
    assert checked > 20


@pytest.mark.parametrize("kind", ["diff", "follow", "match"])
def test_promises_side_by_side(server, project, monkeypatch, kind):
    monkeypatch.chdir(project)
    server.site.fresh.close()
    parts = {"of": "party=Länsunionen", "with": "party=Omsorgsdemokraterna"}
    asked = "&".join(f"{name}={quote(value)}" for name, value in parts.items())
    page = Page(server.ask(f"/{kind}?{asked}").text)
    words = [f"--{name}={value}" for name, value in parts.items()]
    told = run(kind, *words, "--index", server.site.fresh.folder, "-f", "csv")
    assert server.ask(f"/{kind}.csv?{asked}").text == told
    rows = list(csv.reader(io.StringIO(told)))[1:]
    assert len(page.all("tr")) == len(rows) + 1
    about = json.loads(run(kind, *words, "--index", server.site.fresh.folder, "-f", "json"))[
        "about"
    ]
    notes = [one["text"] for one in page.all("li")]
    assert about["notes"]
    assert not set(about["notes"]) - set(notes)
    if kind != "match":
        ways = [way for way in links(page) if way.startswith("/document/")]
        assert ways
        assert server.ask(ways[0].partition("#")[0]).status == 200
    assert server.ask(f"/{kind}?of=party%3Dnobody&with=party%3Dnobody").status == 400
    assert server.ask(f"/{kind}.csv").status == 400


SURVEY = """party,question,agrees,why
A,Should the county buy it?,no,The county must never buy the old bus company of the town.
B,Should the county buy it?,yes,The county must at last buy the old bus company of the town.
"""


def test_the_pages_have_what_the_terminal_tells(tmp_path, monkeypatch):
    """Amounts of groups, answers stated in tables, and documents that were left out."""
    from test_versions_of_a_text import LINES, text

    monkeypatch.chdir(tmp_path)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    old = [*LINES[:-1], "We hire 100 nurses and 30 doctors for the hospitals in all of the towns."]
    new = [*LINES[:-1], "We hire 250 nurses and 30 doctors for the hospitals in all of the towns."]
    for name, lines, date in (("a", old, "2020"), ("b", new, "2024"), ("c", new, "2024")):
        (corpus / f"{name}.md").write_text(text(lines, date=date), encoding="utf-8")
    run("ingest", "corpus", "-q")
    with served(tmp_path / "index") as server:
        page = server.ask("/diff?of=year%3D2020&with=year%3D2024").text
        assert "100 → 250" in page
        assert "repeats another" in page
    (corpus / "progsearch.toml").write_text(
        '[tables]\ntext = "why"\ntitle = "question"\nanswer = "agrees"\n', encoding="utf-8"
    )
    (corpus / "survey.csv").write_text(SURVEY, encoding="utf-8")
    run("ingest", "corpus", "-q")
    with served(tmp_path / "index") as server:
        asked = "/match?of=party%3DA&with=party%3DB"
        assert "answered this question the contrary" in server.ask(asked).text
        assert "odpověděli opačně" in server.ask(f"{asked}&ui=cs").text


def test_all_groups_of_a_dimension_are_matched_as_by_the_command(demo, server):
    asked = "/match?by=party&of=country%3DSE"
    page = server.ask(asked).text
    assert "Perhaps promised by 2 of 3" in page
    assert "progsearch match --of=country=SE --by=party" in page
    words = ["match", "--by", "party", "--of", "country=SE", "--index", str(demo), "-f", "csv"]
    assert server.ask("/match.csv?by=party&of=country%3DSE").text == run(*words)
    assert 'selected="" ' in page or 'selected=""' in page
    for wrong, told in (
        ("/match?by=colour", "no groups by"),
        ("/match?by=party&with=party%3DB", "compares all groups"),
        ("/diff?of=colour%3Dred&with=year%3D2024", "no filter"),
        ("/follow?of=year&with=year%3D2024", "not a part of an index"),
        ("/sheet?of=year&with=year%3D2024", "not a part of an index"),
        ("/search?q=%22open", "<form"),
        ("/compare?q=a+OR", "<form"),
    ):
        answer = server.ask(wrong)
        assert (answer.status, told in answer.text, "<h1" in answer.text) == (400, True, True)
    for filtered in ("country=SE", "since=2021"):
        answer = server.ask(f"/match?by=party&{filtered}")
        assert (answer.status, "is no filter of this page" in answer.text) == (400, True)
