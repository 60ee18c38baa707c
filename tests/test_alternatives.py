"""Alternatives of words in patterns: the longest that stands in a text is the one that is met."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.analysis.alternatives import any_of

WORDS = st.lists(st.text("ab.*", min_size=1, max_size=4), min_size=1, max_size=6)


@given(words=WORDS, rest=st.text("ab.*", max_size=4))
def test_the_longest_word_that_a_text_begins_with_is_met(words, rest):
    for word in words:
        met = re.compile(any_of(words)).match(word + rest)
        assert met[0] == max((one for one in words if (word + rest).startswith(one)), key=len)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (("a.b", "a"), "axb", "a"),
        (("a.b",), "axb", None),
        (("in", "in part"), "in  part kept", "in  part"),
        (("has been", "has"), "has \n been kept", "has \n been"),
        (("in part", "in"), "in all", "in"),
        ((), "", None),
        ((), "anything", None),
    ],
)
def test_words_of_a_phrase_may_stand_on_two_lines(words, text, found):
    match = re.match(any_of(words), text)
    assert (match and match[0]) == found
