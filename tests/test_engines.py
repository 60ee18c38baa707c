"""Every engine gives the passages and counts of the in-memory one, on generated queries."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from itertools import groupby, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from making import WORDS, OneLexicon, corpora, document, passage, prepared, queries, stated

from progsearch.clause import (
    UNATTESTED,
    All,
    AllOf,
    AnyOf,
    Dated,
    FacetIn,
    NoneOf,
    OneOf,
    resolve,
)
from progsearch.engine import FACETS, create, installed, open_engine
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.matching import facets_of, index_text, matches
from progsearch.model import Region
from progsearch.query import Phrase, Word

LANGUAGES = ("cs", "sv")


def fill(engine, documents, state=None):
    with engine.writer() as writer:
        for one in documents:
            writer.add(one)
        writer.commit({"summary": state or {}})
    return engine


def memory(documents):
    return fill(MemoryEngine(OneLexicon()), documents)


@pytest.fixture(params=installed())
def engine_name(request):
    return request.param


scopes = st.sampled_from(
    (
        All(),
        FacetIn("role", frozenset({"goal", "measure"})),
        NoneOf(FacetIn("role", frozenset({"heading"}))),
        FacetIn("region", frozenset({"", "SE-G"})),
        Dated(date(2021, 1, 1), None),
        Dated(date(2020, 6, 1), date(2021, 5, 2)),
        FacetIn("label", frozenset({"", "504"})),
        AllOf((FacetIn("lang", frozenset({"cs"})), NoneOf(FacetIn("document", frozenset({"d0"}))))),
    )
)
groups = st.sampled_from(
    [("region",), ("party", "lang"), ("document", "role"), ("year",), ("label", "country"), ()]
)
slow = settings(
    max_examples=examples(50),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def completed(documents):
    """The same documents with labels, and with the lemmas among their forms."""
    return [
        replace(
            one,
            passages=[
                replace(part, label=("", "504", "žádný")[(number + place) % 3])
                for place, part in enumerate(one.passages)
            ],
            forms={
                (lang, key): replace(OneLexicon().entry(key, lang), step=UNATTESTED)
                for (lang, _), entry in one.forms.items()
                for key in (*entry.keys, *entry.parts)
            }
            | one.forms,
        )
        for number, one in enumerate(documents)
    ]


complete_corpora = corpora().map(completed)


words_and_phrases = st.one_of(
    st.sampled_from(WORDS).map(Word),
    st.lists(st.sampled_from(WORDS).map(Word), min_size=2, max_size=2).map(tuple).map(Phrase),
)
alternatives = st.lists(
    st.tuples(words_and_phrases, st.sampled_from(LANGUAGES)), min_size=1, max_size=4
)


@slow
@given(
    documents=complete_corpora,
    asked=st.lists(queries, min_size=1, max_size=4),
    scope=scopes,
    by=groups,
)
def test_same_passages_and_counts(engine_name, tmp_path_factory, documents, asked, scope, by):
    plain = memory(documents)
    folder = tmp_path_factory.mktemp("index")
    engine = fill(create(engine_name, folder), documents)
    engine.vocabulary._fallback = OneLexicon()
    clauses = [resolve(query, plain.vocabulary, LANGUAGES) for query in asked]
    assert clauses == [resolve(query, engine.vocabulary, LANGUAGES) for query in asked]
    for clause in clauses:
        wanted = plain.search(clause, scope=scope, limit=None, ranked=False)
        for ranked in (True, False):
            found = engine.search(clause, scope=scope, limit=None, ranked=ranked)
            assert found.total == wanted.total
            ids = [one.id for one, _ in found.hits]
            assert sorted(ids) == sorted(one.id for one, _ in wanted.hits)
        assert ids == [one.id for one, _ in wanted.hits]
        both = AllOf((clause, scope))
        assert texts(engine, both, by) == texts(plain, both, by)
        assert engine.facets(both, FACETS) == plain.facets(both, FACETS)
    assert engine.tally(clauses, scope=scope, by=by) == plain.tally(clauses, scope=scope, by=by)
    engine.close()


def texts(engine, clause, by):
    """The texts that match, in the order of the documents' ids; those of one stay in theirs."""
    found = [(group, tuple(keys)) for group, keys in engine.texts(clause, by=("document", *by))]
    together = [document for document, _ in groupby(found, lambda one: one[0][0])]
    assert len(together) == len(set(together))
    return sorted(found, key=lambda one: one[0][0])


@settings(slow, max_examples=examples(30))
@given(
    documents=complete_corpora,
    asked=st.lists(alternatives, min_size=1, max_size=3),
    ways=st.sampled_from(("all", "any", "ranked")),
)
def test_alternatives_are_one_term(engine_name, tmp_path_factory, documents, asked, ways):
    plain = memory(documents)
    parts = tuple(
        OneOf(
            f"word {number}",
            tuple(resolve(one, plain.vocabulary, [lang], accents=False) for one, lang in some),
        )
        for number, some in enumerate(asked)
    )
    clause = AllOf(parts) if ways == "all" else AnyOf(parts, coordinate=ways == "ranked")
    engine = fill(create(engine_name, tmp_path_factory.mktemp("index")), documents)
    wanted = plain.search(clause, scope=All(), limit=None, ranked=False)
    for ranked in (True, False):
        found = engine.search(clause, scope=All(), limit=None, ranked=ranked)
        assert {one.id for one, _ in found.hits} == {one.id for one, _ in wanted.hits}
    met = {
        one.id: sum(matches(part, *indexed(one, documents)) for part in parts)
        for one, _ in wanted.hits
    }
    assert all(met.values())
    if ways == "all":
        assert set(met.values()) <= {len(parts)}
    by = ("lang",)
    assert engine.tally(parts, scope=All(), by=by) == plain.tally(parts, scope=All(), by=by)
    engine.close()


def indexed(one, documents):
    """The facets and the texts of a passage, as matching takes them."""
    (found,) = (made.document for made in documents if made.document.id == one.document)
    texts = [one.text, *(["\n".join(one.headings)] if one.headings else [])]
    lang = one.lang.value
    return facets_of(found, one), [index_text(text, lang, OneLexicon()) for text in texts]


@settings(slow, max_examples=examples(20))  # each writes an index several times
@given(
    steps=st.lists(
        st.tuples(
            complete_corpora,
            st.lists(st.sampled_from(["d0", "d1", "d2", "d3"]), max_size=2),
            st.sampled_from([False, False, True]),
        ),
        min_size=2,
        max_size=4,
    ),
    by=groups,
)
def test_same_after_changes(engine_name, tmp_path_factory, steps, by):
    plain = MemoryEngine(OneLexicon())
    engine = create(engine_name, tmp_path_factory.mktemp("index"))
    for number, (added, removed, anew) in enumerate(steps):
        for one in (plain, engine):
            with one.writer() as writer:
                if anew:
                    writer.clear()
                for document_ in added:
                    writer.add(document_)
                for ident in removed:
                    writer.remove(ident)
                writer.commit({"summary": {"number": number}})
    engine.vocabulary._fallback = OneLexicon()
    assert list(engine.documents()) == list(plain.documents())
    assert engine.state("summary") == {"number": len(steps) - 1}
    for one in plain.documents():
        assert engine.passages(one.id) == plain.passages(one.id)
    for facet in FACETS:
        assert engine.values(facet) == plain.values(facet)
    codes = plain.values("region")
    assert engine.regions() == {code: plain.regions()[code] for code in codes}
    for lang, word in product(LANGUAGES, WORDS):
        assert engine.vocabulary.known(word, lang) == plain.vocabulary.known(word, lang)
        starting = sorted(engine.vocabulary.fitting(word[:2], lang, str))
        assert starting == sorted(plain.vocabulary.fitting(word[:2], lang, str))
    clauses = [resolve(Word(word), plain.vocabulary, LANGUAGES) for word in WORDS]
    assert engine.tally(clauses, scope=All(), by=by) == plain.tally(clauses, scope=All(), by=by)
    assert texts(engine, All(), by) == texts(plain, All(), by)
    engine.close()


def corpus():
    first = [passage("a", 1, "Chceme lékaře a sestry"), passage("a", 2, "vård", lang="sv")]
    second = [passage("b", 1, "lékaře", headings=("Lékařů sestra",))]
    return [prepared(document("a", first), first), prepared(document("b", second), second)]


@pytest.fixture
def engine(engine_name, tmp_path):
    made = fill(create(engine_name, tmp_path / "index"), corpus(), {"x": [1, "ž"]})
    yield made
    made.close()


def test_documents_and_passages_come_back_as_they_were(engine):
    for one in corpus():
        assert engine.document(one.document.id) == one.document
        assert engine.passages(one.document.id) == list(one.passages)
        for part in one.passages:
            assert engine.passage(part.id) == part
    assert [one.id for one in engine.documents()] == ["a", "b"]
    assert engine.document("c") is None
    assert engine.passage("a.9") is None
    assert engine.state("summary") == {"x": [1, "ž"]}
    assert engine.state("files") == {}


def test_values_are_those_of_the_passages(engine):
    assert sorted(engine.values("lang")) == ["cs", "sv"]
    assert engine.values("party") == []


def test_regions_are_told_by_a_document_each(engine_name, tmp_path, monkeypatch):
    some = []
    for number in range(20):
        parts = [passage(f"d{number}", 1, "vård")]
        region = stated(Region("XX-1", "Kdesi") if number % 2 else Region("XX-2", "Kdekoli"))
        some.append(prepared(document(f"d{number}", parts, region=region), parts))
    engine = fill(create(engine_name, tmp_path / "index"), some)
    read = []
    module = sys.modules[type(engine._engine).__module__]
    made = module.document_from
    monkeypatch.setattr(module, "document_from", lambda one: read.append(one) or made(one))
    assert engine.regions() == {"XX-1": "Kdesi", "XX-2": "Kdekoli"}
    assert len(read) == 2
    engine.close()


def test_vocabulary_holds_the_forms(engine):
    vocabulary = engine.vocabulary
    assert vocabulary.known("lékaře", "cs").keys == ("lékař", "lékaře")
    assert vocabulary.known("lékaře", "sv") is None
    assert [form for form, _ in vocabulary.folded("lekare", "cs")] == ["lékaře"]
    assert sorted(vocabulary.fitting("lek", "cs", str)) == ["lékaře", "lékařů"]


def test_replacing_and_removing(engine_name, tmp_path):
    engine = fill(create(engine_name, tmp_path), corpus())
    changed = [passage("a", 1, "nemocnice")]
    with engine.writer() as writer:
        writer.add(prepared(document("a", changed), changed))
        writer.remove("b")
        writer.commit({"summary": {"second": True}})
    assert [one.id for one in engine.documents()] == ["a"]
    assert [one.text for one in engine.passages("a")] == ["nemocnice"]
    assert engine.search(All(), scope=All(), limit=None).total == 1
    assert engine.state("summary") == {"second": True}
    engine.close()


def test_leaving_without_a_commit_changes_nothing(engine_name, tmp_path):
    engine = fill(create(engine_name, tmp_path), corpus())

    def fail():
        with engine.writer() as writer:
            writer.remove("a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert engine.document("a") is not None
    engine.close()


def test_a_second_writer_is_refused(engine_name, tmp_path):
    engine = create(engine_name, tmp_path)
    with engine.writer(), pytest.raises(ProgsearchError, match="another ingest"), engine.writer():
        pass
    engine.close()


def test_no_index_is_an_error_with_a_remedy(engine_name, tmp_path):
    with pytest.raises(ProgsearchError, match="progsearch ingest"):
        open_engine(tmp_path / "none")


def test_an_exact_form_ranks_before_other_forms(engine_name, tmp_path):
    parts = [
        passage("a", n, f"Chceme {w} sestry")
        for n, w in enumerate(["lékaře", "lékařů", "lékař"], 1)
    ]
    engine = fill(create(engine_name, tmp_path), [prepared(document("a", parts), parts)])
    for number, word in enumerate(["lékaře", "lékařů", "lékař"], 1):
        clause = resolve(Word(word), engine.vocabulary, LANGUAGES)
        found = engine.search(clause, scope=All(), limit=None)
        assert found.total == 3
        assert found.hits[0][0].number == number
    engine.close()
