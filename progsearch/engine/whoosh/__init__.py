"""The Whoosh engine: one index holds passages, documents, the vocabulary and the state.

All of it changes together, with the commit of Whoosh's table of contents. A row is a
document (``rec`` is ``d``), one of its passages, which follow it, the vocabulary of a
segment (``v``) or a part of the state (``s/…``).

A term is posted once a row, with its first position; where it stands again in the row, a
second field (``text_more``) has the further positions. So nearly all postings are of one
size, and none needs a weight.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from itertools import accumulate, product
from operator import itemgetter
from pathlib import Path
from typing import Any

import whoosh

from progsearch.clause import All, Clause, Lookup
from progsearch.engine import Asked, Once, Results, Sought, Tally, Writer, regions_of
from progsearch.engine.bm25 import FIELDS
from progsearch.engine.copies import PASSAGE_FACETS, Repeats, own
from progsearch.engine.counting import Counter, FacetCounter, summed, taken_once
from progsearch.engine.evaluation import Evaluation, evaluations
from progsearch.engine.lazy import LazyHits
from progsearch.engine.masks import Mask, both, rows_in, without
from progsearch.engine.parts import UNKNOWN, Lists, Part, standing
from progsearch.engine.readings import texts_of
from progsearch.engine.shelf import state_of
from progsearch.engine.vocabulary import StoredVocabulary
from progsearch.engine.whoosh.contents import Contents, newest
from progsearch.engine.whoosh.lists import VERSION, BlockLists
from progsearch.model import Document, Passage
from progsearch.records import document_from, passage_from

__all__ = ["LIBRARY", "LOCKS", "WhooshEngine", "join", "open_index"]

LIBRARY = f"Whoosh {whoosh.__version__[0]}.{whoosh.__version__[1]}"
"""What writes the files of an index: they are the same for all versions of this number."""

LOCKS = frozenset({"MAIN_WRITELOCK"})
"""Names of files that are of no use when a writer is done."""

BLOCKS = whoosh.__version__ == VERSION
"""Whether this version of Whoosh's files are read and written as whole blocks, for which
nothing of Whoosh but its number is loaded to read them."""


class WhooshEngine:
    """An index in a folder, as Whoosh keeps it."""

    seal = ""
    replaces = False

    def __init__(self, folder: Path | None, *, blocks: bool) -> None:
        self._folder = folder
        self._blocks = blocks
        self._documents: dict[str, Document | None] = {}
        self._told: str | None = None

    @cached_property
    def parts(self) -> list[Part]:
        """The segments of the index, as it was when first looked at."""
        lists = list(self._lists())
        offsets = accumulate((one.size for one in lists), initial=0)
        return [Part(one, at, self._state) for one, at in zip(lists, offsets, strict=False)]

    def _state(self) -> str:
        """What tells the state of the index and how it is asked; nothing while it is written."""
        if self._told is None:
            self._told = state_of(self._folder, LIBRARY, "engine", "engine/whoosh", "clause")
        return self._told

    def _lists(self) -> Iterable[Lists]:
        if self._folder is None:
            return []
        if not self._blocks:
            from progsearch.engine.whoosh.plain import segments

            return segments(self._folder)
        return [BlockLists(self._folder, one) for one in Contents.read(self._folder).segments]

    def _records(self, field: str, term: str) -> Iterator[dict[str, Any]]:
        found = standing(self.parts, field, term)
        return (json.loads(part.lists.record("data", row)) for part, row in found)

    def state(self, part: str) -> Mapping[str, Any]:
        """A part of what the last commit was given."""
        return next(self._records("rec", f"s/{part}"), {})

    def values(self, facet: str) -> list[str]:
        """The values of a facet that passages have; unknown left out."""
        found: set[str] = set()
        for part in self.parts:
            if facet in PASSAGE_FACETS:
                masks = part.of_passages(facet)
                found.update(value for value, mask in masks.items() if value and 1 in mask)
            else:
                found.update(value for value in part.lists.terms(facet) if part.has(facet, value))
        return sorted(found - {UNKNOWN})

    @cached_property
    def vocabulary(self) -> StoredVocabulary:
        """The forms that the index holds."""
        return StoredVocabulary(self._lines, self._stands)

    def _lines(self, beginning: str) -> Iterable[str]:
        found = [part.lists.terms("vocabulary", beginning) for part in self.parts]
        return found[0] if len(found) == 1 else heapq.merge(*found)

    def _stands(self, keys: Iterable[str]) -> bool:
        places = product(self.parts, FIELDS, keys)
        return any(part.has(field, key) for part, field, key in places)

    def regions(self) -> Mapping[str, str]:
        """The names of the regions of documents, by code."""
        found = (next(self._records("region", code), None) for code in self.values("region"))
        return regions_of(document_from(record) for record in found if record)

    def prefetch(
        self,
        *,
        documents: Iterable[str] = (),
        passages: Iterable[str] = (),
        lookups: Iterable[Lookup] = (),
        scopes: Iterable[Asked] = (),
        searches: Iterable[Sought] = (),
    ) -> None:
        """All is at hand."""

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""
        found = map(document_from, self._records("rec", "d"))
        return iter(sorted(found, key=lambda document: document.path))

    def document(self, document: str) -> Document | None:
        """The document with that id."""
        if document not in self._documents:
            found = next(self._records("document", document), None)
            self._documents[document] = document_from(found) if found else None
        return self._documents[document]

    def _rows_of(self, document: str) -> Iterator[tuple[Part, int]]:
        for part, row in standing(self.parts, "document", document):
            for passage in part.passages(row):
                yield part, passage

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document, in the order of the source."""
        return [_passage_at(part, row) for part, row in self._rows_of(document)]

    def passage(self, passage: str) -> Passage | None:
        """The passage with that id."""
        document, _, number = passage.partition(".")
        rows = list(self._rows_of(document))
        # Passages are numbered from 1, so this is nearly always the first that is tried.
        likely = int(number) - 1 if number.isdecimal() else 0
        for part, row in (*rows[likely : likely + 1], *rows):
            found = _passage_at(part, row)
            if found.id == passage:
                return found
        return None

    @cached_property
    def _size(self) -> int:
        return sum(part.every().count(1) for part in self.parts)

    def _evaluations(self, clauses: Sequence[Clause]) -> Iterator[tuple[Part, Evaluation]]:
        return zip(self.parts, evaluations(self.parts, self._size, clauses), strict=True)

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
        evaluated = list(self._evaluations([clause]))
        left_out = self._repeats(evaluated, once, ()).left_out if once else frozenset()
        insides = [_inside(part, evaluation, scope) for part, evaluation in evaluated]
        if left_out:
            insides = [
                without(inside, part.of(left_out))
                for (part, _), inside in zip(evaluated, insides, strict=True)
            ]
        found = self._ranked if ranked else self._in_order
        total, hits = found(evaluated, insides, clause, limit)
        return Results(hits, total, len(left_out))

    def _ranked(
        self,
        evaluated: Sequence[tuple[Part, Evaluation]],
        insides: Sequence[Mask],
        clause: Clause,
        limit: int | None,
    ) -> tuple[int, Sequence[tuple[Passage, float]]]:
        total = 0
        found: list[tuple[float, int, Part, int]] = []  # places differ: parts are not compared
        for (part, evaluation), inside in zip(evaluated, insides, strict=True):
            if 1 not in inside:
                continue
            narrowed = evaluation.within(inside)
            rows = rows_in(both(narrowed.mask(clause), inside))
            total += len(rows)
            scores = narrowed.scores(clause, rows)
            chosen: Iterable[int] = range(len(rows))
            if limit is not None and len(rows) > limit:
                least = min(heapq.nlargest(limit, scores), default=0.0)
                chosen = [place for place, score in enumerate(scores) if score >= least]
            found += [(-scores[at], part.offset + rows[at], part, rows[at]) for at in chosen]
        found.sort()
        places = [(part, row, -score) for score, _, part, row in found[:limit]]
        return total, LazyHits(places, _hit) if limit is None else list(map(_hit, places))

    def _in_order(
        self,
        evaluated: Sequence[tuple[Part, Evaluation]],
        insides: Sequence[Mask],
        clause: Clause,
        limit: int | None,
    ) -> tuple[int, Sequence[tuple[Passage, float]]]:
        total = 0
        found: list[tuple[bytes, int, int, Part, Mask]] = []
        for (part, evaluation), inside in zip(evaluated, insides, strict=True):
            matching = both(evaluation.mask(clause), inside)
            total += matching.count(1)
            for start, end in zip(part.starts, part.ends, strict=True):
                if matching.find(1, start, end) >= 0:
                    found.append((part.lists.record("path", start), start, end, part, matching))
        found.sort(key=itemgetter(0))
        places: list[tuple[Part, int, float]] = []
        for _, start, end, part, mask in found:
            if limit is not None and len(places) >= limit:
                break
            places += ((part, start + row, 0.0) for row in rows_in(mask[start:end]))
        if limit is None:
            return total, LazyHits(places, _hit)
        return total, list(map(_hit, places[:limit]))

    def tally(
        self,
        clauses: Sequence[Clause],
        *,
        scope: Clause,
        by: Sequence[str],
        once: Once | None = None,
    ) -> Tally:
        """Counts of all groups of all clauses; what clauses share is looked up once."""
        evaluated = list(self._evaluations(clauses))
        repeats = self._repeats(evaluated, once, by) if once else None
        left_out = repeats.left_out if repeats else ()
        counters = [Counter(by) for _ in range(len(clauses) + 1)]
        of_copies = [Counter((*by, "document")) for _ in counters]
        for part, evaluation in evaluated:
            inside = _inside(part, evaluation, scope)
            if 1 not in inside:
                continue
            copies = part.of(left_out)
            for at, clause in enumerate((All(), *clauses)):
                mask = both(evaluation.mask(clause), inside) if at else inside
                counters[at].add(mask, part)
                if left_out:
                    of_copies[at].add(both(mask, copies), part)
        counted = [counter.counts() for counter in counters]
        if repeats is None:
            return summed(counted)
        return taken_once(counted, [counter.counts() for counter in of_copies], repeats)

    def facets(self, clause: Clause, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """By facet and value, the passages that match."""
        counter = FacetCounter(names)
        for part, evaluation in self._evaluations([clause]):
            counter.add(evaluation.mask(clause), part)
        return counter.counts()

    def repeats(self, once: Once, by: Sequence[str]) -> Repeats:
        """Which documents repeat another of what is looked at."""
        return self._repeats(self._evaluations([]), once, by)

    def texts(
        self, clause: Clause, *, by: Sequence[str]
    ) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """The words of each passage that matches."""
        for part, evaluation in self._evaluations([clause]):
            yield from texts_of(part, evaluation.mask(clause), by)

    def _repeats(
        self, evaluated: Iterable[tuple[Part, Evaluation]], once: Once, by: Sequence[str]
    ) -> Repeats:
        """Which documents repeat another one of what is looked at, and in which group."""
        present = Counter((*own(by), "document"))
        documents = once.documents()
        for part, evaluation in evaluated:
            family = part.of(documents)
            if 1 in family:
                present.add(both(evaluation.mask(once.among), family), part)
        return Repeats(once, by, present.counts())

    def close(self) -> None:
        """Let go of the index's files."""
        for part in self.__dict__.pop("parts", ()):
            part.lists.close()
        for name in ("vocabulary", "_size"):
            self.__dict__.pop(name, None)
        self._documents.clear()

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer."""
        from progsearch.engine.whoosh.writing import WhooshWriter

        self.close()
        if self._folder is None:
            raise ValueError("an index in memory is not written")
        writer = WhooshWriter(self._folder, self.parts, blocks=self._blocks)
        try:
            yield writer
        finally:
            writer.cancel()
            self.close()


def _inside(part: Part, evaluation: Evaluation, scope: Clause) -> Mask:
    """The passages of a scope, within which one thing after the other may be asked for."""
    return part.scopes.of(scope, lambda: evaluation.mask(scope))


def _hit(place: tuple[Part, int, float]) -> tuple[Passage, float]:
    part, row, score = place
    return _passage_at(part, row), score


def _passage_at(part: Part, row: int) -> Passage:
    return passage_from(json.loads(part.lists.record("data", row)))


def open_index(folder: Path | None, create: bool, *, blocks: bool = BLOCKS) -> WhooshEngine:
    """Open the index in a folder; ``create`` begins an empty one when there is none.

    Without a folder it is empty, in memory, and cannot be written. Without ``blocks`` only
    Whoosh's public interface is used. Raises OSError or UnpicklingError when there is none to
    open, or it is not as this tool writes it.
    """
    if folder is not None:
        if create and not (folder.is_dir() and newest(folder) >= 0):
            from progsearch.engine.whoosh.pickles import begin
            from progsearch.engine.whoosh.schema import schema

            begin(folder, schema())
        Contents.read(folder)
    return WhooshEngine(folder, blocks=blocks)


def join(folder: Path, removed: Sequence[str], parts: Sequence[Path]) -> None:
    """Take documents out of the index in a folder, and the rows of other indices into it."""
    from progsearch.engine.whoosh.writing import WhooshWriter

    with closing(open_index(folder, True)) as engine:
        writer = WhooshWriter(folder, engine.parts, blocks=BLOCKS)
        try:
            for document in removed:
                writer.remove(document)
            writer.take(parts)
            writer.commit({})
        finally:
            writer.cancel()
