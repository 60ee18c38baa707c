"""``python -m tests.mutate ROOM``: would the tests of a room see a break?

A break ("mutant") is one small change of the code: a comparison turned around, a condition
negated, a call left out, a number or a truth changed, two values swapped. The tests of the room
are run with it, in a copy of the checkout; if they pass, it survives and is shown. Of many
breaks a sample is tried; ``--sample 0`` tries all. What cannot be seen at all, as a message's
words, is not changed. Those left out on purpose are in :data:`ALIKE`, with why. Where processes
can be forked the tests are collected once (:mod:`tests.forking`), and only what they do not see
so is tried again by itself, in a process that has nothing else.

The idea is DeMillo, Lipton and Sayward's ("Hints on Test Data Selection", Computer 11, 1978). A
script of our own, because mutmut and cosmic-ray break whole packages and cannot be bounded to a
room, a sample and a time.
"""

from __future__ import annotations

import argparse
import ast
import json
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
    "durable": (("engine/durable.py",), ("test_generations.py", "test_powercut.py")),
    "mark": (("engine/mark.py",), ("test_mark.py", "test_powercut.py")),
    "outputs": (("outputs.py",), ("test_outputs.py", "test_powercut.py")),
    "files": (
        ("files.py", "opening.py", "plans.py"),
        ("test_files.py", "test_opening.py", "test_plans.py"),
    ),
    "renewal": (("renewal.py",), ("test_renewal.py", "test_losses.py")),
    "scope": (
        ("scope.py",),
        (
            "scope/test_filters.py",
            "scope/test_values.py",
        ),
    ),
    "matching": (("matching.py",), ("test_matching.py", "test_query.py")),
    "compare": (
        ("compare/table.py", "compare/differences.py", "compare/silence.py", "compare/basis.py"),
        ("test_basis.py", "test_compare.py", "test_silences.py", "test_compare_statistics.py"),
    ),
    "statistics": (("statistics.py",), ("test_statistics.py", "test_compare_statistics.py")),
}
"""The rooms that hold promises: their files, and the tests that hold them to it by themselves; what
commands show besides is not asked, as it takes long."""

ALIKE: dict[tuple[str, str, str], str] = {
    ("", "sys.platform == 'darwin'", ""): "macOS only",
    ("engine/mark.py", "fcntl.fcntl(", ""): "macOS only",
    ("", "is_folder and os.name == 'nt'", ""): "Windows only",
    ("outputs.py", "0", "Error(0"): "nobody is shown the number of an error of our own",
    ("outputs.py", "8", "token_hex"): "a name made by chance may be longer",
    ("matching.py", "_possible(left, present) and", ""): "a look before the look: it saves time",
    ("statistics.py", "1.0", "min(1.0, total)"): "only rounding brings a sum above 1",
    ("statistics.py", "1.0", "deviation = min(1.0"): "only rounding brings it above 1",
    ("statistics.py", "1.0", "min(1.0, deviation / most)"): "only rounding brings it above 1",
    ("statistics.py", "1.0", "corrected = [1.0]"): "each of them is overwritten",
    ("engine/mark.py", "2000000000", ""): "a nanosecond less or more",
    ("engine/mark.py", "1", "indent=1"): "white space of JSON",
    ("engine/mark.py", "0", 'told.get("schema", 0)'): "no mark has either number",
    ("engine/mark.py", "0", "committed = 0"): "without a mark, nothing is made younger",
    ("engine/mark.py", "0", "begun, doubted"): "no file is of the year 1970",
    ("engine/mark.py", "1", "opened.read(1 << 20)"): "how much is read at once",
    ("engine/mark.py", "20", "opened.read(1 << 20)"): "how much is read at once",
    ("scope.py", "not filters.asides and asides", ""): "to leave out nothing leaves out nothing",
    ("files.py", "('__pycache__', 'node_modules')", ""): "the order of a set",
    ("files.py", "('README', 'LICENSE')", ""): "the order of alternatives",
    ("plans.py", "1", "return -1"): "no file has either size",
    ("files.py", "False", "return False"): "None is as untrue",
    ("files.py", "return False", ""): "None is as untrue",
    ("files.py", "0", "size: int = 0"): "only files of a commit have it asked",
    ("compare/table.py", "0", "left_out: int = 0"): "every comparison says it",
    ("files.py", "50000000", ""): "a byte more of fifty million",
    ("opening.py", "5000000", ""): "a byte more of five million",
    ("files.py", "1000000.0", ""): "a millionth of a number in a message",
    ("opening.py", "1000000.0", ""): "a millionth of a number in a message",
    ("files.py", "511 if os.name == 'nt'", ""): "Windows only",
    ("files.py", "511", "if os.name =="): "Windows only",
    ("files.py", "source.blob and source.root.commit", ""): "neither is without the other",
    ("files.py", "1", "stream.read(max_bytes + 1)"): "one byte too many is enough to be seen",
    ("opening.py", "1", "stream.read(limit + 1)"): "one byte too many is enough to be seen",
    ("opening.py", "os.open in os.supports_dir_fd", ""): "systems have both or neither",
    ("opening.py", "_READ | _NO_INHERIT", ""): "Windows only",
    ("opening.py", "0", "getattr(os"): "where a system has no such flag",
    (
        "engine/durable.py",
        "True",
        "ignore_errors=True",
    ): "what cannot be deleted stays, either way",
    ("engine/durable.py", "511", "rights: int = 0o777"): "each writer says which",
    ("engine/durable.py", "3", "OPENINGS"): "one more try of those that are bounded",
    ("engine/durable.py", "200", "[:200]"): "a letter more of what is wrong",
    ("compare/silence.py", "0.0", "if size else 0.0"): "without known groups none is asked",
    ("compare/table.py", "('theme', 'words')", ""): "the order in a type",
}
"""Breaks that nothing can see, by their file, by how what is broken begins, and by what is on the
line; with why."""

SECONDS = 300
# ``strict`` is a guard of ours that right code never meets.
_WORDS = frozenset(("what", "where", "remedy", "encoding", "errors", "newline", "strict"))
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
        line = source.splitlines()[node.lineno - 1]
        if not any(
            place in ("", file) and before.startswith(begun) and told in line
            for place, begun, told in ALIKE
        ):
            yield Mutant(file, node.lineno, before, after or "", ast.unparse(tree))


def _places(tree: ast.Module):
    """The nodes that can be changed, each with a function that does it and says what is there."""
    silent = {
        id(inner)
        for node in ast.walk(tree)
        for one in (
            *getattr(node, "decorator_list", ()),  # frozen and slots change no answer
            *(getattr(node, name, None) for name in ("annotation", "returns")),
        )
        if isinstance(one, ast.AST)
        for inner in ast.walk(one)
    }
    for parent in ast.walk(tree):
        if isinstance(parent, ast.Raise) or _is_typing(parent) or id(parent) in silent:
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


def at_once(copy: Path, chosen: list[Mutant], tests: list[str], end: float) -> dict[Mutant, bool]:
    """Whether the tests fail with each of many breaks, as far as there is time."""
    breaks, told = copy / "breaks.jsonl", copy / "told.jsonl"
    was = {file: ast.unparse(ast.parse(_text(file))) for file in {one.file for one in chosen}}
    with breaks.open("w", encoding="utf-8") as out:
        for one in chosen:
            out.write(json.dumps({"file": one.file, "was": was[one.file], "source": one.source}))
            out.write("\n")
    words = ["-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "-p", "tests.forking"]
    asked = ["--breaks", str(breaks), "--told", str(told), "--until", str(end), *tests]
    done = subprocess.run(
        [sys.executable, *words, *asked],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode or not told.is_file():
        raise SystemExit(f"the tests fail without a break\n{done.stdout}{done.stderr}")
    lines = told.read_text(encoding="utf-8").splitlines()
    return {one: json.loads(line) is not None for one, line in zip(chosen, lines, strict=False)}


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
        tests = [f"tests/{name}" for name in named]
        every = [one for file in files for one in mutants(file, _text(file))]
        count = min(asked.sample or len(every), len(every))
        chosen = random.Random(asked.seed).sample(every, count)
        end = time.time() + asked.minutes * 60 if asked.minutes else float("inf")
        tried = at_once(copy, chosen, tests, end) if hasattr(os, "fork") else {}
        for one in chosen:
            if not tried.get(one) and (asked.minutes == 0 or time.time() < end or one in tried):
                tried[one] = is_seen(copy, one, tests)
                if not tried[one]:
                    what = f"{one.file}:{one.line}: {one.before}  ->  {one.after}"
                    print(f"survives {what}", flush=True)
        seen, tried = sum(tried.values()), len(tried)
    share = seen / tried if tried else 0.0
    print(f"{asked.room}: {seen} of {tried} breaks seen ({share:.2f}), of {len(every)} in all")
    return int(share < asked.least)


def _text(file: str) -> str:
    return (ROOT / "progsearch" / file).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
