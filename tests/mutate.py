"""``python -m tests.mutate ROOM``: would the tests of a room see a break?

A break ("mutant") is one small change of the code: a comparison turned around, a condition
negated, a call left out, a number or a truth changed, two values swapped. The tests of the room
are run with it, in a copy of the checkout; if they pass, it survives and is shown. Of many
breaks a sample is tried; ``--sample 0`` tries all. What cannot be seen at all, as a message's
words, is not changed. Those left out on purpose are in :data:`ALIKE`, with why.

The idea is DeMillo, Lipton and Sayward's ("Hints on Test Data Selection", Computer 11, 1978). A
script of our own, because mutmut and cosmic-ray break whole packages and cannot be bounded to a
room, a sample and a time.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent

ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "durable": (
        ("engine/durable.py",),
        ("test_durable.py", "test_powercut.py", "test_verify.py", "test_losses.py"),
    ),
    "mark": (("engine/mark.py",), ("test_durable.py", "test_powercut.py", "test_verify.py")),
    "outputs": (("outputs.py",), ("test_outputs.py", "test_powercut.py")),
    "files": (
        ("files.py", "opening.py", "plans.py"),
        ("test_files.py", "test_settings_files.py", "test_ingest.py", "test_losses.py"),
    ),
    "scope": (("scope.py",), ("test_scope.py",)),
    "matching": (("matching.py",), ("test_matching.py", "test_query.py")),
    "compare": (
        ("compare/table.py", "compare/differences.py", "compare/silence.py", "compare/basis.py"),
        ("test_compare.py", "test_compare_cli.py"),
    ),
    "statistics": (("statistics.py",), ("test_statistics.py", "test_compare_statistics.py")),
}
"""The rooms that hold promises: their files, and the tests that hold them to it."""

ALIKE: dict[str, str] = {
    "sys.platform == 'darwin'": "macOS only",
    "os.name == 'nt'": "Windows only",
}
"""Conditions whose change cannot be seen on the system of the run."""

SECONDS = 300
_WORDS = frozenset(("what", "where", "remedy", "encoding", "errors", "newline"))
_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


class Mutant(NamedTuple):
    """A break: its file and line, what was there and what is there now, and all of the file."""

    file: str
    line: int
    before: str
    after: str
    source: str


def mutants(file: str, source: str) -> Iterator[Mutant]:
    """Each break of a file, in its order."""
    count = sum(1 for _ in _places(ast.parse(source)))
    for number in range(count):
        tree = ast.parse(source)
        node, change = list(_places(tree))[number]
        before = ast.unparse(node)
        after = change()
        if before not in ALIKE and not any(before.startswith(one) for one in ALIKE):
            yield Mutant(file, node.lineno, before, after or "", ast.unparse(tree))


def _places(tree: ast.Module):
    """The nodes that can be changed, each with a function that does it and says what is there."""
    decorators = {
        id(inner)
        for node in ast.walk(tree)
        for one in getattr(node, "decorator_list", ())  # frozen and slots change no answer
        for inner in ast.walk(one)
    }
    for parent in ast.walk(tree):
        if isinstance(parent, ast.Raise) or _is_typing(parent) or id(parent) in decorators:
            continue
        for name, value in ast.iter_fields(parent):
            if isinstance(parent, ast.keyword) and parent.arg in _WORDS:
                continue
            for index, node in enumerate(value if isinstance(value, list) else [value]):
                yield from _changes(parent, name, index if isinstance(value, list) else -1, node)


def _is_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _changes(parent, name, index, node):
    def put(new):
        def change() -> str:
            ast.copy_location(new, node)
            if index < 0:
                setattr(parent, name, new)
            else:
                getattr(parent, name)[index] = new
            ast.fix_missing_locations(parent)
            return ast.unparse(new)

        return change

    if name in ("annotation", "returns", "type_comment", "decorator_list"):
        return
    match node:
        case ast.Compare(left, [op], [right]) if type(op) in _SWAPPED:
            yield node, put(ast.Compare(left, [_SWAPPED[type(op)]()], [right]))
        case ast.BoolOp(op, values):
            yield node, put(ast.BoolOp(_SWAPPED[type(op)](), values))
        case ast.BinOp(left, op, right) if type(op) in _SWAPPED and not _is_text(node):
            yield node, put(ast.BinOp(left, _SWAPPED[type(op)](), right))
        case ast.UnaryOp(ast.Not(), operand):
            yield node, put(operand)
        case ast.Constant(bool() as value):
            yield node, put(ast.Constant(not value))
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            yield node, put(ast.Constant(value + 1))
        case ast.Expr(ast.Call() | ast.Yield()) if name == "body":
            if isinstance(node.value, ast.Call):
                yield node, put(ast.Pass())
        case ast.AugAssign():
            yield node, put(ast.Pass())
        case ast.Return(ast.Constant() | ast.Name() | ast.Call() as value) if _says(value):
            yield node, put(ast.Return(ast.Constant(None)))
        case ast.IfExp(test, body, orelse):
            yield node, put(ast.IfExp(test, orelse, body))
        case ast.Continue() | ast.Break():
            yield node, put(ast.Pass())
        case ast.Tuple([ast.Constant(a), ast.Constant(b)], ast.Load()) if a != b:
            yield node, put(ast.Tuple([ast.Constant(b), ast.Constant(a)], ast.Load()))


def _says(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Constant) and value.value is None)


def _is_text(node: ast.BinOp) -> bool:
    parts = (node.left, node.right)
    return any(
        isinstance(one, ast.JoinedStr)
        or (isinstance(one, ast.Constant) and isinstance(one.value, str))
        for one in parts
    )


def is_seen(copy: Path, one: Mutant, tests: list[str]) -> bool:
    """Whether the tests fail with a break."""
    file = copy / "progsearch" / one.file
    before = file.read_text(encoding="utf-8")
    file.write_text(one.source, encoding="utf-8")
    words = ["-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider", "--no-header", *tests]
    try:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=copy,
            env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True  # it does not end
    finally:
        file.write_text(before, encoding="utf-8")
    return done.returncode != 0


def main() -> int:
    """Try the breaks of a room; the code is 1 when a smaller share is seen than is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--sample", type=int, default=40, help="breaks that are tried; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many")
    parser.add_argument("--least", type=float, default=0.9, help="share that must be seen")
    asked = parser.parse_args()
    files, named = ROOMS[asked.room]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        for name in ("progsearch", "tests", "benchmarks", "docs", "corpus"):
            if (ROOT / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, copy / name, ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", copy)
        # Those of one test are often seen by it alone, so the quickest comes first.
        tests = [f"tests/{name}" for name in named]
        if is_seen(copy, Mutant(files[0], 0, "", "", _text(files[0])), tests):
            print("the tests fail without a break")
            return 2
        every = [one for file in files for one in mutants(file, _text(file))]
        chosen = random.Random(asked.seed).sample(
            every, min(asked.sample or len(every), len(every))
        )
        begun, seen, tried = time.monotonic(), 0, 0
        for one in (
            sorted(chosen, key=lambda one: (one.file, one.line)) if not asked.minutes else chosen
        ):
            if asked.minutes and time.monotonic() - begun > asked.minutes * 60:
                break
            found = is_seen(copy, one, tests)
            tried, seen = tried + 1, seen + found
            if not found:
                print(f"survives {one.file}:{one.line}: {one.before}  ->  {one.after}", flush=True)
    share = seen / tried if tried else 0.0
    print(f"{asked.room}: {seen} of {tried} breaks seen ({share:.2f}), of {len(every)} in all")
    return int(share < asked.least)


def _text(file: str) -> str:
    return (ROOT / "progsearch" / file).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
