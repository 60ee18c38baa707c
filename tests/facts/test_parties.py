from __future__ import annotations

import pytest

from progsearch.facts.parties import infer_party


@pytest.mark.parametrize(
    ("title", "head", "stem", "party"),
    [
        ("Budgetmotion 2025/26:3811 (C)", "", "x", "C"),
        ("", "Motion till riksdagen\nav Eva Ek m.fl. (SD)", "x", "SD"),
        ("", "av Eva Ek m. fl. (KD)", "x", "KD"),
        ("Liberalernas partiprogram 2025", "", "x", "L"),
        ("Idéprogram", "Centerpartiets\nIdéprogram", "x", "C"),
        ("Alliansen i Regionen presenterar sin Budget", "", "x", "ALLIANSEN"),
        ("", "• Alliansen presenterar sin budget för 2018", "x", "ALLIANSEN"),
        ("", "Nytt.\n\n***\n\n• Alliansen presenterar sin budget för 2018", "x", "ALLIANSEN"),
        ("Principprogram", "ANTAGET VID\nKRISTDEMOKRATERNAS\nRIKSTING 2015", "x", "KD"),
        ("En framtid", "", "partiprogram-c-2013", "C"),
        ("En framtid", "", "partiprogram-kd-2013", "KD"),
        # mentions
        ("Regionen kritiserar Moderaterna", "Moderaterna säger nej.", "x", None),
        ("Nytt program", "säger Roland Ek (M), ordförande", "x", None),
        ("Budget", "Regionen presenterar sin budget, Alliansen säger nej.", "x", None),
        ("Kritik mot att Alliansen inte presenterar budget", "", "x", None),
        ("", "flera kommun(s) m.fl. (s)", "x", None),
        ("", "", "partiprogram-cx-2013", None),
        ("", "", "", None),
    ],
)
def test_infer_party(title: str, head: str, stem: str, party: str | None) -> None:
    found = infer_party(title, head, f"{stem}.txt", ("SE",))
    assert (found.party.id.removeprefix("SE:") if found else None) == party


@pytest.mark.parametrize(
    ("title", "head", "path", "where"),
    [
        ("Valmanifest 2022", "Sverigedemokraternas\npolitik för byar", "x.txt", "head"),
        ("Valmanifest 2022 – Sverigedemokraterna", "", "x.txt", "title"),
        ("Valmanifest 2022", "Vi vill", "valmanifest-2022-sd.txt", "file name"),
        ("Vi vill", "", "sd/vi-vill.txt", "folder name"),
    ],
)
def test_where_the_party_is_named(title: str, head: str, path: str, where: str) -> None:
    found = infer_party(title, head, path, ("SE",))
    assert found is not None
    assert (found.party.name, found.where) == ("Sverigedemokraterna", where)


def test_a_title_names_the_party_of_another_country_in_full() -> None:
    assert infer_party("Liberalernas partiprogram", "", "x.txt", ("CZ",))
    assert infer_party("Partiprogram (L)", "", "x.txt", ("CZ",)) is None
