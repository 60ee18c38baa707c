"""How news say that they are news, and which days are those of a change."""

from __future__ import annotations

import pytest

from progsearch.facts.press import names_kind, reads_as_news, stands_among_news, tells_change


@pytest.mark.parametrize(
    "line",
    [
        "PRESSEMITTEILUNG",
        "Pressemitteilung Nr. 34/2024",
        "Pressmeddelande",
        "Tisková zpráva:",
        "Tlačová správa",
        "Press release",
        "FOR IMMEDIATE RELEASE",
        "Pressemeddelelse",
        "Pressemelding",
        "Komunikat prasowy nr 12",
        "Lehdistötiedote",
    ],
)
def test_the_word_for_a_kind_is_told_in_each_language(line):
    assert names_kind(line)
    assert reads_as_news(f"{line}\n\nText.")


@pytest.mark.parametrize(
    "line",
    ["Pressefreiheit", "Pressmeddelanden ska vara öppna", "Zpráva", "", "Nr. 34"],
)
def test_other_lines_name_no_kind(line):
    assert not names_kind(line)


@pytest.mark.parametrize(
    ("text", "news"),
    [
        ("Titel\n1 maj 2024\nAv Eva Ek\nText.", True),
        ("Title\nBy Eva Oak\n1 May 2024\nText.", True),
        ("Titel\nText: Eva Ek\n1 maj 2024", True),
        ("Titel\n1 maj 2024\nAv alla partier", False),
        ("Titel\nAv Eva Ek\nText.", False),
        ("Titel\n1 maj 2024\nText.", False),
        ("By 2030 We Will\n1 May 2024", False),
        ("\n".join(["Text."] * 9) + "\nPressmeddelande", False),
    ],
)
def test_who_wrote_it_on_which_day_makes_news(text, news):
    assert reads_as_news(text) is news


@pytest.mark.parametrize(
    ("address", "among"),
    [
        ("https://p.example/nyheter/kortare-koer", True),
        ("https://p.example/de/presse/mieten.html", True),
        ("https://p.example/tiskove-zpravy/1", True),
        ("https://p.example/nyheter", False),
        ("https://nyheter.example/politik/a", False),
        ("https://[bad", False),
        ("", False),
    ],
)
def test_an_address_tells_of_news(address, among):
    assert stands_among_news(address) is among


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("Uppdaterad 3 maj 2024", True),
        ("Senast uppdaterad den 3 maj 2024", True),
        ("Zuletzt geändert am 3. Mai 2024", True),
        ("Aktualizováno: 3. 5. 2024", True),
        ("Ostatnia aktualizacja: 2024-05-03", True),
        ("Sivu päivitetty 3.5.2024", True),
        ("Last updated on 3 May 2024", True),
        ("Publicerad 3 maj 2024", False),
        ("3. 5. 2024", False),
        ("Stand: 3. Mai 2024", False),
    ],
)
def test_a_change_is_told_from_the_day_of_a_text(line, change):
    assert tells_change(line) is change
