"""Nearness of meaning on the pages: offered where there are vectors, marked, never counted."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex

import pytest

pytest.importorskip("starlette")
pytest.importorskip("model2vec")

import every_command
from serving import run, served

ABSENT = "Also by meaning"


@pytest.fixture(scope="module")
def corpus(project):
    return project / "corpus" / "cz" / "strana-venkova-a-mest"


@pytest.fixture(scope="module")
def near(corpus, tmp_path_factory):
    """A server of an index with vectors by a static model of five words."""
    place = tmp_path_factory.mktemp("near")
    model = every_command.tiny_model(place)
    run("ingest", corpus, "--index", place / "index", "-q")
    run("meaning", "--encoder", model, "--index", place / "index")
    with served(place / "index") as server:
        server.folder = place / "index"
        yield server


def command_of(page):
    text = re.search(r'<code id="command">(.*?)</code>', page)[1]
    return shlex.split(text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&"))


def rows_of(line, near, *more):
    _, command, *words = line
    return json.loads(run(command, "-f", "json", "--index", near.folder, *more, *words))


def ids_of(page):
    return re.findall(r'<li><article id="hit-([^"]+)"', page)


def test_the_switch_stands_where_there_are_vectors_only(near, corpus, tmp_path):
    assert ABSENT in near.ask("/search").text
    run("ingest", corpus, "--index", tmp_path / "index", "-q")
    with served(tmp_path / "index") as without:
        assert ABSENT not in without.ask("/search?q=silnice").text
        assert "More like this" not in without.ask("/search?q=silnice").text
        told = without.ask("/search?q=silnice&meaning=1").text
        assert "the index has no vectors" in told


@pytest.mark.parametrize("asked", ["q=silnice&meaning=1", "q=silnice&meaning=1&role=goal"])
def test_a_page_shows_what_its_command_prints(near, asked):
    page = near.ask(f"/search?{asked}&ui=en").text
    line = command_of(page)
    assert "--meaning" in line
    rows = rows_of(line, near, "--limit", "20")
    assert ids_of(page) == [one["id"].replace(".", "-") for one in rows]
    alone = [one for one in rows if "match" in one["inferred"]]
    assert alone
    assert page.count("near in meaning; the words need not be there") == len(alone)
    assert re.search(r"\d+\spassages? by meaning alone \(~\), which count nowhere", page)
    called = json.loads(near.ask(f"/api/search?{asked}").text)
    assert [one["id"] for one in called["rows"]] == [one["id"] for one in rows]
    assert called["total"] == len(rows) - len(alone)


def test_what_is_like_a_passage_is_led_to_from_it(near):
    first = near.ask("/search?q=silnice&lang=cs").text
    (way, *_) = re.findall(r'href="(/search\?like=[^"]+)"', first)
    page = near.ask(way.replace("&amp;", "&")).text
    assert "lang=cs" in way
    assert "The passage" in page
    assert "Nearest to it in meaning" in page
    line = command_of(page)
    rows = rows_of(line, near)
    assert ids_of(page) == [one["id"].replace(".", "-") for one in rows][:20]
    wanted = re.search("like=([^&]+)", way)[1].replace(".", "-")
    assert wanted not in ids_of(page)
    csv = near.ask(way.replace("/search?", "/search.csv?").replace("&amp;", "&")).text
    assert csv.count("\n") > 1


def test_promises_are_followed_by_meaning_as_the_command_does(near):
    asked = "of=region%3DCZ-51&with=region%3DCZ-72"
    plain = near.ask(f"/follow?{asked}&ui=en").text
    assert ABSENT in plain
    assert "<td>~ " not in plain
    page = near.ask(f"/follow?{asked}&meaning=1&ui=en").text
    line = command_of(page)
    assert "--meaning" in line
    told = run(*line[1:], "-f", "csv", "--index", near.folder)
    alone = [one for one in csv.DictReader(io.StringIO(told)) if one["inferred"] == "match"]
    assert page.count("<td>~ ") == len(alone) > 0
    (way,) = set(re.findall(r'href="(/follow.csv[^"]*)"', page))
    file = near.ask(way.replace("&amp;", "&")).text
    assert [one for one in csv.DictReader(io.StringIO(file)) if one["inferred"]] == alone
    assert "meaning=" not in re.search(r'href="(/sheet[^"]*)"', page)[1]


@pytest.mark.parametrize("lang", ["en", "cs", "sv"])
def test_it_speaks_the_languages_of_the_pages(near, lang):
    assert near.ask(f"/search?q=silnice&meaning=1&ui={lang}").status == 200


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/compare?theme=roads&meaning=1", "only passages can be found by their meaning"),
        ("/documents?like=a.1", "only passages can be found by their meaning"),
        ("/search?meaning=1", "no words whose meaning could be looked for"),
        ("/search?q=silnice&meaning=1&view=kwic", "found by words alone"),
        ("/search?q=silnice&like=a.1", "a question of its own"),
        ("/search?like=nobody.1", "the index has no passage"),
        ("/search?meaning=often", "not a choice"),
        ("/follow?of=kind%3Dprogramme&with=kind%3Dnews&meaning=often", "not a choice"),
        ("/diff?meaning=1", "only passages can be found by their meaning"),
    ],
)
def test_what_cannot_be_near_is_said(near, path, what):
    page = near.ask(path).text
    assert what in page
    assert "Traceback" not in page


def test_no_other_page_is_led_to_with_it(near):
    page = near.ask("/search?q=silnice&meaning=1").text
    for way in re.findall(r'(?:href|action)="(/[^"]*)"', page):
        if not way.startswith("/search"):
            assert "meaning=" not in way, way


def test_what_is_like_a_passage_goes_on_until_it_ends(near):
    first = near.ask("/search?q=silnice&lang=cs").text
    way = re.findall(r'href="(/search\?like=[^"]+)"', first)[0].replace("&amp;", "&")
    seen, page, at = [], near.ask(f"{way}&ui=en").text, 1
    while 'rel="next"' in page:
        seen += ids_of(page)
        at += 1
        page = near.ask(f"{way}&ui=en&page={at}").text
        assert f"{len(seen) + 1} to " in page
    seen += ids_of(page)
    assert len(seen) == len(set(seen)) > 20
    assert 'rel="prev"' in page
    line = command_of(page)
    rows = rows_of(line, near)
    assert seen == [one["id"].replace(".", "-") for one in rows][: len(seen)]
    csv = near.ask(f"{way.replace('/search?', '/search.csv?')}&page={at}").text
    assert csv == run(*line[1:], "-f", "csv", "--index", near.folder)
    beyond = near.ask(f"{way}&ui=en&page=50").text
    assert "Nothing on this page." in beyond
    assert 'rel="next"' not in beyond
    assert 'rel="prev"' in beyond
