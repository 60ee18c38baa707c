"""Where vectors of a test are kept."""

from __future__ import annotations

import pytest

from progsearch.engine import installed


@pytest.fixture(params=installed())
def place(request, tmp_path):
    return request.param, tmp_path / "index"
