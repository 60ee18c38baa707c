"""The words of the lexicon and their lemmas, kept in an index.

To ask the dictionaries of all languages for the lemmas of a few words takes seconds. So an
index keeps, for its languages, the keys of those words of the lexicon that are not just
their form: *veřejná* of *veřejná doprava* is *veřejný*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

from progsearch import kept
from progsearch.analysis import DictionaryLexicon, Lexicon
from progsearch.clause import Vocabulary, words_of
from progsearch.clause.vocabularies import KeptVocabulary, Words
from progsearch.lexicon.concepts import LANGUAGES, Concept, files, load
from progsearch.wordtable import kept_keys

__all__ = ["lexicon_words", "with_words", "words_record"]


def words_record(
    before: Mapping[str, Any], languages: Sequence[str], language_data: str
) -> Mapping[str, Any]:
    """The words of the lexicon in these languages, to be kept as its part of the state.

    ``before`` is what the index has kept; it is given back if nothing has changed.
    ``language_data`` is the version of the dictionaries.
    """
    digest = blake2b(f"{language_data}\0{sorted(languages)}".encode(), digest_size=8)
    own = blake2b(kept.sources("lexicon", "clause"), digest_size=16)
    for file in files():
        data = file.read_bytes()
        digest.update(data)
        own.update(data)
    if before.get("made_of") == digest.hexdigest():
        return before
    dictionaries = DictionaryLexicon(compounds=False)

    def made(lang: str) -> Mapping[str, Sequence[str]]:
        return lexicon_words(load(), dictionaries, [lang])[lang]

    # Another index of this machine may have been given the same words.
    words = {
        lang: kept_keys("lexicon-words", lang, own.digest(), partial(made, lang))
        if lang in LANGUAGES
        else {}
        for lang in languages
    }
    return {"made_of": digest.hexdigest(), "words": words}


def lexicon_words(concepts: Sequence[Concept], lexicon: Lexicon, languages: Iterable[str]) -> Words:
    """The keys of those words in these languages that have another key than their form."""
    found: dict[str, dict[str, Sequence[str]]] = {}
    for lang in languages:
        texts = (word for one in concepts for word in one.words.get(lang, ()))
        forms = sorted({form for text in texts for form in words_of(text)})
        keys = ((form, lexicon.entry(form, lang).keys) for form in forms)
        found[lang] = {form: own for form, own in keys if own != (form,)}
    return found


def with_words(vocabulary: Vocabulary, kept: Words) -> KeptVocabulary:
    """The vocabulary of an index for words of the lexicon, which all have keys.

    ``kept`` is what :func:`lexicon_words` gives; a language that is not in it has to ask the
    dictionaries for what the index does not know.
    """
    return KeptVocabulary(vocabulary, lambda: kept, whole=True)
