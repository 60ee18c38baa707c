"""Texts that state several parties, or compare them, are found under none, and say so."""

from __future__ import annotations

import pytest
from fields_making import PROMISE
from files_making import documents
from reading import assert_law

from progsearch.model import Origin, Shape
from progsearch.normalise import normalise

PAGE = "<html><body><h1>Program</h1>{}<p>" + PROMISE + "</p></body></html>"
ROW = "<tr><td>Datum</td><td>2024-05-01</td></tr>"

SEVERAL = {
    "a.html": PAGE.format(
        f"<table><tr><td>Parti</td><td>Moderaterna<br>Liberalerna</td></tr>{ROW}</table>"
    ),
    "b.html": PAGE.format(
        "<table><tr><td>Parti</td><td><p>Moderaterna</p><p>Liberalerna</p></td></tr>"
        f"{ROW}</table>"
    ),
    "c.html": PAGE.format(
        "<table><tr><td>Parti</td><td>Moderaterna</td></tr><tr><td></td><td>Liberalerna</td></tr>"
        f"{ROW}</table>"
    ),
    "d.html": PAGE.format(
        "<table><tr><td rowspan=2>Parti</td><td>Moderaterna</td></tr><tr><td>Liberalerna</td></tr>"
        f"{ROW}</table>"
    ),
    "e.html": PAGE.format(
        "<dl><dt>Parti</dt><dd>Moderaterna</dd><dd>Liberalerna</dd><dt>Datum</dt><dd>2024-05-01"
        "</dd></dl>"
    ),
    "f.html": PAGE.format("<p>Parti: Moderaterna<br>Liberalerna</p><p>Datum: 2024-05-01</p>"),
    "g.md": "# Program\n\n| Parti | Moderaterna<br>Liberalerna |\n| --- | --- |\n"
    f"| Datum | 2024-05-01 |\n\n{PROMISE}\n",
    "h.md": "# Program\n\n| Parti | Moderaterna |\n| --- | --- |\n|  | Liberalerna |\n"
    f"| Datum | 2024-05-01 |\n\n{PROMISE}\n",
    "i.md": "# Program\n\n"
    "+-------+-------------+\n| Parti | Moderaterna |\n|       | Liberalerna |\n"
    "+-------+-------------+\n| Datum | 2024-05-01  |\n+-------+-------------+\n\n"
    f"{PROMISE}\n",
    "j.txt": "Program\n\n"
    f"Parti: Moderaterna\n       Liberalerna\nDatum: 2024-05-01\n\n{PROMISE}\n",
    "k.txt": "Program\n\n"
    "| Parti | Moderaterna |\n|       | Liberalerna |\n| Datum | 2024-05-01  |\n"
    f"\n{PROMISE}\n",
    "l.txt": f"Parti: Moderaterna\nParti: Liberalerna\nDatum: 2024-05-01\n\n{PROMISE}\n",
    "m.csv": f'parti,datum,text\n"Moderaterna\nLiberalerna",2024-05-01,{PROMISE}\n',
}  # fmt: skip


def normalised(raw, lang="sv"):
    return normalise(
        raw, path="a", content_hash="", defaults={}, given={}, people={}, detect=lambda _: lang
    )


@pytest.mark.parametrize("name", SEVERAL)
def test_parties_in_lines_of_one_value_are_several(name):
    (raw,) = documents(name, SEVERAL[name].encode())
    assert_law(raw)
    found = normalised(raw)
    assert found.party.value.replace(",", "") == "Moderaterna Liberalerna"
    assert any("names several (Moderaterna, Liberalerna)" in note for note in found.notes)
    assert str(found.date.value) == "2024-05-01"
    kept = [raw.text[b.start : b.end] for b in raw.blocks if b.shape is Shape.PARAGRAPH]
    assert kept == [PROMISE]


@pytest.mark.parametrize(
    ("head", "party"),
    [
        ("Parti: Moderaterna\nM\nDatum: 2024-05-01", "Moderaterna"),  # the same once more
        ("Parti: Moderaterna\nParti: Moderata samlingspartiet", "Moderaterna"),
        ("Parti: Moderaterna\n\nLiberalerna svek skolan när det gällde.", "Moderaterna"),
        ("Parti: Moderaterna i Lund\n\nVi i Lund", "Moderaterna i Lund"),
    ],
)
def test_what_stays_one_party(head, party):
    (raw,) = documents("a.txt", f"{head}\n\n{PROMISE}\n".encode())
    found = normalised(raw)
    assert found.party.value == party
    assert not any("several" in note or "second" in note for note in found.notes)


def test_another_statement_below_is_told():
    long = "\n\n".join(f"{PROMISE} {n}" for n in range(30))
    text = f"Parti: Moderaterna\n\n{long}\n\nParti: Liberalerna\n\n{long} again\n"
    (raw,) = documents("a.txt", text.encode())
    found = normalised(raw)
    assert found.party.value == "Moderaterna, Liberalerna"
    assert any("second party further down" in note for note in found.notes)


COMPARED = [
    [["Fråga", "Moderaterna", "Liberalerna"], ["Skatt", PROMISE, "Vi sänker skatten för företag."]],
    [["Parti", "Löfte"], ["Moderaterna", PROMISE], ["Liberalerna", PROMISE]],
]
OTHERS = [
    [["Fråga", "Svar"], ["Skatt", PROMISE], ["Skola", PROMISE]],
    [["Parti", "Mandat"], ["Moderaterna", "68"], ["Liberalerna", "16"]],
    [["Fråga", "Moderaterna"], ["Skatt", PROMISE]],
    [["Slib", "ANO", "NE"], [PROMISE, "x", ""]],
]


@pytest.mark.parametrize(
    ("rows", "told"), [*((rows, True) for rows in COMPARED), *((rows, False) for rows in OTHERS)]
)
@pytest.mark.parametrize("kind", ["html", "md"])
def test_a_table_that_compares_parties_is_told(rows, told, kind):
    if kind == "html":
        cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
        text = PAGE.format(f"<table>{cells}</table>")
    else:
        head, *body = ("| " + " | ".join(row) + " |" for row in rows)
        text = "\n".join(["# Program", "", head, "|---" * len(rows[0]) + "|", *body, "", PROMISE])
    (raw,) = documents(f"a.{kind}", text.encode())
    found = normalised(raw)
    assert found.party is None
    assert any("side by side" in note for note in found.notes) is told


def test_lines_of_several_parties_tell_no_owner():
    text = f"Valmanifest 2024\n\nModeraterna\n\nLiberalerna\n\n{PROMISE}\n"
    (raw,) = documents("a.txt", text.encode())
    assert normalised(raw).party is None
    (raw,) = documents("a.txt", text.replace("Liberalerna\n\n", "").encode())
    assert normalised(raw).party.value == "Moderaterna"


GLOSSARY = [
    "Fraktion: Gruppe von Abgeordneten\nPartei: Zusammenschluss von Bürgern\nWahl: Abstimmung",
    "Kammer: del av riksdag\nParti: Sammanslutning av medborgare\nVal: omröstning",
]


@pytest.mark.parametrize("head", GLOSSARY)
def test_a_glossary_names_no_party(head):
    (raw,) = documents("a.txt", f"Wörter\n\n{head}\n\n{PROMISE}\n".encode())
    assert_law(raw)
    assert normalised(raw, "de").party is None
    assert any("stands among other terms" in note for note in raw.notes)
    terms = "".join(
        f"<dt>{line.partition(': ')[0]}</dt><dd>{line.partition(': ')[2]}</dd>"
        for line in sorted(head.split("\n"), key=lambda line: "Part" not in line)
    )
    (raw,) = documents("a.html", PAGE.format(f"<dl>{terms}</dl>").encode())
    assert normalised(raw, "de").party is None
    assert not any(block.shape is Shape.BYLINE for block in raw.blocks)


@pytest.mark.parametrize(
    ("party", "noted"),
    [
        ("Zusammenschluss von Bürgern", True),
        ("Wir für Neustadt", True),
        ("Bürger für Neustadt", False),
        ("SPD", False),
    ],
)
def test_what_may_be_a_name_is_kept_and_the_doubt_is_told(party, noted):
    for name, text in (
        ("a.txt", f"Partei: {party}\n\n{PROMISE}\n"),
        ("a.md", f"---\nparty: {party}\n---\n{PROMISE}\n"),
        ("a.csv", f"Partei,Text\n{party},{PROMISE}\n"),
    ):
        (raw,) = documents(name, text.encode())
        found = normalised(raw, "de")
        assert (found.party.value, found.party.origin) == (party, Origin.STATED)
        assert any("may be a name" in note for note in found.notes) is noted
    (raw,) = documents("a.txt", f"{PROMISE}\n".encode())
    given = normalise(
        raw, path="a", content_hash="", defaults={}, given={"party": party}, people={},
        detect=lambda _: "de",
    )  # fmt: skip
    assert not any("may be a name" in note for note in given.notes)


def test_an_alias_settles_the_doubt():
    (raw,) = documents("a.txt", f"Partei: Wir für Neustadt\n\n{PROMISE}\n".encode())
    found = normalise(
        raw, path="a", content_hash="", defaults={}, given={}, people={}, detect=lambda _: "de",
        aliases={"wir fur neustadt": "Wir für Neustadt"},
    )  # fmt: skip
    assert found.party.value == "Wir für Neustadt"
    assert not any("may be a name" in note for note in found.notes)


@pytest.mark.parametrize("key", ["party", "Partei", "organisation"])
def test_a_sentence_in_any_field_is_no_party(key):
    text = f"---\n{key}: Die Grünen haben nichts erreicht\n---\n{PROMISE}\n"
    (raw,) = documents("a.md", text.encode())
    found = normalised(raw, "de")
    assert found.party is None
    assert any("'Die Grünen haben nichts erreicht' is no party" in note for note in found.notes)
