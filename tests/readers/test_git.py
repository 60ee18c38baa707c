"""Files of a commit, read without a checkout."""

from __future__ import annotations

import os
import shutil
import subprocess

import every_command
import pytest

from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.opening import MAX_SETTING
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


def settled(work, party, left_out):
    """Settings of all kinds beside the documents of a work tree."""
    (work / "progsearch.toml").write_text(
        f'ignore = ["{left_out}"]\n[[defaults]]\npath = "**"\nparty = "{party}"\n', encoding="utf-8"
    )
    (work / "kraj" / "garants.tsv").write_text(f"uid\tname\nx.y\t{party} Y\n", encoding="utf-8")
    (work / ".progsearchignore").write_text(f"kraj/{party}.md\n", encoding="utf-8")


def test_the_settings_of_a_commit_hold_for_its_files_and_not_those_of_the_work_tree(work):
    for party in ("Piráti", "ANO"):
        (work / "kraj" / f"{party}.md").write_text(
            f"---\ngarant: x.y\n---\nText {party}.\n", encoding="utf-8"
        )
    settled(work, "Piráti", "staré/**")
    git(work, "add", "-A")
    git(work, "commit", "-qm", "třetí")
    git(work, "tag", "v3")
    settled(work, "ANO", "kraj/péče.md")  # the work tree only
    engine = MemoryEngine()
    run(engine, work, rev="v3")
    found = {one.path.rpartition("/")[2]: one for one in engine.documents()}
    assert set(found) == {"péče.md", "ANO.md"}
    assert {one.party.value for one in found.values() if one.party} == {"Piráti"}
    assert [one.name for one in found["ANO.md"].people] == ["Piráti Y"]
    # One that had no settings has none, whatever stands in the work tree now.
    run(engine, work, rev="v1")
    first = [one for one in engine.documents() if "@v1/" in one.path]
    assert len(first) == 2
    assert not any(one.party for one in first)


def test_a_fault_in_the_settings_of_a_commit_is_told_with_its_line(work):
    (work / "progsearch.toml").write_text('[[defaults]]\npath = "**"\nparti = "A"\n')
    git(work, "add", "-A")
    git(work, "commit", "-qm", "třetí")
    (work / "progsearch.toml").unlink()
    done, _ = run(MemoryEngine(), work, rev="HEAD")
    assert done["programy@HEAD/kraj/péče.md"] == "failed"
    (work / "progsearch.toml").write_bytes(b"#" + b" " * MAX_SETTING)
    git(work, "add", "-A")
    git(work, "commit", "-qm", "čtvrtý")
    assert run(MemoryEngine(), work, rev="HEAD")[0]["programy@HEAD/kraj/péče.md"] == "failed"


def missing(folder, name="Postavime nemocnici.\n"):
    """A bare repository whose one file is not there, and which says where it is to be had."""
    git(folder.parent, "init", "-q", "--bare", "-b", "main", str(folder))
    (folder.parent / "text").write_text(f"# Program\n\n{name}", encoding="utf-8")
    told = lambda *words, **more: subprocess.run(  # noqa: E731
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True, **more
    ).stdout.strip()
    blob = told("hash-object", "-w", str(folder.parent / "text"))
    there = told("hash-object", "-w", "--stdin", input="# Bydlení\n\nPostavíme byty.\n")
    tree = told("mktree", input=f"100644 blob {there}\ta.md\n100644 blob {blob}\tb.md\n")
    commit = told("-c", "user.name=A", "-c", "user.email=a@b", "commit-tree", tree, "-m", "x")
    told("update-ref", "refs/heads/main", commit)
    (folder / "objects" / blob[:2] / blob[2:]).unlink()
    return told


def promisor(told, folder, ran):
    told("config", "core.repositoryformatversion", "1")
    told("config", "extensions.partialClone", "origin")
    told("config", "remote.origin.promisor", "true")
    told("config", "remote.origin.url", str(folder))
    told("config", "remote.origin.uploadpack", f"touch {ran}; false")
    told("config", "protocol.file.allow", "always")


def external(told, folder, ran):
    promisor(told, folder, ran)
    told("config", "remote.origin.url", f"ext::touch {ran}")
    told("config", "protocol.ext.allow", "always")


def helper(told, folder, ran):
    promisor(told, folder, ran)
    told("config", "remote.origin.vcs", "ext")
    told("config", "remote.origin.url", f"touch {ran}")


def hooks(told, folder, ran):
    promisor(told, folder, ran)
    for name in ("post-checkout", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        hook = folder / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
        hook.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "pager.ls-tree", "core.sshCommand"):
        told("config", key, f"touch {ran}")
    told("config", "core.alternateRefsCommand", f"touch {ran}")


def included(told, folder, ran):
    promisor(told, folder, ran)
    os.mkfifo(folder / "pipe")
    told("config", "include.path", "never-opened")
    config = folder / "config"
    config.write_text(config.read_text().replace("never-opened", str(folder / "pipe")))


@pytest.mark.skipif(os.name == "nt", reason="asks for a shell and for pipes")
@pytest.mark.parametrize("made", [promisor, external, helper, hooks, included])
def test_naming_a_repository_runs_nothing(tmp_path, made, monkeypatch):
    folder, ran = tmp_path / "evil", tmp_path / "ran"
    made(missing(folder), folder, ran)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", f"touch {ran}")
    index = str(tmp_path / "index")
    for words in (
        ["check", str(folder)],
        ["ingest", str(folder), "--index", index],
        ["ingest", str(folder), "--rev", "main", "--index", index],
        ["verify", "--index", index],
    ):
        done = every_command.run(*words)
        assert "Traceback" not in done.stderr
        if words[0] != "verify":
            assert done.code == 3
            assert "b.md: the repository lacks the file" in done.stderr
            assert "a.md" not in done.stderr  # the other file is read
        assert not ran.exists(), words


def test_a_name_of_another_commit_does_not_replace_what_is_named(work):
    first, last = Repository.at(work, "v1").commit, Repository.at(work, "main").commit
    git(work, "replace", first, last)
    assert run(MemoryEngine(), work, rev="v1")[1]["programy@v1/kraj/péče.md"] == "Chceme lékaře."


def test_a_further_work_tree_is_read_and_one_that_nobody_knows_is_not(work, tmp_path):
    tree = tmp_path / "strom"
    git(work, "worktree", "add", "-q", str(tree), "v1")
    assert len(run(MemoryEngine(), tree, rev="HEAD")[1]) == 2
    (tmp_path / "cizí").mkdir()
    shutil.copy(tree / ".git", tmp_path / "cizí" / ".git")
    with pytest.raises(ProgsearchError, match="does not know of it"):
        Repository.at(tmp_path / "cizí")


@pytest.mark.parametrize("part", ["objects", "refs", "HEAD"])
@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_repository_behind_links_is_refused(work, tmp_path, part):
    bare = tmp_path / "cizí"
    shutil.copytree(work / ".git", bare)
    if part == "HEAD":
        (bare / part).unlink()
    else:
        shutil.rmtree(bare / part)
    (bare / part).symlink_to(work / ".git" / part)
    with pytest.raises(ProgsearchError, match="link or device"):
        Repository.at(bare)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_among_the_objects_is_not_waited_for(work):
    folder = work / ".git" / "objects" / "ab"
    folder.mkdir(exist_ok=True)
    os.mkfifo(folder / ("0" * 38))
    with pytest.raises(ProgsearchError, match="link or device"):
        Repository.at(work)


def test_names_of_commits_are_found_in_packs_too(work):
    git(work, "pack-refs", "--all")
    git(work, "gc", "-q")
    assert Repository.at(work, "main~1").commit == Repository.at(work, "v1").commit


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


def test_one_file_is_read_as_it_was_in_the_commit(work):
    kept = work / "staré.md"
    kept.write_text("# Staré\n\nTeď je to jinak.\n", encoding="utf-8")
    done, texts = run(MemoryEngine(), kept, rev="v1")
    assert list(texts.values()) == ["Bylo to jinak."]
    assert len(done) == 1
    kept.unlink()
    assert run(MemoryEngine(), kept, rev="v1")[1] == texts
    with pytest.raises(ProgsearchError, match="no such file"):
        run(MemoryEngine(), work / "nové.md", rev="v1")
