from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.errors import ProgsearchError
from progsearch.facts.keys import FACT_KEYS, Kind, check_fact, read_given


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [
        ("region", "liberecky", "CZ-51"),
        ("country", "cz", "CZ"),
        ("country", "Sverige", "SE"),
        ("country", "DE", "DE"),
        ("country", "Czechia", "CZ"),
        ("country", "Tyskland", "DE"),
        ("country", "FR", "FR"),
        ("lang", "Czech", "cs"),
        ("lang", "čeština", "cs"),
        ("lang", "Norwegian", "nb"),
        ("kind", "program", "programme"),
        ("kind", "valmanifest", "programme"),
        ("kind", "tisková zpráva", "news"),
        ("lang", "cs", "cs"),
        ("lang", "sv-SE", "sv"),
        ("lang", "CS_cz", "cs"),
        ("lang", "no", "nb"),
        ("kind", "Fulfilment Report", "fulfilment-report"),
        ("kind", "election_page", "election-page"),
        ("date", "22 december 2021", "2021-12-22"),
        ("date", 2018, "2018"),
        ("party", "  Piráti  a Starostové ", "Piráti a Starostové"),
    ],
)
def test_check_fact(key: str, value: object, written: str) -> None:
    assert check_fact(key, value) == written


@pytest.mark.parametrize(
    ("key", "value", "remedy"),
    [
        ("region", "Kronborg", "SE-G"),
        ("country", "Atlantis", "ISO 3166-1"),
        ("lang", "cz", "cs"),
        ("lang", "se", "sv"),
        ("lang", "Czech language", "cs"),
        ("kind", "programm", "programme"),
        ("kind", "xyzzy", "election-page"),
        ("date", "2022-02-29", "YYYY"),
        ("party", " ", "leave the key out"),
        ("party", "N/A", "where there is none"),
        ("party", "žádná", "where there is none"),
        ("party", "k.A.", "where there is none"),
        ("party", "Ej angivet", "where there is none"),
        ("regoin", "CZ-51", "region"),
    ],
)
def test_what_cannot_be(key: str, value: str, remedy: str) -> None:
    with pytest.raises(ProgsearchError) as caught:
        check_fact(key, value)
    assert caught.value.where == key
    assert remedy in caught.value.remedy


@given(st.sampled_from(FACT_KEYS), st.text())
def test_what_is_written_is_read_again(key: str, value: str) -> None:
    try:
        written = check_fact(key, value)
    except ProgsearchError:
        return
    assert check_fact(key, written) == written


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_a_value(kind: Kind) -> None:
    assert check_fact("kind", kind) == kind


def test_read_given() -> None:
    assert read_given(["region=Kronoberg", "party=a=b", "party=c"]) == {
        "region": "SE-G",
        "party": "c",
    }


@pytest.mark.parametrize(
    ("pair", "what"),
    [("region", "no value"), ("flavour=x", "flavour"), ("kind=x", "kind: unknown")],
)
def test_wrong_given(pair: str, what: str) -> None:
    with pytest.raises(ProgsearchError) as caught:
        read_given([pair])
    assert caught.value.where == "--set"
    assert what in caught.value.what
    assert caught.value.remedy
