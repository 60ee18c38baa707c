"""Errors of commands, files that cannot be written, pipes, and what a command loads."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import typer
from cli_making import explained, rows, run

from progsearch.cli import COMMANDS
from progsearch.errors import ProgsearchError


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
