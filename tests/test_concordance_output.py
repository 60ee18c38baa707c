"""What is shown and written of lines, lists, collocates, dispersion and the matrix."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from rich.text import Text

from progsearch.cli import app
from progsearch.cli._support.strips import strip
from progsearch.errors import ProgsearchError
from progsearch.export.display import width_of


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _here(project, demo, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setenv("PROGSEARCH_INDEX", str(demo))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")


def shown(monkeypatch, width, *words):
    """What a command prints on a terminal of that width."""
    monkeypatch.setenv("COLUMNS", str(width))
    out = Terminal()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        app(list(words), standalone_mode=False)
    return out.getvalue().splitlines()


def ran(*words):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        app([str(word) for word in words], standalone_mode=False)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("by", [(), ("--by", "party")])
def test_lines_stand_below_each_other_at_any_width(monkeypatch, width, by):
    lines = shown(monkeypatch, width, "kwic", "vård OR lékař", *by, "-n", "30")
    assert len(lines) == 30
    assert all(width_of(line) <= width for line in lines)
    # the words that matched begin in one column, and so do the places
    assert len({line.index("[") for line in lines}) == 1
    assert all("]" in line and ":" in line.rpartition(" ")[2] for line in lines)


def test_lines_are_coloured_where_there_are_colours(monkeypatch):
    monkeypatch.delenv("NO_COLOR")
    plain = shown(monkeypatch, 100, "kwic", "vård", "-n", "5")
    assert all("\x1b[1;33m" in line and "[vård" not in line for line in plain)
    assert len({Text.from_ansi(line).plain.count("") for line in plain}) <= 5


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(
    "words",
    [
        ("words", "--by", "party"),
        ("words", "--ngram", "3"),
        ("collocates", "vård"),
        ("dispersion", "vård", "--lang", "sv"),
        ("dispersion", "vård", "--by", "party"),
        ("dispersion", "vård", "--show", "groups"),
    ],
    ids=" ".join,
)
def test_tables_fit_a_terminal(monkeypatch, width, words):
    lines = shown(monkeypatch, width, *words)
    assert lines
    assert all(Text(line).cell_len <= width for line in lines)


def test_nothing_that_occurs_is_shown_as_none(monkeypatch):
    """Rates are cut for people; what is not 0 never looks as if it were."""
    from progsearch.export.tables import decimal

    assert [decimal(value) for value in (0, 0.04, 0.049, 0.05, 12.34)] == [
        *("0.0", "<0.1", "<0.1", "0.1", "12.3"),
    ]
    assert decimal(0.0004, 3) == "<0.001"
    for words in (("words",), ("words", "--ngram", "2"), ("dispersion", "vård")):
        for record in json.loads(ran(*words, "-f", "json")[0])[words[0]]:
            assert record["count"] > 0
            assert record["per_million_words"] > 0


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        ((), "····"),
        ((0.0, 1.0), "█··█"),
        ((0.3, 0.3, 0.6), "·█▄·"),
        ((0.1,) * 9 + (0.9,), "█··▁"),
    ],
)
def test_a_strip_has_a_mark_where_something_stands(places, wanted):
    if not places:
        assert strip((0.5,), 4) == "··█·"
        return
    assert strip(places, 4) == wanted


def test_every_format_has_the_same_lines(tmp_path):
    pytest.importorskip("openpyxl")
    import openpyxl

    told, _ = ran("kwic", "vård", "--by", "party", "--window", "3", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert list(rows[0])[:4] == ["party", "left", "match", "right"]
    assert (
        json.loads(ran("kwic", "vård", "--by", "party", "--window", "3", "-f", "json")[0])["kwic"][
            0
        ]["match"]
        == rows[0]["match"]
    )
    ran("kwic", "vård", "--by", "party", "--window", "3", "-o", tmp_path / "lines.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "lines.xlsx").worksheets[0]
    assert sheet.max_row == len(rows) + 1
    ran("kwic", "vård", "-o", tmp_path / "lines.csv")
    assert "language_data" in (tmp_path / "lines.about.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_the_picture_is_the_same_each_time(tmp_path, ending):
    pytest.importorskip("matplotlib")
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    for file in (first, second):
        ran("dispersion", "vård", "--by", "party", "--plot", file, "--title", "Vård")
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 4000
    if ending == "svg":
        drawn = first.read_text(encoding="utf-8")
        assert "Vård" in drawn
        assert "53 places in 10 documents" in drawn


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("dispersion", "xyzzyx", "--plot", "x.svg"), "there is nothing to draw"),
        (("dispersion", "vård", "--plot", "x.gif"), "no format for pictures"),
        (("dispersion", "vård", "--title", "x"), "--title is of a picture"),
        (("dispersion", "vård", "--show", "all"), "cannot show 'all'"),
        (("export", "dfm"), "this is no text for a terminal"),
        (("export", "dfm", "-f", "csv"), "no format 'csv'"),
    ],
)
def test_what_cannot_be_written_is_told(words, told):
    with pytest.raises(ProgsearchError) as error:
        ran(*words)
    assert told in str(error.value)
    assert error.value.remedy


# The matrix


def read_csv(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_r_reads_the_matrix_as_the_documentation_says(tmp_path):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    ran("export", "dfm", "--minimum", "2", "-o", tmp_path / "dfm.mtx")
    ran("compare", "--theme", "housing", "--by", "party", "-o", tmp_path / "housing.csv")
    docs = Path(__file__).parents[1] / "docs"
    script = (docs / "concordance.md").read_text(encoding="utf-8")
    script = script.partition("```r\n")[2].partition("```")[0]
    table = re.search(r"`(cells <- .+?)`", (docs / "howto.md").read_text(encoding="utf-8"))
    script += f"{table[1]}\ncat(sum(m), sum(parties), nrow(parties), sum(cells$passages))\n"
    done = subprocess.run(
        ["Rscript", "-e", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    if "no package called" in done.stderr:
        pytest.skip("R has no package Matrix")
    assert done.returncode == 0, done.stderr
    documents, features = (
        read_csv(tmp_path / "dfm.docs.csv"),
        read_csv(tmp_path / "dfm.features.csv"),
    )
    words = sum(int(one["count"]) for one in features)
    parties = len({one["party"] for one in documents})
    found = sum(int(one["passages"]) for one in read_csv(tmp_path / "housing.csv"))
    assert list(map(int, done.stdout.split())) == [words, words, parties, found]


@pytest.mark.parametrize(
    "more", [(), ("--lang", "sv", "--no-stop-words"), ("--of", "form", "vård")]
)
def test_the_matrix_is_read_back_with_its_names(tmp_path, more):
    io_ = pytest.importorskip("scipy.io")
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    ran("export", "dfm", *more, "-o", tmp_path / "m.mtx")
    ran("export", "dfm", *more, "-o", tmp_path / "m.parquet")
    matrix = io_.mmread(tmp_path / "m.mtx").toarray()
    documents, features = read_csv(tmp_path / "m.docs.csv"), read_csv(tmp_path / "m.features.csv")
    assert matrix.shape == (len(documents), len(features))
    assert [one["file"] for one in documents] == sorted(one["file"] for one in documents)
    names = [one["feature"] for one in features]
    assert names == sorted(names, key=lambda name: name.split(":", 1))
    assert matrix.sum(axis=0).tolist() == [int(one["count"]) for one in features]
    assert (matrix > 0).sum(axis=0).tolist() == [int(one["documents"]) for one in features]
    if "--no-stop-words" not in more:
        assert matrix.sum(axis=1).tolist() == [int(one["words"]) for one in documents]
    long = pandas.read_parquet(tmp_path / "m.parquet")
    assert len(long) == (matrix > 0).sum()
    wide = long.astype({"document": str, "feature": str}).pivot(
        index="document", columns="feature", values="count"
    )
    for at, one in enumerate(documents):
        row = wide.loc[one["document"]].fillna(0)
        assert [int(row[name]) for name in names] == matrix[at].tolist()
    assert json.loads((tmp_path / "m.about.json").read_text(encoding="utf-8"))["command"] == (
        "export dfm"
    )


def test_the_matrix_counts_what_the_list_of_words_counts(tmp_path):
    ran("export", "dfm", "-o", tmp_path / "m.mtx")
    told = json.loads(ran("words", "-f", "json")[0])["words"]
    counted = {f"{one['lang']}:{one['words']}": (one["count"], one["documents"]) for one in told}
    features = read_csv(tmp_path / "m.features.csv")
    assert counted == {
        one["feature"]: (int(one["count"]), int(one["documents"])) for one in features
    }


# Patterns


@pytest.mark.parametrize("pattern", ["*vård*", "vård?", "/vård(central|garanti).*/", "vård*"])
def test_for_how_many_forms_a_pattern_stands_is_said_and_they_are_listed(pattern):
    told, said = ran("explain", pattern, "-f", "json")
    forms = len(json.loads(told))
    assert forms
    line = f"{pattern} stands for {forms} form{'s' if forms > 1 else ''}"
    assert line in said
    for words in (("search",), ("count",), ("compare",), ("kwic",), ("collocates",)):
        assert line in ran(*words, pattern)[1]


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("party:Nope", "party:Nope: the index has no passage with party 'Nope'; it has "),
        ("vård NOT year:1920", "year:1920: the index has no passage with year '1920'; "),
        ("lemma:lekar", "lemma:lekar: no form here has that lemma; "),
        ("vård OR lemma:vården", "lemma:vården: no form here has that lemma; "),
        ("role:goal lemma:vård", ""),
    ],
)
@pytest.mark.parametrize("command", ["search", "count", "compare", "kwic", "words"])
def test_a_field_or_a_lemma_that_no_passage_has_is_said(command, asked, line):
    said = ran(command, asked)[1]
    assert line in said
    assert bool(line) == ("the index has no" in said or "no form here" in said)


def test_a_pattern_that_stands_for_nothing_is_said():
    assert "xyzzy? stands for no form" in ran("search", "xyzzy?")[1]
    with pytest.raises(ProgsearchError, match="stands for too much"):
        ran("search", "?a*")
