"""A server of the demonstration, and its index."""

from __future__ import annotations

import shutil

import pytest
from serving import served

from progsearch.api.index import open_index


@pytest.fixture(scope="module")
def folder(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "index"
    shutil.copytree(demo, folder)
    return folder


@pytest.fixture(scope="module")
def server(folder):
    with served(folder) as found:
        yield found


@pytest.fixture(scope="module")
def index(folder):
    with open_index(folder) as opened, opened.asking() as asked:
        yield asked
