"""Every command in every format: what a promise for all commands is held by."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click
import typer

from progsearch.cli import app
from progsearch.engine import open_engine


class Ran(NamedTuple):
    code: int
    stdout: str
    stderr: str


class Screen(io.StringIO):
    """Text that goes to a terminal."""

    def isatty(self) -> bool:
        return True


def run(*words, screen=False) -> Ran:
    """A command in this process; its errors are raised."""
    out, err = Screen() if screen else io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = app([str(word) for word in words], standalone_mode=False)
    return Ran(code or 0, out.getvalue(), err.getvalue())


@cache
def names() -> set[tuple[str, ...]]:
    """The commands that are registered."""

    def below(command: click.Command, name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if isinstance(command, click.Group):
            for word, one in command.commands.items():
                yield from below(one, (*name, word))
        else:
            yield name

    return set(below(typer.main.get_command(app), ()))


def name_of(words: list[str]) -> tuple[str, ...]:
    """The command that a command line begins with."""
    known = names()
    return next(tuple(words[:n]) for n in (1, 2) if tuple(words[:n]) in known)


def asking(
    folder: Path, index: Path, word: str = "vård", theme: str = "housing"
) -> list[list[str]]:
    """Command lines that write to stdout: every command that has something to say there.

    ``folder`` takes the files that they need.
    """
    engine = open_engine(index)
    document = next(engine.documents())
    passage = engine.passages(document.id)[0].id
    part = f"lang={document.lang.value}"
    engine.close()
    coded = folder / "coded.csv"
    coded.write_text(f"theme,relevance,relevance_2,id\n{theme},1,0,{passage}\n", encoding="utf-8")
    recipe = folder / "recipe.toml"
    at = ["--index", str(index)]
    run("search", word, "--save", recipe, *at)
    listed = ("documents", "regions", "parties", "languages", "failures", "notes")
    tables = ("table", "csv", "json", "md")
    asked = [
        *(["search", word, "-f", one] for one in ("table", "kwic", "csv", "json", "jsonl", "md")),
        ["search", "--theme", theme, "--expand"],
        *(["count", word, "--by", "region,party", "-f", one] for one in tables),
        ["count", "--by", "document"],
        ["show", document.id],
        ["show", document.id, "--source"],
        ["show", passage],
        *(["list", what] for what in listed),
        *(["list", "documents", "-f", one] for one in tables[1:]),
        # As a table it has nothing to say of an index that is whole.
        *(["verify", "-f", one] for one in (*tables[1:], "table")),
        *(["explain", word, "-f", one] for one in tables),
        *(["status", "-f", one] for one in tables),
        ["explain", passage],
        ["explain", passage, "--query", word],
        *(["explain", "hospital", "--from", "en", "-f", one] for one in tables),
        ["search", "hospital", "--from", "en"],
        *(["evaluate", str(coded), "-f", one] for one in tables),
        *(["evaluate", str(coded), "--part", "disagreements", "-f", one] for one in tables),
        *(["compare", word, "--theme", theme, "--evidence", "2", "-f", one] for one in tables),
        ["compare", word, "--by", "party", "--test", "--wide", "-f", "csv"],
        ["compare", word, "--by", "document", "--silent"],
        ["diff", "--of", part, "--with", part, "--all"],
        ["follow", "--of", part, "--with", part],
        ["match", "--by", "party", "--lang", document.lang.value],
        ["compare", word, "--by", "party", "--show", "passages"],
        *(["kwic", word, "--by", "party", "--window", "5", "-f", one] for one in tables),
        ["kwic", word, "--sort", "left", "--sample", "3", "--inside", word],
        *(["words", "--by", "party", "--ngram", "2", "-n", "5", "-f", one] for one in tables),
        ["words", word, "--of", "form", "--no-stop-words"],
        *(["collocates", word, "--by", "party", "--minimum", "1", "-f", one] for one in tables),
        *(["dispersion", word, "--by", "party", "-f", one] for one in tables),
        ["dispersion", word, "--show", "groups"],
        ["explain", "*vård*"],
        *(["keywords", "--by", "document", "--minimum", "1", "-f", one] for one in tables),
        ["report", word, "--by", "party", "--title", word],
        *(["cite", passage, "-f", one] for one in ("bibtex", "csl", "ris")),
        ["run", str(recipe)],
        *(["themes", "coverage", theme, "-f", one] for one in tables),
        *(["themes", "suggest", theme, "--least", "1", "-f", one] for one in tables),
        *(["themes", "suggest", theme, "--lexicon", "-f", one] for one in tables),
        *(["themes", "gaps", theme, "-f", one] for one in tables),
        ["themes", "audit", theme],
        *(["export", "corpus", "-f", one] for one in ("jsonl", "csv")),
    ]
    return [
        *([*words, *at] for words in asked),
        *(["themes", "list", "-f", one] for one in tables),
        ["themes", "show", theme],
        ["themes", "translate", theme, "--to", "de"],
        *(["themes", "export", theme, "-f", one] for one in ("skos", "quanteda", "yaml")),
    ]


def files_written(index: Path, word: str = "vård") -> list[list[str]]:
    """Command lines that only write to a file, its name to be put behind them."""
    at = ["--index", str(index)]
    return [
        ["compare", word, "--theme", "housing", "-f", "xlsx", *at, "-o"],
        ["keywords", "-f", "xlsx", *at, "-o"],
        ["export", "corpus", "-f", "parquet", *at, "-o"],
        ["export", "dfm", "-f", "parquet", *at, "-o"],
        ["export", "dfm", word, "-f", "mtx", *at, "-o"],
        ["kwic", word, "-f", "xlsx", *at, "-o"],
        ["words", "-f", "xlsx", *at, "-o"],
        ["export", "corpus", "-f", "sqlite", *at, "-o"],
        ["list", "documents", "-f", "xlsx", *at, "-o"],
        ["demo"],
        ["search", word, *at, "--save"],
        ["themes", "new", "my-theme", "--themes"],
    ]


def reading(corpus: Path, index: Path) -> list[list[str]]:
    """Command lines that read documents and say what was done."""
    return [
        ["ingest", str(corpus), "--index", str(index), "--rebuild"],
        ["check", str(corpus)],
        ["init", str(corpus), "-o", str(index.parent / "draft.toml"), "--overwrite"],
        ["themes", "check"],
        ["meaning", "--encoder", str(tiny_model(index.parent)), "--index", str(index)],
    ]


def tiny_model(folder: Path) -> Path:
    """A static model of model2vec that knows five words, in a folder."""
    import numpy as np
    from model2vec import StaticModel
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = {"[UNK]": 0, "nurse": 1, "sestra": 2, "road": 3, "silnice": 4}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    table = np.array([[0, 0], [1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]], dtype=np.float32)
    StaticModel(table, tokenizer, normalize=True).save_pretrained(folder / "tiny")
    return folder / "tiny"


def answering(index: Path) -> list[list[str]]:
    """Command lines that go on until they are told to stop."""
    return [["serve", "--index", str(index), "--port", "0"]]
