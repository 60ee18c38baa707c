"""A folder for what is kept."""

from __future__ import annotations

import pytest

from progsearch import kept


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder for what is kept."""
    folder = tmp_path / "kept"
    monkeypatch.setenv(kept.VARIABLE, str(folder))
    return folder
