"""What each term of a theme finds in an index: the dead ones, and those that carry the hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progsearch.clause import Clause
from progsearch.engine import Counts, Sought
from progsearch.scope import Filters, Scope, scope_of
from progsearch.search import Hit, Index
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.clauses import ThemeClauses

__all__ = ["Coverage", "TermCoverage", "coverage"]


@dataclass(frozen=True, slots=True)
class TermCoverage:
    """What a term finds; ``share`` of the passages that any term of the theme in its language
    finds, and the best of them as ``examples``."""

    lang: str
    term: str
    passages: int
    documents: int
    share: float
    examples: Sequence[Hit] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a theme finds, by language and term.

    ``own`` counts what the theme's own terms find in each language of the index, ``whole``
    also what its narrower themes find, ``of`` all passages in scope.
    """

    terms: Sequence[TermCoverage]
    own: dict[str, Counts]
    whole: dict[str, Counts]
    of: dict[str, Counts]

    def dead(self, lang: str) -> list[str]:
        """The terms of a language that find nothing."""
        return [one.term for one in self.terms if one.lang == lang and not one.passages]

    def heavy(self, lang: str, least: float = 0.25) -> list[TermCoverage]:
        """The terms that find at least that share of their language's passages by themselves."""
        return [one for one in self.terms if one.lang == lang and one.share >= least]


def coverage(
    theme: str,
    catalogue: Catalogue,
    index: Index,
    filters: Filters | None = None,
    *,
    examples: int = 1,
) -> Coverage:
    """What the terms of a theme find; documents that repeat another are left out by default.

    Raises ProgsearchError for an unknown theme.
    """
    clauses = ThemeClauses.of(catalogue, index)
    terms = list(clauses.terms(catalogue.get(theme)))
    own, whole = clauses.own(catalogue.get(theme)), clauses.clause(theme)
    scope = scope_of((filters or Filters()).counting(), index.engine, index.summary)
    tally = index.engine.tally(
        [own, whole, *(one.clause for one in terms)],
        scope=scope.narrow,
        by=("lang",),
        once=scope.once,
    )
    shown = _examples(index, [one.clause for one in terms], scope, examples)
    by_lang = [{group[0]: counts for group, counts in found.items()} for found in tally.clauses]
    found = [
        TermCoverage(
            one.lang,
            one.term,
            counts.get(one.lang, Counts()).passages,
            counts.get(one.lang, Counts()).documents,
            counts.get(one.lang, Counts()).passages
            / max(1, by_lang[0].get(one.lang, Counts()).passages),
            hits,
        )
        for one, hits, counts in zip(terms, shown, by_lang[2:], strict=True)
    ]
    of = {group[0]: counts for group, counts in tally.scope.items()}
    return Coverage(found, by_lang[0], by_lang[1], of)


def _examples(
    index: Index, clauses: Sequence[Clause], scope: Scope, limit: int
) -> list[tuple[Hit, ...]]:
    """Some hits of each clause, all searched for together."""
    if not limit:
        return [() for _ in clauses]
    asked = [Sought(clause, scope.narrow, limit, scope.once) for clause in clauses]
    index.engine.prefetch(searches=asked)
    found = [
        index.engine.search(one.clause, scope=one.scope, limit=limit, once=one.once).hits
        for one in asked
    ]
    index.ahead([passage for hits in found for passage, _ in hits])
    return [tuple(index.hits(*pair)) for pair in zip(found, clauses, strict=True)]
