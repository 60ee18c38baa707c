"""An index, and the folder in which commands are run."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def index(demo):
    """An index of the demonstration corpus."""
    return str(demo)


@pytest.fixture(autouse=True)
def _here(project, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setenv("COLUMNS", "80")
