"""Which concepts of the lexicon do the words of a question name?

Words are met by lemma, phrases before their words and the longest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from progsearch.analysis import Entry, Lexicon, fold, tokens
from progsearch.clause import Lookup, Vocabulary, words_of
from progsearch.languages import LANGUAGES, UNDETERMINED
from progsearch.lexicon.concepts import Concept

__all__ = ["Finder", "Piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a question, or words that are one phrase of the lexicon.

    ``text`` is as it was typed. ``concepts`` are those that it may name, none for a word that
    the lexicon does not have; ``stop`` tells a function word.
    """

    text: str
    concepts: tuple[Concept, ...] = ()
    stop: bool = False


class Finder:
    """Finds the concepts that words of one language name.

    ``entries`` gives the lemmas of what was typed; it is asked only for words that are no
    dictionary form of the lexicon, since it may have to load a dictionary. ``kept`` gives those
    of the lexicon's own words.
    """

    def __init__(
        self, lang: str, concepts: Iterable[Concept], entries: Lexicon, kept: Vocabulary
    ) -> None:
        self._lang = lang
        self._entries = entries
        self._kept = kept
        self._words: dict[str, list[Concept]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[int, tuple[str, ...], Concept]]] = defaultdict(list)
        self._stop = LANGUAGES[lang].stop_list
        self._pieces: dict[str, list[Piece]] = {}
        for concept in concepts:
            for text in concept.words.get(lang, ()):
                forms = self._forms(text, concept)
                if len(forms) == 1:
                    self._words[forms[0]].append(concept)
                    if "-" in forms[0][1:-1]:  # Kita-Platz, which others write Kitaplatz
                        self._words[forms[0].replace("-", "")].append(concept)
                for at, form in enumerate(forms if len(forms) > 1 else ()):
                    self._phrases[form].append((at, forms, concept))

    def _forms(self, text: str, concept: Concept) -> tuple[str, ...]:
        """The words of a dictionary form; a verb may have the mark of its infinitive first."""
        forms = _words_in(text)
        marked = concept.pos == "verb" and len(forms) > 1 and forms[0] in self._stop
        return forms[1:] if marked else forms

    def is_function_word(self, form: str) -> bool:
        """Whether a form is one that says nothing by itself."""
        return form in self._stop

    def knows(self, text: str) -> bool:
        """Whether all words of a text are dictionary forms of the lexicon, or function words."""
        words = tokens(text, UNDETERMINED, _Bare())
        return all(word.form in self._words or word.form in self._stop for word in words)

    def named(self, form: str) -> Sequence[Concept]:
        """The concepts that a dictionary form names; no dictionary is asked."""
        return self._words.get(form, ())

    def pieces(self, text: str) -> list[Piece]:
        """The words and phrases of a text in order, each once."""
        if text not in self._pieces:
            self._pieces[text] = self._cut(text)
        return list(self._pieces[text])

    def _cut(self, text: str) -> list[Piece]:
        words = tokens(text, UNDETERMINED, _Bare())
        forms = [word.form for word in words]
        keys = [self._keys(form) for form in forms]
        met = self._met(keys)
        found: dict[str, Piece] = {}
        at = 0
        while at < len(words):
            size, concepts = met.get(at, (1, ()))
            shown = text[words[at].start : words[at + size - 1].end]
            piece = self._piece(shown, forms[at], keys[at], concepts)
            found.setdefault(piece.text.casefold(), piece)
            at += size
        return list(found.values())

    def _piece(
        self, shown: str, form: str, keys: Sequence[str], concepts: Sequence[Concept]
    ) -> Piece:
        if concepts:
            return Piece(shown, tuple(concepts))
        if form in self._stop:
            return Piece(form, stop=True)
        by_id = {one.id: one for key in keys for one in self._words.get(key, ())}
        return Piece(shown, tuple(by_id.values()))

    def _keys(self, form: str) -> Sequence[str]:
        if form in self._words or form in self._stop:
            return (form,)
        return self._entries.entry(form, self._lang).keys

    def _met(self, keys: Sequence[Sequence[str]]) -> dict[int, tuple[int, list[Concept]]]:
        """The phrases that stand in a text: how long each is, by the place of its first word."""
        stretches: dict[tuple[int, int], list[Concept]] = defaultdict(list)
        possible = list(self._possible(keys))
        words = {form for _, forms, _ in possible for form in forms}
        self._kept.prefetch(Lookup(self._lang, fold(form)) for form in sorted(words))
        for start, forms, concept in possible:
            here = stretches.get((start, len(forms)), ())
            if concept not in here and self._stands(forms, keys, start):
                stretches[start, len(forms)].append(concept)
        taken: set[int] = set()
        met: dict[int, tuple[int, list[Concept]]] = {}
        for start, size in sorted(stretches, key=lambda one: (-one[1], one[0])):
            places = range(start, start + size)
            if taken.isdisjoint(places):
                taken.update(places)
                met[start] = size, stretches[start, size]
        return met

    def _possible(
        self, keys: Sequence[Sequence[str]]
    ) -> Iterator[tuple[int, tuple[str, ...], Concept]]:
        """The phrases with a word of a text, and at which of its words each would begin."""
        for place, own in enumerate(keys):
            for key in own:
                for at, forms, concept in self._phrases.get(key, ()):
                    if 0 <= place - at <= len(keys) - len(forms):
                        yield place - at, forms, concept

    def _stands(self, forms: Sequence[str], keys: Sequence[Sequence[str]], start: int) -> bool:
        return all(
            form in own or not set(own).isdisjoint(self._kept.entry(form, self._lang).keys)
            for form, own in zip(forms, keys[start:], strict=False)
        )


@cache
def _words_in(text: str) -> tuple[str, ...]:
    """The words of a dictionary form: cut once a process, as each question asks for thousands."""
    return tuple(words_of(text))


class _Bare:
    """A lexicon that knows nothing: enough to cut a text into words."""

    def entry(self, form: str, lang: str) -> Entry:  # noqa: ARG002
        return Entry((form,), (), "form")
