"""The best passages of a clause: tantivy proposes, and :mod:`progsearch.engine.ranking` scores.

Of a clause of many alternatives all proposals are kept, whatever a question is limited to, for
themes are asked again and again: within another group, from another page, by the next command.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import isnan, nan
from operator import itemgetter
from typing import Any

from tantivy import DocAddress, Document, Searcher

from progsearch.clause import All, AllOf, AnyOf, Clause, Dated, FacetIn, NoneOf
from progsearch.engine.lazy import LazyHits
from progsearch.engine.masks import Kept
from progsearch.engine.ranking import Scores, enough
from progsearch.engine.shelf import Proposed, proposal_shelf
from progsearch.engine.tantivy.named import MANY, MOST, NamedPassages
from progsearch.engine.tantivy.queries import Queries
from progsearch.engine.tantivy.ranking import proposing
from progsearch.matching import Facets
from progsearch.model import Passage

__all__ = ["Best"]

_ROW = 32  # bits of a place, below those of the segment


class Best:
    """Ranks the passages of one state of an index."""

    def __init__(
        self,
        searcher: Searcher,
        queries: Queries,
        names: NamedPassages,
        state: Callable[[], str],
        facets: Callable[[Document], Facets],
        passage: Callable[[Document], Passage],
    ) -> None:
        self._searcher = searcher
        self._queries = queries
        self._names = names
        self._facets = facets
        self._passage = passage
        self._ready: AnyOf | None = None
        self._proposed = Kept[Proposed](lambda one: 16 * len(one.rows), proposal_shelf(state))

    def of(
        self, clause: Clause, scope: Clause, limit: int | None
    ) -> tuple[int, Sequence[tuple[Passage, float]]]:
        """How many passages match both clauses, and the best of them with their scores."""
        theme, rest = _parted(clause)
        if theme is None:
            return self._asked(clause, scope, limit)
        proposed = self._proposed.of(theme, partial(self._proposals, theme))
        if len(proposed.rows) < proposed.total:
            return self._asked(clause, scope, limit)
        places = self._within(theme, proposed, AllOf((*rest, scope)))
        chosen = places if limit is None else places[: enough(limit)]
        self._score(theme, proposed, chosen)
        rows, scores = proposed.rows, proposed.scores
        best = sorted([(-scores[place], place) for place in chosen])[:limit]
        hits = LazyHits([(rows[place], -score) for score, place in best], self._hit)
        return len(places), hits if limit is None else list(hits)

    def _asked(
        self, clause: Clause, scope: Clause, limit: int | None
    ) -> tuple[int, Sequence[tuple[Passage, float]]]:
        """The same of a clause that is asked for by itself."""
        self._queries.ready((clause, scope), whole=True)
        query = proposing(self._queries, clause, scope)
        most = self._searcher.num_docs if limit is None else enough(limit)
        found: Any = self._searcher.search(query, max(most, 1))
        scores = Scores(self._queries, clause)
        hits: list[tuple[float, int, Any]] = []
        for place, (_, address) in enumerate(found.hits):
            stored = self._searcher.doc(address)
            hits.append((-scores.of(stored, partial(self._facets, stored)), place, stored))
        hits.sort(key=itemgetter(0, 1))
        total = int(found.count or 0)
        return total, [(self._passage(stored), -score) for score, _, stored in hits[:limit]]

    def _proposals(self, theme: AnyOf) -> Proposed:
        """All passages that match, none of them scored."""
        total = self._queries.common(theme)
        found: Any = None
        if total <= MOST:
            self._have_ready(theme)
            query = proposing(self._queries, theme, All())
            found = self._searcher.search(query, MOST + 1)
            total = int(found.count or 0)
        rows = array("Q")
        if found and total <= MOST:
            rows.extend(_row_of(address) for _, address in found.hits)
        return Proposed(total, rows, array("d", [nan]) * len(rows))

    def _within(self, theme: AnyOf, proposed: Proposed, scope: Clause) -> Sequence[int]:
        """The places of those proposals that are in a scope."""
        if not any(_narrowing(scope)):
            return range(len(proposed.rows))
        self._names.take(theme, lambda: list(map(_address, sorted(proposed.rows))))
        inside = AllOf((theme, scope))
        self._queries.ready((inside,))
        query = self._queries.matching(inside)
        hits = self._searcher.search(query, max(len(proposed.rows), 1), count=False).hits
        rows = {_row_of(address) for _, address in hits}
        return [place for place, row in enumerate(proposed.rows) if row in rows]

    def _score(self, theme: AnyOf, proposed: Proposed, places: Sequence[int]) -> None:
        """Have all these proposals scored."""
        new = [place for place in places if isnan(proposed.scores[place])]
        if not new:
            return
        self._have_ready(theme)
        scores = Scores(self._queries, theme)
        for place in sorted(new, key=proposed.rows.__getitem__):  # those that are packed together
            stored = self._stored(proposed.rows[place])
            proposed.scores[place] = scores.of(stored, partial(self._facets, stored))
        self._proposed.keep(theme, proposed)

    def _have_ready(self, theme: AnyOf) -> None:
        if self._ready is not theme:
            self._queries.ready((theme,), whole=True)
            self._ready = theme

    def _stored(self, row: int) -> Any:  # noqa: ANN401 - tantivy's documents are whatever they are
        return self._searcher.doc(_address(row))

    def _hit(self, place: tuple[int, float]) -> tuple[Passage, float]:
        row, score = place
        return self._passage(self._stored(row)), score


def _row_of(address: DocAddress) -> int:
    return address.segment_ord << _ROW | address.doc


def _address(row: int) -> DocAddress:
    return DocAddress(row >> _ROW, row & ((1 << _ROW) - 1))


def _parted(clause: Clause) -> tuple[AnyOf | None, Sequence[Clause]]:
    """The many alternatives of a clause, and the rest of it; none where the rest adds to a
    score."""
    parts = clause.parts if isinstance(clause, AllOf) else (clause,)
    themes = [
        part
        for part in parts
        if isinstance(part, AnyOf) and part.coordinate and len(part.parts) >= MANY
    ]
    if len(themes) != 1:
        return None, ()
    rest = [part for part in parts if part is not themes[0]]
    return (themes[0], rest) if all(map(_adds_nothing, rest)) else (None, ())


def _adds_nothing(clause: Clause) -> bool:
    """Whether no passage has a score by a clause."""
    match clause:
        case AllOf(parts) | AnyOf(parts):
            return all(map(_adds_nothing, parts))
        case FacetIn() | Dated() | NoneOf() | All():
            return True
        case _:
            return False


def _narrowing(clause: Clause) -> Iterator[bool]:
    """Whether each part of a scope may leave something out."""
    match clause:
        case AllOf(parts):
            for part in parts:
                yield from _narrowing(part)
        case _:
            yield not isinstance(clause, All)
