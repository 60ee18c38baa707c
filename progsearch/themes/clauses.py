"""Themes in the terms of an index: what a search for a theme runs.

A term is looked up in its own language only, with its accents, so a Czech term finds
nothing in Swedish texts that happen to have the same word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from progsearch.clause import (
    AllOf,
    AnyOf,
    Clause,
    Leaf,
    Lookup,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    Vocabulary,
    lookups,
    resolve,
)
from progsearch.query import WITH_PARTS
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.sets import term_query
from progsearch.themes.theme import Theme
from progsearch.themes.words import theme_vocabulary

if TYPE_CHECKING:
    from progsearch.search import Index

__all__ = ["TermClause", "ThemeClauses"]


@dataclass(frozen=True, slots=True)
class TermClause:
    """A term of a theme, and what it means in an index; its words name it as written."""

    lang: str
    term: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class ThemeClauses:
    """Makes clauses out of the themes of a catalogue for an index of these languages.

    ``parts`` lets all terms match parts of compounds, and not only those that ask for it with a
    ``+``. On the Swedish documents that were measured this adds one passage to twenty, and
    three in ten of those are wrong (*Energimyndigheten* is no ``myndighet`` that the theme is
    about, *livscykel* no ``cykel``); a theme marks the terms that it means so, names the
    compounds, or a ``prefix*``.
    """

    catalogue: Catalogue
    vocabulary: Vocabulary
    languages: Sequence[str]
    parts: bool = False

    @classmethod
    def of(cls, catalogue: Catalogue, index: Index) -> ThemeClauses:
        """Clauses for an index that is open."""
        return cls(catalogue, theme_vocabulary(index.engine), index.summary.languages)

    def prefetch(self, themes: Iterable[str]) -> None:
        """Have the words of several themes looked up together, which are going to be asked."""
        self.vocabulary.prefetch(
            one
            for theme in themes
            for inner in self.catalogue.within(theme)
            for one in self._lookups(inner)
        )

    def _lookups(self, theme: Theme) -> Iterator[Lookup]:
        for terms in (theme.terms, theme.exclude):
            for lang in self.languages:
                for term in terms.get(lang, ()):
                    yield from lookups(term_query(theme, lang, term), [lang])

    def clause(self, theme: str) -> Clause:
        """The clause that a theme means: its terms, or those of its narrower themes.

        Where a theme has exclusions, a passage that meets one of them is not a passage of
        that theme, though it may be one of a narrower theme. Raises ProgsearchError for an
        unknown theme.
        """
        self.prefetch((theme,))
        parts: list[Clause] = []
        for one in self.catalogue.within(theme):
            own = self.own(one)
            # One flat list, so that a hit can be ranked by how many terms it meets.
            parts += own.parts if isinstance(own, AnyOf) else (own,)
        return AnyOf(tuple(parts), coordinate=True, chosen=True)

    def own(self, theme: Theme) -> Clause:
        """The clause of a theme without its narrower ones."""
        found = tuple(one.clause for one in self.terms(theme))
        terms = AnyOf(found, coordinate=True, chosen=True)
        excluded = AnyOf(tuple(one.clause for one in self._clauses(theme, theme.exclude)))
        return AllOf((terms, NoneOf(excluded))) if excluded.parts else terms

    def terms(self, theme: Theme) -> Iterator[TermClause]:
        """The clauses of a theme's terms, in those of their languages that the index has."""
        self.vocabulary.prefetch(self._lookups(theme))
        return self._clauses(theme, theme.terms)

    def _clauses(self, theme: Theme, terms: Mapping[str, Sequence[str]]) -> Iterator[TermClause]:
        for lang in self.languages:
            for term in terms.get(lang, ()):
                query = term_query(theme, lang, term)
                parts = self.parts or term.startswith(WITH_PARTS)
                found = resolve(query, self.vocabulary, [lang], accents=False, parts=parts)
                yield TermClause(lang, term, _named(found, term))


def _named(clause: Clause, term: str) -> Clause:
    match clause:
        case Leaf() | Sequential() | OneOf() | Nearby():
            return replace(clause, term=term)
        case AllOf(parts) | AnyOf(parts):
            return replace(clause, parts=tuple(_named(part, term) for part in parts))
        case _:
            return clause
