"""Writers of a cluster: those that stop, are refused, are killed or are taken over."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date

import pytest
from cluster_making import leaf, some_documents
from making import document, passage, prepared
from test_engines import corpus, fill, memory

from progsearch.clause import (
    All,
    AllOf,
    AnyOf,
    FacetIn,
    Sequential,
)
from progsearch.engine import Cluster, create, open_engine
from progsearch.errors import ProgsearchError


def test_a_word_longer_than_an_index_takes_is_found(made):
    giant = "x" * 40_000
    parts = [passage("a", 1, f"lékaře {giant} sestry"), passage("a", 2, "sestry")]
    engine = fill(made(), [prepared(document("a", parts), parts)])
    found = engine.search(leaf(giant), scope=All(), limit=None)
    assert [one.number for one, _ in found.hits] == [1]
    phrase = Sequential("p", (leaf("lékaře"), leaf(giant), leaf("sestry")))
    assert engine.search(phrase, scope=All(), limit=None).total == 1


def test_a_list_of_more_values_than_a_query_takes(made):
    engine = fill(made(), corpus())
    many = FacetIn("document", frozenset({"a", *(f"x{n}" for n in range(70_000))}))
    assert engine.search(All(), scope=many, limit=None, ranked=False).total == 2


def test_leaving_without_a_commit_changes_nothing(made):
    engine = fill(made(), corpus())

    def fail():
        with engine.writer() as writer:
            writer.remove("a")
            writer.add(
                prepared(document("c", [passage("c", 1, "vård")]), [passage("c", 1, "vård")])
            )
            writer.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [one.id for one in engine.documents()] == ["a", "b"]
    assert engine.search(All(), scope=All(), limit=None).total == 3
    index = engine._ledger.indices()
    engine.client.ask("POST", f"/{index.passages}/_refresh")
    rows = engine.client.search((index.passages,), {"track_total_hits": True})
    assert rows["hits"]["total"]["value"] == 3


def test_a_second_writer_is_refused_also_from_another_folder(made, cluster, tmp_path):
    engine = made()
    with engine.writer() as writer:
        writer.commit({"summary": {}})
        elsewhere = Cluster(cluster.addresses, engine.place.prefix)
        other = create("opensearch", tmp_path / "other", cluster=elsewhere)
        with pytest.raises(ProgsearchError, match="another ingest"), other.writer():
            pass
        other.close()


def test_rebuilding_leaves_the_old_until_the_commit(made, tmp_path):
    fill(made(), corpus(), {"x": 1})
    engine = made(rebuild=True)
    assert engine.replaces
    assert engine.state("summary") == {}
    assert engine.replaced("summary") == {"x": 1}
    seen = open_engine(tmp_path / "index")
    with engine.writer() as writer:
        writer.add(corpus()[0])
        assert [one.id for one in seen.documents()] == ["a", "b"]
        writer.commit({"summary": {"x": 2}})
    assert [one.id for one in engine.documents()] == ["a"]
    assert [one.id for one in seen.documents()] == ["a", "b"]  # it reads what it has begun with
    assert seen.stale() or time.sleep(1.1) or seen.stale()
    seen.close()
    again = open_engine(tmp_path / "index")
    assert again.state("summary") == {"x": 2}
    again.close()


def test_the_parts_of_an_index_are_those_it_was_made_with(cluster, tmp_path):
    folder = tmp_path / "index"

    def parts(number, **more):
        asked = Cluster(cluster.addresses, shards=number)
        engine = create("opensearch", folder, cluster=asked, **more)
        fill(engine, corpus())
        found = engine.client.ask("GET", f"/{engine._ledger.indices().passages}/_settings")
        engine.close()
        (settings_,) = found.values()
        return int(settings_["settings"]["index"]["number_of_shards"])

    assert parts(2) == 2
    assert parts(0) == 2
    with pytest.raises(ProgsearchError, match="has 2 parts, not 3"):
        parts(3)
    assert parts(3, rebuild=True) == 3


STOPPED = """
import sys, time
sys.path[:0] = {path!r}
from cluster_making import some_documents
from progsearch.engine import create
from pathlib import Path
engine = create("opensearch", Path({folder!r}))
with engine.writer() as writer:
    for one in some_documents(6, seed=9):
        writer.add(one)
    writer.remove("d7")
    writer.flush()
    print("written", flush=True)
    time.sleep(120)
"""


def test_what_a_killed_writer_left_is_never_seen_and_is_undone(made, tmp_path):
    documents = some_documents(10)
    engine = fill(made(), documents, {"x": 1})
    plain = memory(documents)
    code = STOPPED.format(path=sys.path, folder=str(tmp_path / "index"))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline().strip() == "written"
        number = engine._ledger.peek().writer.generation
        child.kill()
    indices = engine._ledger.indices()
    engine.client.ask("POST", f"/{','.join(indices.rows)}/_refresh")

    def left():
        engine.client.ask("POST", f"/{','.join(indices.rows)}/_refresh")
        query = {"bool": {"should": [{"term": {name: number}} for name in ("born", "died")]}}
        body = {"query": query, "track_total_hits": True}
        return engine.client.search(indices.rows, body)["hits"]["total"]["value"]

    def same(one):
        total = one.tally([], scope=All(), by=("document",))
        assert total == plain.tally([], scope=All(), by=("document",))

    assert left() > 10
    for one in (engine, open_engine(tmp_path / "index")):
        same(one)
    with made().writer() as writer:  # at once: its process is gone
        assert left() == 0
        writer.commit({"summary": {"x": 3}})
    again = made()
    same(again)
    assert again.state("summary") == {"x": 3}
    now = again._ledger.peek()
    assert now.generation > number
    assert number in now.abandoned


def test_a_writer_whose_index_was_taken_over_cannot_commit(made, tmp_path):
    fill(made(), corpus())
    engine = made()
    with engine.writer() as writer:
        writer.add(some_documents(1)[0])
        now = engine._ledger.read()
        gone = replace(now.writer, generation=now.next)
        engine._ledger.write(replace(now, writer=gone, next=now.next + 1))
        with pytest.raises(ProgsearchError, match="taken this index over"):
            writer.commit({"summary": {}})
    again = open_engine(tmp_path / "index")
    assert [one.id for one in again.documents()] == ["a", "b"]
    again.close()


def test_rows_that_nobody_reads_any_more_are_taken_away(made, monkeypatch):
    engine = fill(made(), corpus())
    fill(engine, corpus())
    monkeypatch.setattr("progsearch.engine.opensearch.manifest.GRACE", -1.0)
    with engine.writer():
        pass
    index = engine._ledger.indices().passages
    engine.client.ask("POST", f"/{index}/_refresh")
    found = engine.client.search((index,), {"track_total_hits": True})
    assert found["hits"]["total"]["value"] == 3


def test_dates_and_facets_of_alternatives_are_scored(filled):
    engine, plain, _ = filled
    from progsearch.clause import Dated

    clause = AnyOf((AllOf((leaf("lékaře"), Dated(date(2021, 1, 1), None))), leaf("vård")))
    wanted = plain.search(clause, scope=All(), limit=None, ranked=False).total
    assert engine.search(clause, scope=All(), limit=5).total == wanted
