"""Asking a generation of an index in a cluster: hits, tallies, documents, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from operator import itemgetter
from typing import Any

from progsearch.clause import All, AllOf, Clause, Lookup, NoneOf
from progsearch.engine import Asked, Once, Results, Sought, Tally
from progsearch.engine.copies import Repeats, own
from progsearch.engine.counting import summed, taken_once
from progsearch.engine.opensearch.client import Client
from progsearch.engine.opensearch.parts import Parts
from progsearch.engine.opensearch.proposing import proposals
from progsearch.engine.opensearch.queries import EVERY, Query, terms, together
from progsearch.engine.opensearch.repeating import Noted
from progsearch.engine.opensearch.rows import StoredRow, document_in, facets_in, passage_in
from progsearch.engine.opensearch.tallies import Group, counted, passages_by
from progsearch.engine.opensearch.view import PAGE, View
from progsearch.engine.opensearch.words import Words
from progsearch.engine.ranking import Scores, enough
from progsearch.engine.texts import forms_in
from progsearch.model import Document, Passage
from progsearch.query import FACETS, SAID

__all__ = ["Reader"]

WHOLE = 1000
"""Rows with all that is stored of them in an answer, at most."""

TOGETHER = 500
"""Documents that one search asks for."""

PIECE = 5
"""Where a question is asked in pieces, each proposes so many times the passages wanted of it."""

_OWN = tuple(name for name in FACETS if name not in SAID)
"""The facets that tell whose text it is."""

_STORED = ["data", "text", "headings", "first_day", "last_day", *FACETS]

HELD = 100_000
"""Rows and numbers that are held for who asks again, some 100 MB at most; of an index that is
open for days all are asked for once."""


class Reader:
    """One generation of an index, and what was got of it before."""

    def __init__(self, client: Client, view: View) -> None:
        self._client = client
        self._view = view
        self._documents: dict[str, Document | None] = {}
        self._passages: dict[str, list[Passage]] = {}
        self._present: list[tuple[Once, Mapping[Group, object]]] = []
        self._scopes: list[tuple[Asked, Tally]] = []
        self._searched: list[tuple[Sought, Results]] = []
        self.parts = Parts(view)
        self.words = Words(client, view)

    def held(self) -> int:
        """How many rows and numbers are held: documents, passages, lines, frequencies, and the
        groups of tallies."""
        groups = sum(len(one.scope) * (1 + len(one.clauses)) for _, one in self._scopes)
        groups += sum(len(found) for _, found in self._present)
        passages = sum(map(len, self._passages.values()))
        return len(self._documents) + passages + groups + self.words.held() + self._view.held()

    # Documents and passages

    def values(self, facet: str) -> list[str]:
        """The values of a facet that passages have; unknown left out."""
        known = self._view.manifest.values.get(facet)
        if known is None:
            found = counted(self._view, [(EVERY, [facet])])[0]
            return sorted(value for (value,) in found if value)
        return list(known)

    def regions(self) -> Mapping[str, str]:
        """The names of the regions of documents, by code."""
        found: dict[str, str] = {}
        after: Mapping[str, Any] = {}
        sources = [{name: {"terms": {"field": name}}} for name in ("region", "region_name")]
        while True:
            composite = {"size": PAGE, "sources": sources, **after}
            body = {"size": 0, "aggs": {"all": {"composite": composite}}}
            (answer,) = self._view.ask([(self._view.indices.documents, EVERY, body)])
            told = answer["aggregations"]["all"]
            found |= {one["key"]["region"]: one["key"]["region_name"] for one in told["buckets"]}
            if len(told["buckets"]) < PAGE:
                return found
            after = {"after": told["after_key"]}

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""
        more = {"size": WHOLE, "sort": ["path", "row"], "_source": ["data"]}
        for hit in self._view.pages(self._view.indices.documents, EVERY, more):
            yield document_in(hit["_source"])

    def document(self, document: str) -> Document | None:
        """The document with that id."""
        if document not in self._documents:
            self.prefetch(documents=[document])
        return self._documents[document]

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document, in the order of the source."""
        known = self._passages.get(document)
        return list(known) if known is not None else self._passages_of([document])[document]

    def _passages_of(self, documents: Sequence[str]) -> dict[str, list[Passage]]:
        """The passages of some documents, those of each in the order of the source."""
        found: dict[str, list[Passage]] = {one: [] for one in documents}
        more = {
            "size": WHOLE,
            "sort": ["document", "number", "row"],
            "_source": ["document", "data"],
        }
        query = terms("document", documents)
        for hit in self._view.pages(self._view.indices.passages, query, more):
            found[hit["_source"]["document"]].append(passage_in(hit["_source"]))
        return found

    def passage(self, passage: str) -> Passage | None:
        """The passage with that id."""
        known = self._passages.get(passage.partition(".")[0], ())
        if found_there := next((one for one in known if one.id == passage), None):
            return found_there
        body = {"size": 1, "_source": ["data"]}
        query = {"term": {"passage": passage}}
        (found,) = self._view.ask([(self._view.indices.passages, query, body)])
        hits = found["hits"]["hits"]
        return passage_in(hits[0]["_source"]) if hits else None

    def prefetch(
        self,
        *,
        documents: Iterable[str] = (),
        passages: Iterable[str] = (),
        lookups: Iterable[Lookup] = (),
        scopes: Iterable[Asked] = (),
        searches: Iterable[Sought] = (),
    ) -> None:
        """Get what will be asked for: documents and words in one request, tallies in another."""
        wanted = [one for one in dict.fromkeys(documents) if one not in self._documents]
        some = [wanted[at : at + TOGETHER] for at in range(0, len(wanted), TOGETHER)]
        names = self.words.missing(self.words.names(lookups))
        bodies = self._view.lines(self.words.bodies(names))
        index = (self._view.indices.documents,)
        asked = [
            (
                index,
                {
                    "query": together([{"terms": {"document": one}}, self._view.live]),
                    "size": TOGETHER,
                    "_source": ["data"],
                },
            )
            for one in some
        ]
        answers = self._client.searches([*asked, *bodies])
        for ids, answer in zip(some, answers, strict=False):
            self._documents |= dict.fromkeys(ids)
            for hit in answer["hits"]["hits"]:
                document = document_in(hit["_source"])
                self._documents[document.id] = document
        self.words.take(names, answers[len(some) :])
        self._tallied([*scopes])
        if several := list(dict.fromkeys(passages)):
            self._passages = self._passages_of(several)
        if wished := list(searches):
            self._searched = list(zip(wished, self._searches(wished), strict=True))

    # Hits

    def search(
        self,
        clause: Clause,
        *,
        scope: Clause,
        limit: int | None,
        ranked: bool,
        once: Once | None,
    ) -> Results:
        """The passages that match both clauses."""
        if ranked and limit is not None and enough(limit) <= PAGE:
            sought = Sought(clause, scope, limit, once)
            known = (found for one, found in self._searched if _same(one, sought))
            return next(known, None) or self._searches([sought])[0]
        scope, left_out = self._taken_once(scope, once)
        self._view.prepare([([clause], scope)], ranked=ranked)
        found = self._all_ranked if ranked else self._in_order
        total, hits = found(clause, scope, limit)
        return Results(hits, total, left_out)

    def _taken_once(self, scope: Clause, once: Once | None) -> tuple[Clause, int]:
        """A scope without documents that repeat another, and how many these are."""
        repeats = self.repeats(once, ()) if once else None
        if not once or not repeats or not repeats.left_out:
            return scope, 0
        copies = self._noted.left_out(once, repeats, scope)
        return AllOf((scope, NoneOf(copies))), len(repeats.left_out)

    def _searches(self, sought: Sequence[Sought]) -> list[Results]:
        """Ranked searches, all in two requests, and one more for copies not met before."""
        self._present_of([one.once for one in sought if one.once])
        scopes = [self._taken_once(one.scope, one.once) for one in sought]
        pairs = list(zip(sought, scopes, strict=True))
        self._view.prepare([([one.clause], scope) for one, (scope, _) in pairs], ranked=True)
        asked = [self._proposed(one.clause, scope, one.limit) for one, (scope, _) in pairs]
        answers = iter(self._client.searches([body for some in asked for body in some]))
        found = []
        for (one, (_, left_out)), some in zip(pairs, asked, strict=True):
            total, hits = self._ranked(one.clause, [next(answers) for _ in some], one.limit)
            found.append(Results(hits, total, left_out))
        return found

    def _within(self, clause: Clause, scope: Clause) -> Query:
        queries = self._view.queries
        return together([queries.matching(clause), queries.matching(scope)])

    def _proposed(
        self, clause: Clause, scope: Clause, limit: int
    ) -> list[tuple[Sequence[str], Any]]:
        """The searches that propose passages; the total is that of the last."""
        view = self._view
        asked = proposals(view, clause)
        inside = view.queries.matching(scope)
        most = enough(limit) * (PIECE if len(asked) > 1 else 1)
        index = view.indices.passages
        bodies: list[tuple[Sequence[str], Any]] = [
            (
                (index,),
                {
                    "query": {"bool": {"must": [query], "filter": [inside, view.live]}},
                    "size": min(most, PAGE),
                    "track_total_hits": True,
                    "_source": _STORED,
                    "sort": ["_score", "path", "number"],
                },
            )
            for query in asked
        ]
        if len(asked) > 1:
            whole = together([self._within(clause, scope), view.live])
            body = {"query": whole, "size": 0, "track_total_hits": True}
            bodies.append(((index,), body))
        return bodies

    def _ranked(
        self, clause: Clause, answers: Sequence[Any], limit: int
    ) -> tuple[int, list[tuple[Passage, float]]]:
        total = int(answers[-1]["hits"]["total"]["value"])
        sources = {
            hit["_id"]: hit["_source"] for answer in answers for hit in answer["hits"]["hits"]
        }
        return total, self._scored(clause, sources.values())[:limit]

    def _all_ranked(
        self, clause: Clause, scope: Clause, limit: int | None
    ) -> tuple[int, list[tuple[Passage, float]]]:
        more = {"size": WHOLE, "_source": _STORED, "sort": ["path", "number", "row"]}
        query = self._within(clause, scope)
        hits = self._view.pages(self._view.indices.passages, query, more)
        found = self._scored(clause, (hit["_source"] for hit in hits))
        return len(found), found[:limit]

    def _scored(
        self, clause: Clause, sources: Iterable[Mapping[str, Any]]
    ) -> list[tuple[Passage, float]]:
        """Passages and their scores, the best first."""
        scores = Scores(self._view, clause)
        found = []
        for place, source in enumerate(sources):
            score = scores.of(StoredRow(source), partial(facets_in, source))
            found.append((-score, place, passage_in(source)))
        found.sort(key=itemgetter(0, 1))
        return [(passage, -score) for score, _, passage in found]

    def _in_order(
        self, clause: Clause, scope: Clause, limit: int | None
    ) -> tuple[int, list[tuple[Passage, float]]]:
        view, query = self._view, self._within(clause, scope)
        more: dict[str, Any] = {"_source": ["data"], "sort": ["path", "number", "row"]}
        if limit is not None and limit <= WHOLE:
            more |= {"size": limit, "track_total_hits": True}
            (found,) = view.ask([(view.indices.passages, query, more)])
            hits, total = found["hits"]["hits"], int(found["hits"]["total"]["value"])
        else:
            hits = [*view.pages(view.indices.passages, query, {**more, "size": WHOLE})]
            total = len(hits)
        return total, [(passage_in(hit["_source"]), 0.0) for hit in hits[:limit]]

    def texts(self, clause: Clause, by: Sequence[str]) -> Iterator[tuple[Group, Sequence[str]]]:
        """The words of each passage that matches, in the order of the sources."""
        view = self._view
        stored = ["text", "first_day", "last_day", *FACETS]
        more = {"size": WHOLE, "_source": stored, "sort": ["path", "number", "row"]}
        query = view.queries.matching(clause)
        for hit in view.pages(view.indices.passages, query, more):
            source = hit["_source"]
            facets = facets_in(source)
            record = source.get("text")
            yield tuple(map(facets.value, by)), forms_in(record.encode()) if record else []

    # Tallies

    def tally(
        self, clauses: Sequence[Clause], *, scope: Clause, by: Sequence[str], once: Once | None
    ) -> Tally:
        """Counts of all groups of all clauses."""
        wanted = Asked(scope, by, once, clauses)
        known = (found for one, found in self._scopes if _same_tally(one, wanted))
        return next(known, None) or self._tallies([wanted])[0]

    def facets(self, clause: Clause, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """By facet and value, the passages that match."""
        self._view.prepare([([clause], All())])
        query = self._view.queries.matching(clause)
        found = passages_by(self._view, query, names)
        return {name: dict(values) for name, values in zip(names, found, strict=True)}

    def _tallied(self, asked: Sequence[Asked]) -> None:
        self._scopes += zip(asked, self._tallies(asked), strict=True)

    def _tallies(self, asked: Sequence[Asked]) -> list[Tally]:
        """Several tallies in one request, and one more for copies not met before."""
        queries = self._view.queries
        self._present_of([one.once for one in asked if one.once])
        self._view.prepare([(one.clauses, one.scope) for one in asked])
        wanted: list[tuple[Query, Sequence[str]]] = []
        repeats: list[Repeats | None] = []
        for one in asked:
            each = [one.scope, *(AllOf((clause, one.scope)) for clause in one.clauses)]
            wanted += [(queries.matching(clause), one.by) for clause in each]
            found = self.repeats(one.once, one.by) if one.once else None
            repeats.append(found)
            if one.once and found and found.left_out:
                copies = self._noted.left_out(one.once, found, one.scope)
                by = (*one.by, "document")
                wanted += [(queries.matching(AllOf((clause, copies))), by) for clause in each]
        counts = iter(counted(self._view, wanted))
        tallies = []
        for one, one_of in zip(asked, repeats, strict=True):
            all_of = [next(counts) for _ in range(len(one.clauses) + 1)]
            if one_of is None:
                tallies.append(summed(all_of))
                continue
            of_copies = [next(counts) if one_of.left_out else {} for _ in all_of]
            tallies.append(taken_once(all_of, of_copies, one_of))
        return tallies

    @cached_property
    def _noted(self) -> Noted:
        return Noted(self.parts.get("summary").get("copies", {}))

    def repeats(self, once: Once, by: Sequence[str]) -> Repeats:
        """Which documents repeat another one of what is looked at, and in which group."""
        present = self._present_of([once])[0]
        places = [_OWN.index(name) for name in (*own(by), "document")]
        groups = {tuple(group[at] for at in places) for group in present}
        return Repeats(once, by, sorted(groups))

    def _present_of(self, asked: Sequence[Once]) -> list[Mapping[Group, object]]:
        """The groups of what is looked at of texts that several documents have."""
        known = [one for one, _ in self._present]
        new: list[Once] = []
        for one in asked:
            if one not in known and one not in new:
                new.append(one)
        some = [one for one in new if one.families]
        clauses = [AllOf((one.among, self._noted.family(one))) for one in some]
        queries = [(self._view.queries.matching(clause), _OWN) for clause in clauses]
        self._present += [(one, {}) for one in new if not one.families]
        self._present += zip(some, counted(self._view, queries), strict=True)
        return [next(found for known, found in self._present if known == one) for one in asked]


def _same(one: Sought, other: Sought) -> bool:
    """Whether two searches are the same; clauses may be large, so it is looked who they are."""
    told = (one.scope, one.limit, one.once) == (other.scope, other.limit, other.once)
    return one.clause is other.clause and told


def _same_tally(one: Asked, other: Asked) -> bool:
    told = (one.scope, tuple(one.by), one.once) == (other.scope, tuple(other.by), other.once)
    same = len(one.clauses) == len(other.clauses) and told
    return same and all(a is b for a, b in zip(one.clauses, other.clauses, strict=True))
