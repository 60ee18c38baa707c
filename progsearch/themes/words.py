"""The words of themes and their lemmas, kept in an index.

A theme names words that no text has in that very form (*záchranná služba*, where texts say
*záchranné služby*), and to ask the dictionaries for their lemmas takes longer than the
search. So an index keeps the entries of the words of all shipped themes. For the same
reason it keeps what free words are looked up in (:mod:`progsearch.themes.offers`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from progsearch.analysis import DictionaryLexicon, Entry, Lexicon
from progsearch.clause import Lookup, resolve
from progsearch.engine import Engine
from progsearch.themes import STATE
from progsearch.themes.catalogue import load, shipped_files
from progsearch.themes.offers import offers_table
from progsearch.themes.sets import term_query
from progsearch.themes.theme import Theme

__all__ = ["ThemeVocabulary", "theme_words", "words_record"]

Words = Mapping[str, Mapping[str, Sequence[str]]]
"""The keys of words, by language and form."""


def words_record(
    before: Mapping[str, Any], languages: Sequence[str], language_data: str
) -> Mapping[str, Any]:
    """The words of the shipped themes in these languages, to be kept as :data:`STATE`.

    ``before`` is what the index has kept; it is given back if nothing has changed, for it
    takes seconds to make. ``language_data`` is the version of the dictionaries.
    """
    digest = blake2b(f"{language_data}\0{sorted(languages)}".encode(), digest_size=8)
    for file in shipped_files():
        digest.update(file.read_bytes())
    if before.get("made_of") == digest.hexdigest():
        return before
    themes = list(load().themes.values())
    words = theme_words(themes, DictionaryLexicon(compounds=False), languages)
    return {"made_of": digest.hexdigest(), "words": words, "offers": offers_table(themes)}


def theme_words(themes: Collection[Theme], lexicon: Lexicon, languages: Iterable[str]) -> Words:
    """The keys of all words of themes in these languages."""
    found: dict[str, dict[str, Sequence[str]]] = {}
    for lang in languages:
        asked = _Asked()
        for theme in themes:
            for term in (*theme.terms.get(lang, ()), *theme.exclude.get(lang, ())):
                resolve(term_query(theme, lang, term), asked, [lang], accents=False)
        found[lang] = {form: lexicon.entry(form, lang).keys for form in sorted(asked.forms)}
    return found


class _Asked:
    """A vocabulary that knows nothing and remembers which forms it was asked for."""

    def __init__(self) -> None:
        self.forms: set[str] = set()

    def prefetch(self, wanted: Iterable[Lookup]) -> None:
        pass

    def known(self, form: str, lang: str) -> Entry | None:  # noqa: ARG002
        self.forms.add(form)
        return None

    def entry(self, form: str, lang: str) -> Entry:  # noqa: ARG002
        self.forms.add(form)
        return Entry((form,))

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:  # noqa: ARG002
        return ()

    def starting(self, folded: str, lang: str) -> Iterable[str]:  # noqa: ARG002
        return ()


class ThemeVocabulary:
    """The vocabulary of an index, and the words of themes that it keeps beside it."""

    def __init__(self, engine: Engine) -> None:
        self._vocabulary = engine.vocabulary
        self._kept: Words = engine.state(STATE).get("words", {})
        # Several terms of a theme have the same prefixes, each of which is looked up form by form.
        self._starting: dict[tuple[str, str], Sequence[str]] = {}

    def prefetch(self, wanted: Iterable[Lookup]) -> None:
        """Be told what will be asked for."""
        self._vocabulary.prefetch(wanted)

    def known(self, form: str, lang: str) -> Entry | None:
        """What is stored of a form."""
        found = self._vocabulary.known(form, lang)
        if found is None and form in self._kept.get(lang, ()):
            return Entry(tuple(self._kept[lang][form]))
        return found

    def entry(self, form: str, lang: str) -> Entry:
        """What is stored of a form, or else what the dictionaries say."""
        return self.known(form, lang) or self._vocabulary.entry(form, lang)

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:
        """The forms that are ``folded`` without accents."""
        return self._vocabulary.folded(folded, lang)

    def starting(self, folded: str, lang: str) -> Iterable[str]:
        """The forms that start so without accents."""
        if (folded, lang) not in self._starting:
            self._starting[folded, lang] = tuple(self._vocabulary.starting(folded, lang))
        return self._starting[folded, lang]
