"""Scores are what their formula says, however the postings are read and in how many parts."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from making import OneLexicon, corpora, document, passage, prepared, queries
from test_engines import fill

from progsearch.clause import WEIGHTS, All, AllOf, AnyOf, Leaf, Nearby, NoneOf, Sequential, resolve
from progsearch.engine import create, installed
from progsearch.engine.bm25 import (
    FIELDS,
    inverse_frequency,
    posting_weight,
    rarity_of_chosen,
)
from progsearch.engine.masks import Kept
from progsearch.engine.memory import MemoryEngine
from progsearch.engine.whoosh import open_index
from progsearch.matching import Indexed, matches, runs
from progsearch.query import Word


def indexed(positions):
    return Indexed([(at, at + 1) for at in range(len(positions))], list(map(frozenset, positions)))


class Plain:
    """The formula, word by word, over all passages."""

    def __init__(self, documents):
        self.texts = {}
        for each in documents:
            for one, posting in zip(each.passages, each.postings, strict=True):
                self.texts[one.id] = {"text": posting.text, "headings": posting.headings}

    def rarity(self, having):
        return inverse_frequency(len(self.texts), len(having))

    def times(self, term, positions):
        return len({(first, last) for first, last, _ in runs(term, indexed(positions))})

    def term(self, term, texts, chosen):
        score = 0.0
        for field, weight in FIELDS.items():
            number = self.times(term, texts[field])
            if number:
                having = [one for one in self.texts.values() if self.times(term, one[field])]
                own = posting_weight(number, len(texts[field]))
                rarity = self.rarity(having)
                score += weight * (rarity_of_chosen(rarity) if chosen else rarity) * own
        return score

    def key(self, field, key, texts):
        number = sum(key in keys for keys in texts[field])
        if not number:
            return 0.0
        having = [one for one in self.texts.values() if any(key in at for at in one[field])]
        own = posting_weight(number, len(texts[field]))
        return FIELDS[field] * self.rarity(having) * own

    def matches(self, clause, texts):
        return matches(clause, None, list(map(indexed, texts.values())))

    def score(self, clause, texts):
        match clause:
            case Leaf(keys=keys):
                return sum(
                    WEIGHTS[how] * self.key(field, key, texts)
                    for field in FIELDS
                    for key, how in keys.items()
                )
            case Sequential() | Nearby():
                return self.term(clause, texts, False)
            case AnyOf(parts, coordinate, chosen):
                met = [part for part in parts if self.matches(part, texts)]
                if not coordinate:
                    return sum(self.score(part, texts) for part in met)
                one = (Leaf, Sequential, Nearby)
                return len(met) * sum(
                    self.term(part, texts, chosen)
                    if isinstance(part, one)
                    else self.score(part, texts)
                    for part in met
                )
            case AllOf(parts):
                return sum(self.score(part, texts) for part in parts)
            case _:
                return 0.0


@settings(
    max_examples=examples(50),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    documents=corpora(),
    asked=st.lists(queries, min_size=1, max_size=4),
    ways=st.sampled_from([(False, False), (True, False), (True, True)]),
    apart=st.booleans(),
    blocks=st.booleans(),
)
def test_scores_follow_the_formula(tmp_path_factory, documents, asked, ways, apart, blocks):
    engine = open_index(tmp_path_factory.mktemp("index"), True, blocks=blocks)
    memory = MemoryEngine(OneLexicon())
    # Segments that are not merged, so that rarity must be gathered from all of them.
    with patch("progsearch.engine.whoosh.writing.MERGED", 0):
        for group in [[one] for one in documents] if apart else [documents]:
            for each in (engine, memory):
                with each.writer() as writer:
                    for one in group:
                        writer.add(one)
                    writer.commit({})
    clauses = [resolve(query, memory.vocabulary, ("cs", "sv")) for query in asked]
    clause = AnyOf(tuple(one for one in clauses if "FacetIn" not in repr(one)), *ways)
    plain = Plain(documents)
    hits = list(engine.search(clause, scope=All(), limit=None).hits)
    engine.close()
    wanted = {
        name: plain.score(clause, texts)
        for name, texts in plain.texts.items()
        if plain.matches(clause, texts)
    }
    assert {one.id: score for one, score in hits} == pytest.approx(wanted, rel=1e-4)
    scores = [score for _, score in hits]
    assert scores == sorted(scores, reverse=True)


@settings(
    max_examples=examples(50),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    documents=corpora(),
    asked=st.lists(queries, min_size=1, max_size=4),
    scope=queries,
    coordinate=st.booleans(),
    few=st.sampled_from([0, 1, 8]),
    blocks=st.booleans(),
)
def test_a_scope_leaves_scores_as_they_are(
    tmp_path_factory, documents, asked, scope, coordinate, few, blocks
):
    engine = open_index(tmp_path_factory.mktemp("index"), True, blocks=blocks)
    memory = MemoryEngine(OneLexicon())
    with patch("progsearch.engine.whoosh.writing.MERGED", 0):
        for one in documents:
            for each in (engine, memory):
                with each.writer() as writer:
                    writer.add(one)
                    writer.commit({})
    *clauses, within = [
        resolve(query, memory.vocabulary, ("cs", "sv")) for query in (*asked, scope)
    ]
    clause = AnyOf(tuple(clauses), coordinate)
    # With 0 all rows are looked at one by one, however many are in scope.
    with patch("progsearch.engine.evaluation.FEW", few):
        found = engine.search(clause, scope=within, limit=None)
        hits = list(found.hits)
    with patch("progsearch.engine.evaluation.FEW", 1 << 30):
        everything = engine.search(clause, scope=All(), limit=None)
        all_hits = list(everything.hits)
        inside = {one.id for one, _ in engine.search(within, scope=All(), limit=None).hits}
    engine.close()
    wanted = {one.id: score for one, score in all_hits if one.id in inside}
    assert {one.id: score for one, score in hits} == pytest.approx(wanted, rel=1e-6)
    assert found.total == len(wanted)


@pytest.mark.skipif("tantivy" not in installed(), reason="tantivy is not installed")
@settings(
    max_examples=examples(30),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(documents=corpora(), asked=st.lists(queries, min_size=1, max_size=4))
def test_tantivy_scores_by_the_same_formula(tmp_path_factory, documents, asked):
    # But for coordinated words of several keys, whose rarity it reckons.
    engine = fill(create("tantivy", tmp_path_factory.mktemp("index")), documents)
    memory = fill(MemoryEngine(OneLexicon()), documents)
    clauses = [resolve(query, memory.vocabulary, ("cs", "sv")) for query in asked]
    clause = AnyOf(tuple(one for one in clauses if "FacetIn" not in repr(one)))
    plain = Plain(documents)
    found = engine.search(clause, scope=All(), limit=None)
    engine.close()
    wanted = {
        name: plain.score(clause, texts)
        for name, texts in plain.texts.items()
        if plain.matches(clause, texts)
    }
    assert {one.id: score for one, score in found.hits} == pytest.approx(wanted, rel=1e-6)
    scores = [score for _, score in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_rare_words_and_frequent_ones_weigh_what_bm25_says():
    assert rarity_of_chosen(5) == 5 < rarity_of_chosen(8) < 8
    assert inverse_frequency(100, 1) > inverse_frequency(100, 50) > inverse_frequency(100, 100) > 0
    assert posting_weight(2, 30) > posting_weight(1, 30) > posting_weight(1, 60)
    assert posting_weight(1, 30) == pytest.approx(1.0)
    assert posting_weight(1000, 30) < 2.2


@pytest.mark.parametrize("name", installed())
def test_an_alternative_that_is_ruled_out_adds_nothing(tmp_path, name):
    # The words that rule it out are looked for, too, although none can be matched by them.
    engine = create(name, tmp_path / name)
    texts = ["lékař nemocnice sestra", "nemocnice sestra"]
    found = [passage("d", number, text) for number, text in enumerate(texts, 1)]
    with engine.writer() as writer:
        writer.add(prepared(document("d", found), found))
        writer.commit({})
    lékař, nemocnice, sestra = (
        resolve(Word(word), engine.vocabulary, ("cs",)) for word in ("lékař", "nemocnice", "sestra")
    )
    alone = AnyOf((nemocnice,))
    more = AnyOf((nemocnice, AllOf((sestra, NoneOf(lékař)))))
    scores = [
        {one.number: score for one, score in engine.search(clause, scope=All(), limit=9).hits}
        for clause in (alone, more)
    ]
    engine.close()
    assert scores[1][1] == pytest.approx(scores[0][1])
    assert scores[1][2] > scores[0][2]


def test_the_mask_of_a_theme_is_made_once_and_is_nobody_elses():
    kept, made = Kept(len), []

    def making(mask):
        made.append(mask)
        return mask

    one, other = AnyOf((All(),)), AnyOf((All(),))
    assert kept.of(one, lambda: making(b"\x01\x00")) == b"\x01\x00"
    assert kept.of(one, lambda: making(b"\x00\x00")) == b"\x01\x00"
    assert kept.of(other, lambda: making(b"\x00\x01")) == b"\x00\x01"
    assert made == [b"\x01\x00", b"\x00\x01"]


def test_masks_that_are_kept_are_bounded(monkeypatch):
    monkeypatch.setattr("progsearch.engine.masks.KEPT", 10)
    kept = Kept(len)
    clauses = [AnyOf((All(),)) for _ in range(20)]
    for clause in clauses:
        kept.of(clause, lambda: bytes(4))
        assert sum(len(mask) for _, mask in kept._kept.values()) <= 10


@pytest.mark.skipif("tantivy" not in installed(), reason="tantivy is not installed")
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(documents=corpora(), asked=st.lists(queries, min_size=1, max_size=4))
def test_passages_that_tantivy_looks_at_match(tmp_path_factory, documents, asked):
    from progsearch.engine.tantivy import queries as of_tantivy

    engine = fill(create("tantivy", tmp_path_factory.mktemp("index")), documents)
    memory = fill(MemoryEngine(OneLexicon()), documents)
    # Each query twice, as terms of a theme have words in common.
    clauses = [resolve(query, memory.vocabulary, ("cs", "sv")) for query in (*asked, *asked)]
    clause = AnyOf(tuple(clauses), coordinate=True, chosen=len(asked) % 2 == 0)
    # All phrases and NEARs are looked for in what is stored of passages, and all words as sets.
    with (
        patch.object(of_tantivy, "MAX_PHRASES", 0),
        patch.object(of_tantivy, "MAX_TERMS", 0),
    ):
        looked = engine.search(clause, scope=All(), limit=None)
        counted = engine.tally(clauses, scope=All(), by=["lang"]).clauses
    engine.close()
    phrased = create("tantivy", engine.folder)
    plain = phrased.search(clause, scope=All(), limit=None)
    assert counted == phrased.tally(clauses, scope=All(), by=["lang"]).clauses
    phrased.close()
    assert looked.total == plain.total == memory.search(clause, scope=All(), limit=None).total
    assert [(one.id, score) for one, score in looked.hits] == [
        (one.id, score) for one, score in plain.hits
    ]
