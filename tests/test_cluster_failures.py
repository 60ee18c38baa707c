"""What a cluster does that fails, loses answers or refuses: nothing is lost, and all is told."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from cluster_making import LARGE, some_documents
from test_engines import LANGUAGES, fill, memory

from progsearch.clause import All, resolve
from progsearch.engine import Cluster, create, open_engine
from progsearch.errors import ProgsearchError
from progsearch.query import Word

pytest.importorskip("opensearchpy")

from cluster.nodes import missing, nodes
from cluster.proxy import proxied, unsteady

from progsearch.engine.opensearch.client import ClausesError, ScriptsError


def error(kind, reason, **more):
    return json.dumps({"error": {"type": kind, "reason": reason, **more}})


ANSWERS = (
    (401, "Unauthorized", "PROGSEARCH_CLUSTER_USER"),
    (403, error("security_exception", "no permissions for [indices:data/read/get]"), "rights"),
    (403, error("cluster_block_exception", "blocked by: [read-only-allow-delete]"), "disks"),
    (429, error("cluster_block_exception", "disk usage exceeded flood-stage"), "disks"),
    (429, error("rejected_execution_exception", "queue is full"), "too busy"),
    (429, error("circuit_breaking_exception", "[parent] Data too large"), "larger heap"),
    (503, error("no_shard_available_action_exception", "x"), "red"),
    (413, "", "http.max_content_length"),
    (400, error("too_many_nested_clauses", "maxClauseCount is set to 1024"), "max_clause_count"),
    (
        400,
        error("x", "y", caused_by={"type": "z", "reason": "cannot execute [inline] scripts"}),
        "script.allowed_types",
    ),
    (500, error("i_o_exception", "No space left on device"), "disks"),
    (500, json.dumps({"_shards": {"failed": 1, "failures": [{"reason": "x"}]}}), "disk is full"),
    (500, "<html>", "the cluster refuses: 500"),
)


@pytest.fixture
def hasty(monkeypatch):
    """Tries follow each other at once."""
    monkeypatch.setattr("progsearch.engine.opensearch.client._WAITS", (0.0,) * 9)
    monkeypatch.setattr("progsearch.engine.opensearch.client._FIRST_WAITS", (0.0,) * 9)


@pytest.mark.parametrize(("status", "body", "told"), ANSWERS)
def test_each_refusal_is_a_line_with_its_remedy(hasty, tmp_path, status, body, told):
    with (
        proxied("http://127.0.0.1:9", lambda number, path: (status, body)) as url,
        pytest.raises(ProgsearchError) as raised,
    ):
        create("opensearch", tmp_path / "index", cluster=Cluster(url))
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)
    if "clause" in told:
        assert isinstance(raised.value, ClausesError)
    if "script" in told:
        assert isinstance(raised.value, ScriptsError)


@pytest.mark.parametrize(
    "part", [{"timed_out": True, "_shards": {"failed": 0}}, {"_shards": {"failed": 1}}]
)
def test_a_part_of_an_answer_is_never_taken_for_all(hasty, cluster_url, tmp_path, part):
    fill(create("opensearch", tmp_path / "index", cluster=Cluster(cluster_url)), []).close()
    answer = (200, json.dumps({"responses": [{**part, "hits": {"hits": []}}]}))
    with proxied(cluster_url, lambda number, path: answer if "_msearch" in path else "") as url:
        engine = create("opensearch", tmp_path / "index", cluster=Cluster(url))
        with pytest.raises(ProgsearchError, match="lost a part of the index"):
            engine.passages("a")
        engine.close()


def test_a_busy_cluster_is_asked_again(hasty, cluster_url, tmp_path):
    busy = (429, error("rejected_execution_exception", "queue is full"))
    with proxied(cluster_url, lambda number, path: busy if number % 3 else "") as url:
        engine = fill(create("opensearch", tmp_path / "index", cluster=Cluster(url)), [])
        assert engine.state("summary") == {}
        engine.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_what_a_network_loses_and_doubles_changes_nothing(hasty, cluster_url, tmp_path, seed):
    documents = some_documents(12)
    with proxied(cluster_url, unsteady(seed)) as url:
        engine = create("opensearch", tmp_path / "index", cluster=Cluster(url))
        with engine.writer() as writer:
            for number, one in enumerate((*documents, *some_documents(4, seed=8))):
                writer.add(one)
                if number % 5 == 4:
                    writer.commit({"summary": {"number": number}})
            writer.remove("d5")
            writer.commit({"summary": {"number": 99}})
        plain = memory([*some_documents(4, seed=8), *documents[4:5], *documents[6:]])
        for by in (("document",), ("party", "lang")):
            assert engine.tally([], scope=All(), by=by) == plain.tally([], scope=All(), by=by)
        assert engine.state("summary") == {"number": 99}
        assert [what for _, what in engine.findings() if what] == []
        engine.close()


def test_full_disks_are_told_and_leave_the_index_as_it_was(cluster_url, tmp_path):
    documents = some_documents(3)
    engine = fill(create("opensearch", tmp_path / "index", cluster=Cluster(cluster_url)), documents)
    index = engine._ledger.indices().passages

    def block(value):
        """What a node does when its disk is nearly full."""
        told = {"index.blocks.read_only_allow_delete": value}
        engine.client.ask("PUT", f"/{index}/_settings", told)

    block(True)
    with pytest.raises(ProgsearchError, match="disks of the cluster are full"):
        fill(engine, some_documents(2, seed=5))
    block(None)
    engine.close()
    again = open_engine(tmp_path / "index")
    plain = memory(documents)
    assert again.tally([], scope=All(), by=("document",)) == plain.tally(
        [], scope=All(), by=("document",)
    )
    fill(again, some_documents(2, seed=5))
    assert [what for _, what in again.findings() if what] == []
    again.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of this machine with its key, that signs itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    place = tmp_path_factory.mktemp("certificate")
    key, made = place / "key.pem", place / "ca.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-keyout", key, "-out", made], check=True, capture_output=True)
    both = place / "both.pem"
    both.write_bytes(made.read_bytes() + key.read_bytes())
    return made, both


def test_certificates_are_verified_and_credentials_come_from_the_environment(
    cluster_url, certificate, tmp_path, monkeypatch
):
    ca, both = certificate
    folder = tmp_path / "index"
    with proxied(cluster_url, login="reader:geheim", certificate=both) as url:
        with pytest.raises(ProgsearchError, match="certificate is not trusted"):
            create("opensearch", folder, cluster=Cluster(url))
        with pytest.raises(ProgsearchError, match="PROGSEARCH_CLUSTER_PASSWORD"):
            create("opensearch", folder, cluster=Cluster(url, ca=str(ca)))
        monkeypatch.setenv("PROGSEARCH_CLUSTER_USER", "reader")
        monkeypatch.setenv("PROGSEARCH_CLUSTER_PASSWORD", "geheim")
        fill(create("opensearch", folder, cluster=Cluster(url, ca=str(ca))), some_documents(2))
        engine = open_engine(folder)
        assert len([*engine.documents()]) == 2
        engine.close()
    kept = "".join(file.read_text() for file in folder.iterdir() if file.suffix == ".json")
    assert "geheim" not in kept
    assert "reader" not in kept


def test_a_password_is_not_sent_over_http(tmp_path, monkeypatch):
    monkeypatch.setenv("PROGSEARCH_CLUSTER_USER", "reader")
    with pytest.raises(ProgsearchError, match="not sent over http"):
        create("opensearch", tmp_path / "index", cluster=Cluster("http://cluster.invalid:9200"))


@pytest.fixture(scope="module")
def two_nodes():
    """Two nodes that run no scripts."""
    if why := missing():
        pytest.skip(why)
    with nodes(2, **{"script.allowed_types": "none"}) as found:
        yield found


def test_a_killed_node_loses_nothing_and_no_script_is_needed(two_nodes, tmp_path):
    documents = some_documents(80)
    plain = memory(documents)
    urls = ",".join(node.url for node in two_nodes)
    engine = create("opensearch", tmp_path / "index", cluster=Cluster(urls, shards=2))
    # Of two nodes, only one can be lost: the other is needed to lead the cluster.
    (leader,) = engine.client.ask("GET", "/_cat/cluster_manager?format=json")
    (other,) = (node for node in two_nodes if node.name != leader["node"])
    with engine.writer() as writer:
        for one in documents[:40]:
            writer.add(one)
        writer.commit({"summary": {"number": 1}})
        names = ",".join(engine._ledger.indices().all)
        manifest = f"{engine.place.prefix}-manifest"
        green = f"/_cluster/health/{names},{manifest}?wait_for_status=green&timeout=60s"
        engine.client.ask("GET", green)
        killer = threading.Thread(target=other.kill)
        for number, one in enumerate(documents[40:]):
            writer.add(one)
            if number == 10:
                killer.start()
            if number % 10 == 9:
                writer.flush()
        killer.join()
        other.start()
        other.wait()
        writer.commit({"summary": {"number": 2}})
    assert engine.state("summary") == {"number": 2}
    for word in ("lékař", "vård"):
        clause = resolve(Word(word), plain.vocabulary, LANGUAGES)
        wanted = plain.search(clause, scope=All(), limit=None, ranked=False)
        found = engine.search(clause, scope=All(), limit=None, ranked=False)
        assert found.total == wanted.total > 0
        assert [one.id for one, _ in found.hits] == [one.id for one, _ in wanted.hits]
    for by in (("document",), ("party", "lang"), ()):
        assert engine.tally(LARGE[:1], scope=All(), by=by) == plain.tally(
            LARGE[:1], scope=All(), by=by
        )
    engine.close()
    again = open_engine(Path(tmp_path / "index"))
    assert [what for _, what in again.findings() if what] == []
    again.close()
