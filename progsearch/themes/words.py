"""The words of themes and their lemmas, kept in an index.

A theme names words that no text has in that very form (*záchranná služba*, where texts say
*záchranné služby*), and to ask the dictionaries for their lemmas takes longer than the
search. So an index keeps the entries of the words of all shipped themes. For the same
reason it keeps what free words are looked up in (:mod:`progsearch.themes.offers`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

from progsearch import kept
from progsearch.analysis import DictionaryLexicon, Lexicon
from progsearch.clause import resolve
from progsearch.clause.vocabularies import AskedWords, KeptVocabulary, Words
from progsearch.engine import Engine
from progsearch.themes import STATE
from progsearch.themes.catalogue import load, shipped_files
from progsearch.themes.offers import Offers, offers_table
from progsearch.themes.sets import term_query
from progsearch.themes.theme import Theme
from progsearch.wordtable import kept_keys

__all__ = ["theme_vocabulary", "theme_words", "words_record"]

_WORDS, _OFFERS = "theme-words", "theme-offers"


def words_record(
    before: Mapping[str, Any], languages: Sequence[str], language_data: str
) -> Mapping[str, Any]:
    """The words of the shipped themes in these languages, to be kept as :data:`STATE`.

    ``before`` is what the index has kept; it is given back if nothing has changed, for it
    takes seconds to make. ``language_data`` is the version of the dictionaries.
    """
    digest = blake2b(f"{language_data}\0{sorted(languages)}".encode(), digest_size=8)
    themes = blake2b(digest_size=16)
    for file in shipped_files():
        data = file.read_bytes()
        digest.update(data)
        themes.update(data)
    if before.get("made_of") == digest.hexdigest():
        return before
    # Another index of this machine may have been given the same words.
    own = kept.digest(themes.digest(), kept.sources("themes", "query", "clause"))
    lexicon = DictionaryLexicon(compounds=False)

    def made(lang: str) -> Mapping[str, Sequence[str]]:
        return theme_words(load().themes.values(), lexicon, [lang])[lang]

    words = {lang: kept_keys(_WORDS, lang, own.encode(), partial(made, lang)) for lang in languages}
    return {"made_of": digest.hexdigest(), "words": words, "offers": _offers(own)}


def _offers(made_of: str) -> Offers:
    try:
        found: Offers = json.loads(kept.load(_OFFERS, made_of) or b"")
        if isinstance(found, dict) and all(isinstance(words, list) for words in found.values()):
            return found
    except ValueError:
        pass
    found = offers_table(load().themes.values())
    kept.keep(_OFFERS, made_of, json.dumps(found, ensure_ascii=False).encode())
    return found


def theme_words(themes: Collection[Theme], lexicon: Lexicon, languages: Iterable[str]) -> Words:
    """The keys of all words of themes in these languages."""
    found: dict[str, dict[str, Sequence[str]]] = {}
    for lang in languages:
        asked = AskedWords()
        for theme in themes:
            for term in (*theme.terms.get(lang, ()), *theme.exclude.get(lang, ())):
                resolve(term_query(theme, lang, term), asked, [lang], accents=False)
        found[lang] = {form: [*lexicon.entry(form, lang).keys] for form in sorted(asked.forms)}
    return found


def theme_vocabulary(engine: Engine) -> KeptVocabulary:
    """The vocabulary of an index, and the words of themes that it keeps beside it."""
    return KeptVocabulary(engine.vocabulary, lambda: engine.state(STATE).get("words", {}))
