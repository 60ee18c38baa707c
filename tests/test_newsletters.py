"""What newsletters and articles of debate have around their text counts as no statement."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.model import Fact, Origin
from progsearch.segmentation import segment
from progsearch.segmentation.letters import leads_away

SAID = "We will build 500 new homes for young families in the town."


def roles(text, name="a.md"):
    raw = readers.read(name, text.encode())
    found = segment(raw, "d", title="Homes for all", lang=Fact("en", Origin.DEFAULT)).passages
    return {one.text: (one.role.value, one.headings) for one in found}


@pytest.mark.parametrize(
    "line",
    [
        "Zobrazit v prohlížeči",
        "Odhlásit odběr newsletteru",
        "Se nyhedsbrevet i din browser: https://v.example/n/1",
        "Afmeld nyhedsbrevet her: https://v.example/u",
        "Læs mere: https://v.example/skat",
        "Newsletter im Browser ansehen",
        "Sie erhalten diese E-Mail, weil Sie Mitglied sind.",
        "View in browser",
        "Unsubscribe",
        "Unsubscribe from this list »",
        "Read more: https://v.example/x",
        "Peruuta tilaus tästä",
        "Vis i nettleser",
        "Wypisz się z newslettera",
        "Zobraziť v prehliadači",
        "Du får detta mejl för att du är medlem.",
        "Avregistrera dig här",
    ],
)
def test_a_line_of_a_newsletter_leads_away(line):
    assert leads_away(line)
    mail = f"From: a@b.example\nTo: c@d.example\nSubject: Plan\n\n{line}\n\n{SAID}\n\n{line}\n"
    found = roles(mail, "a.eml")
    assert found[SAID] in (("statement", ()), ("intro", ()))
    assert found[line][0] == "navigation"


@pytest.mark.parametrize(
    "line",
    [
        "Odhlásit auto půjde online.",
        "We will unsubscribe nobody from health care",
        "Vi sänker skatten: https://v.example/skatt",
        "Our plan in browser tabs",
        "Afmeldte borgere får hjælp",
    ],
)
def test_other_lines_are_statements(line):
    assert not leads_away(line)


@pytest.mark.parametrize(
    ("signed", "lines"),
    [
        ("Med venlig hilsen\n\nTroels Lund Poulsen\n\nFormand", 3),
        ("Med vänlig hälsning\n\nEva Ek\n\nStorgatan 1, 123 45 Staden", 3),
        ("Kind regards,\n\nEva Oak", 2),
        ("Ebba Busch (KD), partiledare", 1),
        ("Anna Muster, Vorsitzende", 1),
        ("*Jan Novák (STAN), hejtman*\n\n*Eva Malá (STAN)*", 2),
        ("Keir Starmer, Leader of the Labour Party", 1),
    ],
)
def test_who_signs_states_nothing(signed, lines):
    found = roles(f"# Homes for all\n\n{SAID}\n\n{signed}\n")
    assert [role for role, _ in found.values()].count("byline") == lines
    assert found[SAID][0] in ("statement", "intro")


@pytest.mark.parametrize(
    "text",
    [
        "Ebba Busch (KD), som vill sänka skatten",
        "Vård, skola, omsorg",
        "Bygg Nya Hem (500), snabbt.",
        "New Schools, new roads, new homes",
        "- Ebba Busch (KD), partiledare",
        "Eva Malá (38), chemička",
        "Ebba Busch vill sänka skatten",
    ],
)
def test_other_lines_at_the_end_sign_nothing(text):
    assert roles(f"# Homes for all\n\n{SAID}\n\n{text}\n")[text.removeprefix("- ")][0] in (
        "statement",
        "intro",
    )


def test_a_text_goes_on_below_a_letter():
    signed = "# Homes for all\n\nKind regards,\n\nEva Oak\n\n"
    found = roles(f"{signed}## Homes\n\n{SAID}\n\nPS: Vote on Sunday\n")
    assert found["Homes"][0] == "heading"
    assert found[SAID] == ("statement", ("Homes",))
    assert found["PS: Vote on Sunday"][0] == "statement"


@pytest.mark.parametrize("closing", ["Mit freundlichen Grüßen", "Med vänliga hälsningar"])
def test_a_list_below_a_letter_signs_nothing(closing):
    text = f"# Brev\n\n{SAID}\n\n{closing}\n\nAnna Lindh\n\n- Vi bygger hus\n- Vi rustar hus\n"
    found = roles(text)
    assert [found[one][0] for one in ("Anna Lindh", "Vi bygger hus", "Vi rustar hus")] == [
        "byline", "statement", "statement",
    ]  # fmt: skip
