"""What pages hand over: files, references, the API, and baskets of codes."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote

import pytest
from report_making import Page
from serving import run, served

from progsearch.api import answers
from progsearch.judgements.coded import read_coded
from progsearch.serve.basket import Basket, Code, Contents, Item, as_csv
from progsearch.serve.fresh import Cache
from progsearch.serve.interface import CALLS

pytest.importorskip("starlette")

pytest.importorskip("uvicorn")


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
