"""What themes come to in an index is kept between runs, and never told of another state of it."""

from __future__ import annotations

import os
from array import array
from math import isnan, nan

import pytest

from progsearch import kept
from progsearch.clause import (
    All,
    AllOf,
    AnyOf,
    FacetIn,
    How,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    form_key,
)
from progsearch.engine import create, installed, open_engine
from progsearch.engine.masks import Kept
from progsearch.engine.shelf import (
    MOST,
    Named,
    Proposed,
    mask_shelf,
    name_shelf,
    proposal_shelf,
    score_shelf,
    state_of,
)
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


def made_by(shelf, clause, make):
    """What a process that has nothing in memory gets from a shelf."""
    return Kept(lambda made: 1, shelf).of(clause, make)


def proposed(rows, scores):
    return Proposed(len(rows), array("Q", rows), array("d", scores))


MADE = [
    (lambda state: mask_shelf(state, 4), b"\0\1\1\0"),
    (score_shelf, (array("I", [1, 5]), array("d", [0.5, 0.1 + 0.2]))),
    (name_shelf, Named(2, ["a.1", "ž.2"])),
    (name_shelf, Named(30_000, [])),
    (proposal_shelf, proposed([1 << 32 | 5, 2], [0.1 + 0.2, 7.0])),
    (proposal_shelf, Proposed(30_000, array("Q"), array("d"))),
]


@pytest.mark.parametrize(("shelf", "made"), MADE)
def test_what_was_made_once_is_there_for_the_next_run(shelf, made):
    assert made_by(shelf(lambda: "now"), any_of(), lambda: made) == made
    assert made_by(shelf(lambda: "now"), any_of(), never) == made


def test_what_is_made_better_takes_the_place_of_what_was_kept():
    shelf = proposal_shelf(lambda: "now")
    found = made_by(shelf, any_of(), lambda: proposed([3, 1], [nan, 2.0]))
    assert isnan(found.scores[0])
    shelf.keep(any_of(), proposed([3, 1], [5.0, 2.0]))
    assert [*made_by(shelf, any_of(), never).scores] == [5.0, 2.0]


DIFFERENT = [
    any_of(),
    any_of(WORDS[1:]),
    AnyOf([leaf(word) for word in WORDS], False),
    AnyOf([leaf(word) for word in WORDS], True, True),
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
            assert made_by(shelf, clause, lambda made=made: made) == made
    names = [mask_shelf(lambda: "now 4", 4)._named(clause) for clause in DIFFERENT]
    assert len({made_of for _, made_of in names}) == len(DIFFERENT)


@pytest.mark.parametrize("state", ["", "later"])
def test_another_state_is_asked_anew(state):
    made_by(mask_shelf(lambda: "now", 4), any_of(), lambda: b"\1\1\1\1")
    new = mask_shelf(lambda: state, 4)
    assert made_by(new, any_of(), lambda: b"\0\0\0\0") == b"\0\0\0\0"


def test_what_asks_for_more_than_words_and_what_is_large_is_not_kept(place):
    shelf = mask_shelf(lambda: "now", 4)
    assert made_by(shelf, AllOf([any_of(), All()]), lambda: b"\1\1\1\1") == b"\1\1\1\1"
    large = bytes(MOST + 1)
    assert made_by(mask_shelf(lambda: "now", len(large)), any_of(), lambda: large) == large
    assert made_by(mask_shelf(str, 4), any_of(), lambda: b"\1\1\1\1") == b"\1\1\1\1"
    assert not place.exists()


@pytest.mark.parametrize(
    "body", [b"", b"\1", b"\1" * 5, b"\1" * 24 + b"\0", b"[]", b"{}", b"7", b"\xff"]
)
@pytest.mark.parametrize(("shelf", "made"), MADE)
def test_what_does_not_fit_is_made_anew(shelf, made, body):
    one = shelf(lambda: "now")
    if one._kind == "scores" and not body:
        pytest.skip("no rows are scores, too")
    names, made_of = one._named(any_of())
    kept.keep(names[0], made_of, body)
    assert made_by(one, any_of(), lambda: made) == made


def test_what_falls_on_the_place_of_another_takes_the_other_place(monkeypatch, place):
    monkeypatch.setattr("progsearch.engine.shelf.PLACES", 3)
    shelf = mask_shelf(lambda: "now", 1)
    places = {}
    for number in range(200):
        clause = any_of([*WORDS, f"{number}"])
        places.setdefault(tuple(sorted(shelf._named(clause)[0])), []).append((number, clause))
    (_, one), (_, other), (_, third), *_ = places["mask-0", "mask-1"]
    shelf.keep(one, b"\1")
    shelf.keep(other, b"\2")
    for file in place.iterdir():
        os.utime(file, (1, 1))  # clocks of files are coarse
    shelf.keep(one, b"\3")
    assert [shelf.load(clause) for clause in (one, other)] == [b"\3", b"\2"]
    shelf.keep(third, b"\4")
    assert [shelf.load(clause) for clause in (one, other, third)] == [b"\3", None, b"\4"]


def test_the_state_is_that_of_the_generation_which_the_mark_names(tmp_path):
    (tmp_path / "whoosh-000001").mkdir()
    (tmp_path / "whoosh-000002").mkdir()
    first = tmp_path / "whoosh-000001"
    assert state_of(None, "library 1", "engine") == ""
    assert state_of(first, "library 1", "engine") == ""
    mark = tmp_path / "progsearch.json"
    mark.write_text('{"generation": "whoosh-000001", "seal": "abc"}', encoding="utf-8")
    told = state_of(first, "library 1", "engine")
    assert told
    assert state_of(tmp_path / "whoosh-000002", "library 1", "engine") == ""
    assert state_of(first, "library 2", "engine") != told
    assert state_of(first, "library 1", "clause") != told
    mark.write_text('{"generation": "whoosh-000001", "seal": "abd"}', encoding="utf-8")
    assert state_of(first, "library 1", "engine") != told


def written(key):
    return Leaf(key, {form_key("en", key): How.EXACT})


THEME = AnyOf(
    (
        *map(written, WORDS),
        Nearby("near", OneOf("one", (written("ward"), written("bed"))), written("nurse"), 4),
        Sequential("two", (written("hospital"), written("ward"))),
        AllOf((written("roads"), NoneOf(written("nurse")))),
    ),
    True,
)
SOME = FacetIn("party", frozenset({"Labour"}))
FIRST = FacetIn("year", frozenset({"2024"}))

QUESTIONS = [
    (THEME, All(), 1),
    (THEME, SOME, 3),
    (THEME, AllOf((All(), NoneOf(SOME))), None),
    (AllOf((THEME, FIRST)), SOME, None),
    (AllOf((THEME, written("nurse"))), SOME, None),
    (AnyOf((THEME, written("school"))), All(), None),
    (AnyOf(THEME.parts), All(), None),
    (THEME, All(), None),
]
"""A theme, alone and with others, of which first few and then all passages are wanted."""


def told_of(folder):
    """What an index finds and counts; it is opened anew."""
    engine = open_engine(folder)
    found = []
    for clause, scope, limit in QUESTIONS:
        for ranked in (True, False):
            results = engine.search(clause, scope=scope, limit=limit, ranked=ranked)
            found.append((results.total, [(one.id, score) for one, score in results.hits]))
    counted = [clause for clause, _, _ in QUESTIONS]
    found.append(engine.tally(counted, scope=SOME, by=["party", "year"]))
    found.append([engine.facets(clause, ["party", "year"]) for clause in counted])
    engine.close()
    return found


SENTENCES = ("A nurse.", "A hospital ward and a nurse.", "Roads.", "A bed, and then a nurse.", "X.")


def texts(number):
    """The files of a corpus of so many."""
    return {
        f"{at}.md": f"---\nlang: en\nparty: {('Labour', 'Green')[at % 2]}\ndate: {2023 + at % 3}\n"
        f"---\n{SENTENCES[at % 5]}\n\n{SENTENCES[at * 3 % 5]} {SENTENCES[at * 2 % 5]}\n"
        for at in range(number)
    }


def bring_up(name, corpus, folder, number):
    corpus.mkdir(exist_ok=True)
    for file in corpus.iterdir():
        file.unlink()
    for file, text in texts(number).items():
        (corpus / file).write_text(text, encoding="utf-8")
    engine = create(name, folder)
    list(ingest(engine, [corpus], Settings(detected=("en",), allow_removal=True)))
    engine.close()


@pytest.mark.parametrize("name", installed())
def test_an_index_that_changes_is_told_as_it_is(name, tmp_path, place):
    numbers = []
    for number in (12, 9, 12):
        bring_up(name, tmp_path / "corpus", tmp_path / "index", number)
        told = [told_of(tmp_path / "index") for _ in range(2)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(kept.VARIABLE, "")
            told.append(told_of(tmp_path / "index"))
        assert told[0] == told[1] == told[2]
        assert [*place.iterdir()]
        numbers.append(told[0][-3][0])
    assert numbers[0] == numbers[2] > numbers[1] > 0


@pytest.mark.skipif("tantivy" not in installed(), reason="tantivy is not installed")
def test_tantivy_tells_the_same_of_what_is_too_much_to_be_kept(tmp_path, monkeypatch):
    bring_up("tantivy", tmp_path / "corpus", tmp_path / "index", 12)
    told = told_of(tmp_path / "index")
    for most in (0, 3, 15):
        monkeypatch.setattr("progsearch.engine.tantivy.named.MOST", most)
        monkeypatch.setattr("progsearch.engine.tantivy.best.MOST", most)
        monkeypatch.setenv(kept.VARIABLE, str(tmp_path / f"kept {most}"))
        assert [told_of(tmp_path / "index") for _ in range(2)] == [told, told]


@pytest.mark.skipif("tantivy" not in installed(), reason="tantivy is not installed")
def test_tantivy_is_not_asked_for_the_words_of_a_theme_again(tmp_path, monkeypatch):
    bring_up("tantivy", tmp_path / "corpus", tmp_path / "index", 12)

    def asked():
        engine = open_engine(tmp_path / "index")
        hits = engine.search(THEME, scope=SOME, limit=2).hits
        tally = engine.tally([THEME], scope=SOME, by=["party"])
        engine.close()
        return [(one.id, score) for one, score in hits], tally

    first = asked()
    monkeypatch.setattr("progsearch.engine.tantivy.queries.Queries.keys", never)
    assert asked() == first
