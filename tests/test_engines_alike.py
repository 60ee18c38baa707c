"""Commands give the same with every engine, but for scores and their order."""

from __future__ import annotations

import csv
import io
import json
from functools import cache

import pytest
from compare_making import asks
from every_command import run

import progsearch
from progsearch.compare import comparison
from progsearch.engine import installed

FIRST, *OTHERS = installed()
QUERIES = (
    ["škola"],
    ["vårdcentral"],
    ['"praktický lékař"'],
    ['"nära vård"'],
    ["škola NEAR/8 učitel"],
    ['lékař NEAR/8 (sestra OR nemocn* OR "zdravotní péče")'],
    ["vård NEAR/6 region"],
    ["nemocn*"],
    ["vård*"],
    ["*vård*"],
    ["vård?"],
    ["/(vård|sjuk)[a-z]*er/"],
    ["lemma:vård"],
    ['"nära *vård*"'],
    ["=školy"],
    ["vård NOT sjuksköterska"],
    ["škola OR vård"],
    ["role:measure AND škola"],
    ["party:Länsunionen AND vård"],
    ["commitment:strong AND škola"],
    ["skola AND lang:sv"],
    ["--theme", "housing"],
    ["--theme", "hospitals", "--expand"],
    ["silnice", "--theme", "roads"],
    ["nurse hospital", "--from", "en"],
    ["doctor OR public transport", "--from", "en"],
)

pytestmark = pytest.mark.skipif(not OTHERS, reason="one engine only is installed")


@pytest.fixture(scope="module")
def indexes(project, tmp_path_factory):
    """An index of the demonstration corpus for each engine."""
    place = tmp_path_factory.mktemp("alike")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        for name in (FIRST, *OTHERS):
            run("ingest", "corpus", "--index", place / name, "--engine", name, "-q")
    return {name: place / name for name in (FIRST, *OTHERS)}


def others(indexes):
    """The engines that are held to the first."""
    return [name for name in indexes if name != FIRST]


def unscored(row):
    return {key: value for key, value in row.items() if key not in ("score", "rank")}


def found(index, words):
    """The hits of a search as CSV and as JSON have them, by their passages."""
    return _found(index, tuple(words))


@cache  # several tests ask the same of an index, which stays as it is
def _found(index, words):
    out = run("search", *words, "-f", "csv", "-n", "1000", "--index", index)
    rows = [unscored(row) for row in csv.DictReader(io.StringIO(out.stdout))]
    told = run("search", *words, "-f", "json", "-n", "1000", "--index", index).stdout
    hits = [unscored(hit) for hit in json.loads(told)]
    return (
        out.stderr,
        sorted(rows, key=lambda row: row["id"]),
        sorted(hits, key=lambda hit: hit["id"]),
    )


@pytest.mark.parametrize("words", QUERIES, ids=" ".join)
def test_searches_find_and_mark_the_same(indexes, words):
    wanted = found(indexes[FIRST], words)
    assert wanted[1]
    assert any(hit["matches"] for hit in wanted[2])
    for name in others(indexes):
        assert found(indexes[name], words) == wanted


@pytest.mark.parametrize("words", QUERIES, ids=" ".join)
def test_counts_are_the_same(indexes, words):
    asked = ("count", *words, "--by", "region,party")
    for form in ("csv", "json"):
        wanted = run(*asked, "-f", form, "--index", indexes[FIRST])
        assert wanted.stdout.count("\n") > 1
        for name in others(indexes):
            assert run(*asked, "-f", form, "--index", indexes[name]) == wanted


@pytest.mark.parametrize("words", QUERIES[:-3], ids=" ".join)
def test_passages_are_explained_and_shown_the_same(indexes, words):
    _, rows, _ = found(indexes[FIRST], words)
    for ident in {row["id"] for row in (rows[0], rows[len(rows) // 2], rows[-1])}:
        asked = [("show", ident)]
        asked += [("explain", ident, "--query", words[0], "-f", form) for form in ("table", "json")]
        for one in asked:
            wanted = run(*one, "--index", indexes[FIRST])
            assert wanted.stdout
            for name in others(indexes):
                assert run(*one, "--index", indexes[name]) == wanted


@pytest.mark.parametrize("word", ["škola", "skola", "vårdcentralerna", "nemocnic", "xyzzy"])
def test_words_are_explained_the_same(indexes, word):
    wanted = run("explain", word, "-f", "json", "--index", indexes[FIRST])
    for name in others(indexes):
        assert run("explain", word, "-f", "json", "--index", indexes[name]) == wanted


CONCORDANCES = (
    ["kwic", "vård OR lékař", "--by", "region", "--sort", "right"],
    ["kwic", "--theme", "housing", "--sample", "9", "--seed", "2"],
    ["words", "--by", "party"],
    ["words", "škola OR vård", "--of", "form", "--ngram", "3", "--over", "party"],
    ["collocates", "vård", "--minimum", "1"],
    ["collocates", "--theme", "housing", "--by", "lang", "--minimum", "2"],
    ["dispersion", "*vård*", "--by", "party"],
    ["dispersion", "nemocnice", "--duplicates", "keep"],
)


@pytest.mark.parametrize("words", CONCORDANCES, ids=" ".join)
def test_concordances_are_the_same(indexes, words):
    wanted = run(*words, "-f", "json", "--index", indexes[FIRST])
    assert len(json.loads(wanted.stdout)[words[0]]) > 2
    for name in OTHERS:
        again = run(*words, "-f", "json", "--index", indexes[name])
        assert again == wanted


@pytest.mark.parametrize("promises_first", [False, True])
@pytest.mark.parametrize("by", [["party"], ["region", "role"], []])
@pytest.mark.parametrize("name", installed())
def test_where_many_match_the_best_are_the_same(indexes, monkeypatch, name, by, promises_first):
    def best():
        asked = asks(index, "vård OR lékař OR škola OR skola")
        found = comparison(index, asked, by, evidence=3, promises_first=promises_first)
        return [[(hit.passage.id, hit.score) for hit in one.evidence] for one in found.cells]

    with progsearch.open(indexes[name]) as opened, opened.asking() as index:
        at_once = best()
        assert sum(map(len, at_once)) >= 3
        monkeypatch.setattr("progsearch.compare.strongest._MANY", 0)
        monkeypatch.setattr("progsearch.compare.strongest._FIRST", 1)
        monkeypatch.setattr("progsearch.compare.strongest._MORE", 3)
        assert best() == at_once
