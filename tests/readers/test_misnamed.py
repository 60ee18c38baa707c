"""Files that are something else than their name says, or that were put together badly."""

from __future__ import annotations

import base64
import json

import pytest
from files_making import documents

from progsearch.errors import ProgsearchError

PROMISE = "Postavíme školu v každé obci."
OTHER = "Zvýšíme platy učitelů a sester."
ROWS = f"party,text\nA,{PROMISE}\nB,{OTHER}\n"
JSON = json.dumps([{"party": "A", "text": PROMISE}, {"party": "B", "text": OTHER}])
PAGE = f"<html><body><p>{PROMISE}</p><p>{OTHER}</p></body></html>"
HEAD = "From: a@b.cz\nSubject: Program\nDate: Mon, 3 May 2021 10:00:00 +0200"
MAIL = f"{HEAD}\n\n{PROMISE}\n\n{OTHER}\n"


def texts(found):
    return [raw.text[block.start : block.end] for raw in found for block in raw.blocks]


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("a.txt", ROWS, "table"),
        ("a.xlsx", ROWS, "table"),
        ("a.xls", ROWS.replace(",", "\t"), "table"),
        ("a.txt", ROWS.replace(",", ";").replace("party", "Strana"), "table"),
        ("a.csv", JSON, "table"),
        ("a.md", JSON, "table"),
        ("a.html", JSON, "table"),
        ("a.csv", PAGE, "html"),
        ("a.txt", f"<p>{PROMISE}</p><p>{OTHER}</p>", "markdown"),
        ("a.txt", MAIL, "mail"),
        ("a.csv", f"sep=;\n{ROWS.replace(',', ';')}", "table"),
        ("a.csv", f"\n\n{ROWS}", "table"),
        ("a.csv", f"Export,\nz 1. 5. 2024,\n{ROWS}", "table"),
    ],
)
def test_what_a_file_is_is_told_by_what_stands_in_it(name, data, format_):
    found = documents(name, data.encode())
    assert {raw.format for raw in found} == {format_}
    assert texts(found) == [PROMISE, OTHER]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", f"{PROMISE}, {OTHER}\n{OTHER}, {PROMISE}\n"),
        ("a.txt", f"Text, party\n\n{PROMISE}\n"),
        ("a.md", ROWS),
        ("a.txt", f"Date: 3 May\nFrom: us\n\n{PROMISE}\n"),
    ],
)
def test_what_is_a_text_stays_one(name, text):
    (raw,) = documents(name, text.encode())
    assert raw.format in ("plaintext", "markdown", "news")


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("text,party,text\nJedna.,A,Dvě.\n", "text (2)"),
        ('{"text": "Jedna.", "party": "A", "text": "Dvě."}', "text (2)"),
        (f"Export,\n{ROWS}", "row 1 above the header, row 2: left out"),
        ("text,party\nJedna.,A,navíc\n", "1 row has more cells"),
    ],
)
def test_what_stands_twice_or_outside_of_the_columns_is_told(data, note):
    raw, *_ = documents("a.json" if data[0] == "{" else "a.csv", data.encode())
    assert any(note in one for one in raw.notes)
    assert texts([raw])[0] in ("Jedna.", PROMISE)


@pytest.mark.parametrize("codec", ["cp1250", "cp852", "iso8859-2"])
def test_a_file_of_two_encodings_is_read_line_by_line(codec):
    old = "Zvýšíme platy učitelů a sester o deset procent ročně a otevřeme nové ordinace v obcích."
    data = f"{PROMISE}\n\n{OTHER}\n\n".encode() + f"{old}\n".encode(codec)
    (raw,) = documents("a.txt", data)
    assert texts([raw]) == [PROMISE, OTHER, old]
    assert "1 line is not UTF-8, the first one line 5" in raw.notes[0]


@pytest.mark.parametrize("lost", [3, 5, 6])
def test_a_message_that_is_cut_off_is_read_as_far_as_it_goes(lost):
    coded = base64.b64encode(f"{PROMISE}\n\n{OTHER}".encode())[:-lost].decode()
    head = (
        "From: a@b.cz\nContent-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8"
    )
    (raw,) = documents("a.eml", f"{head}\n\n{coded}\n".encode())
    assert texts([raw])[0] == PROMISE
    assert "the text of the message is cut off" in raw.notes


def test_rows_without_names_of_columns_are_refused_with_what_to_do():
    with pytest.raises(ProgsearchError, match="no names of columns") as caught:
        documents("a.csv", f"{PROMISE * 3}\n{OTHER}\n".encode())
    assert "party,text" in caught.value.remedy


@pytest.mark.parametrize("end", ["</", "</p", '<p class="a', "<"])
def test_a_page_that_ends_within_a_tag_has_no_rest_of_it(end):
    (raw,) = documents("a.html", f"<html><body><p>{PROMISE}</p><p>{OTHER}{end}".encode())
    assert texts([raw]) == [PROMISE, OTHER]
