"""What themes mean, kept between runs: never another clause than the one that would be made."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import OneLexicon, document, passage, prepared

from progsearch import kept
from progsearch.clause import AllOf, AnyOf, FacetIn, How, Leaf, Nearby, NoneOf, OneOf, Sequential
from progsearch.engine import create, open_engine
from progsearch.engine.memory import MemoryEngine
from progsearch.engine.whoosh import WhooshEngine
from progsearch.search import Index
from progsearch.state import Summary
from progsearch.themes import STATE, ThemeClauses, load
from progsearch.themes.meant import Meant, clause_from, clause_record

terms = st.text(max_size=5)
leaves = st.builds(Leaf, terms, st.dictionaries(terms, st.sampled_from(How), max_size=4))
phrases = st.builds(Sequential, terms, st.lists(leaves, max_size=3).map(tuple))
sides = st.one_of(
    leaves,
    phrases,
    st.builds(OneOf, terms, st.lists(leaves | phrases, max_size=3).map(tuple)),
)
clauses = st.recursive(
    sides | st.builds(Nearby, terms, sides, sides, st.integers(1, 30)),
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple), st.booleans()),
        st.builds(NoneOf, inner),
    ),
    max_leaves=8,
)


@given(clauses)
def test_a_clause_is_what_its_record_says(clause):
    again = clause_from(json.loads(json.dumps(clause_record(clause))))
    assert again == clause
    assert repr(again) == repr(clause)  # keys in their order, too: sums of floats depend on it


def test_what_asks_for_more_than_words_has_no_record():
    assert clause_record(AnyOf((NoneOf(FacetIn("party", frozenset({"A"}))),))) is None


@pytest.mark.parametrize("record", [None, [], ["leaf"], ["leaf", "a", ["b"], ""], ["none", []], 1])
def test_what_is_no_record_is_refused(record):
    with pytest.raises((ValueError, TypeError, KeyError)):
        clause_from(record)


def theme(folder, *words):
    folder.mkdir(exist_ok=True)
    listed = "".join(f"    - {word}\n" for word in words)
    text = f"id: t\nprefLabel:\n  en: T\nterms:\n  cs:\n{listed}"
    (folder / "t.yaml").write_text(text, encoding="utf-8")


def add(engine, ident, text):
    passages = [passage(ident, 1, text)]
    summary = {"language_data": "", "languages": ["cs"]}
    with engine.writer() as writer:
        writer.add(prepared(document(ident, passages), passages))
        writer.commit({"summary": summary})


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Asks an index anew for the clause of a theme; how often it was made."""
    monkeypatch.setenv("PROGSEARCH_CACHE", str(tmp_path / "kept"))
    made = ThemeClauses.clause
    times = []

    def counted(clauses, one):
        times.append(one)
        return made(clauses, one)

    monkeypatch.setattr(ThemeClauses, "clause", counted)

    def ask(engine=None):
        engine = engine or open_engine(tmp_path / "index")
        index = Index(engine, Summary("", languages=("cs",)), tmp_path)
        clauses = ThemeClauses.of(load([tmp_path / "themes"]), index)
        times.clear()
        (found,) = Meant(clauses, index).get(["t"])
        count = len(times)
        assert found == made(clauses, "t")
        assert Meant(clauses, index).get(["t"]) == [found]
        assert len(times) == count  # in one process it is made once, whatever is kept
        engine.close()
        return count

    return ask


@pytest.fixture
def index(tmp_path):
    engine = create("whoosh", tmp_path / "index")
    add(engine, "aaaa", "Lékař a sestra")
    engine.close()


def test_what_a_theme_means_is_kept_for_the_same_index_terms_and_rules(
    index, asked, tmp_path, monkeypatch
):
    theme(tmp_path / "themes", "sestra", "lék*", "lékař NEAR/3 sestra")
    assert [asked(), asked(), asked()] == [1, 0, 0]
    theme(tmp_path / "themes", "sestra", "lék*")
    assert [asked(), asked()] == [1, 0]
    engine = open_engine(tmp_path / "index")
    add(engine, "bbbb", "Lékárna")
    engine.close()
    assert [asked(), asked()] == [1, 0]
    monkeypatch.setattr(kept, "sources", lambda *_: b"other rules")
    assert [asked(), asked()] == [1, 0]


def test_a_word_that_a_dictionary_was_asked_for_is_looked_up_each_time(index, asked, tmp_path):
    theme(tmp_path / "themes", "nemocnicemi")
    assert [asked(), asked()] == [1, 1]


def test_words_beside_an_index_are_got_once_and_only_for_what_it_lacks(
    index, tmp_path, monkeypatch
):
    got = []
    state = WhooshEngine.state

    def counted(engine, part):
        got.append(part)
        return state(engine, part)

    monkeypatch.setattr(WhooshEngine, "state", counted)
    known, lacking = ("sestra", "lék*"), ("sestra", "nemocnicemi", "silnice")
    for words, wanted in ((known, []), (lacking, [STATE])):
        theme(tmp_path / "themes", *words)
        engine = open_engine(tmp_path / "index")
        asked = Index(engine, Summary("", languages=("cs",)), tmp_path)
        got.clear()
        ThemeClauses.of(load([tmp_path / "themes"]), asked).clause("t")
        assert [one for one in got if one == STATE] == wanted
        engine.close()


def test_what_cannot_be_read_is_made_anew(index, asked, tmp_path, monkeypatch):
    theme(tmp_path / "themes", "sestra")
    asked()
    monkeypatch.setattr(kept, "load", lambda *_, **__: b'["leaf"]')
    assert asked() == 1


def test_nothing_is_kept_of_an_index_that_tells_no_state(asked, tmp_path):
    theme(tmp_path / "themes", "sestra")
    engine = MemoryEngine(OneLexicon())
    add(engine, "aaaa", "Lékař a sestra")
    assert [asked(engine), asked(engine)] == [1, 1]
