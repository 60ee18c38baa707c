"""Theses that were put to a party: what it does not agree with is no promise of its."""

from __future__ import annotations

import pytest
from telling import seen

CASES = [
    ("cs", "Obec by měla zrušit parkovné.", "Stanovisko", "Souhlasíme", "Nesouhlasíme", "Ne"),
    ("sk", "Obec by mala zrušiť parkovné.", "Postoj", "Súhlasíme", "Skôr nesúhlasím", "Nie"),
    ("pl", "Gmina powinna znieść opłaty.", "Stanowisko", "Zgadzamy się", "Raczej nie", "Nie"),
    ("de", "Die Stadt soll Bäder bauen.", "Position", "stimme zu", "stimme nicht zu", "Nein"),
    ("sv", "Kommunen bör avskaffa avgiften.", "Svar", "Instämmer helt", "Instämmer inte", "Nej"),
    ("en", "The town should scrap the fee.", "Our answer", "Agree", "Strongly disagree", "No"),
    ("da", "Der er brug for flere bade.", "Svar", "Helt enig", "Uenig", "Nej"),
    ("nb", "Kommunen bør fjerne avgiften.", "Svar", "Litt enig", "Helt uenig", "Nei"),
    ("fi", "Kunnan pitää lisätä puistoja.", "Kanta", "Samaa mieltä", "Eri mieltä", "Ei"),
]


@pytest.mark.parametrize(("lang", "thesis", "label", "agree", "disagree", "no"), CASES)
def test_a_thesis_is_a_wish_only_of_who_agrees(lang, thesis, label, agree, disagree, no):
    def told(*lines):
        return seen("\n\n".join(("# 1", *lines, "Park.")), lang)[1][2]

    assert told(thesis) == "weak"
    assert told(thesis, f"{label}: **{agree}**") == told(thesis, f"{agree}.") == "weak"
    assert told(thesis, f"{label}: {disagree}") == told(thesis, f"*{disagree}*") == "plain"
    assert told(thesis, f"{label}: {no}") == "plain"
    # Without what asks for it, no is no stance; nor is what goes on.
    assert told(thesis, no) == "weak"
    assert told(thesis, f"{disagree} 2030.") == "weak"
    assert told(f"# {thesis}", f"{label}: {disagree}") == "plain"


@pytest.mark.parametrize(("lang", "thesis", "label", "agree", "disagree", "no"), CASES)
def test_a_thesis_in_a_row_with_its_stance(lang, thesis, label, agree, disagree, no):
    def told(head, *cells):
        rows = (f"| A | {head} |", "|---|---|", f"| {' | '.join((thesis, *cells))} |")
        return seen("\n".join((*rows, "| Park | 1 |")), lang)[1][2]

    assert told(label, agree) == "weak"
    assert told(label, disagree) == told("B", disagree) == told(label, no) == "plain"
    assert told("B", no) == "weak"
