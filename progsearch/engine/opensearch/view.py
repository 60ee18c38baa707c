"""A generation of an index as it is read, and how often its words and terms stand in it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from progsearch.clause import Clause, Leaf, Nearby, OneOf, Sequential, Textual, every_leaf, leaves
from progsearch.engine.bm25 import FIELDS
from progsearch.engine.opensearch.client import Client
from progsearch.engine.opensearch.manifest import GRACE, Ledger, Manifest, live
from progsearch.engine.opensearch.mapping import term_of
from progsearch.engine.opensearch.queries import (
    EVERY,
    NONE,
    Queries,
    Query,
    Run,
    any_of,
    runs_of,
    size_of,
    terms,
    together,
)
from progsearch.engine.ranking import having_word
from progsearch.engine.texts import Text, Wanted, runs_in
from progsearch.errors import ProgsearchError

__all__ = ["CLAUSES", "PAGE", "View"]

CLAUSES = 1000
"""Clauses that a query of ours has at most: a cluster takes 1,024 unless told otherwise."""

PAGE = 10_000
"""Rows in an answer, at most."""

TEXTS = 2000
"""Texts in an answer, at most."""

COUNTS = 64
"""Queries that are counted in one search, at most. A node tries each of them on each row that has
one at least: of more the rows have one more often, and each search has a cost of its own."""

MOST_ROWS = 2_000_000
"""Passages that are looked up for the terms of one question where it has too many clauses."""

LOOK = GRACE / 6
"""Seconds after which it is looked whether what is read is still the index."""

Body = dict[str, Any]
Field = tuple[Run, str]
_Search = tuple[str, Query, Mapping[str, Any]]
_Unknown = tuple[list[tuple[str, str]], list[Field]]
"""Keys by field, and phrases and NEARs by field, of which it is not known how often they stand."""


class View:
    """One generation: all that is asked of it is of its rows only."""

    def __init__(self, client: Client, ledger: Ledger) -> None:
        self._client = client
        self._ledger = ledger
        self._looked = time.monotonic()
        self.manifest = ledger.now or Manifest()
        self.indices = ledger.indices()
        self.live = live(self.manifest)
        self.queries = Queries()
        self._frequencies: dict[tuple[str, str], int] = {}
        self._having: dict[tuple[int, str], tuple[Textual, int]] = {}

    # Asking

    def ask(self, asked: Sequence[_Search]) -> list[Any]:
        """Searches of an index by a query, each with what else is wanted of it, in one request."""
        if not asked:
            return []
        self._look()
        return self._client.searches(
            [
                ((index,), {"query": together([query, self.live]), **more})
                for index, query, more in asked
            ]
        )

    def lines(self, asked: Sequence[Mapping[str, Any]]) -> Sequence[tuple[Sequence[str], Any]]:
        """Searches of the vocabulary, which has no generations, to be asked."""
        return [((self.indices.vocabulary,), body) for body in asked]

    def pages(self, index: str, query: Query, more: Mapping[str, Any]) -> Iterator[Any]:
        """All hits of a search that is sorted, page by page."""
        after: Mapping[str, Any] = {}
        while True:
            (found,) = self.ask([(index, query, {**more, **after})])
            hits = found["hits"]["hits"]
            yield from hits
            if len(hits) < more["size"]:
                return
            after = {"search_after": hits[-1]["sort"]}

    def _look(self) -> None:
        """See that nobody takes away what is read, now and then."""
        if time.monotonic() - self._looked < LOOK:
            return
        now = self._ledger.peek()
        if now is None or now.generation != self.manifest.generation:
            raise ProgsearchError("the index was replaced meanwhile", remedy="ask again")
        self._looked = time.monotonic()

    def held(self) -> int:
        """How many frequencies are held, and passages of terms that were looked up."""
        looked_up = sum(len(found) for _, found in self.queries.found.values())
        return len(self._frequencies) + len(self._having) + looked_up

    # Frequencies, as engine/ranking.py wants them

    @property
    def size(self) -> int:
        """All passages."""
        return self.manifest.counts.get("passages", 0)

    def frequency(self, field: str, key: str) -> int:
        """The passages that have a key in a field."""
        if (field, key) not in self._frequencies:
            self.learn([key])
        return self._frequencies[field, key]

    def knows(self, key: str) -> bool:
        """Whether it is known how many passages have a key."""
        return all((field, key) in self._frequencies for field in FIELDS)

    def having(self, term: Textual, field: str) -> int:
        """The passages that satisfy a term in a field; for a word, as it is reckoned."""
        name = (id(term), field)
        if name not in self._having:
            if not isinstance(term, Leaf):
                self.learn([], [term])
            else:
                often = ((key, self.frequency(field, key)) for key in term.keys)
                self._having[name] = term, having_word(one for one in often if one[1])
        return self._having[name][1]

    def learn(self, keys: Iterable[str], runs: Iterable[Run] = ()) -> None:
        """Count the passages with some keys, and those with some phrases and NEARs, at once."""
        unknown = self._unknown(keys, runs)
        self._keep(unknown, self.ask(self._counting(unknown)))

    def _unknown(self, keys: Iterable[str], runs: Iterable[Run]) -> _Unknown:
        wanted = [
            (field, key)
            for key in dict.fromkeys(keys)
            for field in FIELDS
            if (field, key) not in self._frequencies
        ]
        others = [
            (term, field)
            for term in runs
            for field in FIELDS
            if (id(term), field) not in self._having
        ]
        return wanted, others

    def _counting(self, unknown: _Unknown) -> list[_Search]:
        """The searches that count what is not known."""
        wanted, others = unknown
        queries: list[Query] = [{"term": {field: term_of(key)}} for field, key in wanted]
        queries += [self.queries.having(term, field) or NONE for term, field in others]
        return [
            (
                self.indices.passages,
                any_of(some) if size <= CLAUSES else EVERY,
                {"size": 0, "aggs": {"each": {"filters": {"filters": some}}}},
            )
            for some, size in _parts(queries)
        ]

    def _keep(self, unknown: _Unknown, answers: Sequence[Any]) -> None:
        """Keep what they have counted."""
        wanted, others = unknown
        found = [
            int(bucket["doc_count"])
            for answer in answers
            for bucket in answer["aggregations"]["each"]["buckets"]
        ]
        self._frequencies.update(zip(wanted, found, strict=False))
        for (term, field), often in zip(others, found[len(wanted) :], strict=True):
            self._having[id(term), field] = term, often

    # What has too many clauses

    def prepare(
        self, asked: Sequence[tuple[Sequence[Clause], Clause]], *, ranked: bool = False
    ) -> None:
        """Look up what queries need, in as few requests as there can be: clauses, each of them
        within a scope.

        Phrases and NEARs of those that would have more clauses than a cluster takes are looked
        up one by one, and stand as the passages that they are in.
        """
        large: dict[int, Run] = {}
        for clauses, scope in asked:
            room = CLAUSES - size_of(self.queries.matching(scope))
            if room < 0:
                large |= {id(term): term for term in _runs(scope)}
            for clause in clauses:
                if size_of(self.queries.matching(clause)) > room:
                    large |= {id(term): term for one in (clause, scope) for term in _runs(one)}
        clauses = [one for some, scope in asked for one in (*some, scope)]
        unknown: _Unknown = [], []
        some = [one for name, one in large.items() if name not in self.queries.found]
        if ranked:
            keys = [
                key
                for clause in clauses
                for term in leaves(clause)
                if isinstance(term, Leaf)
                for key in term.keys
            ]
            counted = {id(one) for one in some}  # as they are looked up
            runs = [one for clause in clauses for one in leaves(clause) if id(one) not in counted]
            unknown = self._unknown(keys, [one for one in runs if not isinstance(one, Leaf)])
        self._look_up(some, unknown)

    def _look_up(self, some: Sequence[Run], unknown: _Unknown) -> None:
        """Look up the passages of some terms, and in the first request count what is unknown."""
        asked: list[tuple[Field, Query, Body]] = []
        for term in some:
            self.queries.found[id(term)] = term, {}
            for field in FIELDS:
                query = runs_of(term, field)
                if query is None:
                    continue
                body: Body = {"_source": False, "size": PAGE}
                if size_of(query) > CLAUSES:
                    query, body = _standing(term, field), {"_source": [field], "size": TEXTS}
                more = {"sort": ["row"], "docvalue_fields": ["row"], **body}
                asked.append(((term, field), query, more))
        found: dict[tuple[int, str], list[int]] = {}
        total = 0
        counting = self._counting(unknown)
        while asked or counting:
            searches = [(self.indices.passages, query, body) for _, query, body in asked]
            answers = self.ask([*searches, *counting])
            if counting:
                self._keep(unknown, answers[len(asked) :])
                answers, counting = answers[: len(asked)], []
            again = []
            for (name, query, body), answer in zip(asked, answers, strict=True):
                hits = answer["hits"]["hits"]
                rows = found.setdefault((id(name[0]), name[1]), [])
                rows += [int(hit["fields"]["row"][0]) for hit in hits if _holds(name, hit, body)]
                total += len(hits)
                if len(hits) == body["size"]:
                    again.append((name, query, {**body, "search_after": hits[-1]["sort"]}))
            if total > MOST_ROWS:
                raise ProgsearchError(
                    "the question has more clauses than the cluster takes, and too many passages",
                    remedy="raise indices.query.bool.max_clause_count, or ask for less at once",
                )
            asked = again
        for term in some:
            rows_of = {field: found.get((id(term), field), []) for field in FIELDS}
            self.queries.found[id(term)] = term, {name: one for name, one in rows_of.items() if one}
            for field, rows in rows_of.items():
                self._having[id(term), field] = term, len(rows)


def _parts(queries: Iterable[Query]) -> Iterator[tuple[list[Query], int]]:
    """Queries that are counted together, and how many clauses they have."""
    part: list[Query] = []
    size = 0
    for query in queries:
        more = size_of(query)
        if part and (len(part) == COUNTS or size + more > CLAUSES):
            yield part, size
            part, size = [], 0
        part.append(query)
        size += more
    if part:
        yield part, size


def _holds(name: Field, hit: Mapping[str, Any], body: Body) -> bool:
    """Whether a passage satisfies a term, where it has to be looked at."""
    if not body["_source"]:
        return True
    term, field = name
    record = f"\x1f{hit['_source'].get(field, '')}\x1f".encode()
    return bool(runs_in(term, Text(record, Wanted(every_leaf(term)))))


def _runs(clause: Clause) -> Iterator[Run]:
    """The phrases and NEARs of a clause, negated ones included."""
    from progsearch.clause import AllOf, AnyOf, NoneOf

    match clause:
        case Sequential() | OneOf() | Nearby():
            yield clause
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _runs(part)
        case NoneOf(part):
            yield from _runs(part)
        case _:
            return


def _standing(term: Textual, field: str) -> Query:
    """The passages that have all words of a term in a field, be it anywhere."""
    match term:
        case Leaf(keys=keys):
            return terms(field, map(term_of, keys))
        case Sequential(leaves=parts):
            return together([_standing(part, field) for part in parts])
        case Nearby(left=left, right=right):
            return together([_standing(left, field), _standing(right, field)])
        case OneOf(parts=parts):
            return any_of([_standing(part, field) for part in parts])
