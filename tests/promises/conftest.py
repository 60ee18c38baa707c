"""The programmes and the report in a folder of their own, and an index of them."""

from __future__ import annotations

import shutil

import pytest
from promises_making import HEAD, NEW, OLD, REPORT, run


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text, party in (("old", OLD, "A"), ("new", NEW, "B"), ("report", REPORT, "A")):
        head = HEAD.format(title=name, party=party)
        (tmp_path / f"{name}.md").write_text(head + text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def index(files):
    (files / "corpus").mkdir()
    for name in ("old", "new"):
        shutil.copy(files / f"{name}.md", files / "corpus")
    run("ingest", "corpus", "--quiet")
    return files
