"""What vectors of a language have in common is taken from them, where enough are there to tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from meaning_making import np

from progsearch.meaning.common import FEW, common_of, read_common, write_common
from progsearch.meaning.store import Store

LANGS = ["cs"] * FEW + ["sv"] * FEW + ["en"] * (FEW - 1)


def vectors(kind=np.float32):
    """Each language has a direction of its own, and every other text one of two subjects."""
    found = np.zeros((len(LANGS), 5))
    for row, lang in enumerate(LANGS):
        found[row, ("cs", "sv", "en").index(lang)] = 2
        found[row, 3 + row % 2] = 1
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return np.rint(found * 127).astype(kind) if kind == np.int8 else found.astype(kind)


@pytest.mark.parametrize("kind", [np.float32, np.int8])
def test_a_subject_is_nearer_than_a_language(kind):
    given = vectors(kind)
    ids = [f"d.{row}" for row in range(len(LANGS))]
    plain = Store("", "", ids, given)
    store = Store("", "", ids, given, common_of(given, LANGS))
    of_both = range(2 * FEW)
    assert {ids.index(one) < FEW for one, _ in [*plain.nearest(plain.vector("d.0"))][:FEW]} == {
        True
    }
    found = [ids.index(one) for one, _ in store.nearest(store.vector("d.0"))]
    assert {row % 2 for row in found if row in of_both} == {0, 1}
    assert all(row % 2 == 0 for row in [row for row in found if row in of_both][:FEW])
    means = store.rows(range(FEW)).mean(axis=0), store.rows(range(FEW, 2 * FEW)).mean(axis=0)
    assert np.allclose(means, 0, atol=0.02)
    asked = store.of_questions(plain.rows([0, FEW]), ["cs", "sv"])
    assert asked == pytest.approx(store.rows([0, FEW]), abs=1e-6)


def test_the_mean_of_all_stands_for_that_of_few():
    common = common_of(vectors(), LANGS)
    assert common.langs == ["", "cs", "sv"]
    assert common.means[0] == pytest.approx(vectors().mean(axis=0))
    assert set(common.of[2 * FEW :]) == {0}
    assert common_of(vectors()[: FEW - 1], LANGS[: FEW - 1]) is None


def test_it_is_kept_beside_the_vectors_it_is_of(tmp_path):
    assert read_common(tmp_path, vectors()) is None
    write_common(tmp_path, common_of(vectors(), LANGS))
    again = read_common(tmp_path, vectors())
    assert (again.langs, list(again.of)) == (["", "cs", "sv"], [1] * FEW + [2] * FEW + [0] * 19)
    assert read_common(tmp_path, np.concatenate([vectors(), vectors()[:1]])) is None
    write_common(tmp_path, None)
    assert read_common(tmp_path, vectors()) is None
    (tmp_path / "common.npz").write_bytes(b"PK\x03\x04 no archive")
    assert read_common(tmp_path, vectors()) is None


@pytest.mark.parametrize("kind", [np.float32, np.int8])
@pytest.mark.parametrize("columns", [1, 3])
def test_scores_are_those_of_vectors_without_what_is_common(kind, columns):
    given = vectors(kind)
    store = Store("", "", [f"d.{row}" for row in range(len(LANGS))], given)
    store = replace(store, common=common_of(given, LANGS))
    asked = store.of_questions(vectors()[:columns] + 0.1, LANGS[:columns])
    right = (store.rows(slice(None)) @ asked.T).max(axis=1)
    found = dict(store.nearest(asked))
    assert [found[ident] for ident in store.ids] == pytest.approx(right, abs=1e-5)


class Few(np.ndarray):
    """Vectors of which no two kinds are subtracted from each other."""

    def __array_ufunc__(self, ufunc, method, *given, **named):
        assert ufunc is not np.subtract
        return getattr(ufunc, method)(*(np.asarray(one) for one in given), **named)


def test_nothing_is_taken_from_all_vectors_for_a_question():
    given = vectors()
    common = common_of(given, LANGS)
    store = Store("", "", [f"d.{row}" for row in range(len(LANGS))], given.view(Few), common)
    assert len(list(store.nearest(given[:2]))) == len(LANGS)


def test_a_file_of_before_is_as_good(tmp_path):
    common = common_of(vectors(), LANGS)
    langs = np.array([lang.encode() for lang in common.langs])
    with (tmp_path / "common.npz").open("wb") as file:
        np.savez(file, langs=langs, means=common.means, of=common.of)
    assert read_common(tmp_path, vectors()).inverse == pytest.approx(common.inverse)
