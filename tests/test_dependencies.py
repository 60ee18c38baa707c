"""What docs/reliability.md says of tests and dependencies is so."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from itertools import chain

import audit
import pytest

KNOWN = {
    "MIT": r"MIT",
    "Apache-2.0": r"Apache",
    "MIT-CMU": r"MIT-CMU|HPND",
    "BSD-2-Clause": r"BSD",
    "BSD-3-Clause": r"BSD",
    "MPL-2.0": r"MPL|Mozilla",
    "Apache-2.0 or BSD-3-Clause": r"Apache|BSD",
    "PSF-based (matplotlib)": r"Python Software Foundation|matplotlib",
}
"""The licences that may be depended on, and how packages name them."""


@pytest.fixture(scope="module")
def page(project):
    return (project / "docs" / "reliability.md").read_text(encoding="utf-8")


def required(project):
    told = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*told["dependencies"], *chain(*told["optional-dependencies"].values())]
    names = [re.match(r"[\w.-]+", line)[0] for line in lines]
    return {name for name in names if name != "progsearch"}


def rows(page):
    section = page.partition("## Dependencies")[2]
    found = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \| [^|]+ \|$", section, re.MULTILINE)
    return {name: licence for name, licence in found if name not in ("name", "---")}


def test_every_test_that_is_named_exists(project, page):
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) > 20
    for file, name in named:
        tree = ast.parse((project / file).read_text(encoding="utf-8"))
        assert name in {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def test_every_dependency_has_a_row_with_its_licence(project, page):
    known = rows(page)
    assert set(known) == required(project)
    checked = 0
    for name, licence in known.items():
        assert licence in KNOWN, f"{name}: {licence}"
        try:
            told = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # an extra that is not installed
        texts = (told.get("License-Expression"), told.get("License"))
        classes = [one for one in told.get_all("Classifier") or () if one.startswith("License")]
        assert re.search(KNOWN[licence], " ".join(filter(None, (*texts, *classes)))), name
        checked += 1
    assert checked >= 8


def test_every_dependency_is_bounded_and_pinned(project):
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    pins = (project / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-")
    for name in required(project):
        assert re.search(rf'"{re.escape(name)}(\[\w+\])?>=', text), name
        assert f"\n{name.lower()}==" in pins, name


def test_the_audit_skips_cleanly(project):
    script = (
        "import importlib.util, sys, tests.audit\n"
        "importlib.util.find_spec = lambda name: None\n"
        "sys.exit(tests.audit.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith("skipped: ")


SAFE = {"name": "a", "version": "1", "vulns": []}
HOLED = {"name": "b", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}]}
LEFT = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "code", "what"),
    [
        ([SAFE], 0, "1 libraries asked about, 0 could not be; 0 known holes"),
        ([SAFE, HOLED, LEFT], 1, "b 2: CVE-1, mended in 3\n2 libraries asked about, 1 could not"),
        ([LEFT], 0, "skipped: none of 1 libraries could be asked about"),
    ],
)
def test_the_audit_tells_holes_from_what_it_could_not_ask(capsys, found, code, what):
    assert audit.told(found) == code
    assert what in capsys.readouterr().out
