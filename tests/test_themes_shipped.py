"""The terms of the shipped themes against the analysis of their languages."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from progsearch.analysis import DictionaryLexicon, fold, tokens
from progsearch.clause import resolve
from progsearch.languages import LANGUAGES
from progsearch.matching import Facets, index_text, matches
from progsearch.query import WITH_PARTS, And, Exact, Near, Or, Phrase, Prefix, Word
from progsearch.themes import load
from progsearch.themes.sets import term_query

CATALOGUE = load()
THEMES = tuple(CATALOGUE.themes.values())
SENTENCES = Path(__file__).parent / "data" / "themes_sentences.tsv"
"""Promises in languages of which no programme was at hand: with the theme that must find each,
and another that must not."""
PASSAGE = Facets(*[""] * 10, 0, 0)


class Words:
    """The vocabulary of one text."""

    def __init__(self, text, lang, lexicon):
        forms = {token.form for token in tokens(text, lang, lexicon)}
        self.entries = {form: lexicon.entry(form, lang) for form in forms}
        self.lexicon = lexicon

    def known(self, form, lang):
        return self.entries.get(form)

    def entry(self, form, lang):
        return self.known(form, lang) or self.lexicon.entry(form, lang)

    def folded(self, folded, lang):
        return [(form, found) for form, found in self.entries.items() if fold(form) == folded]

    def fitting(self, folded, lang, fits):
        return [form for form in self.entries if fold(form).startswith(folded) and fits(form)]

    def of_lemma(self, lemma, lang):
        return [form for form, found in self.entries.items() if found.keys[:1] == (lemma,)]


def own_texts(query):
    """Texts of a term's own words, so that each of its alternatives stands in one of them."""
    match query:
        case Prefix(text) if text.endswith("-"):
            return [text + "xyz"]  # the hyphen of a compound stands before something
        case Word(text) | Exact(text) | Prefix(text):
            return [text]
        case Phrase(parts):
            return [" ".join(own_texts(part)[0] for part in parts)]
        case Or(parts):
            return [text for part in parts for text in own_texts(part)]
        case Near(left, right):
            sides = [own_texts(left), own_texts(right)]
        case And(parts):
            sides = [own_texts(part) for part in parts]
    rows = range(max(map(len, sides)))
    return [" ".join(side[row % len(side)] for side in sides) for row in rows]


def test_own_texts_have_each_alternative():
    asked = Near(Or((Word("a"), Word("b"))), Or((Prefix("c"), Word("d"), Exact("e"))), 5)
    assert own_texts(asked) == ["a c", "b d", "a e"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_finds_its_own_words(lang):
    lexicon = DictionaryLexicon(compounds=False)
    missed = []
    for theme in THEMES:
        for term in theme.terms[lang]:
            query = term_query(theme, lang, term)
            texts = own_texts(query)
            for text in {texts[0], texts[-1]}:
                words = Words(text, lang, lexicon)
                parts = term.startswith(WITH_PARTS)
                clause = resolve(query, words, [lang], accents=False, parts=parts)
                if not matches(clause, PASSAGE, [index_text(text, lang, lexicon)]):
                    missed.append((theme.id, term, text))
    assert missed == []


SAY_NOTHING = {
    "en": {"be", "have", "do", "it", "we"},
    "cs": {"být", "mít", "já", "ten"},
    "sv": {"vara", "ha", "jag", "vi", "heller"},
    "de": {"sein", "haben", "werden", "ich"},
    "sk": {"byť", "mať", "ja", "ten"},
    "pl": {"być", "mieć", "ja", "ten"},
    "da": {"være", "have", "blive", "jeg"},
    "nb": {"være", "ha", "bli", "jeg"},
    "fi": {"olla", "minä", "sinä", "se"},
}
"""Dictionary forms that stand in half of all passages."""


def words_alone(query):
    """The words of a term that may be met outside of a phrase."""
    match query:
        case Word(text):
            return [text]
        case Near(left, right):
            return [*words_alone(left), *words_alone(right)]
        case And(parts) | Or(parts):
            return [word for part in parts for word in words_alone(part)]
        case _:
            return []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_a_term_is_a_form_of_one_that_says_nothing(lang):
    # Dictionaries have ``ai`` as a form of *be*, and ``HLR`` as one of *heller*.
    lexicon = DictionaryLexicon(compounds=False)
    wrong = [
        (theme.id, term, word)
        for theme in THEMES
        for term in theme.terms[lang]
        for word in words_alone(term_query(theme, lang, term))
        if not SAY_NOTHING[lang].isdisjoint(lexicon.entry(word.lower(), lang).keys)
    ]
    assert wrong == []


def sentences():
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@cache
def asked(theme, lang):
    """For a theme and each narrower one, what its terms and its exclusions ask for."""
    return [
        [
            [(term_query(own, lang, term), term.startswith(WITH_PARTS)) for term in terms]
            for terms in (own.terms.get(lang, ()), own.exclude.get(lang, ()))
        ]
        for own in CATALOGUE.within(theme)
    ]


def finds(theme, words, lang, indexed):
    """Whether a theme finds a sentence, as a search does: by its terms or narrower themes'."""

    def one(queries):
        return any(
            matches(resolve(query, words, [lang], accents=False, parts=parts), PASSAGE, indexed)
            for query, parts in queries
        )

    return any(one(terms) and not one(exclusions) for terms, exclusions in asked(theme, lang))


@pytest.mark.parametrize("lang", sorted({row["lang"] for row in sentences()}))
def test_a_promise_is_found_by_its_theme_and_not_by_another(lang):
    lexicon = DictionaryLexicon(compounds=False)
    missed, wrong = [], []
    for row in sentences():
        if row["lang"] != lang:
            continue
        words = Words(row["sentence"], lang, lexicon)
        indexed = [index_text(row["sentence"], lang, lexicon)]
        if not finds(row["theme"], words, lang, indexed):
            missed.append((row["theme"], row["sentence"]))
        if finds(row["other"], words, lang, indexed):
            wrong.append((row["other"], row["sentence"]))
    assert (missed, wrong) == ([], [])
