"""Documents and passages survive being written as JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from progsearch.model import (
    Document,
    Fact,
    Origin,
    PartialDate,
    Passage,
    Person,
    Region,
    Role,
)
from progsearch.records import document_from, document_record, passage_from, passage_record

text = st.text(max_size=12)
name = st.text(min_size=1, max_size=8)
origin = st.sampled_from(Origin)
facts = st.builds(Fact, name, origin)
dates = st.dates().flatmap(
    lambda day: st.sampled_from(
        [
            PartialDate(day.year),
            PartialDate(day.year, day.month),
            PartialDate(day.year, day.month, day.day),
        ]
    )
)
people = st.builds(Person, name, name, text, text, text)
plain = st.none() | st.booleans() | st.integers(-9, 9) | text | st.lists(text, max_size=2)

documents = st.builds(
    Document,
    id=name,
    path=name,
    format=name,
    content_hash=name,
    body_hash=name,
    title=text,
    lang=facts,
    kind=st.none() | facts,
    country=st.none() | facts,
    region=st.none() | st.builds(Fact, st.builds(Region, name, name), origin),
    party=st.none() | facts,
    date=st.none() | st.builds(Fact, dates, origin),
    campaign=text,
    people=st.lists(people, max_size=2).map(tuple),
    notes=st.lists(text, max_size=2).map(tuple),
    extra=st.dictionaries(text, plain, max_size=3),
    between=st.lists(text, max_size=3).map(tuple),
)
lines = st.tuples(st.integers(1, 99), st.integers(1, 99))
passages = st.builds(
    Passage,
    id=name,
    document=name,
    number=st.integers(1, 99),
    role=st.sampled_from(Role),
    lang=facts,
    text=text,
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    line=st.integers(1, 99),
    end_line=st.integers(1, 99),
    headings=st.lists(text, max_size=2).map(tuple),
    speaker=st.none() | people,
    also=st.lists(lines, max_size=2).map(tuple),
)


@given(documents)
def test_documents(document):
    assert document_from(json.loads(json.dumps(document_record(document)))) == document


@given(passages)
def test_passages(passage):
    assert passage_from(json.loads(json.dumps(passage_record(passage)))) == passage
