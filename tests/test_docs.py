"""The generated pages are what the program says now; the others name what exists."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest


def test_generated_pages_are_up_to_date(project):
    done = subprocess.run(
        [sys.executable, "-m", "docs.generate", "--check"],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_architecture_is_short(project):
    assert len((project / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize(
    "page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "corpus/README.md"]
)
def test_links_and_paths_lead_somewhere(project, page):
    text = (project / page).read_text(encoding="utf-8")
    folder = (project / page).parent
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (folder / target).exists(), target
    for name in re.findall(r"`((?:progsearch|docs|tests|benchmarks|corpus)/[\w./-]+\w)`", text):
        if "NAME" not in name and "CODE" not in name and "ID" not in name and "TAG" not in name:
            assert (project / name).exists(), name


def test_every_command_is_in_the_reference(project):
    from progsearch.cli import COMMANDS

    text = (project / "docs" / "cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"## progsearch {name}" in text
