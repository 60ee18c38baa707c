"""An index, and the folder in which comparisons are run."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def index(demo):
    return demo


@pytest.fixture(autouse=True)
def _here(project, index, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PROGSEARCH_INDEX", str(index))
