from __future__ import annotations

import pytest

from progsearch.facts.parties import infer_party, load_parties


def test_parties_of_the_riksdag() -> None:
    assert set(load_parties()) == {"C", "KD", "L", "M", "MP", "S", "SD", "V"}
    assert all(party.country == "SE" and party.names for party in load_parties().values())


@pytest.mark.parametrize(
    ("title", "head", "stem", "party"),
    [
        ("Budgetmotion 2025/26:3811 (C)", "", "x", "C"),
        ("", "Motion till riksdagen\nav Eva Ek m.fl. (SD)", "x", "SD"),
        ("", "av Eva Ek m. fl. (KD)", "x", "KD"),
        ("Liberalernas partiprogram 2025", "", "x", "L"),
        ("Idéprogram", "Centerpartiets\nIdéprogram", "x", "C"),
        ("Alliansen i Regionen presenterar sin Budget", "", "x", "Alliansen"),
        ("", "• Alliansen presenterar sin budget för 2018", "x", "Alliansen"),
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
    assert infer_party(title, head, stem) == party
