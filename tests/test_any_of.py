"""Patterns of one of many words."""

from __future__ import annotations

import re

import pytest

from progsearch.analysis.alternatives import any_of


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (("in", "in part"), "in  part kept", "in  part"),
        (("in part", "in"), "in all", "in"),
        (("a.b",), "axb", None),
        ((), "", None),
        ((), "anything", None),
    ],
)
def test_the_longest_word_that_is_there_is_found(words, text, found):
    match = re.match(any_of(words), text)
    assert (match and match[0]) == found
