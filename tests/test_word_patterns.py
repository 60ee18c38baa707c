"""Wild cards and regular expressions: what they stand for, and that none takes long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.query.patterns import MOST_STATES, PatternError, regular, wild

LETTERS = "ab1-"

expressions = st.recursive(
    st.sampled_from(["a", "b", "1", ".", "[ab]", "[^a]", "[a-b1]", r"\d", r"\w", r"\W", r"\-"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda one: f"({'|'.join(one)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}"])).map(
            lambda one: f"(?:{one[0]}){one[1]}"
        ),
    ),
    max_leaves=8,
)


@given(expressions, st.lists(st.text(LETTERS, max_size=6), max_size=6))
def test_a_regular_expression_means_what_it_means_in_python(text, words):
    pattern, python = regular(text), re.compile(text, re.DOTALL)
    for word in words:
        assert pattern.matches(word) == bool(python.fullmatch(word))
        if pattern.matches(word):
            assert word.startswith(pattern.beginning)


@given(st.text("ab*?", min_size=1, max_size=8), st.text("ab", max_size=8))
def test_wild_cards_mean_any_letters_and_one(text, word):
    python = re.compile(text.replace("*", ".*").replace("?", "."))
    assert wild(text).matches(word) == bool(python.fullmatch(word))
    assert not wild(text).matches(word) or word.startswith(wild(text).beginning)


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("vård(cent|plats).*", "vård"),
        ("vård|plats", ""),
        ("vårda?", "vård"),
        ("Vård", "vård"),
        ("(vård)", ""),
        ("a{2}b", ""),
    ],
)
def test_letters_that_all_words_begin_with_are_known(text, beginning):
    assert regular(text).beginning == beginning


def test_capitals_are_those_of_the_index_and_signs_keep_theirs():
    assert regular("VÅRD[A-C]").matches("vårdb")
    assert wild("VÅRD*").matches("vårdcentral")
    assert regular(r"\D\W").matches("a-")
    assert not regular(r"\D").matches("1")


@pytest.mark.parametrize(
    "text",
    [
        "(a+)+b",
        "(a|aa)+b",
        "(.*)*b",
        "(a?){60}a{60}b",
        "(.*)(.*)(.*)(.*)b",
        "(a{1,9}){1,9}b",
    ],
)
def test_no_pattern_goes_back(text, monkeypatch):
    """A step a letter of each word, and no step that has been made is made anew."""
    pattern = regular(text)
    made = []
    closed = pattern._closed
    monkeypatch.setattr(pattern, "_closed", lambda states: made.append(1) or closed(states))
    for size in (100, 200, 400):
        made.clear()
        assert not pattern.matches("a" * size + "c")
        assert len(made) <= size + 1


def test_what_is_kept_of_a_pattern_is_bounded(monkeypatch):
    monkeypatch.setattr("progsearch.query.patterns._KEPT", 10)
    pattern = wild("*a?b*")
    for code in range(1000):
        assert pattern.matches(f"{chr(0x4E00 + code)}axb")
        assert len(pattern._steps) <= 10


def test_states_are_bounded():
    with pytest.raises(PatternError, match="too large"):
        regular("((a{40}){40}){40}")
    assert len(regular("a{99}")._states) < MOST_STATES
