"""The commands as a user runs them, on the demonstration corpus."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tomllib
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from progsearch import __version__
from progsearch.cli import COMMANDS, app
from progsearch.errors import ProgsearchError


@pytest.fixture(scope="module")
def index(demo):
    """An index of the demonstration corpus."""
    return str(demo)


@pytest.fixture(autouse=True)
def _here(project, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setenv("COLUMNS", "80")


class Ran(NamedTuple):
    code: int
    stdout: str
    stderr: str


def run(*words):
    """A command in this process; its errors are raised."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = app(list(words), standalone_mode=False)
    return Ran(code or 0, out.getvalue(), err.getvalue())


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_help_names_every_command():
    text = run("--help").stdout
    for name in COMMANDS:
        assert name in text
    assert __version__ in run("--version").stdout


def test_search_finds_every_form_and_says_where(index):
    result = run("search", "sjuksköterska", "--index", index, "-n", "3")
    first = result.stdout.splitlines()[0]
    path, _, line = first.rpartition(":")
    assert path.startswith("corpus/se/")
    text = Path(path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert "sjuksköt" in text.lower()
    assert "[" in result.stdout
    assert "--limit shows more" in result.stderr


def test_filters_may_be_repeated_and_are_resolved_by_name(index):
    result = run(
        "search", "--region", "Kronoberg", "--region", "cz-51", "-f", "csv", "--index", index
    )
    assert {row["region"] for row in rows(result.stdout)} == {"SE-G", "CZ-51"}


def test_search_without_words_lists_in_the_order_of_the_sources(index):
    result = run("search", "--role", "measure", "--format", "csv", "--index", index)
    found = rows(result.stdout)
    assert {row["role"] for row in found} == {"measure"}
    places = [(row["file"], int(row["line"])) for row in found]
    assert places == sorted(places)
    assert len(found) > 20


def test_formats_hold_the_same_hits(index):
    options = ["lékař", "OR", "läkare", "--index", index]
    ids = [row["id"] for row in rows(run("search", *options, "-f", "csv").stdout)]
    assert ids
    assert [one["id"] for one in json.loads(run("search", *options, "-f", "json").stdout)] == ids
    lines = run("search", *options, "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    assert run("search", *options, "-f", "md", "-n", "1").stdout.startswith(">")
    assert "[" in run("search", *options, "-f", "kwic", "-n", "1").stdout


def test_a_file_of_hits_is_in_the_format_of_its_name_and_says_what_was_asked(index, tmp_path):
    asked = ("search", "lékař", "--lang", "cs", "--index", index, "-o")
    wanted = rows(run(*asked[:-1], "-f", "csv").stdout)
    run(*asked, str(tmp_path / "hits.csv"))
    assert rows((tmp_path / "hits.csv").read_text(encoding="utf-8")) == wanted
    told = json.loads((tmp_path / "hits.about.json").read_text(encoding="utf-8"))
    assert told["query"] == {"words": "lékař"}
    assert told["filters"]["lang"] == ["cs"]
    assert told["corpus"]["hash"]

    openpyxl = pytest.importorskip("openpyxl", reason="the extra dev is not installed")
    run(*asked, str(tmp_path / "hits.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "hits.xlsx")
    names, *found = book["hits"].iter_rows(values_only=True)
    found = [dict(zip(names, one, strict=True)) for one in found]
    assert [one["id"] for one in found] == [one["id"] for one in wanted]
    assert [one["line"] for one in found] == [int(one["line"]) for one in wanted]
    for one, other in zip(found, wanted, strict=True):
        inside = [m for m in json.loads(other["matches"]) if m["where"] == "text"]
        assert bool(one["matched"]) == bool(inside)
    assert ("words", "lékař") in [row[:2] for row in book["about"].iter_rows(values_only=True)]


def test_asides_are_left_out_unless_asked_for(index):
    def roles(*more):
        found = rows(run("search", "-f", "csv", "--index", index, *more).stdout)
        return {row["role"] for row in found}

    asides = {"heading", "teaser", "navigation", "byline"}
    assert not roles() & asides
    assert asides <= roles("--asides")
    assert roles("--role", "teaser") == {"teaser"}


def test_count_agrees_with_search(index):
    counted = run("count", "lékař", "--by", "region,party", "-f", "csv", "--index", index)
    assert len(rows(counted.stdout)) > 2
    for row in rows(counted.stdout):
        inside = ("--region", row["region"], "--party", row["party"], "--duplicates", "once")
        found = run("search", "lékař", *inside, "-f", "csv", "--index", index).stdout
        assert int(row["passages"]) == len(rows(found))
        rate = 1000 * int(row["passages"]) / int(row["of_passages"])
        assert float(row["rate_per_1000"]) == pytest.approx(rate, abs=0.0001)


def test_counts_are_the_cells_of_a_comparison(index, tmp_path):
    words = ("--theme", "hospitals", "--theme", "rail", "--by", "party,lang", "--index", index)
    counted = rows(run("count", *words, "-f", "csv").stdout)
    compared = rows(run("compare", *words, "-f", "csv").stdout)
    found = [row for row in compared if row["passages"] != "0"]
    assert counted == [{name: row[name] for name in counted[0]} for row in found]
    file = tmp_path / "counts.csv"
    run("count", *words, "--schema", "-o", str(file))
    assert rows(file.read_text(encoding="utf-8")) == counted
    kept = json.loads((tmp_path / "counts.about.json").read_text(encoding="utf-8"))
    assert kept["query"] == {"themes": ["hospitals", "rail"], "by": ["party", "lang"]}
    schema = json.loads((tmp_path / "counts.schema.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in schema["fields"]] == list(counted[0])
    assert schema["primaryKey"] == ["theme", "party", "lang"]


def test_commitment_is_a_filter_a_field_a_column_and_a_group(index):
    words = ("--theme", "hospitals", "-f", "csv", "--index", index)
    every = rows(run("search", *words).stdout)
    strong = [row["id"] for row in every if row["commitment"] == "strong"]
    assert 0 < len(strong) < len(every)
    chosen = rows(run("search", *words, "--commitment", "strong").stdout)
    assert [row["id"] for row in chosen] == strong
    asked = rows(run("search", "commitment:strong", *words).stdout)
    assert {row["id"] for row in asked} == set(strong)
    counted = rows(run("count", *words, "--by", "commitment", "--duplicates", "keep").stdout)
    (row,) = (row for row in counted if row["commitment"] == "strong")
    assert int(row["passages"]) == len(strong)


def test_dates_bound_the_results(index):
    found = rows(
        run(
            "search", "--since", "2024", "--until", "2024-12-31", "-f", "csv", "--index", index
        ).stdout
    )
    assert {row["date"][:4] for row in found} == {"2024"}


def test_show_gives_facts_with_their_origin(index):
    path = "corpus/cz/strana-venkova-a-mest/zlinsky/digitalni-kraj.md"
    text = run("show", path, "--index", index).stdout
    assert "(default)" in text
    assert "copy of" in text
    passage = next(
        word
        for word in text.split()
        if "." in word and word[0] in "0123456789abcdef" and word.partition(".")[2].isdigit()
    )
    assert passage in run("show", passage, "--index", index).stdout


def test_show_gives_the_source_back_to_the_letter(index, tmp_path, project):
    for path in (
        "corpus/se/partier/omsorgsdemokraterna-partiprogram-2024.txt",
        "corpus/cz/strana-venkova-a-mest/zlinsky/skolstvi.md",
    ):
        copy = tmp_path / "copy"
        run("show", path, "--source", "-o", str(copy), "--index", index)
        assert copy.read_bytes() == (project / path).read_bytes()


@pytest.mark.parametrize(
    "what", ["documents", "regions", "parties", "languages", "failures", "notes"]
)
@pytest.mark.parametrize("format_", ["table", "csv", "json", "md"])
def test_lists(index, what, format_):
    text = run("list", what, "-f", format_, "--index", index).stdout
    if format_ == "json":
        assert isinstance(json.loads(text), list)
    if what == "regions":
        assert "SE-G" in text


def explained(*words):
    return rows(run("explain", *words, "-f", "csv").stdout)


def test_explain_shows_keys_and_steps_of_a_word(index):
    found = {row["lang"]: row for row in explained("sjuksköterskor", "--index", index)}
    assert "sjuksköterska" in found["sv"]["keys"].split()
    assert (found["sv"]["step"], found["sv"]["in_index"]) == ("dictionary", "yes")
    assert found["cs"]["in_index"] == "no"
    unknown = {row["lang"]: row for row in explained("sjukvårdspersonalen", "--index", index)}
    assert {"sjukvård", "personal"} <= set(unknown["sv"]["parts"].split())


def test_explain_shows_what_a_word_may_be_without_its_accents(index):
    words = {row["word"] for row in explained("lekar", "--index", index)}
    assert "lékař" in words


def test_explain_shows_why_a_passage_matched(index):
    hit = rows(run("search", "sjuksköterska", "-f", "csv", "--index", index).stdout)[0]
    words = {row["word"]: row for row in explained(hit["id"], "--index", index)}
    assert any("sjuksköterska" in row["keys"].split() for row in words.values())
    why = run("explain", hit["id"], "-q", "sjuksköterska", "-f", "csv", "--index", index)
    assert {row["term"] for row in rows(why.stdout)} == {"sjuksköterska"}
    assert "the passage matches" in why.stderr
    other = run("explain", hit["id"], "-q", "sjuksköterska NOT sjuksköterska", "--index", index)
    assert "does not match" in other.stderr


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["search", "a (b"], "bracket is not closed"),
        (["search", "a", "--region", "Narnia"], "Narnia"),
        (["search", "a", "--party", "Nobody"], "no passage with party"),
        (["search", "a", "--since", "tomorrow"], "--since"),
        (["search", "a", "--since", "2024", "--until", "2023"], "is after"),
        (["search", "a", "--format", "pdf"], "no format"),
        (["search", "a", "--duplicates", "some"], "--duplicates"),
        (["count", "a", "--by", "colour"], "cannot group by"),
        (["count", "a", "--by", "region,party,year,lang"], "at most 3"),
        (["list", "cats"], "cannot list"),
        (["explain", "…"], "holds no word"),
        (["explain", "nothing", "-q", "a"], "no passage"),
        (["show", "nothing"], "no document or passage"),
        (["ingest", "nowhere"], "no such file"),
        (["ingest", "--set", "party"], "--set"),
        (["ingest", "--set", "colour=red"], "colour"),
        (["ingest", "--languages", "xx"], "no language"),
    ],
)
def test_mistakes_are_one_clear_error(index, words, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        run(*words, "--index", index)
    assert caught.value.remedy


def test_no_index_says_what_to_do(tmp_path):
    with pytest.raises(ProgsearchError, match="progsearch ingest"):
        run("search", "a", "--index", str(tmp_path / "none"))


def command(*words, **more):
    environment = os.environ | {"COLUMNS": "80", "PYTHONUTF8": "0"} | more.pop("env", {})
    return subprocess.run(
        [sys.executable, "-m", "progsearch", *words],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
        **more,
    )


def test_the_error_boundary_is_one_line_and_a_code(index):
    done = command("search", "a", "--party", "Nobody", "--index", index)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("progsearch: --party:")


def test_output_goes_to_a_file_as_a_whole_or_not_at_all(index, tmp_path):
    file = tmp_path / "hits.csv"
    done = command("search", "lékař", "-f", "csv", "--bom", "-o", str(file), "--index", index)
    assert (done.returncode, done.stdout) == (0, "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid,document")
    before = file.read_bytes()
    assert command("search", "a (", "-o", str(file), "--index", index).returncode == 1
    assert file.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == {"hits.csv", "hits.about.json"}
    missing = command("search", "lékař", "-o", str(tmp_path / "no" / "x"), "--index", index)
    assert missing.returncode == 1
    assert "cannot be written" in missing.stderr


def test_a_failed_file_is_told_by_the_exit_code(tmp_path):
    (tmp_path / "good.md").write_text("Dobrý text o lékařích.", encoding="utf-8")
    (tmp_path / "bad.md").write_bytes(b"a\x00b")
    index = str(tmp_path / "index")
    done = command("ingest", str(tmp_path / "good.md"), str(tmp_path / "bad.md"), "--index", index)
    assert done.returncode == 3
    assert "bad.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert "bad.md" in command("list", "failures", "--index", index).stdout
    assert command("search", "lékař", "--index", index).stdout
    assert command("check", str(tmp_path / "bad.md")).returncode == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_an_error(index):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "progsearch", "search", "-f", "csv", "--index", index],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("progsearch: ")
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise on Windows")
def test_a_closed_pipe_is_quiet(index):
    with subprocess.Popen(
        [sys.executable, "-m", "progsearch", "search", "-f", "csv", "--index", index],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        running.stdout.read(10)
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


HEAVY = {
    "simplemma",
    "langdetect",
    "whoosh",
    "rich",
    "frontmatter",
    "yaml",
    "pydantic",
    "lemmagen3",
}


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        (["--help"], set()),
        (["search", "--help"], {"rich"}),
        (["search", "lékař"], set()),
        (["search", "lékař", "-f", "csv"], set()),
        (["search", "lekar"], set()),
        (["show", "corpus/se/partier/omsorgsdemokraterna-partiprogram-2024.txt"], set()),
        (["count", "lékař"], {"rich"}),
        (["list", "documents", "-f", "csv"], set()),
        (["ingest", "corpus"], set()),
    ],
)
def test_commands_load_nothing_heavy_that_they_do_not_need(index, words, allowed):
    asked = ["progsearch", *words, *([] if "--help" in words else ["--index", index])]
    script = (
        f"import sys\nfrom progsearch.cli import main\nsys.argv = {asked!r}\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('\\nLOADED ' + ' '.join(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    names = set(done.stderr.rpartition("LOADED ")[2].split())
    # Of Whoosh, only the number of its version is needed to read an index.
    loaded = {name.partition(".")[0] for name in names - {"whoosh"}}
    assert HEAVY & loaded <= allowed


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_line_in_one_place(name):
    alone = typer.Typer()
    import_module(f"progsearch.cli.{name}").register(alone)
    (info,) = (*alone.registered_commands, *alone.registered_groups)
    assert info.name == name
    assert not isinstance(info.short_help, str)
    assert COMMANDS[name].endswith((".", "…"))


@pytest.mark.parametrize(
    "module", ["progsearch.cli", "typer", "progsearch.errors", "progsearch.cli.list"]
)
def test_ctrl_c_while_modules_are_imported_is_no_traceback(module):
    script = (
        "import importlib.abc, runpy, signal, sys\n"
        "class CtrlC(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name == {module!r}:\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, CtrlC())\n"
        "sys.argv = ['progsearch', 'list', 'regions']\n"
        "runpy.run_module('progsearch', run_name='__main__', alter_sys=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip() in ("", "progsearch: stopped")


def test_the_command_is_that_of_the_module(project):
    scripts = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert scripts["project"]["scripts"] == {"progsearch": "progsearch.__main__:main"}
