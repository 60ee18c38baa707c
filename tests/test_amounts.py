"""Amounts in texts: which there are, in words and figures, and slips told from changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.pairing.amounts import amounts
from progsearch.pairing.numerals import numerals
from progsearch.pairing.unit import normalised
from progsearch.pairing.wordings import is_slip, pieces

TEXTS = st.lists(
    st.sampled_from(["Zvýšíme ", "platy ", "sester", ", ", "o 10 %", " ", "\n", "ne"]), max_size=12
).map("".join)


@given(TEXTS, TEXTS)
def test_pieces_are_the_texts_again(old, new):
    found = pieces(old, new)
    assert "".join(piece.old for piece in found) == old
    assert "".join(piece.new for piece in found) == new
    for piece in found:
        # White space alone is no change.
        same = "".join(piece.old.split()).casefold() == "".join(piece.new.split()).casefold()
        assert piece.changed or same


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("build 500 homes", "build 1,500 homes", ("500", "1,500")),
        ("build 10,000 homes", "build 12,000 homes", ("10,000", "12,000")),
        ("500 bytů", "1 500 bytů", ("500", "1 500")),
        ("um 1,5 Grad", "um 2,5 Grad", ("1,5", "2,5")),
        ("in 2020 100 homes", "in 2020 200 homes", ("100", "200")),
        ("by 5.", "by 5,", (".", ",")),
    ],
)
def test_a_number_changes_as_a_whole(old, new, changed):
    assert [(one.old, one.new) for one in pieces(old, new) if one.changed] == [changed]


@pytest.mark.parametrize(("old", "new"), [("10 000 homes", "10\u00a0000 homes")])
def test_blanks_inside_of_a_number_are_no_change(old, new):
    assert not any(one.changed for one in pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("o 10 % do roku 2024", "o 20 % do roku 2026", "10 % → 20 %; 2024 → 2026"),
        ("deset sester", "deset sester", ""),
        ("sester", "100 sester", "+ 100"),
        ("1 000 bytů", "byty", "− 1 000"),
        ("1 000 bytů", "1 000 bytů", ""),
        ("1 000 bytů", "1000 bytů", ""),
        ("dáme 5 mld. korun", "dáme 5 mil. korun", "5 mld. korun → 5 mil. korun"),
        ("5 miljoner kronor", "5 miljarder kronor", "5 miljoner kronor → 5 miljarder kronor"),
        ("5 milionů korun", "5 miliony korun", ""),
        ("o 3 procenta více", "o 3 % více", ""),
        ("o 3 procenta více", "o 3 procentní body více", "3 procenta → 3 procentní body"),
        ("um 3 Prozent", "um 3 Prozentpunkte mehr", "3 Prozent → 3 Prozentpunkte"),
        ("1,5 km", "15 km", "1,5 km → 15 km"),
        ("3,5 %", "3.5 %", ""),
        ("1,000 homes", "1000 homes", ""),
        ("1.000.000 Euro", "1 000 000 Euro", ""),
        ("1.5 mld. korun", "1500 mil. korun", ""),
        ("5 000 lidí", "5 tisíc lidí", ""),
        ("do 31. 12. 2025", "do 31. prosince 2025", ""),
        ("do 31.12.2025", "do 2025-12-31", ""),
        ("do 31. 12. 2025", "do 31. 12. 2026", "31. 12. 2025 → 31. 12. 2026"),
        ("za 10 Kč", "za 10 €", "10 Kč → 10 €"),
        ("5 mld. Kč", "5 mld. EUR", "5 mld. Kč → 5 mld. EUR"),
        ("ve 4 krocích", "ve 4 kr", "4 → 4 kr"),
        ("5 milých lidí", "5 lidí", ""),
        ("zákon 1.2.3", "zákon 1.2.4", "1.2.3 → 1.2.4"),
        ("do 10 až 20 let", "do 20 až 10 let", ""),
        ("CO2 a 5G", "CO2 a 4G", "5 → 4"),
        ("-5 nya skolor", "5 nya skolor", "-5 → 5"),
        ("+5 %", "−5 %", "+5 % → −5 %"),
        ("åren 2020-2024", "åren 2020-2025", "2024 → 2025"),
        ("€5 000 a home", "£5 000 a home", "€5 000 → £5 000"),
        ("€5", "5 €", ""),
        ("EUR 5", "5 EUR", ""),
        ("5 SEK", "5 NOK", "5 SEK → 5 NOK"),
        ("65 kr", "65 tkr", "65 kr → 65 tkr"),
        ("5 mdkr", "5 mnkr", "5 mdkr → 5 mnkr"),
        ("0,125 procent", "125 procent", "0,125 procent → 125 procent"),
        ("2,375 mld. Kč", "2375 mld. Kč", "2,375 mld. Kč → 2375 mld. Kč"),
        ("1 bilion Kč", "1 miliardu Kč", "1 bilion Kč → 1 miliardu Kč"),
        ("1 Billion Euro", "1 Milliarde Euro", "1 Billion Euro → 1 Milliarde Euro"),
        ("½ miljard", "2 miljarder", "½ miljard → 2 miljarder"),
        ("5 " + "miliard " * 1000, "5 miliard", ""),
        ("v letech 2020 a 2021", "v letech 2021 a 2020", ""),
    ],
)
def test_amounts(old, new, right):
    assert amounts(old, new) == right


@pytest.mark.parametrize(
    ("lang", "old", "new", "right"),
    [
        ("cs", "o deset procent", "o patnáct procent", "deset procent → patnáct procent"),
        ("cs", "o deset procent", "o 10 %", ""),
        ("cs", "pětadvacet míst", "dvacet pět míst", ""),
        ("cs", "dvě stě míst", "sto padesát míst", "dvě stě → sto padesát"),
        ("cs", "do pěti let", "do 3 let", "pěti let → 3 let"),
        ("cs", "za 3 roky", "za 3 měsíce", "3 roky → 3 měsíce"),
        ("cs", "za 3 roky", "za 3 let", ""),
        ("cs", "8 hodin", "6 hodin", "8 hodin → 6 hodin"),
        # The full stop is that of the sentence.
        ("cs", "na 8 hodin.", "na 6 hodin.", "8 hodin → 6 hodin"),
        ("cs", "100 MW", "100 GW", "100 MW → 100 GW"),
        ("cs", "100 MW", "100 megawattů", ""),
        ("cs", "od 1. ledna", "od 1. července", "1. ledna → 1. července"),
        ("cs", "do 24. 12.", "do 24. prosince", ""),
        ("cs", "do roku 2030 roku", "do roku 2030", ""),
        ("cs", "silnice třetí třídy", "silnice 3. třídy", ""),
        ("cs", "milion korun", "miliarda korun", "milion korun → miliarda korun"),
        ("cs", "1 milion korun", "milion korun", ""),
        ("sk", "o desať percent", "o pätnásť percent", "desať percent → pätnásť percent"),
        ("sk", "do piatich rokov", "do 5 rokov", ""),
        ("pl", "dwadzieścia pięć szkół", "trzydzieści szkół", "dwadzieścia pięć → trzydzieści"),
        ("pl", "przez 3 lata", "przez 5 lat", "3 lata → 5 lat"),
        ("de", "zehn Jahre", "fünfundzwanzig Jahre", "zehn Jahre → fünfundzwanzig Jahre"),
        ("de", "25 Stunden", "fünfundzwanzig Stunden", ""),
        ("de", "ab 1. Januar", "ab 1. Juli", "1. Januar → 1. Juli"),
        ("de", "1.500 Euro", "1500 Euro", ""),
        ("de", "dreihundert Lehrer", "300 Lehrer", ""),
        ("en", "ten years", "twenty-five years", "ten years → twenty-five years"),
        ("en", "3 years", "5 years", "3 years → 5 years"),
        ("en", "1,500 hours", "1500 hours", ""),
        ("en", "two hundred and five homes", "205 homes", ""),
        ("en", "from 1 January", "from January 2", "1 January → January 2"),
        ("en", "by 1 May 2025", "by 1 May 2026", "1 May 2025 → 1 May 2026"),
        ("en", "the 1st year", "the 2nd year", "1st year → 2nd year"),
        ("en", "the third stage", "the fourth stage", "third → fourth"),
        ("en", "we may act, one and all", "we will act, one and all", ""),
        ("sv", "tio nya skolor", "femton nya skolor", "tio → femton"),
        ("sv", "tjugofem nya skolor", "25 nya skolor", ""),
        ("sv", "2–3 miljoner", "2–3 miljarder", "2–3 miljoner → 2–3 miljarder"),
        ("sv", "2 till 3 miljoner", "2–3 miljoner", ""),
        ("sv", "2–3 miljoner", "2–4 miljoner", "2–3 miljoner → 2–4 miljoner"),
        ("sv", "5 mil", "5 km", "5 mil → 5 km"),
        ("sv", "år 2020 den nya", "år 2020 den gamla", ""),
        ("sv", "inom 3 timmar", "inom 30 minuter", "3 timmar → 30 minuter"),
        ("sv", "från den 1 januari", "från den 1 juli", "1 januari → 1 juli"),
        ("da", "femogtyve timer", "25 timer", ""),
        ("da", "ti dage", "tyve dage", "ti dage → tyve dage"),
        ("nb", "tjuefem uker", "25 uker", ""),
        ("nb", "ti måneder", "to år", "ti måneder → to år"),
        ("fi", "kymmenen vuotta", "viisitoista vuotta", "kymmenen vuotta → viisitoista vuotta"),
        ("fi", "viidessä vuodessa", "5 vuotta", ""),
        ("fi", "1. tammikuuta", "1. heinäkuuta", "1. tammikuuta → 1. heinäkuuta"),
        ("sv", "var tjugonde minut", "var tionde minut", "tjugonde minut → tionde minut"),
        ("sv", "var tjugonde minut", "var 20:e minut", ""),
        ("cs", "každá dvacátá žena", "každá třicátá žena", "dvacátá → třicátá"),
        ("de", "jeder zwanzigste Platz", "jeder dreißigste Platz", "zwanzigste → dreißigste"),
        ("en", "every twentieth home", "every tenth home", "twentieth → tenth"),
        ("fi", "joka kahdeskymmenes", "joka kymmenes", "kahdeskymmenes → kymmenes"),
        ("cs", "do půlhodiny", "do dvou hodin", "půlhodiny → dvou hodin"),
        ("cs", "do půlhodiny", "do půl hodiny", ""),
        ("sv", "en halv procent", "en procent", "halv procent → en procent"),
        ("sv", "en halv procent", "0,5 %", ""),
        ("sv", "en halv procent", "två procent", "halv procent → två procent"),
        ("sv", "halva klassen", "hela klassen", ""),
        ("en", "half a million homes", "500,000 homes", ""),
        ("en", "half of us", "all of us", ""),
        ("cs", "půl milionu korun", "dva miliony korun", "půl milionu korun → dva miliony korun"),
        ("de", "ein halbes Prozent", "zwei Prozent", "halbes Prozent → zwei Prozent"),
        ("de", "einen Tag", "zwei Tage", "einen Tag → zwei Tage"),
        ("de", "einen Tag", "eine Woche", "einen Tag → eine Woche"),
        ("de", "ein Tag der Freude", "der Tag der Freude", ""),
        ("cs", "jeden den", "3 dny", "jeden den → 3 dny"),
        ("en", "a dozen schools", "twelve schools", ""),
        ("en", "two dozen schools", "a dozen schools", "two dozen → dozen"),
        ("cs", "tucet škol", "deset škol", "tucet → deset"),
        ("sv", "ett dussin skolor", "20 skolor", "dussin → 20"),
        ("cs", "třikrát ročně", "dvakrát ročně", "třikrát → dvakrát"),
        ("cs", "třikrát", "3krát", ""),
        ("sv", "tre gånger", "fem gånger", "tre gånger → fem gånger"),
        ("en", "three times a year", "twice a year", "three times → twice"),
        ("en", "once a year", "twice a year", "once → twice"),
        ("en", "once more", "more", ""),
        ("sv", "en gång i månaden", "en gång i veckan", "i månaden → i veckan"),
        ("sv", "100 kr i månaden", "100 kr per månad", ""),
        ("cs", "měsíčně", "týdně", "měsíčně → týdně"),
        ("de", "monatlich", "jeden Monat", ""),
        ("sv", "råd i veckan", "råd", ""),
        ("pl", "półtora roku", "2 lata", "półtora roku → 2 lata"),
        ("fi", "puoli tuntia", "kaksi tuntia", "puoli tuntia → kaksi tuntia"),
        ("", "deset let", "patnáct let", ""),
        ("en", "deset let", "patnáct let", ""),
        ("sv", "to be", "fire", ""),
    ],
)
def test_amounts_in_words_and_what_they_count(lang, old, new, right):
    assert amounts(old, new, lang) == right


@given(st.text(max_size=60), st.sampled_from(["cs", "de", "fi", "sv", "und"]))
def test_a_text_has_the_amounts_of_itself(text, lang):
    assert amounts(text, text, lang) == ""


KNOWN = frozenset(
    ["revitalizace", "rada", "řada", "zvýšíme", "snížíme", "bude", "nebude", "tabule"]
)


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("evitalizace náměstí", "revitalizace náměstí", True),
        ("nformační tabule", "informační tabule", True),
        ("krajská rada", "krajská řada", False),
        ("zvýšíme", "snížíme", False),
        ("bude", "nebude", False),
        ("v roce 2020", "v roce 2021", False),
        ("tabule, hned", "tabule hned.", True),
        ("za hranice", "zahranice", True),
        ("tabule", "tabule v angličtině", False),
    ],
)
def test_slips_are_told_from_changes(old, new, right):
    assert is_slip(pieces(old, new), KNOWN.__contains__) is right


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("en", "twenty-one days", [21]),
        ("en", "one hundred and one homes", [101]),
        ("en", "a million euros", [1]),
        ("en", "half a million", []),
        ("en", "several million euros", []),
        ("en", "tens of thousands", []),
        ("cs", "půl milionu korun", []),
        ("cs", "milion korun", [1]),
        ("cs", "sto jedna bytů", [101]),
        ("cs", "jedna škola", []),
        ("sv", "hundra en bostäder", [101]),
        ("sv", "tvåtusen bostäder", [2000]),
        ("de", "einundzwanzig Tage", [21]),
        ("de", "dreihunderttausend Wohnungen", [300_000]),
        ("de", "zweitausenddreihundert", [2300]),
        ("de", "eine Wohnung", []),
        ("da", "femogtyve", [25]),
        ("fi", "kolmetuhatta asuntoa", [3000]),
        ("fi", "kaksikymmentäyksi", [21]),
    ],
)
def test_numbers_in_words_are_worth_what_they_say(lang, text, values):
    assert [one.value for one in numerals(text, lang)] == values


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        ("debt < 5 %", "debt > 5 %", False),
        ("10-20 %", "10.20 %", False),
        ("10-20 %", "10 – 20 %", True),
        ("a <b> c", "a b c", True),
        ("well-known", "well known", True),
        ("1.000 homes", "1 000 homes", True),
    ],
)
def test_signs_between_numbers_are_no_typography(old: str, new: str, alike: bool) -> None:
    assert (normalised(old) == normalised(new)) is alike
    assert alike or not is_slip(pieces(old, new), KNOWN.__contains__)
