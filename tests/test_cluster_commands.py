"""Commands give the same with a cluster as with the first engine, in few requests."""

from __future__ import annotations

import json

import pytest
from every_command import asking, run
from test_engines_alike import (  # noqa: F401 - they are run with the indexes of this module
    FIRST,
    QUERIES,
    test_counts_are_the_same,
    test_searches_find_and_mark_the_same,
    test_words_are_explained_the_same,
)

from progsearch.engine.mark import MARK
from progsearch.errors import ProgsearchError

pytest.importorskip("opensearchpy")


@pytest.fixture(scope="module")
def indexes(project, cluster_url, tmp_path_factory):
    """An index of the demonstration corpus in a folder, and one in a cluster."""
    place = tmp_path_factory.mktemp("alike")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        run("ingest", "corpus", "--index", place / FIRST, "-q")
        named = ("--engine", "opensearch", "--cluster", cluster_url)
        run("ingest", "corpus", "--index", place / "opensearch", *named, "-q")
    return {FIRST: place / FIRST, "opensearch": place / "opensearch"}


@pytest.fixture
def requests(monkeypatch):
    """The requests that are sent, as they are."""
    from progsearch.engine.opensearch.client import Client

    sent = []
    ask = Client.ask

    def counted(self, method, path, *rest, **more):
        sent.append(f"{method} {path}")
        return ask(self, method, path, *rest, **more)

    monkeypatch.setattr(Client, "ask", counted)
    return sent


THEMES = ("housing", "hospitals", "roads", "education", "environment", "transport")


def passages(shown: str) -> dict[str, dict[str, object]]:
    """The passages of a listing by id, without their scores."""
    told = json.loads(shown)
    assert told
    return {one["id"]: {**one, "score": None} for one in told}


@pytest.mark.parametrize(
    ("words", "most"),
    [
        (["search", "škola"], 6),
        (["search", "skola", "--lang", "cs", "--party", "Länsunionen"], 6),
        (["search", '"praktický lékař" OR vård* OR ="školy"'], 6),
        (["search", "lékař NEAR/8 (sestra OR nemocn*)", "-n", "200", "-f", "csv"], 6),
        (["search", "--theme", "housing"], 6),
        # It has more terms than a query of a cluster may have: they are looked up before.
        (["search", "--theme", "health"], 6),
        (["search", *(word for theme in THEMES[:3] for word in ("--theme", theme))], 6),
        (["search", "school", "--from", "en"], 6),
        (["count", "škola", "--by", "region,party"], 6),
        (["count", *(word for theme in THEMES[:3] for word in ("--theme", theme))], 6),
        (["compare", "--theme", "housing"], 8),
        (["compare", *(word for theme in THEMES for word in ("--theme", theme))], 8),
        (["compare", "--theme", "health"], 8),
        (["compare", "--words", "škola", "--words", "vård", "--by", "year"], 8),
        (["compare", "škola", "--by", "party,region", "--test", "--lang", "cs"], 8),
        # Those that look into each passage take more with more passages, and none for each.
        (["kwic", "škola"], 9),
        (["themes", "gaps", "housing"], 16),
        (["themes", "suggest", "housing"], 16),
        (["themes", "suggest", "housing", "--lexicon"], 16),
        (["search", "shortage of nurses", "--from", "en"], 9),
        # In a language of the texts, what was typed is looked up as well.
        (["search", "škola v obci", "--from", "cs"], 10),
        (["search", "lékaři na venkově a sestry v nemocnici", "--from", "cs"], 10),
        (["search", "Lehrermangel in Dörfern", "--from", "de"], 9),
        (["dispersion", "škola", "--by", "party"], 14),
        (["explain", "*vård*"], 6),
        # Whatever the number of groups, words and terms; some for each language of the texts.
        (["keywords", "--by", "party", "--minimum", "1"], 15),
        (["keywords", "--by", "document", "--minimum", "1"], 15),
        (["themes", "coverage", "housing"], 11),
        (["export", "corpus"], 8),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_a_question_takes_few_requests(indexes, requests, words, most):
    of_many = words[0] == "search" and not {"--theme", "--from"}.isdisjoint(words)
    if of_many:
        words = [*words, "-f", "json", "-n", "2000"]
    wanted = run(*words, "--index", indexes[FIRST])
    assert not requests
    found = run(*words, "--index", indexes["opensearch"])
    assert found.stderr == wanted.stderr
    if of_many:
        # How rare a term of several keys is, is reckoned, see engine/ranking.py: scores differ a
        # little, and so may their order. The passages and all else that is told of them do not.
        assert passages(found.stdout) == passages(wanted.stdout)
    else:
        assert found.stdout == wanted.stdout
    assert 3 <= len(requests) <= most, requests


def test_an_index_is_verified_in_few_requests(indexes, requests, project, monkeypatch):
    monkeypatch.chdir(project)
    assert run("verify", "--index", indexes["opensearch"]).code == 0
    assert len(requests) <= 16, requests


@pytest.mark.parametrize("word", ["škola", "vård*"])
def test_passages_are_explained_and_shown_the_same(indexes, word):
    (first, *_, last) = json.loads(
        run("search", word, "-f", "json", "--index", indexes[FIRST]).stdout
    )
    for ident in (first["id"], last["id"]):
        for one in (("show", ident), ("explain", ident, "--query", word, "-f", "json")):
            wanted = run(*one, "--index", indexes[FIRST])
            assert run(*one, "--index", indexes["opensearch"]) == wanted


def test_commands_show_the_same(indexes, tmp_path):
    there, here = str(indexes["opensearch"]), str(indexes[FIRST])
    compared = ("count", "list", "show", "keywords", "cite", "export", "match", "diff", "evaluate")
    seen = set()
    for words in asking(tmp_path, indexes["opensearch"]):
        # All formats show the same.
        format_ = words[words.index("-f") + 1] if "-f" in words else "json"
        if words[0] not in compared or format_ not in ("json", "ris", "jsonl") or words[-1] == "-o":
            continue
        wanted = run(*(here if word == there else word for word in words))
        assert run(*words).stdout == wanted.stdout, words
        seen.add(words[0])
    assert seen == set(compared)


def test_the_folder_is_small_and_has_no_secret(indexes, monkeypatch, cluster_url):
    folder = indexes["opensearch"]
    assert sum(file.stat().st_size for file in folder.iterdir()) < 2000
    told = json.loads((folder / MARK).read_text(encoding="utf-8"))
    assert {*told} == {"engine", "addresses", "prefix", "ca", "progsearch", "schema", "seal"}
    out = run("status", "--index", folder, "-f", "json").stdout
    assert ", ".join(cluster_url.split(",")) in out
    assert '"opensearch"' in out


def test_verify_tells_of_an_index_that_is_sound_and_of_one_that_is_not(
    indexes, cluster_url, project, tmp_path
):
    named = ("--engine", "opensearch", "--cluster", cluster_url)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text("# A\n\nChceme více lékařů.\n\nA sester.\n", encoding="utf-8")
    (corpus / "b.md").write_text("# B\n\nStavíme školy.\n", encoding="utf-8")
    at = ("--index", tmp_path / "index")
    run("ingest", corpus, *at, *named, "-q")
    assert run("verify", *at).code == 0
    (corpus / "b.md").write_text("# B\n\nStavíme silnice a mosty.\n", encoding="utf-8")
    assert run("verify", *at).code == 3
    run("ingest", corpus, *at, "-q")
    assert run("verify", *at).code == 0
    assert "silnice" in run("search", "mosty", *at).stdout

    from progsearch.engine import open_engine

    engine = open_engine(tmp_path / "index")
    index = engine._ledger.indices().passages
    (hit, *_) = engine.client.search((index,), {"query": engine._view.live})["hits"]["hits"]
    data = json.loads(hit["_source"]["data"])
    changed = {"doc": {"data": json.dumps({**data, "text": "Nic."})}}
    path = f"/{index}/_update/{hit['_id']}?routing={hit['_routing']}&refresh=true"
    engine.client.ask("POST", path, changed)
    ran = run("verify", *at)
    assert ran.code == 1
    assert "1 are not as they were written" in ran.stdout
    gone = f"/{index}/_doc/{hit['_id']}?routing={hit['_routing']}&refresh=true"
    engine.client.ask("DELETE", gone)
    assert "passages of generation" in run("verify", *at).stdout
    engine.close()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--engine", "opensearch"], "no cluster is named"),
        (["--engine", "opensearch", "--cluster", "nowhere"], "not an address of a node"),
        (["--engine", "opensearch", "--cluster", "http://a:b@host:9200"], "no name and password"),
        (["--engine", "tantivy", "--cluster", "http://host:9200"], "has no cluster"),
        (["--cluster", "http://127.0.0.1:9"], "has no cluster"),
        (["--engine", "opensearch", "--cluster", "http://127.0.0.1:9"], "does not answer"),
        (
            ["--engine", "opensearch", "--cluster", "http://127.0.0.1:9", "--cluster-prefix", "A"],
            "not a name for indices",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_in_a_line(project, tmp_path, words, told):
    pytest.importorskip("opensearchpy")
    with pytest.raises(ProgsearchError, match=told) as error:
        run("ingest", project / "corpus", "--index", tmp_path / "index", *words)
    assert error.value.remedy
    assert "\n" not in str(error.value)
