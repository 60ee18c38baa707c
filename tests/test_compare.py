"""Comparisons: which groups there are, what is counted in them, evidence and silence."""

from __future__ import annotations

from collections import defaultdict

import pytest
from compare_making import LIBEREC, PRAGUE, asks, index_of, text_of
from compare_small import small
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from making import OneLexicon, corpora, queries

from progsearch.analysis import tokens
from progsearch.clause import resolve
from progsearch.compare import DIMENSIONS, Question, comparison
from progsearch.compare.sources import sources
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.matching import facets_of, index_text, matches
from progsearch.model import ASIDE_ROLES, PartialDate, Role
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.state import Summary


def cells(compared):
    """The counts of every cell: passages, documents, words, and of how many."""
    return {
        (cell.theme, *cell.group): (
            cell.passages,
            cell.documents,
            cell.words,
            cell.of_passages,
            cell.of_documents,
            cell.of_words,
        )
        for cell in compared.cells
    }


def counted(documents, query, clause, by):
    """The same, one passage after the other."""
    found = defaultdict(lambda: [0, set(), 0, 0, set(), 0])
    lexicon = OneLexicon()
    for made in documents:
        for passage in made.passages:
            if passage.role in ASIDE_ROLES:
                continue
            facets = facets_of(made.document, passage)
            group = tuple(facets.value(name) for name in by)
            words = len(tokens(passage.text, passage.lang.value, lexicon))
            texts = [
                index_text(text, passage.lang.value, lexicon)
                for text in (passage.text, "\n".join(passage.headings))
            ]
            sums = found[str(query), *group]
            sums[3] += 1
            sums[4].add(passage.document)
            sums[5] += words
            if matches(clause, facets, texts):
                sums[0] += 1
                sums[1].add(passage.document)
                sums[2] += words
    return {
        place: (p, len(docs), w, of, len(of_docs), of_w)
        for place, (p, docs, w, of, of_docs, of_w) in found.items()
    }


@settings(max_examples=examples(60))
@given(
    documents=corpora(),
    query=queries,
    by=st.lists(st.sampled_from(DIMENSIONS), max_size=3, unique=True),
)
def test_cells_are_what_one_counts_by_hand(documents, query, by):
    engine = MemoryEngine(OneLexicon())
    with engine.writer() as writer:
        for one in documents:
            writer.add(one)
        writer.commit({})
    index = Index(engine, Summary("1", languages=("cs", "sv")))
    clause = resolve(query, engine.vocabulary, ("cs", "sv"))
    question = Question(str(query), "", clause)
    assert cells(comparison(index, [question], by)) == counted(documents, query, clause, by)


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (["region"], ["Hlavní město Praha", "Liberecký kraj", "Kronobergs län", "unknown"]),
        (["party"], ["A", "B", "unknown"]),
        (["year"], ["2020", "2021", "2024", "unknown"]),
        (["lang"], ["cs", "sv"]),
        (["party", "lang"], ["A cs", "B cs", "B sv", "unknown sv"]),
        (["lang", "party"], ["cs A", "cs B", "sv B", "sv unknown"]),
        (["document"], ["corpus/a.md", "corpus/b.md", "corpus/c.md", "corpus/d.md"]),
        (["commitment"], ["plain"]),
        ([], [""]),
    ],
)
def test_groups_come_in_an_order_that_people_know_and_the_unknown_last(by, groups):
    index = small()
    compared = comparison(index, asks(index, "sestra"), by)
    assert [" ".join(group.labels) for group in compared.groups] == groups
    assert [cell.group for cell in compared.cells] == [group.values for group in compared.groups]


def test_cells_of_several_questions_stand_together():
    index = small()
    compared = comparison(index, asks(index, "sestra", "vård"), ["party"])
    assert [cell.theme for cell in compared.cells] == ["sestra"] * 3 + ["vård"] * 3
    assert [cell.passages for cell in compared.cells_of("vård")] == [0, 2, 1]
    assert compared.cell("sestra", ("A",)).passages == 1
    assert [cell.theme for cell in compared.by_group()["B",]] == ["sestra", "vård"]
    with pytest.raises(KeyError):
        compared.cell("sestra", ("C",))
    assert compared.languages == ("cs", "sv")


@pytest.mark.parametrize(
    ("questions", "by", "what"),
    [
        (["sestra", "sestra"], ["party"], "asked twice: 'sestra'"),
        (["sestra"], ["party", "title"], "cannot compare by 'title'"),
    ],
)
def test_what_cannot_be_compared(questions, by, what):
    index = small()
    with pytest.raises(ProgsearchError) as error:
        comparison(index, asks(index, *questions), by)
    assert error.value.what == what
    assert error.value.remedy


@pytest.mark.parametrize(("size", "is_small"), [(1, True), (29, True), (30, False)])
def test_a_group_is_small_below_thirty_passages(size, is_small):
    index = index_of(text_of("a", ["sestra"] * size, party="A"))
    compared = comparison(index, asks(index, "sestra"), ["party"])
    assert compared.groups[0].small is compared.cells[0].small is is_small
    assert compared.cells[0].comparable is not is_small


def test_asides_count_only_when_asked_for():
    roles = {1: Role.HEADING, 2: Role.TEASER, 3: Role.NAVIGATION, 4: Role.MEASURE}
    index = index_of(text_of("a", ["sestra"] * 5, roles=roles, party="A"))

    def passages(**filters):
        compared = comparison(index, asks(index, "sestra"), ["party"], Filters(**filters))
        return [(cell.passages, cell.of_passages) for cell in compared.cells]

    assert passages() == [(2, 2)]
    assert passages(asides=True) == [(5, 5)]
    # A role that is named is let through; it is counted of all that is said.
    assert passages(role=["heading"]) == [(1, 3)]


def test_copies_count_once_and_that_is_said():
    texts = ["sestra", "vlaky"]
    index = index_of(
        text_of("a", texts, party="A"), text_of("b", texts, party="B"), copies={"b": "a"}
    )
    asked = asks(index, "sestra")
    once = comparison(index, asked, ["party"])
    assert [(group.values, group.passages) for group in once.groups] == [(("A",), 2), (("B",), 2)]
    assert once.size.passages == 2
    assert once.left_out == 1
    both = comparison(index, asked, ["party"], Filters(copies=True))
    assert [group.values for group in both.groups] == [("A",), ("B",)]
    assert both.left_out == 0
    # alone in scope, a copy stands for itself
    one = comparison(index, asked, ["party"], Filters(party=["B"], copies=False))
    assert [(group.values, group.passages) for group in one.groups] == [(("B",), 2)]
    assert one.left_out == 0


@pytest.mark.parametrize(
    ("by", "filters", "wanted"),
    [
        (["party"], {}, [(("A",), ("B",), 2), (("A",), ("",), 1)]),
        (["region"], {}, [((LIBEREC.code,), (PRAGUE.code,), 1)]),
        (["party", "region"], {}, [
            (("A", "CZ-51"), ("", "CZ-51"), 1),
            (("A", "CZ-51"), ("B", "CZ-10"), 1),
            (("A", "CZ-51"), ("B", "CZ-51"), 1),
        ]),
        (["lang", "party"], {}, [(("A",), ("B",), 2), (("A",), ("",), 1)]),
        (["role"], {}, []),
        (["document"], {}, []),
        ([], {}, []),
        (["party"], {"party": ["B", "unknown"]}, [(("B",), ("",), 1)]),
        (["party"], {"copies": True}, []),
    ],
)  # fmt: skip
def test_texts_of_several_groups_are_told(by, filters, wanted):
    index = index_of(
        text_of("a", ["sestra"], region=LIBEREC, party="A"),
        text_of("b", ["sestra"], region=LIBEREC, party="B"),
        text_of("c", ["sestra"], region=LIBEREC, party="A"),
        text_of("d", ["sestra"], region=LIBEREC),
        text_of("e", ["vlak"], region=LIBEREC, party="A"),
        text_of("f", ["vlak"], region=PRAGUE, party="B"),
        copies={"b": "a", "c": "a", "d": "a", "f": "e"},
    )
    compared = comparison(index, asks(index, "sestra"), by, Filters(**{"copies": False} | filters))
    assert [(one.first, one.other, one.texts) for one in compared.shared] == wanted


def test_filters_hold_for_what_matches_and_for_what_there_is():
    index = small()
    filters = Filters(since=PartialDate(2021), copies=False)
    compared = comparison(index, asks(index, "sestra"), ["year"], filters)
    assert [(group.values, group.passages) for group in compared.groups] == [
        (("2021",), 3),
        (("2024",), 1),
    ]
    assert [cell.passages for cell in compared.cells] == [0, 1]


PROMISES = [
    "Sestra v nemocnici sestra a sestra, nemocnice a sestra.",
    "Zajistíme, aby v nemocnici byla sestra.",
    "Podpoříme každou sestru, kterou má nemocnice.",
    "Vlaky a autobusy.",
    "Zajistíme čistou vodu, opravíme silnice a mosty, snížíme daně a zavedeme úřad, sestra.",
]


def evidence(**more):
    index = index_of(text_of("a", PROMISES, party="A"), text_of("b", ["sestra"], party="B"))
    asked = asks(index, "sestra OR nemocnice")
    compared = comparison(index, asked, ["party"], **more)
    return [[hit.passage.number for hit in cell.evidence] for cell in compared.cells]


def test_evidence_is_the_strongest_of_each_group_and_only_as_much_as_asked_for():
    assert evidence() == [[], []]
    (first, second) = evidence(evidence=9)
    assert sorted(first) == [1, 2, 3, 5]
    assert second == [1]
    assert evidence(evidence=2) == [first[:2], [1]]


def test_firm_promises_come_first_however_much_else_matches():
    plain, promised = evidence(evidence=4)[0], evidence(evidence=4, promises_first=True)[0]
    assert sorted(plain) == sorted(promised)
    assert plain.index(1) < plain.index(3)
    # 2 and 5 are firm, 3 is loose, 1 has the words most often and promises nothing
    assert promised == [*(number for number in plain if number in (2, 5)), 3, 1]
    assert evidence(evidence=3, promises_first=True)[0] == promised[:3]


def test_groups_have_their_countries_and_years():
    index = index_of(
        text_of("a", ["sestra"], party="A", country="CZ", year=2020),
        text_of("b", ["sestra"], party="A", country="CZ", year=2024),
        text_of("c", ["sestra"], party="B", country="SE", year=2022),
        text_of("d", ["sestra"], party="B", country="CZ"),
        text_of("e", ["sestra"]),
    )
    found = comparison(index, asks(index, "sestra"), ["party"]).background
    assert found.countries == {("A",): ("CZ",), ("B",): ("CZ", "SE")}
    assert found.years == {("A",): ("2020", "2024"), ("B",): ("2022", "2022")}
    assert found.paths == {}
    paths = comparison(index, asks(index, "sestra"), ["document"]).background.paths
    assert paths.keys() == {"a", "b", "c", "d", "e"}


def test_sources_are_the_documents_with_a_passage_and_no_copies():
    index = index_of(
        text_of("a", ["sestra", "voda"], party="A"),
        text_of("b", ["sestra", "sestra"], party="A"),
        text_of("c", ["sestra", "voda"], party="A"),
        text_of("d", ["voda"], party="A"),
        copies={"c": "a"},
    )
    compared = comparison(index, asks(index, "sestra", "nemocnice"), ["party"])
    assert [(one.document.id, one.passages) for one in sources(index, compared)] == [
        ("b", 2),
        ("a", 1),
    ]
    kept = comparison(index, asks(index, "sestra"), ["party"], Filters(copies=True))
    assert {one.document.id for one in sources(index, kept)} == {"a", "b", "c"}


def test_evidence_has_the_places_that_matched():
    index = small()
    compared = comparison(index, asks(index, "sestra"), ["region"], evidence=3)
    for cell in compared.cells:
        assert len(cell.evidence) == cell.passages
        for hit in cell.evidence:
            assert hit.document.region.value.code == cell.group[0]
            assert [hit.passage.text[m.start : m.end] for m in hit.matches] == ["sestra"]
