"""Tables that compare parties by their letters are told, and tables of other letters are not."""

from __future__ import annotations

import pytest
from files_making import documents
from grids_making import ALL
from typesetting import typeset

HIGH, LOW, FREE = "Vi höjer skatten", "Vi sänker skatten", "Vi bygger allt"


def noted(raw):
    return any("side by side" in note for note in raw.notes)


def wide(*heads, says=(HIGH, LOW, FREE, HIGH, LOW)):
    cells = says[: len(heads) - 1]
    return [list(heads), ["Skatt", *cells], ["Energi", *cells]]


def tall(*names, head=("Parti", "Löfte")):
    return [
        list(head),
        *([name, says] for name, says in zip(names, (HIGH, LOW, FREE), strict=False)),
    ]


COMPARED = [
    wide("Parti", "S", "M", "C"),
    wide("Partiernas svar", "(S)", "(M)"),
    wide("Fråga", "S", "M", "SD"),  # a name of two letters tells what the others are
    wide("", "KD", "MP"),
    wide("Téma", "STAN", "ODS", "ANO", says=("Snížíme daně", "Zrušíme daň", "Opravíme školy")),
    wide("Thema", "SPD", "CDU", "FDP", says=("Wir bauen", "Wir senken Steuern", "Wir prüfen")),
    wide("Téma", "PS", "SaS", "KDH", says=("Znížime dane", "Zrušíme daň", "Opravíme školy")),
    wide("Temat", "PiS", "KO", "PSL", says=("Obniżymy podatki", "Zbudujemy drogi", "Zbadamy to")),
    wide("Partier", "A", "B", says=("Vi bygger veje", "Vi sænker skatten")),
    wide("Sak", "Ap", "H", "FrP", says=("Vi bygger veier", "Vi senker skatten", "Vi åpner alt")),
    wide("Aihe", "Kok", "SDP", "Vihr", says=("Laskemme veroja", "Nostamme veroja", "Tutkimme")),
    wide("Subject", "Lab", "Con", "SNP", says=("We build homes", "We cut taxes", "We do both")),
    tall("S", "M", "C"),
    tall("SD", "KD", head=("", "")),
    tall("ODS", "ANO", "SPD", head=("Strana", "Slib")),
]  # fmt: skip
OTHERS = [
    wide("Fråga", "A", "B", "C"),
    wide("Storlek", "S", "M", "L"),
    wide("Betyg", "A", "B", "C", "D"),
    wide("Parti", "S"),
    wide("Parti", "S", "Vi"),
    wide("Fråga", "SD", "XY"),
    wide("Slib", "ANO", "NE"),
    wide("Parti", "s", "m"),
    wide("Parti", "S", "KO"),  # of two countries
    wide("Parti", "S", "M", "C", says=("28,0 %", "19", "6")),
    wide("Valkrets och partier", "S", "M", says=("Anna Ek", "Per Ask")),
    tall("A", "B", "C", head=("Klass", "Innehåll")),
    tall("S", "M", "L", head=("Storlek", "Passar")),
    [["Mått", "M", "SD"], ["Ålder", "41,2", "3,5"], ["Längd i centimeter", "178", "9"]],
]


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.__name__)
@pytest.mark.parametrize(
    ("rows", "told"), [*((rows, True) for rows in COMPARED), *((rows, False) for rows in OTHERS)]
)
def test_letters_of_parties_in_a_table_are_told_from_others(made, rows, told):
    assert [noted(raw) for raw in documents(*made(rows))] == [told]


SAID = [
    ("# Jämförelse av partiernas vallöften 2022", True),
    ("# Frågor\n\nSå svarar partierna:", True),
    ("# Valkompass", True),
    ("# Tröjor i butiken", False),
    ("# Frågor\n\nPartierna svarar.\n\n## Tröjor\n\nHär är storlekarna.", False),
]


@pytest.mark.parametrize(("above", "told"), SAID)
def test_what_stands_above_a_table_says_what_its_letters_are(above, told):
    rows = wide("Fråga", "S", "M", "L")
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    text = "\n".join([above, "", lines[0], "|---|---|---|---|", *lines[1:], ""])
    (raw,) = documents("a.md", text.encode())
    assert noted(raw) is told


@pytest.mark.parametrize(("name", "told"), [("Parti", True), ("Storlek", False)])
def test_a_printed_table_of_parties_by_letters(name, told):
    rows = wide(name, "S", "M", "L")
    cells = "".join(f"[{cell}]," for row in rows for cell in row)
    source = f"#set page(width: 160mm, height: 120mm)\n= Program\n#table(columns: 4, {cells})\n"
    (raw,) = documents("a.pdf", typeset(source))
    assert noted(raw) is told


def test_names_with_accents_stand_beside_letters():
    text = "| Téma | Piráti | ODS |\n|---|---|---|\n| Daně | Snížíme daně | Zrušíme daň |\n"
    (raw,) = documents("a.md", text.encode())
    assert noted(raw)


def notes(text, name="a.md"):
    (raw,) = documents(name, text.encode())
    return [note for note in raw.notes if "and not for these" in note]


BEGUN = [
    (["**Moderaterna:** Vi sänker skatten.", "**Centerpartiet:** Vi bygger ut vården."], True),
    (["ODS: Snížíme daně hned.", "ANO: Zvýšíme důchody všem."], True),
    (["S: Vi höjer skatten.", "M: Vi sänker skatten.", "SD: Vi bygger mer."], True),
    (["- SPD: Wir bauen mehr.", "- CDU: Wir senken Steuern."], True),
    (["A: Vi bygger ut.", "B: Vi sänker skatten."], False),
    (["Moderaterna: Vi sänker skatten.", "Skolan: Vi bygger ut."], False),
    (["ODS: Snížíme daně hned.", "S: Vi höjer skatten."], False),  # of two countries
    (["ODS: 34", "ANO: 28"], False),
    (["Alla: Vi sänker skatten.", "Ingen: Vi bygger ut."], False),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "told"), BEGUN)
def test_paragraphs_that_begin_with_parties_are_told(lines, told):
    found = notes("# Program\n\n" + "\n\n".join(lines) + "\n")
    assert any("paragraphs begin with parties" in note for note in found) is told


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        (("Moderaterna", "Centerpartiet"), True),
        (("ODS", "Piráti:"), True),
        (("S", "M"), False),
        (("Moderaterna", "Vård"), False),
        (("Vård", "Skola"), False),
        (("Gröna städer", "Liberal politik"), False),
    ],
)
def test_headings_that_are_parties_are_told(heads, told):
    body = "".join(f"## {head}\n\nVi ska bygga mer här.\n\n" for head in heads)
    found = notes(f"# Program\n\n{body}")
    assert any("headings name parties" in note for note in found) is told


@pytest.mark.parametrize("title", ["Centerpartiet i Gävleborg", "Valprogram 2022"])
def test_a_party_in_the_title_tells_what_letters_are(title):
    rows = wide("Fråga", "S", "M")
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    assert notes(
        "\n".join([f"# {title}", "", "## Vård", "", lines[0], "|---|---|---|", *lines[1:]])
    )
