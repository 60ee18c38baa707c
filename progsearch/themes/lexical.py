"""What the lexicon knows of a theme's terms: their words in other languages.

A term names a concept of the lexicon when it is one of its words, or a prefix of one. Words
that stand in a term beside others (``a NEAR/5 b``) name none by themselves, for only together
do they mean the theme.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from progsearch.lexicon import Concept
from progsearch.query import And, Exact, Near, Or, Phrase, Prefix, Query, Word
from progsearch.themes.sets import term_query
from progsearch.themes.theme import Theme, bare

__all__ = ["Draft", "Missing", "missing", "translated"]

_ENDING = 4  # letters behind a prefix; more of them make another word of it
_LEAST_PREFIX = 4  # letters; a shorter prefix begins words that have nothing in common


@dataclass(frozen=True, slots=True)
class Missing:
    """A concept that a theme names in some languages and not in ``lang``.

    ``words`` are those of the lexicon in that language, ``because`` the terms that name it, by
    language.
    """

    lang: str
    concept: Concept
    words: tuple[str, ...]
    because: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A theme with terms in one more language, to be edited by a person.

    ``origins`` say for each drafted term which terms it is from; ``untranslated`` are the terms
    that have no counterpart.
    """

    theme: Theme
    lang: str
    origins: Mapping[str, tuple[str, ...]]
    untranslated: tuple[tuple[str, str], ...]


def missing(
    themes: Iterable[Theme], languages: Sequence[str], concepts: Sequence[Concept]
) -> list[Missing]:
    """The concepts that themes name in one language and not in another of these ones.

    Those come first that most languages name.
    """
    lookup = _Lookup(concepts)
    named: dict[str, dict[str, str]] = {}
    for theme in themes:
        for lang, terms in theme.terms.items():
            for term in terms:
                for ident in lookup.named(term_query(theme, lang, term), lang):
                    named.setdefault(ident, {}).setdefault(lang, term)
    found = [
        Missing(lang, lookup.by_id[ident], lookup.by_id[ident].words[lang], because)
        for lang in languages
        for ident, because in named.items()
        if lang not in because and lang in lookup.by_id[ident].words
    ]
    return sorted(found, key=lambda one: (one.lang, -len(one.because), one.concept.id))


def translated(theme: Theme, lang: str, concepts: Sequence[Concept]) -> Draft:
    """A theme with a draft of its terms in a language, from those in all its others.

    Of ``a NEAR/5 b``, and of what AND joins, each side becomes alternatives; where a side has
    no word in that language, the term is left out. Terms that are there already stay.
    """
    lookup = _Lookup(concepts)
    kept = theme.terms.get(lang, ())
    known = {bare(term) for term in kept}
    origins: dict[str, list[str]] = {}
    left: list[tuple[str, str]] = []
    for other, terms in theme.terms.items():
        if other == lang:
            continue
        for term in terms:
            drafted = [*lookup.drafted(term_query(theme, other, term), other, lang)]
            for text in drafted:
                if bare(text) not in known:
                    origins.setdefault(text, []).append(f"{other} {term}")
            if not drafted:
                left.append((other, term))
    merged = {**theme.terms, lang: (*kept, *origins)}
    made = {text: tuple(dict.fromkeys(found)) for text, found in origins.items()}
    return Draft(replace(theme, terms=merged), lang, made, tuple(left))


class _Lookup:
    """Finds concepts by the words of a language."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.by_id = {one.id: one for one in concepts}
        self._words: dict[str, dict[str, list[str]]] = {}
        self._sorted: dict[str, list[tuple[str, int]]] = {}
        for one in concepts:
            for lang, words in one.words.items():
                of_lang = self._words.setdefault(lang, {})
                for word in words:
                    of_lang.setdefault(bare(word), []).append(one.id)

    def named(self, query: Query, lang: str) -> list[str]:
        """The ids of the concepts that a term names by itself."""
        of_lang = self._words.get(lang, {})
        match query:
            case Word(text) | Exact(text):
                return of_lang.get(bare(text), [])
            case Phrase(parts):
                return of_lang.get(bare(" ".join(map(str, parts))), [])
            case Prefix(text) if len(text) >= _LEAST_PREFIX:
                begun = self._begun(bare(text), lang)
                return list(dict.fromkeys(one for word in begun for one in of_lang[word]))
            case _:
                return []

    def _begun(self, start: str, lang: str) -> list[str]:
        """The words that begin so and end soon after, in the order of the concepts."""
        if lang not in self._sorted:
            places = enumerate(self._words.get(lang, {}))
            self._sorted[lang] = sorted((word, place) for place, word in places)
        words = self._sorted[lang]
        found = []
        for word, place in islice(words, bisect_left(words, (start, 0)), None):
            if not word.startswith(start):
                break
            if len(word) - len(start) <= _ENDING:
                found.append((place, word))
        return [word for _, word in sorted(found)]

    def drafted(self, query: Query, lang: str, to: str) -> Iterator[str]:
        """Terms in another language that mean the same, as themes write them."""
        match query:
            case Near(left, right, distance):
                sides = [self._side(one, lang, to) for one in (left, right)]
                if all(sides):
                    yield f"{sides[0]} NEAR/{distance} {sides[1]}"
            case And(parts):
                sides = [self._side(one, lang, to) for one in parts]
                if all(sides):
                    yield " AND ".join(sides)
            case _:
                yield from self._words_of(query, lang, to)

    def _words_of(self, query: Query, lang: str, to: str) -> list[str]:
        found = (self.by_id[ident].words.get(to, ()) for ident in self.named(query, lang))
        return list(dict.fromkeys(word for words in found for word in words))

    def _side(self, query: Query, lang: str, to: str) -> str:
        """The alternatives that a side of a NEAR or AND is in another language."""
        if isinstance(query, Near | And):
            inner = list(self.drafted(query, lang, to))
            return inner[0] if len(inner) == 1 else ""
        parts = query.parts if isinstance(query, Or) else (query,)
        words = [word for part in parts for word in self._words_of(part, lang, to)]
        shown = [f'"{word}"' if " " in word else word for word in dict.fromkeys(words)]
        return shown[0] if len(shown) == 1 else f"({' OR '.join(shown)})" if shown else ""
