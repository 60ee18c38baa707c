"""Which files a run reads again, and what it says of each: the scope of ``unchanged``."""

from __future__ import annotations

import json
import os
import zipfile
from hashlib import blake2b

import pytest
from making import document, passage, prepared

from progsearch import renewal
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.model import Fact, Origin
from progsearch.settings import Settings
from progsearch.state import files_of, summary_of

pytestmark = pytest.mark.usefixtures("one_process")
ENGLISH = {"detected": ("en",)}
HEAD = "---\nlang: en\n---\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "c"
    folder.mkdir()
    for name in ("a.md", "b.md"):
        (folder / name).write_text(
            f"{HEAD}\nWe will build the hospital {name}.\n", encoding="utf-8"
        )
    return folder


@pytest.fixture
def engine():
    return MemoryEngine()


@pytest.fixture
def reads(monkeypatch):
    """The names of the files that were read."""
    found, real = [], renewal.read_source

    def read_source(source, **more):
        found.append(source.file.name)
        return real(source, **more)

    monkeypatch.setattr(renewal, "read_source", read_source)
    return found


def run(engine, *paths, **settings):
    done = list(ingest(engine, paths, Settings(**(ENGLISH | settings))))
    return {one.path: str(one.status) for one in done}


def touched(file, **more):
    """A file with other bytes, or another time, and what is not named as it was."""
    state = file.stat()
    data = file.read_bytes()
    if more.get("size"):
        data += b"And more.\n"
    if more.get("bytes"):
        data = data.replace(b"hospital", b"railways")
    file.write_bytes(data)
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns + more.get("later", 0)))


@pytest.mark.parametrize(
    ("more", "settings", "status", "is_read"),
    [
        ({}, {}, "unchanged", False),
        ({"bytes": True}, {}, "unchanged", False),  # what --check-hashes is for
        ({"bytes": True}, {"check_hashes": True}, "changed", True),
        ({}, {"check_hashes": True}, "unchanged", True),
        ({"size": True}, {}, "changed", True),
        ({"later": 1_000_000}, {}, "unchanged", True),
        ({"later": -1_000_000}, {}, "unchanged", True),
        ({"bytes": True, "later": 1_000_000}, {}, "changed", True),
        ({}, {"strict": True}, "unchanged", False),
    ],
)
def test_a_file_is_read_again_when_size_or_time_differ(
    engine, corpus, reads, more, settings, status, is_read
):
    assert run(engine, corpus) == {"c/a.md": "added", "c/b.md": "added"}
    assert reads == ["a.md", "b.md"]
    reads.clear()
    touched(corpus / "a.md", **more)
    done = run(engine, corpus, **settings)
    assert done == {"c/a.md": status, "c/b.md": "unchanged"}
    both = ["a.md", "b.md"] if settings.get("check_hashes") else ["a.md"]
    assert reads == (both if is_read else [])
    # What was read once need not be again.
    reads.clear()
    assert set(run(engine, corpus).values()) == {"unchanged"}
    assert reads == []


def test_a_file_is_read_again_when_its_settings_differ(engine, corpus, reads):
    run(engine, corpus)
    reads.clear()
    settings = '[[defaults]]\npath = "a.md"\nparty = "A"\n'
    (corpus / "progsearch.toml").write_text(settings, encoding="utf-8")
    done = run(engine, corpus)
    assert done == {"c/a.md": "changed", "c/b.md": "unchanged", "c/progsearch.toml": "skipped"}
    assert reads == ["a.md"]


def test_all_files_are_read_again_when_the_language_data_differ(engine, corpus, reads, monkeypatch):
    run(engine, corpus)
    told = summary_of(engine)
    with engine.writer() as writer:
        state = {name: engine.state(name) for name in ("files", "summary")}
        writer.commit(state | {"summary": {**told.as_record(), "language_data": "older"}})
    reads.clear()
    assert set(run(engine, corpus).values()) == {"changed"}
    assert reads == ["a.md", "b.md"]


def test_a_file_that_failed_is_tried_again_and_one_that_is_mended_is_known(engine, corpus, reads):
    (corpus / "a.md").write_bytes(b"\xff\xfe\x00\x00\x01")
    assert run(engine, corpus)["c/a.md"] == "failed"
    reads.clear()
    assert run(engine, corpus)["c/a.md"] == "failed"
    assert reads == ["a.md"]
    assert "c/a.md" in files_of(engine).failures
    (corpus / "a.md").write_text(f"{HEAD}\nA pledge.\n", encoding="utf-8")
    assert run(engine, corpus)["c/a.md"] == "added"
    assert files_of(engine).failures == {}


def test_a_file_that_turns_bad_leaves_and_is_told(engine, corpus):
    run(engine, corpus)
    (corpus / "a.md").write_bytes(b"\xff\xfe\x00\x00\x01")
    assert run(engine, corpus) == {"c/a.md": "failed", "c/b.md": "unchanged"}
    assert [one.path for one in engine.documents()] == ["c/b.md"]
    assert list(files_of(engine).indexed) == ["c/b.md"]


def test_what_is_odd_is_noted_and_refused_when_asked(engine, corpus, reads):
    (corpus / "a.md").write_text(
        "---\nlang: en\ndate: someday\n---\n\nWe will build.\n", encoding="utf-8"
    )
    done = list(ingest(engine, [corpus], Settings(**ENGLISH)))
    (odd,) = [one for one in done if one.problems]
    assert (odd.path, str(odd.status)) == ("c/a.md", "added")
    assert [(one.path, one.line, one.fatal) for one in odd.problems] == [("c/a.md", 0, False)]
    assert list(files_of(engine).notes) == ["c/a.md"]
    reads.clear()
    # A file with notes is none that a strict run may pass over.
    assert run(engine, corpus, strict=True) == {"c/a.md": "failed", "c/b.md": "unchanged"}
    assert reads == ["a.md"]
    assert files_of(engine).notes == {}


def test_a_file_that_becomes_one_of_settings_or_is_left_out_is_forgotten(engine, corpus):
    run(engine, corpus)
    (corpus / ".progsearchignore").write_text("a.md\n", encoding="utf-8")
    done = {one.path: one for one in ingest(engine, [corpus], Settings(**ENGLISH))}
    assert (str(done["c/a.md"].status), done["c/a.md"].why) == ("skipped", renewal.IGNORED)
    assert [one.path for one in engine.documents()] == ["c/b.md"]
    (corpus / "README.md").write_text("About.", encoding="utf-8")
    done = {one.path: one for one in ingest(engine, [corpus], Settings(**ENGLISH))}
    assert done["c/README.md"].why == renewal.SETTINGS


def test_an_entry_of_settings_that_covers_nothing_is_told_each_time(engine, corpus):
    (corpus / "progsearch.toml").write_text(
        '[[defaults]]\npath = "a.md"\nparty = "A"\n\n[[defaults]]\npath = "x.md"\nparty = "B"\n',
        encoding="utf-8",
    )
    for _ in ("first", "unchanged"):
        found = list(ingest(engine, [corpus], Settings(**ENGLISH)))
        done = {one.path: one for one in found}
        assert len(found) == len(done) == 3  # each is told once
        (problem,) = done["c/progsearch.toml"].problems
        assert (problem.line, problem.fatal) == (6, False)
        assert problem.what == "[[defaults]] path 'x.md' matches no file"


def test_a_run_that_changes_nothing_commits_nothing(engine, corpus, monkeypatch):
    run(engine, corpus)
    commits, real = [], type(engine).writer

    def writer(self):
        commits.append("a writer")
        return real(self)

    before = engine.state("files")
    monkeypatch.setattr(type(engine), "writer", writer)
    run(engine, corpus)
    assert engine.state("files") == before
    (corpus / "b.md").unlink()
    assert run(engine, corpus) == {"c/a.md": "unchanged", "c/b.md": "removed"}
    assert engine.state("files") != before


def test_two_files_that_claim_a_document_are_read_again(engine, corpus, reads):
    run(engine, corpus)
    files = json.loads(json.dumps(engine.state("files")))
    # As an index of a version before has it, that let a stranger take a document.
    ids = {path: row[4] for path, row in files["indexed"].items()}
    files["indexed"]["c/b.md"][4] = ids["c/a.md"]
    with engine.writer() as writer:
        writer.commit({"files": files, "summary": engine.state("summary")})
    reads.clear()
    run(engine, corpus)
    assert reads == ["a.md", "b.md"]
    assert sorted(one.path for one in engine.documents()) == ["c/a.md", "c/b.md"]


def test_documents_that_a_file_has_no_more_leave_with_the_change(engine, corpus):
    table = corpus / "t.csv"
    table.write_text("text,lang\nPledge one.,en\nPledge two.,en\n", encoding="utf-8")
    run(engine, corpus)
    before = {one.id for one in engine.documents()}
    table.write_text("text,lang\nPledge one.,en\n", encoding="utf-8")
    assert run(engine, corpus)["c/t.csv"] == "changed"
    after = {one.id for one in engine.documents()}
    assert after <= before
    table.unlink()
    assert run(engine, corpus)["c/t.csv"] == "removed"
    assert sorted(one.path for one in engine.documents()) == ["c/a.md", "c/b.md"]


def inferred(lang, origin=Origin.INFERRED):
    return Fact(lang, origin)


def test_languages_that_nobody_asked_for_are_counted():
    from dataclasses import replace

    def made(ident, own, *others):
        parts = [replace(passage(ident, n, "Text"), lang=lang) for n, lang in enumerate(others)]
        return prepared(replace(document(ident, parts), lang=own), parts)

    de, fr, en = inferred("de"), inferred("fr"), inferred("en")
    found = renewal._unexpected(
        [
            made("a", de, de, de, fr),
            made("b", de, de),
            made("c", en, en, fr, fr, inferred("de", Origin.STATED)),
            made("d", inferred("it", Origin.STATED), inferred("it", Origin.STATED)),
            made("e", fr),  # it has no passages
        ],
        ("en", "cs"),
    )
    assert found == {"de": (2, 0), "fr": (0, 3)}


def zipped(file, **members):
    with zipfile.ZipFile(file, "w") as made:
        for name, data in members.items():
            made.writestr(f"{name}.md", data)


GOOD = f"{HEAD}\nWe will build.\n\nAnd we will pay.\n"


def test_of_a_file_that_is_read_in_part_the_rest_is_told(engine, corpus):
    file = corpus / "all.zip"
    zipped(file, good=GOOD, more=GOOD.replace("build", "teach"), bad=b"text\x00text")
    done = {one.path: one for one in ingest(engine, [corpus], Settings(**ENGLISH))}["c/all.zip"]
    assert str(done.status) == "added"
    (problem,) = done.problems
    assert "bad.md" in str(problem)
    assert problem.fatal is False
    # All passages are counted, of each document.
    held = [one for one in engine.documents() if one.path.startswith("c/all.zip")]
    assert len(held) == 2
    assert done.passages == sum(len(engine.passages(one.id)) for one in held) == 4
    state = files_of(engine).indexed["c/all.zip"]
    assert state.content_hash == blake2b(file.read_bytes(), digest_size=16).hexdigest()
    assert (state.size, state.mtime_ns) == (file.stat().st_size, file.stat().st_mtime_ns)
    assert (state.passages, set(state.documents)) == (4, {one.id for one in held})
    (note,) = files_of(engine).notes["c/all.zip"]
    assert "bad.md" in note
    again = {one.path: one for one in ingest(engine, [corpus], Settings(**ENGLISH))}["c/all.zip"]
    assert (str(again.status), again.passages) == ("unchanged", 4)
    assert run(engine, corpus, strict=True)["c/all.zip"] == "failed"


def test_a_file_of_which_nothing_can_be_read_has_failed_with_the_first_reason(engine, corpus):
    zipped(corpus / "all.zip", bad=b"text\x00text", worse=b"more\x00text")
    done = {one.path: one for one in ingest(engine, [corpus], Settings(**ENGLISH))}["c/all.zip"]
    assert str(done.status) == "failed"
    assert [(one.path, one.fatal) for one in done.problems] == [("c/all.zip", True)]
    assert files_of(engine).failures["c/all.zip"].what == done.problems[0].what


@pytest.mark.parametrize(
    ("error", "told", "keeps"),
    [
        (ProgsearchError("too odd", remedy="mend it"), "too odd", False),
        (FileNotFoundError(2, "No such file"), "cannot be read: No such file", False),
        (PermissionError(13, "Denied"), "cannot be read: Denied{}", True),
        (OSError("odd"), "cannot be read: OSError{}", True),
    ],
)
def test_a_file_that_cannot_be_read_leaves_or_stays(
    engine, corpus, monkeypatch, error, told, keeps
):
    def failing(source, **more):
        if source.file.name in ("a.md", "new.md"):
            raise error
        return real(source, **more)

    run(engine, corpus)
    real = renewal.read_source
    monkeypatch.setattr(renewal, "read_source", failing)
    (corpus / "new.md").write_text(GOOD, encoding="utf-8")
    touched(corpus / "a.md", size=True)
    done = {one.path: one for one in ingest(engine, [corpus], Settings(**ENGLISH))}
    for path, kept in (("c/a.md", keeps), ("c/new.md", False)):
        (problem,) = done[path].problems
        assert str(done[path].status) == "failed"
        assert (problem.path, problem.line, problem.fatal) == (path, 0, True)
        assert problem.what == told.format("; what the index has of it stays" if kept else "")
        assert files_of(engine).failures[path] == problem
    there = ["c/a.md", "c/b.md"] if keeps else ["c/b.md"]
    assert [one.path for one in engine.documents()] == there
    assert list(files_of(engine).indexed) == there


@pytest.mark.parametrize(
    ("settings", "seconds", "processes"),
    [
        ({"max_seconds": 60}, 60, 4),
        ({"max_seconds": 60, "ocr": True}, 600, 4),  # Tesseract takes its time
        ({"max_seconds": 60, "small": True}, 60, 0),  # not worth more processes
    ],
)
def test_how_long_and_in_how_many_processes_files_are_read(
    engine, corpus, monkeypatch, settings, seconds, processes
):
    from progsearch import prepare

    asked, real = [], prepare.prepare_all

    def prepare_all(jobs, detected, count, limits):
        asked.append((count, limits.seconds))
        return real(jobs, detected, 0, limits)

    size = sum(file.stat().st_size for file in corpus.iterdir())
    settings = dict(settings)
    monkeypatch.setattr(renewal, "WORTH_PROCESSES", size + settings.pop("small", 0))
    monkeypatch.setattr(prepare, "prepare_all", prepare_all)
    run(engine, corpus, processes=4, **settings)
    assert asked == [(processes, seconds)]


def test_an_entry_for_a_part_of_a_file_covers_it_also_when_it_is_not_read(engine, corpus):
    zipped(corpus / "all.zip", good=GOOD, more=GOOD.replace("build", "teach"))
    (corpus / "progsearch.toml").write_text(
        '[[defaults]]\npath = "all.zip/good.md"\nparty = "A"\n', encoding="utf-8"
    )
    for status in ("added", "unchanged"):
        found = {one.path: one for one in ingest(engine, [corpus], Settings(**ENGLISH))}
        assert str(found["c/all.zip"].status) == status
        assert list(found["c/progsearch.toml"].problems) == []
    assert [one.party.value for one in engine.documents() if one.party] == ["A"]
