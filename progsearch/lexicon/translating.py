"""A question in one language, in the terms of an index in others.

Each word, or phrase of the lexicon, becomes alternatives: its translations, each looked for
in its own language only, with its accents. A word that the lexicon does not have is looked for
in the language of the question. Operators keep their meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from progsearch import query as q
from progsearch.clause import (
    All,
    AllOf,
    AnyOf,
    Clause,
    How,
    Leaf,
    Lookup,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    Vocabulary,
    form_key,
    lookups,
    resolve,
    words_of,
)
from progsearch.errors import ProgsearchError
from progsearch.lexicon.concepts import Concept
from progsearch.lexicon.finding import Finder, Piece
from progsearch.lexicon.translation import Term, Translated, Translation

__all__ = ["translate"]

NEXT = 3
"""Within how many words the words of a quoted phrase stand that the lexicon does not have as
one: languages order them differently."""

APART = 8
"""Within how many words the words of a phrase of the lexicon stand where it is said otherwise."""


def translate(
    query: q.Query,
    lang: str,
    concepts: Sequence[Concept],
    vocabulary: Vocabulary,
    kept: Vocabulary,
    languages: Sequence[str],
    *,
    free: bool = False,
) -> Translation:
    """A query in the terms of an index of these languages.

    ``vocabulary`` is that of the index, ``kept`` the same for words of the lexicon. ``free``
    tells a query of words side by side. Raises ProgsearchError for a query without a word
    that can be looked for.
    """
    typed = [*lookups(query, [lang])] if lang in languages else []
    finder = Finder(lang, concepts, vocabulary, kept)
    texts = [*_texts(query)]
    if not all(map(finder.knows, texts)):
        vocabulary.prefetch(typed)  # what they stand for is told by their lemmas
    own = _Translator(lang, finder, concepts, vocabulary, kept, languages)
    named = (one for text in texts for piece in finder.pieces(text) for one in own.named(piece))
    kept.prefetch([*typed, *own.lookups(dict(named))])
    clause = own.clause(q.And((query,)) if isinstance(query, q.Word) else query)
    parts, left = tuple(own.parts.values()), tuple(dict.fromkeys(own.left_out))
    several = len(parts) > 1 or any(part.apart and " " in part.text for part in parts)
    return Translation(lang, parts, left, clause, free=free and several)


@dataclass(slots=True)
class _Translator:
    lang: str
    finder: Finder
    concepts: Sequence[Concept]
    vocabulary: Vocabulary
    kept: Vocabulary
    languages: Sequence[str]
    parts: dict[str, Translated] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    english: Finder | None = None

    def clause(self, query: q.Query) -> Clause:
        match query:
            case q.Everything():
                return All()
            case q.And(parts):
                found = list(self._together(parts))
                if not found:
                    raise ProgsearchError(
                        f"only function words: {', '.join(self.left_out)}",
                        where="query",
                        remedy='put what is meant in quotes: ="about"',
                    )
                return AllOf(tuple(found)) if len(found) > 1 else found[0]
            case q.Or(parts):
                return AnyOf(tuple(map(self.clause, parts)))
            case q.Not(part):
                return NoneOf(self.clause(part))
            case q.Near(left, right, distance):
                sides = self._side(left), self._side(right)
                return Nearby(str(query), *sides, distance)
            case q.Word(text):
                # By itself beside an operator, a function word is meant.
                found = self._words(text) or [self._typed(query)]
                return AllOf(tuple(found)) if len(found) > 1 else found[0]
            case q.Phrase(parts):
                return self._phrase(query, " ".join(map(str, parts)))
            case q.Exact() | q.Prefix() | q.Wild() | q.Regex():
                return self._typed(query)
            case _:
                return resolve(query, self.vocabulary, self.languages)

    def _together(self, parts: Iterable[q.Query]) -> Iterator[Clause]:
        """The parts of a conjunction; words side by side may be a phrase of the lexicon."""
        waiting: list[str] = []
        for part in parts:
            if isinstance(part, q.Word):
                waiting.append(part.text)
                continue
            yield from self._words(" ".join(waiting))
            waiting.clear()
            yield self.clause(part)
        yield from self._words(" ".join(waiting))

    def _words(self, text: str) -> list[Clause]:
        pieces = self.finder.pieces(text)
        self.left_out += (piece.text for piece in pieces if piece.stop)
        return [self._piece(piece).clause for piece in pieces if not piece.stop]

    def _phrase(self, query: q.Query, text: str) -> Clause:
        pieces = [piece for piece in self.finder.pieces(text) if not piece.stop]
        if not any(piece.concepts for piece in pieces):
            return self._typed(query)
        found = [self._piece(piece) for piece in pieces]
        if len(found) == 1:
            return found[0].clause
        return _near(str(query), [one.term for one in found], NEXT)

    def _side(self, query: q.Query) -> Leaf | OneOf:
        """What a NEAR joins: all alternatives as one term."""
        found: list[Leaf | Sequential] = []
        for part in query.parts if isinstance(query, q.Or) else (query,):
            if isinstance(part, q.Exact | q.Prefix | q.Wild | q.Regex):
                term = self._typed(part)
            else:
                pieces = self.finder.pieces(str(part).strip('"'))
                if len(pieces) != 1:
                    raise ProgsearchError(
                        f"the lexicon has no such phrase: {part}",
                        where="query",
                        remedy="NEAR joins words and phrases of the lexicon; write AND",
                    )
                term = self._piece(pieces[0]).term
            found += term.parts if isinstance(term, OneOf) else (term,)
        return _one(str(query), found)

    def _typed(self, query: q.Query) -> Leaf | OneOf:
        """What is looked for in the language of the question alone."""
        text = str(query)
        own = self._own(query)
        terms = (Term(self.lang, text, (), own),) if own else ()
        term = _one(text, [one.clause for one in terms])
        self.parts[text] = Translated(text, terms, (), term, term)
        return term

    def _own(self, query: q.Query) -> Leaf | Sequential | None:
        if self.lang not in self.languages:
            return None
        found = resolve(query, self.vocabulary, [self.lang])
        return found if isinstance(found, Leaf | Sequential) else None

    def _piece(self, piece: Piece) -> Translated:
        name = piece.text.casefold()
        if name not in self.parts:
            self.parts[name] = self._translated(piece)
        return self.parts[name]

    def _translated(self, piece: Piece) -> Translated:
        forms = words_of(piece.text)
        own = self._own(_term_of(forms))
        terms = [Term(self.lang, piece.text, (), own)] if own else []
        for lang in self.languages:
            if lang != self.lang:
                terms += self._theirs(piece.concepts, lang)
        found = [one.clause for one in terms]
        name = not piece.concepts and len(forms) == 1 and piece.text[:1].isupper()
        if name:
            keys = {form_key(lang, forms[0]): How.EXACT for lang in self.languages}
            found.append(Leaf(piece.text, keys))
        term = _one(piece.text, found)
        apart = self._apart(forms) if len(forms) > 1 else self._in_english(piece.concepts)
        near = _near(piece.text, [one.term for one in apart], APART) if apart else None
        clause = AnyOf((term, near)) if near else term
        return Translated(piece.text, tuple(terms), piece.concepts, term, clause, name, apart)

    # What is going to be asked for

    def named(self, piece: Piece) -> Iterator[tuple[str, Concept]]:
        """By their ids, the concepts that a piece may name, and those that stand for its words."""
        yield from ((one.id, one) for one in piece.concepts)
        forms = words_of(piece.text)
        if len(forms) > 1:
            for part in self._words_of(forms):
                yield from self.named(part)
        else:
            for _, concepts in self._english_words(piece.concepts):
                yield from ((one.id, one) for one in concepts)

    def lookups(self, concepts: Mapping[str, Concept]) -> Iterator[Lookup]:
        """What the words of concepts are looked up by in all languages."""
        for lang in self.languages:
            for word in {word for one in concepts.values() for word in one.words.get(lang, ())}:
                yield from lookups(_term_of(words_of(word)), [lang])

    # Words of other languages

    def _theirs(self, concepts: Sequence[Concept], lang: str) -> Iterator[Term]:
        """The words of concepts in a language, looked for in that language."""
        by_word: dict[str, list[str]] = {}
        for one in concepts:
            for word in one.words.get(lang, ()):
                by_word.setdefault(word, []).append(one.id)
        for word, ids in by_word.items():
            found = resolve(_term_of(words_of(word)), self.kept, [lang], accents=False)
            if isinstance(found, Leaf | Sequential):
                yield Term(lang, word, tuple(ids), found)

    def _apart(self, forms: Sequence[str]) -> tuple[Translated, ...]:
        """The words of a phrase each by its own translations, where all of them have some: a
        language may say in two words what the lexicon has as one compound of it."""
        return tuple(map(self._translated, self._words_of(forms)))

    def _words_of(self, forms: Sequence[str]) -> Sequence[Piece]:
        pieces = [piece for form in forms for piece in self.finder.pieces(form) if not piece.stop]
        return pieces if len(pieces) > 1 and all(piece.concepts for piece in pieces) else ()

    def _in_english(self, concepts: Sequence[Concept]) -> tuple[Translated, ...]:
        """The same for a word that English says in two: *Pflegekräftemangel*, a shortage of
        nurses, is found where the words for nurse and for shortage stand near each other."""
        return tuple(self._of_concepts(*one) for one in self._english_words(concepts))

    def _english_words(
        self, concepts: Sequence[Concept]
    ) -> Sequence[tuple[str, Sequence[Concept]]]:
        if self.lang == "en" or len(concepts) != 1:
            return ()
        for phrase in concepts[0].words.get("en", ()):
            forms = words_of(phrase)
            if len(forms) > 1:
                if self.english is None:
                    self.english = Finder("en", self.concepts, self.vocabulary, self.kept)
                words = [form for form in forms if not self.english.is_function_word(form)]
                named = [self.english.named(form) for form in words]
                if len(named) > 1 and all(named):
                    return [*zip(words, named, strict=True)]
        return ()

    def _of_concepts(self, text: str, concepts: Sequence[Concept]) -> Translated:
        """What concepts are looked for by in all languages, under the word that names them."""
        terms = [term for lang in self.languages for term in self._theirs(concepts, lang)]
        term = _one(text, [one.clause for one in terms])
        return Translated(text, tuple(terms), tuple(concepts), term, term)


def _texts(query: q.Query) -> Iterator[str]:
    """The words of a query that the lexicon is asked for, those side by side together."""
    match query:
        case q.And(parts):
            words: list[str] = []
            for part in parts:
                if isinstance(part, q.Word):
                    words.append(part.text)
                    continue
                yield " ".join(words)
                words.clear()
                yield from _texts(part)
            yield " ".join(words)
        case q.Or(parts):
            for part in parts:
                yield from _texts(part)
        case q.Not(part):
            yield from _texts(part)
        case q.Near(left, right):
            yield from _texts(left)
            yield from _texts(right)
        case q.Word(text):
            yield text
        case q.Phrase(parts):
            yield " ".join(map(str, parts))
        case _:
            return


def _term_of(forms: Sequence[str]) -> q.Word | q.Phrase:
    return q.Word(forms[0]) if len(forms) == 1 else q.Phrase(tuple(map(q.Word, forms)))


def _near(text: str, terms: Sequence[Leaf | OneOf], distance: int) -> Clause:
    """Terms of which each stands near the next."""
    pairs = pairwise(terms)
    near = tuple(Nearby(text, left, right, distance) for left, right in pairs)
    return near[0] if len(near) == 1 else AllOf(near)


def _one(term: str, found: Sequence[Leaf | Sequential]) -> Leaf | OneOf:
    """Alternatives as one term: all single words as one leaf, and each phrase."""
    keys: dict[str, How] = {}
    phrases: list[Sequential] = []
    for one in found:
        if isinstance(one, Sequential):
            phrases.append(replace(one, term=term))
            continue
        for key, how in one.keys.items():
            keys[key] = min(how, keys.get(key, how), key=list(How).index)
    words = Leaf(term, keys)
    if not phrases:
        return words
    return OneOf(term, (words, *phrases) if keys else tuple(phrases))
