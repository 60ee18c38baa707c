"""Commitment under headings: lead-ins, accounts of what was kept, headings that are promises."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from telling import passages, seen

from progsearch import readers
from progsearch.blocks.wording import load_wording
from progsearch.commitment import Commitment, covered, leads_in, told
from progsearch.commitment.passages import Account, account_of, lead_in
from progsearch.model import ASIDE_ROLES, Fact, Origin, Role
from progsearch.segmentation import segment


def test_a_sentence_of_its_own_keeps_its_commitment_under_a_heading_without_a_colon():
    found = seen("# SV vil\n\n- øke støtten\n- Norge har lang kyst.\n", "nb")
    assert [commits for _, _, commits in found[1:]] == ["weak", "plain"]


@pytest.mark.parametrize(
    ("lang", "heading", "account"),
    [
        ("cs", "Co jsme nesplnili", Account.FAILED),
        ("cs", "Co se nám nepodařilo", Account.FAILED),
        ("cs", "Splněno částečně", Account.PARTLY),
        ("cs", "Co jsme slíbili", Account.PROMISED),
        ("cs", "Co jsme už udělali", Account.DONE),
        ("cs", "Splněno", Account.DONE),
        ("cs", "Co uděláme", None),
        ("sv", "Vad vi inte hann", Account.FAILED),
        ("sv", "Delvis genomfört", Account.PARTLY),
        ("sv", "Det här lovade vi", Account.PROMISED),
        ("sv", "Genomförda åtgärder", Account.DONE),
        ("sv", "Åtgärder", None),
        ("en", "What we have not delivered", Account.FAILED),
        ("en", "Partly done", Account.PARTLY),
        ("en", "What we promised", Account.PROMISED),
        ("en", "What we have achieved", Account.DONE),
        ("de", "Was wir nicht geschafft haben", Account.FAILED),
        ("de", "Teilweise umgesetzt", Account.PARTLY),
        ("de", "Was wir versprochen haben", Account.PROMISED),
        ("de", "Was wir erreicht haben", Account.DONE),
        ("nb", "Dette fikk vi ikke gjennomført, det rakk vi ikke", Account.FAILED),
        ("nb", "Delvis gjennomført", Account.PARTLY),
        ("nb", "Dette har vi gjort", Account.DONE),
        ("da", "Det nåede vi ikke", Account.FAILED),
        ("da", "Delvist gennemført", Account.PARTLY),
        ("da", "Hvad har vi opnået", Account.DONE),
        ("sk", "Čo sme nesplnili", Account.FAILED),
        ("sk", "Čo sme sľúbili", Account.PROMISED),
        ("sk", "Čo sme urobili", Account.DONE),
        ("pl", "Czego nie zrobiliśmy", Account.FAILED),
        ("pl", "W trakcie realizacji", Account.PARTLY),
        ("pl", "Co zrobiliśmy", Account.DONE),
        ("fi", "Mitä emme ehtineet tehdä", Account.FAILED),
        ("fi", "Mitä olemme saavuttaneet", Account.DONE),
        ("de", "Versprochen und gehalten", Account.DONE),
        ("de", "Versprochen und nicht gehalten", Account.FAILED),
        ("de", "Versprochen und gebrochen", Account.FAILED),
        ("de", "Das hatten wir 2019 versprochen", Account.PROMISED),
        ("sv", "Detta har vi lovat", Account.PROMISED),
        ("nb", "Det lovet vi i 2019", Account.PROMISED),
        ("da", "Det lovede vi i 2019", Account.PROMISED),
        ("pl", "Co obiecaliśmy", Account.PROMISED),
        ("fi", "Mitä lupasimme", Account.PROMISED),
    ],
)
def test_headings_of_an_account(lang, heading, account):
    assert account_of(heading, lang) is account


@pytest.mark.parametrize(
    ("lang", "heading", "text", "commits"),
    [
        ("cs", "Naše sliby", "Zavedeme noční spoje.", "strong"),
        ("cs", "Náš slib", "Zavedeme noční spoje.", "strong"),
        ("cs", "Naše volební sliby", "Podpoříme knihovny.", "weak"),
        ("sv", "Våra löften", "Vi kommer att bygga skolor.", "strong"),
        ("sv", "Lovat!", "Vi kommer att bygga skolor.", "strong"),
        ("en", "Our promise to you", "We will open three clinics.", "strong"),
        ("en", "Our pledges", "We will open three clinics.", "strong"),
        ("de", "Unsere Versprechen", "Wir werden Schulen bauen.", "strong"),
        ("de", "Unser Versprechen an Sie", "Wir werden Schulen bauen.", "strong"),
        ("de", "Versprochen!", "Wir werden Schulen bauen.", "strong"),
        ("sk", "Naše sľuby", "Zavedieme nočné spoje.", "strong"),
        ("pl", "Nasze obietnice", "Wprowadzimy bilety dla dzieci.", "strong"),
        ("da", "Vores løfter", "Vi vil bygge skoler.", "weak"),
        ("nb", "Våre løfter", "Vi skal bygge skoler.", "strong"),
        ("nb", "Lovet", "Vi skal bygge skoler.", "strong"),
        ("fi", "Lupauksemme", "Rakennamme kouluja.", "strong"),
        ("fi", "Vaalilupaukset", "Rakennamme kouluja.", "strong"),
        ("fi", "Lupaamme", "Rakennamme kouluja.", "strong"),
    ],
)
def test_promises_under_a_heading_that_names_them_are_made_now(lang, heading, text, commits):
    assert seen(f"# {heading}\n\n- {text}\n", lang)[-1][2] == commits
    # In a report of what was kept they were made before it.
    pledges = account_of(heading, lang) is Account.PLEDGES
    assert seen(f"# {heading}\n\n- {text}\n", lang, report=True)[-1][2] == (
        "plain" if pledges else commits
    )


@pytest.mark.parametrize("heading", ["Co jsme nesplnili", "Splněno jen zčásti", "Co jsme slíbili"])
@pytest.mark.parametrize(
    "text", ["Otevřeli jsme školku.", "Zavedeme noční spoje.", "Nový park", "Hotovo."]
)
@pytest.mark.parametrize("report", [False, True])
def test_under_a_heading_of_what_was_not_kept_nothing_is_done(heading, text, report):
    found = seen(f"# {heading}\n\n{text}\n", "cs", report=report)
    assert [commits for _, _, commits in found] == ["plain", "plain"]


@pytest.mark.parametrize(
    ("text", "report", "commits"),
    [
        ("# Splněno\n\nNový park u řeky.", True, "done"),
        ("# Splněno\n\nZavedeme noční spoje.", True, "done"),
        ("# Splněno\n\nPark zatím jen částečně.", True, "plain"),
        ("# Splněno\n\nBudeme pokračovat ve stavbě.", False, "strong"),
        ("# Doprava\n\nOtevřeli jsme školku.", True, "plain"),
        ("# Doprava\n\nOtevřeli jsme školku.", False, "done"),
        ("# Doprava\n\nOtevřeli jsme školku, park se nepodařilo otevřít.", False, "plain"),
        ("# Doprava\n\nSlíbili jsme školku.", False, "plain"),
    ],
)
def test_in_an_account_the_heading_decides(text, report, commits):
    assert seen(text, "cs", report=report)[1][2] == commits


@pytest.mark.parametrize(
    ("lang", "promise", "status", "commits"),
    [
        ("cs", "Zavedeme noční spoje.", "Splněno", "done"),
        ("cs", "Zavedeme noční spoje.", "Nesplněno", "plain"),
        ("cs", "Zavedeme noční spoje.", "Rozpracováno", "plain"),
        ("cs", "Zavedeme noční spoje.", "✅", "done"),
        ("cs", "Zavedeme noční spoje.", "❌", "plain"),
        ("sv", "Vi ska bygga två skolor.", "Genomfört", "done"),
        ("sv", "Vi ska bygga två skolor.", "Ej genomfört", "plain"),
        ("en", "We will open two clinics.", "Kept", "done"),
        ("en", "We will open two clinics.", "Broken", "plain"),
        ("en", "We will open two clinics.", "In progress", "plain"),
        ("de", "Wir werden zwei Bäder bauen.", "Umgesetzt", "done"),
        ("de", "Wir werden zwei Bäder bauen.", "Nicht umgesetzt", "plain"),
        ("sk", "Zavedieme nočné spoje.", "Nesplnené", "plain"),
        ("pl", "Wprowadzimy bilety dla dzieci.", "Niezrealizowane", "plain"),
        ("da", "Vi skal bygge to skoler.", "Ikke gennemført", "plain"),
        ("nb", "Vi skal bygge to skoler.", "Ikke gjennomført", "plain"),
        ("fi", "Rakennamme kaksi koulua.", "Ei toteutunut", "plain"),
        # A row of other cells promises what it says, but in a report.
        ("cs", "Zavedeme noční spoje.", "2 miliony", "strong"),
        ("en", "We will open two clinics.", "Leeds", "strong"),
        ("de", "Wir werden zwei Bäder bauen.", "2030", "strong"),
    ],
)
def test_a_promise_in_a_row_with_its_status_is_none_of_today(lang, promise, status, commits):
    table = f"| A | B |\n|---|---|\n| {promise} | {status} |\n| Park | 1 |\n"
    assert seen(table, lang)[1][2] == commits
    assert seen(table, lang, report=True)[1][2] == ("plain" if commits == "strong" else commits)


def test_the_title_of_an_account_stands_above_all_its_text():
    assert seen("Otevřeli jsme školku.", "cs", title="Co jsme nesplnili")[0][2] == "plain"


@pytest.mark.parametrize(
    ("lang", "heading", "role", "commits"),
    [
        ("cs", "Zavedeme noční spoje", "statement", "strong"),
        ("cs", "3. Zmodernizujeme záchrannou službu", "statement", "strong"),
        ("cs", "Podpoříme knihovny", "statement", "weak"),
        ("sv", "Rädda välfärden!", "statement", "strong"),
        ("sv", "Kulturens ekosystem ska värnas", "statement", "strong"),
        ("en", "We will open three clinics", "statement", "strong"),
        ("de", "Wir werden drei Kliniken eröffnen", "statement", "strong"),
        ("cs", "Doprava", "heading", "plain"),
        ("cs", "Co zlepšíme?", "heading", "plain"),
        ("cs", "Co uděláme", "heading", "plain"),
        ("cs", "Prosadíme:", "heading", "strong"),
        ("sv", "Så ska vi korta köerna", "heading", "strong"),
        ("sv", "Vi vill", "heading", "weak"),
        ("de", "Wir wollen", "heading", "weak"),
    ],
)
def test_a_heading_that_is_a_promise_counts(lang, heading, role, commits):
    text, below = passages(f"# {heading}\n\nTo je dost.\n", lang)
    assert (text.text, text.role.value, text.commitment) == (heading, role, commits)
    assert below.headings == (heading,)


def test_a_promise_under_a_heading_of_measures_is_a_measure():
    found = passages("# Opatření\n\n## Zavedeme noční spoje\n\nDo všech obcí.\n", "cs")
    assert [p.role for p in found] == [Role.HEADING, Role.MEASURE, Role.MEASURE]


def test_in_an_account_no_heading_is_a_promise():
    report = passages("# Zavedeme noční spoje\n\nAno.\n", "cs", report=True)
    failed = passages("# Co jsme nesplnili\n\n## Zavedeme noční spoje\n\nNe.\n", "cs")
    assert [p.role for p in report + failed if p.text.startswith("Z")] == [Role.HEADING] * 2


LINES = st.sampled_from(
    [
        *("# Zavedeme noční spoje", "## Co jsme nesplnili", "## Doprava", "# Vi vill", "Vi vill:"),
        *("- Zavedeme slevu", "  - pro děti", "- att bygga", "Prosadíme:", "Otevřeli jsme školku."),
        *("## Splněno", "Opatření:", "Kraj má sedm okresů.", "> Tak pravil.", ""),
    ]
)


@settings(max_examples=examples(80))
@given(st.lists(LINES, max_size=14), st.sampled_from(["cs", "sv", "und"]), st.booleans())
def test_laws(lines, lang, report):
    text = "\n\n".join([*lines, "Konec."])
    raw = readers.read("a.md", text.encode())
    cut = segment(raw, "d", lang=Fact(lang, Origin.DEFAULT)).passages
    found = list(told(cut, lang, report=report))
    # Each word of the source is in one passage: a heading that counts is not counted twice.
    assert [(p.start, p.end, p.text) for p in found] == [(p.start, p.end, p.text) for p in cut]
    assert all(a.end <= b.start for a, b in pairwise(found))
    # Told again, as when an export is taken in, they stay what they are.
    assert list(told(found, lang, report=report)) == found
    for before, after in zip(cut, found, strict=True):
        if before.role is not after.role:
            assert before.role is Role.HEADING
            assert after.commitment in (Commitment.STRONG, Commitment.WEAK)
        if after.role is Role.LEAD_IN:
            assert after.text.endswith(":") or leads_in(after.text, lang)
        accounts = [account_of(heading, lang) for heading in reversed(after.headings)]
        account = next((one for one in accounts if one), None)
        if account not in (None, Account.DONE) or (report and account is None):
            assert after.commitment != Commitment.DONE


def test_the_lead_ins_of_the_case(shared):
    raw = readers.read("a.txt", (shared / "cases" / "sv-lead-in.txt").read_bytes())
    cut = segment(raw, "d", lang=Fact("sv", Origin.DEFAULT)).passages
    counted = [p.commitment for p in told(cut, "sv") if p.role not in ASIDE_ROLES]
    assert counted == ["strong"] * 5 + ["weak"] * 2


@pytest.mark.parametrize("lang", sorted(covered()))
def test_every_language_has_lead_ins_of_each_kind_and_headings_of_each_account(lang):
    from progsearch.commitment.rules import HEADING_LABELS, load_rules

    rules = load_rules(lang)
    assert all(rules.headings[label].rules for label in HEADING_LABELS)
    assert all(one.rules for one in rules.lead_ins.values())


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        *(("Opatření", Role.MEASURE), ("Co uděláme", Role.MEASURE), ("Naše řešení", Role.MEASURE)),
        *(("Jak toho dosáhneme?", Role.MEASURE), ("Cíl", Role.GOAL), ("Náš cíl", Role.GOAL)),
        *(("Čeho chceme dosáhnout", Role.GOAL), ("Vi vill", Role.MEASURE), ("Mål", Role.GOAL)),
        *(("Våra förslag", Role.MEASURE), ("Åtgärder", Role.MEASURE)),
        *(("Unsere Ziele", Role.GOAL), ("Maßnahmen", Role.MEASURE), ("Ciele", None)),
        *(("Naše ciele", Role.GOAL), ("Opatrenia", Role.MEASURE), ("Nasze cele", Role.GOAL)),
        *(("Nasze propozycje", Role.MEASURE), ("Vores mål", Role.GOAL)),
        *(("Vores forslag", Role.MEASURE), ("Våre mål", Role.GOAL), ("Tiltak", Role.MEASURE)),
        *(("RØDT VIL:", Role.MEASURE), ("Tavoitteet", Role.GOAL), ("Toimenpiteet", Role.MEASURE)),
        *(("Our goals", Role.GOAL), ("What we will do", Role.MEASURE)),
    ],
)
def test_headings_of_goals_and_measures_in_nine_languages(heading, role):
    assert load_wording().role_under(heading) is role


def test_a_line_without_words_leads_in_nothing():
    assert [lead_in(line, "cs") for line in ("", ":", "…", "123:")] == [None] * 4
