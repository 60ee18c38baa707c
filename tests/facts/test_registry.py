from __future__ import annotations

from collections import Counter

import pytest

from progsearch.facts.names import fold
from progsearch.facts.registry import (
    candidates,
    countries_of_language,
    label_of,
    load_parties,
    look_alikes,
)

PARTIES = list(load_parties().values())


def test_every_name_leads_to_one_party_in_its_country() -> None:
    wrong = [
        (party.id, name)
        for party in PARTIES
        for name in (party.id, *party.all_names)
        if [one.id for one in candidates(name, (party.country,))] != [party.id]
    ]
    assert not wrong


def test_no_name_is_of_two_parties_of_a_country() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for party in PARTIES:
        for name in party.all_names:
            owners.setdefault((party.country, name.casefold()), set()).add(party.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_labels_are_one_in_the_whole_registry() -> None:
    labels = Counter(fold(party.name) for party in PARTIES)
    assert [label for label, number in labels.items() if number > 1] == []


def test_a_label_is_its_own_label() -> None:
    for party in PARTIES:
        assert label_of(party.name, (party.country,)).label == party.name


def test_the_data_hold_together() -> None:
    for party in PARTIES:
        assert all(member in load_parties() for member in party.members), party.id
        assert party.ordinary <= set(party.all_names), party.id
        assert not (party.since and party.until) or party.since <= party.until, party.id
    marpor = [party.marpor for party in PARTIES if party.marpor]
    assert len(marpor) == len(set(marpor))


@pytest.mark.parametrize(
    ("country", "parties"),
    [
        ("CZ", 40),
        ("SE", 20),
        ("DE", 15),
        ("AT", 10),
        ("SK", 15),
        ("PL", 15),
        ("DK", 12),
        ("NO", 10),
        ("FI", 9),
        ("GB", 14),
        ("IE", 8),
    ],
)
def test_countries_of_the_registry(country: str, parties: int) -> None:
    assert sum(party.country == country for party in PARTIES) >= parties


@pytest.mark.parametrize(
    ("text", "country", "label"),
    [
        ("(C)", "SE", "Centerpartiet"),
        ("C", "SE", "Centerpartiet"),
        ("Centern", "SE", "Centerpartiet"),
        ("centerpartiet", "SE", "Centerpartiet"),
        ("Centerpartiet (C)", "SE", "Centerpartiet"),
        ("Centre Party", "SE", "Centerpartiet"),
        ("Folkpartiet", "SE", "Liberalerna"),
        ("V", "SE", "Vänsterpartiet"),
        ("V", "DK", "Venstre (Danmark)"),
        ("V", "NO", "Venstre (Norge)"),
        ("A", "DK", "Socialdemokratiet"),
        ("Å", "DK", "Alternativet"),
        ("Piráti", "CZ", "Piráti"),
        ("Česká pirátská strana", "CZ", "Piráti"),
        ("ceska piratska strana", "CZ", "Piráti"),
        ("Czech Pirate Party", "", "Piráti"),
        ("ČSSD", "CZ", "SOCDEM"),
        ("SPOLU (ODS + TOP 09 + KDU-ČSL)", "CZ", "SPOLU"),
        ("STAROSTOVÉ A NEZÁVISLÍ", "CZ", "STAN"),
        ("Piráti + STAN", "CZ", "Piráti a Starostové"),
        ("SPD", "CZ", "Svoboda a přímá demokracie"),
        ("SPD", "DE", "SPD"),
        ("Grüne", "AT", "Die Grünen – Die Grüne Alternative"),
        ("SE:S", "", "Socialdemokraterna"),
        # a full name from another country, and no letters from there
        ("Sverigedemokraterna", "CZ", "Sverigedemokraterna"),
        ("SD", "CZ", "SD"),
        ("PRO", "SE", "PRO"),
        # nobody knows it
        ("Omsorgsdemokraterna", "SE", "Omsorgsdemokraterna"),
    ],
)
def test_label_of(text: str, country: str, label: str) -> None:
    found = label_of(text, (country,) if country else ())
    assert (found.label, found.note) == (label, "")


@pytest.mark.parametrize("text", ["V", "C", "(M)", "SPD", "Venstre", "KD"])
def test_in_doubt_it_stays_as_it_is_written(text: str) -> None:
    found = label_of(text)
    assert found.label == text
    assert "may be" in found.note


def test_aliases_come_first() -> None:
    aliases = {"anoaci": "ANO", "c": "Lista C", "nasi": "Naši starostové"}
    assert label_of("Anoáci", ("CZ",), aliases).label == "ANO 2011"
    assert label_of("(C)", ("SE",), aliases).label == "Lista C"
    assert label_of("Naši", (), aliases).label == "Naši starostové"


def test_languages_of_countries() -> None:
    assert countries_of_language("sv") == ("SE",)
    assert set(countries_of_language("de")) == {"AT", "DE"}
    assert countries_of_language("und") == ()


def test_look_alikes_leaves_parties_of_the_registry_apart() -> None:
    assert not list(look_alikes(["ODS", "ODA", "Piráti", "Piráti a Starostové"]))
    assert [str(one) for one in look_alikes(["ODS", "Nová ODS"])] == [
        "'ODS' and 'Nová ODS' differ in one word"
    ]
