"""The OpenSearch engine, for corpora that one machine is too small for, and for indices that
several people share (``pip install progsearch[opensearch]``).

The folder of an index names a cluster (:mod:`progsearch.engine.opensearch.place`); all else is
there. A generation is what the manifest says (:mod:`progsearch.engine.opensearch.manifest`): the
rows that were born until then and have not died. It finds and counts the same passages as every
engine, and scores them alike, see :mod:`progsearch.engine.ranking`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progsearch.engine.opensearch.client import Client, ConflictError
from progsearch.engine.opensearch.holding import Written, holds, renewed
from progsearch.engine.opensearch.manifest import GRACE, LEASE, Lease, Ledger, Manifest, horizon
from progsearch.engine.opensearch.mapping import create_set, delete_set
from progsearch.engine.opensearch.place import NAME, Place, write_place
from progsearch.engine.opensearch.reading import HELD, Reader
from progsearch.engine.opensearch.upkeep import lost, purge, undo
from progsearch.engine.opensearch.view import View
from progsearch.engine.opensearch.writing import ClusterWriter, left_by
from progsearch.errors import ProgsearchError
from progsearch.soundness import sound

if TYPE_CHECKING:
    from progsearch.clause import Clause, Lookup
    from progsearch.engine import Status, StoredForms, Together, Writer
    from progsearch.engine.asking import Asked, Results, Sought, Tally
    from progsearch.engine.copies import Once, Repeats
    from progsearch.model import Document, Passage

__all__ = ["ClusterEngine"]

POLL = 0.5
"""Seconds between two looks whether another writer is done."""

FRESH = 1.0
"""Seconds for which it is not looked again whether there is another generation."""


class ClusterEngine:
    """An index in a cluster that a folder names.

    With ``begin``, an empty one where there is none; with ``rebuild``, one that is empty for
    whoever writes, and takes the place of the other at its first commit. ``waiting`` is told of
    another writer, which is waited for. Raises ProgsearchError when the cluster cannot be asked,
    or has no index of this name.
    """

    name = NAME

    def __init__(
        self,
        folder: Path,
        place: Place,
        *,
        begin: bool = False,
        rebuild: bool = False,
        shards: int = 0,
        waiting: Callable[[str], None] | None = None,
    ) -> None:
        self.folder = folder
        self.place = place
        self._rebuild = rebuild
        self._shards = shards
        self._waiting = waiting
        self.client = Client(place)
        self._ledger = Ledger(self.client, place)
        now = self._ledger.read()
        if not begin and (now is None or not now.generation):
            self.client.close()
            raise ProgsearchError(
                f"there is no index {place.prefix!r} in the cluster",
                where=", ".join(place.addresses),
                remedy="run: progsearch ingest PATH, with --engine opensearch and --cluster",
            )
        self._looked = time.monotonic()
        self._view: View | None = None
        there = now is not None and now.generation > 0 and not rebuild
        if now and there and shards not in (0, now.shards):
            self.client.close()
            raise ProgsearchError(
                f"the index has {now.shards} parts, not {shards}",
                where="--cluster-shards",
                remedy="leave it out, or make the index anew with --rebuild",
            )
        self._reader = self._opened()

    def _opened(self) -> Reader | None:
        """The generation that holds; None where there is none yet."""
        now = self._ledger.now
        if self._rebuild or now is None or not now.generation:
            return None
        self._view = View(self.client, self._ledger)
        return Reader(self.client, self._view)

    seal = ""

    @property
    def replaces(self) -> bool:
        """Whether it is empty and takes the place of another index at its first commit."""
        return self._rebuild

    def replaced(self, part: str) -> Mapping[str, Any]:
        """A part of what the index says that is going to be replaced."""
        now = self._ledger.now
        if not self._rebuild or now is None or not now.generation:
            return {}
        return Reader(self.client, View(self.client, self._ledger)).parts.get(part)

    def stale(self) -> bool:
        """Whether there is another generation than the one that is open."""
        if self._view is None or time.monotonic() - self._looked < FRESH:
            return False
        self._looked = time.monotonic()
        now = self._ledger.peek()
        return now is None or now.generation != self._view.manifest.generation

    def trouble(self, *, whole: bool = True) -> ProgsearchError | None:  # noqa: ARG002
        """Why the index cannot be read, if the cluster does not answer or has lost it."""
        try:
            now = self._ledger.peek()
        except ProgsearchError as error:
            return error
        if now is None:
            return ProgsearchError("the cluster has lost the index", where=str(self.folder))
        return None

    def findings(self) -> Iterator[tuple[str, str]]:
        """What was looked at of the index in the cluster, and what is wrong with each."""
        from progsearch.engine.opensearch.checking import findings

        return findings(self.client, self._view) if self._view else iter(())

    def status(self) -> Status:
        """What is told of the index without asking it anything."""
        from progsearch.engine.opensearch.checking import status_of

        return status_of(self.client, self._ledger.peek(), self._view, self.place)

    # Reading

    def state(self, part: str) -> Mapping[str, Any]:
        """A part of what the last commit was given."""
        return self._reader.parts.get(part) if self._reader else {}

    @property
    def vocabulary(self) -> StoredForms:
        """The forms that the index holds."""
        return self._reading.words.vocabulary

    @property
    def _reading(self) -> Reader:
        if self._reader is None:
            # Rows of no generation: everything is asked in the usual way, and nothing is there.
            raise ProgsearchError("the index is empty", remedy="run: progsearch ingest PATH")
        return self._reader

    def values(self, facet: str) -> list[str]:
        """The values of a facet that passages have."""
        return self._reader.values(facet) if self._reader else []

    def regions(self) -> Mapping[str, str]:
        """The names of the regions of documents, by code."""
        return self._reading.regions()

    def prefetch(
        self,
        *,
        documents: Iterable[str] = (),
        passages: Iterable[str] = (),
        lookups: Iterable[Lookup] = (),
        scopes: Iterable[Asked] = (),
        searches: Iterable[Sought] = (),
    ) -> None:
        """Get what will be asked for in as few requests as there can be."""
        if self._reader and self._reader.held() > HELD:
            self._reader = self._opened()
        self._reading.prefetch(
            documents=map(sound, documents),
            passages=map(sound, passages),
            lookups=lookups,
            scopes=scopes,
            searches=searches,
        )

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""
        return self._reader.documents() if self._reader else iter(())

    def document(self, document: str) -> Document | None:
        """The document with that id."""
        return self._reader.document(sound(document)) if self._reader else None

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document, in the order of the source."""
        return self._reader.passages(sound(document)) if self._reader else []

    def passage(self, passage: str) -> Passage | None:
        """The passage with that id."""
        return self._reader.passage(sound(passage)) if self._reader else None

    def search(
        self,
        clause: Clause,
        *,
        scope: Clause,
        limit: int | None,
        ranked: bool = True,
        once: Once | None = None,
    ) -> Results:
        """The passages that match both clauses."""
        return self._reading.search(clause, scope=scope, limit=limit, ranked=ranked, once=once)

    def tally(
        self,
        clauses: Sequence[Clause],
        *,
        scope: Clause,
        by: Sequence[str],
        once: Once | None = None,
    ) -> Tally:
        """Counts of all groups of all clauses."""
        return self._reading.tally(clauses, scope=scope, by=by, once=once)

    def facets(self, clause: Clause, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """By facet and value, the passages that match."""
        return self._reading.facets(clause, names)

    def repeats(self, once: Once, by: Sequence[str]) -> Repeats:
        """Which documents repeat another of what is looked at."""
        return self._reading.repeats(once, by)

    def texts(
        self, clause: Clause, *, by: Sequence[str]
    ) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """The words of each passage that matches."""
        return self._reading.texts(clause, by)

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    # Writing

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer; a second one is refused, or waits."""
        from progsearch.engine.lock import only_writer

        with only_writer(self.folder, self._waiting):
            self._ledger.begin()
            lease = self._taken()
            self._tidy()
            now = self._ledger.now or Manifest()
            base = Manifest() if lease.set != now.set else now
            create_set(self.client, self._ledger.indices(lease.set), now.shards)
            write_place(self.folder, self.place)
            self._reader = self._opened()
            inner = ClusterWriter(self.client, self._ledger, lease, base)
            inner.begin_anew = lambda: self._anew(inner)
            writer = Written(self.committed, inner)
            try:
                with renewed(self._ledger, inner):
                    yield writer
            finally:
                with suppress(ProgsearchError):
                    inner.cancel()  # else the next writer undoes it

    # Several writers of one generation

    def together(self) -> Together:
        """What several writers do with it."""
        return self

    def begin(self) -> int:
        """Begin a generation that several write; its number."""
        from progsearch.engine.lock import only_writer
        from progsearch.engine.opensearch import together

        with only_writer(self.folder, self._waiting):
            self._ledger.begin()
            lease = self._taken()
            self._tidy()
            now = self._ledger.now or Manifest()
            create_set(self.client, self._ledger.indices(lease.set), now.shards)
            write_place(self.folder, self.place)
            return together.begin(self._ledger, lease)

    @contextmanager
    def share(self, generation: int, number: int, of: int) -> Iterator[Writer]:
        """Write a share of a generation: the ``number``-th of so many, from 1."""
        from progsearch.engine.opensearch import together

        now = self._ledger.read()
        if now and now.writer and now.writer.set != now.set:
            self._rebuild, self._reader = True, None  # what is made anew has nothing of before
        with together.share(self.client, self._ledger, generation, number, of) as writer:
            yield writer

    def reports(self, generation: int, name: str) -> list[Mapping[str, Any]]:
        """What the writers of all shares have told. Raises ProgsearchError when not all have."""
        from progsearch.engine.opensearch import together

        return together.reports(self.client, self._ledger, generation, name)

    @contextmanager
    def committing(self, generation: int) -> Iterator[Writer]:
        """The writer that commits what several have written."""
        from progsearch.engine.opensearch import together

        with together.committing(self.client, self._ledger, generation) as inner:
            yield Written(self.committed, inner)

    def abandon(self, generation: int) -> None:
        """Give a generation up that several were to write."""
        from progsearch.engine.opensearch import together

        together.abandon(self.client, self._ledger, generation)

    def _taken(self) -> Lease:
        """Take the lease: the next generation is this writer's."""
        told = False
        while True:
            now = self._ledger.read() or Manifest()
            writer = now.writer
            if writer and holds(writer):
                if self._waiting is None:
                    raise ProgsearchError(
                        f"another ingest{writer.holder()} is writing to this index",
                        where=f"{self.place.addresses[0]}/{self.place.prefix}",
                        remedy="try again when it is done, or use --wait",
                    )
                if not told:
                    self._waiting(f"waiting for another ingest{writer.holder()} …")
                    told = True
                time.sleep(POLL)
                continue
            gone = (writer.generation,) if writer else ()
            # What is made anew has indices of its own until it is committed.
            number = now.free_set if self._rebuild and now.generation else now.set
            lease = Lease(now.next, number, time.time() + LEASE)
            anew = self._rebuild or not now.generation
            taken = replace(
                now,
                shards=self._shards or now.shards if anew else now.shards,
                next=now.next + 1,
                writer=lease,
                abandoned=tuple(dict.fromkeys((*now.abandoned, *gone))),
                undo=tuple(dict.fromkeys((*now.undo, *gone))),
                old=left_by(now, writer),
            )
            try:
                self._ledger.write(taken)
            except ConflictError:
                continue
            return lease

    def _tidy(self) -> None:
        """Take away what was left by writers that were stopped, and what nobody reads any more."""
        now = self._ledger.now or Manifest()
        indices = self._ledger.indices()
        create_set(self.client, indices, now.shards)
        if now.undo:
            undo(self.client, indices, now.undo)
        # What another writer has undone shows only now, and rows are changed as they are shown.
        self.client.ask("POST", f"/{','.join(indices.rows)}/_refresh")
        upto = horizon(now, time.time())
        if upto > now.purged:
            purge(self.client, indices, upto, now.abandoned)
        gone = {one: when for one, when in now.old.items() if when < time.time() - GRACE}
        for one in gone:
            delete_set(self.client, self._ledger.indices(int(one)))
        kept = {one: when for one, when in now.old.items() if one not in gone}
        if now.undo or upto > now.purged or gone:
            self._ledger.write(replace(now, undo=(), purged=max(upto, now.purged), old=kept))

    def _anew(self, inner: ClusterWriter) -> tuple[Lease, Manifest]:
        """Begin an empty set, in which what is written takes the place of all that is there."""
        with self._ledger.changing:
            now = self._ledger.read()
            if now is None or now.writer is None or now.writer.generation != inner.lease.generation:
                raise lost()
            lease = replace(inner.lease, set=now.free_set)
            self._ledger.write(replace(now, writer=lease))
        create_set(self.client, self._ledger.indices(lease.set), now.shards)
        return lease, Manifest()

    def committed(self) -> None:
        """Read what was written from now on."""
        self._rebuild = False
        self._reader = self._opened()
