"""Statuses of promises are told where a report states them, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.promises import follow, side_of_files
from progsearch.promises.cells import heads_of, in_cells
from progsearch.promises.follow import Words, is_restated
from progsearch.promises.status import STATUSES, stated
from progsearch.promises.vocabulary import vocabulary
from progsearch.scope import Filters

CZECH = vocabulary("cs")


@pytest.mark.parametrize(
    ("lang", "text", "heading", "status"),
    [
        ("cs", "Splněno: opravili jsme silnice.", "", "kept"),
        ("cs", "Opravíme silnice (nesplněno)", "", "broken"),
        ("cs", "Opravíme silnice – částečně splněno", "", "partly"),
        ("cs", "Opravíme silnice.", "Plní se", "in progress"),
        ("cs", "Stav: probíhá", "", "in progress"),
        ("cs", "Slíbili jsme silnice a bylo splněno mnoho.", "", None),
        ("cs", "Opravíme silnice, stav: splněno", "", "kept"),
        ("cs", "Opozice o silnicích tvrdí: nesplněno", "", None),
        ("cs", "Cíl do roku 2028: dokončeno", "", None),
        ("en", "The opposition says of our roads: broken", "", None),
        ("en", "Lower bus fare: kept.", "", "kept"),
        ("en", "2,000 homes a year: not achieved, 310 were built.", "", "broken"),
        ("en", "1,000 trees: partly done", "", "partly"),
        ("en", "Lower bus fare: kept by half", "", None),
        ("en", "Lower bus fare: not yet started", "", None),
        ("en", "Lower bus fare: done, but only partly", "", None),
        ("en", "Lower bus fare. Report: done", "", None),
        ("en", "Lower bus fare: kept.", "Kept", "kept"),
        ("en", "Planned for 2027: kept", "", None),
        ("de", "500 Wohnungen im Jahr: nicht erreicht, gebaut wurden 310.", "", "broken"),
        ("de", "Eine Sozialarbeiterin je Schule: umgesetzt.", "", "kept"),
        ("sv", "Nya bostäder: pågår.", "", "in progress"),
        ("pl", "Nowe mieszkania: nie zrealizowano", "", "broken"),
        ("en", "New homes by 2027. Target: completed", "", None),
        ("en", "New homes by 2027. Verdict: completed", "", "kept"),
        ("en", "Not: done", "", None),
        ("sv", "Enligt Moderaterna: brutet", "", None),
        ("cs", "Splněno – částečně: opravili jsme silnice", "", None),
        ("cs", "Splněno: 0 % – daň zůstala", "", None),
        ("cs", "Hotovo – do roku 2026: nová škola", "", None),
        ("sv", "Genomfört – inte", "", None),
        ("sv", "Skolor – ej – uppfyllt", "", None),
        ("en", "Not – kept", "", None),
        ("en", "New homes. Target status: completed", "", None),
        ("en", "The roads.", "✗ Kept", None),
        ("en", "The roads.", "Kept promises", "kept"),
        ("sv", "Klart: alla ska få vård i tid", "", None),
        ("cs", "Plníme nádrže vodou.", "", None),
        ("cs", "Splněno: část (nesplněno)", "", None),
        ("sv", "Status: genomfört", "", "kept"),
        ("sv", "Ny lag om vapen (ej genomfört)", "", "broken"),
        ("sv", "Pågår: utredning om vapenlagen", "", "in progress"),
        ("sv", "Arbetet pågår i hela landet.", "", None),
        ("en", "New homes | In progress", "", "in progress"),
        ("en", "We have kept on building.", "", None),
        ("en", "Kept the roads open.", "", None),
        ("cs", "Stav: splněno, 2023", "", "kept"),
        ("cs", "Stav: splněno (2023)", "", "kept"),
        ("cs", "Stav plnění: splněno, silnice otevřeme v květnu.", "", "kept"),
        ("cs", "Stav: splněno, ale jen zčásti", "", None),
        ("cs", "Stav: splněno, 50 %", "", None),
        ("cs", "Nové silnice. Stav: nesplněno, 2023", "", "broken"),
        ("sv", "Status: genomfört, 2024", "", "kept"),
        ("en", "New homes; status: in progress, 40 of 100 built", "", "in progress"),
        ("en", "The state: broken, say its friends", "", None),
        ("en", "[x] New homes in every town", "", "kept"),
        ("en", "[ ] New homes in every town", "", None),
        ("en", "[x]", "", None),
        ("", "[X] New homes in every town", "", "kept"),
        ("cs", "Nové silnice | splněno | 2023", "", "kept"),
        ("cs", "Nové silnice | splněno | nesplněno", "", None),
        ("sk", "Splnené: opravili sme cesty.", "", "kept"),
        ("pl", "Status: w trakcie, 2024", "", "in progress"),
        ("de", "Neue Wege (nicht erfüllt)", "", "broken"),
        ("da", "Delvist opfyldt: nye veje", "", "partly"),
        ("nb", "Status: innfridd", "", "kept"),
        ("fi", "Tila: osittain toteutunut", "", "partly"),
        ("fi", "Kept: roads", "", None),
        ("en", "[x] New roads", "", "kept"),
        ("en", "[x] Not kept: roads", "", None),
        ("en", "[x] Will build (in progress)", "", None),
        ("en", "[x] Roads | not kept", "", None),
        ("cs", "[x] nesplněno", "", None),
        ("xx", "[x] New roads", "", "kept"),
        # What a heading says is not said of what denies it, or states another.
        ("en", "New library in Leeds: not kept.", "Kept", None),
        ("cs", "Postavit nemocnici v Liberci – zatím ne", "Splněno", None),
        ("cs", "Nemocnici jsme nepostavili, slib není splněn.", "Splněno", None),
        ("sv", "Badhus i Ljungby: ej genomfört.", "Genomfört", None),
        ("de", "Bürgeramt: nicht umgesetzt.", "Umgesetzt", None),
        ("cs", "[ ] Postavit nemocnici v Liberci", "Splněno", None),
        ("de", "[-] Bürgeramt eröffnen", "Umgesetzt", None),
        ("cs", "Postavit nemocnici v Liberci", "Splněno", "kept"),
        ("", "Kept: roads", "", None),
        ("en", "✅ New homes in every town", "", "kept"),
        ("en", "New homes in every town ✔️", "", "kept"),
        ("en", "☑ New homes in every town", "", "kept"),
        ("cs", "❌ Nové silnice", "", "broken"),
        ("cs", "✗ Nové silnice", "", "broken"),
        ("xx", "✘ Nove silnice", "", "broken"),
        ("cs", "Nové silnice | ✅ | 2023", "", "kept"),
        ("cs", "Nové silnice | ✅ | ❌", "", None),
        ("en", "☐ New homes in every town", "", None),
        ("en", "☐ New homes in every town", "Kept", None),
        ("en", "☒ New homes in every town", "Kept", None),
        ("en", "❌ New homes in every town", "Kept", None),
        ("en", "✅ New homes in every town", "Kept", "kept"),
        ("en", "✅ Not kept: new homes", "", None),
        ("en", "New homes ✅ and new roads", "", None),
        ("en", "✅ New homes ❌ new roads ✅ trams", "", None),  # each of another promise
        ("cs", "✅ Nové byty ☐ silnice", "", None),
        ("cs", "✅ Nové byty ✅ silnice", "", "kept"),
    ],
)
def test_a_status_is_told_where_it_is_stated(lang, text, heading, status):
    found = stated(text, [heading], lang)
    assert (found.status if found else None) == status


@pytest.mark.parametrize(
    ("headings", "status"),
    [
        (["Splněno", "Doprava"], "kept"),
        (["Splněno", "Doprava", "Silnice"], "kept"),
        (["Splněno", "Nesplněno", "Doprava"], "broken"),
        (["Co nebylo splněno", "Doprava"], None),
        ([], None),
    ],
)
def test_a_status_stands_in_the_innermost_heading_that_is_one(headings, status):
    found = stated("Opravíme silnice.", headings, "cs")
    assert (found.status if found else None) == status


@pytest.mark.parametrize(
    ("lang", "above", "between", "status"),
    [
        # What sets its text against the status above, or denies it.
        ("en", "Kept", "Unfortunately not", None),
        ("en", "Kept", "The following are still open", None),
        ("en", "Kept", "Exceptions", None),
        ("en", "Kept", "Still to do", None),
        ("en", "Kept", "We gave up on", None),
        ("en", "Kept", "What we could not do", None),
        ("en", "Kept", "We also wanted this, but had no money", None),
        ("en", "Kept", "Open", None),
        ("en", "Not kept", "Done after all", None),
        ("de", "Umgesetzt", "Leider nicht", None),
        ("de", "Umgesetzt", "Noch offen sind", None),
        ("de", "Umgesetzt", "Offene Punkte", None),
        ("de", "Nicht umgesetzt", "Doch noch geschafft", None),
        ("cs", "Splněno", "Bohužel se nepodařilo", None),
        ("cs", "Splněno", "Výjimky", None),
        ("sk", "Splnené", "Žiaľ, nie", None),
        ("pl", "Zrealizowane", "Niestety nie", None),
        ("sv", "Genomfört", "Tyvärr inte", None),
        ("da", "Opfyldt", "Desværre ikke", None),
        ("nb", "Innfridd", "Dessverre ikke", None),
        ("fi", "Toteutunut", "Valitettavasti ei", None),
        # A topic says nothing of what became of it.
        ("en", "Kept", "Health and care", "kept"),
        ("en", "Kept", "Open government", "kept"),
        ("en", "Kept", "The following promises", "kept"),
        ("en", "Not kept", "Roads", "broken"),
        ("de", "Umgesetzt", "Offene Gesellschaft", "kept"),
        ("de", "Umgesetzt", "Schule ohne Gebühren", "kept"),
        ("cs", "Splněno", "Zrušení poplatků", "kept"),
        ("sv", "Genomfört", "Vård och omsorg", "kept"),
        ("pl", "Zrealizowane", "Miasto bez barier", "kept"),
        ("fi", "Toteutunut", "Terveys", "kept"),
    ],
)
def test_a_status_holds_as_far_as_no_heading_between_says_something_else(
    lang, above, between, status
):
    found = stated("Bus 42.", [above, between], lang)
    assert (found.status if found else None) == status


@pytest.mark.parametrize(
    ("lang", "text", "heading", "status"),
    [
        ("en", "Nobody hired 200 nurses for the county.", "Delivered", None),
        ("en", "Property tax lowered by two percent: this failed.", "Delivered", None),
        ("en", "Free school meals: we gave up on it.", "Delivered", None),
        ("de", "Niemand wurde eingestellt.", "Umgesetzt", None),
        ("sv", "Badhuset: vi gav upp.", "Genomfört", None),
        ("en", "Scrapped the fee for parking.", "Delivered", "kept"),
        ("en", "Open ten new libraries in rural towns.", "Delivered", "kept"),
        ("en", "A city without barriers, and still more trees.", "Delivered", "kept"),
        ("de", "Keine neuen Gebühren für Kitas.", "Umgesetzt", "kept"),
        ("cs", "Zrušili jsme poplatky.", "Splněno", "kept"),
    ],
)
def test_a_passage_that_tells_of_failure_has_no_status_of_the_heading_above(
    lang, text, heading, status
):
    found = stated(text, [heading], lang)
    assert (found.status if found else None) == status


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Opravíme silnice třetí třídy – splněno", "kept"),
        ("Silnice třetí třídy – splněno", "kept"),
        ("Silnice třetí třídy v kraji (splněno)", "kept"),
        ("Opozice o silnicích třetí třídy v kraji – nesplněno", ""),
        ("Opozice – nesplněno", ""),
        ("Opozice tvrdí: Opravíme silnice třetí třídy v celém kraji – nesplněno", ""),
        ("Třetí třída silnic v kraji je děravá – porušeno", ""),
        ("Silnice třetí třídy v celém kraji: nesplněno, opraveno bylo 30 km", "broken"),
        ("Opozice o silnicích třetí třídy v kraji: nesplněno", ""),
        ("Opozice: nesplněno", ""),
        # Between a dash and what was done, or was not.
        ("Silnice třetí třídy v celém kraji — Splněno: opravili jsme 30 km", "kept"),
        ("Silnice třetí třídy v celém kraji - nesplněno: chyběly peníze", "broken"),
        ("Silnice třetí třídy v celém kraji – splněno: jen částečně", "partly"),
        ("Opozice o silnicích třetí třídy v kraji – nesplněno: peníze chyběly", ""),
        ("Opozice tvrdí: Silnice třetí třídy v celém kraji – nesplněno: nic se nestalo", ""),
        ("Opozice tvrdí: Opravíme silnice třetí třídy v celém kraji: nesplněno", ""),
    ],
)
def test_a_status_behind_a_dash_or_colon_is_said_of_the_words_before_it(tmp_path, text, told):
    promise, report = tmp_path / "p.md", tmp_path / "r.md"
    promise.write_text("Opravíme silnice třetí třídy v celém kraji.", encoding="utf-8")
    report.write_text(f"- {text}", encoding="utf-8")
    filters = Filters()
    sides = [side_of_files([file], filters) for file in (promise, report)]
    (followed,) = follow(*sides).promises
    assert [one.stated.status for one in followed.reports if one.stated] == [told] * bool(told)


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        ("cs", "Postavíme 500 bytů — Splněno: postavili jsme 510.", "kept"),
        ("sv", "Bygga 500 bostäder – Genomfört: 510 är klara.", "kept"),
        ("en", "Build 500 homes — Partly kept: we built 40.", "partly"),
        ("de", "500 Wohnungen bauen – Nicht umgesetzt: Geld fehlt.", "broken"),
        ("sk", "Postavíme 500 bytov – Splnené: postavili sme 510.", "kept"),
        ("pl", "Zbudujemy 500 mieszkań – Zrealizowano: 510.", "kept"),
        ("da", "Bygge 500 boliger – Opfyldt: 510 er bygget.", "kept"),
        ("nb", "Bygge 500 boliger - Oppfylt: 510 er bygget.", "kept"),
        ("fi", "Rakennamme 500 asuntoa – Toteutunut: 510 valmista.", "kept"),
        ("en", "The opposition says – broken: we built none.", None),
        ("en", "A well-kept: park", None),
        ("en", "Build 500 homes – kept: 40 %.", None),
        ("en", "Build 500 homes – kept: no", "broken"),
        ("cs", "Postavíme 500 bytů – splněno: ne", "broken"),
        ("sv", "Bygga 500 bostäder – uppfyllt: nej", "broken"),
        ("de", "500 Wohnungen bauen – erfüllt: nein", "broken"),
        ("sk", "Postavíme 500 bytov – splnené: nie", "broken"),
        ("pl", "Zbudujemy 500 mieszkań – zrealizowano: nie", "broken"),
        ("da", "Bygge 500 boliger – opfyldt: nej", "broken"),
        ("nb", "Bygge 500 boliger – oppfylt: nei", "broken"),
        ("fi", "Rakennamme 500 asuntoa – toteutunut: ei", "broken"),
        ("sv", "Bygga 500 bostäder – uppfyllt: ja", "kept"),
        ("sv", "Bygga 500 bostäder – Pågår. 210 är klara.", "in progress"),
        ("en", "Build 500 homes - not kept: the money ran out.", "broken"),
        ("en", "Build 500 homes – partly kept: 210 stand", "partly"),
        ("en", "Build 500 homes – not – kept: 210 stand", None),
        ("en", "Build 500 homes – kept, partly", None),
        ("en", "The mayor says – kept: it was he", None),
        ("cs", "Vlak – hotovo. Autobus – nesplněno", None),
        ("cs", "Silnice – splněno: 3 z 10", None),
        ("en", "Roads – kept: 3/10 built", None),
        ("de", "Neue Schulen – erledigt, oder?", None),
        ("en", "Roads – kept: 3 in May", "kept"),
    ],
)
def test_a_status_behind_a_dash_is_told_whatever_follows(lang, text, status):
    found = stated(text, [], lang)
    assert (found.status if found else None) == status


SIGNED = """---
lang: en
---
# What became of it
- {0} We will open a new library in the old town hall.
- {1} We will plant trees along all the roads of the county.
"""


SIGNS = [
    (("✅", "❌"), ["kept", "broken"]),
    (("✅", "✅"), [None, None]),  # which is a bullet
    (("✔️", "☐"), ["kept", None]),
    (("☑", "☑"), ["kept", "kept"]),
    (("[x]", "[ ]"), ["kept", None]),
    (("❌", "❌"), [None, None]),
]


@pytest.mark.parametrize(
    ("name", "signs", "told"),
    [
        (name, *signed)
        # Of those that a process of its own reads, few.
        for name, count in (("r.md", 6), ("r.html", 2), ("r.txt", 6))
        for signed in SIGNS[:count]
    ],
)
def test_signs_beside_promises_state_what_became_of_them(tmp_path, name, signs, told):
    promise, report = tmp_path / "p.md", tmp_path / name
    promise.write_text(SIGNED.format("", ""), encoding="utf-8")
    text = SIGNED.format(*signs)
    if name == "r.html":
        items = text.partition("# ")[2].splitlines()[1:]
        listed = "".join(f"<li>{item.removeprefix('- ')}</li>" for item in items)
        text = f'<html lang="en"><body><ul>{listed}</ul></body></html>'
    report.write_text(text, encoding="utf-8")
    found = follow(*(side_of_files([file], Filters()) for file in (promise, report)))
    first = [one.reports[0] for one in found.promises]
    assert [one.stated.status if one.stated else None for one in first] == told
    assert not any(one.restated for one in first)


@pytest.mark.parametrize(
    "text",
    [
        "- [x] ~~We will open a new library in the old town hall.~~",
        "- ~~We will open a new library in the old town hall.~~ – kept",
        "<ul><li>[x] <del>We will open a new library in the old town hall.</del></li></ul>",
    ],
)
def test_what_is_struck_out_is_told_and_states_nothing(tmp_path, text):
    promise = tmp_path / "p.md"
    report = tmp_path / ("r.html" if text.startswith("<") else "r.md")
    promise.write_text("We will open a new library in the old town hall.", encoding="utf-8")
    head = "---\nlang: en\n---\n"
    page = f'<html lang="en"><body>{text}</body></html>' if text.startswith("<") else head + text
    report.write_text(page, encoding="utf-8")
    (one,) = follow(*(side_of_files([file], Filters()) for file in (promise, report))).promises
    (near,) = one.reports
    assert (near.stated, near.restated, near.struck) == (None, False, True)


@given(st.text(max_size=60), st.text(max_size=20), st.sampled_from(["cs", "sv", "en", "und"]))
def test_any_text_may_be_asked_for_its_status(text, heading, lang):
    found = stated(text, [heading], lang)
    assert found is None or found.status in STATUSES


@pytest.mark.parametrize(
    ("report", "right"),
    [
        ("opravíme silnice druhé a třetí třídy v kraji", True),
        ("opravíme silnice druhé a třetí třídy v kraji zvýšíme platy sester v nemocnicích", True),
        ("opravíme silnice druhé a třetí třídy v kraji hotovo", False),
        ("opravíme silnice druhé a třetí třídy v kraji 40 km", False),
        ("silnice v kraji", False),
    ],
)
def test_what_only_repeats_reports_nothing(report, right):
    promise = "opravíme silnice druhé a třetí třídy v kraji"
    programme = Words.of([promise, "zvýšíme platy sester v nemocnicích"])
    assert is_restated(promise, report, programme) is right


@pytest.mark.parametrize(
    ("head", "cell", "words"),
    [
        ("Slib | Hodnocení ODS", "splněno", "Hodnocení ODS: splněno"),
        ("Slib | Stav", "splněno", "Stav: splněno"),
        ("", "splněno", "splněno"),
    ],
)
def test_a_status_is_quoted_with_the_name_of_its_column(head, cell, words):
    row = f"Postavíme školu v každé obci | {cell}"
    (found,) = in_cells(row, heads_of([head], CZECH, {}) if head else [], CZECH, {})
    assert (found.status, found.quote) == ("kept", words)
