"""What is said of a file that is refused."""

from __future__ import annotations

import pytest

from progsearch.errors import ProgsearchError
from progsearch.files import (
    read_source,
)


def refusal(source, **more):
    with pytest.raises(ProgsearchError) as caught:
        read_source(source, **more)
    assert caught.value.remedy
    return caught.value.what
