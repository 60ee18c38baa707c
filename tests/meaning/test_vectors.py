"""Nearness of meaning: vectors beside an index, hits by meaning, and what is said without them."""

from __future__ import annotations

import pytest
from meaning_making import TEXTS, filled, np

from progsearch.errors import ProgsearchError
from progsearch.meaning import near as nearing
from progsearch.meaning.store import FOLDER, make, open_store

ROADS = """
id: roads
prefLabel: {en: Roads, cs: Doprava}
definition:
  en: Repairs of roads. Trains belong to railways.
  cs: Opravy silnic. Vlaky patří do železnic.
terms: {cs: [silnice]}
"""


class Letters:
    """An encoder that counts letters: what has the same letters is near."""

    name = "letters"

    def __init__(self):
        self.asked = []

    def passages(self, texts):
        self.asked += texts
        found = np.zeros((len(texts), 32), dtype=np.float32)
        for row, text in enumerate(texts):
            for letter in text.lower():
                found[row, ord(letter) % 32] += 1
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)

    questions = passages


class Stopped(Letters):
    """One that is stopped at its second block."""

    def passages(self, texts):
        if self.asked:
            raise KeyboardInterrupt
        return super().passages(texts)


@pytest.fixture
def letters(monkeypatch):
    """The encoder of letters under the name of the one that is shipped."""
    made = Letters()
    monkeypatch.setattr("progsearch.meaning.near.encoder_of", lambda name: made)
    return made


def test_only_new_texts_are_encoded(place):
    first = Letters()
    asked = filled(place)
    made = make(asked, place[1], first)
    assert (made.of, made.encoded) == (5, 4)  # two passages have one text
    asked.engine.close()
    again = Letters()
    asked = filled(place, (*TEXTS, "Zasadíme stromy"))
    with pytest.raises(ProgsearchError, match="as it was before"):
        open_store(asked, place[1])
    made = make(asked, place[1], again)
    assert again.asked == ["Zasadíme stromy"]
    assert (made.of, made.encoded) == (6, 1)
    store = open_store(asked, place[1])
    assert list(store.ids) == [f"d.{number}" for number in range(1, 7)]
    asked.engine.close()


def test_a_run_that_was_stopped_goes_on(place, monkeypatch):
    monkeypatch.setattr("progsearch.meaning.store._BLOCK", 1)
    asked = filled(place)
    stopped = Stopped()
    with pytest.raises(KeyboardInterrupt):
        make(asked, place[1], stopped)
    with pytest.raises(ProgsearchError, match="no vectors"):
        open_store(asked, place[1])
    again, told = Letters(), []
    make(asked, place[1], again, told=told.append)
    assert sorted([*stopped.asked, *again.asked]) == sorted(set(TEXTS))
    assert len(again.asked) == 3
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert told[-1].done == told[-1].of == 5
    assert not list((place[1] / FOLDER).glob("block-*"))
    asked.engine.close()


def test_vectors_of_another_encoder_or_size_are_forgotten(place):
    asked = filled(place)
    make(asked, place[1], Letters())
    small = Letters()
    made = make(asked, place[1], small, small=True)
    assert made.encoded == 4
    store = open_store(asked, place[1])
    assert store.vectors.dtype == np.int8
    other = Letters()
    other.name = "others"
    assert make(asked, place[1], other, small=True).encoded == 4
    asked.engine.close()


@pytest.mark.parametrize("small", [False, True])
def test_the_nearest_come_first(place, small):
    asked = filled(place)
    encoder = Letters()
    make(asked, place[1], encoder, small=small)
    store = open_store(asked, place[1])
    for number, text in enumerate(TEXTS, 1):
        found = list(store.nearest(encoder.questions([text])[0]))
        assert len(found) == 5
        assert found[0][0] in {f"d.{number}", "d.3"}
        assert found[0][1] == pytest.approx(1.0, abs=0.01)
        assert [cosine for _, cosine in found] == sorted((c for _, c in found), reverse=True)
    asked.engine.close()


def test_broken_vectors_are_told_and_made_anew(place):
    asked = filled(place)
    make(asked, place[1], Letters())
    (place[1] / FOLDER / "vectors.npy").write_bytes(b"no numbers")
    with pytest.raises(ProgsearchError, match="cannot be read"):
        open_store(asked, place[1])
    assert make(asked, place[1], Letters()).encoded == 4
    assert len(open_store(asked, place[1]).ids) == 5
    asked.engine.close()


def test_words_come_first_and_meaning_alone_is_marked(place, letters):
    from progsearch.api import answers

    asked = filled(place)
    make(asked, place[1], letters)
    plain = answers.search(asked, "silnice")
    both = answers.search(asked, "silnice", meaning=True, duplicates="keep")
    hits = list(both.found.hits)
    by_words = {hit.passage.id for hit in plain.found.hits}
    assert by_words == {"d.3", "d.5"}
    assert {hit.passage.id for hit in hits[:2]} == by_words
    assert [hit.by_meaning for hit in hits] == [False, False, True, True, True]
    assert [hit.score for hit in hits] == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert both.found.total == 2
    assert both.summary == "2 passages; then 3 by their meaning alone (~), which count nowhere"
    assert not any(hit.matches for hit in hits[2:])
    asked.engine.close()


def test_the_largest_cosine_counts_with_several_vectors(place):
    asked = filled(place)
    make(asked, place[1], Letters())
    store = open_store(asked, place[1])
    two = np.stack([store.vector("d.2"), store.vector("d.4")])
    assert {ident for ident, _ in [*store.nearest(two)][:2]} == {"d.2", "d.4"}
    assert store.cosines(two, ["d.4", "d.2", "no.1"]) == pytest.approx([1, 1, 0])
    assert store.cosines(two, []) == []
    asked.engine.close()


def test_a_translated_question_is_near_its_words_in_the_language_of_the_text(place, letters):
    from progsearch.api import answers

    asked = filled(place)
    make(asked, place[1], letters)
    vectors = nearing.question_vector(asked, "trains", ["vlaky", "tåg"])[1]
    assert vectors.shape == (2, 32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])
    between = letters.questions(["trains"]) + letters.questions(["vlaky"])
    assert vectors[0] == pytest.approx(between[0] / np.linalg.norm(between))
    letters.asked.clear()
    answers.search(asked, "trains", from_="en", meaning=True)
    question, *translated = letters.asked
    assert question == "trains"
    assert any("vlak" in text for text in translated)
    asked.engine.close()


def test_a_theme_is_near_its_description_and_the_middle_of_its_hits(place, letters, tmp_path):
    from progsearch.api import answers

    asked = filled(place)
    make(asked, place[1], letters)
    roads, told = tmp_path / "themes", "Doprava. Opravy silnic."
    roads.mkdir()
    (roads / "roads.yaml").write_text(ROADS, encoding="utf-8")
    letters.asked.clear()
    found = answers.search(asked, themes=["roads"], folders=[roads], meaning=True)
    hits = list(found.found.hits)
    assert letters.asked == [told]
    assert [hit.by_meaning for hit in hits] == [False, False, True, True, True]
    assert {hit.passage.id for hit in hits[:2]} == {"d.3", "d.5"}
    assert found.found.total == 2
    with_hits = nearing.question_vector(asked, "", (), [("cs", told)], hits[:2])[1]
    own, middle = letters.questions([told, TEXTS[2]])
    assert with_hits == pytest.approx(((own + middle) / np.linalg.norm(own + middle))[None])
    without = nearing.question_vector(asked, "", (), [("cs", told), ("sv", "x")], [])[1]
    assert without == pytest.approx(letters.questions([told, "x"]))
    words = nearing.question_vector(asked, "vlaky", (), [("cs", told)])[1]
    both = letters.questions(["vlaky"]) + letters.questions([told])
    assert words == pytest.approx(both / np.linalg.norm(both))
    asked.engine.close()


def test_hits_of_a_theme_stay_in_the_order_of_words(place, letters, tmp_path, monkeypatch):
    from progsearch.api import answers

    told = "Doprava. Opravy silnic."
    asked = filled(
        place, ("Silnice a mosty zzzzzzzzzzzzzzzzzzzzzzzzz", f"{told} Silnice", "Doprava, opravy")
    )
    make(asked, place[1], letters)
    roads = tmp_path / "themes"
    roads.mkdir()
    (roads / "roads.yaml").write_text(
        ROADS.replace("silnice]", "silnice, mosty]"), encoding="utf-8"
    )
    monkeypatch.setattr(nearing, "_weights", None)  # nothing is weighed that is not asked for
    found = answers.search(asked, themes=["roads"], folders=[roads], meaning=True).found
    assert [hit.passage.id for hit in found.hits] == ["d.1", "d.2", "d.3"]
    asked.engine.close()


@pytest.mark.parametrize(
    ("languages", "described"),
    [
        (["cs"], [("cs", "Doprava. Opravy silnic.")]),
        (["sv", "cs"], [("sv", "Roads. Repairs of roads."), ("cs", "Doprava. Opravy silnic.")]),
        (["und"], [("und", "Roads. Repairs of roads.")]),
        ([], []),
    ],
)
def test_themes_are_described_in_the_languages_of_the_index(tmp_path, languages, described):
    from progsearch.query import Everything
    from progsearch.themes import load
    from progsearch.themes.sought import Sought

    (tmp_path / "roads.yaml").write_text(ROADS, encoding="utf-8")
    theme = load([tmp_path]).get("roads")
    assert Sought(Everything(), themes=(theme,)).described(languages) == described


def test_more_like_a_passage(place, letters):
    from progsearch.api import answers

    asked = filled(place)
    make(asked, place[1], letters)
    found = answers.search(asked, like="d.3", limit=2)
    hits = list(found.found.hits)
    assert hits[0].passage.id == "d.5"
    assert all(hit.by_meaning for hit in hits)
    assert found.found.total == 0
    for text, like, what in (("vlak", "d.3", "question of its own"), ("", "d.99", "no passage")):
        with pytest.raises(ProgsearchError, match=what):
            answers.search(asked, text, like=like)
    asked.engine.close()


def test_filters_hold_for_meaning_too(place, letters):
    from progsearch.api import answers

    asked = filled(place)
    make(asked, place[1], letters)
    found = answers.search(asked, "silnice", meaning=True, role="goal")
    assert list(found.found.hits) == []
    asked.engine.close()


@pytest.mark.parametrize(
    ("text", "right"),
    [("silnice role:goal", set()), ("silnice NOT vlaky", {1, 2, 3, 5}), ("NOT silnice", {1, 2, 4})],
)
def test_fields_and_what_is_excluded_hold_for_meaning_too(place, letters, text, right):
    from progsearch.api import answers

    asked = filled(place)
    make(asked, place[1], letters)
    found = answers.search(asked, text, meaning=True, duplicates="keep")
    assert {hit.passage.number for hit in found.found.hits} == right
    asked.engine.close()
