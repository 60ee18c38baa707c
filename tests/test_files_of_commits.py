"""Files of a commit, and who may read them."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass

import pytest
from refusing import refusal

from progsearch.errors import ProgsearchError
from progsearch.files import (
    Beside,
    Root,
    held_text,
    read_source,
    rights_of,
    roots_of,
    walk,
)
from progsearch.opening import MAX_SETTING
from progsearch.readers.containers.git import Entry


@dataclass
class Commit:
    """What is asked of a repository's commit."""

    held: dict

    commit = "abc"

    def files(self):
        return [
            Entry(path, f"{len(data):032x}{path}", len(data)) for path, data in self.held.items()
        ]

    def read(self, blob):
        return self.held[blob[32:]]

    __hash__ = object.__hash__


@pytest.fixture
def commit(tmp_path):
    held = {
        "a/one.md": b"one",
        "a/two.md": b"two2",
        ".git/x": b"x",
        "a/.b/c.md": b"x",
        "garants.tsv": "\ufeffa\r\nb\rž".encode(),
        "bad.tsv": b"\xff",
        "empty": b"",
        "large.tsv": b"x" * (MAX_SETTING + 1),
        "full.tsv": b"x" * MAX_SETTING,
        unicodedata.normalize("NFD", "ž.md"): b"x",
    }
    return Commit(held)


def test_files_of_a_commit_are_those_that_it_holds(commit, tmp_path):
    (tmp_path / "beside.md").write_bytes(b"of the folder, and not of the commit")
    sources = {one.path: one for one in walk([Root("c@1", tmp_path, "", commit)])}
    assert "c@1/ž.md" in sources
    assert "c@1/beside.md" not in sources
    assert sorted(path for path in sources if path.startswith("c@1/a/")) == [
        "c@1/a/one.md",
        "c@1/a/two.md",
    ]
    one = sources["c@1/a/one.md"]
    assert (one.file, one.size) == (tmp_path / "a" / "one.md", 3)
    data, stamp = read_source(one, max_bytes=3)
    assert (data, stamp.st_size) == (b"one", 3)
    assert refusal(one, max_bytes=2).startswith("larger than")
    (only,) = walk([Root("c@1", tmp_path, "a/two.md", commit)])
    assert only.path == "c@1/a/two.md"


def test_files_beside_one_of_a_commit_are_its_own(commit, tmp_path):
    root = Root("c@1", tmp_path, "", commit)
    source = next(one for one in walk([root]) if one.path == "c@1/a/one.md")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "three").write_bytes(b"of the folder, and not of the commit")
    beside = Beside(source, max_bytes=4)
    assert beside("two.md") == b"two2"
    assert beside("../empty") == b""
    for name in ("three", "../garants.tsv", "../../x", "../a"):
        assert beside(name) is None


def test_settings_of_a_commit_are_its_own(commit, tmp_path):
    root = Root("c@1", tmp_path, "", commit)
    assert held_text(root, tmp_path / "garants.tsv") == "a\nb\nž"
    assert held_text(root, tmp_path / "none") is None
    assert held_text(root, tmp_path.parent / "garants.tsv") is None
    assert held_text(Root("c", tmp_path), tmp_path / "garants.tsv") is None
    with pytest.raises(UnicodeDecodeError):
        held_text(root, tmp_path / "bad.tsv")
    assert held_text(root, tmp_path / "bad.tsv", "replace") == "\ufffd"
    assert len(held_text(root, tmp_path / "full.tsv")) == MAX_SETTING
    with pytest.raises(ProgsearchError, match="larger than 5 MB") as caught:
        held_text(root, tmp_path / "large.tsv")
    assert caught.value.where == str(tmp_path / "large.tsv")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_who_may_read_a_commit_must_reach_its_folder(commit, tmp_path):
    source = next(iter(walk([Root("c@1", tmp_path, "", commit)])))
    for above in (tmp_path, *tmp_path.parents):
        if above.stat().st_mode & 0o777 == 0o700:
            above.chmod(0o755)
    assert rights_of(source, {}) == 0o777
    tmp_path.chmod(0o700)
    assert rights_of(source, {}) == 0o700


def test_a_repository_is_named_by_its_commit(commit, tmp_path, monkeypatch):
    asked = []

    def at(folder, rev):
        asked.append((folder, rev))
        return commit

    monkeypatch.setattr("progsearch.readers.containers.git.Repository.at", at)
    commit.held["top.md"] = b"top"
    folder, bare = tmp_path / "repo", tmp_path / "bare"
    folder.mkdir()
    for part in (bare, bare / "objects", bare / "refs"):
        part.mkdir()
    (bare / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    assert roots_of([folder], "v1/x") == [Root("repo@v1-x", folder, "", commit)]
    assert roots_of([bare]) == [Root("bare", bare, "", commit)]
    # Of a file, whether the folder has it now or not.
    assert roots_of([folder / "top.md"], "v1") == [Root("repo@v1", folder, "top.md", commit)]
    (folder / "top.md").write_bytes(b"now")
    assert roots_of([folder / "top.md"], "v1") == [Root("repo@v1", folder, "top.md", commit)]
    assert asked == [(folder, "v1/x"), (bare, "HEAD"), (folder, "v1"), (folder, "v1")]
    with pytest.raises(ProgsearchError, match="the commit v1 has no such file") as caught:
        roots_of([folder / "none.md"], "v1")
    assert caught.value.where == str(folder / "none.md")
    with pytest.raises(ProgsearchError, match="no such file or folder"):
        roots_of([tmp_path / "none" / "top.md"], "v1")
    # Without a revision a folder is what it holds, and one with but a part of a repository.
    assert roots_of([folder]) == [Root("repo", folder)]
    (bare / "refs").rmdir()
    assert roots_of([bare]) == [Root("bare", bare)]
