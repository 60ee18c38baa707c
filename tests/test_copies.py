"""Texts that several documents have: once in each group, and once in all, with every engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_making import KRONOBERG, LIBEREC, PRAGUE, asks, index_of, text_of
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from laws import examples
from making import (
    DATES,
    LANGS,
    PARTIES,
    REGIONS,
    ROLES,
    OneLexicon,
    document,
    passage,
    prepared,
    queries,
    stated,
    texts,
)

from progsearch.clause import All, AllOf, FacetIn, NoneOf, resolve
from progsearch.compare import DIMENSIONS, Question, comparison
from progsearch.compare.keywords import keywords
from progsearch.engine import SAID, Once, create, installed
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.model import Commitment, PartialDate, Role
from progsearch.query import Everything, parse
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.state import Summary

COMMITMENTS = ("strong", "weak", "done", "plain")
KINDS = (None, "programme", "news")
ENGINES = ("memory", *installed())


@st.composite
def copied(draw):
    """Documents of which some have the text of another one, and all else may differ."""
    families, made = [], []
    for number in range(draw(st.integers(1, 3))):
        bodies = draw(st.lists(texts, min_size=1, max_size=3))
        names = [f"d{draw(st.integers(0, 9))}{number}{copy}" for copy in range(3)]
        family = sorted(names[: draw(st.integers(1, 3))])
        families.append(tuple(family))
        for name in family:
            passages = [
                passage(
                    name,
                    place,
                    body,
                    lang=draw(st.sampled_from(LANGS)),
                    role=draw(st.sampled_from(ROLES)),
                    commitment=draw(st.sampled_from(COMMITMENTS)),
                    label=draw(st.sampled_from(("", "504"))),
                )
                for place, body in enumerate(bodies, 1)
            ]
            region = draw(st.sampled_from(REGIONS))
            facts = {
                "region": region,
                "country": region and region.code[:2],
                "party": draw(st.sampled_from(PARTIES)),
                "date": draw(st.sampled_from(DATES)),
                "kind": draw(st.sampled_from(KINDS)),
            }
            known = {field: stated(value) for field, value in facts.items()}
            made.append(
                prepared(document(name, passages, body_hash=str(number), **known), passages)
            )
    return draw(st.permutations(made)), tuple(one for one in families if len(one) > 1)


def opened(name, folder, documents, families):
    """An index that was written in two goes, so that a text's documents lie in several parts."""
    engine = MemoryEngine(OneLexicon()) if name == "memory" else create(name, folder)
    copies = {copy: family[0] for family in families for copy in family[1:]}
    summary = Summary("1", languages=LANGS, copies=copies)
    half = len(documents) // 2
    for part in (documents[:half], documents[half:]):
        with engine.writer() as writer:
            for one in part:
                writer.add(one)
            writer.commit({"summary": summary.as_record()})
    if name != "memory":
        engine.vocabulary._fallback = OneLexicon()
    return Index(engine, summary)


filters = st.sampled_from(
    (
        Filters(),
        Filters(promises=True),
        Filters(commitment=["strong", "done"]),
        Filters(role=["goal", "statement"]),
        Filters(label=["504"]),
        Filters(lang=["cs"]),
        Filters(party=["B", "unknown"]),
        Filters(kind=["programme"], promises=True),
        Filters(since=PartialDate(2021)),
        Filters(asides=True),
        Filters(copies=True),
    )
)
dimensions = st.lists(st.sampled_from(DIMENSIONS), max_size=2, unique=True)
quick = settings(
    max_examples=examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(params=ENGINES)
def engine_name(request):
    return request.param


@quick
@given(corpus=copied(), query=queries, wanted=filters, by=dimensions)
def test_a_cell_is_what_a_search_finds_in_its_group(
    engine_name, tmp_path_factory, corpus, query, wanted, by
):
    documents, families = corpus
    folder = tmp_path_factory.mktemp("index")
    index = opened(engine_name, folder, documents, families)
    asked = Question("q", "q", resolve(query, index.engine.vocabulary, LANGS))
    try:
        compared = comparison(index, [asked], by, wanted, evidence=99)
    except ProgsearchError:  # a filter that nothing in so small a corpus meets
        assume(False)
    counted = index.tally(query, wanted, by=by)
    once = wanted.counting()
    for cell in compared.cells:
        inside = {name: [value or "unknown"] for name, value in zip(by, cell.group, strict=True)}
        found = index.search(query, replace(once, **inside), limit=None)
        ids = sorted(hit.passage.id for hit in found.hits)
        assert cell.passages == found.total == len(ids)
        assert sorted(hit.passage.id for hit in cell.evidence) == ids
        assert cell.documents == len({ident.partition(".")[0] for ident in ids})
        # What is said has no say in what a rate is of, unless it is the group itself.
        whole = replace(once, promises=once.promises and "commitment" in by)
        whole = replace(whole, **{name: () for name in SAID if name not in by})
        of = index.search(Everything(), replace(whole, **inside), limit=None)
        assert cell.of_passages == of.total
        counts = counted.found.get(cell.group)
        assert cell.passages == (counts.passages if counts else 0)
        assert cell.of_passages == counted.of[cell.group].passages
    assert compared.totals["q"] == counted.total
    if not set(by) & set(SAID):
        assert counted.total.passages == index.search(query, once, limit=None).total
    sums = [sum(cell.passages for cell in compared.cells), sum(g.passages for g in compared.groups)]
    totals = [compared.totals["q"].passages, compared.size.passages]
    assert totals == sums or compared.left_out
    assert all(total <= added for total, added in zip(totals, sums, strict=True))
    if engine_name != "memory":
        index.engine.close()


@quick
@given(
    corpus=copied(),
    asked=st.lists(queries, max_size=3),
    by=dimensions,
    scope=st.sampled_from(
        (All(), FacetIn("lang", frozenset({"cs"})), NoneOf(FacetIn("role", frozenset({"heading"}))))
    ),
    among=st.sampled_from((All(), FacetIn("party", frozenset({"B", ""})))),
)
@pytest.mark.parametrize("name", installed())
def test_engines_take_the_same_texts_once(name, tmp_path_factory, corpus, asked, by, scope, among):
    documents, families = corpus
    plain = opened("memory", None, documents, families).engine
    other = opened(name, tmp_path_factory.mktemp("index"), documents, families).engine
    once = Once(families, among)
    scope = AllOf((scope, among))
    clauses = [resolve(query, plain.vocabulary, LANGS) for query in asked]
    told = [one.tally(clauses, scope=scope, by=by, once=once) for one in (plain, other)]
    assert told[0] == told[1]
    for clause in (All(), *clauses):
        wanted, found = (
            one.search(clause, scope=scope, limit=None, ranked=False, once=once)
            for one in (plain, other)
        )
        assert list(found.hits) == list(wanted.hits)
        assert found.total == wanted.total
        assert found.left_out == wanted.left_out == told[0].left_out
    other.close()


SAME = ["Zajistíme, aby v nemocnici byla sestra.", "Sestra.", "Vlaky."]


def regions():
    """A text of two regions, one of them twice, and one of a third."""
    return index_of(
        text_of("a", SAME, region=LIBEREC, party="A"),
        text_of("b", SAME, region=PRAGUE, party="A"),
        text_of("c", SAME, region=PRAGUE, party="B"),
        text_of("d", ["sestra"], region=KRONOBERG, party="B"),
        copies={"b": "a", "c": "a"},
    )


def test_a_text_of_two_regions_is_said_in_both_and_once_in_all():
    index = regions()
    compared = comparison(index, asks(index, "sestra"), ["region"])
    told = {cell.group[0]: (cell.passages, cell.of_passages) for cell in compared.cells}
    assert told == {"CZ-51": (2, 3), "CZ-10": (2, 3), "SE-G": (1, 1)}
    assert (compared.totals["sestra"].passages, compared.size.passages) == (3, 4)
    assert compared.overall("sestra") == 750
    assert compared.left_out == 2
    assert [(one.first, one.other, one.texts) for one in compared.shared] == [
        (("CZ-51",), ("CZ-10",), 1)
    ]


def test_one_default_holds_for_all_counts():
    index = regions()
    query = parse("sestra")
    assert index.tally(query, by=["region"]) == index.tally(query, Filters(), by=["region"])
    assert index.tally(query, by=[]).total.passages == 3
    assert index.tally(query, Filters(copies=True), by=[]).total.passages == 7
    # A search shows copies, and leaves them out when told so.
    assert index.search(query).total == index.search(query, Filters()).total == 7
    assert index.search(query, Filters(copies=False)).total == 3
    assert index.search(query, Filters(copies=False)).left_out == 2


def test_words_of_a_text_are_those_of_each_group_that_has_it():
    documents = [
        text_of(ident, ["vlaky vlaky vlaky vlaky vlaky vlaky", body], party=party)
        for ident, party, body in (("a", "A", "sestra"), ("b", "B", "sestra"), ("c", "B", "sestra"))
    ]
    rest = [text_of(f"x{n}", ["nemocnice lékař " * 30], party="C") for n in range(2)]
    index = index_of(*documents, *rest, copies={"b": "a", "c": "a"})
    found = keywords(index, ["party"], minimum=2)
    assert {(one.group, one.text): one.count for one in found.words if one.text == "vlaky"} == {
        (("A",), "vlaky"): 6,
        (("B",), "vlaky"): 6,
    }


PROMISED = [
    ("Bude tu sestra.", "strong", Role.MEASURE),
    ("Podpoříme sestry.", "weak", Role.MEASURE),
    ("Sestra pracuje.", "plain", Role.STATEMENT),
    ("Sestra přišla.", "done", Role.STATEMENT),
    ("Vlaky jezdí.", "plain", Role.STATEMENT),
    ("Opravíme vlaky.", "strong", Role.GOAL),
]


def promising():
    passages = [
        passage("a", at, text, commitment=commitment, role=role)
        for at, (text, commitment, role) in enumerate(PROMISED, 1)
    ]
    return index_of(prepared(document("a", passages, party=stated("A")), passages))


@pytest.mark.parametrize(
    ("by", "wanted", "cells"),
    [
        (["party"], {}, {("A",): (4, 6)}),
        (["party"], {"promises": True}, {("A",): (2, 6)}),
        (["party"], {"commitment": ["strong"]}, {("A",): (1, 6)}),
        (["party"], {"promises": True, "commitment": ["strong", "done"]}, {("A",): (1, 6)}),
        (["party"], {"role": ["measure"]}, {("A",): (2, 6)}),
        (["party"], {"role": ["goal"]}, {("A",): (0, 6)}),
        ([], {"promises": True}, {(): (2, 6)}),
        # A group of what is said is of itself.
        (["commitment"], {}, {
            ("strong",): (1, 2), ("weak",): (1, 1), ("done",): (1, 1), ("plain",): (1, 2),
        }),
        (["commitment"], {"promises": True}, {("strong",): (1, 2), ("weak",): (1, 1)}),
        (["role"], {"role": ["goal"]}, {("goal",): (0, 1)}),
        (["role"], {"role": ["goal", "measure"], "promises": True}, {
            ("goal",): (0, 1), ("measure",): (2, 2),
        }),
    ],
)  # fmt: skip
def test_what_is_said_is_counted_of_all_that_is_said(by, wanted, cells):
    index = promising()
    compared = comparison(index, asks(index, "sestra"), by, Filters(**wanted))
    assert {one.group: (one.passages, one.of_passages) for one in compared.cells} == cells
    counted = index.tally(parse("sestra"), Filters(**wanted), by=by)
    found = {group: counts.passages for group, counts in counted.found.items()}
    assert found == {group: passages for group, (passages, _) in cells.items() if passages}
    assert {group: counts.passages for group, counts in counted.of.items()} == {
        group: size for group, (_, size) in cells.items()
    }


def test_promises_are_found_alone():
    found = promising().search(parse("sestra"), Filters(promises=True))
    assert [hit.passage.commitment for hit in found.hits] in (
        ["strong", "weak"],
        ["weak", "strong"],
    )
    assert promising().search(Everything(), Filters(promises=True)).total == 3


@pytest.mark.parametrize("other", [one.value for one in Commitment])
def test_promises_of_a_kind_that_is_none_are_refused(other):
    wanted = Filters(promises=True, commitment=[other])
    if other in ("strong", "weak"):
        assert promising().search(Everything(), wanted).total > 0
    else:
        with pytest.raises(ProgsearchError, match="strong or weak"):
            promising().search(Everything(), wanted)
