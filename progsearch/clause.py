"""Queries in the terms of an index: what engines run.

:func:`resolve` turns a query into a clause. A word becomes the keys that it may have in
each language of the index; engines, which know no languages, look only for keys. Three
kinds of keys stand at each position of an indexed text:

====================  =======================================  ==================
``cs:zdravotník``     a lemma in a language                    :func:`lemma_key`
``cs=zdravotníků``    the form as written, in a language       :func:`form_key`
``sv+personal``       a part of a compound in a language       :func:`part_key`
====================  =======================================  ==================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from progsearch import query as q
from progsearch.analysis import Entry, Lexicon, Token, fold, tokens
from progsearch.errors import ProgsearchError
from progsearch.languages import UNDETERMINED

__all__ = [
    "UNATTESTED",
    "All",
    "AllOf",
    "AnyOf",
    "Clause",
    "Dated",
    "FacetIn",
    "How",
    "Leaf",
    "Nearby",
    "NoneOf",
    "OneOf",
    "Sequential",
    "Side",
    "Vocabulary",
    "every_leaf",
    "form_key",
    "keys_of",
    "leaves",
    "lemma_key",
    "part_key",
    "resolve",
    "words_of",
]


def lemma_key(lang: str, lemma: str) -> str:
    """The key of a lemma in a language."""
    return f"{lang}:{lemma}"


def form_key(lang: str, form: str) -> str:
    """The key of a form as written."""
    return f"{lang}={form}"


def part_key(lang: str, part: str) -> str:
    """The key of a part of a compound."""
    return f"{lang}+{part}"


def keys_of(token: Token, lang: str) -> list[str]:
    """The keys that stand in the index at the position of a token, each once."""
    found = [form_key(lang, token.form), lemma_key(lang, token.keys[0])]
    found += (lemma_key(lang, key) for key in token.keys[1:] if key != token.form)
    found += (part_key(lang, part) for part in token.parts)
    return list(dict.fromkeys(found))


class How(StrEnum):
    """How a place in a text satisfied a term, the nearest to the user's word first."""

    EXACT = "exact"
    LEMMA = "lemma"
    PHRASE = "phrase"
    NEAR = "near"
    PREFIX = "prefix"
    ACCENTS = "accents"  # the term was written without its accents
    PART = "part"  # a part of a compound, or what a word is derived from


WEIGHTS: Mapping[How, float] = {
    How.EXACT: 1.0,
    How.LEMMA: 1.0,
    How.PREFIX: 0.8,
    How.ACCENTS: 0.9,
    How.PART: 0.5,
}
"""What a match of each kind weighs in the ranking."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One word of a query: the keys that satisfy it, and how. ``term`` is as written."""

    term: str
    keys: Mapping[str, How]


@dataclass(frozen=True, slots=True)
class Sequential:
    """Leaves at consecutive positions."""

    term: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Alternatives that are one term: satisfied where one of them is."""

    term: str
    parts: tuple[Leaf | Sequential, ...]


Side = Leaf | Sequential | OneOf


@dataclass(frozen=True, slots=True)
class Nearby:
    """Two terms with fewer than ``distance`` words between them."""

    term: str
    left: Side
    right: Side
    distance: int


@dataclass(frozen=True, slots=True)
class FacetIn:
    """Passages whose facet has one of the values; an empty string stands for unknown."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dated:
    """Passages of documents whose date may lie between two days, both included."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part matches."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least matches.

    ``coordinate`` ranks by how many parts match before how well each does, as for the terms
    of a theme; else each adds its score.
    """

    parts: tuple[Clause, ...]
    coordinate: bool = False


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part does not match."""

    part: Clause


@dataclass(frozen=True, slots=True)
class All:
    """Every passage."""


Textual = Leaf | Sequential | Nearby
Clause = Leaf | Sequential | Nearby | FacetIn | Dated | AllOf | AnyOf | NoneOf | All


UNATTESTED = "lemma"
"""Step of the entry of a lemma, or of a part, that stands in no text as a form."""


class Vocabulary(Lexicon, Protocol):
    """The forms that an index holds, and what was found out about them at ingest.

    Lemmas and parts of its forms are there too; see :data:`UNATTESTED`.
    """

    def known(self, form: str, lang: str) -> Entry | None:
        """What is stored of a form; nothing when the index has never seen it."""

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:
        """The forms that are ``folded`` when their accents are taken off."""

    def starting(self, folded: str, lang: str) -> Iterable[str]:
        """The forms that start so when their accents are taken off."""


MAX_EXPANSION = 2000
"""Forms that a prefix may stand for."""


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

    def textual(self, query: q.Word | q.Exact | q.Prefix | q.Phrase) -> Leaf | Sequential:
        match query:
            case q.Phrase(parts):
                found: list[Leaf] = []
                for part in parts:
                    inner = self.textual(part)
                    found.extend(inner.leaves if isinstance(inner, Sequential) else (inner,))
                return Sequential(str(query), tuple(found))
            case q.Prefix(text):
                return Leaf(str(query), self.prefix(text))
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

    def side(self, query: q.Word | q.Exact | q.Prefix | q.Phrase | q.Or) -> Side:
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
        prefix = "".join(self.forms(text))
        keys: dict[str, How] = {}
        for lang in self.languages:
            for form in self.vocabulary.starting(fold(prefix), lang):
                if form.startswith(prefix) or (self.accents and fold(prefix) == prefix):
                    keys[form_key(lang, form)] = How.PREFIX
                if len(keys) > MAX_EXPANSION:
                    raise ProgsearchError(
                        f"{text}* stands for more than {MAX_EXPANSION} words",
                        where="query",
                        remedy="give more letters",
                    )
        return keys


class _Bare:
    """A lexicon that knows nothing: enough to cut a text into words."""

    def entry(self, form: str, lang: str) -> Entry:  # noqa: ARG002
        return Entry((form,), (), "form")


def words_of(text: str) -> list[str]:
    """The forms of the words that the analysis sees in a text; all languages cut alike."""
    return [token.form for token in tokens(text, UNDETERMINED, _Bare())]


def _sequence(term: str, found: list[Leaf]) -> Leaf | Sequential:
    if len(found) == 1:
        return Leaf(term, found[0].keys)
    return Sequential(term, tuple(found))


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


def leaves(clause: Clause) -> Iterator[Textual]:
    """The words, phrases and NEARs that a passage may match by, negated ones left out."""
    match clause:
        case Leaf() | Sequential() | Nearby():
            yield clause
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from leaves(part)
        case _:
            return


def every_leaf(clause: Clause | OneOf) -> Iterator[Leaf]:
    """The words of a clause, negated ones and those of phrases included."""
    match clause:
        case Leaf():
            yield clause
        case Sequential(leaves=leaves):
            yield from leaves
        case Nearby(left=left, right=right):
            yield from every_leaf(left)
            yield from every_leaf(right)
        case AllOf(parts) | AnyOf(parts) | OneOf(parts=parts):
            for part in parts:
                yield from every_leaf(part)
        case NoneOf(part):
            yield from every_leaf(part)
        case _:
            return
