"""Opening the index in a cluster that a folder names, or that is to be named by it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from progsearch.engine import Cluster
from progsearch.engine.mark import told_in
from progsearch.engine.opensearch import ClusterEngine
from progsearch.engine.opensearch.place import NAME, Place, place_in, place_of
from progsearch.errors import ProgsearchError

__all__ = ["create_in", "open_in"]


def open_in(folder: Path) -> ClusterEngine:
    """Open the index that a folder names. Raises ProgsearchError when it cannot be read."""
    return ClusterEngine(folder, place_in(folder, told_in(folder)))


def create_in(
    cluster: Cluster | None,
    folder: Path,
    *,
    rebuild: bool,
    waiting: Callable[[str], None] | None,
) -> ClusterEngine:
    """Open the index that a folder names, or begin one.

    Raises ProgsearchError when the folder has another index, or names another one, and when no
    cluster is named anywhere.
    """
    told = told_in(folder)
    there = told.get("engine")
    if there and there != NAME and not rebuild:
        raise ProgsearchError(
            f"the index was made with the engine {there}",
            where=str(folder),
            remedy=f"use --rebuild to make it anew with {NAME}, or another --index",
        )
    named = place_in(folder, told) if there == NAME else None
    return ClusterEngine(
        folder,
        _place(cluster, named, folder),
        begin=True,
        rebuild=rebuild,
        shards=cluster.shards if cluster else 0,
        waiting=waiting,
    )


def _place(cluster: Cluster | None, named: Place | None, folder: Path) -> Place:
    """The place that is meant: nodes may have other addresses than before, the index may not."""
    if cluster is None:
        if named is None:
            raise ProgsearchError(
                "no cluster is named", where="--cluster", remedy="write --cluster http://HOST:9200"
            )
        return named
    known = named.prefix if named else f"progsearch-{uuid.uuid4().hex[:8]}"
    wanted = place_of(cluster.addresses, cluster.prefix or known, cluster.ca or _ca(named))
    if named and wanted.prefix != named.prefix:
        raise ProgsearchError(
            f"the folder names the index {named.prefix!r}",
            where=str(folder),
            remedy="use another --index for another one",
        )
    return wanted


def _ca(named: Place | None) -> str:
    return named.ca if named else ""
