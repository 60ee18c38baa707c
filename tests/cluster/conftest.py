"""A cluster, and indexes in it."""

from __future__ import annotations

import pytest
from cluster_making import some_documents
from making import OneLexicon
from test_engines import fill, memory

from progsearch.engine import Cluster, create, installed


@pytest.fixture
def cluster(cluster_url):
    return Cluster(cluster_url)


@pytest.fixture
def made(cluster, tmp_path):
    """Makes the engine of a folder, and closes it."""
    opened = []

    def make(**more):
        opened.append(create("opensearch", tmp_path / "index", cluster=cluster, **more))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture(scope="module")
def filled(cluster_url, tmp_path_factory):
    """The same documents in a cluster, in memory, and with the other engine that ranks alike."""
    documents = some_documents(60)
    place = tmp_path_factory.mktemp("filled")
    engine = fill(create("opensearch", place / "o", cluster=Cluster(cluster_url)), documents)
    other = None
    if "tantivy" in installed():
        other = fill(create("tantivy", place / "t"), documents)
        other.vocabulary._fallback = OneLexicon()
    engine.vocabulary._fallback = OneLexicon()
    yield engine, memory(documents), other
    engine.close()
