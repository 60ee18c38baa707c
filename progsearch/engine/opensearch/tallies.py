"""Counts by group in a cluster: exact, whatever the shards, or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from progsearch.engine import Counts
from progsearch.engine.opensearch.client import ScriptsError
from progsearch.engine.opensearch.mapping import UNKNOWN
from progsearch.engine.opensearch.queries import Query
from progsearch.engine.opensearch.view import PAGE, View

__all__ = ["Group", "counted", "documents_in", "passages_by"]

Group = tuple[str, ...]

_DOCUMENTS = {
    # The rows of a document are in one shard, so the sizes of the shards' sets add up.
    "scripted_metric": {
        "init_script": "state.codes = new HashSet()",
        "map_script": "state.codes.add(doc['code'].value)",
        "combine_script": "return state.codes.size()",
        "reduce_script": "long sum = 0; for (size in states) { sum += size } return sum",
    }
}
_WORDS = {"sum": {"field": "words"}}


@dataclass
class _Asked:
    """One table that is being counted: what is still to be asked, and the sums so far."""

    query: Query
    by: Sequence[str]
    split: bool  # by document as well, where no script counts them
    plain: bool = False  # passages alone are wanted
    after: Mapping[str, Any] | None = None
    sums: dict[Group, list[int]] = field(default_factory=dict)
    done: bool = False

    def body(self) -> dict[str, Any]:
        inner: dict[str, Any] = {} if self.plain else {"words": _WORDS}
        if not self.plain and not self.split and "document" not in self.by:
            inner["documents"] = _DOCUMENTS
        names = [*self.by, "code"] if self.split else list(self.by)
        if not names:
            return {"size": 0, "track_total_hits": True, "aggs": inner}
        sources = [{name: {"terms": {"field": name}}} for name in dict.fromkeys(names)]
        composite: dict[str, Any] = {"size": PAGE, "sources": sources}
        if self.after:
            composite["after"] = self.after
        return {"size": 0, "aggs": {"all": {"composite": composite, "aggs": inner}}}

    def take(self, found: Mapping[str, Any]) -> None:
        if not self.by and not self.split:
            passages = found["hits"]["total"]["value"]
            inner = found["aggregations"]
            if passages:
                words = int(inner["words"]["value"])
                self.sums[()] = [passages, int(inner["documents"]["value"]), words]
            self.done = True
            return
        buckets = found["aggregations"]["all"]["buckets"]
        for one in buckets:
            values = [one["key"][name] for name in self.by]
            group = tuple("" if value == UNKNOWN else value for value in values)
            total = self.sums.setdefault(group, [0, 0, 0])
            total[0] += one["doc_count"]
            if self.plain:
                continue
            total[1] += int(one["documents"]["value"]) if "documents" in one else 1
            total[2] += int(one["words"]["value"])
        self.after = found["aggregations"]["all"].get("after_key")
        self.done = self.after is None or len(buckets) < PAGE


def counted(view: View, asked: Sequence[tuple[Query, Sequence[str]]]) -> list[dict[Group, Counts]]:
    """Counts by group of several queries, asked together; more requests only for many groups.

    Documents are counted by a script in the cluster; where it runs none, its groups are asked
    for document by document, which takes longer.
    """
    try:
        return _counted(view, asked, split=False)
    except ScriptsError:
        return _counted(view, asked, split=True)


def passages_by(view: View, query: Query, names: Sequence[str]) -> list[dict[str, int]]:
    """The passages of each value of each facet that match a query, asked together."""
    tables = [_Asked(query, (name,), split=False, plain=True) for name in names]
    _filled(view, tables)
    return [{value: total[0] for (value,), total in one.sums.items()} for one in tables]


def _counted(
    view: View, asked: Sequence[tuple[Query, Sequence[str]]], *, split: bool
) -> list[dict[Group, Counts]]:
    tables = [_Asked(query, by, split and "document" not in by) for query, by in asked]
    _filled(view, tables)
    return [{group: Counts(*total) for group, total in one.sums.items()} for one in tables]


def _filled(view: View, tables: Sequence[_Asked]) -> None:
    waiting = list(tables)
    while waiting:
        found = view.ask([(view.indices.passages, one.query, one.body()) for one in waiting])
        for one, answer in zip(waiting, found, strict=True):
            one.take(answer)
        waiting = [one for one in waiting if not one.done]


def documents_in(view: View) -> int:
    """How many documents there are."""
    (found,) = view.ask(
        [(view.indices.documents, {"match_all": {}}, {"size": 0, "track_total_hits": True})]
    )
    return int(found["hits"]["total"]["value"])
