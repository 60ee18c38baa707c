"""Facts by the names that fields have in any language: columns, JSON, front matter, head lines."""

from __future__ import annotations

import json

import pytest
from fields_making import PROMISE
from files_making import documents, docx, paragraph
from reading import assert_law

from progsearch.facts.fields import can_be, fields_of, meant_by
from progsearch.model import Fact, Origin, Shape
from progsearch.normalise import normalise


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("strana", ["Piráti"], "party"),
        ("Strana ", ["12", "13"], ""),  # a page
        ("PARTEI", ["SPD", "90/Grüne"], "party"),
        ("kraj", ["Liberecký", "Zlínský"], "region"),
        ("kraj", ["Polska"], "country"),
        ("kraj", ["jinde"], ""),
        ("Land", ["Bayern"], "region"),
        ("land", ["Danmark"], "country"),
        ("región", ["Žilinský kraj"], "region"),
        ("dátum", ["1. 5. 2024"], "date"),
        ("data", ["2024-05-01"], "date"),
        ("data", ["values"], ""),
        ("päivämäärä", ["2024"], "date"),
        ("språk", ["sv"], "lang"),
        ("dokumenttyp", ["valmanifest"], "kind"),
        ("party", [], ""),
        ("partyline", ["A"], ""),
    ],
)
def test_what_a_name_means_is_told_by_its_values(name, values, field):
    assert meant_by(name, values) == field


def test_every_field_has_a_name_in_each_of_nine_languages():
    names = {
        "party": "strana parti Partei party puolue partia",
        "date": "datum dato Datum date päivämäärä data dátum",
        "lang": "jazyk sprog Sprache language kieli språk język",
        "title": "název titel Titel title otsikko tittel tytuł názov",
    }
    for field, written in names.items():
        assert all(field in fields_of(name) for name in written.split()), field


@pytest.mark.parametrize(
    ("field", "value", "possible"),
    [("region", "Narnia", False), ("date", "31. 2. 2024", False), ("text", " ", False)],
)
def test_what_a_field_cannot_be(field, value, possible):
    assert can_be(field, value) is possible


HEAD = "Kraj: Liberecký\nDatum: 1. 5. 2024"

TABLES = {
    "a.csv": f"Strana;Kraj;Datum;Znění\nPiráti;Liberecký;1. 5. 2024;{PROMISE}\n",
    "b.json": json.dumps({
        "strana": "Piráti",
        "kraj": "Liberecký",
        "datum": "1. 5. 2024",
        "sliby": [{"text": PROMISE}],
    }),
    "c.jsonl": json.dumps(
        {"parti": "Piráti", "Región": "Liberecký", "dato": "2024-05-01", "tekst": PROMISE}
    ),
    "d.md": f"---\nstrana: Piráti\nkraj: Liberecký\ndatum: 1. 5. 2024\n---\n{PROMISE}\n",
    "e.txt": f"Strana: Piráti\n{HEAD}\n\n{PROMISE}\n",
    "f.md": "# Volby\n\n**Strana:** Piráti  \n**Kraj:** Liberecký\n**Datum**: 1. 5. 2024\n\n"
    f"{PROMISE}\n",
    "g.txt": f"\ufeffProgram\n=======\nStrana = Piráti\n{HEAD}\n{PROMISE}".replace("\n", "\r\n"),
    "i.txt": f"Program\n\nStrana: Piráti, Kraj: Liberecký; Datum: 1. 5. 2024\n{PROMISE}",
    "j.txt": f"Strana\tPiráti\nKraj:\tLiberecký\nDatum\t1. 5. 2024\n\n{PROMISE}",
    "k.html": "<html><body><h1>Program</h1><dl><dt>Strana</dt><dd>Piráti</dd><dt>Kraj:</dt>"
    f"<dd>Liberecký</dd><dt>Datum</dt><dd>1. 5. 2024</dd></dl><p>{PROMISE}</p></body></html>",
    "l.html": "<html><body><table><tr><td>Strana</td><td>Piráti</td></tr><tr><td>Kraj</td>"
    "<td>Liberecký</td></tr></table><p>Datum: středa 1. května 2024</p>"
    f"<p>{PROMISE}</p></body></html>",
    "m.md": "# Program\n\n| Strana | Piráti |\n| --- | --- |\n| Kraj | Liberecký |\n"
    f"| Datum | 1. 5. 2024 |\n\n{PROMISE}\n",
    "n.md": "# Program\n\n|  |  |\n|---|---|\n| **Strana** | Piráti |\n| Kraj: | Liberecký |\n"
    f"| Datum | 1. 5. 2024 |\n\n{PROMISE}\n",
    "o.md": "# Program\n\nStrana | Piráti\n:--- | ---:\nKraj | Liberecký\nDatum | 1. 5. 2024\n\n"
    f"{PROMISE}\n",
    "p.md": "# Program\n\n+--------+-------------+\n| Strana | Piráti      |\n"
    "+--------+-------------+\n| Kraj   | Liberecký   |\n+--------+-------------+\n"
    f"| Datum  | 1. 5. 2024  |\n+--------+-------------+\n\n{PROMISE}\n",
    "q.md": "# Program\n\n<table><tr><td>Strana</td><td>Piráti</td></tr><tr><td>Kraj</td>"
    f"<td>Liberecký</td></tr><tr><td>Datum</td><td>2024-05-01</td></tr></table>\n\n{PROMISE}\n",
    "r.txt": f"Program\n\nStrana | Piráti\nKraj | Liberecký\nDatum | 1. 5. 2024\n\n{PROMISE}\n",
    "s.txt": "Program\n\n| Strana | Piráti |\n| Kraj   | Liberecký |\n| Datum  | 1. 5. 2024 |\n\n"
    f"{PROMISE}\n",
    "t.txt": f"Program\n\nStrana   Piráti\nKraj     Liberecký\nDatum    1. 5. 2024\n\n{PROMISE}\n",
    "u.md": "# Program\n\n| Údaj | Hodnota |\n| --- | --- |\n| Strana | Piráti |\n"
    f"| Kraj | Liberecký |\n| Datum | 1. 5. 2024 |\n\n{PROMISE}\n",
    "h.html": "<!DOCTYPE html><html><body><h1>Program</h1><p>Strana: Piráti<br>Kraj: Liberecký</p>"
    f"<p>Datum: 1. 5. 2024</p><p>{PROMISE}</p></body></html>",
}  # fmt: skip


def test_the_same_facts_in_the_first_paragraphs_of_an_office_document():
    lines = ("Program kraje", "Strana: Piráti", "Kraj: Liberecký", PROMISE)
    (raw,) = documents("a.docx", docx("".join(map(paragraph, lines))))
    assert_law(raw)
    assert (raw.meta["party"], raw.meta["region"]) == ("Piráti", "Liberecký")
    kept = [raw.text[b.start : b.end] for b in raw.blocks if b.shape is not Shape.BYLINE]
    assert kept == ["Program kraje", PROMISE]


@pytest.mark.parametrize("name", TABLES)
def test_the_same_facts_in_every_format(name):
    (raw,) = documents(name, TABLES[name].encode())
    assert_law(raw)
    found = normalise(
        raw, path=name, content_hash="", defaults={}, given={}, people={}, detect=lambda _: "cs"
    )
    assert found.party == Fact("Piráti", Origin.STATED)
    assert (found.region.value.code, found.region.origin) == ("CZ-51", Origin.STATED)
    assert (str(found.date.value), found.date.origin) == ("2024-05-01", Origin.STATED)
    texts = [b for b in raw.blocks if b.shape in (Shape.PARAGRAPH, Shape.ITEM)]
    assert [raw.text[b.start : b.end] for b in texts] == [PROMISE]
    assert not any(b.shape is Shape.HEADING and "a" in b.label for b in raw.blocks)
    assert found.notes == ()


ROWS = {
    "cs": ("Strana", "Datum"),
    "da": ("Parti", "Dato"),
    "de": ("Partei", "Datum"),
    "en": ("Party", "Date"),
    "fi": ("Puolue", "Päivämäärä"),
    "nb": ("Parti", "Dato"),
    "pl": ("Partia", "Data"),
    "sk": ("Strana", "Dátum"),
    "sv": ("Parti", "Datum"),
}


@pytest.mark.parametrize("lang", ROWS)
@pytest.mark.parametrize("ruled", [True, False])
def test_rows_of_two_cells_state_facts_in_nine_languages(lang, ruled):
    party, date = ROWS[lang]
    rule = "| --- | --- |\n" if ruled else ""
    text = f"# Volt\n\n| {party} | Volt Europa |\n{rule}| {date} | 2024-05-01 |\n\n{PROMISE}\n"
    for name, written in (("a.md", text), ("a.txt", text.replace("# ", "").replace(rule, ""))):
        (raw,) = documents(name, written.encode())
        assert_law(raw)
        assert (raw.meta["party"], raw.meta["date"]) == ("Volt Europa", "2024-05-01")


@pytest.mark.parametrize(
    "rows",
    [
        ["Party | Promise", "--- | ---", "Labour | More homes.", "Tories | Lower taxes."],
        ["| Party | Promise |", "| Labour | More homes. |"],
        ["| Party | Labour | Date | 2024 |"],
        ["Party   Promise", "Labour  More homes."],
        ["Party   Labour"],
        ["Homes   schools", "Party   Labour"],
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_rows_that_are_no_fields_state_nothing_and_stay(rows, name):
    text = "\n".join(["# Volt", "", *rows, "", PROMISE, ""])
    (raw,) = documents(name, text.encode())
    assert_law(raw)
    assert "party" not in raw.meta
    assert not any(block.shape is Shape.BYLINE for block in raw.blocks)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Wir bauen mehr Wohnungen", False),
        ("Mehr Wohnungen bauen", False),
        ("Vi Vill Bygga", False),
        ("Postavíme více bytů", False),
        ("Me haluamme lisää koteja", False),
        ("Więcej Polski w Polsce", False),
        ("Bündnis Sahra Wagenknecht", True),
        ("Strana práce", True),
        ("Vi Demokrater", True),  # two words may be a name
        ("Perussuomalaiset rp", True),
        ("We Demand a Referendum Now", False),
        ("Moderata samlingspartiet", True),
        ("SPD und Grüne", True),
        ("s och mp", True),
    ],
)
def test_a_sentence_is_no_party(value, names):
    assert can_be("party", value) is names


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"Parti: S, MP\n\n{PROMISE}\n"),
        ("a.txt", f"Parti: S och MP\n\n{PROMISE}\n"),
        ("a.txt", f"Parti: Centerpartiet, Liberalerna och KD\n\n{PROMISE}\n"),
        ("a.md", f"---\nparty: [S, MP]\n---\n{PROMISE}\n"),
        ("a.csv", f'party,text\n"S/MP",{PROMISE}\n'),
        ("a.html", f"<html><body><p>Parti: S + MP</p><p>{PROMISE}</p></body></html>"),
    ],
)
def test_a_list_of_parties_is_told(name, data):
    raw, *_ = documents(name, data.encode())
    found = normalise(
        raw, path=name, content_hash="", defaults={}, given={}, people={}, detect=lambda _: "sv"
    )
    assert found.party is not None
    (note,) = [one for one in found.notes if "names several" in one]
    assert "Socialdemokraterna, Miljöpartiet" in note or "Liberalerna, Kristdemokraterna" in note


@pytest.mark.parametrize(
    "party", ["Bündnis 90/Die Grünen", "Sol, Vind och Vatten", "KDU-ČSL", "SPOLU (ODS)", "Labour"]
)
def test_one_party_is_not_told_as_several(party):
    raw, *_ = documents("a.txt", f"Parti: {party}\n\n{PROMISE}\n".encode())
    found = normalise(
        raw, path="a.txt", content_hash="", defaults={}, given={}, people={}, detect=lambda _: "cs"
    )
    assert not any("several" in note for note in found.notes)


@pytest.mark.parametrize(
    ("head", "notes", "byline"),
    [
        ("Party: A\nRegion: Narnia\n", ["'Narnia' is no region"], 2),
        ("Party: A\nParty: B\n", ["'B' is a second party"], 2),
        ("Party: A\nElection: 2022\n", ["'Election' is not known"], 1),
        ("Region: better buses\nSchool: more teachers\n", ["'better buses' is no region"], 0),
        ("School: more teachers\nCare: shorter queues\n", [], 0),
        ("Party: we shall not stand idly by.\n", ["is no party"], 0),
        ("Party: A, Region: Narnia | Date: 2024\n", ["'Narnia' is no region"], 1),
        ("We shall build.\nParty: A\n", [], 0),
        ("Party: more homes for all\n", ["'more homes for all' is no party"], 0),
        ("Parti: Vi bygger fler bostäder\n", ["is no party"], 0),
        ("Hnutí: více pohybu pro děti\nKraj: Zlínský\n", ["'více pohybu pro děti'"], 2),
        ("Party: the left party\nParti: vänsterpartiet\n", ["'the left party' is no party"], 2),
        ("Strana: My a vy Kraj: Zlínský\nDatum: 2024\n", ["Kraj: Zlínský' is no party"], 2),
        ("Party\tPromise\nLabour\tMore homes\n", [], 0),  # columns
        ("Party\tLabour\nDate\t2024\nElection\tlocal\n", ["'Election' is not known"], 2),
    ],
)
def test_what_looks_like_a_field_and_is_none_is_told(head, notes, byline):
    (raw,) = documents("a.txt", f"{head}\nWe shall build schools in every town.\n".encode())
    assert_law(raw)
    assert len(raw.notes) == len(notes)
    assert all(note in told for note, told in zip(notes, raw.notes, strict=True))
    assert sum(block.shape is Shape.BYLINE for block in raw.blocks) == byline
    assert not any(block.shape is Shape.HEADING for block in raw.blocks if byline)


@pytest.mark.parametrize(
    ("rows", "party"),
    [
        (("Party | Promise", "Labour | More homes.", "Tories | Lower taxes."), None),
        (("Strana | Slib", "ODS | Více silnic."), None),
        (("Party | Labour", "Date | 2024", "Chair | Eva"), "Labour"),
        (("Party | Labour",), "Labour"),
    ],
)
@pytest.mark.parametrize("tag", ["th", "td"])
def test_what_stands_above_columns_states_nothing(rows, party, tag):
    first, *others = (
        "".join(f"<{tag if not at else 'td'}>{cell}</{tag if not at else 'td'}>" for cell in cells)
        for at, cells in enumerate(row.split(" | ") for row in rows)
    )
    cells = "".join(f"<tr>{row}</tr>" for row in (first, *others))
    page = f"<html><body><h1>A</h1><table>{cells}</table><p>{PROMISE}</p></body></html>"
    (raw,) = documents("a.html", page.encode())
    assert_law(raw)
    assert raw.meta.get("party") == party
    said = " ".join(raw.text[b.start : b.end] for b in raw.blocks if b.shape is not Shape.BYLINE)
    assert (rows[0] in said) == (party is None)
