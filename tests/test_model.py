"""Dates that may be partial, and the text that passages give back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import passage

from progsearch.errors import ProgsearchError
from progsearch.model import PartialDate, Region, source_text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-12-22", date(2021, 12, 22), date(2021, 12, 22)),
    ],
)
def test_a_partial_date_spans_the_days_that_it_may_mean(text, first, last):
    found = PartialDate.parse(text)
    assert (found.first, found.last, str(found)) == (first, last, text)


@pytest.mark.parametrize("text", ["2022-02-29", "2022-13", "22", "", "2022-1-1-1", "0000"])
def test_what_is_no_date_is_refused_with_a_remedy(text):
    with pytest.raises(ProgsearchError, match="YYYY"):
        PartialDate.parse(text)


def test_a_day_needs_a_month():
    with pytest.raises(ProgsearchError):
        PartialDate(2022, None, 3)


def test_the_country_is_in_the_code_of_a_region():
    assert Region("SE-G", "Kronoberg").country == "SE"


@given(st.lists(st.text(max_size=5), max_size=4), st.data())
def test_source_text_is_what_lies_between_joined_with_the_passages(texts, data):
    between = data.draw(
        st.lists(st.text(max_size=5), min_size=len(texts) + 1, max_size=len(texts) + 1)
    )
    passages = [passage("a", n, text) for n, text in enumerate(texts, 1)]
    whole = between[0] + "".join(t + b for t, b in zip(texts, between[1:], strict=True))
    assert source_text(between, passages) == whole
