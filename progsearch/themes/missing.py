"""Words of the lexicon that a theme lacks in one language, and what they would find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from progsearch.clause import AllOf, Clause, FacetIn, NoneOf, resolve, words_of
from progsearch.lexicon import STATE, load
from progsearch.lexicon.words import LexiconVocabulary
from progsearch.query import Phrase, Word
from progsearch.scope import Filters, scope_of
from progsearch.search import Index
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.clauses import ThemeClauses
from progsearch.themes.lexical import missing

__all__ = ["MissingWord", "missing_words"]


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
    vocabulary = LexiconVocabulary(index.engine.vocabulary, words)
    found: list[MissingWord] = []
    lacking = missing(catalogue.within(theme), index.summary.languages, load())
    for one in lacking:
        for word in one.words:
            forms = words_of(word)
            query = Word(forms[0]) if len(forms) == 1 else Phrase(tuple(map(Word, forms)))
            term = resolve(query, vocabulary, [one.lang], accents=False, parts=False)
            have, _ = _passages(index, scope.narrow, term, one.lang)
            new, example = _passages(index, scope.narrow, AllOf((term, NoneOf(clause))), one.lang)
            if have:
                found.append(
                    MissingWord(one.lang, word, one.concept.id, one.because, have, new, example)
                )
    found.sort(key=lambda one: (one.lang, -len(one.because), -one.new, one.term))
    kept: list[MissingWord] = []
    for lang in index.summary.languages:
        kept += [one for one in found if one.lang == lang][:limit]
    return kept


def _passages(index: Index, scope: Clause, asked: Clause, lang: str) -> tuple[int, str]:
    here = AllOf((asked, FacetIn("lang", frozenset({lang}))))
    results = index.engine.search(here, scope=scope, limit=1, ranked=False)
    return results.total, next((passage.id for passage, _ in results.hits), "")
