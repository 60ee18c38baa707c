"""Comparisons, silences and keywords as files: CSV, JSON, Markdown, XLSX, Table Schema."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from compare_making import asks
from hypothesis import given
from hypothesis import strategies as st
from tables_making import NAMES, about, corpus, names, tables

from progsearch import __version__
from progsearch.analysis.lexicon import data_version
from progsearch.compare import SMALL, comparison, differences
from progsearch.export.comparisons import cells_table, passages_table, wide_table
from progsearch.export.csv import harmless
from progsearch.export.formats import writer
from progsearch.export.tables import Column, Table
from progsearch.export.tables.schema import schema_record

MEASURED = [
    "passages",
    "documents",
    "of_passages",
    "rate_per_1000",
    "low",
    "high",
    "share_of_words",
    "per_million_words",
]

SIZES = ["of_documents", "words", "of_words", "small"]

TESTS = ["g2", "p", "p_corrected", "log_ratio", "difference"]

KINDS = {"string": str, "integer": int, "number": float}


def test_no_table_is_forgotten():
    assert sorted(tables()) == sorted(NAMES)


@pytest.mark.parametrize(
    ("by", "tested", "evidence", "wanted"),
    [
        ([], False, False, ["theme", *MEASURED, *SIZES]),
        (["party"], False, False, ["theme", "party", *MEASURED, *SIZES, "unknown"]),
        (["year", "kind"], False, False, ["theme", "year", "kind", *MEASURED, *SIZES, "unknown"]),
        (
            ["region"],
            False,
            False,
            ["theme", "region", *MEASURED, *SIZES, "unknown", "region_name"],
        ),
        (
            ["party"],
            True,
            True,
            ["theme", "party", *MEASURED, *SIZES, "unknown", *TESTS, "evidence"],
        ),
    ],
)
def test_one_row_a_cell_with_the_columns_in_this_order(by, tested, evidence, wanted):
    index = corpus()
    compared = comparison(index, asks(index, "sestra", "vlak"), by)
    table = cells_table(compared, differences(compared) if tested else None, evidence=evidence)
    assert names(table) == wanted
    assert len(table.rows) == len(compared.cells) == 2 * len(compared.groups)


def test_a_row_says_what_the_cell_holds():
    index = corpus()
    compared = comparison(index, asks(index, "sestra"), ["region", "party"], evidence=2)
    tests = differences(compared)
    first, second, *_ = cells_table(compared, tests, evidence=True).records()
    cell, test = compared.cells[1], tests.groups[1]
    assert (first["party"], second["party"]) == ("=B", "A")
    assert second == {
        "theme": "sestra",
        "region": "CZ-51",
        "party": "A",
        "passages": 30,
        "documents": 1,
        "of_passages": 90,
        "rate_per_1000": 333.3333,
        "low": round(cell.low, 4),
        "high": round(cell.high, 4),
        "share_of_words": 0.714286,
        "per_million_words": 142857.1429,
        "of_documents": 1,
        "words": 30 * 5,
        "of_words": 30 * 5 + 60,
        "small": False,
        "g2": round(test.g2, 4),
        "p": test.p,
        "p_corrected": test.corrected,
        "log_ratio": round(test.ratio, 4),
        "difference": "more",
        "unknown": "",
        "region_name": "Liberecký kraj",
        "evidence": "corpus/a.md:1 corpus/a.md:2",
    }
    assert first["evidence"] == "corpus/b.md:1 corpus/b.md:2"
    small = [row for row in cells_table(compared, tests).records() if row["small"]]
    assert all(row["of_passages"] < SMALL for row in small)
    assert {row["g2"] for row in small} == {None}
    assert small[-1]["region"] == small[-1]["party"] == "unknown"
    assert small[-1]["region_name"] == ""


def test_wide_has_one_row_a_group():
    index = corpus()
    compared = comparison(index, asks(index, "sestra", "vlak"), ["party"])
    table = wide_table(compared)
    assert names(table) == [
        "party", "of_passages", "sestra", "sestra passages", "vlak", "vlak passages", "small",
        "unknown",
    ]  # fmt: skip
    rates = {cell.theme: cell.rate_per_1000 for cell in compared.by_group()["=B",]}
    row = next(row for row in table.rows if row[0] == "=B")
    assert row == ["=B", 90, round(rates["sestra"], 4), 3, round(rates["vlak"], 4), 87, False, ""]


def test_passages_tell_what_is_promised_and_where():
    record = tables()["passages"].records()[0]
    assert record["commitment"] == "plain"
    index = corpus()
    compared = comparison(index, asks(index, "nemocnice OR nemocnic*"), ["party"], evidence=1)
    rows = passages_table(compared, lambda _: "").records()
    assert [(row["party"], row["rank"], row["commitment"], row["role"]) for row in rows] == [
        ("A", 1, "strong", "goal")
    ]
    assert rows[0]["file"] == "corpus/a.md"
    assert rows[0]["matched"] == "nemocnice"
    assert rows[0]["text"] == "Zajistíme nové sestry do nemocnice."
    assert rows[0]["date"] == "2024"


def test_silences_have_empty_cells_where_there_is_no_text():
    rows = tables()["silent"].records()
    spoken = [row for row in rows if row["why"] == "nothing found"]
    absent = [row for row in rows if row["why"] == "no text at all"]
    assert spoken
    assert absent
    assert all(row["expected"] is not None and row["of_passages"] for row in spoken)
    assert all(row["expected"] is row["high"] is None for row in absent)
    # a dimension by itself is a row over all of the other
    assert {row["party"] for row in absent} == {"all"}


@pytest.mark.parametrize("name", NAMES)
def test_every_table_says_what_its_columns_hold(name):
    table = tables()[name]
    assert table.rows
    assert len(set(names(table))) == len(names(table))
    for column in table.columns:
        assert column.about
        at = names(table).index(column.name)
        for row in table.rows:
            assert row[at] is None or type(row[at]) is {"boolean": bool, **KINDS}[column.kind]
    at = [names(table).index(one) for one in table.key]
    keys = [tuple(row[one] for one in at) for row in table.rows]
    assert len(set(keys)) == len(keys)


def text(format_, found, **more):
    out = io.StringIO(newline="")
    writer("tables", format_)(found, about(**more), out)
    return out.getvalue()


def parsed(column, cell):
    """A cell of a CSV file, by what the schema says of its column."""
    if cell == "":
        return "" if column.kind == "string" else None
    if column.kind == "boolean":
        return {"true": True, "false": False}[cell]
    return KINDS[column.kind](cell)


@pytest.mark.parametrize("name", NAMES)
def test_csv_reads_back_by_its_schema(name):
    table = tables()[name]
    found = text("csv", [table, *tables().values()])
    head, *rows = csv.reader(io.StringIO(found, newline=""))
    schema = schema_record(table, about())
    assert [one["name"] for one in schema["fields"]] == head == names(table)
    assert [one["type"] for one in schema["fields"]] == [one.kind for one in table.columns]
    assert schema["primaryKey"] == list(table.key)
    assert schema["missingValues"] == [""]
    assert schema["about"]["corpus"]["hash"] == "0123456789abcdef"
    for row, values in zip(rows, table.rows, strict=True):
        back = [parsed(column, cell) for column, cell in zip(table.columns, row, strict=True)]
        assert back == [
            harmless(value) if value is not None or column.kind != "string" else ""
            for column, value in zip(table.columns, values, strict=True)
        ]


def test_json_has_the_account_and_all_tables():
    found = json.loads(text("json", list(tables().values())))
    assert list(found) == ["about", *tables()]
    for name, table in tables().items():
        assert found[name] == table.records()
    assert found["about"] == {
        "command": "compare",
        "query": {"themes": ["t"], "by": ["region", "party"], "narrowed to": ""},
        "filters": {"lang": ["cs", "sv"], "since": "2020-05", "duplicates": "once"},
        "corpus": {
            "hash": "0123456789abcdef",
            "folders": [],
            "documents": 4,
            "passages": 183,
            "copies_left_out": 4,
            "language_data": data_version(),
        },
        "progsearch": __version__,
        "made": "2025-03-01",
        "notes": ["a rule"],
    }


def test_an_empty_table_is_no_error():
    empty = Table("cells", "none", tables()["cells"].columns, [])
    assert json.loads(text("json", [empty]))["cells"] == []
    assert text("csv", [empty]).count("\r\n") == 1
    assert "| theme |" in text("md", [empty])


def cells_of(line):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_markdown_has_a_line_a_row_and_the_account_below():
    table = tables()["cells"]
    head, marks, *rest = text("md", [table]).splitlines()
    assert [name.replace("\\", "") for name in cells_of(head)] == names(table)
    numbers = [column.kind != "string" for column in table.columns]
    assert [mark == "---:" for mark in cells_of(marks)] == numbers
    rows, lines = rest[: len(table.rows)], rest[len(table.rows) :]
    assert all(len(cells_of(row)) == len(table.columns) for row in rows)
    assert cells_of(rows[0])[names(table).index("share_of_words")] == "3.3%"
    assert "vlak \\| bus" in rows[-1]
    assert lines[:2] == ["", "- command: progsearch compare"]
    assert "- corpus hash: 0123456789abcdef" in lines
    assert "- lang: cs, sv" in lines
    assert "- note: a rule" in lines


@pytest.mark.parametrize(
    ("kind", "value", "more", "wanted"),
    [
        ("number", 0.00004, {"digits": 4}, "\\<0.0001"),
        ("number", 0.0, {"digits": 4}, "0.0000"),
        ("number", 1234.56, {}, "1,234.6"),
        ("number", 0.1234, {"share": True}, "12.3%"),
        ("integer", 1234, {}, "1,234"),
        ("boolean", True, {}, "yes"),
        ("boolean", False, {}, ""),
        ("string", None, {}, ""),
        ("string", "a|b *c*", {}, "a\\|b \\*c\\*"),
        ("string", "a\nb\x1b[31m", {}, "a␊b␛\\[31m"),
    ],
)
def test_values_as_people_read_them(kind, value, more, wanted):
    column = Column("x", kind, "about", **more)
    line = text("md", [Table("t", "T", (column,), [[value]])]).splitlines()[2]
    assert line == f"| {wanted} |"


nasty = st.text(st.characters(codec="utf-8"), max_size=30)


@given(nasty, nasty)
def test_no_text_breaks_a_file(one, other):
    columns = (Column("a", "string", "A"), Column(other or "b", "string", "B"))
    table = Table("t", other, columns, [[one, other], [other, one]])
    assert json.loads(text("json", [table]))["t"] == table.records()
    rows = list(csv.reader(io.StringIO(text("csv", [table]), newline="")))
    assert rows[1:] == [[harmless(one), harmless(other)], [harmless(other), harmless(one)]]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    lines = text("md", [table]).split("\n")
    assert [len(cells_of(line)) for line in lines[2:4]] == [2, 2]
