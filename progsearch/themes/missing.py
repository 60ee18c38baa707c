"""Words of the lexicon that a theme lacks in one language, and what they would find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from progsearch.clause import AllOf, AnyOf, Clause, FacetIn, NoneOf, lookups, resolve, words_of
from progsearch.lexicon import STATE, load
from progsearch.lexicon.words import with_words
from progsearch.matching import find
from progsearch.query import Phrase, Word
from progsearch.scope import Filters, scope_of
from progsearch.search import Index
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.clauses import ThemeClauses
from progsearch.themes.lexical import missing

__all__ = ["MissingWord", "missing_words"]


TOGETHER = 200
"""Passages among which examples of several words are looked for."""


@dataclass(frozen=True, slots=True)
class MissingWord:
    """A word that a theme could take as a term in a language.

    ``because`` are terms of other languages that name its concept. ``passages`` have the word,
    ``new`` of them the theme does not find; ``example`` is the id of one of these.
    """

    lang: str
    term: str
    concept: str
    because: Mapping[str, str]
    passages: int
    new: int
    example: str = ""


def missing_words(
    theme: str,
    catalogue: Catalogue,
    index: Index,
    filters: Filters | None = None,
    *,
    limit: int = 20,
) -> list[MissingWord]:
    """The words that a theme lacks in the languages of an index, ``limit`` a language.

    Those come first that most of its languages name, then those that find most that is new;
    a word that no passage has is left out. Raises ProgsearchError for an unknown theme.
    """
    clauses = ThemeClauses.of(catalogue, index)
    clause = clauses.clause(theme)
    scope = scope_of((filters or Filters()).counting(), index.engine, index.summary)
    words = index.engine.state(STATE).get("words", {})
    vocabulary = with_words(index.engine.vocabulary, words)
    lacking = missing(catalogue.within(theme), index.summary.languages, load())
    asked = [(one, word, _query(word)) for one in lacking for word in one.words]
    vocabulary.prefetch(part for one, _, query in asked for part in lookups(query, [one.lang]))
    kept: list[MissingWord] = []
    for lang in index.summary.languages:
        here = [
            (one, word, resolve(query, vocabulary, [lang], accents=False, parts=False))
            for one, word, query in asked
            if one.lang == lang
        ]
        inside = AllOf((scope.narrow, FacetIn("lang", frozenset({lang}))))
        have = _counts(index, inside, [term for _, _, term in here])
        met = [
            (one, word, term, many)
            for (one, word, term), many in zip(here, have, strict=True)
            if many
        ]
        others = AllOf((inside, NoneOf(clause)))
        new = _counts(index, others, [term for _, _, term, _ in met])
        found = [
            (MissingWord(lang, word, one.concept.id, one.because, many, more), term)
            for (one, word, term, many), more in zip(met, new, strict=True)
        ]
        found.sort(key=lambda pair: (-len(pair[0].because), -pair[0].new, pair[0].term))
        kept += _with_examples(index, others, found[:limit])
    return kept


def _query(word: str) -> Word | Phrase:
    forms = words_of(word)
    return Word(forms[0]) if len(forms) == 1 else Phrase(tuple(map(Word, forms)))


def _counts(index: Index, scope: Clause, terms: Sequence[Clause]) -> list[int]:
    """The passages that have each of some terms."""
    if not terms:
        return []
    counted = index.engine.tally(terms, scope=scope, by=())
    return [one.passages for one in counted.totals]


def _with_examples(
    index: Index, scope: Clause, found: Sequence[tuple[MissingWord, Clause]]
) -> Iterator[MissingWord]:
    """Each word with the first passage in a scope that has it."""
    wanted = [term for word, term in found if word.new]
    examples: dict[int, str] = {}
    if wanted:
        # Together, for a search may take a request; what is not among the first is looked for.
        results = index.engine.search(
            AnyOf(tuple(wanted)), scope=scope, limit=TOGETHER, ranked=False
        )
        for passage in index.each(passage for passage, _ in results.hits):
            for term in wanted:
                if id(term) not in examples and find(term, passage, index.indexed):
                    examples[id(term)] = passage.id
            if len(examples) == len(wanted):
                break
    for word, term in found:
        example = examples.get(id(term), "")
        if word.new and not example:
            (first,) = index.engine.search(term, scope=scope, limit=1, ranked=False).hits
            example = first[0].id
        yield replace(word, example=example)
