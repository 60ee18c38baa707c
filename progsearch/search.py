"""Asking an index: the one way from what a user typed to hits and tallies."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from progsearch import query as q
from progsearch.analysis import fits, fold, forms_asked
from progsearch.classes import dataclass
from progsearch.clause import All, AllOf, Clause, Lookup, every_leaf, lookups, resolve
from progsearch.engine import Counts, Engine, Total
from progsearch.engine.mark import REBUILD
from progsearch.errors import ProgsearchError
from progsearch.matching import Finder, Indexed, Match, index_text
from progsearch.model import Document, Passage, source_text
from progsearch.scope import Filters, scope_of, undated_line, with_values
from progsearch.state import Summary, summary_of

__all__ = ["Found", "Hit", "Index", "TallyTable"]


Texts = Callable[[str, str], Indexed]
"""Cuts a text in a language into positions."""

TOGETHER = 500
"""Hits of which the documents and words are got together, where that takes a request."""

CLAUSES = 64
"""Clauses of which it is kept how their places are found, as many as there are themes."""

MARKED = 5000
"""Passages of which the places that match a clause are kept, some kB each at most."""

FIRST = 30
"""So many at first, where it is not known how many are wanted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, its document, and the places that matched.

    ``file`` is where the source lies, as seen from the current folder; ``copy_of`` the
    file of the document that this one repeats. ``by_meaning`` tells one without the words.
    """

    passage: Passage
    document: Document
    score: float
    matches: Sequence[Match]
    file: str
    copy_of: str = ""
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first or in the order of the sources; ``total`` counts all that match.

    ``near`` are further hits, which are near in meaning and have not the words.
    """

    hits: Iterator[Hit]
    total: int
    left_out: int = 0  # documents that repeat another in scope, not searched
    near: int = 0


@dataclass(frozen=True, slots=True)
class TallyTable:
    """Counts by group: ``of`` for all that is said in it, ``found`` for what matches.

    ``total_of`` and ``total`` are those of all groups together, in which a text that several
    have counts once; ``left_out`` are the documents that repeat another, ``shared`` the texts
    that two groups have.
    """

    by: Sequence[str]
    of: dict[tuple[str, ...], Counts]
    found: dict[tuple[str, ...], Counts]
    total_of: Total = field(default_factory=Total)
    total: Total = field(default_factory=Total)
    left_out: int = 0
    shared: Mapping[tuple[tuple[str, ...], tuple[str, ...]], int] = field(default_factory=dict)


class _IndexedTexts:
    """Texts cut into positions, from what the index knows of their forms."""

    def __init__(self, engine: Engine) -> None:
        self._vocabulary = engine.vocabulary
        self._headings: dict[tuple[str, str], Indexed] = {}

    def __call__(self, text: str, lang: str) -> Indexed:
        # Neighbouring passages share their headings; texts of passages do not repeat.
        if len(text) > 300:
            return index_text(text, lang, self._vocabulary)
        place = (lang, text)
        if place not in self._headings:
            if len(self._headings) > 2000:
                self._headings.clear()
            self._headings[place] = index_text(text, lang, self._vocabulary)
        return self._headings[place]


@dataclass
class Index:
    """An index that is open for asking."""

    engine: Engine
    summary: Summary
    here: Path = field(default_factory=Path.cwd)
    meant: dict[str, tuple[object, Clause]] = field(default_factory=dict, repr=False)
    """What themes mean in it, kept for the next question by whoever makes them clauses: the
    catalogue that a theme is from, and its clause."""
    _expanded: dict[str, int] = field(default_factory=dict, repr=False)
    _finders: dict[int, Finder] = field(default_factory=dict, repr=False)
    _marked: dict[tuple[int, str], list[Match]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, engine: Engine) -> Index:
        """The index of an engine.

        Raises ProgsearchError when it is empty, or was made with other language data.
        """
        summary = summary_of(engine)
        if summary is None:
            raise ProgsearchError("the index is empty", remedy="run: progsearch ingest PATH")
        if not fits(summary.language_data):
            raise ProgsearchError(
                "the index was made with other language data", remedy=f"{REBUILD}, with all folders"
            )
        return cls(engine, summary)

    @cached_property
    def _index_text(self) -> Callable[[str, str], Indexed]:
        return _IndexedTexts(self.engine)

    def clause(self, query: q.Query) -> Clause:
        """A query in the terms of this index."""
        query = with_values(query, self.engine)
        self.ready([query])
        clause = resolve(query, self.engine.vocabulary, self.summary.languages)
        for part in q.expanding(query):
            # Alternatives within a NEAR are one leaf, and so are looked up once more.
            leaves = [leaf for leaf in every_leaf(clause) if leaf.term == str(part)]
            leaves = leaves or [*every_leaf(self.clause(part))]
            self._expanded[str(part)] = sum(len(leaf.keys) for leaf in leaves[:1])
        return clause

    def expansions(self, query: q.Query) -> dict[str, int]:
        """How many forms of the texts each prefix and pattern of a query stands for."""
        terms = list(dict.fromkeys(map(str, q.expanding(query))))
        if any(term not in self._expanded for term in terms):
            self.clause(query)
        return {term: self._expanded[term] for term in terms}

    def ready(self, queries: Iterable[q.Query]) -> None:
        """Have the words of several queries looked up together, which are going to be asked."""
        vocabulary, languages = self.engine.vocabulary, self.summary.languages
        vocabulary.prefetch(one for query in queries for one in lookups(query, languages))

    def search(
        self,
        query: q.Query,
        filters: Filters | None = None,
        *,
        limit: int | None = 20,
        clauses: Sequence[Clause] = (),
    ) -> Found:
        """The passages that match a query and, where given, all further clauses.

        The best come first; without any words, the order is that of the sources. Documents
        that repeat another are among them unless the filters say otherwise.
        """
        wanted = (filters or Filters()).searching()
        scope = scope_of(wanted, self.engine, self.summary)
        everything = isinstance(query, q.Everything) and not clauses
        clause = _both(self.clause(query), clauses)
        results = self.engine.search(
            _both(clause, [scope.said]),
            scope=scope.clause,
            limit=limit,
            ranked=not everything,
            once=scope.once,
        )
        return Found(self.hits(results.hits, clause), results.total, results.left_out)

    def tally(
        self,
        query: q.Query,
        filters: Filters | None = None,
        *,
        by: Sequence[str],
        clauses: Sequence[Clause] = (),
    ) -> TallyTable:
        """How many passages of each group match a query and all further clauses.

        Each text counts once in a group, unless the filters say otherwise, and filters on what
        is said choose among what matches, not what it is counted of (:mod:`progsearch.scope`).
        """
        return self.tallies(query, filters, by=by, each=[_both(All(), clauses)])[0]

    def undated(self, query: q.Query, filters: Filters, clauses: Sequence[Clause] = ()) -> str:
        """A line on what would be found too, had its documents a date; days keep it out. Empty
        where they keep nothing out."""
        if not (filters.since or filters.until):
            return ""
        always = replace(filters, since=None, until=None)
        found = self.facets(query, always, names=["year"], clauses=clauses)
        many = found["year"].get("", 0)
        return undated_line(many, filters) if many else ""

    def tallies(
        self,
        query: q.Query,
        filters: Filters | None = None,
        *,
        by: Sequence[str],
        each: Sequence[Clause],
    ) -> list[TallyTable]:
        """The same for a query with each of the clauses by itself, in one pass."""
        wanted = (filters or Filters()).counting()
        scope = scope_of(wanted, self.engine, self.summary, by)
        asked = _both(self.clause(query), [scope.said])
        tally = self.engine.tally(
            [_both(asked, [one]) for one in each], scope=scope.clause, by=by, once=scope.once
        )
        of = dict(tally.scope)
        return [
            TallyTable(by, of, dict(found), tally.total, total, tally.left_out, tally.shared)
            for found, total in zip(tally.clauses, tally.totals, strict=True)
        ]

    def facets(
        self,
        query: q.Query,
        filters: Filters | None = None,
        *,
        names: Sequence[str],
        clauses: Sequence[Clause] = (),
    ) -> dict[str, dict[str, int]]:
        """By facet and value, the passages that match a query and all further clauses.

        With ``copies`` all are counted, as a search finds them; without, each text once in each
        value, as :meth:`tally` does.
        """
        wanted = (filters or Filters()).counting()
        if not wanted.copies:
            found = {}
            for name in names:
                table = self.tally(query, filters, by=[name], clauses=clauses).found
                found[name] = {value: counts.passages for (value,), counts in table.items()}
            return found
        scope = scope_of(wanted, self.engine, self.summary)
        clause = _both(self.clause(query), [scope.said, scope.clause, *clauses])
        return self.engine.facets(clause, names)

    def hits(
        self,
        found: Sequence[tuple[Passage, float]],
        clause: Clause,
        texts: Texts | None = None,
    ) -> Iterator[Hit]:
        """Passages that were found, with their documents and the places that match.

        ``texts`` cuts them into positions where not all of their keys are asked for.
        """
        for at in range(0, len(found), TOGETHER):
            some = found[at : at + TOGETHER]
            self.ahead([passage for passage, _ in some], words=texts is None)
            for passage, score in some:
                yield self.hit(passage, score, clause, texts)

    def each(self, passages: Iterable[Passage], *, words: bool = True) -> Iterator[Passage]:
        """The passages, for whoever looks into their documents, and into their ``words``."""
        waiting = iter(passages)
        size = FIRST  # whoever wants few of them stops soon
        while some := list(islice(waiting, size)):
            self.ahead(some, words=words)
            yield from some
            size = min(2 * size, TOGETHER)

    def ahead(self, passages: Sequence[Passage], *, words: bool = True) -> None:
        """Have what :meth:`hit` asks for of several passages got together."""
        copies = self.summary.copies
        self.engine.prefetch(
            documents=(
                one
                for passage in passages
                for one in (passage.document, copies.get(passage.document))
                if one
            ),
            lookups=(one for passage in passages if words for one in _lookups_of(passage)),
        )

    def hit(
        self, passage: Passage, score: float, clause: Clause, texts: Texts | None = None
    ) -> Hit:
        """A passage with its document and the places that match the clause."""
        document = self.engine.document(passage.document)
        if document is None:
            raise ProgsearchError(
                f"the index has lost document {passage.document}",
                remedy="run: progsearch ingest --rebuild",
            )
        original = self.summary.copies.get(document.id)
        repeated = self.engine.document(original) if original else None
        return Hit(
            passage,
            document,
            score,
            self._finder(clause).find(passage, texts) if texts else self._places(clause, passage),
            self.file(document.path),
            self.file(repeated.path) if repeated else "",
        )

    def _finder(self, clause: Clause) -> Finder:
        """What finds the places of a clause, made once for all of its hits and for who asks the
        same again."""
        if id(clause) not in self._finders:
            if len(self._finders) >= CLAUSES:
                self._finders.clear()
                self._marked.clear()
            self._finders[id(clause)] = Finder(clause)  # keeps it, so that no other has its id
        return self._finders[id(clause)]

    def _places(self, clause: Clause, passage: Passage) -> list[Match]:
        """The places of a passage that match, kept for the next page that shows it."""
        finder = self._finder(clause)
        name = (id(clause), passage.id)
        if name not in self._marked:
            if len(self._marked) >= MARKED:
                self._marked.clear()
            self._marked[name] = finder.find(passage, self._index_text)
        return [*self._marked[name]]

    def indexed(self, text: str, lang: str) -> Indexed:
        """A text of a passage cut into positions, as its hits are marked."""
        return self._index_text(text, lang)

    def text(self, document: Document) -> str:
        """The whole text of a document's source, as it was read."""
        return source_text(document.between, self.engine.passages(document.id))

    def file(self, path: str) -> str:
        """Where the file of a document lies, as seen from the current folder."""
        label, _, rest = path.partition("/")
        root = self.summary.roots.get(label)
        if root is None:
            return path
        file = Path(root, rest)
        try:
            return Path(os.path.relpath(file, self.here)).as_posix()
        except ValueError:  # on another drive of Windows
            return file.as_posix()


def _lookups_of(passage: Passage) -> Iterator[Lookup]:
    """The words of a passage and its headings, as the vocabulary has them."""
    for form in forms_asked("\n".join((passage.text, *passage.headings))):
        yield Lookup(passage.lang.value, fold(form))


def _both(clause: Clause, further: Sequence[Clause]) -> Clause:
    parts = [one for one in (clause, *further) if not isinstance(one, All)]
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts)) if parts else All()
