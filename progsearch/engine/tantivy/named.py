"""Passages that match clauses of many alternatives, by their ids, which tantivy finds at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tantivy import DocAddress, Query, Searcher

from progsearch.clause import AllOf, AnyOf, Clause, NoneOf
from progsearch.engine.masks import Kept
from progsearch.engine.shelf import Named, name_shelf
from progsearch.engine.tantivy.segments import Segments

__all__ = ["MANY", "MOST", "REMEMBERED", "NamedPassages"]

MANY = 8
"""Alternatives from which on the passages that match a clause are kept."""

MOST = 20_000
"""Passages of a clause that are kept at most; to ask for more by their ids takes as long as by
their words."""

REMEMBERED = 1_000
"""Clauses of which it is remembered that they were asked for."""

ID = 80  # bytes of one at most


class NamedPassages:
    """Keeps the ids of passages for one state of an index.

    Only those of clauses that a question asks for, not of what these are made of.
    """

    def __init__(self, searcher: Searcher, segments: Segments, state: Callable[[], str]) -> None:
        self._searcher = searcher
        self.segments = segments
        self._kept = Kept[Named](lambda one: ID * len(one.ids), name_shelf(state))
        # The clauses themselves, so that no other one gets their identity.
        self._wanted: dict[int, AnyOf] = {}

    def ids(
        self, clause: AnyOf, at_least: Callable[[], int], query: Callable[[], Query]
    ) -> Sequence[str] | None:
        """The passages that match a clause; none where they are too many, or not wanted.

        ``at_least`` tells so many of them that there are for sure, ``query`` how they are found.
        """
        if id(clause) not in self._wanted:
            return None
        named = self._kept.of(clause, lambda: self._found(at_least(), query))
        return named.ids if len(named.ids) == named.total else None

    def _found(self, total: int, query: Callable[[], Query]) -> Named:
        if total <= MOST:
            found = Query.const_score_query(query(), 0.0)
            # All score alike, so they come in the order of the segments.
            hits = self._searcher.search(found, MOST + 1, count=False).hits
            total = len(hits)
            if total <= MOST:
                return self._named([address for _, address in hits])
        return Named(total, ())

    def _named(self, addresses: Sequence[DocAddress]) -> Named:
        return Named(len(addresses), self.segments.ids(addresses))

    def take(self, clause: AnyOf, addresses: Callable[[], Sequence[DocAddress]]) -> None:
        """Keep the passages that match a clause, of which others know where they are, in the
        order of the segments."""
        self._kept.of(clause, lambda: self._named(addresses()))

    def unknown(self, clause: Clause) -> Iterator[Clause]:
        """The parts of a clause that is asked for whose passages are not kept; those of many
        alternatives are from now on."""
        match clause:
            case AnyOf(parts) if len(parts) >= MANY:
                if len(self._wanted) > REMEMBERED:
                    self._wanted.clear()  # those that are not wanted are asked for by their words
                self._wanted[id(clause)] = clause
                named = self._kept.known(clause)
                if named is None or len(named.ids) < named.total:
                    yield clause
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    yield from self.unknown(part)
            case NoneOf(part):
                yield from self.unknown(part)
            case _:
                yield clause
