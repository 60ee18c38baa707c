"""What a party may be called that the registry does not have, in nine languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from progsearch.facts import partynames
from progsearch.facts.partynames import Reading, in_one_line, named_together, reading_of
from progsearch.facts.registry import load_parties

NAMES = [
    "Bürger für Musterstadt",
    "Freie Wähler Kreis Adorf e.V.",
    "Bündnis Grete Muster",
    "Wohnen für alle (WfA)",
    "Žít Brno",
    "Lepší Praha",
    "Praha pro všechny",
    "Strana zelených a nezávislých kandidátů",
    "hnutí za čisté řeky",
    "Piráti společně pro Brno",
    "Arbetarpartiet",
    "Gröna listan",
    "Oberoende medborgare",
    "Lista Społeczna Razem",
    "Mieszkańcy Adamowa",
    "Borgerlisten Nordby",
    "Bygdelista for Nordby",
    "Kansalaiset Yhdessä Muutokseen",
    "Nezávislí za Lipovú",
    "SPD Neustadt",
    "Vi Demokrater",
    "Perussuomalaiset rp",
    "Residents of Littletown",
    "A, spolek pro město",
    "En Ny Tid",
    "Tea Party",
    "ANO",
    "JA",
    "Die PARTEI",
    "Strana práce",
    "the Green Party",
]
IN_DOUBT = [
    "Wir für Neustadt",
    "Zusammen für Neustadt",
    "Zusammenschluss von Bürgern",
    "Sammanslutning av medborgare",
    "Mehr Wohnungen",
    "Bessere Schulen",
    "Hlas ľudu",
    "Spolu pre kraj",
    "Naše město doma",
    "Frihet och trygghet",
    "Kommunens väl",
    "Prawo do miasta",
    "Sammen for bygda",
    "Sininen huominen",
    "Asuntoja kaikille",
    "Friends and Neighbours",
    "The Greens and Labour",
    "Labour or Greens",
    "Alle für Neustadt",
    "Ja zur Umwelt",
]
NONE = [
    "Die Grünen haben nichts erreicht",
    "Piráti chtějí levnější byty",
    "Moderaterna sviker skolan",
    "Labour wants more homes",
    "Vihreät pettivät lupauksensa",
    "Høyre svikter skolen",
    "Venstre glemmer de ældre",
    "PiS nie dotrzymał słowa",
    "HLAS klame ľudí stále",
    "Wohnungen für alle",
    "Byty pro všechny",
    "Byty pre všetkých",
    "Bostäder åt alla",
    "Boliger til alle",
    "Homes for all",
    "Mieszkania dla wszystkich",
    "Uusia asuntoja kaikille",
    "Wohnungen schnell bauen",
    "Postavit byty rychle",
    "Postaviť nové byty",
    "Bygga bostäder snabbt",
    "Bygg boliger raskt",
    "Byg boliger hurtigt",
    "Build homes quickly",
    "Budować szybko mieszkania",
    "Rakentaa asuntoja nopeasti",
    "siehe unten",
    "viz příloha",
    "pozri nižšie",
    "se nedan",
    "se nedenfor",
    "see page 3",
    "zob. niżej",
    "katso alla",
    "To be announced",
    "bude doplněno",
    "wird noch bekannt gegeben",
    "[Name der Partei]",
    "<party>",
    "{{ party }}",
    "xxx",
    "???",
    "A group of citizens",
    "Eine Gruppe von Bürgern",
    "En sammanslutning av medborgare",
    *("Birthday party in the park", "Tea party for seniors", "partia szachów w parku"),
    *("No party", "Keine Partei", "Žádná strana", "Żadna partia", "Ei puoluetta", "Intet parti"),
    *("Alle demokratischen Parteien", "Všechny strany", "Všetky demokratické strany"),
    *("Kaikki puolueet", "Övriga partier", "Alle partier på tinget", "Parties in parliament"),
    *("Grüne gegen CDU", "Piráti proti ODS", "PiS przeciw PO", "S mot M", "Labour vs. Tories"),
    *("Ja", "Nej", "Nei", "Tak", "Kyllä", "Nein", "maybe", "Weiß nicht", "Částečně"),
    *("3 z 12", "3 of 12", "3 av 12", "2 von 5"),
]


@pytest.mark.parametrize(
    ("reading", "value"),
    [
        *((Reading.NAME, value) for value in NAMES),
        *((Reading.DOUBT, value) for value in IN_DOUBT),
        *((Reading.NONE, value) for value in NONE),
    ],
)
def test_a_party_is_told_by_what_its_name_is_made_of(value, reading):
    assert reading_of(value) is reading


def inflected():
    """Forms of names in sentences and titles, which no field is filled with."""
    places = (files("progsearch") / "data" / "parties").iterdir()
    tables = [tomllib.loads(place.read_text(encoding="utf-8")) for place in places]
    return {form for table in tables for row in table["party"] for form in row.get("forms", ())}


def test_names_of_the_registry_are_read_as_names_where_it_is_not_asked(monkeypatch):
    monkeypatch.setattr(partynames, "candidates", lambda *_: ())
    monkeypatch.setattr(partynames, "named_in", lambda *_: [])
    names = {name for party in load_parties().values() for name in party.all_names} - inflected()
    read = {name: reading_of(name) for name in names}
    assert {name for name, said in read.items() if said is Reading.NONE} <= {
        "Polska Jest Najważniejsza",
        "We Are Family",
    }
    assert sum(said is Reading.NAME for said in read.values()) > 0.95 * len(names)


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["Moderaterna", "Liberalerna"], "Moderaterna, Liberalerna"),
        (["Bündnis 90/", "Die Grünen"], "Bündnis 90/ Die Grünen"),
        (["Bürger für", "Neustadt"], "Bürger für Neustadt"),
        (["SPD"], "SPD"),
    ],
)
def test_lines_of_a_value_are_a_list_where_each_names_a_party(lines, value):
    assert in_one_line(lines) == value


@pytest.mark.parametrize(
    ("value", "parties"),
    [
        ("Moderaterna Liberalerna", 2),
        ("Moderaterna i Lund", 0),
        ("SPD Neustadt", 0),
        ("Piráti a ODS", 2),
        ("Die Grünen und die SPD", 2),
        ("the Conservatives and the Liberal Democrats", 2),
    ],
)
def test_parties_side_by_side_are_several(value, parties):
    assert len(named_together(value)) == parties
