"""Rows of whatever generation: found, deleted, marked as dead, or no longer.

What was done may be done again, for an answer can be lost: a row that is gone is no failure, and
one that was changed meanwhile is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from progsearch.engine.opensearch.client import Client, encode
from progsearch.engine.opensearch.mapping import Indices
from progsearch.errors import ProgsearchError

__all__ = ["drop", "found_rows", "lost", "mark", "purge", "undo"]

ROWS = 5000
"""Rows in an answer, at most."""

Row = Mapping[str, Any]


def lost() -> ProgsearchError:
    """The error of a writer that another has taken for stopped."""
    return ProgsearchError(
        "another ingest has taken this index over; what was not committed is not in it",
        remedy="run the same command again",
    )


def found_rows(client: Client, indices: Sequence[str], query: Mapping[str, Any]) -> Iterator[Row]:
    """The hits of all rows that match, of whatever generation."""
    after: Mapping[str, Any] = {}
    while True:
        body = {
            "query": query,
            "size": ROWS,
            "_source": ["died"],
            "seq_no_primary_term": True,
            "sort": ["row", "born", {"_index": "asc"}],
            **after,
        }
        hits = client.search(indices, body)["hits"]["hits"]
        yield from hits
        if len(hits) < ROWS:
            return
        after = {"search_after": hits[-1]["sort"]}


def _about(hit: Row) -> dict[str, Any]:
    told = {"_index": hit["_index"], "_id": hit["_id"]}
    return told | ({"routing": hit["_routing"]} if "_routing" in hit else {})


def drop(client: Client, hits: Iterable[Row]) -> int:
    """Delete rows; how many."""
    number = 0
    for some in _by_many(hits):
        client.bulk([encode({"delete": _about(hit)}) for hit in some], known=(404,))
        number += len(some)
    return number


def mark(client: Client, hits: Iterable[Row], died: int | None, share: int = 0) -> int:
    """Note of rows in which generation they died, or that they did not; how many.

    Raises ProgsearchError when somebody else has noted another one meanwhile.
    """
    number = 0
    for some in _by_many(hits):
        lines = []
        for hit in some:
            seen = {"if_seq_no": hit["_seq_no"], "if_primary_term": hit["_primary_term"]}
            doc = {"died": died, "share": share}
            lines.append(f"{encode({'update': {**_about(hit), **seen}})}\n{encode({'doc': doc})}")
        statuses = client.bulk(lines, known=(404, 409))
        doubted = [hit for hit, status in zip(some, statuses, strict=True) if status == 409]
        if doubted:
            _see(client, doubted, died)
        number += len(some)
    return number


def _by_many(hits: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows as they are got, so that memory does not grow with their number."""
    waiting = iter(hits)
    while some := list(islice(waiting, ROWS)):
        yield some


def _see(client: Client, hits: Sequence[Row], died: int | None) -> None:
    """See that rows are marked: an answer may have been lost, and the work done."""
    docs = [{**_about(hit), "_source": ["died"]} for hit in hits]
    found = client.ask("POST", "/_mget", {"docs": docs})
    if any(one.get("found") and one["_source"].get("died") != died for one in found["docs"]):
        raise lost()


def undo(
    client: Client, indices: Indices, generations: Sequence[int], *, share: int = 0
) -> tuple[int, int]:
    """Take away what writers have left that were stopped: rows, and marks on rows of others.

    With ``share``, only what the writer of that number has left.
    """
    mine = [{"term": {"share": share}}] if share else []
    born, died = ({"terms": {name: list(generations)}} for name in ("born", "died"))
    client.ask("POST", f"/{','.join(indices.rows)}/_refresh")
    gone = {"bool": {"filter": [born, *mine]}}
    rows = drop(client, found_rows(client, indices.rows, gone))
    marked = {"bool": {"filter": [died, *mine], "must_not": [born]}}
    return rows, mark(client, found_rows(client, indices.rows, marked), None)


def purge(client: Client, indices: Indices, horizon: int, abandoned: Sequence[int]) -> int:
    """Delete rows that died so long ago that nobody reads them; how many."""
    dead = {"range": {"died": {"lte": horizon}}}
    query = {"bool": {"filter": [dead], "must_not": [{"terms": {"died": list(abandoned)}}]}}
    return drop(client, found_rows(client, indices.rows, query))
