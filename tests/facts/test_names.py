from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.facts.names import alike, did_you_mean, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("(C)", "c"),
        ("KDU-ČSL", "kdu csl"),
        ("STAČILO!", "stacilo"),
        ("Miljøpartiet De Grønne", "miljopartiet de gronne"),
        ("Bündnis 90/Die Grünen", "bundnis 90 die grunen"),
        ("Lewica  Razem", "lewica razem"),
        ("Łódź", "lodz"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("ANO", "Ano", "case"),
        ("Hnuti XYZ", "Hnutí XYZ", "accents"),
        ("C", "Centern", "letter"),
        ("SU", "Skånsk Union", "abbreviation"),
        ("KD", "Kristdemokraterna", "abbreviation"),
        ("Omsorg", "Omsorgsdemokraterna", "abbreviation"),
        ("Rädda vården", "Partiet Rädda vården", "one word"),
        ("Omsorgsdemokraterna", "Omsorgdemokraterna", "letter or two"),
    ],
)
def test_alike(one: str, other: str, why: str) -> None:
    found = list(alike([other, one]))
    assert len(found) == 1
    assert why in found[0].why
    assert {found[0].one, found[0].other} == {one, other}


@pytest.mark.parametrize(
    "values",
    [
        ("Moderaterna", "Centerpartiet"),
        ("Čtyřkoalice", "Pětikoalice"),
        ("Lista 2018", "Lista 2022"),
        ("", "C"),
        ("C", "C"),
    ],
)
def test_not_alike(values: tuple[str, str]) -> None:
    assert not list(alike(values))


def test_what_is_known_to_be_apart_is_no_pair() -> None:
    assert list(alike(["SPD", "SPD a Trikolora", "Spd"], apart={"SPD", "SPD a Trikolora"}))
    assert not list(alike(["ODA", "ODS"], apart={"ODA", "ODS"}))


def test_did_you_mean() -> None:
    assert did_you_mean("regoin", ["region", "party"]) == "did you mean region?"
    assert did_you_mean("Píráti", ["Piráti"]) == "did you mean Piráti?"
    assert did_you_mean("xyzzy", ["region"], "write one") == "write one"
    assert did_you_mean("bb", ["bb"], shown={"bb": "BB (Bé)"}) == "did you mean BB (Bé)?"


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_folded_as_among_others(text: str) -> None:
    assert f"{fold(text)} o".strip() == fold(f"{text} ø")
