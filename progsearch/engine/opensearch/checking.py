"""Is an index in a cluster as it was written? And what is told of it without asking it anything."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from typing import Any

from progsearch.engine.opensearch.client import Client
from progsearch.engine.opensearch.manifest import Manifest
from progsearch.engine.opensearch.mapping import mappings
from progsearch.engine.opensearch.place import NAME, Place
from progsearch.engine.opensearch.queries import EVERY
from progsearch.engine.opensearch.rows import seal_of
from progsearch.engine.opensearch.tallies import documents_in
from progsearch.engine.opensearch.view import View
from progsearch.engine.status import Status
from progsearch.errors import ProgsearchError

__all__ = ["SAMPLE", "findings", "status_of"]

SAMPLE = 500
"""Passages whose rows are compared with the checksums that were written with them."""


def findings(client: Client, view: View) -> Iterator[tuple[str, str]]:
    """Each thing that was looked at, and what is wrong with it; empty where nothing is.

    The health of the indices, their fields, the numbers that the manifest tells, and the
    checksums of a sample of passages, chosen at random.
    """
    health = client.ask("GET", f"/_cluster/health/{','.join(view.indices.all)}")
    red = health["status"] == "red"
    yield "health", f"red: {health['unassigned_shards']} shards are missing" if red else ""
    if red:
        return
    for index, wanted in mappings(view.indices).items():
        found = client.ask("GET", f"/{index}/_mapping")[index]["mappings"]
        yield f"{index} fields", "" if _same(wanted, found) else "are not as they were made"
    counts = view.manifest.counts
    for name, number in _numbers(view).items():
        told = counts.get(name, 0)
        wrong = number != told
        yield (
            f"{name} of generation {view.manifest.generation}",
            (f"has {number:,} and had {told:,}" if wrong else ""),
        )
    bad = sum(seal_of(source) != source.get("seal") for source in _sample(view))
    yield "sample of passages", f"{bad:,} are not as they were written" if bad else ""


def _numbers(view: View) -> Mapping[str, int]:
    body = {"size": 0, "track_total_hits": True, "aggs": {"words": {"sum": {"field": "words"}}}}
    (found,) = view.ask([(view.indices.passages, EVERY, body)])
    return {
        "passages": found["hits"]["total"]["value"],
        "words": int(found["aggregations"]["words"]["value"]),
        "documents": documents_in(view),
    }


def _sample(view: View) -> Iterator[Mapping[str, Any]]:
    """Some passages: those that follow a random place in the order of their hashes."""
    start = random.randint(-(1 << 63), (1 << 63) - 1)  # noqa: S311 - no secret
    more = {"size": SAMPLE, "sort": ["row"]}
    for query in ({"range": {"row": {"gte": start}}}, {"range": {"row": {"lt": start}}}):
        (found,) = view.ask([(view.indices.passages, query, more)])
        yield from (hit["_source"] for hit in found["hits"]["hits"])


def _same(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether all fields are of the types that they were made with."""
    there = found.get("properties", {})
    return all(
        there.get(name, {}).get("type", "object") == one.get("type", "object")
        for name, one in wanted["properties"].items()
    )


def status_of(client: Client, now: Manifest | None, view: View | None, place: Place) -> Status:
    """The index in short."""
    where = f"{', '.join(place.addresses)}: {place.prefix}"
    told = client.ask("GET", "/")
    version = told.get("version", {})
    library = f"{version.get('distribution', NAME)} {version.get('number', '')}"
    if view is None:
        return Status(NAME, library, where, "", 0)
    notes = []
    size = 0
    try:
        stats = client.ask("GET", f"/{','.join(view.indices.all)}/_stats/store")
        size = int(stats["_all"]["total"]["store"]["size_in_bytes"])
        health = client.ask("GET", f"/_cluster/health/{','.join(view.indices.all)}")
        if health["status"] == "yellow":
            notes.append("yellow: parts of it are on one node only, and are lost with it")
        if health["status"] == "red":
            notes.append("red: parts of it are missing")
    except ProgsearchError as error:
        notes.append(f"its size and health cannot be told: {error.what}")
    writer = now.writer if now else None
    if now and now.undo:
        notes.append("the rows of a writer that was stopped are still there; nobody sees them")
    writing = bool(writer and writer.until > time.time())
    holder = f"another ingest{writer.holder()}" if writer and writing else ""
    generation = str(view.manifest.generation)
    return Status(NAME, library, where, generation, size, holder, tuple(notes))
