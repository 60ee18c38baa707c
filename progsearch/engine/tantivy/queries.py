"""Clauses as tantivy's queries: which passages match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, product
from math import prod
from typing import Any

from tantivy import FieldType, Occur, Query, Schema, Searcher

from progsearch.clause import (
    All,
    AllOf,
    AnyOf,
    Clause,
    Dated,
    FacetIn,
    How,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    Textual,
    every_leaf,
)
from progsearch.engine.bm25 import FIELDS
from progsearch.engine.ranking import having_word
from progsearch.engine.satisfied import Satisfied
from progsearch.engine.tantivy.named import MANY, NamedPassages
from progsearch.engine.tantivy.terms import by_language, joined, sides

__all__ = ["UNKNOWN", "Queries"]

UNKNOWN = "\x01"
"""Stands in the index for a facet without a value."""

MAX_PHRASES = 64
"""Ways of putting the keys of a phrase together that tantivy is asked for; with more, the
passages that have all its words are looked at one by one."""

MAX_WAYS = 1024
"""The same of keys of which it is not asked how many stand in the index."""

MAX_TERMS = 8
"""Keys of a word up to which tantivy is asked for each by itself."""

_Keys = Mapping[str, Sequence[tuple[str, How, int]]]
"""By field, keys that passages have, and how many do."""


class Queries:
    """Makes queries for one state of an index."""

    def __init__(self, schema: Schema, searcher: Searcher, names: NamedPassages) -> None:
        self._schema = schema
        self._searcher = searcher
        self._names = names
        # The terms are kept as well, so that no other one gets their identity.
        self._known: dict[int, tuple[Textual, list[tuple[str, Query]]]] = {}
        self._leaves: dict[int, tuple[Leaf, _Keys]] = {}
        self._words: dict[tuple[tuple[str, How], ...], _Keys] = {}
        self._looked: dict[tuple[int, str], tuple[Textual, list[str]]] = {}
        # By what is known of a word, which is kept in _words.
        self._langs: dict[tuple[int, str], Mapping[str, Sequence[str]]] = {}
        self._queries: dict[tuple[tuple[str, ...], str], Query] = {}
        self._frequencies: dict[tuple[str, str], int] = {}
        self._having: dict[tuple[int, str], tuple[Textual, int]] = {}
        self._whole: dict[int, tuple[Clause, Query]] = {}
        self.narrowed: dict[int, tuple[Clause, Clause]] = {}
        """Clauses, and the same with those keys only that the passages have which match."""
        self.size = self.count(self.every())
        # What is gone stays in the frequencies until its segment is merged.
        self._gone = searcher.doc_freq("rec", "p") != self.size

    def count(self, query: Query) -> int:
        """How many passages match."""
        found: Any = self._searcher.search(query, 1)
        return int(found.count)

    def missing(self, clause: Clause) -> bool:
        """Whether no passage matches; not asked of many words, which takes long."""
        few = len([*islice(every_leaf(clause), MANY)]) < MANY
        return few and not self.count(self.matching(clause))

    def few(self, clause: Clause, most: int) -> list[Any] | None:
        """What is stored of the passages that match; none if they are more than so many."""
        query = Query.const_score_query(self.matching(clause), 0.0)
        hits = self._searcher.search(query, most + 1, count=False).hits
        return None if len(hits) > most else [self._searcher.doc(address) for _, address in hits]

    # Parts

    def term(self, field: str, value: str) -> Query:
        """What has a value in a field."""
        return Query.term_query(self._schema, field, value, "basic")

    def weighed(self, field: str, key: str) -> Query:
        """The passages that have a key in a field, with tantivy's own score for it."""
        return Query.term_query(self._schema, field, key, "freq")

    def every(self) -> Query:
        """All passages."""
        return Query.const_score_query(self.term("rec", "p"), 0.0)

    def stands(self, key: str) -> bool:
        """Whether a passage has a key."""
        return any(
            self.frequency(field, key) and (not self._gone or self.count(self.term(field, key)) > 0)
            for field in FIELDS
        )

    def all_of(self, queries: Iterable[Query]) -> Query:
        """What matches every query."""
        return Query.boolean_query([(Occur.Must, query) for query in queries])

    def any_of(self, queries: Sequence[Query]) -> Query:
        """What matches a query at least."""
        if not queries:
            return Query.empty_query()
        if len(queries) == 1:
            return queries[0]
        return Query.boolean_query([(Occur.Should, query) for query in queries])

    # What matches

    def matching(self, clause: Clause) -> Query:
        """The passages that match; scores mean nothing."""
        match clause:
            case All():
                return self.every()
            case FacetIn(field, values):
                terms = [value or UNKNOWN for value in values]
                return Query.const_score_query(
                    Query.term_set_query(self._schema, field, terms), 0.0
                )
            case Dated(since, until):
                found = [self.between("last_day", since.toordinal() if since else 1, 1 << 40)]
                if until:
                    found.append(self.between("first_day", 1, until.toordinal()))
                return Query.const_score_query(self.all_of(found), 0.0)
            case AnyOf():
                return self._any(clause)
            case AllOf() | NoneOf():
                return self.together(clause, self.matching)
            case Leaf():
                return self.any_of([self.word(clause, field) for field in self.keys(clause)])
            case _:
                return self.any_of([query for _, query in self.runs(clause)])

    def _any(self, clause: AnyOf) -> Query:
        """The passages that match a part at least: of many parts by their ids, which are kept."""
        if len(clause.parts) < MANY:
            return self._one_at_least(clause)
        query = partial(self._one_at_least, clause)
        ids = self._names.ids(clause, partial(self.common, clause), query)
        if ids is None:
            return query()
        return Query.const_score_query(self._one_of("passage", ids), 0.0)

    def common(self, clause: AnyOf) -> int:
        """How many passages have the most common of the words that are alternatives; none where
        some that are gone are counted."""
        if self._gone:
            return 0
        words = [self.keys(part) for part in clause.parts if isinstance(part, Leaf)]
        found = [often for one in words for keys in one.values() for _, _, often in keys]
        return max(found, default=0)

    def _one_at_least(self, clause: AnyOf) -> Query:
        """The same: the words, and the passages that were looked at, of all parts are asked for
        in one go."""
        if id(clause) not in self._whole:
            keys: dict[str, dict[str, None]] = {}
            others: list[Query] = []
            for part in clause.parts:
                if isinstance(part, Leaf):
                    for field, found in self.keys(part).items():
                        keys.setdefault(field, {}).update((key, None) for key, _, _ in found)
                elif isinstance(part, Sequential | Nearby):
                    for field, query in self.runs(part):
                        if looked := self._looked.get((id(part), field)):
                            keys.setdefault("passage", {}).update(dict.fromkeys(looked[1]))
                        else:
                            others.append(query)
                else:
                    others.append(self.matching(part))
            sets = [self._one_of(field, [*some]) for field, some in keys.items()]
            self._whole[id(clause)] = clause, self.any_of([*sets, *others])
        return self._whole[id(clause)][1]

    def _one_of(self, field: str, values: Sequence[str]) -> Query:
        """What has one of some values in a field: many are asked for as a set."""
        if len(values) > MAX_TERMS:
            return Query.term_set_query(self._schema, field, values)
        return self.any_of([self.term(field, value) for value in values])

    def between(self, field: str, low: int, high: int) -> Query:
        """What has a number from ``low`` to ``high`` in a field, both included."""
        kind = FieldType.Unsigned
        found = Query.range_query(self._schema, field, kind, low, high)
        return Query.const_score_query(found, 0.0)

    def together(self, clause: AllOf | NoneOf, query: Callable[[Clause], Query]) -> Query:
        """What matches all parts; each that is wanted is made by ``query``."""
        parts = clause.parts if isinstance(clause, AllOf) else (clause,)
        wanted = [(Occur.Must, query(part)) for part in parts if not isinstance(part, NoneOf)]
        return Query.boolean_query(
            [*(wanted or [(Occur.Must, self.every())]), *self._unwanted(parts)]
        )

    def within(self, query: Query, scope: Clause) -> Query:
        """What matches a query and a clause, which adds nothing to a score."""
        parts = scope.parts if isinstance(scope, AllOf) else (scope,)
        wanted = [
            (Occur.Must, Query.const_score_query(self.matching(part), 0.0))
            for part in parts
            if not isinstance(part, NoneOf | All)
        ]
        unwanted = self._unwanted(parts)
        if not wanted and not unwanted:
            return query
        return Query.boolean_query([(Occur.Must, query), *wanted, *unwanted])

    def _unwanted(self, parts: Iterable[Clause]) -> list[tuple[Occur, Query]]:
        return [
            (Occur.MustNot, self.matching(part.part)) for part in parts if isinstance(part, NoneOf)
        ]

    def keys(self, leaf: Leaf) -> _Keys:
        """By field, the keys of a leaf that passages have, and how many do."""
        known = self._leaves.get(id(leaf))
        if known is None:
            # Terms of a theme have the same words, each its own.
            name = tuple(leaf.keys.items())
            found = self._words.get(name)
            if found is None:
                found = self._words[name] = self._standing_keys(leaf)
            known = self._leaves[id(leaf)] = (leaf, found)
        return known[1]

    def _standing_keys(self, leaf: Leaf) -> _Keys:
        found: dict[str, list[tuple[str, How, int]]] = {}
        for field in FIELDS:
            for key, how in leaf.keys.items():
                often = self.frequency(field, key)
                if often:
                    found.setdefault(field, []).append((key, how, often))
        return found

    def frequency(self, field: str, key: str) -> int:
        """How many passages have a key, some that are gone among them."""
        name = (field, key)
        found = self._frequencies.get(name)
        if found is None:
            found = self._frequencies[name] = self._searcher.doc_freq(field, key)
        return found

    def having(self, term: Textual, field: str) -> int:
        """How many passages satisfy a term in a field, some that are gone among them.

        For a word it is reckoned, see :func:`progsearch.engine.ranking.having_word`.
        """
        name = (id(term), field)
        if name not in self._having:
            if isinstance(term, Leaf):
                found = self._having_word(term, field)
            else:
                looked = self._looked.get(name)
                found = (
                    len(looked[1])
                    if looked
                    else sum(
                        self.count(query) for where, query in self.runs(term) if where == field
                    )
                )
            self._having[name] = (term, found)
        return self._having[name][1]

    def _having_word(self, leaf: Leaf, field: str) -> int:
        return having_word((key, often) for key, _, often in self.keys(leaf).get(field, ()))

    # Phrases

    def ready(self, clauses: Iterable[Clause], *, whole: bool = False) -> None:
        """Look at the passages that have to be looked at for terms of clauses that will be asked
        for, each once; not for parts whose passages are kept, unless a ``whole`` is asked for."""
        parts = clauses if whole else [part for one in clauses for part in self._names.unknown(one)]
        terms = [part for clause in parts for part in joined(clause)]
        for field in FIELDS:
            waiting = [
                term
                for term in {id(one): one for one in terms}.values()
                if (id(term), field) not in self._looked and self._is_looked_at(term, field)
            ]
            if waiting:
                self._look(waiting, field)

    def runs(self, term: Sequential | OneOf | Nearby) -> Sequence[tuple[str, Query]]:
        """The fields that a term may be satisfied in, and the passages where it is."""
        if id(term) not in self._known:
            found = [(field, query) for field in FIELDS if (query := self._in(term, field))]
            self._known[id(term)] = (term, found)
        return self._known[id(term)][1]

    def _in(self, term: Sequential | OneOf | Nearby, field: str) -> Query | None:
        if isinstance(term, OneOf):
            found = [query for part in term.parts if (query := self._part_in(part, field))]
            return self.any_of(found) if found else None
        words = sides(term)
        if words is None or self._is_looked_at(term, field):
            return self._looked_at(term, field)
        phrases = list(self._phrases(words, field))
        if not phrases:
            return None
        slop = 0
        if isinstance(term, Nearby):
            slop = term.distance - 1
            phrases += [phrase[::-1] for phrase in phrases]
        return self.any_of(
            [Query.phrase_query(self._schema, field, list(phrase), slop) for phrase in phrases]
        )

    def _is_looked_at(self, term: Sequential | Nearby, field: str) -> bool:
        """Whether more is asked for than tantivy's phrases can tell."""
        words = sides(term)
        if words is None or prod(len(leaf.keys) for leaf in words) > MAX_WAYS:
            return True  # to ask which of the keys stand here takes longer
        return self._ways(words, field) > MAX_PHRASES

    def _part_in(self, part: Leaf | Sequential, field: str) -> Query | None:
        if isinstance(part, Sequential):
            return self._in(part, field)
        return self.word(part, field) if self.keys(part).get(field) else None

    def _ways(self, leaves: Sequence[Leaf], field: str) -> int:
        """In how many ways the keys of leaves may follow each other."""
        first, *others = (self._by_lang(leaf, field) for leaf in leaves)
        return sum(
            prod([len(found), *(len(by_lang.get(lang, ())) for by_lang in others)])
            for lang, found in first.items()
        )

    def _phrases(self, leaves: Sequence[Leaf], field: str) -> Iterator[tuple[str, ...]]:
        """The keys that may follow each other, a passage being in one language."""
        by_leaf = [self._by_lang(leaf, field) for leaf in leaves]
        for lang in by_leaf[0]:
            yield from product(*(by_lang.get(lang, ()) for by_lang in by_leaf))

    def _by_lang(self, leaf: Leaf, field: str) -> Mapping[str, Sequence[str]]:
        found = self.keys(leaf)
        name = (id(found), field)
        if name not in self._langs:
            self._langs[name] = by_language(key for key, _, _ in found.get(field, ()))
        return self._langs[name]

    def _looked_at(self, term: Sequential | Nearby, field: str) -> Query | None:
        """The passages that satisfy a term in a field, each looked at."""
        name = (id(term), field)
        if name not in self._looked:
            self._look([term], field)
        found = self._looked[name][1]
        return Query.term_set_query(self._schema, "passage", found) if found else None

    def _look(self, terms: Sequence[Sequential | Nearby], field: str) -> None:
        """Look at all passages that have the words of a term, be it anywhere."""
        found: list[list[str]] = [[] for _ in terms]
        having = self.any_of([self._standing(term, field) for term in terms])
        having = Query.const_score_query(having, 0.0)
        hits = self._searcher.search(having, max(self.size, 1), count=False).hits
        satisfied = Satisfied(terms if hits else ())
        # All score alike, so they come in the order of the segments.
        addresses = [address for _, address in hits]
        for number, passages in self._names.segments.satisfying(satisfied, field, addresses):
            found[number] += passages
        for term, passages in zip(terms, found, strict=True):
            self._looked[id(term), field] = (term, passages)

    def _standing(self, term: Textual, field: str) -> Query:
        """The passages that have all words of a term in a field, be it anywhere."""
        match term:
            case Leaf():
                return self.word(term, field)
            case Sequential(leaves=leaves):
                return self.all_of([self.word(leaf, field) for leaf in leaves])
            case Nearby(left=left, right=right):
                return self.all_of([self._standing(left, field), self._standing(right, field)])
            case OneOf(parts=parts):
                return self.any_of([self._standing(part, field) for part in parts])

    def word(self, leaf: Leaf, field: str) -> Query:
        """The passages that have a word in a field."""
        known = self._leaves.get(id(leaf))
        keys = [key for key, _, _ in known[1].get(field, ())] if known else [*leaf.keys]
        name = (tuple(keys), field)
        if name not in self._queries:
            self._queries[name] = self._one_of(field, keys)
        return self._queries[name]
