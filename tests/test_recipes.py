"""Recipes: what is kept of a question, and what is said when its answer has become another."""

from __future__ import annotations

import io
import shutil
import tomllib
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from typing import NamedTuple

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from themes_making import theme, write

from progsearch import __version__
from progsearch.cli import app
from progsearch.cli._support.recipe import arguments_of
from progsearch.errors import ProgsearchError
from progsearch.recipes import COMMANDS, Circumstances, Recipe, digest, read, theme_hash, written
from progsearch.themes import load

NOW = Circumstances(
    progsearch=__version__,
    corpus="0123",
    documents=3,
    passages=1200,
    language_data="1/simplemma-2",
    themes={"a": "11", "b": "22"},
    lexicon="77",
)
SIZE = "3 documents with 1,200 passages"
names = st.text(min_size=1, max_size=12)
values = st.one_of(st.booleans(), st.integers(0, 10**9), st.text(), st.lists(st.text(), max_size=4))


@given(
    command=st.sampled_from(COMMANDS),
    options=st.dictionaries(names, values, max_size=5),
    themes=st.dictionaries(names, st.text("0123456789abcdef"), max_size=3),
    found=st.dictionaries(names, st.integers(0, 10**6), max_size=3),
)
def test_a_recipe_that_is_written_can_be_read(tmp_path_factory, command, options, themes, found):
    recipe = Recipe(command, options, replace(NOW, themes=themes), found, "ab12", "2025-03-01")
    file = tmp_path_factory.mktemp("recipe") / "r.toml"
    file.write_text(written(recipe), encoding="utf-8", newline="")
    assert read(file) == recipe


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        (
            {"corpus": "4567", "documents": 4, "passages": 1300},
            [f"the corpus has changed: {SIZE} then, 4 with 1,300 now"],
        ),
        ({"corpus": "4567"}, [f"the corpus has changed, though it still has {SIZE}"]),
        ({"themes": {"a": "11", "b": "33"}}, ["the terms of the theme b have changed"]),
        ({"themes": {"a": "11"}}, ["the terms of the theme b have changed"]),
        ({"themes": {"a": "11", "b": "22", "c": "44"}}, []),
        (
            {"language_data": "2"},
            ["the language data has changed: 1/simplemma-2 then, 2 now"],
        ),
        ({"lexicon": "78"}, ["the lexicon, by which words are translated, has changed"]),
        ({"progsearch": "9"}, [f"progsearch was {__version__} then and is 9 now"]),
        # the same files are the same corpus, however they are cut into documents
        ({"documents": 4}, []),
    ],
)
def test_changes_are_said_one_by_one(change, told):
    assert NOW.changes(replace(NOW, **change)) == told


def test_differences_of_answers():
    recipe = Recipe("compare", {}, NOW, {"a": 1500, "b": 2}, "11")
    assert recipe.differences(recipe) == []
    again = replace(recipe, found={"a": 1501, "b": 2}, result="22")
    assert recipe.differences(again) == ["a: 1,500 passages then, 1,501 now"]
    assert recipe.differences(replace(recipe, result="22")) == [
        "the answer is another, with as many passages"
    ]
    assert recipe.differences(replace(recipe, found={}, result="22")) == [
        "a: 1,500 passages then, 0 now",
        "b: 2 passages then, 0 now",
    ]


@given(st.lists(st.lists(st.one_of(st.text(), st.integers(), st.none()))), st.data())
def test_a_digest_tells_answers_apart(rows, data):
    assert digest(rows) == digest([tuple(row) for row in rows])
    assert digest([*rows, ["one more"]]) != digest(rows)


TERMS = {"cs": ["lékař", "sestra"], "sv": ["läkare"]}


def hashed(tmp_path, *texts):
    shutil.rmtree(tmp_path / "themes", ignore_errors=True)
    return theme_hash(load([write(tmp_path / "themes", *texts)]), "t")


@pytest.mark.parametrize(
    ("texts", "same"),
    [
        ([theme("t", TERMS)], True),
        ([theme("t", {"cs": ["sestra", "lékař"], "sv": ["läkare"]})], True),
        ([theme("t", TERMS, definition="{en: other words on it}")], True),
        ([theme("t", TERMS), theme("u", {"cs": ["vlak"]})], True),
        ([theme("t", {"cs": ["lékař"], "sv": ["läkare"]})], False),
        ([theme("t", {"sv": ["lékař", "sestra"], "cs": ["läkare"]})], False),
        ([theme("t", TERMS, exclude="{cs: [nemocnice]}")], False),
        ([theme("t", TERMS), theme("u", {"cs": ["vlak"]}, broader="t")], False),
    ],
)
def test_the_hash_of_a_theme_is_that_of_what_it_finds(tmp_path, texts, same):
    assert (hashed(tmp_path, theme("t", TERMS)) == hashed(tmp_path, *texts)) is same


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("x = [", "not TOML"),
        ("", "no recipe: 'made' is missing"),
        (written(Recipe("ingest", {}, NOW, {}, "1")), "'ingest' is no command of a recipe"),
        (written(Recipe("run", {}, NOW, {}, "1")), "'run' is no command of a recipe"),
        (
            written(Recipe("compare", {}, NOW, {}, "1")).replace(
                "documents = 3", 'documents = "x"'
            ),
            "no recipe: invalid literal",
        ),
        (written(Recipe("compare", {}, NOW, {}, "1")).replace("[found]", "[fund]"), "no recipe"),
    ],
)
def test_files_that_are_no_recipes(tmp_path, text, what):
    file = tmp_path / "r.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProgsearchError) as error:
        read(file)
    assert error.value.what.startswith(what)
    assert error.value.where == str(file)
    assert "--save" in error.value.remedy


def test_a_recipe_that_is_not_there(tmp_path):
    with pytest.raises(ProgsearchError, match="cannot be read"):
        read(tmp_path / "none.toml")


class Ran(NamedTuple):
    stdout: str
    stderr: str


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        app(list(map(str, words)), standalone_mode=False)
    return Ran(out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def corpus(project, tmp_path_factory):
    """The demonstration corpus in a folder of its own, and an index of it."""
    folder = tmp_path_factory.mktemp("recipes")
    shutil.copytree(project / "corpus", folder / "corpus")
    run("ingest", folder / "corpus", "--index", folder / "index", "-q")
    return folder


@pytest.fixture
def here(corpus, monkeypatch):
    monkeypatch.chdir(corpus)
    return corpus


ASKED = {
    "compare": ("compare", "--theme", "waiting-times", "--words", "lékař", "--by", "lang,party"),
    "compare with filters": (
        "compare", "vård*", "AND NOT", '"nära vård"', "--by", "year", "--by", "kind", "--lang",
        "sv", "--since", "2021", "--duplicates", "keep", "--asides", "--test", "-f", "csv",
    ),
    "passages": ("compare", "--theme", "rail", "--show", "passages", "--evidence", "2"),
    "silent": ("compare", "--theme", "rail", "--by", "region", "--silent", "--wide"),
    "keywords": ("keywords", "--by", "party", "-n", "3", "--minimum", "4", "-f", "json"),
    "search": ("search", "sjuksköterska", "OR", "sestra", "-n", "3", "--role", "goal", "-f", "md"),
    "count": ("count", "--theme", "rail", "--theme", "waiting-times", "--by", "region"),
    "kwic": (
        "kwic", "*vård*", "--by", "party", "--window", "4", "--sort", "left", "--sample", "9",
        "--seed", "5", "--inside", "region", "-f", "csv",
    ),
    "words": ("words", "--ngram", "2", "--no-stop-words", "-n", "4", "--over", "party"),
    "collocates": ("collocates", "vård", "--sort", "g2", "--window", "3", "-f", "md"),
    "dispersion": ("dispersion", "/lékař.*/", "--by", "region", "--show", "groups", "-f", "json"),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_what_is_kept_is_what_was_asked(here, tmp_path, name):
    recipe = tmp_path / "recipe.toml"
    first = run(*ASKED[name], "--index", here / "index", "--save", recipe)
    again = run("run", recipe, "--index", here / "index", "--strict")
    assert again.stdout == first.stdout
    assert first.stdout
    assert "the answer is the same since" in again.stderr


def test_a_recipe_names_no_place_of_this_machine(here, tmp_path):
    recipe = tmp_path / "recipe.toml"
    run(*ASKED["compare with filters"], "--index", here / "index", "--save", recipe)
    text = recipe.read_text(encoding="utf-8")
    assert str(here) not in text
    kept = tomllib.loads(text)
    assert kept["options"] == {
        "query": 'vård* AND NOT "nära vård"',
        "by": ["year", "kind"],
        "lang": ["sv"],
        "since": "2021",
        "duplicates": "keep",
        "asides": True,
        "test": True,
        "format": "csv",
    }
    assert list(kept["found"]["passages"]) == ['vård* AND NOT "nära vård"']


def test_themes_of_a_folder_are_found_from_the_recipe(here, tmp_path, monkeypatch):
    write(tmp_path / "a" / "themes", theme("t", {"cs": ["lékař"], "sv": ["läkare"]}))
    recipe = tmp_path / "a" / "recipe.toml"
    run("compare", "--theme", "t", "--themes", tmp_path / "a" / "themes",
        "--index", here / "index", "--save", recipe)  # fmt: skip
    assert tomllib.loads(recipe.read_text(encoding="utf-8"))["options"]["themes"] == ["themes"]
    (tmp_path / "a").rename(tmp_path / "b")
    monkeypatch.chdir(tmp_path)
    recipe = tmp_path / "b" / "recipe.toml"
    assert "the same" in run("run", recipe, "--index", here / "index", "--strict").stderr
    write(tmp_path / "b" / "themes", theme("t", {"cs": ["sestra"], "sv": ["läkare"]}))
    told = run("run", recipe, "--index", here / "index").stderr
    assert "the terms of the theme t have changed" in told
    with pytest.raises(ProgsearchError, match="something has changed since"):
        run("run", recipe, "--index", here / "index", "--strict")


def test_a_changed_corpus_is_said_and_refused_with_strict(here, tmp_path):
    shutil.copytree(here / "corpus", tmp_path / "corpus")
    index, recipe = tmp_path / "index", tmp_path / "recipe.toml"
    run("ingest", tmp_path / "corpus", "--index", index, "-q")
    run("compare", "lékař", "--by", "lang", "--index", index, "--save", recipe)
    more = "# Nemocnice\n\nPřijmeme nového lékaře do nemocnice v každém městě našeho kraje.\n"
    (tmp_path / "corpus" / "cz" / "one-more.md").write_text(more, encoding="utf-8")
    run("ingest", tmp_path / "corpus", "--index", index, "-q")
    ran = run("run", recipe, "--index", index)
    assert "the corpus has changed: 30 documents" in ran.stderr
    assert "lékař: 14 passages then, 15 now" in ran.stderr
    assert ran.stdout.startswith("lékař\n")
    out = tmp_path / "out.csv"
    with pytest.raises(ProgsearchError, match="something has changed since"):
        run("run", recipe, "--index", index, "--strict", "-o", out)
    assert not out.exists()


def test_another_answer_of_the_same_corpus_is_said(here, tmp_path):
    recipe = tmp_path / "recipe.toml"
    run("compare", "lékař", "--by", "lang", "--index", here / "index", "--save", recipe)
    kept = recipe.read_text(encoding="utf-8")
    result = tomllib.loads(kept)["found"]["result"]
    recipe.write_text(kept.replace(result, "0" * 16), encoding="utf-8")
    told = run("run", recipe, "--index", here / "index").stderr
    assert "the answer is another, with as many passages" in told
    with pytest.raises(ProgsearchError, match="the answer is another since"):
        run("run", recipe, "--index", here / "index", "--strict")


def test_options_that_a_command_does_not_have_are_refused():
    command = typer.main.get_group(app).commands["compare"]
    with pytest.raises(ProgsearchError) as error:
        arguments_of(command, {"bogus": 3}, None, "r.toml")
    assert str(error.value).startswith("r.toml: [options]: compare has no option 'bogus'")
    for place in ("index", "output", "save"):
        with pytest.raises(ProgsearchError):
            arguments_of(command, {place: "x"}, None)
