from __future__ import annotations

import pytest

from progsearch.facts.named import named_in
from progsearch.facts.registry import load_parties
from progsearch.facts.titles import (
    is_programme,
    named_year,
    owner_of_folder,
    owner_of_stem,
    owner_of_title,
    programme_line,
)


@pytest.mark.parametrize(
    ("title", "country", "party"),
    [
        ("Valmanifest 2022 – Sverigedemokraterna", "SE", "SE:SD"),
        ("Sverigedemokraternas valmanifest 2022", "SE", "SE:SD"),
        ("Centerpartiets idéprogram – en hållbar framtid", "SE", "SE:C"),
        ("ODS: Volební program pro krajské volby 2024", "CZ", "CZ:ODS"),
        ("Volební program Pirátů 2021", "CZ", "CZ:PIRATI"),
        ("Program hnutí ANO", "CZ", "CZ:ANO"),
        ("Wahlprogramm der SPD 2021", "DE", "DE:SPD"),
        ("Labour Party Manifesto 2019", "GB", "GB:LAB"),
        ("Wahlprogramm der SPD Sachsen zur Landtagswahl 2024", "DE", "DE:SPD"),
        ("BSW Thüringen: Wahlprogramm", "DE", "DE:BSW"),
        ("Socialdemokraterna i Region Skåne: valprogram 2022", "SE", "SE:S"),
        ("Volební program Piráti Zlínský kraj 2020", "CZ", "CZ:PIRATI"),
        ("Senterpartiets fylkesprogram 2023–2027 for Innlandet", "NO", "NO:SP"),
        ("Wahlprogramm der SPD Sachsen im Vergleich", "DE", None),
        ("Så slår Moderaternas valprogram mot Skåne", "SE", None),
        ("Skåne: Socialdemokraternas valprogram får kritik", "SE", None),
        ("Program ano, ale jaký", "CZ", None),
        ("Kritik mot Moderaternas valmanifest", "SE", None),
        ("Moderaternas valmanifest får kritik", "SE", None),
        ("Moderaterna och Liberalerna: valmanifest", "SE", None),
        ("Program na podporu zelených střech", "CZ", None),
        ("Sverigedemokraterna", "SE", None),
        ("", "SE", None),
    ],
)
def test_owner_of_title(title: str, country: str, party: str | None) -> None:
    found = owner_of_title(title, (country,))
    assert (found.party.id if found else None) == party


@pytest.mark.parametrize(
    ("stem", "country", "party"),
    [
        ("valmanifest-2022-sd", "SE", "SE:SD"),
        ("partiprogram-c-2013", "SE", "SE:C"),
        ("sv-m-ideprogram-2021", "SE", "SE:M"),
        ("partiprogram-v-2016", "SE", "SE:V"),
        ("partiprogram-v-2", "SE", None),
        ("partiprogram-cx-2013", "SE", None),
        ("2021-pirati", "CZ", "CZ:PIRATI"),
        ("pirati-bohumin-volebni-program-2018", "CZ", "CZ:PIRATI"),
        ("ano", "CZ", None),
        ("program-ano-2024", "CZ", "CZ:ANO"),
        ("kritika-ods", "CZ", None),
        ("2021-cdu-csu", "DE", "DE:CDUCSU"),
        ("ods-a-spd-program", "CZ", None),
        ("tidoavtalet-2022", "SE", None),
        # headlines
        ("kritika-ods-k-programu-vlady", "CZ", None),
        ("penize-na-opravy-silnic-a-pro-dotacni-programy", "CZ", None),
        ("en-plattform-for-samarbete-med-ukraina", "SE", None),
        ("moderaterna-vill-ha-nytt-program", "SE", None),
        ("", "SE", None),
    ],
)
def test_owner_of_stem(stem: str, country: str, party: str | None) -> None:
    found = owner_of_stem(stem, (country,))
    assert (found.party.id if found else None) == party


@pytest.mark.parametrize(
    ("name", "country", "party"),
    [
        ("cz-pirati", "CZ", "CZ:PIRATI"),
        ("Centerpartiet", "SE", "SE:C"),
        ("sd", "SE", "SE:SD"),
        ("s", "SE", None),
        ("spolu", "CZ", None),
        ("doprava", "CZ", None),
    ],
)
def test_owner_of_folder(name: str, country: str, party: str | None) -> None:
    found = owner_of_folder(name, (country,))
    assert (found.party.id if found else None) == party


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Valmanifest 2022", 2022),
        ("valmanifest-2022-sd", 2022),
        ("Volební program 2021–2025", 2021),
        ("Program 2018 a 2022", None),
        ("Program rozvoje do roku 2030", None),
        ("Vision 2030 – partiprogram", None),
        ("Volební program ODS 2024 – Liberecký kraj", 2024),
        ("Kommissionen har godkänt fiskeriprogram 2014–2020", None),
        ("Nyheter 2022", None),
        ("", None),
    ],
)
def test_named_year(text: str, year: int | None) -> None:
    assert named_year(text) == year


@pytest.mark.parametrize(
    ("head", "line", "year"),
    [
        ("Die Grünen\n\nWahlprogramm zur Landtagswahl 2023\n\nWir bauen.", True, 2023),
        ("# Venstre\n**Valgprogram 2021**\n\nVi bygger.", True, 2021),
        ("Green Party\nManifesto 2024\n\nWe build.", True, 2024),
        ("Sommerfest\nProgramm 2024\n\n10 Uhr: Musik", False, None),
        ("Die SPD stellt ihr Wahlprogramm 2024 vor.", False, None),
        ("Eins\n\nZwei\n\nDrei\n\nVier\n\nFünf\n\nSechs\n\nWahlprogramm 2023", False, None),
    ],
)
def test_a_line_at_the_head_may_name_a_programme(head: str, line: bool, year: int | None) -> None:
    assert bool(programme_line(head)) is line
    assert is_programme("", "", head) is line
    assert named_year(programme_line(head)) == year


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Moderaternas valmanifest får kritik", False),
        ("SPD stellt ihr Wahlprogramm vor", False),
        ("Labour launches its manifesto", False),
        ("ODS představila volební program", False),
        ("Ett moderat idéprogram för 2020-talet", True),
        ("Wahlprogramm 2021, beschlossen am 5. Juni", True),
        ("Nein zu Krieg – Wahlprogramm 2025", True),
        ("Unser Wahlprogramm zur Bundestagswahl 2025", True),
        ("Labour Party Manifesto 2019", True),
        ("Středočeský volební program Pirátů", True),
    ],
)
def test_a_headline_about_a_programme_is_none(title: str, told: bool) -> None:
    assert is_programme(title, "", "") is told


def test_a_name_of_many_words_is_found_whole() -> None:
    names = [(one.id, one.country, name) for one in load_parties().values() for name in one.names]
    long = [
        (party, country, name)
        for party, country, name in names
        if len(name.split()) > 2 and name[0].isupper()
    ]
    assert max(len(name.split()) for *_, name in long) > 8
    for party, country, name in long:
        found = named_in(f"Enligt {name} är det så", (country,))
        assert [(one.party.id, one.written) for one in found] == [(party, name.rstrip(").!"))]


@pytest.mark.parametrize(
    ("title", "country", "party", "year"),
    [
        ("Program Pirátů pro Ostravu 2022", "CZ", "CZ:PIRATI", 2022),
        ("Program ODS pro Prahu 2022", "CZ", "CZ:ODS", 2022),
        ("Volební program SPD do Evropského parlamentu 2024", "CZ", "CZ:SPD", 2024),
        ("Kommunpolitiskt program för Centerpartiet i Umeå 2022", "SE", "SE:C", 2022),
        ("Kommunalwahlprogramm 2024 der CDU Leipzig", "DE", "DE:CDU", 2024),
        ("Wahlprogramm FDP Köln 2025", "DE", "DE:FDP", 2025),
        ("Program PiS dla województwa śląskiego 2024", "PL", "PL:PIS", 2024),
        ("Program Koalicji Obywatelskiej dla Łodzi 2024", "PL", "PL:KO", 2024),
        ("Program wyborczy Lewicy 2023", "PL", "PL:NL", 2023),
        ("Program wyborczy Polski 2050 na lata 2024-2029", "PL", "PL:P2050", 2024),
        ("Program hnutia Slovensko pre Košický kraj 2022", "SK", "SK:SLOVENSKO", 2022),
        ("Volebný program SaS pre Bratislavu 2022", "SK", "SK:SAS", 2022),
        ("Kokoomuksen kuntavaaliohjelma Espoo 2025", "FI", "FI:KOK", 2025),
        ("SDP:n eduskuntavaaliohjelma 2023", "FI", "FI:SDP", 2023),
        ("Keskustan aluevaaliohjelma 2022 Pohjois-Savo", "FI", "FI:KESK", 2022),
        ("Socialdemokratiets valgprogram for Aarhus 2025", "DK", "DK:A", 2025),
        ("Konservatives valgprogram 2025 København", "DK", "DK:C", 2025),
        ("Høyres partiprogram 2025–2029", "NO", "NO:H", 2025),
        ("Rødt Trondheim: Kommuneprogram 2023–2027", "NO", "NO:R", 2023),
    ],
)
def test_titles_of_programmes_tell_party_year_and_kind(title, country, party, year):
    found = owner_of_title(title, (country,))
    assert (found.party.id if found else None) == party
    assert named_year(title) == year
    assert is_programme(title, "", "")


@pytest.mark.parametrize(
    "title",
    [
        "Program ODS na zimní večery v Praze",
        "Høyres partiprogram skuffer Oslo",
        "Wahlprogramm der CDU spaltet Leipzig 2024",
        "Program PiS rozczarował Śląsk 2024",
        "Kokoomuksen vaaliohjelma jakaa Espoota 2025",
        "Køge får nyt program for kultur 2025",
    ],
)
def test_headlines_that_name_party_and_place_tell_neither_party_nor_year(title):
    assert owner_of_title(title) is None
    assert named_year(title) is None


@pytest.mark.parametrize(
    ("countries", "party"), [(("DK",), "DK:V"), (("NO",), "NO:V"), (("DK", "NO"), None), ((), None)]
)
def test_a_name_in_two_countries_is_a_party_where_the_country_is_known(countries, party):
    found = owner_of_title("Venstres program for Drammen 2023-2027", countries)
    assert (found.party.id if found else None) == party


@pytest.mark.parametrize(
    "title", ["Program Slovensko 2021-2027", "Program miasta Razem 2024", "Keskustan ohjelma 2025"]
)
def test_a_name_that_is_a_word_makes_no_programme_without_a_place(title):
    assert not is_programme(title, "", "")


@pytest.mark.parametrize(
    "title",
    [
        "Program wyborczy Lewicy 2023: co obiecuje partia",
        "PiS przedstawił program wyborczy 2023",
        "Høyres valgprogram 2025 – dette betyr det for deg",
        "Høyre la frem sitt valgprogram for 2025",
        "Venstre vil have nyt valgprogram i 2026",
        "Vihreiden vaaliohjelma 2023 julki",
        "Co slibuje volební program ODS 2021?",
        "Volební program Pirátů 2021 pod lupou",
        "Så mycket kostar Moderaternas valmanifest 2022",
        "Socialdemokraternas valmanifest 2022: här är löftena",
        "What the Scottish Greens manifesto 2021 means for you",
        "Wahlprogramm der CDU Sachsen: Das steht drin",
        "Wahlprogramm der CDU Sachsen?",
    ],
)
def test_headlines_and_questions_about_programmes_are_none(title):
    assert not is_programme(title, "", "")
    assert owner_of_title(title) is None


def test_a_programme_of_development_is_no_partys():
    assert owner_of_title("Keskustan kehittämisohjelma 2025", ("FI",)) is None
