"""The in-memory engine: the plain meaning of every operation, which tests hold the others to."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from progsearch.analysis import DictionaryLexicon, Entry, Lexicon, fold
from progsearch.clause import (
    UNATTESTED,
    All,
    AllOf,
    AnyOf,
    Clause,
    FacetIn,
    Leaf,
    Lookup,
    Nearby,
    OneOf,
    Sequential,
    leaves,
)
from progsearch.engine import (
    SAID,
    Asked,
    Counts,
    Once,
    Posting,
    Prepared,
    Results,
    Sought,
    Tally,
    Total,
    regions_of,
)
from progsearch.engine.copies import Repeats, own
from progsearch.matching import Facets, Indexed, facets_of, matches
from progsearch.model import Document, Passage

__all__ = ["MemoryEngine"]


class MemoryVocabulary:
    """The forms of the documents in memory."""

    def __init__(self, fallback: Lexicon) -> None:
        self.forms: dict[tuple[str, str], Entry] = {}
        self._fallback = fallback

    def prefetch(self, wanted: Iterable[Lookup]) -> None:
        """All is at hand."""

    def known(self, form: str, lang: str) -> Entry | None:
        """What is stored of a form."""
        return self.forms.get((lang, form))

    def entry(self, form: str, lang: str) -> Entry:
        """What is stored of a form, or else what the dictionaries say."""
        return self.known(form, lang) or self._fallback.entry(form, lang)

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:
        """The forms that are ``folded`` without accents."""
        for (language, form), entry in sorted(self.forms.items()):
            if language == lang and fold(form) == folded:
                yield form, entry

    def fitting(self, folded: str, lang: str, fits: Callable[[str], bool]) -> Iterable[str]:
        """The forms of texts that start so without accents, and fit."""
        for (language, form), entry in sorted(self.forms.items()):
            attested = language == lang and entry.step != UNATTESTED
            if attested and fold(form).startswith(folded) and fits(form):
                yield form

    def of_lemma(self, lemma: str, lang: str) -> Iterable[str]:
        """The forms of texts of which this is the first lemma."""
        for (language, form), entry in sorted(self.forms.items()):
            attested = language == lang and entry.step != UNATTESTED
            if attested and entry.keys[0] == lemma:
                yield form

    def entries(self, lang: str) -> Iterable[tuple[str, Entry]]:
        """All forms of a language."""
        for (language, form), entry in self.forms.items():
            if language == lang:
                yield form, entry

    def lemmas(self, lang: str) -> Iterable[tuple[str, str, str]]:
        """Of each form of a language its first lemma, and the step that found it."""
        for form, entry in self.entries(lang):
            yield form, entry.keys[0], entry.step


class MemoryEngine:
    """Documents in a dictionary; every operation looks at every passage."""

    seal = ""
    replaces = False

    def __init__(self, fallback: Lexicon | None = None) -> None:
        self._state: dict[str, Mapping[str, Any]] = {}
        self.vocabulary = MemoryVocabulary(fallback or DictionaryLexicon(compounds=False))
        self._prepared: dict[str, Prepared] = {}

    def state(self, part: str) -> Mapping[str, Any]:
        """A part of what the last commit was given."""
        return self._state.get(part, {})

    def values(self, facet: str) -> list[str]:
        """The values of a facet that passages have."""
        return sorted({facets.value(facet) for _, _, facets, _ in self._all()} - {""})

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""
        found = (prepared.document for prepared in self._prepared.values())
        return iter(sorted(found, key=lambda document: document.path))

    def document(self, document: str) -> Document | None:
        """The document with that id."""
        prepared = self._prepared.get(document)
        return prepared.document if prepared else None

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document."""
        prepared = self._prepared.get(document)
        return list(prepared.passages) if prepared else []

    def passage(self, passage: str) -> Passage | None:
        """The passage with that id."""
        found = self.passages(passage.partition(".")[0])
        return next((one for one in found if one.id == passage), None)

    def regions(self) -> Mapping[str, str]:
        """The names of the regions of documents, by code."""
        return regions_of(self.documents())

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

    def _all(self) -> Iterator[tuple[Passage, Posting, Facets, list[Indexed]]]:
        for document in self.documents():
            prepared = self._prepared[document.id]
            for passage, posting in zip(prepared.passages, prepared.postings, strict=True):
                texts = [_indexed(posting.text), _indexed(posting.headings)]
                yield passage, posting, facets_of(document, passage), texts

    def search(
        self,
        clause: Clause,
        *,
        scope: Clause,
        limit: int | None,
        ranked: bool = True,
        once: Once | None = None,
    ) -> Results:
        """The passages that match; ranked by how many terms they meet, the rarer the more."""
        copies = _Copies(once, (), self._all()) if once else None
        left_out = copies.left_out if copies else set()
        found = [
            (passage, facets, texts)
            for passage, _, facets, texts in self._all()
            if matches(scope, facets, texts)
            and matches(clause, facets, texts)
            and facets.document not in left_out
        ]
        if not ranked:
            hits = [(passage, 0.0) for passage, _, _ in found]
            return Results(hits[:limit], len(hits), len(left_out))
        frequency = Counter(
            term.term
            for _, facets, texts in found
            for term in leaves(clause)
            if matches(term, facets, texts)
        )
        scored = [
            (passage, _score(clause, facets, texts, frequency)) for passage, facets, texts in found
        ]
        scored.sort(key=lambda hit: -hit[1])
        return Results(scored[:limit], len(scored), len(left_out))

    def tally(
        self,
        clauses: Sequence[Clause],
        *,
        scope: Clause,
        by: Sequence[str],
        once: Once | None = None,
    ) -> Tally:
        """Counts of all groups of all clauses."""
        copies = _Copies(once, by, self._all()) if once else None
        counts: list[dict[tuple[str, ...], list[tuple[str, int]]]] = [
            defaultdict(list) for _ in range(len(clauses) + 1)
        ]
        totals: list[list[int]] = [[] for _ in counts]
        for _, posting, facets, texts in self._all():
            if not matches(scope, facets, texts):
                continue
            group = tuple(facets.value(field) for field in by)
            for place, clause in enumerate((All(), *clauses)):
                if not matches(clause, facets, texts):
                    continue
                if copies is None or not copies.repeats_in_group(facets):
                    counts[place][group].append((facets.document, posting.words))
                if copies is None or facets.document not in copies.left_out:
                    totals[place].append(posting.words)
        summed = [
            {
                group: Counts(
                    len(seen), len({document for document, _ in seen}), sum(w for _, w in seen)
                )
                for group, seen in groups.items()
            }
            for groups in counts
        ]
        whole = [Total(len(words), sum(words)) for words in totals]
        shared = copies.shared() if copies else {}
        left_out = len(copies.left_out) if copies else 0
        return Tally(summed[0], summed[1:], whole[0], whole[1:], left_out, shared)

    def facets(self, clause: Clause, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """By facet and value, the passages that match."""
        found = [facets for _, _, facets, texts in self._all() if matches(clause, facets, texts)]
        return {name: dict(Counter(facets.value(name) for facets in found)) for name in names}

    def repeats(self, once: Once, by: Sequence[str]) -> Repeats:
        """Which documents repeat another of what is looked at."""
        family = AllOf((once.among, FacetIn("document", once.documents())))
        return Repeats(once, by, self.tally([], scope=family, by=(*own(by), "document")).scope)

    def texts(
        self, clause: Clause, *, by: Sequence[str]
    ) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """The words of each passage that matches."""
        for _, posting, facets, texts in self._all():
            if matches(clause, facets, texts):
                yield tuple(map(facets.value, by)), [keys[0] for keys in posting.text]

    def close(self) -> None:
        """Nothing to let go of."""

    @contextmanager
    def writer(self) -> Iterator[_MemoryWriter]:
        """The one writer."""
        yield _MemoryWriter(self)

    def replace(
        self,
        added: Iterable[Prepared],
        removed: Iterable[str],
        state: Mapping[str, Mapping[str, object]],
    ) -> None:
        """Make a writer's changes."""
        for document in removed:
            self._prepared.pop(document, None)
        for prepared in added:
            self._prepared[prepared.document.id] = prepared
        self.vocabulary.forms = {}
        for prepared in self._prepared.values():
            for key, entry in prepared.forms.items():
                if entry.step != UNATTESTED or key not in self.vocabulary.forms:
                    self.vocabulary.forms[key] = entry
        self._state |= state


class _Copies:
    """Documents that have the same text as one before them, in all and in a group."""

    def __init__(
        self,
        once: Once,
        by: Sequence[str],
        passages: Iterable[tuple[Passage, Posting, Facets, list[Indexed]]],
    ) -> None:
        self._by = [name for name in by if name not in SAID]
        self._families = once.families
        self._before = {
            document: family[:place]
            for family in once.families
            for place, document in enumerate(family)
        }
        self._standing: dict[str, dict[tuple[str, ...], Facets]] = defaultdict(dict)
        for _, _, facets, texts in passages:
            if matches(once.among, facets, texts):
                self._standing[facets.document][self._group(facets)] = facets
        self.left_out = {
            document
            for document, before in self._before.items()
            if document in self._standing and any(one in self._standing for one in before)
        }

    def _group(self, facets: Facets) -> tuple[str, ...]:
        return tuple(facets.value(name) for name in self._by)

    def repeats_in_group(self, facets: Facets) -> bool:
        """Whether a document before this one has the same text and stands in the same group."""
        group = self._group(facets)
        before = self._before.get(facets.document, ())
        return any(group in self._standing[one] for one in before if one in self._standing)

    def shared(self) -> dict[tuple[tuple[str, ...], tuple[str, ...]], int]:
        """How many texts two groups have, by what holds for whole documents."""
        whole = [name for name in self._by if name not in ("lang", "document")]
        found: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
        for family in self._families if whole else ():
            places = list(
                dict.fromkeys(
                    tuple(facets.value(name) for name in whole)
                    for document in family
                    for facets in self._standing.get(document, {}).values()
                )
            )
            found.update((places[0], other) for other in places[1:])
        return dict(found)


def _score(
    clause: Clause, facets: Facets, texts: Sequence[Indexed], frequency: Mapping[str, int]
) -> float:
    """The score of a passage that matches."""
    match clause:
        case Leaf() | Sequential() | OneOf() | Nearby():
            return 1 / (1 + math.log1p(frequency[clause.term]))
        case AllOf(parts):
            return sum(_score(part, facets, texts, frequency) for part in parts)
        case AnyOf(parts, coordinate):
            met = [part for part in parts if matches(part, facets, texts)]
            scores = [_score(part, facets, texts, frequency) for part in met]
            return sum(scores) * (len(scores) if coordinate else 1)
        case _:
            return 0.0


class _MemoryWriter:
    def __init__(self, engine: MemoryEngine) -> None:
        self._engine = engine
        self._added: dict[str, Prepared] = {}
        self._removed: set[str] = set()

    def add(self, prepared: Prepared) -> None:
        self._added[prepared.document.id] = prepared

    def remove(self, document: str) -> None:
        self._added.pop(document, None)
        self._removed.add(document)

    def clear(self) -> None:
        self._added, self._removed = {}, {one.id for one in self._engine.documents()}

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        self._engine.replace(self._added.values(), self._removed, state)

    def cancel(self) -> None:
        self._added, self._removed = {}, set()


def _indexed(keys: Sequence[Sequence[str]]) -> Indexed:
    positions = tuple(frozenset(at) for at in keys)
    return Indexed(tuple((n, n + 1) for n in range(len(positions))), positions)
