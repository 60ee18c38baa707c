"""The manifest of an index in a cluster: which generation holds, and who writes the next one.

It is one document, and each change of it names the one that it has read; so of two who change it
at once one fails. Rows are seen from the generation in which they were ``born`` to the one before
that in which they ``died``, if the manifest says that these were committed. To write it is to
commit.
"""

from __future__ import annotations

import os
import platform
import threading
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from progsearch import __version__
from progsearch.engine.mark import REBUILD, SCHEMA_VERSION
from progsearch.engine.opensearch.client import Client, ConflictError
from progsearch.engine.opensearch.mapping import LAYOUT, Indices
from progsearch.engine.opensearch.place import Place
from progsearch.errors import ProgsearchError

__all__ = ["GRACE", "LEASE", "Lease", "Ledger", "Manifest", "horizon", "live"]

LEASE = 120.0
"""Seconds for which a writer holds the index without saying that it still does."""

GRACE = 3600.0
"""Seconds for which what a commit has replaced is left to those who still read it."""

Query = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lease:
    """The one who writes ``generation``, in a set of indices of that number, until a time.

    With ``together``, several writers do it, and no process holds the lease.
    """

    generation: int
    set: int
    until: float
    process: int = field(default_factory=os.getpid)
    host: str = field(default_factory=platform.node)
    since: str = field(
        default_factory=lambda: datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    )
    together: bool = False

    def holder(self) -> str:
        """Who holds it, in words."""
        if self.together:
            return f" (of several writers, generation {self.generation}, since {self.since})"
        return f" (process {self.process} on {self.host}, since {self.since})"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What holds of an index.

    ``generation`` is the one committed last, in the indices of ``set``; ``next`` the first
    number that nobody has had; ``abandoned`` those whose writers were stopped, ``undo`` those of
    them whose rows may still be there. ``commits`` are the times of the last ones, ``old`` sets
    that were replaced, and when. ``counts`` are passages, words and documents, ``values`` those
    of facets, ``parts`` those parts of the state that are small.
    """

    generation: int = 0
    set: int = 1
    next: int = 1
    abandoned: tuple[int, ...] = ()
    undo: tuple[int, ...] = ()
    purged: int = 0
    writer: Lease | None = None
    commits: Mapping[str, float] = field(default_factory=dict)
    old: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, list[str]] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    shards: int = 1
    layout: int = LAYOUT
    schema: int = SCHEMA_VERSION
    progsearch: str = __version__
    token: str = ""

    @property
    def free_set(self) -> int:
        """The number of a set that nobody has used."""
        known = [self.set, *(int(one) for one in self.old)]
        return max([*known, self.writer.set if self.writer else 0]) + 1


def _from_record(record: Mapping[str, Any], place: Place) -> Manifest:
    if record.get("schema") != SCHEMA_VERSION or record.get("layout") != LAYOUT:
        raise ProgsearchError(
            f"the index was written by another version of progsearch ({record.get('progsearch')})",
            where=f"{place.addresses[0]}/{place.prefix}",
            remedy=f"use that version, or {REBUILD}",
        )
    values = dict(record)
    writer = values.get("writer")
    values["writer"] = Lease(**writer) if writer else None
    for name in ("abandoned", "undo"):
        values[name] = tuple(values[name])
    return Manifest(**values)


def live(manifest: Manifest) -> Mapping[str, Any]:
    """The rows that a generation shows."""
    seen = {"range": {"born": {"lte": manifest.generation}}}
    dead: Query = {"range": {"died": {"lte": manifest.generation}}}
    gone = list(manifest.abandoned)
    if not gone:
        return {"bool": {"filter": [seen], "must_not": [dead]}}
    # A writer that was given up may still mark rows, late: that is no death.
    dead = {"bool": {"filter": [dead], "must_not": [{"terms": {"died": gone}}]}}
    return {"bool": {"filter": [seen], "must_not": [{"terms": {"born": gone}}, dead]}}


class Ledger:
    """The manifest as it was last read or written, and the only way to change it."""

    def __init__(self, client: Client, place: Place) -> None:
        self._client = client
        self._place = place
        self._path = f"/{place.prefix}-manifest/_doc/manifest"
        self._at: Mapping[str, str] = {"op_type": "create"}
        self.now: Manifest | None = None
        self.changing = threading.RLock()
        """Held by whoever reads the manifest to change it: a writer says now and then that it is
        there, beside its own work."""

    def peek(self) -> Manifest | None:
        """The manifest as it is, not to be changed; None when there is no index of this name."""
        found = self._client.ask("GET", self._path, missing=True)
        if not found or not found.get("found"):
            return None
        return _from_record(found["_source"], self._place)

    def read(self) -> Manifest | None:
        """The manifest as it is; None when there is no index of this name."""
        found = self._client.ask("GET", self._path, missing=True)
        if not found or not found.get("found"):
            self._at, self.now = {"op_type": "create"}, None
            return None
        self._at = {
            "if_seq_no": str(found["_seq_no"]),
            "if_primary_term": str(found["_primary_term"]),
        }
        self.now = _from_record(found["_source"], self._place)
        return self.now

    def begin(self) -> None:
        """Make the index that holds manifests, if there is none."""
        name = f"/{self._place.prefix}-manifest"
        if self._client.ask("GET", name, missing=True) is None:
            self._client.ask(
                "PUT",
                name,
                {
                    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
                    "mappings": {"enabled": False},
                },
            )

    def write(self, manifest: Manifest) -> None:
        """Put a manifest in the place of the one that was last read.

        Raises :class:`ConflictError` when somebody else has done so meanwhile.
        """
        manifest = replace(manifest, token=uuid.uuid4().hex)
        record = asdict(manifest)
        try:
            told = self._client.ask("PUT", self._path, record, params=self._at)
        except ConflictError:
            # It may have been ourselves, and the answer was lost.
            mine = self.read()
            if mine is None or mine.token != manifest.token:
                raise
            return
        self._at = {
            "if_seq_no": str(told["_seq_no"]),
            "if_primary_term": str(told["_primary_term"]),
        }
        self.now = manifest

    def indices(self, number: int | None = None) -> Indices:
        """The indices of a set: the current one, unless another is named."""
        now = self.now or Manifest()
        return Indices(self._place.prefix, now.set if number is None else number)


def horizon(manifest: Manifest, now: float) -> int:
    """The last generation whose dead rows nobody may still be reading."""
    settled = [int(one) for one, when in manifest.commits.items() if when < now - GRACE]
    return max(settled, default=0)
