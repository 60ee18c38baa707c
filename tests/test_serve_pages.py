"""What is served: facets that add up, documents, files, the API, the basket, fresh answers."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tomllib
from urllib.parse import quote

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from report_making import Page
from serving import run, served

from progsearch.api import answers
from progsearch.api.facets import FACETS, concordance, facets
from progsearch.api.index import open_index
from progsearch.judgements.coded import read_coded
from progsearch.serve.basket import Basket, Code, Contents, Item, as_csv
from progsearch.serve.fresh import Cache
from progsearch.serve.interface import CALLS
from progsearch.serve.language import best

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


@pytest.fixture(scope="module")
def folder(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "index"
    shutil.copytree(demo, folder)
    return folder


@pytest.fixture(scope="module")
def server(folder):
    with served(folder) as found:
        yield found


@pytest.fixture(scope="module")
def index(folder):
    with open_index(folder) as opened, opened.asking() as asked:
        yield asked


def links(page):
    return [one["attrs"]["href"] for one in page.all("a")]


# Languages


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


# Facets


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


# Reading


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


# Comparing


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


# Files and the API


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("/search.xlsx?q=skola", b"PK"),
        ("/compare.xlsx?theme=housing", b"PK"),
        ("/compare.svg?theme=housing", b"<?xml"),
        ("/compare.png?theme=housing", b"\x89PNG"),
        ("/report.html?theme=housing&ui=cs", b"<!DOCTYPE html>"),
        ("/passages.csv?theme=housing", b"theme,party,rank"),
        ("/silences.csv?theme=housing", b"theme,party,why"),
    ],
)
def test_files(server, path, begins):
    for library, kinds in (("xlsxwriter", "xlsx"), ("matplotlib", "svg png")):
        if path.partition("?")[0].rpartition(".")[2] in kinds.split():
            pytest.importorskip(library)
    answer = server.ask(path)
    assert answer.status == 200
    assert answer.body.startswith(begins), answer.body[:80]


def test_a_passage_is_cited(server, index):
    passage = index.engine.passages(next(index.engine.documents()).id)[1]
    assert server.ask(f"/cite/{passage.id}.bib").text == run(
        "cite", passage.id, "--index", server.site.fresh.folder
    )
    assert server.ask("/cite/none.1.bib").status == 400
    assert server.ask(f"/cite/{passage.id}.exe").status == 404


@pytest.mark.parametrize("name", CALLS)
def test_the_api_has_the_columns_of_the_csv(server, name, index):
    document = next(index.engine.documents())
    asked = {
        "search": "q=skola",
        "count": "q=skola&by=party",
        "compare": "theme=housing&by=party",
        "document": f"id={document.id}",
        "themes": "",
    }[name]
    told = json.loads(server.ask(f"/api/{name}?{asked}").body)
    assert told["rows"]
    assert all(list(row) == told["columns"] for row in told["rows"])
    if name in ("count", "compare"):
        words = (
            ["--by=party", "--", "skola"] if name == "count" else ["--by=party", "--theme=housing"]
        )
        out = run(name, "--index", server.site.fresh.folder, "-f", "csv", "--by=party", *words)
        rows = list(csv.reader(io.StringIO(out)))
        assert rows[0] == told["columns"]
        assert len(rows) - 1 == len(told["rows"])


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("search?q=(", 400),
        ("search?limit=-1", 400),
        ("search?limit=1001", 400),
        ("search?nonsense=1", 400),
        ("search?words=x", 400),
        ("compare", 400),
        ("document", 404),
        ("document?id=x", 404),
        ("nothing", 404),
        ("themes?ui=xx", 400),
    ],
)
def test_what_the_api_cannot_answer(server, asked, status):
    answer = server.ask(f"/api/{asked}")
    assert answer.status == status
    assert set(json.loads(answer.body)["error"]) == {"what", "where", "remedy"}


def test_the_api_is_described(server):
    told = json.loads(server.ask("/api/openapi.json").body)
    (asked,) = told["paths"]["/api/document"]["get"]["parameters"]
    assert len(asked["examples"]) > 1
    for id_, one in asked["examples"].items():
        assert one == {"value": id_}
        assert server.ask(f"/api/document?id={id_}").status == 200
    (way,) = told["paths"]["/api/search"]["get"]["responses"]["200"]["links"].values()
    first = json.loads(server.ask("/api/search?q=skola").body)["rows"][0]["document"]
    assert way["parameters"] == {"id": "$response.body#/rows/0/document"}
    assert server.ask(f"/api/{way['operationId']}?id={first}").status == 200
    assert {path.removeprefix("/api/") for path in told["paths"]} == set(CALLS)
    for name, (_, takes, _) in CALLS.items():
        asked = told["paths"][f"/api/{name}"]["get"]["parameters"]
        assert [one["name"] for one in asked] == list(takes)


# The basket


@pytest.fixture
def basket(server):
    yield Basket(server.site.fresh.folder)
    server.site.basket.file.unlink(missing_ok=True)


def token(server, path="/basket"):
    page = Page(server.ask(path).text)
    return next(
        one["attrs"]["value"] for one in page.all("input") if one["attrs"].get("name") == "token"
    )


def code(server, coder, passage, theme, value, was=None, note=""):
    pairs = {
        "token": token(server),
        "do": "code",
        "passage": passage,
        "theme": theme,
        "was": theme if was is None else was,
        "code": value,
        "note": note,
        "tags": "a",
    }
    return server.send("/basket", pairs, Cookie=f"coder={quote(coder)}")


def test_two_code_blind_and_agree(server, basket, index, tmp_path):
    pytest.importorskip("nltk")
    hits = list(answers.search(index, themes=["housing"], limit=6).found.hits)
    ids = [hit.passage.id for hit in hits]
    pairs = [
        ("token", token(server)),
        ("do", "star"),
        ("theme", "housing"),
        ("back", "/search"),
        *(("passage", one) for one in ids),
    ]
    answer = server.send("/basket", pairs)
    assert (answer.status, answer.headers["location"]) == (303, "/search")
    assert server.send("/basket", pairs).status == 303  # twice is once
    assert [one.passage for one in basket.read().items] == ids
    for number, one in enumerate(ids):
        assert code(server, "Åsa", one, "housing", number % 3, note="=1+1").status == 303
    seen = server.ask("/basket", Cookie="coder=Bo").text
    assert "Åsa: " not in seen  # what the first says is not told before the second has coded
    for number, one in enumerate(ids):
        assert code(server, "Bo", one, "housing", number % 2).status == 303
    seen = server.ask("/basket", Cookie="coder=Bo").text
    assert "Åsa: " in seen
    assert "Krippendorff" in seen
    page = Page(seen)
    assert [one["text"] for one in page.all("th")].count("housing") == 1
    file = tmp_path / "codes.csv"
    file.write_bytes(server.ask("/basket.csv").body)
    rows = read_coded(file)
    # The first coder by name is the first of the file.
    assert [(row.id, row.relevance, row.second) for row in rows] == [
        (one, number % 2, number % 3) for number, one in enumerate(ids)
    ]
    assert "'=1+1" in file.read_text(encoding="utf-8")
    told = run("evaluate", file, "--index", server.site.fresh.folder, "-f", "csv")
    assert "housing" in told


def test_a_code_is_about_a_theme(server, basket, index):
    passage = next(answers.search(index, "skola", limit=1).found.hits).passage.id
    pairs = {"token": token(server), "do": "star", "passage": passage}
    assert server.send("/basket", pairs).status == 303
    assert code(server, "A", passage, "", "1").status == 400
    assert code(server, "A", passage, "no-such-theme", "1", was="").status == 400
    assert code(server, "A", passage, "housing", "3", was="").status == 400
    assert code(server, "A", passage, "housing", "1", was="").status == 303
    assert code(server, "B", passage, "health", "1", was="housing").status == 400
    (item,) = basket.read().items
    assert (item.theme, item.codes["A"].code, item.tags) == ("housing", 1, "a")


def test_a_basket_that_cannot_be_read_is_told(server, basket):
    basket.file.write_text("{", encoding="utf-8")
    answer = server.ask("/basket")
    assert answer.status == 400
    assert "basket.json" in answer.text


def test_a_basket_reads_back(tmp_path):
    basket = Basket(tmp_path / "index")
    assert basket.read() == Contents()
    item = Item("a.1", "t", "f.md", 3, "text\n„x“", "title", True, "x, y", {"C": Code(2, "n", "w")})
    with basket.changing() as changed:
        changed.contents = changed.contents.with_item(item)
    assert basket.read().items == (item,)
    assert as_csv(basket.read()).splitlines()[1].startswith("a.1,f.md,3,t,2,,C,")

    def failing():
        with basket.changing() as changed:
            changed.contents = Contents()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert basket.read().items == (item,)


# Fresh


def test_the_next_commit_is_seen_without_a_restart(tmp_path):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Vi vill bygga bostäder.", encoding="utf-8")
    run("ingest", corpus, "--index", index, "-q")
    with served(index) as server:
        assert json.loads(server.ask("/api/search?q=bost%C3%A4der").body)["total"] == 1
        before = server.ask("/search?q=bost%C3%A4der").text
        (corpus / "b.txt").write_text("Nya bostäder i hela länet.", encoding="utf-8")
        run("ingest", corpus, "--index", index, "-q")
        assert json.loads(server.ask("/api/search?q=bost%C3%A4der").body)["total"] == 2
        assert server.ask("/search?q=bost%C3%A4der").text != before
        run("ingest", corpus, "--index", index, "-q", "--rebuild")
        assert json.loads(server.ask("/api/search?q=bost%C3%A4der").body)["total"] == 2


def test_a_cache_is_bounded():
    cache = Cache(1000)
    for number in range(100):
        assert cache.get(number, lambda: b"x" * 100) == b"x" * 100
    assert len(cache) == 10
    assert cache.get("large", lambda: b"x" * 900) == b"x" * 900
    assert len(cache) == 10
    assert cache.get(99, lambda: b"y") == b"x" * 100
