"""What the guides for Python say runs as it stands there; the how-tos name what exists."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout

import pytest
import typer.main

from progsearch.cli import app


@pytest.fixture
def desk(demo, project, tmp_path, monkeypatch):
    """A folder with an index and the corpus, as a user has them."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(demo, tmp_path / "index")
    return tmp_path


def run(line):
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        app(shlex.split(line)[1:], standalone_mode=False)
    return out.getvalue()


def test_the_guide_to_python_runs(project, desk):
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    pytest.importorskip("matplotlib")
    text = (project / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 6
    names: dict[str, object] = {}
    out = io.StringIO()
    with redirect_stdout(out):
        for block in blocks:
            exec(compile(block, "docs/python.md", "exec"), names)
    assert (desk / "staffing.svg").stat().st_size > 1000
    assert "no filter 'regoin' – did you mean region?" in out.getvalue()


def test_the_guide_names_every_method_and_filter(project):
    from progsearch.api.index import OpenIndex
    from progsearch.api.words import FilterWords

    text = (project / "docs" / "python.md").read_text(encoding="utf-8")
    methods = [name for name in vars(OpenIndex) if not name.startswith("_")]
    for name in (*methods, *FilterWords.__annotations__):
        assert re.search(rf"`[^`]*\b{name}\b|\.{name}\(", text) or name == "languages", name


def test_the_study_runs_from_folder_to_figure(project, tmp_path, monkeypatch):
    for module in ("pandas", "matplotlib", "nltk", "ir_measures"):
        pytest.importorskip(module)
    monkeypatch.chdir(tmp_path)
    notebook = json.loads((project / "docs" / "study.ipynb").read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    names: dict[str, object] = {}
    out = io.StringIO()
    with redirect_stdout(out):
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                continue
            assert not cell["outputs"]  # they would be those of another version
            # As IPython has it: a line of the shell begins with an exclamation mark.
            python = [
                f"__shell({line[1:]!r})" if line.startswith("!") else line
                for line in "".join(cell["source"]).splitlines()
            ]
            names["__shell"] = lambda line: print(run(line))
            exec(compile("\n".join(python), "docs/study.ipynb", "exec"), names)
    assert len(names["coded"]) >= 8
    for file in ("public-transport.svg", "measures.csv", "agreement.csv", "study.csv", "again.csv"):
        assert (tmp_path / file).stat().st_size
    assert (tmp_path / "study.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()


def lines(project, page):
    text = (project / page).read_text(encoding="utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("progsearch "):
                yield shlex.split(line, comments=True)


@pytest.mark.parametrize("page", ["docs/howto.md", "README.md"])
def test_commands_of_the_guides_can_be_typed(project, page):
    commands = typer.main.get_command(app).commands
    found = list(lines(project, page))
    assert len(found) >= 3
    for _, name, *words in found:
        command = commands[name]
        if hasattr(command, "commands"):
            command = command.commands[words.pop(0)]
        with command.make_context(name, words):
            pass


@pytest.mark.parametrize(
    "word",
    [
        "keyness",
        "concordance",
        "collocates",
        "document-feature matrix",
        "dictionary",
        "pledge",
        "salience",
        "codebook",
        "intercoder agreement",
    ],
)
def test_the_words_of_the_field_are_found_in_the_documentation(project, word):
    pages = [(project / "docs" / "howto.md").read_text(encoding="utf-8").casefold()]
    assert f"| {word} |" in pages[0]
