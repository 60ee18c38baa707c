"""The words of a document to the keys by which its passages are found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from progsearch.analysis import Entry, Token, plain_words, tokens
from progsearch.clause import keys_of
from progsearch.engine import Posting
from progsearch.engine.vocabulary import line_of
from progsearch.model import Passage
from progsearch.wordtable import Keys, Word, Words, WordTable

__all__ = ["FROM_FILE", "Analysis"]

FROM_FILE = "file"
"""The step by which a lemma was found that stands in the file itself."""


class Analysis:
    """The words of one document. Equal words have the same keys, the very same object.

    Words of a language that is not ``asked`` for have their form as their only key: nobody asked
    for it or stated it, so no dictionary is loaded for it.
    """

    def __init__(
        self, table: WordTable, lemmas: Mapping[tuple[int, int], str], asked: AbstractSet[str]
    ) -> None:
        table.trim()
        self._table = table
        self._lemmas = lemmas
        self._asked = asked
        self._met: dict[str, dict[Word, None]] = {}
        self._told: dict[tuple[str, str], Entry] = {}
        self._keys: dict[tuple[str, str, str, tuple[str, ...]], Keys] = {}
        self._headings: dict[tuple[str, tuple[str, ...]], list[Keys]] = {}

    def _words(self, lang: str) -> Words:
        return self._table.of(lang, asked=lang in self._asked)

    def _met_in(self, lang: str) -> dict[Word, None]:
        found = self._met.get(lang)
        if found is None:
            found = self._met[lang] = {}
        return found

    def entry(self, form: str, lang: str) -> Entry:
        """What is known of a form; it is noted, so that the index can keep it."""
        word = self._words(lang).of(form)
        self._met_in(lang)[word] = None
        return self._told.get((lang, form), word.entry) if self._told else word.entry

    def posting(self, passage: Passage) -> Posting:
        """What is to be indexed of a passage."""
        lang = passage.lang.value
        place = (lang, passage.headings)
        if place not in self._headings:
            self._headings[place] = self._of("\n".join(passage.headings), lang)
        text = self._of(passage.text, lang, passage.start if self._lemmas else None)
        return Posting(text, self._headings[place], len(text))

    def _of(self, text: str, lang: str, start: int | None = None) -> list[Keys]:
        """The keys of the words of a text; it begins at ``start`` if its file has lemmas."""
        table = self._words(lang)
        plain = plain_words(text, table.is_known) if start is None and not self._told else None
        if plain is not None:
            # A look a word: most texts come here, and a corpus has a million of them.
            words = list(map(table.by_text.__getitem__, plain))
            self._met_in(lang).update(dict.fromkeys(words))
            return [word.keys for word in words]
        found = tokens(text, lang, self)
        if start is not None:
            found = [self._with_lemma(token, lang, start) for token in found]
        return [self._keys_of(token, lang) for token in found]

    def _keys_of(self, token: Token, lang: str) -> Keys:
        word = self._words(lang).of(token.form)
        if token.keys is word.entry.keys and token.parts is word.entry.parts:
            return word.keys
        name = (lang, token.form, token.keys[0], token.parts)
        if name not in self._keys:
            self._keys[name] = tuple(keys_of(token, lang))
        return self._keys[name]

    def _with_lemma(self, token: Token, lang: str, start: int) -> Token:
        """A token with the lemma that its file gives it; the form is found by it, too."""
        lemma = self._lemmas.get((start + token.start, start + token.end), "")
        lemma = unicodedata.normalize("NFKC", lemma).lower()
        if not lemma or not lemma.isprintable() or " " in lemma:
            return token
        known = self.entry(token.form, lang)
        keys = tuple(dict.fromkeys((lemma, *known.keys)))
        self._told[lang, token.form] = Entry(keys, known.parts, FROM_FILE)
        return token._replace(keys=tuple(dict.fromkeys((lemma, token.form))), parts=())

    def lines(self) -> Iterator[str]:
        """The lines of all forms for the vocabulary; lemmas and parts are forms, too.

        A user types them, with accents or without.
        """
        for lang, met in self._met.items():
            others: set[str] = set()
            for word in met:
                told = self._told.get((lang, word.form)) if self._told else None
                if told is None:
                    yield word.line
                    others.update(word.others)
                else:
                    yield line_of(lang, word.form, told)
                    others.update(told.keys, told.parts)
            others.difference_update([word.form for word in met])
            yield from map(self._table.of(lang).bare_line, sorted(others))
