"""Nothing leaves an index in silence: not by folders that fail, nor by files of others."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import every_command
import pytest

from progsearch.engine import create
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.plans import MANY
from progsearch.settings import Settings
from progsearch.state import files_of

pytestmark = pytest.mark.usefixtures("one_process")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "c"
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
        for number in range(MANY):
            (folder / name / f"{number}.md").write_text(
                f"# Text {name} {number}\n\nChceme nemocnici {name}{'x' * number}.\n",
                encoding="utf-8",
            )
    return folder


@pytest.fixture
def engine(tmp_path):
    made = create("whoosh", tmp_path / "index")
    yield made
    made.close()


def run(engine, *paths, **settings):
    return {
        one.path: (str(one.status), " ".join(str(problem) for problem in one.problems))
        for one in ingest(engine, paths, Settings(**settings))
    }


def statuses(done):
    return {status for status, _ in done.values()}


def count(engine):
    return sum(1 for _ in engine.documents())


@pytest.fixture
def closed(monkeypatch):
    """Folders that cannot be listed, whoever runs the tests."""
    names = set()
    real = os.scandir

    def scandir(path):
        if isinstance(path, (str, Path)) and Path(path).name in names:
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    return names


def test_a_folder_that_cannot_be_listed_is_told_and_keeps_its_documents(engine, corpus, closed):
    run(engine, corpus)
    closed.add("b")
    done = run(engine, corpus)
    status, told = done["c/b"]
    assert status == "failed"
    assert "c/b: the folder cannot be read: Permission denied" in told
    assert statuses(done) == {"unchanged", "failed"}
    assert count(engine) == 2 * MANY
    closed.clear()
    run(engine, corpus)
    assert files_of(engine).failures == {}
    assert count(engine) == 2 * MANY


def test_a_root_that_cannot_be_listed_keeps_all(engine, corpus, closed):
    run(engine, corpus)
    closed.add("c")
    assert statuses(run(engine, corpus)) == {"failed"}
    assert count(engine) == 2 * MANY


def test_a_file_that_cannot_be_read_keeps_what_is_known_of_it(engine, corpus, monkeypatch):
    run(engine, corpus)
    file = corpus / "a" / "1.md"
    file.write_text("# Nový\n\nJiný text o nemocnici.\n", encoding="utf-8")
    real = os.open

    def refused(path, *words, **more):
        if str(path).endswith("1.md") and "11" not in str(path):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *words, **more)

    monkeypatch.setattr(os, "open", refused)
    status, told = run(engine, corpus)["c/a/1.md"]
    assert status == "failed"
    assert "what the index has of it stays" in told
    assert count(engine) == 2 * MANY
    monkeypatch.undo()
    assert run(engine, corpus)["c/a/1.md"][0] == "changed"
    assert files_of(engine).failures == {}


def test_an_empty_folder_takes_nothing_out_unless_told(engine, corpus, tmp_path):
    run(engine, corpus)
    shutil.rmtree(corpus)
    corpus.mkdir()
    with pytest.raises(ProgsearchError, match="40 of 40 documents") as caught:
        run(engine, corpus)
    assert "--allow-removal" in caught.value.remedy
    assert count(engine) == 2 * MANY
    again = create(None, tmp_path / "index", rebuild=True)
    with pytest.raises(ProgsearchError, match="40 of 40 documents"):
        run(again, corpus)
    again.close()
    assert statuses(run(engine, corpus, allow_removal=True)) == {"removed"}
    assert count(engine) == 0


def test_a_rebuild_of_less_must_be_allowed(engine, corpus, tmp_path):
    run(engine, corpus)
    shutil.rmtree(corpus / "b")
    with pytest.raises(ProgsearchError, match="20 of 40 documents"):
        run(create(None, tmp_path / "index", rebuild=True), corpus)
    run(create(None, tmp_path / "index", rebuild=True), corpus, allow_removal=True)
    found = create(None, tmp_path / "index")
    assert count(found) == MANY
    found.close()


@pytest.mark.parametrize("left", [1, 0])
def test_fewer_are_taken_out_without_asking(engine, corpus, left):
    run(engine, corpus)
    for number in range(MANY - 1 + (1 - left)):
        (corpus / "b" / f"{number}.md").unlink()
    if left:
        assert "removed" in statuses(run(engine, corpus))
    else:
        with pytest.raises(ProgsearchError, match="20 of 40"):
            run(engine, corpus)


def test_a_small_share_is_taken_out_without_asking(engine, corpus):
    for name in "cde":
        shutil.copytree(corpus / "a", corpus / name)
    run(engine, corpus)
    shutil.rmtree(corpus / "a")  # 20 of 100
    assert "removed" in statuses(run(engine, corpus))


def test_files_that_moved_are_not_lost(engine, corpus):
    run(engine, corpus)
    (corpus / "b").rename(corpus / "z")
    assert statuses(run(engine, corpus)) == {"removed", "added", "unchanged"}
    assert count(engine) == 2 * MANY


# -- who owns a document


def exported(corpus, index, file):
    words = ["export", "corpus", "-f", "jsonl", "-o", file, "--index", index]
    assert every_command.run(*words).code == 0


def paths(engine):
    return [one.path for one in engine.documents()]


def test_an_export_in_the_corpus_takes_no_document_from_its_file(engine, corpus, tmp_path):
    run(engine, corpus)
    before = paths(engine)
    exported(corpus, tmp_path / "index", corpus / "corpus.jsonl")
    status, told = run(engine, corpus)["c/corpus.jsonl"]
    assert status == "failed"
    assert "c/a/0.md belongs to the file c/a/0.md" in told
    assert "39 more" in told
    assert paths(engine) == before
    (corpus / "corpus.jsonl").unlink()
    run(engine, corpus)
    assert paths(engine) == before
    for path in before:
        document = next(one for one in engine.documents() if one.path == path)
        assert engine.passages(document.id)


def test_a_file_comes_before_an_export_that_is_read_first(engine, corpus, tmp_path):
    run(engine, corpus)
    exported(corpus, tmp_path / "index", corpus / "_first.jsonl")
    fresh = create("whoosh", tmp_path / "fresh")
    done = run(fresh, corpus)
    assert done["c/_first.jsonl"][0] == "failed"
    assert len(paths(fresh)) == 2 * MANY
    fresh.close()


def test_of_two_exports_the_second_is_refused_until_the_first_is_gone(engine, corpus, tmp_path):
    run(engine, corpus)
    other = tmp_path / "other"
    other.mkdir()
    exported(corpus, tmp_path / "index", other / "one.jsonl")
    shutil.copy(other / "one.jsonl", other / "two.jsonl")
    fresh = create("whoosh", tmp_path / "fresh")
    done = run(fresh, other)
    assert done["other/one.jsonl"][0] == "added"
    assert "belongs to the file other/one.jsonl" in done["other/two.jsonl"][1]
    (other / "one.jsonl").unlink()
    assert run(fresh, other, allow_removal=True)["other/two.jsonl"][0] == "added"
    assert len(paths(fresh)) == 2 * MANY
    fresh.close()


def test_what_a_stranger_adds_of_its_own_is_read_beside_what_it_may_not_take(
    engine, corpus, tmp_path
):
    run(engine, corpus)
    exported(corpus, tmp_path / "index", tmp_path / "all.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    small = tmp_path / "small" / "c"
    (small / "a").mkdir(parents=True)
    shutil.copy(corpus / "a" / "0.md", small / "a" / "0.md")
    kept = [row for row in rows if row["path"] in ("c/a/0.md", "c/a/1.md")]
    (small / "strange.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8"
    )
    fresh = create("whoosh", tmp_path / "fresh")
    status, told = run(fresh, small)["c/strange.jsonl"]
    assert status == "added"
    assert "c/a/0.md belongs to the file c/a/0.md" in told
    assert paths(fresh) == ["c/a/0.md", "c/a/1.md"]
    fresh.close()


# -- the same size and time


def test_a_change_within_size_and_time_is_seen_by_hashes_and_told_by_verify(corpus, tmp_path):
    index, file = tmp_path / "index", corpus / "a" / "1.md"
    assert every_command.run("ingest", corpus, "--index", index).code == 0
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"nemocnici", b"nemocnice"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "40 unchanged" in every_command.run("ingest", corpus, "--index", index).stderr
    told = every_command.run("verify", "--index", index)
    assert told.code == 3
    assert "has its size and time of before" in " ".join(told.stdout.split())
    assert "ingest --check-hashes" in told.stderr
    done = every_command.run("ingest", corpus, "--check-hashes", "--index", index).stderr
    assert "1 changed, 39 unchanged" in done or "39 unchanged, 1 changed" in done
    assert every_command.run("verify", "--index", index).code == 0


@pytest.mark.parametrize("what", ["size", "time"])
def test_a_file_of_another_size_or_time_is_read_again(corpus, tmp_path, what):
    index, file = tmp_path / "index", corpus / "a" / "1.md"
    assert every_command.run("ingest", corpus, "--index", index).code == 0
    before = file.stat()
    if what == "size":
        file.write_bytes(file.read_bytes() + b"A word more.\n")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    else:
        file.write_bytes(file.read_bytes().replace(b"nemocnici", b"nemocnice"))
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 10_000_000))
    done = every_command.run("ingest", corpus, "--index", index).stderr
    assert "1 changed" in done
    assert "39 unchanged" in done


# -- who may read the index


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "wanted"),
    [(0o755, 0o644, 0o755), (0o700, 0o644, 0o700), (0o755, 0o600, 0o700), (0o750, 0o640, 0o750)],
)
def test_an_index_is_as_private_as_the_most_private_file(
    tmp_path, name, folder_mode, file_mode, wanted
):
    pytest.importorskip(name)
    above = [one for one in tmp_path.parents if one.stat().st_mode & 0o777 == 0o700]
    for one in (tmp_path, *above):
        one.chmod(0o755)  # folders of tests are private
    corpus = tmp_path / "c"
    corpus.mkdir()
    for number in range(3):
        (corpus / f"{number}.md").write_text(f"# T\n\nText {number}.\n", encoding="utf-8")
    (corpus / "1.md").chmod(file_mode)
    corpus.chmod(folder_mode)
    before = os.umask(0o022)
    try:
        engine = create(name, tmp_path / "index")
        run(engine, corpus)
        (corpus / "2.md").write_text("# T\n\nJiný text.\n", encoding="utf-8")
        run(engine, corpus)
        engine.close()
    finally:
        os.umask(before)
    index = tmp_path / "index"
    assert stat.S_IMODE(index.stat().st_mode) == wanted
    files = [index / "progsearch.json", *index.glob("*/*")]
    reached = {  # a file needs the rights of its folder, too
        (file.stat().st_mode & 0o044) & (file.parent.stat().st_mode & 0o011) * 4 for file in files
    }
    # tantivy makes some of its files for their owner only.
    assert reached <= {wanted & 0o044, 0}
    assert wanted & 0o044 in reached
