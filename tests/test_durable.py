"""An index is the old one or the new one: generations, locks, versions, damage."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, replace
from pathlib import Path

import every_command
import pytest
from making import document, passage, prepared

from progsearch import __version__
from progsearch.clause import All
from progsearch.cli import app
from progsearch.cli._support.index import reading
from progsearch.engine import ENGINES, create, installed, mark, open_engine
from progsearch.engine.mark import LOCK, MARK, Mark, generations, read_mark, write_mark
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.settings import Settings
from progsearch.state import summary_of
from progsearch.verify import document_findings, index_findings


@pytest.fixture(params=installed())
def name(request):
    return request.param


def one(ident, text="Chceme lékaře"):
    parts = [passage(ident, number, f"{text} {number}") for number in (1, 2)]
    return prepared(document(ident, parts), parts)


def fill(engine, *documents):
    with engine.writer() as writer:
        for made in documents:
            writer.add(made)
        writer.commit({"summary": {"n": len(documents)}})
    return engine


def ids(folder):
    engine = open_engine(folder)
    found = [made.id for made in engine.documents()]
    engine.close()
    return found


def everything(engine):
    """What a reader can ask for, columns and records among it."""
    return (
        [
            (made.id, [part.text for part in engine.passages(made.id)])
            for made in engine.documents()
        ],
        engine.tally([All()], scope=All(), by=("role", "document")),
        engine.values("lang"),
        [part.id for part, _ in engine.search(All(), scope=All(), limit=None, ranked=False).hits],
        engine.state("summary"),
    )


def strays(folder):
    """What lies in an index's folder and is no part of the index."""
    known = read_mark(folder)
    named = {f"{known.generation}/{file}" for file in known.files} | {MARK, LOCK}
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    return sorted(file for file in found - named if not file.endswith(".tantivy-meta.lock"))


# Generations


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


# Rebuilding


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


# One writer


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


# Commits on the way


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


# On the command line


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


# Damage


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
