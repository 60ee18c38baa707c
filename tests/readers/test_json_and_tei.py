"""Rows of JSON, and written text in TEI."""

from __future__ import annotations

import json

import pytest
from files_making import documents
from packing import PROMISE, blocks, one, tei

from progsearch.errors import ProgsearchError
from progsearch.model import ASIDE_ROLES, Fact, Origin, Role
from progsearch.segmentation import segment

ROWS = [
    {"id": 1, "speaker": {"party": "A"}, "body": PROMISE, "codes": [1, 2]},
    {
        "id": 2,
        "speaker": {"party": "B"},
        "body": "<p>Koupíme</p><p>vlaky &amp; auta.</p>",
        "codes": [],
    },
]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=1),
        "\n".join(map(json.dumps, ROWS)),
        json.dumps({"count": 2, "result": {"rows": ROWS, "other": [{"a": 1}]}}),
    ],
)
def test_rows_of_json_by_the_names_of_their_values(data):
    found = documents("rows.json", data.encode(), tables={"party": "speaker.party"})
    assert [raw.meta["party"] for raw in found] == ["A", "B"]
    assert [raw.text.strip() for raw in found] == [PROMISE, "Koupíme\nvlaky & auta."]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'{"name": "a", "version": "1"}', "no column is the text"),
        (b"[1, 2, 3]", "no list of objects"),
        (b'[{"text": "a"', "not JSON"),
        (b"[" * 5000, "deeply|not JSON"),
        (b'{"text": "a"}\n[1]', "no object"),
    ],
)
def test_json_that_is_no_rows_is_refused(data, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("a.json", data)
    assert caught.value.remedy


def test_tei_of_written_text():
    body = (
        '<pb n="1"/><div type="motBody"><head>Förslag</head>'
        "<p>Vi yrkar att fler får fast anställ-\n"
        "      ning i hela\n landet, både hel- \n och halvtid.</p><list><item>En sak</item></list>"
        "<p>Före<note>En not.</note> efter.</p></div>"
    )
    raw = one(
        "motion.xml", tei(body, "<sourceDesc><bibl><date when='1992-10-05'/></bibl></sourceDesc>")
    )
    assert blocks(raw) == [
        ("heading", "Förslag"),
        (
            "paragraph",
            "Vi yrkar att fler får fast anställning i hela landet, både hel- och halvtid.",
        ),
        ("item", "En sak"),
        ("paragraph", "Före efter."),
        ("navigation", "En not."),
    ]
    assert (raw.meta["title"], raw.meta["date"]) == ("Motion 1", "1992-10-05")
    assert raw.meta["author"] == ["Eva Ek"]


TABLE = """<table><head>Tabell 1</head>
<row role="label"><cell>Område</cell><cell>Löfte</cell></row>
<row><cell rows="2">Skola</cell><cell>Fler lärare.</cell></row>
<row><cell>Fler böcker<note><p>En not.</p></note>.</cell></row>
<row><cell>Vård</cell><cell><p>Fler sängar.</p><list><item>Fler läkare.</item></list></cell></row>
<row><cell>Trafik</cell><cell>Fler bussar.</cell></row></table>"""


def test_tables_of_tei_are_read_as_those_of_other_formats():
    note = "<p>Efter<ref target='#n1'>1</ref> den.</p><figure><figDesc>En bild</figDesc></figure>"
    raw = one("motion.xml", tei(f"<div><head>Kap</head>{TABLE}{note}</div>"))
    found = segment(raw, "d", lang=Fact("sv", Origin.DEFAULT)).passages
    over = "Område | Löfte"
    assert [(p.text, p.headings[1:]) for p in found if p.role not in ASIDE_ROLES] == [
        ("Fler lärare.", (over, "Skola")),
        ("Fler böcker.", (over, "Skola")),
        ("Fler sängar.", (over, "Vård")),
        ("Fler läkare.", (over, "Vård")),
        ("Trafik | Fler bussar.", (over,)),
        ("Efter den.", ()),
    ]
    asides = [p.text for p in found if p.role is Role.NAVIGATION]
    assert asides == ["Tabell 1", "En not.", "En bild"]


def test_tei_without_a_text_is_refused():
    with pytest.raises(ProgsearchError, match="no paragraphs"):
        documents("motion.xml", tei(""))
