"""What a question that finds nothing is told about what it may have meant."""

from __future__ import annotations

import pytest

import progsearch


@pytest.fixture(scope="module")
def index(demo):
    with progsearch.open(str(demo)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "hints"),
    [
        ("vård|kraj", ["vård|kraj was looked for as one word; | is no operator: write OR"]),
        ("vård&kraj", ["vård&kraj was looked for as one word; & is no operator: write AND"]),
        ("not vård", ["not was looked for as a word; operators are in capitals: NOT"]),
        ("kraj Or vård", ["Or was looked for as a word; operators are in capitals: OR"]),
        ("near", []),
        ("kraj vård", []),
        ('"kraj" "vård"', []),
    ],
)
@pytest.mark.parametrize("ask", ["search", "count"])
def test_operators_that_were_taken_for_words_are_named(index, ask, asked, hints):
    assert [one for one in getattr(index, ask)(asked).notes if "looked for as" in one] == hints


def test_where_something_is_found_nothing_is_said_of_it(index):
    found = index.search("škola or vård OR škola")
    assert found.total
    assert not [one for one in found.notes if "looked for as" in one]
