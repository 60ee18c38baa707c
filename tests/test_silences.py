"""Silences: who says nothing of a question, and who has no text at all."""

from __future__ import annotations

import pytest
from compare_making import KRONOBERG, LIBEREC, PRAGUE, asks, index_of, text_of
from compare_small import small
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from making import OneLexicon, corpora, queries

from progsearch.clause import resolve
from progsearch.compare import Question, Why, comparison, silences
from progsearch.engine.memory import MemoryEngine
from progsearch.model import PartialDate
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.state import Summary


def why(found):
    return {(one.theme, *one.group.values): one.why for one in found}


def test_silence_tells_nothing_found_from_no_text():
    index = small()
    found = silences(index, asks(index, "sestra", "vård"), ["region"])
    told = why(found)
    assert told["sestra", "SE-G"] == Why.NOTHING
    assert told["vård", "CZ-51"] == told["vård", "CZ-10"] == Why.NOTHING
    assert ("sestra", "CZ-51") not in told
    # unknown is no group that could have said something
    assert not any(group == "" for _, group in told)
    absent = {group for (_, group), reason in told.items() if reason is Why.ABSENT}
    assert {"CZ-20", "SE-K"} < absent
    assert not absent & {"CZ-51", "CZ-10", "SE-G"}
    assert len({group for group in absent if group.startswith("CZ")}) == 14 - 2
    assert len({group for group in absent if group.startswith("SE")}) == 21 - 1


def test_silence_says_how_much_text_there_was():
    index = small()
    (one,) = silences(index, asks(index, "vlaky"), ["party"], Filters(lang=["cs"], copies=False))
    assert (one.group.values, one.passages, one.group.words) == (("A",), 1, 1)
    # one of three passages matches
    assert one.expected == pytest.approx(1 / 3)
    assert one.small
    compared = comparison(index, asks(index, "vlaky"), ["party"], Filters(lang=["cs"]))
    assert one.high == compared.cell("vlaky", ("A",)).high


def test_silence_names_what_filters_leave_out():
    index = index_of(
        text_of("a", ["sestra"], party="A", year=2020),
        text_of("b", ["sestra"], party="B", year=2020),
        text_of("c", ["sestra"], party="C", year=2024),
        text_of("d", ["vlaky"], party="D", year=2020),
        copies={"b": "a"},
    )
    asked = asks(index, "sestra")
    found = silences(index, asked, ["party"], Filters(until=PartialDate(2020), copies=False))
    assert why(found) == {
        ("sestra", "C"): Why.FILTERED,
        ("sestra", "D"): Why.NOTHING,
    }
    assert why(silences(index, asked, ["party"], Filters(party=["A", "D"], copies=False))) == {
        ("sestra", "D"): Why.NOTHING
    }


def test_silence_of_two_dimensions_is_of_their_pairs_and_of_each():
    index = small()
    found = silences(index, asks(index, "sestra"), ["party", "lang"])
    assert [(one.by, one.group.values) for one in found] == [
        (("party", "lang"), ("B", "sv")),
        (("party", "lang"), ("", "sv")),
        (("lang",), ("sv",)),
    ]


@settings(max_examples=examples(50))
@given(documents=corpora(), query=queries, by=st.sampled_from(["region", "party", "year", "role"]))
def test_a_group_either_says_something_or_is_silent(documents, query, by):
    engine = MemoryEngine(OneLexicon())
    with engine.writer() as writer:
        for one in documents:
            writer.add(one)
        writer.commit({})
    index = Index(engine, Summary("1", languages=("cs", "sv")))
    asked = [Question("q", "q", resolve(query, engine.vocabulary, ("cs", "sv")))]
    spoken = {c.group for c in comparison(index, asked, [by]).cells if c.passages}
    found = silences(index, asked, [by])
    silent = {one.group.values for one in found if one.why is Why.NOTHING}
    everyone = {group.values for group in comparison(index, asked, [by]).groups if group.known}
    assert silent == everyone - spoken
    assert all(one.passages == 0 for one in found if one.why is not Why.NOTHING)


def test_many_questions_are_one_pass(monkeypatch):
    index = small()
    passes = []
    tally = index.engine.tally
    monkeypatch.setattr(
        index.engine, "tally", lambda clauses, **more: passes.append(1) or tally(clauses, **more)
    )
    asked = asks(index, "sestra", "vård", "lékař", "läkare", "vlaky", "a", "b", "c")
    comparison(index, asked[:1], ["region"])
    one = len(passes)
    comparison(index, asked, ["region"])
    assert len(passes) == 2 * one


def test_what_would_be_expected_is_of_groups_that_are_known():
    index = index_of(
        text_of("a", ["sestra", "voda", "voda"], party="A"),
        text_of("b", ["voda"] * 6, party="B"),
        text_of("c", ["sestra"] * 9),  # nobody knows whose
    )
    (one,) = silences(index, asks(index, "sestra"), ["party"])
    assert (one.group.values, one.passages) == (("B",), 6)
    assert one.expected == pytest.approx(6 / 9)
    (all_,) = silences(index, asks(index, "vlak"), [])
    assert (all_.group.values, all_.passages, all_.expected) == ((), 18, 0.0)


def test_a_region_whose_text_is_left_out_is_none_without_text():
    index = index_of(
        text_of("a", ["sestra"], region=LIBEREC, year=2020),
        text_of("b", ["sestra"], region=PRAGUE, year=2024),
        text_of("c", ["sestra"], region=KRONOBERG, year=2024),
    )
    asked = asks(index, "sestra")
    told = why(silences(index, asked, ["region"], Filters(until=PartialDate(2020))))
    assert told["sestra", PRAGUE.code] == told["sestra", KRONOBERG.code] == Why.FILTERED
    absent = {code for (_, code), reason in told.items() if reason is Why.ABSENT}
    # Of the countries of those that are left out, too.
    assert len({code for code in absent if code.startswith("CZ")}) == 14 - 2
    assert len({code for code in absent if code.startswith("SE")}) == 21 - 1
    # Who names regions asks for no others.
    filters = Filters(until=PartialDate(2020), region=[LIBEREC.code, PRAGUE.code])
    assert why(silences(index, asked, ["region"], filters)) == {
        ("sestra", PRAGUE.code): Why.FILTERED
    }
    found = silences(index, asked, ["region"], Filters(until=PartialDate(2020)))
    assert {(one.expected, one.high) for one in found} == {(0.0, 1000.0)}
