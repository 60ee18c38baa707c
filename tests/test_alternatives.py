"""Alternatives of words in patterns: the longest that stands in a text is the one that is met."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.pairing import numbering, numerals
from progsearch.promises import vocabulary

ANY = pytest.mark.parametrize("of", [numbering._any, numerals._any, vocabulary._any])
WORDS = st.lists(st.text("ab.*", min_size=1, max_size=4), min_size=1, max_size=6)


@ANY
@given(words=WORDS, rest=st.text("ab.*", max_size=4))
def test_the_longest_word_that_a_text_begins_with_is_met(of, words, rest):
    for word in words:
        met = re.compile(of(words)).match(word + rest)
        assert met[0] == max((one for one in words if (word + rest).startswith(one)), key=len)


@ANY
def test_what_is_none_of_the_words_is_not_met(of):
    assert not re.compile(of(["a.b", "a"])).fullmatch("axb")


def test_words_of_a_phrase_may_stand_on_two_lines():
    assert (
        re.compile(vocabulary._any(["has been", "has"])).match("has \n been kept")[0]
        == "has \n been"
    )


def test_of_no_words_none_is_met():
    assert not re.compile(numerals._any(())).match("")
