"""What themes come to in an index is kept between runs, and never told of another state of it."""

from __future__ import annotations

import pytest

from progsearch import kept
from progsearch.clause import (
    All,
    AllOf,
    AnyOf,
    How,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    form_key,
)
from progsearch.engine import create, open_engine
from progsearch.engine.shelf import MOST, mask_shelf, score_shelf
from progsearch.ingest import ingest
from progsearch.settings import Settings

WORDS = ("nurse", "doctor", "hospital", "ward", "clinic", "patient", "care", "bed", "surgeon")


def leaf(key, how=How.LEMMA):
    return Leaf(key, {key: how})


def any_of(words=WORDS):
    return AnyOf([leaf(word) for word in words], True)


@pytest.fixture(autouse=True)
def place(monkeypatch, tmp_path):
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def never():
    raise AssertionError


def test_what_was_made_once_is_there_for_the_next_run():
    made = b"\0\1\1\0"
    assert mask_shelf(lambda: "now", 4).of(any_of(), lambda: made) == made
    assert mask_shelf(lambda: "now", 4).of(any_of(), never) == made
    scored = ([1, 5], [0.5, 0.1 + 0.2])
    assert score_shelf(lambda: "now").of(any_of(), lambda: scored) == scored
    rows, scores = score_shelf(lambda: "now").of(any_of(), never)
    assert (list(rows), list(scores)) == scored


DIFFERENT = [
    any_of(),
    any_of(WORDS[1:]),
    AnyOf([leaf(word) for word in WORDS], False),
    AllOf([leaf(word) for word in WORDS]),
    AnyOf([leaf(word, How.EXACT) for word in WORDS], True),
    AnyOf([Leaf("nurse", dict.fromkeys(WORDS, How.LEMMA))], True),
    AnyOf([Leaf("nurse", dict.fromkeys(WORDS[:4], How.LEMMA)), leaf("clinic")], True),
    Sequential("a", [leaf("nurse"), leaf("doctor")]),
    OneOf("a", [leaf("nurse"), leaf("doctor")]),
    Nearby("a", leaf("nurse"), leaf("doctor"), 3),
    Nearby("a", leaf("nurse"), leaf("doctor"), 4),
    Nearby("a", OneOf("a", [leaf("nurse"), leaf("ward")]), leaf("doctor"), 4),
    NoneOf(leaf("nurse")),
]


def test_clauses_that_mean_something_else_are_kept_apart():
    for number, clause in enumerate(DIFFERENT):
        for size in (4, 5):
            made = bytes((number,)) * size
            shelf = mask_shelf(lambda size=size: f"now {size}", size)
            assert shelf.of(clause, lambda made=made: made) == made
    names = [mask_shelf(lambda: "now 4", 4)._named(clause) for clause in DIFFERENT]
    assert len({made_of for _, made_of in names}) == len(DIFFERENT)


@pytest.mark.parametrize("state", ["", "later"])
def test_another_state_is_asked_anew(state):
    mask_shelf(lambda: "now", 4).of(any_of(), lambda: b"\1\1\1\1")
    assert mask_shelf(lambda: state, 4).of(any_of(), lambda: b"\0\0\0\0") == b"\0\0\0\0"


def test_what_asks_for_more_than_words_and_what_is_large_is_not_kept(place):
    shelf = mask_shelf(lambda: "now", 4)
    assert shelf.of(AllOf([any_of(), All()]), lambda: b"\1\1\1\1") == b"\1\1\1\1"
    large = bytes(MOST + 1)
    assert mask_shelf(lambda: "now", len(large)).of(any_of(), lambda: large) == large
    assert mask_shelf(lambda: "", 4).of(any_of(), lambda: b"\1\1\1\1") == b"\1\1\1\1"
    assert not place.exists()


@pytest.mark.parametrize("body", [b"", b"\1", b"\1" * 5])
def test_what_does_not_fit_is_made_anew(body):
    for shelf, made in (
        (mask_shelf(lambda: "now", 4), b"\0\1\0\1"),
        (score_shelf(lambda: "now"), ([1], [0.5])),
    ):
        kept.keep(*shelf._named(any_of()), body if body or shelf._kind == "mask" else b"\1")
        assert shelf.of(any_of(), lambda made=made: made) == made


def found_in(folder, clause):
    """The passages that an index finds, with their scores; it is opened anew."""
    engine = open_engine(folder)
    hits = engine.search(clause, scope=All(), limit=None).hits
    found = [(passage.document, passage.number, score) for passage, score in hits]
    engine.close()
    return found


def test_an_index_that_changes_is_told_as_it_is(tmp_path):
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    clause = AnyOf([Leaf(word, {form_key("en", word): How.EXACT}) for word in WORDS], True)
    texts = {
        f"{name}{number}.md": f"---\nlang: en\n---\n{text}\n\nRoads.\n"
        for number in range(3)
        for name, text in (("one", "A nurse."), ("two", "A hospital ward and a nurse."))
    }
    for there in (6, 5, 6):
        for name in list(texts)[:there]:
            (corpus / name).write_text(texts[name], encoding="utf-8")
        for name in list(texts)[there:]:
            (corpus / name).unlink()
        engine = create("whoosh", folder)
        list(ingest(engine, [corpus], Settings(detected=("en",), allow_removal=True)))
        engine.close()
        told = [found_in(folder, clause) for _ in range(2)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(kept.VARIABLE, "")
            told.append(found_in(folder, clause))
        assert told[0] == told[1] == told[2]
        assert len(told[0]) == there
