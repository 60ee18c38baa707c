"""Files of a commit, read without a checkout."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.permalinks import Permalinks
from progsearch.query import parse
from progsearch.readers.containers.git import Repository, web_address
from progsearch.search import Index
from progsearch.settings import Settings

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder, *words):
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def work(tmp_path):
    """A work tree with two commits, the first tagged."""
    folder = tmp_path / "programy"
    (folder / "kraj").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    git(folder, "remote", "add", "origin", "git@github.com:strana/programy.git")
    (folder / "kraj" / "péče.md").write_text("# Péče\n\nChceme lékaře.\n", encoding="utf-8")
    (folder / "staré.md").write_text("# Staré\n\nBylo to jinak.\n", encoding="utf-8")
    (folder / ".skryté.md").write_text("skryté", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "první")
    git(folder, "tag", "v1")
    (folder / "kraj" / "péče.md").write_text("# Péče\n\nChceme sestry.\n", encoding="utf-8")
    (folder / "staré.md").unlink()
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "druhý")
    return folder


def run(engine, path, **settings):
    done = {one.path: str(one.status) for one in ingest(engine, [path], Settings(**settings))}
    texts = {
        document.path: [one.text for one in engine.passages(document.id)][-1]
        for document in engine.documents()
    }
    return done, texts


def test_a_commit_is_read_without_a_checkout(work):
    done, texts = run(MemoryEngine(), work, rev="v1")
    assert texts == {
        "programy@v1/kraj/péče.md": "Chceme lékaře.",
        "programy@v1/staré.md": "Bylo to jinak.",
    }
    assert set(done.values()) == {"added"}


def test_a_bare_repository_is_read_at_its_head(work, tmp_path):
    bare = tmp_path / "programy.git"
    git(tmp_path, "clone", "-q", "--bare", str(work), str(bare))
    _, texts = run(MemoryEngine(), bare)
    assert texts == {"programy.git/kraj/péče.md": "Chceme sestry."}


def test_two_commits_stand_side_by_side_and_unchanged_files_are_not_read_again(work):
    engine = MemoryEngine()
    run(engine, work, rev="v1")
    _, texts = run(engine, work, rev="main")
    assert len(texts) == 3
    assert set(run(engine, work, rev="main")[0].values()) == {"unchanged"}


def test_a_document_knows_repository_commit_and_path(work):
    engine = MemoryEngine()
    run(engine, work, rev="v1")
    document = next(engine.documents())
    commit = Repository.at(work, "v1").commit
    assert document.extra == {
        "repository": "https://github.com/strana/programy",
        "commit": commit,
        "repository_path": "kraj/péče.md",
    }


def test_a_passage_has_a_permanent_address(work):
    engine = MemoryEngine()
    run(engine, work, rev="v1")
    index = Index.of(engine)
    hit = next(iter(index.search(parse("lékaře")).hits))
    commit = Repository.at(work, "v1").commit
    assert Permalinks(index).of(hit.document, hit.passage) == (
        f"https://github.com/strana/programy/blob/{commit}/kraj/p%C3%A9%C4%8De.md?plain=1#L3"
    )


def test_files_that_git_lfs_keeps_elsewhere_are_refused(work):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    (work / "velký.pdf").write_text(pointer, encoding="utf-8")
    git(work, "add", "-A")
    git(work, "commit", "-qm", "třetí")
    done, _ = run(MemoryEngine(), work, rev="HEAD")
    assert done["programy@HEAD/velký.pdf"] == "failed"


@pytest.mark.parametrize(("rev", "what"), [("v9", "no commit 'v9'"), ("--help", "no commit")])
def test_a_commit_that_is_not_there_is_an_error(work, rev, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        run(MemoryEngine(), work, rev=rev)
    assert caught.value.remedy


def test_a_folder_that_is_no_repository_is_an_error(tmp_path):
    with pytest.raises(ProgsearchError, match="not a git repository"):
        run(MemoryEngine(), tmp_path, rev="main")


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:strana/programy.git", "https://github.com/strana/programy"),
        ("ssh://git@gitlab.com/strana/programy", "https://gitlab.com/strana/programy"),
        ("https://jana:heslo@example.org/p.git", "https://example.org/p"),
        ("https://example.org/p/", "https://example.org/p"),
        ("/srv/git/p.git", ""),
        ("file:///srv/p.git", ""),
    ],
)
def test_the_address_of_a_repository_has_no_secrets(remote, address):
    assert web_address(remote) == address
