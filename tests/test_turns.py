"""Minutes, debates and interviews: who speaks, who asks, and what is only shaped like that."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from reading import assert_law

from progsearch import readers
from progsearch.blocks.turns import turns_of
from progsearch.model import Fact, Origin, Role
from progsearch.segmentation import segment

SPOKEN = {
    "cs": ("Ing. Jan Novák (ODS): Nebudeme zvyšovat daň.", "P. Dvořák (ANO): Opravíme chodníky."),
    "sv": ("Anna Lindh (S): Vi ska bygga mer.", "Per Ask (M): Vi ska sänka skatten."),
    "de": ("Dr. Anna Weber (SPD): Wir bauen mehr.", "Karl-Heinz von Ey (CDU): Wir senken Steuern."),
    "da": ("Mette Holm (A): Vi bygger boliger.", "Lars Bo (V): Vi sænker skatten."),
    "nb": ("Kari Nes (Ap): Vi bygger veier.", "Ola Moe (H): Vi senker skatten."),
    "en": ("Cllr Ann Lee (Labour): We will build homes.", "J. P. Fox (SNP): We will cut taxes."),
    "pl": ("dr inż. Jan Kos (PiS): Zbudujemy drogi.", "Anna Lis (KO): Obniżymy podatki."),
    "sk": ("Mgr. Ján Kováč (SaS): Znížime dane.", "prof. Eva Malá (KDH): Postavíme školy."),
    "fi": ("Aino Laine (SDP): Nostamme veroja.", "Matti Mäki (Kok): Laskemme veroja."),
}
NAMES = {
    "cs": [("Jan Novák", "ODS"), ("P. Dvořák", "ANO")],
    "sv": [("Anna Lindh", "S"), ("Per Ask", "M")],
    "de": [("Anna Weber", "SPD"), ("Karl-Heinz von Ey", "CDU")],
    "da": [("Mette Holm", "A"), ("Lars Bo", "V")],
    "nb": [("Kari Nes", "Ap"), ("Ola Moe", "H")],
    "en": [("Ann Lee", "Labour"), ("J. P. Fox", "SNP")],
    "pl": [("Jan Kos", "PiS"), ("Anna Lis", "KO")],
    "sk": [("Ján Kováč", "SaS"), ("Eva Malá", "KDH")],
    "fi": [("Aino Laine", "SDP"), ("Matti Mäki", "Kok")],
}


def told(lines):
    """Name, party and office of each line that says who speaks; *asks* for who asks."""
    found = []
    for turn in turns_of(lines):
        if turn is None:
            found.append(None)
        elif turn.asks:
            found.append("asks")
        else:
            who = turn.speaker
            found.append((who.name, who.party, who.office) if who else "answers")
    return found


def cut(name, text, lang):
    raw = readers.read(name, text.encode())
    assert_law(raw)
    return segment(raw, "d", lang=Fact(lang, Origin.DEFAULT)).passages


def made(kind, lines):
    """The lines as a text of that kind."""
    head = "Debate 2024\n\nThe council met at nine.\n\n"
    if kind == "blank":
        return "a.txt", head + "\n\n".join(lines) + "\n"
    if kind == "lines":
        return "a.txt", head + "\n".join(lines) + "\n"
    bold = [f"**{one.replace(':', ':**', 1)}" for one in lines]
    if kind == "md":
        return "a.md", f"# Debate\n\nThe council met.\n\n{chr(10).join(bold)}\n"
    tagged = [f"<strong>{one.replace(':', ':</strong>', 1)}" for one in lines]
    if kind == "br":
        return "a.html", f"<html><body><h1>Debate</h1><p>{'<br>'.join(tagged)}</p></body></html>"
    inside = "".join(f"<p>{one}</p>" for one in tagged)
    return "a.html", f"<html><body><h1>Debate</h1>{inside}</body></html>"


@pytest.mark.parametrize("kind", ["blank", "lines", "md", "html", "br"])
@pytest.mark.parametrize("lang", SPOKEN)
def test_each_speaker_has_a_passage_with_name_and_party(lang, kind):
    passages = [one for one in cut(*made(kind, SPOKEN[lang]), lang) if one.speaker]
    assert [(one.speaker.name, one.speaker.party) for one in passages] == NAMES[lang]
    assert {one.role for one in passages} == {Role.QUOTATION}
    for passage, line in zip(passages, SPOKEN[lang], strict=True):
        assert line.partition(": ")[2] in passage.text


OFFICES = [
    ("Jan Novák, primátor: Postavíme školu.", ("Jan Novák", "", "primátor")),
    ("Starosta Petr Kos: Opravíme most.", ("Petr Kos", "", "Starosta")),
    ("Kommunalrådet Eva Ek (C): Vi bygger ut.", ("Eva Ek", "C", "Kommunalrådet")),
    ("Anna Lindh, S: Vi bygger ut.", ("Anna Lindh", "S", "")),
    ("Petra Malá, Ph.D. (Piráti): Otevřeme data.", ("Petra Malá", "Piráti", "")),
    ("Oberbürgermeisterin Ute Groß: Wir bauen.", ("Ute Groß", "", "Oberbürgermeisterin")),
    ("Anna Lindh (S, Borås): Vi bygger ut.", ("Anna Lindh", "S", "")),
    ("Lindh (S): Vi bygger ut.", ("Lindh", "S", "")),
    ("MUDr. Malá (ODS): Postavíme to.", ("Malá", "ODS", "")),
    ("Jan Novák (primátor, ANO): Postavíme to.", ("Jan Novák", "ANO", "primátor")),
]


@pytest.mark.parametrize(("line", "who"), OFFICES)
def test_offices_stand_before_and_behind_a_name(line, who):
    other = "Per Ask (M): Vi ska sänka skatten."
    assert told([line, other]) == [who, ("Per Ask", "M", "")]


ALONE = [
    ["ANNA LINDH: Vi bygger.", "PER ASK: Vi sänker skatten.", "ANNA LINDH: Nej tack.",
     "PER ASK: Jo då tack.", "I studion är Anna Lindh och Per Ask."],
    ["Anna Lindh (S): Vi bygger ut.", "Per Ask (M): Vi sänker skatten.", "Anna Lindh: Nej tack.",
     "Lindh: Nej igen då."],
]  # fmt: skip


def test_a_name_alone_is_told_by_what_else_the_text_says_of_it():
    assert [one and one[0] for one in told(ALONE[0])] == [
        "Anna Lindh", "Per Ask", "Anna Lindh", "Per Ask", None,
    ]  # fmt: skip
    assert told(ALONE[1])[2:] == [("Anna Lindh", "S", "")] * 2


ASKED = [
    (["Otázka: Postavíte školu?", "Odpověď: Postavíme ji hned."], ["asks", "answers"]),
    (["Fråga 1: Bygger ni skolan?", "Svar: Vi bygger den nu."], ["asks", "answers"]),
    (["Frage: Bauen Sie Schulen?", "Antwort: Wir bauen sie."], ["asks", "answers"]),
    (["Q: Will you build it?", "A: We will build it."], ["asks", "answers"]),
    (["Pytanie nr 2: Czy zbudujecie?", "Odpowiedź: Zbudujemy drogi."], ["asks", "answers"]),
    (["Kysymys: Laskette veroja?", "Vastaus: Laskemme veroja."], ["asks", "answers"]),
    (["Spørsmål: Bygger dere?", "Svar: Vi bygger nå."], ["asks", "answers"]),
    (["MF: Kdy to bude?", "JN: Postavíme to.", "MF: A most?  Kdy?", "JN: Opravíme ho."],
     ["asks", "answers", "asks", "answers"]),
    (["Redakce: Snížíme daně, říkáte.", "Jan Novák (ODS): Snížíme je.", "Eva Malá (ANO): Ne ne."],
     ["asks", ("Jan Novák", "ODS", ""), ("Eva Malá", "ANO", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "found"), ASKED)
def test_who_asks_says_nothing(lines, found):
    assert told(lines) == found
    passages = cut("a.txt", "Rozhovor\n\nSešli se v sále.\n\n" + "\n".join(lines), "cs")[2:]
    roles = [Role.LEAD_IN if one == "asks" else Role.QUOTATION for one in found]
    assert [one.role for one in passages] == roles


OTHERS = [
    ["Česká Lípa (ODS): Opravíme silnice.", "Mladá Boleslav (ANO): Postavíme školu."],
    ["New Homes (NH): We will build.", "Social Care (SC): We will fund it."],
    ["Malmö (M): Vi bygger här.", "Lund (S): Vi bygger där."],
    ["HLAVNÍ CÍL: Lepší doprava.", "DALŠÍ KROK: Postavíme most.", "HLAVNÍ CÍL: Lepší školy.",
     "DALŠÍ KROK: Postavíme školu."],
    ["Jan Novák (ODS): 120 hlasů".replace(" hlasů", ""), "Eva Malá (ANO): pro"],
    ["Anna Lindh (S): Vi ska bygga."],
    ["Fråga: Ska skatten höjas?"],
    ["S: Vi höjer skatten.", "M: Vi sänker skatten."],
    ["Doprava: Opravíme silnice.", "Školy: Postavíme školu.", "Doprava: Postavíme most."],
    ["Vila Tugendhat, Brno: Opravíme ji.", "Dům Pánů, Praha: Opravíme ho."],
    ["Jan Novák (45): Postavíme to.", "Eva Malá (38): Opravíme to."],
    ["Vi säger till alla: bygg nu.", "Vi säger till alla: sänk nu."],
    ["Svar: Vi bygger ut.", "Svar: Vi bygger ännu mer."],
    ["Náměstí Míru: Opravíme dlažbu.", "Náměstí Svobody: Opravíme kašnu."],
    ["Předsednictví EU: Prosadíme to.", "Předsednictvo KDU: Prosadíme to."],
    ["Predsedníctvo EÚ: Presadíme to.", "Zástupitelia Mesta: Presadíme to."],
    ["Starostwo Powiatowe: Zbudujemy to.", "Ministerstwo Cyfryzacji: Zlikwidujemy je."],
    ["Ministerium Digital: Wir schaffen es.", "Ministerium Bau: Wir schaffen es."],
    ["Deputy Leader: We will elect one.", "Mayor Candidate: We will name one."],
    ["Jan Novák (str. 18 zápisu ze zastupitelstva): Opravíme to.", "Eva Malá (Náš web): Nic tam."],
    ["Sundhed (A): Vi bygger ud.", "Sundhed (A): Vi bygger mere."],
    ["Miljö (MP): Vi bygger ut.", "Skatt (M): Vi sänker den.", "Boende: Vi bygger nytt.",
     "Skola: Vi bygger nytt."],
]  # fmt: skip


def test_surnames_with_parties_are_no_topics_where_several_speak_or_somebody_asks():
    assert told(["Lindh (S): Vi bygger ut.", "Ask (M): Vi sänker skatten."]) == [
        ("Lindh", "S", ""), ("Ask", "M", ""),
    ]  # fmt: skip
    asked = ["Reporter: Bygger ni ut?", "Lindh (S): Vi bygger ut.", "Lindh (S): Vi bygger mer."]
    assert told(asked) == ["asks", ("Lindh", "S", ""), ("Lindh", "S", "")]


def test_an_address_below_a_name_and_an_office_is_no_turn():
    text = (
        "# Kontakt\n\nAnna Lindh, ordförande i Lund\nT: 046 10 20 30\n\n"
        "Per Ask, vice ordförande i Lund\nT: 046 10 20 31\n"
    )
    assert not [one for one in cut("a.md", text, "sv") if one.role is Role.QUOTATION]


@pytest.mark.parametrize("lines", OTHERS)
def test_what_is_only_shaped_like_that(lines):
    assert told(lines) == [None] * len(lines)


def test_what_stands_below_a_name_alone_is_said_by_it():
    text = (
        "# Debate\n\nAnna Lindh (S):\n\nVi ska bygga.\n\nVi ska bygga mer.\n\nPer Ask (M):\n\n"
        "Vi ska sänka.\n\nBeslut: Mötet ajourneras nu.\n\n## Nästa\n\nVi ska vila.\n"
    )
    passages = cut("a.md", text, "sv")[1:]
    said = [one for one in passages if one.role is not Role.HEADING]
    assert [one.speaker and one.speaker.name for one in said] == [
        "Anna Lindh", "Anna Lindh", "Anna Lindh", "Per Ask", "Per Ask", None, None,
    ]  # fmt: skip


WORDS = st.sampled_from(
    [
        "Anna Lindh",
        "(S)",
        "(",
        ")",
        ":",
        ",",
        "Vi ska.",
        "Q",
        "A",
        "MF",
        "?",
        " ",
        "Ing.",
        "primátor",
    ]
)


@settings(max_examples=examples(200))
@given(st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=6))
def test_lines_that_are_told_are_several_and_have_a_colon(lines):
    found = [line for line, turn in zip(lines, turns_of(lines), strict=True) if turn]
    assert len(found) != 1
    assert all(":" in line for line in found)


def test_bold_names_above_what_they_say_are_speakers():
    text = "# Debate\n\n**Eva Ek (C):**\n\nVi ska bygga.\n\n**Per Ask (M):**\n\nVi ska sänka.\n"
    said = [one for one in cut("a.md", text, "sv") if one.role is Role.QUOTATION]
    assert [one.speaker.party for one in said] == ["C", "M"]


def test_small_words_before_a_name_are_no_part_of_it():
    lines = ["p. Novák (ODS): Opravíme to.", "pí Malá (Piráti): Otevřeme to."]
    assert told(lines) == [("Novák", "ODS", ""), ("Malá", "Piráti", "")]
