"""Cells of tables and values of JSON that hold several paragraphs or a list."""

from __future__ import annotations

import json

import pytest
from files_making import documents
from reading import assert_law

from progsearch.model import ASIDE_ROLES, Fact, Origin
from progsearch.segmentation import segment

LIST = "Postavíme byty.\n\nZdravotnictví:\n- zvýšíme platy\n- otevřeme ordinace\n\nOpravíme školy."
LISTED = [
    (("Postavíme byty."), "", ""),
    ("zvýšíme platy", "Zdravotnictví:", ""),
    ("otevřeme ordinace", "Zdravotnictví:", ""),
    ("Opravíme školy.", "", ""),
]


def csv(text):
    return 'party,text\r\nA,"' + text.replace("\n", "\r\n") + '"\r\n'


def rows(text):
    return json.dumps([{"party": "A", "text": text}])


def lines(text):
    return "\n".join(json.dumps({"party": "A", "text": one}) for one in (text, "Jedna věta."))


def counted(name, data, **tables):
    """Text, the heading next above and the number of the passages that count."""
    found = []
    for raw in documents(name, data.encode(), tables=tables):
        assert_law(raw)
        done = segment(raw, "d", lang=Fact("cs", Origin.DEFAULT)).passages
        found += [
            (one.text, one.headings[-1] if one.headings else "", one.mark)
            for one in done
            if one.role not in ASIDE_ROLES
        ]
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LIST, LISTED),
        ("1. Víc peněz.\n2. Méně úřadů.", [("Víc peněz.", "", "1."), ("Méně úřadů.", "", "2.")]),
        (
            "Vi vill:\n• anställa lärare\n• bygga skolor",
            [("anställa lärare", "Vi vill:", ""), ("bygga skolor", "Vi vill:", "")],
        ),
        ("První věta.\nDruhá věta.", [("První věta.", "", ""), ("Druhá věta.", "", "")]),
        ("Řádek zalomený\nna dvou řádcích.", [("Řádek zalomený\nna dvou řádcích.", "", "")]),
        ("- jediný bod", [("- jediný bod", "", "")]),
        # A short line may be the answer, and is no heading.
        ("Ano\n\nProtože to jde.", [("Ano", "", ""), ("Protože to jde.", "", "")]),
        (
            "<p>Daně.</p><h2>Školy</h2><ul><li>víc peněz</li><li>nižší &amp; jiné</li></ul>",
            [("Daně.", "", ""), ("víc peněz", "Školy", ""), ("nižší & jiné", "Školy", "")],
        ),
    ],
)
@pytest.mark.parametrize(("name", "made"), [("a.csv", csv), ("a.json", rows), ("a.jsonl", lines)])
def test_a_cell_is_cut_like_plain_text(name, made, text, found):
    more = [("Jedna věta.", "", "")] if made is lines else []
    assert counted(name, made(text)) == found + more


def test_values_of_a_list_are_paragraphs_of_a_text_and_names_of_any_other():
    data = json.dumps([{"text": ["Sänk skatten.", "Bygg mer."], "topic": "", "tags": ["a", "b"]}])
    (raw,) = documents("a.json", data.encode())
    assert [raw.text[one.start : one.end] for one in raw.blocks] == ["Sänk skatten.", "Bygg mer."]
    assert raw.meta["tags"] == "a, b"


def test_what_stands_above_in_a_row_does_not_stand_above_the_next():
    data = json.dumps([{"text": "Vi vill:\n- a\n- b"}, {"text": "- c\n- d"}, {"text": "e"}])
    assert [above for _, above, _ in counted("a.json", data)] == [
        "Vi vill:",
        "Vi vill:",
        "",
        "",
        "",
    ]
    data = json.dumps([{"text": "<h3>Školy</h3><p>a</p>"}, {"text": "b"}])
    assert [above for _, above, _ in counted("a.json", data)] == ["Školy", ""]


def test_an_answer_belongs_to_the_first_paragraph_of_its_reasons():
    data = json.dumps([{"a": "Ano", "b": "První věta.\n\nDruhá věta."}, {"a": "Ne", "b": ""}])
    found = counted("a.json", data, text=["a", "b"])
    assert [text for text, *_ in found] == ["Ano\nPrvní věta.", "Druhá věta.", "Ne"]


def test_what_somebody_coded_stays_one_passage():
    data = json.dumps([{"text": LIST, "topic": "504"}, {"text": LIST, "topic": ""}])
    assert [text for text, *_ in counted("a.json", data)] == [LIST, *(one for one, *_ in LISTED)]
    coded = 'text,cmp_code,eu_code\n"a\n\nb",NA,NA\n"c\n\nd",504,NA\n'
    assert [text for text, *_ in counted("82220_201710.csv", coded)] == ["a\n\nb", "c\n\nd"]


def test_a_long_cell_that_nothing_cuts_is_said():
    (raw,) = documents("a.json", rows("slovo " * 300).encode())
    assert raw.notes == ["1 passage is longer than 250 words; the longest, 300, in line 1"]
