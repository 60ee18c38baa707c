"""A suffix means its format everywhere, an unknown one is an error; what the formats hold."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from progsearch.cli import app
from progsearch.cli._support.grid import GridColumn, Text, dropped, grid
from progsearch.cli._support.help import examples, records
from progsearch.cli._support.output import _Terminal
from progsearch.cli._support.wrapping import longest_piece, wrapped
from progsearch.engine import open_engine
from progsearch.errors import ProgsearchError
from progsearch.export.corpus import corpus_rows
from progsearch.export.formats import FORMATS, TERMINAL, chosen, formats_of, writer


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        app([str(word) for word in words], standalone_mode=False)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def index(demo):
    return demo


@pytest.fixture(autouse=True)
def _here(project, index, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PROGSEARCH_INDEX", str(index))


KINDS = sorted({one.kind for one in FORMATS})
WRITE = {
    "hits": ["search", "lékař"],
    "tables": ["list", "regions"],
    "corpus": ["export", "corpus"],
    "dfm": ["export", "dfm"],
    "references": ["cite", "corpus/cz/unie-solidarnich-kraju/vysocina/skolstvi.md:14"],
    "themes": ["themes", "export", "housing"],
    "report": ["report", "lékař"],
}
TABLES = [
    ["list", "documents"],
    ["list", "notes"],
    ["themes", "list"],
    ["themes", "coverage", "housing"],
    ["themes", "suggest", "housing"],
    ["themes", "audit", "housing", "--sample", "5"],
    ["explain", "lékaři"],
    ["verify"],
    ["count", "lékař"],
    ["compare", "lékař"],
    ["keywords"],
]


def test_every_writer_is_there_and_no_suffix_means_two_formats():
    for kind in KINDS:
        suffixes = [end for one in formats_of(kind).values() for end in one.suffixes or (one.name,)]
        assert len(suffixes) == len(set(suffixes))
        assert all(callable(writer(kind, name)) for name in formats_of(kind))
    assert set(WRITE) == set(KINDS)


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: f"{one.kind}-{one.name}")
def test_a_suffix_is_as_good_as_its_format(one, tmp_path):
    for module in re.findall(r"parquet|xlsx", one.name):
        pytest.importorskip({"parquet": "pyarrow", "xlsx": "xlsxwriter"}[module])
    named = tmp_path / "named.bin.out"
    if one.kind != "report":
        run(*WRITE[one.kind], "-f", one.name, "-o", named)
    for suffix in one.suffixes or (one.name,):
        file = tmp_path / f"by.{suffix.upper()}"
        run(*WRITE[one.kind], "-o", file)
        if one.kind != "report" and one.name != "sqlite":
            assert file.read_bytes() == named.read_bytes()
        assert file.stat().st_size


@pytest.mark.parametrize("words", [*WRITE.values(), *TABLES], ids=" ".join)
def test_an_unknown_suffix_is_an_error_and_writes_nothing(words, tmp_path):
    with pytest.raises(ProgsearchError) as error:
        run(*words, "-o", tmp_path / "x.foo")
    assert error.value.what == "no format is known by .foo"
    assert error.value.remedy.startswith("end it in .")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_every_table_is_csv_json_and_a_workbook(words, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    run(*words, "-o", tmp_path / "x.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_bytes().decode("utf-8"))))
    run(*words, "-o", tmp_path / "x.json")
    records_ = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    if isinstance(records_, dict):
        records_ = next(value for name, value in records_.items() if name != "about")
    assert len(records_) == len(rows) - 1
    assert all(list(one) == rows[0] for one in records_)
    run(*words, "-o", tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert sheet.max_row == len(rows)


def test_a_format_that_is_named_wins_over_the_suffix(tmp_path):
    run("list", "regions", "-f", "json", "-o", tmp_path / "x.csv")
    assert json.loads((tmp_path / "x.csv").read_text(encoding="utf-8"))
    run("list", "regions", "-o", tmp_path / "x.txt")
    run("list", "regions", "-o", tmp_path / "plain")
    shown, _ = run("list", "regions")
    assert (tmp_path / "x.txt").read_text(encoding="utf-8") == shown
    assert (tmp_path / "plain").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "regions", "-f", "xlsx"], "--format xlsx: this is no text for a terminal"),
        (["export", "corpus", "-f", "sqlite"], "--format sqlite: this is no text for a terminal"),
        (["list", "regions", "-f", "kwic"], "--format: no format 'kwic'"),
        (["export", "corpus", "-f", TERMINAL], "--format: no format 'table'"),
        (["cite", "x", "-f", TERMINAL], "--format: no format 'table'"),
        (["themes", "export", "-f", "csv"], "--format: no format 'csv'"),
    ],
)
def test_what_a_command_cannot_write_is_told(words, told):
    with pytest.raises(ProgsearchError) as error:
        run(*words)
    assert str(error.value).startswith(told)


@given(st.sampled_from(KINDS), st.text(st.characters(codec="ascii", categories=["L"]), max_size=5))
def test_a_suffix_is_known_or_refused(kind, suffix):
    from pathlib import Path

    known = {end for one in formats_of(kind).values() for end in one.suffixes or (one.name,)}
    default = next(iter(formats_of(kind)))
    output = Path(f"x.{suffix}") if suffix else Path("x")
    if not suffix or suffix.lower() in known:
        assert chosen(kind, None, output, default) in formats_of(kind)
    else:
        with pytest.raises(ProgsearchError):
            chosen(kind, None, output, default)


def test_the_corpus_in_sqlite_is_the_whole_index(index, tmp_path):
    run("export", "corpus", "-o", tmp_path / "c.sqlite")
    with closing(open_engine(index)) as engine:
        rows = list(corpus_rows(engine))
        documents = list(engine.documents())
    with closing(sqlite3.connect(tmp_path / "c.sqlite")) as file:
        asked = file.execute(
            "SELECT id, source, line, role FROM passages ORDER BY rowid"
        ).fetchall()
        assert asked == [(r["id"], r["text"], r["line"], r["role"]) for r in rows if r["number"]]
        known = file.execute("SELECT id, path, title, lang FROM documents").fetchall()
        assert known == [(d.id, d.path, d.title, str(d.lang)) for d in documents]
        facts = {
            (document, name): (value, origin)
            for document, name, value, origin in file.execute("SELECT * FROM facts")
        }
        for one in documents:
            for name in ("lang", "country", "party", "date", "kind"):
                fact = getattr(one, name)
                wanted = (str(fact), fact.origin.value) if fact else None
                assert facts.get((one.id, name)) == wanted
        join = "passages_fts f JOIN passages p ON p.rowid = f.rowid"
        asked = f"SELECT p.text || p.headings FROM {join} WHERE passages_fts MATCH 'lekar*'"
        found = file.execute(asked).fetchall()
        assert found
        assert all(re.search("l[eé]ka[rř]", text.casefold()) for (text,) in found)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_corpus_as_csv_has_the_columns_of_the_others(index, tmp_path):
    run("export", "corpus", "-o", tmp_path / "c.csv")
    text = (tmp_path / "c.csv").read_bytes().decode("utf-8")
    found = list(csv.DictReader(io.StringIO(text)))
    with closing(open_engine(index)) as engine:
        rows = list(corpus_rows(engine))
    assert [one["id"] for one in found] == [one["id"] for one in rows]
    assert list(found[0]) == list(rows[0])
    for one, row in zip(found, rows, strict=True):
        assert json.loads(one["headings"].removeprefix("'")) == row["headings"]
        assert one["line"] == str(row["line"])


def test_references_in_ris():
    place = "corpus/cz/unie-solidarnich-kraju/vysocina/skolstvi.md:14"
    text, _ = run("cite", place, place, "-f", "ris")
    assert text.endswith("ER  - \r\n")
    records_ = [part for part in text.split("ER  - \r\n") if part]
    assert len(records_) == 2
    for record in records_:
        lines = record.split("\r\n")[:-1]
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .+", line) for line in lines)
        fields = dict(line.split("  - ", 1) for line in lines)
        assert next(iter(fields)) == "TY"
        assert fields["TY"] == "RPRT"
        assert fields["AU"] == "Unie solidárních krajů"
        assert re.fullmatch(r"\d{4}", fields["PY"])
        assert re.fullmatch(r"\d{4}/(\d\d)?/(\d\d)?/", fields["DA"])
        assert place in fields["N1"]


# Terminals

PATHS = st.lists(
    st.text(st.sampled_from("abcdefgh-_."), min_size=1, max_size=12), min_size=1, max_size=6
).map("/".join)


@given(PATHS, st.integers(14, 60))
def test_paths_break_behind_slashes(path, width):
    lines = wrapped(path, width).split("\n")
    assert "".join(lines) == path
    assert all(cell_len(line) <= width for line in lines)
    assert all(line.endswith("/") for line in lines[:-1])


@given(st.text(max_size=60), st.integers(2, 30))
def test_nothing_of_a_text_is_lost_in_its_lines(text, width):
    found = wrapped(text, width)
    assert "".join(found.split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in found.split("\n"))


@given(st.text(st.sampled_from("ab cd"), max_size=60), st.integers(5, 30))
def test_words_are_whole_where_they_have_room(text, width):
    if longest_piece(text) <= width:
        assert wrapped(text, width).split() == text.split()


def test_columns_without_room_are_named():
    columns = [
        GridColumn("id", [Text("x" * 10)], right=False),
        GridColumn("what", [Text("some words that are long enough")], right=False, least=8),
        GridColumn("more", [Text("y" * 20)], right=False, spare=1),
    ]
    assert dropped(columns, 80) == []
    assert dropped(columns, 30) == ["more"]
    assert [one.name for one in grid(columns, 30).columns] == ["id", "what"]


STYLES = ["\x1b[1;33m", "\x1b[0m", "\x1b[44m", "\x1b[30;106m", "\x1b[48;5;235m", "\x1b[97;49m"]
STYLES += ["\x1b[1;38;2;10;20;30;48;2;1;2;3m", "\x1b[37;48;5;18m", "\x1b[m", "\n", "\t"]


@pytest.mark.parametrize("style", STYLES)
def test_a_terminal_obeys_colours(style):
    out = io.StringIO()
    _Terminal(out).write(f"a{style}b")
    assert out.getvalue() == f"a{style}b"


@pytest.mark.parametrize(
    "text", ["\x1b[8m", "\x1b[2J", "\x1b]0;x\x07", "\x1b[1;8m", "\x1b[48;5m", "\x1b[6n", "\r"]
)
def test_a_terminal_obeys_nothing_else(text):
    out = io.StringIO()
    _Terminal(out).write(f"a{text}b")
    assert "\x1b" not in out.getvalue()
    assert "\r" not in out.getvalue()


def commands():
    for name, one in typer.main.get_command(app).commands.items():
        for inner, sub in getattr(one, "commands", {None: one}).items():
            yield (name, *([inner] if inner else [])), sub


@pytest.mark.parametrize(
    ("name", "command"), [pytest.param(n, c, id=" ".join(n)) for n, c in commands()]
)
def test_help_has_examples_groups_and_no_backslashes(name, command):
    found = examples(command)
    assert len(found) >= 2
    for line in found:
        words = shlex.split(line)
        assert words[: len(name) + 1] == ["progsearch", *name]
        with command.make_context(" ".join(name), words[len(name) + 1 :]):
            pass
    with command.make_context(" ".join(name), [], resilient_parsing=True) as context:
        shown = command.get_help(context)
        groups = records(command, context)
    assert "\\[" not in shown
    assert all(line in shown for line in found)
    repeatable = {param.opts[0] for param in command.params if param.multiple}
    for rows in groups.values():
        for names, told in rows:
            assert ("repeatable" in told) == any(names.split(", ")[-1].startswith(f"{one} ")
                                                 for one in repeatable)  # fmt: skip
    if "--region" in shown:
        filters = {names for names, _ in groups["Filters"]}
        assert {"--region TEXT", "--since DATE"} <= filters
