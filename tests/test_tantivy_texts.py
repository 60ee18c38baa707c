"""What is stored of a text with tantivy tells where its keys stand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.clause import How, Leaf, Nearby, OneOf, Sequential, every_leaf
from progsearch.engine.satisfied import Satisfied
from progsearch.engine.texts import Text, Wanted, keys_record, runs_in

KEYS = ("cs=a", "cs:a", "cs:ab", "sv+ř", "sv=b")

texts = st.lists(st.lists(st.sampled_from(KEYS), unique=True, max_size=4), min_size=1, max_size=12)
leaves = st.lists(st.sampled_from(KEYS), unique=True, min_size=1).map(
    lambda keys: Leaf(keys[0], dict.fromkeys(keys, How.EXACT))
)


def standing(leaf, positions):
    return [at for at, keys in enumerate(positions) if leaf.keys.keys() & set(keys)]


@given(texts, leaves)
def test_times_and_places_are_those_of_the_keys(positions, leaf):
    text = Text(keys_record(positions), Wanted([leaf]))
    assert text.length == len(positions)
    assert text.keys == leaf.keys.keys() & {key for keys in positions for key in keys}
    for key in text.keys:
        assert text.places(key) == [at for at, keys in enumerate(positions) if key in keys]
    assert text.times(sorted(text.keys)) == len(standing(leaf, positions))
    assert runs_in(leaf, text) == [(at, at) for at in standing(leaf, positions)]


@given(texts, leaves, leaves, st.integers(1, 3))
def test_runs_are_those_of_the_words(positions, one, other, distance):
    text = Text(keys_record(positions), Wanted([one, other]))
    left, right = standing(one, positions), standing(other, positions)
    follows = [(at, at + 1) for at in left if at + 1 in right]
    assert runs_in(Sequential("one other", (one, other)), text) == follows
    near = {
        (min(a, b), max(a, b)) for a in left for b in right if a != b and abs(a - b) <= distance
    }
    assert set(runs_in(Nearby("one NEAR other", one, other, distance), text)) == near


phrases = st.lists(leaves, min_size=2, max_size=3).map(
    lambda found: Sequential("phrase", tuple(found))
)
sides = (
    leaves
    | phrases
    | st.lists(leaves | phrases, min_size=1, max_size=3).map(
        lambda found: OneOf("one", tuple(found))
    )
)
nears = st.builds(Nearby, st.just("near"), sides, sides, st.integers(1, 3))


@given(texts, st.lists(phrases | nears, min_size=1, max_size=5), st.data())
def test_each_of_many_terms_is_told_as_by_itself(positions, terms, data):
    # Terms of a theme share their words, each having its own.
    terms += data.draw(st.lists(st.sampled_from(terms), max_size=3))
    record = keys_record(positions)
    found = Satisfied(terms).by(record)
    assert len(found) == len(set(found))
    for number, term in enumerate(terms):
        text = Text(record, Wanted(every_leaf(term)))
        assert (number in found) == bool(runs_in(term, text))


def test_records_are_read_in_small_pieces(tmp_path):
    engine = pytest.importorskip("progsearch.engine.tantivy")
    made = engine.open_index(tmp_path, True)
    with made.writer() as writer:
        writer.commit({"summary": {"n": 1}})
    writing = pytest.importorskip("progsearch.engine.tantivy.writing")
    told = json.loads((tmp_path / "meta.json").read_text(encoding="utf-8"))
    assert told["index_settings"]["docstore_blocksize"] == writing.PIECE
    assert made.state("summary") == {"n": 1}
    made.close()
