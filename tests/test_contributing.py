"""What CONTRIBUTING.md says is enough to add something is enough: it is done in a copy."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

MOST = 4
"""Files that an addition may touch, beside its tests."""


class Row(NamedTuple):
    file: str
    registry: str


def rows(project):
    """The table of CONTRIBUTING.md: what to add, the new file, and the file with the list."""
    text = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = {}
    for what, file, line in re.findall(
        r"^\| (an? [^|]+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE
    ):
        path = re.match(r"`(progsearch/[^`]+)`", file)
        lists = re.findall(r"`(progsearch/[\w/.]+\.py)`", line)
        found[what] = Row(path[1] if path else "", lists[0] if lists else "")
    return found


TSV_HITS = '''"""Tab-separated values."""

def write(hits, out):
    """Write a line a hit."""
    for hit in hits:
        out.write(f"{hit.file}\\t{hit.passage.line}\\n")
'''
TSV_TABLES = '''"""Tab-separated values."""

def write(tables, about, out):
    """Write the first table."""
    out.write("\\t".join(column.name for column in tables[0].columns) + "\\n")
'''
LETTER = '''"""Letters: the first line says to whom."""

from dataclasses import replace

from progsearch.readers.text import plaintext


def sniff(head, path):
    """Whether it is one."""
    return path.suffix == ".txt" and head.startswith("Dear ")


def read(text, path):
    """The letter."""
    raw = plaintext.read(text, path)
    return replace(raw, format="letter")
'''
COMMAND = '''"""``progsearch greet``."""

import typer


def greet() -> None:
    """Say good day.

    Examples:
      progsearch greet
      progsearch greet --help
    """
    typer.echo("good day")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("greet")(greet)
'''
ITALIAN = """    Language(
        "it",
        "Italian",
        "italiano",
        chain=("dictionary", "analogy"),
        stop_words="a che con da del della di e gli i il in la le ma nel non o per più se si su un",
    ),
"""
"""A language of a small dictionary, for it is read and kept."""


class Copy:
    """A copy of the package, in which what was touched is counted."""

    def __init__(self, project, folder):
        self.folder = folder
        self.touched = set()
        # With what is compiled, which is a second of work.
        shutil.copytree(project / "progsearch", folder / "progsearch")

    def new(self, name, text):
        file = self.folder / name
        assert file.parent.is_dir(), f"{name} is in a folder that does not exist"
        assert not file.exists()
        file.write_text(text, encoding="utf-8")
        self.touched.add(name)

    def line(self, name, before, line):
        file = self.folder / name
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{before!r} in {name}"
        file.write_text(text.replace(before, line + before), encoding="utf-8")
        self.touched.add(name)

    def run(self, *words):
        done = subprocess.run(
            [sys.executable, "-m", "progsearch", *map(str, words)],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.folder), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def copy(project, tmp_path):
    return Copy(project, tmp_path)


def test_an_output_of_hits(project, copy, demo):
    row = rows(project)["an output of hits"]
    copy.new(row.file.replace("NAME", "tsv"), TSV_HITS)
    copy.line(
        row.registry, "    # Hits:", '    Format("hits", "tsv", "progsearch.export.tsv:write"),\n'
    )
    copy.run("search", "lékař", "-n", "3", "-o", "x.tsv", "--index", demo)
    lines = (copy.folder / "x.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert all(re.fullmatch(r".+\t\d+", line) for line in lines)
    assert "|tsv" in copy.run("search", "--help") or "tsv|" in copy.run("search", "--help")
    assert len(copy.touched) <= MOST


def test_an_output_of_tables(project, copy, demo):
    row = rows(project)["an output of tables"]
    copy.new(row.file.replace("NAME", "tsv"), TSV_TABLES)
    line = '    Format("tables", "tsv", "progsearch.export.tables.tsv:write"),\n'
    copy.line(row.registry, "    # Tables:", line)
    for words in (["list", "regions"], ["count", "lékař"], ["themes", "list"]):
        index = [] if words[0] == "themes" else ["--index", demo]
        copy.run(*words, "-o", "x.tsv", *index)
        assert "\t" in (copy.folder / "x.tsv").read_text(encoding="utf-8")
    assert len(copy.touched) <= MOST


def test_a_reader(project, copy):
    row = rows(project)["a format of files"]
    copy.new(row.file.replace("FAMILY", "text").replace("NAME", "letter"), LETTER)
    imported = "from progsearch.readers.web import html\n"
    copy.line(row.registry, imported, "from progsearch.readers.text import letter\n")
    listed = '    "plaintext": Reader('
    copy.line(row.registry, listed, '    "letter": Reader(letter.sniff, letter.read),\n')
    (copy.folder / "in").mkdir()
    (copy.folder / "in" / "a.txt").write_text("Dear all,\n\nWe promise doctors.\n", "utf-8")
    copy.run("ingest", "in", "-q", "--languages", "en")
    assert "format    letter" in copy.run("show", "in/a.txt")
    assert len(copy.touched) <= MOST


def test_a_language(project, copy):
    row = rows(project)["a language"]
    copy.line(row.registry, ")\n\nLANGUAGES: ", ITALIAN)
    (copy.folder / "in").mkdir()
    text = "Promettiamo più medici in ogni ospedale e liste d'attesa più brevi nella regione.\n"
    (copy.folder / "in" / "a.txt").write_text(text, encoding="utf-8")
    copy.run("ingest", "in", "-q", "--languages", "it,en,sv")
    (hit,) = json.loads(copy.run("search", "medico", "-f", "json"))
    assert hit["lang"] == "it"
    assert text[hit["matches"][0]["start"] : hit["matches"][0]["end"]] == "medici"
    assert len(copy.touched) <= MOST


def test_a_command(project, copy):
    row = rows(project)["a command"]
    copy.new(row.file.replace("NAME", "greet"), COMMAND)
    copy.line(row.registry, '    "run": "', '    "greet": "Say good day.",\n')
    assert copy.run("greet") == "good day\n"
    assert "Say good day." in copy.run("--help")
    assert "progsearch greet --help" in copy.run("greet", "--help")
    assert len(copy.touched) <= MOST


def test_every_row_names_files_that_exist(project):
    found = rows(project)
    assert len(found) >= 8
    for what, row in found.items():
        assert not row.registry or (project / row.registry).is_file(), what
        folder = Path(row.file.replace("FAMILY", "text")).parent
        assert not row.file or (project / folder).is_dir(), what
