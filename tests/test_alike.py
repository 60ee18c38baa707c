"""Promises of several names that may be the same: their groups, and those that undo each other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.pairing import Unit
from progsearch.promises.alike import are_contrary, with_concepts
from progsearch.promises.match import _groups as groups_of
from progsearch.promises.sides import Said


@pytest.mark.parametrize(
    ("pairs", "right"),
    [
        ([], []),
        (["A1 B1", "B1 C1"], [1, 1]),
        (["A1 B1", "A2 B2", "B1 C1"], [1, 2, 1]),
        (["A1 B1", "B1 C1", "A2 C1"], [1, 1, 2]),
        (["A1 B1", "A2 C1", "B1 C1"], [1, 2, 3]),
        (["A1 B1", "C1 D1", "B1 C1"], [1, 1, 1]),
        (["A1 B1", "A2 C1", "B2 C1", "B1 D1"], [1, 2, 2, 1]),
    ],
)
def test_a_group_has_one_passage_of_each_name(pairs, right):
    ends = [tuple((one[0], one) for one in pair.split()) for pair in pairs]
    assert groups_of(ends) == right


PASSAGES = st.sampled_from("ABCD").flatmap(
    lambda name: st.integers(1, 3).map(lambda number: (name, f"{name}{number}"))
)


@given(st.lists(st.tuples(PASSAGES, PASSAGES).filter(lambda pair: pair[0][0] != pair[1][0])))
def test_no_group_has_two_passages_of_a_name(pairs):
    numbers = groups_of(pairs)
    for group in set(numbers):
        ends = {
            end
            for number, pair in zip(numbers, pairs, strict=True)
            if number == group
            for end in pair
        }
        assert len({name for name, _ in ends}) == len(ends)


@pytest.mark.parametrize(
    ("lang", "one", "other", "right"),
    [
        (
            "sv",
            "Vi ska avskaffa karensdagen i sjukförsäkringen.",
            "Vi ska införa karensdagen i sjukförsäkringen igen.",
            True,
        ),
        (
            "sv",
            "Vi ska höja skatten på arbete för alla.",
            "Vi ska sänka skatten på arbete för alla.",
            True,
        ),
        ("sv", "Vi ska inte höja skatten på arbete.", "Vi ska höja skatten på arbete.", True),
        ("sv", "Vi ska höja skatten på arbete.", "Skatten på arbete ska höjas av oss.", False),
        ("sv", "Inte nu, men vi ska höja skatten.", "Vi ska höja skatten.", False),
        ("sv", "Vi ska inte höja skatten.", "Skatten ska inte höjas.", False),
        ("en", "We will privatise the railways.", "We will nationalise the railways.", True),
        ("en", "We will never raise fares.", "We will raise fares.", True),
        ("xx", "We will never raise fares.", "We will raise fares.", False),
    ],
)
def test_what_undoes_what_the_other_does_is_contrary(lang, one, other, right):
    lemmas = {"höjas": "höja", "railways": "railway", "fares": "fare", "skatten": "skatt"}
    said = [said_of(text, lang, lemmas) for text in (one, other)]
    assert are_contrary(*said) is right
    assert are_contrary(*reversed(said)) is right


def said_of(text, lang, lemmas):
    found = [(m[0].casefold(), m.span()) for m in re.finditer(r"\w+", text)]
    keys = [f"{lang}:{lemmas.get(form, form)}" for form, _ in found]
    unit = Unit(text, keys, spans=[span for _, span in found])
    (said,) = with_concepts([Said(None, None, "", unit)])
    return said
