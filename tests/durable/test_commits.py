"""An index is the old one or the new one: generations, locks, versions, damage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import pytest
from durable_making import everything, fill, ids, one

from progsearch import __version__
from progsearch.engine import create, installed, mark, open_engine
from progsearch.engine.mark import LOCK, MARK, Mark, generations, read_mark, write_mark
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.settings import Settings
from progsearch.verify import index_findings


def strays(folder):
    """What lies in an index's folder and is no part of the index."""
    known = read_mark(folder)
    named = {f"{known.generation}/{file}" for file in known.files} | {MARK, LOCK}
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    return sorted(file for file in found - named if not file.endswith(".tantivy-meta.lock"))


def test_readers_go_on_while_others_commit(name, tmp_path):
    fill(create(name, tmp_path), one("a"), one("b")).close()
    reader = open_engine(tmp_path)
    before = open_engine(tmp_path)
    wanted = everything(before)
    before.close()
    fill(create(name, tmp_path), one("a", "Nemocnice"), one("c")).close()
    assert everything(reader) == wanted  # it had read nothing yet
    reader.close()
    assert ids(tmp_path) == ["a", "b", "c"]


def test_what_earlier_runs_left_is_taken_away_by_the_next(name, tmp_path):
    fill(create(name, tmp_path), one("a")).close()
    aside = tmp_path / f"{name}-000007"
    aside.mkdir()
    (aside / "half").write_bytes(b"x")
    (tmp_path / f".{MARK}").write_text("{", encoding="utf-8")
    keep = tmp_path / "README.md"
    keep.write_text("mine", encoding="utf-8")
    fill(create(name, tmp_path), one("b")).close()
    fill(create(name, tmp_path), one("c")).close()
    with create(name, tmp_path).writer():
        pass
    assert strays(tmp_path) == ["README.md"]
    assert len(generations(tmp_path)) == 1
    assert ids(tmp_path) == ["a", "b", "c"]


def test_a_commit_does_not_touch_the_files_of_the_generation_before(name, tmp_path):
    fill(create(name, tmp_path), one("a"), one("b")).close()
    before = read_mark(tmp_path)
    engine = create(name, tmp_path)
    with engine.writer() as writer:
        writer.remove("a")
        writer.add(one("c"))
        writer.commit({})
    engine.close()
    assert not list(mark.faults(tmp_path, before, whole=True))


def test_a_file_system_without_links_gets_copies(name, tmp_path, monkeypatch):
    def refused(*_):
        raise OSError(1, "no links here")

    monkeypatch.setattr("os.link", refused)
    fill(create(name, tmp_path), one("a")).close()
    fill(create(name, tmp_path), one("b")).close()
    assert ids(tmp_path) == ["a", "b"]
    assert not [found for found in index_findings(tmp_path) if found.what]


def test_all_files_are_synced_before_the_mark_and_the_folder_after_it(name, tmp_path, monkeypatch):
    done = []
    monkeypatch.setattr(mark, "sync", lambda path: done.append(path.name))
    replace = Path.replace

    def replaced(self, target):
        done.append(f"-> {Path(target).name}")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", replaced)
    fill(create(name, tmp_path / "index"), one("a")).close()
    known = read_mark(tmp_path / "index")
    at = done.index(f"-> {MARK}")
    assert {*known.files, known.generation, "index", f".{MARK}"} == set(done[:at])
    assert done.index(known.generation) > max(map(done.index, known.files))
    assert done[at + 1 :] == ["index"]


@pytest.mark.parametrize("first", [True, False])
def test_a_full_disk_leaves_the_old_index_and_one_line(name, tmp_path, first):
    pytest.importorskip("resource")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    folder = tmp_path / "index"
    if not first:
        (corpus / "one.md").write_text("A small document.\n", encoding="utf-8")
        engine = create(name, folder)
        list(ingest(engine, [corpus], Settings(detected=("en",))))
        engine.close()
    words = " ".join(f"word{number}" for number in range(9000))
    (corpus / "two.md").write_text(f"{words}\n", encoding="utf-8")
    asked = ["ingest", str(corpus), "--index", str(folder), "--languages", "en", "--engine", name]
    asked += ["--quiet"]
    script = (
        "import resource, sys\nsys.dont_write_bytecode = True  # the limit would cut it\n"
        "from progsearch.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        f"sys.argv = {['progsearch', *asked]!r}\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "File too large" in done.stderr
    assert done.stderr.startswith(f"progsearch: {folder}: ")
    assert "the disk has room" in done.stderr
    if first:
        assert read_mark(folder) is None
    else:
        assert len(ids(folder)) == 1
        assert not strays(folder)


@pytest.mark.parametrize("other", installed())
def test_a_rebuild_that_fails_leaves_the_old_index(name, other, tmp_path):
    fill(create(name, tmp_path), one("a")).close()

    def fail():
        engine = create(other, tmp_path, rebuild=True)
        assert not list(engine.documents())
        with engine.writer() as writer:
            writer.add(one("b"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert ids(tmp_path) == ["a"]
    fill(create(other, tmp_path, rebuild=True), one("b")).close()
    assert ids(tmp_path) == ["b"]
    assert read_mark(tmp_path).engine == other


UNUSABLE = {
    "of a newer version": lambda told: {**told, "schema": 99, "progsearch": "9.9"},
    "of an older version": lambda told: {**told, "schema": 1},
    "of the time before marks had a version": lambda told: {"engine": "whoosh"},
    "of another format of the library": lambda told: {**told, "library": "Whoosh 1.0"},
    "of an unknown engine": lambda told: {**told, "engine": "none"},
    "that leads elsewhere": lambda told: {**told, "generation": "../../etc"},
    "that is no object": lambda told: [told],
    "without files": lambda told: {**told, "files": None},
}


@pytest.mark.parametrize("change", UNUSABLE.values(), ids=UNUSABLE)
def test_a_mark_that_does_not_fit_is_refused_and_can_be_rebuilt(name, tmp_path, change):
    fill(create(name, tmp_path), one("a")).close()
    told = json.loads((tmp_path / MARK).read_text(encoding="utf-8"))
    (tmp_path / MARK).write_text(json.dumps(change(told)), encoding="utf-8")
    for opened in (open_engine, lambda folder: create(None, folder)):
        with pytest.raises(ProgsearchError) as error:
            opened(tmp_path)
        assert error.value.remedy
    fill(create(name, tmp_path, rebuild=True), one("b")).close()
    assert ids(tmp_path) == ["b"]


def test_the_files_of_the_old_layout_go_when_the_index_is_made_anew(tmp_path):
    (tmp_path / MARK).write_text('{"engine": "whoosh"}', encoding="utf-8")
    for old in ("MAIN_0123456789abcdef.trm", "_MAIN_3.toc", "MAIN_WRITELOCK"):
        (tmp_path / old).write_bytes(b"old")
    with pytest.raises(ProgsearchError, match=r"older version.*--rebuild"):
        open_engine(tmp_path)
    fill(create(None, tmp_path, rebuild=True), one("a")).close()
    with create(None, tmp_path).writer():
        pass
    assert strays(tmp_path) == []


def test_what_is_told_of_a_newer_version(tmp_path):
    write_mark(tmp_path, Mark("whoosh", "Whoosh 2.7", "whoosh-000001", {}, "9.9", 99))
    with pytest.raises(ProgsearchError, match=r"a newer version \(9\.9\).*upgrade progsearch"):
        open_engine(tmp_path)
    assert asdict(Mark("whoosh", "", "", {}))["progsearch"] == __version__


def test_a_second_writer_is_told_who_the_first_is(name, tmp_path):
    engine, second = create(name, tmp_path), create(name, tmp_path)
    with (
        engine.writer(),
        pytest.raises(ProgsearchError, match=rf"process {os.getpid()} on .*, since \d{{4}}"),
        second.writer(),
    ):
        pass
    engine.close()


def test_a_second_writer_can_wait(name, tmp_path):
    first, told = create(name, tmp_path), []
    second = create(name, tmp_path, waiting=told.append)
    entered = threading.Event()

    def write():
        with first.writer() as writer:
            entered.set()
            writer.add(one("a"))
            while not told:
                pass
            writer.commit({})

    thread = threading.Thread(target=write)
    thread.start()
    entered.wait()
    with second.writer() as writer:
        writer.add(one("b"))
        writer.commit({})
    thread.join()
    assert f"process {os.getpid()}" in told[0]
    # The second one has seen what the first one wrote while it waited.
    assert ids(tmp_path) == ["a", "b"]


def test_the_lock_of_a_dead_process_is_no_lock(name, tmp_path):
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom progsearch.engine.lock import only_writer\n"
        "with only_writer(Path(sys.argv[1])):\n    os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert (tmp_path / f".{LOCK}.json").is_file()
    fill(create(name, tmp_path), one("a")).close()
    assert ids(tmp_path) == ["a"]
