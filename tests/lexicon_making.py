"""Concepts for tests of the lexicon."""

from __future__ import annotations

from progsearch.lexicon import Concept


def concept(ident, note="", pos="noun", **words):
    """A concept with its words by language, separated as in the files."""
    by_lang = {lang: tuple(text.split("; ")) for lang, text in words.items()}
    return Concept(ident, pos, by_lang, note, "made.tsv", 2)
