"""Words to keys: in every language of the index, without accents, as parts, as prefixes."""

from __future__ import annotations

import pytest
from hypothesis import given
from making import OneLexicon, document, passage, prepared, queries

from progsearch import clause as cl
from progsearch.analysis import Entry, fold
from progsearch.clause import WEIGHTS, How, lookups, resolve
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.matching import Facets, index_text, matches
from progsearch.query import parse

TEXTS = (("cs", "Chceme lékaře a sestry, žádné řady; rada radí"), ("sv", "vården och sjukvård"))


class Watching(OneLexicon):
    """A lexicon that notes what it was asked."""

    def __init__(self):
        self.asked = []

    def entry(self, form: str, lang: str) -> Entry:
        self.asked.append((form, lang))
        return super().entry(form, lang)


@pytest.fixture
def vocabulary():
    engine = MemoryEngine(Watching())
    passages = [passage("a", n, text, lang=lang) for n, (lang, text) in enumerate(TEXTS, 1)]
    with engine.writer() as writer:
        writer.add(prepared(document("a", passages), passages))
        writer.commit({})
    return engine.vocabulary


def keys(text, vocabulary, **options):
    return dict(resolve(parse(text), vocabulary, ("cs", "sv"), **options).keys)


def test_a_word_has_its_form_and_its_lemma_in_each_language_that_knows_it(vocabulary):
    found = keys("lékaře", vocabulary)
    assert found["cs=lékaře"] is How.EXACT
    assert {key[:2] for key in found} == {"cs"}
    assert found["cs:lékař"] is How.LEMMA
    assert found["cs=lékař"] is How.LEMMA
    assert found["cs+lékař"] is How.PART


def test_a_word_that_no_text_has_keeps_its_form_in_every_language(vocabulary):
    found = keys("xyzzyx", vocabulary)
    assert (found["cs=xyzzyx"], found["sv=xyzzyx"]) == (How.EXACT, How.EXACT)


def test_a_word_without_accents_finds_those_with(vocabulary):
    assert keys("lekare", vocabulary)["cs:lékař"] is How.ACCENTS
    assert "cs:lékař" not in keys("lekare", vocabulary, accents=False)


def test_a_word_that_the_index_has_as_typed_keeps_to_itself(vocabulary):
    assert "cs=řada" not in keys("rada", vocabulary)
    assert "cs=řady" in keys("rady", vocabulary)


def test_dictionaries_are_asked_only_for_words_that_no_language_of_the_index_knows(vocabulary):
    keys("lékaře", vocabulary)
    keys("lekare", vocabulary)
    assert vocabulary._fallback.asked == []
    keys("lékařů", vocabulary)
    assert vocabulary._fallback.asked == [("lékařů", "cs"), ("lékařů", "sv")]


def test_a_word_never_seen_still_finds_its_other_forms(vocabulary):
    assert keys("lékařů", vocabulary)["cs:lékař"] is How.LEMMA


def test_prefixes_stand_for_the_forms_of_the_index(vocabulary):
    assert keys("sest*", vocabulary) == {"cs=sestry": How.PREFIX}
    assert keys("rad*", vocabulary).keys() == {"cs=rada", "cs=radí", "cs=řady"}
    assert keys("řad*", vocabulary).keys() == {"cs=řady"}
    assert keys("rad*", vocabulary, accents=False).keys() == {"cs=rada", "cs=radí"}
    assert keys("nic*", vocabulary) == {}


def test_a_prefix_for_too_many_words_is_refused(vocabulary, monkeypatch):
    monkeypatch.setattr("progsearch.clause.resolving.MAX_EXPANSION", 2)
    with pytest.raises(ProgsearchError, match=r"rad\* stands for more than 2 words"):
        keys("rad*", vocabulary)


def test_what_is_typed_as_one_word_may_be_several(vocabulary):
    found = resolve(parse("a/b"), vocabulary, ("cs",))
    assert isinstance(found, cl.Sequential)
    assert [leaf.term for leaf in found.leaves] == ["a", "b"]


@pytest.mark.parametrize("parts", [True, False])
def test_half_of_a_compound_is_found_in_a_phrase(parts):
    text = "Rätt till hälso- och sjukvård"
    engine = MemoryEngine(OneLexicon())
    found = [passage("a", 1, text, lang="sv"), passage("a", 2, "hälso sjukvård och", lang="sv")]
    with engine.writer() as writer:
        writer.add(prepared(document("a", found), found))
        writer.commit({})
    asked = resolve(parse('"hälso- och sjukvård"'), engine.vocabulary, ("sv",), parts=parts)
    hits = [
        matches(asked, Facets(*[""] * 10, 0, 0), [index_text(one.text, "sv", OneLexicon())])
        for one in found
    ]
    assert hits == [True, False]


def test_an_empty_index_matches_nothing():
    assert resolve(parse("a"), MemoryEngine().vocabulary, ()) == cl.NoneOf(cl.All())


def test_leaves_are_the_terms_that_may_match(vocabulary):
    found = resolve(parse('lékař NOT sestra "a b" OR vård'), vocabulary, ("cs", "sv"))
    assert [term.term for term in cl.leaves(found)] == ["lékař", '"a b"', "vård"]


def test_what_is_nearer_to_the_word_asked_for_weighs_more():
    order = [How.EXACT, How.LEMMA, How.ACCENTS, How.PREFIX, How.PART]
    found = [WEIGHTS[how] for how in order]
    assert found == sorted(found, reverse=True)
    assert WEIGHTS[How.LEMMA] > WEIGHTS[How.ACCENTS] > WEIGHTS[How.PREFIX] > WEIGHTS[How.PART] > 0


class _Recording:
    """A vocabulary that knows some words, and what it was asked for."""

    def __init__(self):
        self.asked = set()

    def entry(self, form, lang):
        return Entry((form,))

    def known(self, form, lang):
        self.asked.add((lang, fold(form), False))
        return Entry((form,)) if len(form) % 2 else None

    def folded(self, folded, lang):
        self.asked.add((lang, folded, False))
        return [(folded, Entry((folded,)))]

    def fitting(self, folded, lang, fits):
        if folded:
            self.asked.add((lang, folded, True))
        return filter(fits, [f"{folded}x"])

    def of_lemma(self, lemma, lang):
        return [lemma]

    def prefetch(self, wanted):
        pass


@given(queries)
def test_what_a_query_will_ask_a_vocabulary_for_is_told_beforehand(query):
    vocabulary = _Recording()
    resolve(query, vocabulary, ("cs", "sv"))
    assert vocabulary.asked <= set(map(tuple, lookups(query, ("cs", "sv"))))
