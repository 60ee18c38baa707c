"""Files of settings, of people and of themes obey the rules of documents."""

from __future__ import annotations

import os

import pytest
from every_command import run

from progsearch.errors import ProgsearchError
from progsearch.ingest import check
from progsearch.opening import MAX_SETTING, setting_text
from progsearch.themes import load

links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")

THEME = "id: x\nprefLabel:\n  cs: Péče\nterms:\n  cs:\n  - péče\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "one.md").write_text("# Péče\n\nChceme lékaře.\n", encoding="utf-8")
    return folder


def problems(corpus):
    return [str(one) for done in check([corpus]) for one in done.problems if one.fatal]


@links
@pytest.mark.parametrize("name", ["progsearch.toml", "garants.tsv", ".progsearchignore"])
def test_settings_behind_a_link_that_leaves_are_refused(corpus, tmp_path, name):
    (tmp_path / "secret").write_text('party = "SECRET"\n', encoding="utf-8")
    (corpus / name).symlink_to(tmp_path / "secret")
    (told,) = problems(corpus)
    assert "leaves the corpus folder" in told
    assert name in told
    assert "SECRET" not in told


@links
def test_settings_behind_a_link_that_stays_hold(corpus):
    (corpus / "usual.toml").write_text('ignore = ["**"]\n', encoding="utf-8")
    (corpus / "a" / "progsearch.toml").symlink_to(corpus / "usual.toml")
    done = {one.path: str(one.status) for one in check([corpus])}
    assert done["corpus/a/one.md"] == "skipped"


@links
def test_settings_above_the_corpus_are_ones_own(corpus, tmp_path):
    (tmp_path / "usual").mkdir()
    (tmp_path / "usual" / "all.toml").write_text('ignore = ["corpus"]\n', encoding="utf-8")
    (tmp_path / "progsearch.toml").symlink_to(tmp_path / "usual" / "all.toml")
    assert {str(one.status) for one in check([corpus])} == {"skipped"}


def test_large_settings_are_refused(corpus):
    (corpus / "garants.tsv").write_bytes(b"x" * (MAX_SETTING + 1))
    (told,) = problems(corpus)
    assert "larger than" in told


@pipes
def test_a_pipe_is_no_file_of_settings(corpus):
    os.mkfifo(corpus / "progsearch.toml")
    os.mkfifo(corpus / "garants.tsv")
    assert problems(corpus) == []
    with pytest.raises(ProgsearchError, match="device or pipe"):
        setting_text(corpus / "garants.tsv")


@pipes
@links
def test_a_pipe_or_a_link_among_themes_costs_no_search(corpus, tmp_path):
    folder, index = tmp_path / "themes", tmp_path / "index"
    folder.mkdir()
    (tmp_path / "secret").write_text("SECRET: [\n", encoding="utf-8")
    (folder / "good.yaml").write_text(THEME.replace("id: x", "id: good"), encoding="utf-8")
    os.mkfifo(folder / "pipe.yaml")
    (folder / "link.yaml").symlink_to(tmp_path / "secret")
    told = {
        one.theme.id if one.theme else one.path: one.problems
        for one in load([folder]).files.values()
        if one.path.startswith(folder.as_posix())
    }
    assert "good" in told
    assert "device or pipe" in str(told[f"{folder.as_posix()}/pipe.yaml"])
    assert "leaves" in str(told[f"{folder.as_posix()}/link.yaml"])
    assert run("ingest", corpus, "--index", index, "-q").code == 0
    ran = run("search", "lékař", "--theme", "good", "--index", index)
    assert (ran.code, "Traceback" in ran.stderr, "SECRET" in ran.stderr) == (0, False, False)


def test_a_recipe_reads_no_themes_outside_of_its_folder_unless_told(corpus, tmp_path):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "x.yaml").write_text(THEME, encoding="utf-8")
    index, inside, outside = (tmp_path / name for name in ("index", "inside.toml", "r/out.toml"))
    outside.parent.mkdir()
    assert run("ingest", corpus, "--index", index, "-q").code == 0
    asked = ["search", "--theme", "x", "--themes", tmp_path / "themes", "--index", index]
    assert run(*asked, "--save", inside).code == 0
    assert run(*asked, "--save", outside).code == 0
    assert run("run", inside, "--index", index).code == 0
    with pytest.raises(ProgsearchError, match=r"outside of its folder.*--themes-anywhere"):
        run("run", outside, "--index", index)
    assert run("run", outside, "--index", index, "--themes-anywhere").code == 0


@pytest.mark.parametrize("line", ["*a" * 30, "**/" * 7, "x/*a*a*a*a/y"])
def test_a_pattern_that_would_go_back_is_refused_with_its_line(corpus, line):
    (corpus / ".progsearchignore").write_text(f"drafts/\n{line}\n", encoding="utf-8")
    (corpus / ("a" * 60 + ".md")).write_text("Text.\n", encoding="utf-8")
    told = problems(corpus)
    assert told
    assert all(".progsearchignore:2: a pattern with more than" in one for one in told)


def test_usual_patterns_are_none_of_those(corpus):
    (corpus / ".progsearchignore").write_text("**/*.bak\n*old*copy*.md\n", encoding="utf-8")
    assert problems(corpus) == []
