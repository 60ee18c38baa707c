"""What fields of files and columns state nothing, and that it is told."""

from __future__ import annotations

import json

import pytest
from fields_making import PROMISE
from files_making import documents

from progsearch.errors import ProgsearchError
from progsearch.normalise import normalise
from progsearch.readers import read_all


def test_keys_of_front_matter_that_state_nothing_are_told():
    (raw,) = documents("a.md", f"---\nstrana: '12'\n---\n{PROMISE}\n".encode())
    found = normalise(
        raw, path="a.md", content_hash="", defaults={}, given={}, people={}, detect=lambda _: "cs"
    )
    assert (found.party, found.extra["strana"]) == (None, "12")
    assert found.notes == ("strana: '12' is no party, and states nothing",)


@pytest.mark.parametrize(
    ("head", "note"),
    [
        ("party: A\nparti: B", "parti: 'B' is a second party, and states nothing"),
        (
            "meta:\n  kraj: Zlínský",
            "meta.kraj: 'Zlínský' stands too deep to be the document's region",
        ),
        ("date: 2024\nmeta:\n  date: 2023", ""),
        ("title: A\nrubrik: B", ""),
    ],
)
def test_what_front_matter_states_twice_or_too_deep_is_told(head, note):
    (raw,) = documents("a.md", f"---\n{head}\n---\n{PROMISE}\n".encode())
    found = normalise(
        raw, path="a.md", content_hash="", defaults={}, given={}, people={}, detect=lambda _: "cs"
    )
    assert [one for one in found.notes if "may be" not in one] == ([note] if note else [])


@pytest.mark.parametrize(
    ("rows", "settings", "told"),
    [
        ([{"text": PROMISE, "promises": ["Věta o škole.", "Druhá věta o ní."]}], {}, "promises"),
        ([{"text": PROMISE, "n": 1}, {"text": PROMISE, "n": 2}], {}, "1 column is not read: n"),
        ([{"text": PROMISE, "n": 1}, {"text": PROMISE, "n": 2}], {"text": "text"}, ""),
        ([{"text": PROMISE, "n": 1}, {"text": PROMISE, "n": 1}], {}, ""),  # kept with the document
        ([{"text": PROMISE, "by": [{"name": "Eva"}]}], {}, "by.name"),
        ([{"text": PROMISE, "body": PROMISE}], {}, "body"),
        ([{"text": PROMISE, "kraj": "jinde"}] * 2, {"text": "text"}, ""),
    ],
)  # fmt: skip
def test_columns_of_which_nothing_is_taken_are_told(rows, settings, told):
    raw, *_ = documents("a.json", json.dumps(rows).encode(), tables=settings)
    assert (told in " ".join(raw.notes)) if told else not raw.notes


NESTED = {
    "title": "Program",
    "date": "2024",
    "chapters": [
        {"title": "Doprava", "promises": [{"text": "Opravíme silnice."}, {"text": "A mosty."}]},
        {"title": "Školy", "promises": [{"text": "Více míst.", "title": "Školky", "party": "B"}]},
    ],
}


def test_objects_in_objects_are_rows_under_what_stands_around_them():
    one, other = documents("a.json", json.dumps(NESTED).encode())
    assert [one.meta["title"], one.meta["date"]] == ["Program: 2024", "2024"]
    told = [(b.shape.value, b.level, one.text[b.start : b.end]) for b in one.blocks]
    assert told == [
        ("heading", 2, "Doprava"),
        ("paragraph", 0, "Opravíme silnice."),
        ("paragraph", 0, "A mosty."),
    ]
    told = [(b.shape.value, b.level, other.text[b.start : b.end]) for b in other.blocks]
    assert told == [
        ("heading", 2, "Školy"),
        ("heading", 3, "Školky"),
        ("paragraph", 0, "Více míst."),
    ]
    assert (other.meta["party"], other.lines[0]) == ("B", 3)


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        ('{"promises": ["A b.", "C."], "n": 1}', "there are promises, n", 'text = "promises"'),
        ('[{"slib": "A b c.", "n": "1"}]', "there are slib, n", 'text = "slib"'),
        ('["a", "b"]', "a list of 2 values", "give each a name"),
        ("[1, 2]", "no list of objects", "give each a name"),
    ],
)
def test_json_without_a_text_is_refused_with_its_names(data, what, remedy):
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("a.json", data.encode())
    assert remedy in caught.value.remedy


def test_a_sheet_without_a_text_is_told():
    import io

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append([PROMISE])
    book.create_sheet("Ceny").append(["cena"])
    book["Ceny"].append([12])
    data = io.BytesIO()
    book.save(data)
    (raw,) = list(read_all("a.xlsx", data.getvalue()))
    assert "sheet 'Ceny' is not read" in raw.notes[-1]


def test_a_head_that_nobody_can_read_is_text_and_not_read_by_halves():
    text = "---\ntitle:: Health\nuid: x-1\nname: Eva\napproved:\n---\n\nWe will build a hospital.\n"
    raw, *_ = documents("a.md", text.encode())
    words = [raw.text[block.start : block.end] for block in raw.blocks]
    assert [word for word in ("Health", "x-1", "approved") if word not in " ".join(words)] == []
    assert not raw.meta.get("title")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "Party: none\nDatum: 2024\n\nWe will build homes for all who need one.\n"),
        ("a.md", "---\nparty: n/a\n---\n\nWe will build homes for all who need one.\n"),
        ("a.csv", "strana,text\nžádná,Postavíme tisíc nových bytů v každém kraji.\n"),
    ],
)
def test_who_says_that_there_is_no_party_names_none(name, data):
    raw, *_ = documents(name, data.encode())
    found = normalise(
        raw, path=name, content_hash="", defaults={}, given={}, people={}, detect=lambda _: "cs"
    )
    assert found.party is None
    assert any("party" in note for note in (*raw.notes, *found.notes))
