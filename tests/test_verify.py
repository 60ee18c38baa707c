"""``progsearch verify``: the index against its checksums and against the files."""

from __future__ import annotations

import csv
import io
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace

import pytest

from progsearch.cli import app
from progsearch.engine import create, installed
from progsearch.engine.mark import read_mark
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.settings import Settings
from progsearch.state import files_of, summary_of
from progsearch.verify import document_findings, file_findings


@pytest.fixture(params=installed())
def name(request):
    return request.param


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "below").mkdir(parents=True)
    for one in ("a.md", "b.md", "below/č.md"):
        (folder / one).write_text(f"# Text {one}\n\nA paragraph.\n\nAnother.\n", encoding="utf-8")
    return folder


@pytest.fixture
def index(name, corpus, tmp_path):
    engine = create(name, tmp_path / "index")
    list(ingest(engine, [corpus], Settings(detected=("en",))))
    engine.close()
    return tmp_path / "index"


def verify(index, *words):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        words = ["verify", "--index", str(index), "-f", "csv", *map(str, words)]
        code = app(words, standalone_mode=False)
    found = [(row["part"], row["finding"]) for row in csv.DictReader(io.StringIO(out.getvalue()))]
    return code or 0, found, err.getvalue()


def test_nothing_is_listed_when_all_is_well(index):
    code, found, told = verify(index)
    assert (code, found) == (0, [])
    assert "3 documents are whole, 0 faults\n3 files are unchanged, 0 differ" in told


def test_files_are_compared_by_content(index, corpus):
    (corpus / "a.md").touch()
    (corpus / "b.md").write_text("Other text.\n", encoding="utf-8")
    (corpus / "below" / "č.md").unlink()
    code, found, told = verify(index)
    assert (code, found) == (3, [("file", "changed"), ("file", "missing")])
    assert "progsearch ingest PATH" in told
    assert verify(index, corpus / "a.md")[:2] == (0, [])
    assert verify(index, corpus / "below")[:2] == (3, [("file", "missing")])


def test_what_cannot_be_read_is_told(index, corpus):
    (corpus / "a.md").unlink()
    (corpus / "a.md").mkdir()
    code, found, _ = verify(index)
    assert (code, found) == (3, [("file", "unreadable: not a file but a folder behind a link")])


def test_files_of_a_commit_are_looked_for_there(name, corpus, tmp_path):
    def git(*words):
        who = ("-c", "user.name=a", "-c", "user.email=a@b.c")
        subprocess.run(["git", "-C", str(corpus), *who, *words], check=True, capture_output=True)

    try:
        git("init")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git")
    git("add", ".")
    git("commit", "-m", "one")
    engine = create(name, tmp_path / "index")
    list(ingest(engine, [corpus], Settings(detected=("en",), rev="HEAD")))
    (corpus / "a.md").write_text("Other text.\n", encoding="utf-8")
    assert [one.what for one in file_findings(engine)] == ["", "", ""]
    (corpus / ".git" / "HEAD").unlink()
    assert {one.what for one in file_findings(engine)} == {"missing"}
    engine.close()


def test_a_damaged_index_is_told_with_its_files_and_the_remedy(index):
    file = next(iter(read_mark(index).files))
    place = index / read_mark(index).generation / file
    place.write_bytes(place.read_bytes() + b"x")
    code, found, told = verify(index)
    assert (code, len(found)) == (1, 1)
    assert "ingest --rebuild" in told


def test_documents_that_are_not_whole_are_found(name, index):
    """What no checksum shows: an index that was written wrong."""
    engine = create(name, index)
    files, summary = files_of(engine), summary_of(engine)
    first, second, third = sorted(files.indexed)
    with engine.writer() as writer:
        writer.remove(files.indexed[first].documents[0])
        files.indexed[second] = replace(files.indexed[second], passages=9)
        del files.indexed[third]
        writer.commit({"files": files.as_record(), "summary": summary.as_record()})
    what = [one.what for one in document_findings(engine) if one.what]
    engine.close()
    assert len(what) == 5
    for at, part in enumerate(("is missing", "and had", "and had 9", "no file", "tells of 3")):
        assert part in what[at]
    assert verify(index)[0] == 1


def test_other_language_data_is_told(index, name):
    engine = create(name, index)
    summary = replace(summary_of(engine), language_data="0/old")
    with engine.writer() as writer:
        writer.commit({"summary": summary.as_record()})
    engine.close()
    code, found, _ = verify(index)
    assert code == 3
    assert found[0][1].startswith("was 0/old and is ")
    with pytest.raises(ProgsearchError, match=r"other language data.*--rebuild"):
        app(["search", "text", "--index", str(index)], standalone_mode=False)
