"""Twice the text, about twice the work, counted in steps and not in seconds."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.analysis.compounds import Splitter, _Shares
from progsearch.errors import ProgsearchError
from progsearch.languages import LANGUAGES
from progsearch.readers import MAX_MARKS, check_marks


class Counting(dict):
    """A table that counts the letters that are looked up in it."""

    letters = 0

    def get(self, key, default=None):
        Counting.letters += len(key)
        return super().get(key, default)


@pytest.fixture
def splitter():
    class Dictionary:
        words = Counting({"sjukvård": "sjukvård"})

        def lemma(self, form):
            return self.words.get(form)

    made = Splitter(Dictionary(), LANGUAGES["sv"].compounds)
    first = Counting({"sjukvårds": 0.9, "arbetsmarknads": 0.8})
    last = Counting({"politik": 0.9, "arbetsmarknadspolitik": 0.9})
    made.__dict__["_shares"] = _Shares(first, last)
    return made


def letters(splitter, word):
    Counting.letters = 0
    splitter.parts(word)
    return Counting.letters


@given(unit=st.sampled_from(["sjukvårds", "a", "ž", "politik", "arbetsmarknads"]))
def test_a_word_without_an_end_is_gone_over_once(unit):
    class Dictionary:
        words = Counting()

        def lemma(self, form):
            return self.words.get(form)

    made = Splitter(Dictionary(), LANGUAGES["sv"].compounds)
    made.__dict__["_shares"] = _Shares(Counting({"sjukvårds": 0.9}), Counting({"politik": 0.9}))
    one, two = (letters(made, unit * count) for count in (2_000, 4_000))
    assert two <= 2.2 * one + 100


def test_compounds_are_still_split(splitter):
    assert "politik" in splitter.parts("sjukvårdspolitik")
    assert "politik" in splitter.parts("arbetsmarknadspolitik")


# -- marks


def swaps(text):
    """Steps that putting marks into their order takes: those that each has to pass."""
    steps, run = 0, []
    for char in text:
        order = unicodedata.combining(char)
        if order:
            steps += sum(other > order for other in run)
            run.append(order)
        else:
            run = []
    return steps


@given(st.lists(st.text("ae\u0301\u0316\u0323 ", max_size=400), max_size=3).map("".join))
def test_what_is_let_through_is_put_in_order_in_bounded_steps(text):
    try:
        check_marks(text)
    except ProgsearchError:
        return
    assert swaps(text) <= MAX_MARKS * len(text)


@pytest.mark.parametrize("count", [MAX_MARKS + 1, 5 * MAX_MARKS])
def test_too_many_marks_are_refused_with_the_line(count):
    with pytest.raises(ProgsearchError) as caught:
        check_marks("Péče\n\na" + "\u0316\u0301" * count)
    assert caught.value.where == "line 3"
    check_marks("a" + "\u0301" * MAX_MARKS)
    check_marks("\u2013" * 10_000)
