"""Which files are left out: patterns as in .gitignore, in files and on the command line."""

from __future__ import annotations

import subprocess

import pytest

from progsearch.errors import ProgsearchError
from progsearch.files import roots_of, walk
from progsearch.ignoring import IGNORE_NAME, Choice
from progsearch.ingest import check
from progsearch.settings import Settings

pytestmark = pytest.mark.usefixtures("one_process")

FILES = ("a.md", "b.txt", "drafts/c.md", "drafts/kept.md", "deep/drafts/d.md", "deep/e.py")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    for name in FILES:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Text souboru {name}.\n", encoding="utf-8")
    return folder


def read(corpus, settings=None):
    """The files that are not left out, whether they can be read or not."""
    done = check([corpus], settings)
    return {one.path.removeprefix("corpus/") for one in done if one.status != "skipped"}


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (["*.py"], {"deep/e.py"}),
        (["drafts/"], {"drafts/c.md", "drafts/kept.md", "deep/drafts/d.md"}),
        (["/drafts/"], {"drafts/c.md", "drafts/kept.md"}),
        (["drafts/*", "!drafts/kept.md"], {"drafts/c.md"}),
        (["drafts/", "!drafts/kept.md"], {"drafts/c.md", "drafts/kept.md", "deep/drafts/d.md"}),
        (["# nothing", "", "deep/**"], {"deep/drafts/d.md", "deep/e.py"}),
        (["?.md"], {"a.md", "drafts/c.md", "deep/drafts/d.md"}),
        (["*", "!*.md", "!*/"], {"b.txt", "deep/e.py"}),
    ],
)
def test_patterns_are_those_of_git(corpus, lines, left):
    (corpus / IGNORE_NAME).write_text("\n".join(lines), encoding="utf-8")
    assert read(corpus) == set(FILES) - left


def test_the_nearest_file_counts(corpus):
    (corpus / IGNORE_NAME).write_text("*.md\n", encoding="utf-8")
    (corpus / "drafts" / IGNORE_NAME).write_text("!kept.md\n", encoding="utf-8")
    assert read(corpus) == {"b.txt", "deep/e.py", "drafts/kept.md"}
    assert read(corpus / "drafts") == {"drafts/kept.md"}


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (Choice(include=("*.txt",)), {"b.txt"}),
        (Choice(include=("deep/",)), {"deep/drafts/d.md", "deep/e.py"}),
        (Choice(exclude=("*.md", "*.py")), {"b.txt"}),
        (Choice(include=("*.md",), exclude=("drafts/",)), {"a.md"}),
    ],
)
def test_files_are_chosen_on_the_command_line(corpus, choice, found):
    assert read(corpus, Settings(choice=choice)) == found


def test_a_pattern_that_cannot_be_used_is_named(corpus):
    with pytest.raises(ProgsearchError) as caught:
        read(corpus, Settings(choice=Choice(include=("!",))))
    assert caught.value.where == "--include"


def test_what_is_not_read_is_listed(corpus):
    (failed,) = [one for one in check([corpus]) if one.status == "failed"]
    assert failed.path == "corpus/deep/e.py"
    assert ".progsearchignore" in failed.problems[0].remedy


def test_the_files_of_repositories_and_programs_are_no_documents(corpus):
    subprocess.run(["git", "init", "-q", "--bare", corpus / "inner.git"], check=True)
    for name in (".git", "node_modules", "__pycache__"):
        (corpus / name).mkdir()
        (corpus / name / "a.md").write_text("Text.", encoding="utf-8")
    found = {one.path.removeprefix("corpus/") for one in walk(roots_of([corpus]))}
    assert found == set(FILES)
