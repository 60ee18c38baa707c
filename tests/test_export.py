"""Hits as files: the promised columns, harmless cells, marks on the words that matched."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import document, passage, stated

from progsearch.clause import How
from progsearch.export.csv import harmless
from progsearch.export.display import merged, pieces
from progsearch.export.formats import formats_of, writer
from progsearch.export.hitrows import COLUMNS
from progsearch.matching import Match
from progsearch.model import Fact, Origin, PartialDate, Person, Region
from progsearch.search import Hit
from progsearch.visible import visible

TEXTS = [one.name for one in formats_of("hits").values() if not one.binary]
PROMISED = [
    "id",
    "document",
    "file",
    "line",
    "end_line",
    "title",
    "heading",
    "role",
    "lang",
    "country",
    "region",
    "region_name",
    "party",
    "kind",
    "date",
    "score",
    "text",
    "matches",
]


def hit(text="Chceme **lékaře**, hned.", places=((9, 15),), **more):
    part = passage("d", 3, text, headings=("Cíle", "Zdraví"), **more)
    made = document(
        "d",
        [part],
        title="Zdravotnictví",
        region=Fact(Region("CZ-51", "Liberecký kraj"), Origin.INFERRED),
        country=stated("CZ"),
        party=stated("Strana A"),
        kind=stated("programme"),
        date=stated(PartialDate(2020)),
    )
    found = [Match(start, end, "lékař", How.LEMMA) for start, end in places]
    return Hit(part, made, 1.23456, found, "corpus/d.md")


def written(format_, *hits):
    out = io.StringIO()
    writer("hits", format_)(hits, out)
    return out.getvalue()


def test_every_promised_column_is_there():
    assert set(PROMISED) <= set(COLUMNS)
    record = json.loads(written("jsonl", hit()))
    assert list(record) == list(COLUMNS)
    assert record["text"][record["matches"][0]["start"] : record["matches"][0]["end"]] == "lékaře"
    assert record["matches"][0] | {"start": 0, "end": 0} == {
        "start": 0,
        "end": 0,
        "term": "lékař",
        "how": "lemma",
        "where": "text",
    }
    assert record["inferred"] == ["region"]
    assert (record["region"], record["region_name"]) == ("CZ-51", "Liberecký kraj")
    assert (record["heading"], record["line"], record["date"]) == ("Cíle > Zdraví", 3, "2020")


def test_neither_tags_nor_entities_are_in_a_row():
    text = "F&ouml;r <b>lékaře</b> &amp; [sestry](http://a.cz), **hned**."
    record = json.loads(written("jsonl", hit(text, ((12, 18),))))
    assert record["text"] == "För lékaře & sestry, hned."
    (match,) = record["matches"]
    assert record["text"][match["start"] : match["end"]] == "lékaře"


def test_json_and_json_lines_hold_the_same():
    hits = [hit(), hit("x", ())]
    whole = json.loads(written("json", *hits))
    assert whole == [json.loads(line) for line in written("jsonl", *hits).splitlines()]
    assert json.loads(written("json")) == []


def test_csv_reads_back():
    rows = list(csv.DictReader(io.StringIO(written("csv", hit("=1+1\nzdraví", ())), newline="")))
    assert rows[0]["text"] == "'=1+1\nzdraví"
    assert rows[0]["matches"] == ""
    assert rows[0]["region"] == "CZ-51"
    assert json.loads(next(csv.DictReader(io.StringIO(written("csv", hit()))))["matches"])


@given(st.text(max_size=6) | st.text(";\t\n '=+-@a", max_size=8))
def test_no_cell_is_a_formula(text):
    made = harmless(text)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    # Nor would one begin where a spreadsheet takes a sign inside for the end of a cell.
    assert not any(
        part.lstrip(" ").startswith(("=", "+", "-", "@")) for part in re.split(r"[;\t\r\n]", made)
    )
    # Apostrophes are all that is put in.
    rest = iter(made)
    assert all(one in rest for one in text)
    assert made.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("number", [0, -3, 1.5])
def test_numbers_stay_numbers(number):
    assert harmless(number) is number


def test_markdown_marks_the_words_and_escapes_the_rest():
    text = written("md", hit("Chceme lékaře [1]", ((7, 13),)))
    assert "**lékaře**" in text
    assert "\\[1\\]" in text
    assert "`corpus/d.md:3`" in text
    assert text.startswith("> *Zdraví*")


def test_kwic_has_a_line_a_match_in_one_column():
    lines = written("kwic", hit("lékaře a lékaře", ((0, 6), (9, 15)))).splitlines()
    assert len(lines) == 2
    assert {line.index("[") for line in lines} == {40}
    assert all(line.endswith("corpus/d.md:3") for line in lines)


def test_kwic_shortens_long_contexts_to_one_width():
    long = "slovo " * 40
    line = written("kwic", hit(f"{long}lékaře {long}", ((240, 246),))).splitlines()[0]
    assert line.index("[lékaře]") == 40
    assert line.startswith("…")


def test_speakers_and_copies_are_said():
    from progsearch.export.display import facts

    one = hit(speaker=Person("Eva Malá", "speaker", party="X"))
    assert "said by Eva Malá (X)" in facts(one)
    assert "Liberecký kraj (CZ-51)~" in facts(one)
    assert json.loads(written("jsonl", one))["speaker"] == "Eva Malá (X)"


@pytest.mark.parametrize("format_", sorted(TEXTS))
def test_no_hits_are_no_error(format_):
    written(format_)


def test_controls_are_shown_and_not_obeyed():
    assert visible("a\x1b[31mb\r\u202ec\x9b") == "a␛[31mb␍\ufffdc\ufffd"


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6))
def test_merged_stretches_are_apart_and_cover_the_same(spans):
    found = merged(spans)
    assert {n for a, b in found for n in range(a, b)} == {n for a, b in spans for n in range(a, b)}
    assert all(left[1] < right[0] for left, right in pairwise(found))


def test_pieces_are_the_text():
    one = hit()
    assert "".join(text for text, _ in pieces(one)) == "Chceme lékaře, hned."
    assert [text for text, marked in pieces(one) if marked] == ["lékaře"]
