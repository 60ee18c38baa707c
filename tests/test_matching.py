"""Where a clause matches: the words of the text, never stems, and how."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import (
    OneLexicon,
    corpora,
    document,
    passage,
    prepared,
    queries,
    stated,
)

from progsearch.clause import All, AllOf, AnyOf, Dated, FacetIn, How, NoneOf, leaves, resolve
from progsearch.engine.memory import MemoryEngine, MemoryVocabulary
from progsearch.matching import (
    Match,
    facets_of,
    find,
    index_text,
    matches,
    places,
    runs,
)
from progsearch.model import PartialDate, Region, Role
from progsearch.query import parse
from progsearch.search import Index
from progsearch.state import Summary

VOCABULARY = MemoryVocabulary(OneLexicon())


def clause(text):
    return resolve(parse(text), VOCABULARY, ("cs", "sv"), accents=False)


def index(text, lang):
    return index_text(text, lang, OneLexicon())


def found(query, text, lang="cs", headings=()):
    return [
        ((text if m.where == "text" else "\n".join(headings))[m.start : m.end], m.term, m.how)
        for m in find(clause(query), passage("a", 1, text, lang=lang, headings=headings), index)
    ]


@pytest.mark.parametrize(
    ("query", "text", "places"),
    [
        ("lékař", "Chceme LÉKAŘE!", [("LÉKAŘE", "lékař", How.LEMMA)]),
        ("lékaře", "lékaře", [("lékaře", "lékaře", How.EXACT)]),
        ("lékař", "**lékařů**", [("lékařů", "lékař", How.LEMMA)]),
        ('"lékař sestra"', "od lékaře, sestry", [("lékaře, sestry", '"lékař sestra"', How.PHRASE)]),
        ('"lékař sestra"', "lékaře a sestry", []),
        ("lékař NEAR/2 sestra", "sestry a lékaři lékaře", []),
        (
            "lékař NEAR/2 sestra",
            "sestry a lékaře",
            [("sestry a lékaře", "lékař NEAR/2 sestra", How.NEAR)],
        ),
        (
            "(lékař OR nemocnici) NEAR/2 (sestra OR pacient)",
            "sestry v nemocnici",
            [("sestry v nemocnici", "(lékař OR nemocnici) NEAR/2 (sestra OR pacient)", How.NEAR)],
        ),
        # a word that needs another is no evidence without it
        ("sestra OR (lékař AND nemocnice)", "sestry a lékaře", [("sestry", "sestra", How.LEMMA)]),
        ('="lékař"', "lékaře lékař", [("lékař", '="lékař"', How.EXACT)]),
        ("lékař NOT sestra", "lékaře sestry", [("lékaře", "lékař", How.LEMMA)]),
    ],
)
def test_places_are_words_of_the_text(query, text, places):
    assert found(query, text) == places


def test_places_of_any_text_are_those_of_all_terms_in_order():
    text = "Sestra, vrátný a lékaře."
    asked = clause("(lékař AND nemocnice) OR sestra OR NOT vrátný")
    found = [(text[one.start : one.end], one.where) for one in places(asked, index(text, "cs"))]
    # Without a passage it is not asked which of them are met together.
    assert found[0] == ("Sestra", "text")
    assert ("lékaře", "text") in found
    assert places(clause("vlak"), index(text, "cs")) == []


def test_a_part_of_a_compound_says_so():
    assert found("vård", "sjukvård", lang="sv") == [("sjukvård", "vård", How.PART)]
    assert found("vård", "sjukvård", lang="cs") == []


def test_words_of_headings_are_told_apart():
    text, headings = "Podpoříme je.", ("Zdraví", "Lékaře a sestry")
    place = find(clause("lékař"), passage("a", 1, text, headings=headings), index)
    assert [one.where for one in place] == ["heading"]
    assert found("lékař", text, headings=headings) == [("Lékaře", "lékař", How.LEMMA)]


@pytest.mark.parametrize(
    ("when", "since", "until", "inside"),
    [
        (PartialDate(2020), date(2020, 6, 1), None, True),
        (PartialDate(2020), date(2021, 1, 1), None, False),
        (PartialDate(2020), None, date(2019, 12, 31), False),
        (PartialDate(2020, 2), None, date(2020, 2, 1), True),
        (PartialDate(2020, 2), date(2020, 2, 29), date(2020, 3, 1), True),
        (PartialDate(2020, 2, 3), date(2020, 2, 4), None, False),
        (None, None, date(2030, 1, 1), False),
    ],
)
def test_a_date_may_lie_between_two_days(when, since, until, inside):
    facets = facets_of(document("a", date=stated(when)), passage("a", 1, "x"))
    assert matches(Dated(since, until), facets, ()) is inside


def test_facets():
    made = document(
        "a", region=stated(Region("SE-G", "Kronoberg")), country=stated("SE"), party=stated("C")
    )
    facets = facets_of(made, passage("a", 1, "x", role=Role.GOAL, lang="sv"))
    assert matches(FacetIn("region", frozenset({"SE-G", "SE-K"})), facets, ())
    assert matches(FacetIn("year", frozenset({""})), facets, ())
    assert not matches(NoneOf(FacetIn("role", frozenset({"goal"}))), facets, ())
    assert matches(AllOf((FacetIn("party", frozenset({"C"})),)), facets, ())


@given(corpora(), st.lists(queries, min_size=1, max_size=4))
def test_places_are_those_of_each_term_by_itself(documents, asked):
    lexicon = OneLexicon()
    either = AnyOf(tuple(resolve(one, MemoryVocabulary(lexicon), ["cs", "sv"]) for one in asked))
    for each_of in documents:
        for one in each_of.passages:
            text = index_text(one.text, one.lang.value, lexicon)
            each = {
                Match(text.spans[first][0], text.spans[last][1], term.term, how)
                for term in leaves(either)
                for first, last, how in runs(term, text)
            }
            assert set(places(either, text)) == each


@given(corpora(), queries)
def test_a_positive_query_that_matches_by_words_shows_where(documents, query):
    if "NOT" in str(query) or ":" in str(query):
        return
    asked = resolve(query, VOCABULARY, ("cs", "sv"), accents=False)
    for one in documents:
        for part in one.passages:
            texts = [index(part.text, part.lang.value)]
            texts.append(index("\n".join(part.headings), part.lang.value))
            there = find(asked, part, index)
            if matches(asked, facets_of(one.document, part), texts):
                assert there
            for match in there:
                text = part.text if match.where == "text" else "\n".join(part.headings)
                assert text[match.start : match.end].strip()


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        # A term that is asked for together with another is shown where both stand.
        ("(lékař AND (sestra OR vrátný)) OR nemocnice", "Lékař a sestra.", ["Lékař", "sestra"]),
        ("(lékař AND (sestra OR vrátný)) OR nemocnice", "Lékaře v nemocnice.", ["nemocnice"]),
        ("(lékař AND NOT sestra) OR nemocnice", "Lékaře v nemocnice.", ["Lékaře", "nemocnice"]),
        ("lékař NEAR/3 sestra", "Lékař a sestra.", ["Lékař a sestra"]),
        ("(lékař NEAR/3 sestra) OR nemocnice", "Lékaře v nemocnice.", ["nemocnice"]),
        ("(lékař NEAR/1 sestra) OR nemocnice", "Lékař a sestra v nemocnice.", ["nemocnice"]),
        ("(lékař NEAR/2 sestra)", "Sestra a lékař.", ["Sestra a lékař"]),
        ('("nová sestra" OR vlak) NEAR/2 lékař', "Nová sestra a lékař.", ["Nová sestra a lékař"]),
        ('("nová sestra" OR vlak) NEAR/2 lékař', "Lékař, nová sestra.", ["Lékař, nová sestra"]),
    ],
)
def test_what_is_asked_for_together_is_shown_together(query, text, words):
    assert [place for place, _, _ in found(query, text)] == words


@pytest.mark.parametrize(
    ("query", "text", "headings", "is_met"),
    [
        ("lékař", "Chceme lékaře.", (), True),
        ("lékař", "Chceme sestry.", (), False),
        ("lékař", "Chceme sestry.", ("lékaře",), True),  # in the text or in a heading
        ('"lékař sestra"', "lékaře", ("sestry",), False),  # never half in each
        ("lékař AND sestra", "lékaře", ("sestry",), True),
        ("lékař AND sestra", "lékaře", (), False),
        ("lékař OR sestra", "sestry", (), True),
        ("lékař OR sestra", "nic", (), False),
        ("lékař AND NOT sestra", "lékaře", (), True),
        ("lékař AND NOT sestra", "lékaře a sestry", (), False),
        ("lékař NEAR/2 sestra", "tady jsou sestry a lékaře", (), True),
        ("lékař NEAR/1 sestra", "tady jsou sestry a lékaře", (), False),
        ("lékař NEAR/3 sestra", "tady jsou dnes sestry a noví i lékaře", (), False),
        ("lékař NEAR/2 sestra", "tady jsou lékaře a sestry", (), True),
        ("lékař NEAR/1 sestra", "tady jsou lékaře a sestry", (), False),
        ("(lékař OR pacient) NEAR/1 sestra", "tu pacient sestra", (), True),
        # a phrase is one side, as long as it is
        ('("nová sestra" OR pacient) NEAR/1 lékař', "nová sestra lékaře", (), True),
        ('("nová sestra" OR pacient) NEAR/1 lékař', "lékaře nová sestra", (), True),
        ('("nová sestra" OR pacient) NEAR/1 lékař', "lékaře má pacient", (), False),
        ('("nová sestra" OR pacient) NEAR/2 lékař', "lékaře má pacient", (), True),
        ('("nová sestra" OR pacient) NEAR/9 lékař', "lékaře má sestra nová", (), False),
        ('("nová sestra" OR "starý pacient") NEAR/1 lékař', "starý pacient lékař", (), True),
    ],
)
def test_a_passage_matches_or_does_not(query, text, headings, is_met):
    made = passage("a", 1, text, lang="cs", headings=headings)
    texts = [index(text, "cs"), *([index("\n".join(headings), "cs")] if headings else [])]
    facets = facets_of(document("a", [made], lang="cs"), made)
    told = matches(clause(query), facets, texts)
    assert told is is_met
    assert matches(All(), facets, []) is True
    # What is shown is what is met.
    if is_met and "NOT" not in query:
        assert find(clause(query), made, index)


@pytest.mark.parametrize(("clauses", "marked"), [(64, 5000), (1, 5000), (64, 1), (2, 2)])
def test_places_that_are_kept_are_those_that_would_be_found(clauses, marked, monkeypatch):
    monkeypatch.setattr("progsearch.search.CLAUSES", clauses)
    monkeypatch.setattr("progsearch.search.MARKED", marked)
    passages = [passage("a", 1, "Lékaři a sestry"), passage("a", 2, "Sestra léčí, lékař řídí")]
    engine = MemoryEngine(OneLexicon())
    with engine.writer() as writer:
        writer.add(prepared(document("a", passages), passages))
        writer.commit({})
    index_of = Index(engine, Summary("1", languages=("cs",)))
    asked = [clause("sestra"), clause("lékař NEAR/3 sestra"), clause("lékaři OR řídí")]
    for _ in range(2):
        for one in asked:
            for about in passages:
                wanted = find(one, about, index)
                hit = index_of.hit(about, 1.0, one)
                assert hit.matches == wanted
                hit.matches.clear()  # what one does with a hit is nothing to the next
                assert len(index_of._finders) <= clauses
                assert len(index_of._marked) <= marked
