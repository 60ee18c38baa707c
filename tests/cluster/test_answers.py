"""An index in a cluster gives the passages and counts of the in-memory engine."""

from __future__ import annotations

import json

import making
import pytest
from cluster_making import LARGE, leaf, some_documents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from making import OneLexicon, document, passage, prepared, queries, stated
from test_engines import LANGUAGES, completed, fill, groups, memory, scopes

from progsearch.clause import (
    All,
    AllOf,
    AnyOf,
    FacetIn,
    Lookup,
    NoneOf,
    OneOf,
    Sequential,
    resolve,
)
from progsearch.engine import FACETS, Cluster, Once, create
from progsearch.engine.asking import Asked, Sought
from progsearch.engine.memory import MemoryEngine
from progsearch.engine.opensearch.client import Client
from progsearch.engine.opensearch.repeating import NOTED
from progsearch.engine.opensearch.writing import ClusterWriter
from progsearch.query import Word
from progsearch.state import Summary


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


@pytest.fixture(scope="module")
def numbered(cluster_url, tmp_path_factory):
    """Passages of numbered words, in which all that follow each other do: ``w1 w2 w3``,
    ``w3 w4 w5`` …"""
    numbers = range(1, 601, 2)
    parts = [passage("n", n, " ".join(f"w{n + step}" for step in range(3))) for n in numbers]
    documents = [prepared(document("n", parts), parts)]
    place = tmp_path_factory.mktemp("numbered")
    engine = fill(create("opensearch", place / "i", cluster=Cluster(cluster_url)), documents)
    yield engine, memory(documents)
    engine.close()


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
