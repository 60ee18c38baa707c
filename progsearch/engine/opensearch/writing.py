"""Writing to an index in a cluster: rows of a generation that nobody sees until it is committed.

A document that changes is written anew, and the rows that it had are marked as dead from this
generation on; so is what is taken out. Until the manifest names the generation, all see what was.
What a writer leaves that was stopped is undone by the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from progsearch.engine import Prepared
from progsearch.engine.opensearch.client import Client, ConflictError, encode
from progsearch.engine.opensearch.manifest import Lease, Ledger, Manifest, live
from progsearch.engine.opensearch.mapping import UNKNOWN
from progsearch.engine.opensearch.parts import (
    SMALL,
    Entry,
    Parts,
    digest_of,
    entries_of,
    is_table,
    row_id,
    row_of,
)
from progsearch.engine.opensearch.repeating import note_repeats, undo_notes
from progsearch.engine.opensearch.rows import line_action, rows_of
from progsearch.engine.opensearch.tallies import documents_in
from progsearch.engine.opensearch.upkeep import drop, found_rows, lost, mark, undo
from progsearch.engine.opensearch.view import View
from progsearch.engine.vocabulary import lines_of
from progsearch.query import FACETS

__all__ = ["ClusterWriter", "left_by"]

BATCH = 4_000_000
"""Characters that are gathered before they are sent."""

TOGETHER = 500
"""Documents whose rows are looked up together."""

MAX_LINES = 300_000
"""Lines that are remembered so that each is sent once."""

MOST_VALUES = 2000
"""Values of a facet that the manifest tells."""

KEPT = 20
"""Commits whose times are remembered."""


def left_by(now: Manifest, writer: Lease | None) -> Mapping[str, float]:
    """The sets that are to be taken away, that of a writer among them that did not commit it."""
    if writer is None or writer.set == now.set:
        return now.old
    return {**now.old, str(writer.set): 0.0}


class ClusterWriter:
    """Writes the rows of one generation after the other."""

    def __init__(
        self, client: Client, ledger: Ledger, lease: Lease, base: Manifest, share: int = 0
    ) -> None:
        self.share = share
        self._client = client
        self._ledger = ledger
        self._lease = lease
        self._base = base
        self._indices = ledger.indices(lease.set)
        self._entries: dict[str, dict[tuple[str, str], Entry]] = {}
        self._lines: set[str] = set()
        self._waiting: list[str] = []
        self._held = 0
        self._dying: dict[str, None] = {}
        self._written: set[str] = set()
        self._touched = False
        self.begin_anew: Callable[[], tuple[Lease, Manifest]] | None = None
        """Makes an empty set of indices, in which the writer goes on."""

    @property
    def lease(self) -> Lease:
        """The lease under which it writes."""
        return self._lease

    @property
    def touched(self) -> bool:
        """Whether something was written that is not committed."""
        return self._touched or bool(self._waiting)

    def add(self, prepared: Prepared) -> None:
        """Write a document in the place of what was there of it."""
        ident = prepared.document.id
        self.remove(ident)
        self._written.add(ident)
        for action in rows_of(prepared, self._indices, self._lease.generation, self.share):
            self._send(action)
        new = set(lines_of(prepared.forms)) - self._lines
        if len(self._lines) > MAX_LINES:
            self._lines.clear()  # a line that is sent twice only takes time
        self._lines |= new
        index = self._indices.vocabulary
        for line in sorted(new):
            self._send(line_action(index, line))

    def remove(self, document: str) -> None:
        """Take a document out."""
        if document in self._written:
            self._unwrite(document)
        if self._base.generation:
            self._dying[document] = None
            if len(self._dying) >= TOGETHER:
                self._bury()

    def clear(self) -> None:
        """Take all documents and forms out: what follows is written into other indices."""
        if self.begin_anew is None:
            raise lost()
        self._waiting, self._held = [], 0
        self._dying.clear()
        self._written.clear()
        self._lines.clear()
        self._entries.clear()
        self._lease, self._base = self.begin_anew()
        self._indices = self._ledger.indices(self._lease.set)

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Make the generation the current one."""
        self.flush()
        parts = self._keep(state)
        self.flush()
        self._refresh()
        self._note(state.get("summary"))
        with self._ledger.changing:
            self._write(parts)
        self._written.clear()
        self._touched = False

    def _refresh(self) -> None:
        self._client.ask("POST", f"/{','.join(self._indices.all)}/_refresh")

    def _note(self, summary: Mapping[str, Any] | None) -> None:
        """Note on rows which documents have the same text, as the summary tells it."""
        if summary is None:
            summary = Parts(self._view(self._base)).get("summary")
        with self._ledger.changing:
            now = replace(self._current(), generation=self._lease.generation)
        view = self._view(now)
        if self._lease.together:
            undo_notes(self._client, view)
            self._refresh()
        if note_repeats(self._client, view, summary.get("copies", {})):
            self._touched = True
            self._refresh()

    def _view(self, manifest: Manifest) -> View:
        """What a generation shows, be it the current one or not."""
        return View(self._client, _Fixed(self._ledger, manifest, self._lease.set))

    def _write(self, parts: Mapping[str, Mapping[str, Any]]) -> None:
        """Write the manifest of the generation."""
        now = self._current()
        number = self._lease.generation
        commits = dict(now.commits) | {str(number): time.time()}
        following = replace(self._lease, generation=now.next)
        done = replace(
            now,
            generation=number,
            set=self._lease.set,
            next=now.next + 1,
            writer=following,
            commits=dict(sorted(commits.items(), key=lambda pair: int(pair[0]))[-KEPT:]),
            old={**now.old, str(now.set): time.time()} if now.set != self._lease.set else now.old,
            parts=parts,
            undo=(),
        )
        done = replace(done, **self._told(done))
        try:
            self._ledger.write(done)
        except ConflictError:
            raise lost() from None
        self._lease, self._base = following, done

    def cancel(self) -> None:
        """Undo what was not committed, and let the index go."""
        self._waiting, self._held = [], 0
        self._current()
        gone = (self._lease.generation,) if self._touched else ()
        if gone:
            undo(self._client, self._indices, gone)
        with self._ledger.changing:
            now = self._current()
            abandoned = tuple(dict.fromkeys((*now.abandoned, *gone)))
            old = left_by(now, self._lease)
            self._ledger.write(replace(now, writer=None, abandoned=abandoned, old=old))

    # Steps

    def _current(self) -> Manifest:
        """The manifest, if this writer still has the index."""
        now = self._ledger.read()
        if now is None or now.writer is None or now.writer.generation != self._lease.generation:
            raise lost()
        return now

    def _send(self, action: str) -> None:
        self._waiting.append(action)
        self._held += len(action)
        if self._held >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Send what was gathered."""
        self._bury()
        if self._waiting:
            self._touched = True
            waiting, self._waiting, self._held = self._waiting, [], 0
            self._client.bulk(waiting, known=(409,))  # a line that is there

    def _bury(self) -> None:
        """Mark the rows of documents that change as dead from this generation on."""
        if not self._dying:
            return
        dying, self._dying = list(self._dying), {}
        query = {
            "bool": {
                "filter": [{"terms": {"document": dying}}, live(self._base)],
                "must_not": self._of_others(),
            }
        }
        indices = (self._indices.passages, self._indices.documents)
        self._touched = True
        hits = found_rows(self._client, indices, query)
        mark(self._client, hits, self._lease.generation, self.share)

    def _of_others(self) -> list[Mapping[str, Any]]:
        """Rows that died by a writer that came after this one was taken for stopped."""
        return [{"range": {"died": {"gt": self._lease.generation}}}]

    def _unwrite(self, document: str) -> None:
        """Take away the rows of a document that this generation has written."""
        self.flush()
        self._client.ask("POST", f"/{','.join(self._indices.rows)}/_refresh")
        query = {
            "bool": {
                "filter": [
                    {"term": {"document": document}},
                    {"term": {"born": self._lease.generation}},
                ]
            }
        }
        indices = (self._indices.passages, self._indices.documents)
        drop(self._client, found_rows(self._client, indices, query))
        self._written.discard(document)

    def _keep(self, state: Mapping[str, Mapping[str, object]]) -> Mapping[str, Mapping[str, Any]]:
        """Write the parts of the state that have changed; those that the manifest holds."""
        small: dict[str, Mapping[str, Any]] = dict(self._base.parts)
        for name, part in state.items():
            large = is_table(part) or len(encode(part)) > SMALL
            if not large:
                small[name] = part
            else:
                small.pop(name, None)
                self._keep_rows(name, part)
        return small

    def _keep_rows(self, name: str, part: Mapping[str, Any]) -> None:
        born = self._lease.generation
        known = self._entries.get(name)
        if known is None:
            known = dict(Parts(self._view(self._base)).entries(name))
        now: dict[tuple[str, str], Entry] = {}
        for place, value in entries_of(part):
            digest = digest_of(value)
            before = known.get(place)
            if before and before.digest == digest:
                now[place] = before
                continue
            now[place] = Entry(born, digest)
            told = {"index": {"_index": self._indices.state, "_id": row_id(name, place, born)}}
            self._send(f"{encode(told)}\n{encode(row_of(name, place, value, born))}")
        for place, entry in known.items():
            if now.get(place) != entry and entry.born != born:
                told = {
                    "update": {
                        "_index": self._indices.state,
                        "_id": row_id(name, place, entry.born),
                    }
                }
                self._send(f"{encode(told)}\n{encode({'doc': {'died': born}})}")
        self._entries[name] = now

    def _told(self, manifest: Manifest) -> Mapping[str, Any]:
        """What the manifest tells of the passages of a generation: counts, and facets' values."""
        view = self._view(manifest)
        facets = [name for name in FACETS if name != "document"]
        aggs = {
            name: {"terms": {"field": name, "size": MOST_VALUES + 1, "order": {"_key": "asc"}}}
            for name in facets
        }
        body = {
            "size": 0,
            "track_total_hits": True,
            "aggs": {**aggs, "words": {"sum": {"field": "words"}}},
        }
        (found,) = view.ask([(self._indices.passages, {"match_all": {}}, body)])
        values: dict[str, list[str]] = {}
        for name in facets:
            buckets = found["aggregations"][name]["buckets"]
            if len(buckets) <= MOST_VALUES:
                values[name] = sorted(one["key"] for one in buckets if one["key"] != UNKNOWN)
        counts = {
            "passages": found["hits"]["total"]["value"],
            "words": int(found["aggregations"]["words"]["value"]),
            "documents": documents_in(view),
        }
        return {"values": values, "counts": counts}


class _Fixed(Ledger):
    """A manifest that is not the current one, to be looked at."""

    def __init__(self, ledger: Ledger, manifest: Manifest, number: int) -> None:
        self.__dict__ |= ledger.__dict__
        self.now = replace(manifest, set=number)
