"""Which keys of words that are wanted together tantivy is asked to weigh."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from progsearch.clause import AllOf, AnyOf, How, Leaf, Nearby
from progsearch.engine.bm25 import FIELDS
from progsearch.engine.texts import keys_record

ranking = pytest.importorskip("progsearch.engine.tantivy.ranking")

NAMES = tuple(f"cs:{letter}" for letter in "abcdef")
keys = st.lists(st.sampled_from(NAMES), unique=True, min_size=1)
leaves = keys.map(lambda found: Leaf(found[0], dict.fromkeys(found, How.LEMMA)))
passages = st.lists(st.tuples(keys, st.none() | keys), max_size=3)


class Stored(dict):
    def get_first(self, name):
        return self.get(name)


class Asked:
    """The passages that match whatever is asked."""

    def __init__(self, found):
        self.narrowed = {}
        self.times = 0
        self._found = [
            Stored(
                {
                    f"{name}_keys": keys_record([own])
                    for name, own in zip(FIELDS, one, strict=True)
                    if own
                }
            )
            for one in found
        ]

    def few(self, clause, most):
        self.times += 1
        return None if len(self._found) > most else self._found


@pytest.fixture
def always(monkeypatch):
    monkeypatch.setattr(ranking, "KEYS", 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(passages, leaves, leaves, leaves, st.booleans())
def test_words_keep_the_keys_that_a_passage_has(always, found, one, other, last, coordinate):
    def kept(leaf):
        had = {key for own in found for part in own if part for key in part}
        return Leaf(leaf.term, {key: how for key, how in leaf.keys.items() if key in had})

    near = Nearby("near", one, last, 2)
    clause = AllOf((one, AnyOf((other, last), coordinate), near))
    asked = Asked(found)
    narrowed = ranking._narrowed(asked, clause)
    # Where words stand is told of all their keys.
    assert narrowed == AllOf((kept(one), AnyOf((kept(other), kept(last)), coordinate), near))
    assert ranking._narrowed(asked, clause) is narrowed
    assert asked.times == 1


def test_passages_are_read_where_they_are_few_and_the_keys_many(monkeypatch):
    clause = AllOf((Leaf("a", dict.fromkeys(NAMES, How.LEMMA)), Leaf("b", {NAMES[0]: How.EXACT})))
    for most_keys, most_passages, times, same in (
        (7, 1, 0, True),
        (6, 0, 1, True),
        (6, 1, 1, False),
    ):
        monkeypatch.setattr(ranking, "KEYS", most_keys)
        monkeypatch.setattr(ranking, "PASSAGES", most_passages)
        asked = Asked([(NAMES[:1], None)])
        assert (ranking._narrowed(asked, clause) is clause) is same
        assert asked.times == times
