"""Queries to clauses: a word becomes the keys that it may have in each language of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple, Protocol

from progsearch import query as q
from progsearch.analysis import Entry, Lexicon, fold
from progsearch.analysis.words import normal_form
from progsearch.clause.algebra import (
    All,
    AllOf,
    AnyOf,
    Clause,
    FacetIn,
    How,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    Side,
)
from progsearch.clause.keys import form_key, lemma_key, part_key, stem_of, words_of
from progsearch.errors import ProgsearchError
from progsearch.query.patterns import Pattern, regular, wild

__all__ = ["UNATTESTED", "Lookup", "Vocabulary", "lookups", "resolve"]


UNATTESTED = "lemma"
"""Step of the entry of a lemma, or of a part, that stands in no text as a form."""


class Lookup(NamedTuple):
    """What a vocabulary is asked for: the forms of a language that are ``folded`` without their
    accents, or, if ``beginning``, that start so."""

    lang: str
    folded: str
    beginning: bool = False


class Vocabulary(Lexicon, Protocol):
    """The forms that an index holds, and what was found out about them at ingest.

    Lemmas and parts of its forms are there too; see :data:`UNATTESTED`.
    """

    def known(self, form: str, lang: str) -> Entry | None:
        """What is stored of a form; nothing when the index has never seen it."""

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:
        """The forms that are ``folded`` when their accents are taken off."""

    def fitting(self, folded: str, lang: str, fits: Callable[[str], bool]) -> Iterable[str]:
        """The forms of texts that start so when their accents are taken off, and fit."""

    def of_lemma(self, lemma: str, lang: str) -> Iterable[str]:
        """The forms of which this is the first lemma."""

    def prefetch(self, wanted: Iterable[Lookup]) -> None:
        """Be told what will be asked for; one on another machine looks it up at once."""


MAX_EXPANSION = 2000
"""Forms that a prefix or a pattern may stand for."""


@dataclass(slots=True)
class _Resolver:
    vocabulary: Vocabulary
    languages: Sequence[str]
    accents: bool
    parts: bool

    def clause(self, query: q.Query) -> Clause:
        match query:
            case q.Everything():
                return All()
            case q.And(parts):
                return AllOf(tuple(map(self.clause, parts)))
            case q.Or(parts):
                return AnyOf(tuple(map(self.clause, parts)))
            case q.Not(part):
                return NoneOf(self.clause(part))
            case q.Facet(name, value):
                return FacetIn(name, frozenset({value}))
            case q.Near(left, right, distance):
                return Nearby(str(query), self.side(left), self.side(right), distance)
            case _:
                return self.textual(query)

    def textual(self, query: q.Plain) -> Leaf | Sequential:
        match query:
            case q.Phrase(parts):
                found: list[Leaf] = []
                for part, after in zip_longest(parts, parts[1:]):
                    if after and isinstance(part, q.Word) and part.text.endswith("-"):
                        found.extend(self.half(part.text, after.text))
                        continue
                    inner = self.textual(part)
                    found.extend(inner.leaves if isinstance(inner, Sequential) else (inner,))
                return Sequential(str(query), tuple(found))
            case q.Prefix(text):
                return Leaf(str(query), self.prefix(text))
            case q.Wild(text):
                return Leaf(str(query), self.pattern(str(query), wild(text)))
            case q.Regex(text):
                return Leaf(str(query), self.pattern(str(query), regular(text)))
            case q.Lemma(text):
                return _sequence(
                    str(query), [Leaf(lemma, self.lemma(lemma)) for lemma in text.split()]
                )
            case q.Exact(text):
                forms = self.forms(text)
                return _sequence(
                    str(query),
                    [
                        Leaf(form, {form_key(lang, form): How.EXACT for lang in self.languages})
                        for form in forms
                    ],
                )
            case q.Word(text):
                forms = self.forms(text)
                return _sequence(text, [Leaf(form, self.word(form)) for form in forms])

    def half(self, text: str, after: str) -> Iterable[Leaf]:
        """Half of a compound: *hälso-* keeps its hyphen in a text, where a word follows it."""
        bare = self.forms(text)
        for alone, form in zip(bare, words_of(f"{text} {after}"), strict=False):
            yield Leaf(form, {**self.word(alone), **self.word(form)})

    def side(self, query: q.Plain | q.Or) -> Side:
        """What a NEAR joins: of alternatives, all single words as one leaf, and each phrase."""
        if not isinstance(query, q.Or):
            return self.textual(query)
        keys: dict[str, How] = {}
        phrases: list[Sequential] = []
        for part in query.parts:
            match self.clause(part):
                case Leaf(keys=own):
                    # A key that two of the words have is met in the better way.
                    for key, how in own.items():
                        keys[key] = min(how, keys.get(key, how), key=list(How).index)
                case Sequential() as phrase:
                    phrases.append(phrase)
        words = Leaf(str(query), keys)
        if not phrases:
            return words
        return OneOf(str(query), (words, *phrases) if keys else tuple(phrases))

    def forms(self, text: str) -> list[str]:
        """The words that the analysis sees in what the user typed as one."""
        found = words_of(text)
        if not found:
            raise ProgsearchError(
                f"{text!r} holds no word", where="query", remedy="remove it or write a word"
            )
        return found

    def word(self, form: str) -> Mapping[str, How]:
        keys: dict[str, How] = {}
        unknown: list[str] = []
        for lang in self.languages:
            known = self.vocabulary.known(form, lang)
            if known:
                keys[form_key(lang, form)] = How.EXACT
                self._add(keys, lang, known, How.LEMMA)
            if known is None or known.step == UNATTESTED:
                # A word that stands in a text as it was typed means itself (rada, not řada).
                accented = self._accented(keys, lang, form)
                if known is None and not accented:
                    unknown.append(lang)
        # The index knows every lemma of its texts as a form, too; so a word that it knows in
        # one language is hardly a form of a word in another, and no dictionary is loaded.
        if len(unknown) == len(self.languages):
            for lang in unknown:
                keys[form_key(lang, form)] = How.EXACT
                self._add(keys, lang, self.vocabulary.entry(form, lang), How.LEMMA)
        return keys

    def _accented(self, keys: dict[str, How], lang: str, form: str) -> bool:
        """Add the words that are ``form`` without their accents; whether there are any."""
        if not self.accents or fold(form) != form:
            return False
        found = list(self.vocabulary.folded(form, lang))
        for accented, entry in found:
            keys.setdefault(form_key(lang, accented), How.ACCENTS)
            self._add(keys, lang, entry, How.ACCENTS)
        return bool(found)

    def _add(self, keys: dict[str, How], lang: str, entry: Entry, how: How) -> None:
        for key in entry.keys:
            keys.setdefault(lemma_key(lang, key), how)
            # A lemma that the lemmatiser itself maps elsewhere (politika to politik) is
            # in the index as a form only.
            keys.setdefault(form_key(lang, key), how)
            if self.parts:
                keys.setdefault(part_key(lang, key), How.PART)

    def prefix(self, text: str) -> Mapping[str, How]:
        self.forms(text)  # raises where it holds no word
        prefix = stem_of(text)
        plain = self.accents and fold(prefix) == prefix
        keys: dict[str, How] = {}
        for lang in self.languages:
            for form in self.vocabulary.fitting(
                fold(prefix), lang, lambda form: plain or form.startswith(prefix)
            ):
                keys[form_key(lang, form)] = How.PREFIX
                _check_number(f"{text}*", keys)
        return keys

    def pattern(self, term: str, pattern: Pattern) -> Mapping[str, How]:
        """The keys of all forms that a pattern stands for."""
        # What was typed without accents stands for words with them, as a prefix does.
        plain = self.accents and fold(term) == term

        def fits(form: str) -> bool:
            return pattern.matches(form) or (plain and pattern.matches(fold(form)))

        keys: dict[str, How] = {}
        for lang in self.languages:
            for form in self.vocabulary.fitting(fold(pattern.beginning), lang, fits):
                keys[form_key(lang, form)] = How.PATTERN
                _check_number(term, keys)
        return keys

    def lemma(self, lemma: str) -> Mapping[str, How]:
        """The keys of all forms of which this is the first lemma."""
        return {
            form_key(lang, form): How.LEMMA
            for lang in self.languages
            for form in self.vocabulary.of_lemma(normal_form(lemma), lang)
        }


def _check_number(term: str, keys: Mapping[str, How]) -> None:
    if len(keys) > MAX_EXPANSION:
        raise ProgsearchError(
            f"{term} stands for more than {MAX_EXPANSION} words",
            where="query",
            remedy="give more letters",
        )


def _sequence(term: str, found: list[Leaf]) -> Leaf | Sequential:
    if len(found) == 1:
        return Leaf(term, found[0].keys)
    return Sequential(term, tuple(found))


def lookups(query: q.Query, languages: Iterable[str]) -> Iterator[Lookup]:
    """What :func:`resolve` asks a vocabulary for; words that hold no word are left to it, and
    so are patterns that may begin with anything, and lemmas."""
    for word, beginning in dict.fromkeys(_asked(query)):
        for form in (word,) if beginning and word else words_of(word):
            for lang in languages:
                yield Lookup(lang, fold(form), beginning)
    for part in q.expanding(query):
        if isinstance(part, q.Wild | q.Regex):
            pattern = wild(part.text) if isinstance(part, q.Wild) else regular(part.text)
            for lang in languages if pattern.beginning else ():
                yield Lookup(lang, fold(pattern.beginning), beginning=True)


def _asked(query: q.Query) -> Iterator[tuple[str, bool]]:
    match query:
        case q.And(parts) | q.Or(parts):
            for part in parts:
                yield from _asked(part)
        case q.Phrase(parts):
            for part, after in zip_longest(parts, parts[1:]):
                yield from _asked(part)
                if after and isinstance(part, q.Word) and part.text.endswith("-"):
                    yield f"{part.text} {after.text}", False  # half of a compound
        case q.Not(part):
            yield from _asked(part)
        case q.Near(left, right):
            yield from _asked(left)
            yield from _asked(right)
        case q.Prefix(text):
            yield stem_of(text), True
        case q.Word(text):
            yield text, False


def resolve(
    query: q.Query,
    vocabulary: Vocabulary,
    languages: Sequence[str],
    *,
    accents: bool = True,
    parts: bool = True,
) -> Clause:
    """The clause that a query means over an index of these languages.

    No language is guessed: a word is looked up in each of them. ``accents`` lets a word
    that was typed without its accents, and that is no word of the index as it stands,
    find the words that it may be; ``parts`` lets a word be a part of a compound. Raises
    ProgsearchError for a word without letters.
    """
    if not languages:
        return NoneOf(All())
    return _Resolver(vocabulary, languages, accents, parts).clause(query)
