"""What is left after a run that was stopped, and what a damaged index says."""

from __future__ import annotations

import io
import os
import random
import shutil
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

import every_command
import pytest
from durable_making import everything, fill, ids, one

from progsearch.cli import app
from progsearch.cli._support.index import reading
from progsearch.engine import ENGINES, create, installed, mark, open_engine
from progsearch.engine.mark import MARK, read_mark
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.settings import Settings
from progsearch.state import summary_of
from progsearch.verify import document_findings


def corpus_of(folder, count):
    folder.mkdir()
    for number in range(count):
        text = "\n\n".join(f"Paragraph {part} of text {number}." for part in range(4))
        (folder / f"{number}.md").write_text(f"{text}\n", encoding="utf-8")
    return folder


SMALL_STEPS = Settings(detected=("en",), commit_every=8)


def stop_after(engine, corpus, files):
    run = ingest(engine, [corpus], SMALL_STEPS)
    for _ in range(files):
        next(run)
    run.close()
    engine.close()


def test_a_run_that_is_stopped_keeps_what_was_committed_and_goes_on(name, tmp_path):
    corpus, folder = corpus_of(tmp_path / "corpus", 9), tmp_path / "index"
    stop_after(create(name, folder), corpus, 6)
    engine = create(name, folder)
    known = summary_of(engine)
    assert (known.documents, known.left) == (4, 5)
    assert not [found for found in document_findings(engine) if found.what]
    done = list(ingest(engine, [corpus], SMALL_STEPS))
    assert sum(one.status == "unchanged" for one in done) == 4
    fresh = create(name, tmp_path / "fresh")
    list(ingest(fresh, [corpus], Settings(detected=("en",))))
    assert summary_of(engine) == summary_of(fresh)
    assert everything(engine)[:4] == everything(fresh)[:4]
    engine.close()
    fresh.close()


def test_a_rebuild_commits_only_what_is_whole(name, tmp_path):
    corpus, folder = corpus_of(tmp_path / "corpus", 9), tmp_path / "index"
    fill(create(name, folder), one("a")).close()
    stop_after(create(name, folder, rebuild=True), corpus, 6)
    assert ids(folder) == ["a"]


def test_every_command_says_that_an_ingest_was_stopped(name, tmp_path):
    folder = tmp_path / "index"
    stop_after(create(name, folder), corpus_of(tmp_path / "corpus", 9), 6)
    told = every_command.run("count", "text", "--index", folder).stderr
    assert "the last ingest was stopped: 5 of its files are not dealt with" in told


def test_an_index_remembers_its_engine(name, tmp_path):
    corpus, folder = corpus_of(tmp_path / "corpus", 2), tmp_path / "index"
    words = ("ingest", corpus, "--index", folder, "--languages", "en")
    every_command.run(*words, "--engine", name)
    assert "2 unchanged" in every_command.run(*words, "--processes", "1").stderr
    assert read_mark(folder).engine == name
    with pytest.raises(ProgsearchError, match="no engine named 'none'"):
        every_command.run(*words, "--engine", "none", "--rebuild")
    for other in {*ENGINES} - {name}:
        with pytest.raises(ProgsearchError, match=r"--rebuild|not installed"):
            every_command.run(*words, "--engine", other)
    assert "2 unchanged" in every_command.run(*words).stderr


def test_tantivy_is_recommended_for_large_indexes(tmp_path, monkeypatch):
    monkeypatch.setattr("progsearch.engine.LARGE", 3)
    corpus = corpus_of(tmp_path / "corpus", 2)
    told = {
        engine: every_command.run(
            "ingest", corpus, "--index", tmp_path / engine, "--engine", engine
        ).stderr
        for engine in installed()
    }
    assert [engine for engine, text in told.items() if "--engine tantivy" in text] == ["whoosh"]


COMMANDS = (
    ["search", "paragraph", "-f", "csv"],
    ["list", "documents", "-f", "csv"],
    ["verify", "-f", "csv"],
)


def run(*words):
    """What a command prints, or the error that it ends with; anything else is raised."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = app(list(words), standalone_mode=False)
        except ProgsearchError as error:
            return str(error)
    return "damaged" if words[0] == "verify" and code == 1 else out.getvalue()


def truncated(data):
    return data[: len(data) // 2]


def flipped(data):
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("damage", "small"),
    [(truncated, mark.SMALL), (flipped, mark.SMALL), (None, mark.SMALL), (flipped, -1)],
)
def test_damage_is_one_error_and_never_a_traceback(name, tmp_path, monkeypatch, damage, small):
    """Where the checksum of a file is looked at, a command is right or it says what is damaged.

    Of large files only the size is looked at: what is flipped may be found by verify only.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(mark, "SMALL", small)
    corpus = corpus_of(Path("corpus"), 3)
    engine = create(name, Path("index"))
    list(ingest(engine, [corpus], Settings(detected=("en",))))
    engine.close()
    right = {words[0]: run(*words) for words in COMMANDS}
    known = read_mark(Path("index"))
    for file in (MARK, *(f"{known.generation}/{file}" for file in known.files)):
        path = Path("index", file)
        data = path.read_bytes()
        if damage and not data:
            continue
        path.unlink()
        if damage:
            path.write_bytes(damage(data))
        for words in COMMANDS:
            told = run(*words)
            if "damaged" in told or "cannot be read" in told or "there is no index" in told:
                assert len(told.splitlines()) == 1
            elif words[0] == "verify" or small > 0:
                assert told == right[words[0]] != right["verify"], (file, words)
        path.write_bytes(data)
    assert {words[0]: run(*words) for words in COMMANDS} == right


def forged(folder):
    """Have the mark say that the files are as they should be."""
    known = read_mark(folder)
    files = {
        name: (file.stat().st_size, mark.checksum(file))
        for name in known.files
        for file in [folder / known.generation / name]
    }
    mark.write_mark(folder, replace(known, files=files))


@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_a_forged_index_with_right_checksums_is_one_error(name, tmp_path, monkeypatch):
    """A command says that the index is damaged, or does not come to what is; nothing else."""
    monkeypatch.chdir(tmp_path)
    folder = Path("index")
    engine = create(name, folder)
    list(ingest(engine, [corpus_of(Path("corpus"), 3)], Settings(detected=("en",))))
    engine.close()
    chance, told = random.Random(4), []
    known = read_mark(folder)
    endings = (".trm", ".pst") if name == "whoosh" else (".term", ".idx", ".store")
    files = [folder / known.generation / file for file in known.files if file.endswith(endings)]
    assert files
    for file in files:
        data = file.read_bytes()
        for _ in range(8):
            at = chance.randrange(len(data))
            file.unlink()  # whoever has it open keeps it as it was
            file.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
            forged(folder)
            told += [run(*words) for words in COMMANDS]  # which raises what is no such error
        file.unlink()
        file.write_bytes(data)
    found = [one for one in told if "the index is damaged" in one]
    assert found
    assert all(len(one.splitlines()) == 1 and "--rebuild" in one for one in found)


def test_only_a_fault_of_the_engine_is_a_damaged_index(name, tmp_path, monkeypatch):
    engine = create(name, tmp_path / "index")
    list(ingest(engine, [corpus_of(tmp_path / "corpus", 1)], Settings(detected=("en",))))
    error = IndexError("out of range")

    def faulty(*given, **more):
        raise error

    def asked():
        with reading(engine):
            list(engine.documents())

    monkeypatch.setattr("progsearch.records.Fact", faulty)
    with pytest.raises(ProgsearchError, match="the index is damaged: IndexError out of range"):
        asked()
    for error in (OSError("the disk is full"), MemoryError()):
        with pytest.raises(type(error)):
            asked()
    error = IndexError("out of range")
    monkeypatch.setattr("progsearch.ingest.summary_of", faulty)
    with pytest.raises(IndexError), reading(engine):
        list(ingest(engine, [tmp_path / "corpus"], Settings(detected=("en",))))
    engine.close()


def test_a_copied_index_is_looked_at_whole_once(name, tmp_path, monkeypatch):
    words = " ".join(f"word{number}" for number in range(9000))
    fill(create(name, tmp_path / "index"), one("a", words)).close()
    told = read_mark(tmp_path / "index")
    large = {file for file, (size, _) in told.files.items() if size > mark.SMALL}
    assert large
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path / "index", copy, copy_function=shutil.copyfile)
    now = time.time()
    os.utime(copy / MARK, (now - 60, now - 60))
    for file in told.files:
        os.utime(copy / told.generation / file, (now - 30, now - 30))
    seen, whole = set(), mark.checksum
    monkeypatch.setattr(mark, "checksum", lambda file: seen.add(file.name) or whole(file))
    open_engine(copy).close()
    assert large <= seen
    seen.clear()
    open_engine(copy).close()
    assert not large & seen
    # A break after that is seen at once, also one that keeps the size.
    file = copy / told.generation / min(large)
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(ProgsearchError, match="damaged"):
        open_engine(copy)
    # One that was broken before it was looked at makes no mark younger.
    os.utime(copy / MARK, (now - 60, now - 60))
    os.utime(file, (now - 30, now - 30))
    for _ in "ab":
        with pytest.raises(ProgsearchError, match="damaged"):
            open_engine(copy)
