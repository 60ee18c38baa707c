"""Several writers of one generation: each writes a share of the files, and one commits.

The generation is begun once and held by nobody's process, so any scheduler may run the writers,
where and when it likes. Each marks its rows with its number, so one that is run again first takes
away what it wrote before; and each leaves a report, without which there is no commit.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from progsearch.engine.opensearch.client import Client, ConflictError, encode
from progsearch.engine.opensearch.manifest import Lease, Ledger, Manifest
from progsearch.engine.opensearch.mapping import code_of, create_set
from progsearch.engine.opensearch.upkeep import undo
from progsearch.engine.opensearch.writing import ClusterWriter, left_by
from progsearch.engine.sharing import missing_shares
from progsearch.errors import ProgsearchError

__all__ = ["HELD", "ShareWriter", "abandon", "begin", "committing", "reports", "share"]

HELD = 30 * 24 * 3600.0
"""Seconds for which a generation that several write is held; then another may begin one."""


def begin(ledger: Ledger, lease: Lease) -> int:
    """Leave the generation of a lease to several writers; its number."""
    now = ledger.now
    if now is None:
        raise LookupError(lease.generation)
    held = replace(lease, together=True, until=time.time() + HELD)
    ledger.write(replace(now, writer=held))
    return held.generation


def _held(ledger: Ledger, generation: int) -> tuple[Manifest, Lease]:
    """The manifest and the lease of a generation that several write."""
    now = ledger.read()
    lease = now.writer if now else None
    if now is None or lease is None or not lease.together or lease.generation != generation:
        raise ProgsearchError(
            f"generation {generation} is not being written",
            where="--generation",
            remedy="begin one: progsearch ingest --begin",
        )
    return now, lease


class ShareWriter:
    """The writer of a share; its commit is a report."""

    def __init__(self, inner: ClusterWriter, client: Client, ledger: Ledger, of: int) -> None:
        self._inner = inner
        self._client = client
        self._ledger = ledger
        self._of = of
        self.add, self.remove = inner.add, inner.remove

    def clear(self) -> None:
        """Refused: all share one index."""
        raise ProgsearchError(
            "the index was made with other language data or other languages",
            remedy="begin anew: progsearch ingest --begin --rebuild",
        )

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Report that the share is written, and what was found of its files."""
        self._inner.flush()
        generation, number = self._inner.lease.generation, self._inner.share
        _held(self._ledger, generation)
        indices = self._ledger.indices(self._inner.lease.set)
        for name, part in state.items():
            ident = f"{name}-{number}@{generation}"
            row = {
                "part": f"report {name}",
                "place": [str(number), str(self._of)],
                "data": encode(part),
                "born": generation,
                "died": generation,  # so it is of no state
                "share": number,
                "row": code_of(ident),
            }
            told = encode({"index": {"_index": indices.state, "_id": ident}})
            self._client.bulk([f"{told}\n{encode(row)}"])

    def cancel(self) -> None:
        """What was written stays until the share is written again, or the generation given up."""


@contextmanager
def share(
    client: Client, ledger: Ledger, generation: int, number: int, of: int
) -> Iterator[ShareWriter]:
    """Write a share of a generation; what it wrote before is taken away first."""
    now, lease = _held(ledger, generation)
    base = Manifest() if lease.set != now.set else now
    indices = ledger.indices(lease.set)
    create_set(client, indices, now.shards)
    undo(client, indices, (generation,), share=number)
    client.ask("POST", f"/{','.join(indices.rows)}/_refresh")
    yield ShareWriter(ClusterWriter(client, ledger, lease, base, number), client, ledger, of)


def reports(client: Client, ledger: Ledger, generation: int, name: str) -> list[Mapping[str, Any]]:
    """What each writer has told of a part of the state.

    Raises ProgsearchError when not all have, or when they were not as many as they thought.
    """
    _, lease = _held(ledger, generation)
    index = ledger.indices(lease.set).state
    client.ask("POST", f"/{index}/_refresh")
    query = [{"term": {"part": f"report {name}"}}, {"term": {"born": generation}}]
    body = {"query": {"bool": {"filter": query}}, "size": 10_000}
    found = [hit["_source"] for hit in client.search((index,), body)["hits"]["hits"]]
    shares = {int(one["place"][0]): one for one in found}
    error = missing_shares({one: int(shares[one]["place"][1]) for one in shares}, generation)
    if error:
        raise error
    return [json.loads(shares[one]["data"]) for one in sorted(shares)]


@contextmanager
def committing(client: Client, ledger: Ledger, generation: int) -> Iterator[ClusterWriter]:
    """The writer that commits what several have written."""
    now, lease = _held(ledger, generation)
    base = Manifest() if lease.set != now.set else now
    writer = ClusterWriter(client, ledger, lease, base)
    yield writer
    if writer.lease.generation != generation:
        with ledger.changing:
            done = ledger.read()
            if done:
                ledger.write(replace(done, writer=None))


def abandon(client: Client, ledger: Ledger, generation: int) -> None:
    """Give a generation up that several were to write: all is as it was before it was begun."""
    now, lease = _held(ledger, generation)
    gone = tuple(dict.fromkeys((*now.abandoned, generation)))
    try:
        ledger.write(replace(now, writer=None, abandoned=gone, old=left_by(now, lease)))
    except ConflictError:
        raise ProgsearchError(
            "the generation is being committed", where=f"generation {generation}", remedy="wait"
        ) from None
    if lease.set == now.set:
        undo(client, ledger.indices(lease.set), (generation,))
