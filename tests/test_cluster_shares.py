"""Many writers of one index in a cluster give what one gives, whatever is repeated or stopped."""

from __future__ import annotations

import pytest
from test_shares import (  # noqa: F401 - they are run with an index in a cluster
    corpus,
    test_a_generation_that_is_given_up_leaves_all_as_it_was,
    test_shares_give_what_one_writer_gives,
    test_the_example_with_parallel_works,
)


@pytest.fixture
def at(cluster_url, tmp_path):
    return ("--index", tmp_path / "index", "--engine", "opensearch", "--cluster", cluster_url)
