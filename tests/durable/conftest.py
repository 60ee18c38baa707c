"""Each engine by its name."""

from __future__ import annotations

import pytest

from progsearch.engine import installed


@pytest.fixture(params=installed())
def name(request):
    return request.param
