"""An index in a cluster gives the passages and counts of the in-memory engine."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date

import making
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from making import OneLexicon, document, passage, prepared, queries, stated
from test_engines import LANGUAGES, completed, corpus, fill, groups, memory, scopes

from progsearch.clause import (
    All,
    AllOf,
    AnyOf,
    FacetIn,
    How,
    Leaf,
    Lookup,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    form_key,
    resolve,
)
from progsearch.engine import FACETS, Cluster, Once, create, installed, open_engine
from progsearch.engine.asking import Asked, Sought
from progsearch.engine.memory import MemoryEngine
from progsearch.engine.opensearch.client import Client
from progsearch.engine.opensearch.repeating import NOTED
from progsearch.engine.opensearch.writing import ClusterWriter
from progsearch.errors import ProgsearchError
from progsearch.query import Word
from progsearch.state import Summary


def some_documents(count, seed=1, first=0):
    """Documents as hypothesis makes them, many at once."""
    chance = random.Random(seed)
    found = []
    for number in range(first, first + count):
        ident = f"d{number}"
        passages = [
            passage(
                ident,
                place,
                words(chance, 9),
                lang=chance.choice(LANGUAGES),
                role=chance.choice(making.ROLES),
                commitment=chance.choice(("strong", "plain")),
                headings=tuple(words(chance, 4) for _ in range(chance.randrange(3))),
            )
            for place in range(1, chance.randint(2, 7))
        ]
        made = document(
            ident,
            passages,
            region=stated(chance.choice(making.REGIONS)),
            party=stated(chance.choice(making.PARTIES)),
            date=stated(chance.choice(making.DATES)),
        )
        found.append(prepared(made, passages))
    return completed(found)


def words(chance, most):
    return " ".join(chance.choices(making.WORDS, k=chance.randint(1, most)))


@pytest.fixture
def cluster(cluster_url):
    return Cluster(cluster_url)


@pytest.fixture
def made(cluster, tmp_path):
    """Makes the engine of a folder, and closes it."""
    opened = []

    def make(**more):
        opened.append(create("opensearch", tmp_path / "index", cluster=cluster, **more))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture(scope="module")
def filled(cluster_url, tmp_path_factory):
    """The same documents in a cluster, in memory, and with the other engine that ranks alike."""
    documents = some_documents(60)
    place = tmp_path_factory.mktemp("filled")
    engine = fill(create("opensearch", place / "o", cluster=Cluster(cluster_url)), documents)
    other = None
    if "tantivy" in installed():
        other = fill(create("tantivy", place / "t"), documents)
        other.vocabulary._fallback = OneLexicon()
    engine.vocabulary._fallback = OneLexicon()
    yield engine, memory(documents), other
    engine.close()


@settings(
    max_examples=examples(30),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(asked=st.lists(queries, min_size=1, max_size=3), scope=scopes, by=groups)
def test_same_passages_and_counts(filled, asked, scope, by):
    engine, plain, other = filled
    clauses = [resolve(query, plain.vocabulary, LANGUAGES) for query in asked]
    assert clauses == [resolve(query, engine.vocabulary, LANGUAGES) for query in asked]
    for clause in clauses:
        wanted = plain.search(clause, scope=scope, limit=None, ranked=False)
        for ranked, limit in ((True, None), (True, 1000), (False, 1000)):
            found = engine.search(clause, scope=scope, limit=limit, ranked=ranked)
            assert found.total == wanted.total
            ids = [one.id for one, _ in found.hits]
            assert sorted(ids) == sorted(one.id for one, _ in wanted.hits)
            if ranked and other:
                scored = other.search(clause, scope=scope, limit=None).hits
                scores = {one.id: score for one, score in scored}
                assert {one.id: score for one, score in found.hits} == pytest.approx(scores)
        assert ids == [one.id for one, _ in wanted.hits]
        both = AllOf((clause, scope))
        assert engine.facets(both, FACETS) == plain.facets(both, FACETS)
    assert engine.tally(clauses, scope=scope, by=by) == plain.tally(clauses, scope=scope, by=by)


def test_same_after_changes(made):
    plain, engine = MemoryEngine(OneLexicon()), made()
    steps = (
        (some_documents(8), [], False),
        (some_documents(4, seed=2), ["d5", "d6"], False),
        (some_documents(3, seed=3, first=2), ["d3", "d0"], False),
        (some_documents(3, seed=4, first=5), [], True),
        (some_documents(2, seed=5, first=5), ["d7"], False),
    )
    for number, (added, removed, anew) in enumerate(steps):
        for one in (plain, engine):
            with one.writer() as writer:
                if anew:
                    writer.clear()
                for document_ in (*added, *added[:1]):  # one of them twice
                    writer.add(document_)
                for ident in removed:
                    writer.remove(ident)
                writer.commit({"summary": {"number": number}})
        engine.vocabulary._fallback = OneLexicon()
        assert list(engine.documents()) == list(plain.documents())
        assert engine.state("summary") == {"number": number}
        for one in plain.documents():
            assert engine.passages(one.id) == plain.passages(one.id)
        for facet in FACETS:
            assert engine.values(facet) == plain.values(facet)
        codes = plain.values("region")
        assert engine.regions() == {code: plain.regions()[code] for code in codes}
        for lang in LANGUAGES:
            for word in making.WORDS:
                assert engine.vocabulary.known(word, lang) == plain.vocabulary.known(word, lang)
        clauses = [resolve(Word(word), plain.vocabulary, LANGUAGES) for word in making.WORDS]
        by = ("party", "lang")
        assert engine.tally(clauses, scope=All(), by=by) == plain.tally(clauses, scope=All(), by=by)
        assert [what for _, what in engine.findings() if what] == []


def test_state_comes_back_as_it_was_and_only_changes_are_written(made):
    engine = made()
    files = {f"corpus/{n}.md": [n, "x"] for n in range(50)}
    states = (
        {"indexed": files, "failures": {}, "notes": {"a": ["b"]}},
        {"indexed": {**files, "corpus/3.md": [3, "y"]}, "failures": {}, "notes": {}},
    )
    with engine.writer() as writer:
        for state in states:
            writer.commit({"files": state, "large": {"text": "ž" * 400_000}})
            assert engine.state("files") == state
            assert engine.state("large") == {"text": "ž" * 400_000}
    assert engine.state("none") == {}
    index = engine._ledger.indices().state
    born = [
        hit["_source"]["born"]
        for hit in engine.client.search((index,), {"size": 1000})["hits"]["hits"]
    ]
    assert born.count(2) == 1


def test_copies_count_once(made):
    texts = ("lékaře", "sestry lékařů")
    documents = []
    for ident, party in (("a", "A"), ("b", "B"), ("c", "A")):
        parts = [passage(ident, n, text) for n, text in enumerate(texts, 1)]
        documents.append(prepared(document(ident, parts, party=stated(party)), parts))
    plain, engine = memory(documents), fill(made(), documents)
    once = Once((("a", "b", "c"),), All())
    clause = resolve(Word("lékař"), plain.vocabulary, LANGUAGES)
    for by in (("party",), ("party", "document"), ()):
        wanted = plain.tally([clause], scope=All(), by=by, once=once)
        assert engine.tally([clause], scope=All(), by=by, once=once) == wanted
    found = engine.search(clause, scope=All(), limit=10, once=once)
    assert (found.total, found.left_out) == (2, 2)


@pytest.fixture
def bodies(monkeypatch):
    """What was sent to be asked, as it is."""
    sent = []
    searches = Client.searches

    def seen(self, asked):
        sent.extend(json.dumps(body) for _, body in asked)
        return searches(self, asked)

    monkeypatch.setattr(Client, "searches", seen)
    return sent


SCOPES = (
    All(),
    FacetIn("party", frozenset("B")),
    FacetIn("party", frozenset("AC")),
    AllOf((FacetIn("lang", frozenset(("cs",))), NoneOf(FacetIn("role", frozenset(("heading",)))))),
)


def test_copies_are_noted_on_their_rows_and_not_named(made, tmp_path, bodies):
    """By the commits of one index: as copies come, go, change places and are made anew."""
    names = [f"copy-{number}" for number in range(8)]

    def held(numbers, parties):
        parts = {
            name: [passage(name, n, text) for n, text in enumerate(("lékaře", "sestry vård"), 1)]
            for name in (names[number] for number in numbers)
        }
        facts = dict(zip(parts, parties, strict=True))
        made_ = (
            prepared(document(name, some, party=stated(facts[name])), some)
            for name, some in parts.items()
        )
        return completed(made_)

    steps = (
        (held(range(6), "ABABCA"), (), (("0", "1", "2"), ("4", "5"))),
        (held((6,), "B"), (), (("0", "1", "2", "6"), ("4", "5"))),
        ([], ("0",), (("1", "2", "6"), ("4", "5"))),
        (held((0, 4), "CB"), (), (("0", "1", "2", "6"),)),
        ([], (), ()),
        (some_documents(3), (), (("3", "4", "5"), ("1", "2"))),
    )
    plain, engine = MemoryEngine(OneLexicon()), made()
    clause = leaf("lékaře")
    for added, removed, told in steps:
        families = tuple(tuple(f"copy-{one}" for one in family) for family in told)
        copies = {one: first for first, *others in families for one in others}
        summary = Summary("1", copies=copies).as_record()
        for one in (plain, engine):
            with one.writer() as writer:
                for document_ in added:
                    writer.add(document_)
                for number in removed:
                    writer.remove(f"copy-{number}")
                writer.commit({"summary": summary})
        bodies.clear()
        for scope in SCOPES:
            once = Once(families, scope)
            for by in (("party",), ("role", "document")):
                wanted = plain.tally([clause], scope=scope, by=by, once=once)
                assert engine.tally([clause], scope=scope, by=by, once=once) == wanted
                repeats = engine.repeats(once, by)
                assert repeats.left_out == plain.repeats(once, by).left_out
            wanted, found = (
                each.search(clause, scope=scope, limit=9, ranked=False, once=once)
                for each in (plain, engine)
            )
            assert found == wanted
        # Only those are named that stand for a first one which is not looked at.
        named = {name for name in names for body in bodies if f'"{name}"' in body}
        assert named <= {one for family in families for one in family[1:]}
        everywhere = [body for body in bodies if '"party": [' not in body]
        assert not any(f'"{name}"' in body for name in names for body in everywhere)
        assert [what for _, what in engine.findings() if what] == []


def test_a_commit_of_many_writers_that_was_stopped_is_repeated(made, monkeypatch):
    """What it had noted of copies is taken away before it is noted anew."""

    def held(name, *texts):
        parts = [passage(name, n, text) for n, text in enumerate(texts, 1)]
        return prepared(document(name, parts), parts)

    before = [held("b", "lékaře", "sestry"), held("c", "vård")]
    plain, engine = memory(completed([*before, held("a", "lékaře", "sestry")])), made()
    fill(engine, completed(before))
    state = {"summary": Summary("1", copies={"b": "a"}).as_record()}
    number = engine.begin()
    with engine.share(number, 1, 1) as writer:
        writer.add(*completed([held("a", "lékaře", "sestry")]))
        writer.commit({"files": {}})

    def commit():
        with engine.committing(number) as writer:
            writer.commit(state)

    with monkeypatch.context() as patch:
        patch.setattr(ClusterWriter, "_write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            commit()
    assert [one.id for one in engine.documents()] == ["b", "c"]
    with monkeypatch.context() as patch:
        patch.setattr("progsearch.engine.opensearch.writing.note_repeats", lambda *_: False)
        patch.setattr(ClusterWriter, "_write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            commit()
    found = engine.client.search(
        (engine._ledger.indices().passages,),
        {"query": {"terms": {"share": [NOTED]}}, "track_total_hits": True},
    )
    assert found["hits"]["total"]["value"] == 0
    commit()
    once = Once((("a", "b"),), All())
    for by in (("document",), ()):
        wanted = plain.tally([], scope=All(), by=by, once=once)
        assert engine.tally([], scope=All(), by=by, once=once) == wanted
    assert [what for _, what in engine.findings() if what] == []


def test_copies_that_were_not_told_are_named(made, bodies):
    """Whoever asks with other families than the index has is answered by these."""
    documents = [
        prepared(document(ident, parts), parts)
        for ident in "abc"
        for parts in ([passage(ident, 1, "lékaře")],)
    ]
    engine, once = fill(made(), documents), Once((("a", "b", "c"),), All())
    found = engine.search(leaf("lékaře"), scope=All(), limit=10, once=once)
    assert (found.total, found.left_out) == (1, 2)
    assert any('"document": ["b", "c"]' in body for body in bodies)


# What a cluster bounds


def leaf(*forms):
    return Leaf(forms[0], {form_key("cs", form): How.EXACT for form in forms})


@pytest.fixture(scope="module")
def numbered(cluster_url, tmp_path_factory):
    """Passages of numbered words: ``w0 w1 w2``, ``w1 w2 w3`` …"""
    parts = [passage("n", n, " ".join(f"w{n + step}" for step in range(3))) for n in range(1, 601)]
    documents = [prepared(document("n", parts), parts)]
    place = tmp_path_factory.mktemp("numbered")
    engine = fill(create("opensearch", place / "i", cluster=Cluster(cluster_url)), documents)
    yield engine, memory(documents)
    engine.close()


LARGE = (
    Leaf("w*", {form_key("cs", f"w{n}"): How.PREFIX for n in range(2000)}),
    Sequential('"w* w*"', (leaf(*[f"w{n}" for n in range(2000)]),) * 2),
    Nearby(
        "near",
        leaf(*[f"w{n}" for n in range(0, 1800, 2)]),
        leaf(*[f"w{n}" for n in range(1, 90, 2)]),
        2,
    ),
    Nearby("long", leaf(*[f"w{n}" for n in range(900)]), leaf(*[f"w{n}" for n in range(700)]), 1),
    AnyOf(tuple(leaf(f"w{n}") for n in range(520)), coordinate=True),
    AnyOf(
        tuple(Sequential(f"{n}", (leaf(f"w{n}"), leaf(f"w{n + 1}"))) for n in range(900))
        + tuple(leaf(f"w{n}") for n in range(500, 600))
        + (Nearby("n", leaf("w3"), leaf("w5"), 2),),
        coordinate=True,
    ),
)


@pytest.mark.parametrize("clause", LARGE, ids=range(len(LARGE)))
def test_questions_of_more_clauses_than_a_cluster_takes_are_answered_exactly(numbered, clause):
    engine, plain = numbered
    wanted = plain.search(clause, scope=All(), limit=None, ranked=False)
    assert wanted.total > 10
    every, found = (engine.search(clause, scope=All(), limit=limit) for limit in (None, 20))
    assert (every.total, found.total) == (wanted.total, wanted.total)
    assert {one.id for one, _ in every.hits} == {one.id for one, _ in wanted.hits}
    assert engine.tally([clause], scope=All(), by=()) == plain.tally([clause], scope=All(), by=())
    half = AnyOf(tuple(Sequential("w", (leaf(f"w{n}"), leaf(f"w{n + 1}"))) for n in range(99, 500)))
    for scope in (clause, NoneOf(clause)):
        assert engine.tally([half], scope=scope, by=()) == plain.tally([half], scope=scope, by=())
    best = every.hits[:20]
    assert [round(score, 6) for _, score in found.hits] == [round(score, 6) for _, score in best]


def test_what_is_held_for_who_asks_again_is_bounded(numbered, monkeypatch):
    engine, plain = numbered
    monkeypatch.setattr("progsearch.engine.opensearch.HELD", 40)
    held = []
    for number in range(30):
        asked = Asked(All(), ("region", "document"), None, (leaf(f"w{number}"),))
        sought = Sought(leaf(f"w{number}"), All(), 5, None)
        lookups = [Lookup("cs", f"w{number}")]
        engine.prefetch(documents=["n"], lookups=lookups, scopes=[asked], searches=[sought])
        wanted = plain.tally(asked.clauses, scope=All(), by=asked.by)
        assert engine.tally(asked.clauses, scope=All(), by=asked.by) == wanted
        found = engine.search(sought.clause, scope=All(), limit=5)
        assert found.total == plain.search(sought.clause, scope=All(), limit=5).total
        assert engine.document("n") == plain.document("n")
        held.append(engine._reader.held())
    first, *_ = held
    assert first > 0
    assert max(held) < 40 + 2 * first


def test_alternatives_of_a_word_are_one_term(filled):
    engine, plain, other = filled
    phrase = Sequential("b", (leaf("lékaře"), leaf("sestra")))
    for clause in (
        OneOf("one", (leaf("vård", "sestry"), phrase)),
        AnyOf((OneOf("one", (phrase, leaf("nemocnice"))), leaf("lékař")), coordinate=True),
        AllOf((OneOf("one", (leaf("sestra"),)), NoneOf(OneOf("two", (phrase,))))),
    ):
        wanted = plain.search(clause, scope=All(), limit=None, ranked=False)
        found = engine.search(clause, scope=All(), limit=1000)
        assert found.total == wanted.total > 0
        assert {one.id for one, _ in found.hits} == {one.id for one, _ in wanted.hits}
        if other:
            scores = {
                one.id: score for one, score in other.search(clause, scope=All(), limit=None).hits
            }
            assert {one.id: score for one, score in found.hits} == pytest.approx(scores)


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


# Writers


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
from test_cluster_engine import some_documents
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
