"""What is wrong in the lexicon: what a reader of its files cannot see at once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from progsearch.clause import words_of
from progsearch.errors import Problem
from progsearch.lexicon.concepts import LANGUAGES, Concept

__all__ = ["COVERAGE", "coverage", "problems"]

COVERAGE = 0.98
"""The share of the concepts for which each language has to have a word."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KINDS = ("noun", "verb", "adj", "adv", "phrase", "name")


def problems(concepts: Sequence[Concept]) -> Iterator[Problem]:
    """Everything that is wrong: ids, parts of speech, words that stand twice or are none.

    A word may stand in two concepts of a language only where the note of each says so, as
    ``sv vård also custody``: the language, the word, and what it means otherwise.
    """
    ids = Counter(one.id for one in concepts)
    places: dict[tuple[str, str], list[Concept]] = defaultdict(list)
    for one in concepts:
        if not _ID.fullmatch(one.id):
            yield _problem(one, f"{one.id!r} is no id: small letters, digits and hyphens")
        if ids[one.id] > 1:
            yield _problem(one, f"the id {one.id!r} stands {ids[one.id]} times")
        if one.pos not in _KINDS:
            yield _problem(one, f"no part of speech: {one.pos!r}")
        if not one.words:
            yield _problem(one, f"{one.id} has no words")
        for lang, words in one.words.items():
            for word, times in Counter(map(str.casefold, words)).items():
                places[lang, word].append(one)
                if times > 1:
                    yield _problem(one, f"{lang} {word} stands {times} times")
                if not words_of(word):
                    yield _problem(one, f"{lang} {word} holds no word")
    for (lang, word), found in places.items():
        if len(found) > 1:
            named = ", ".join(one.id for one in found)
            for one in found:
                if not _says(one.note, lang, word):
                    yield _problem(one, f"{lang} {word} is in {named}; the note has to say so")


def _says(note: str, lang: str, word: str) -> bool:
    return f"{lang} {word}" in note.casefold()


def coverage(concepts: Sequence[Concept]) -> dict[str, float]:
    """The share of the concepts for which each language has a word."""
    return {
        lang: sum(lang in one.words for one in concepts) / max(1, len(concepts))
        for lang in LANGUAGES
    }


def _problem(concept: Concept, what: str) -> Problem:
    return Problem(concept.file, concept.line, what)
