"""Text to index keys: the words of a text, and the lemmas by which each is found.

The same :func:`tokens` serves documents and queries; only the lexicon behind it may
differ, so a search can answer from the forms that an index has stored.
"""

from __future__ import annotations

from progsearch.analysis.lexicon import (
    DictionaryLexicon,
    Entry,
    Lexicon,
    analysed,
    data_version,
    fits,
    keep_dictionaries,
)
from progsearch.analysis.text import ReadingText, fold, reading
from progsearch.analysis.words import (
    Token,
    at_blanks,
    forms_asked,
    goes_over,
    has_marks,
    is_broken,
    is_word,
    may_go_over,
    normal_form,
    over_lines,
    plain_words,
    split_piece,
    tokens,
)

__all__ = [
    "LANGUAGE_DATA_VERSION",
    "DictionaryLexicon",
    "Entry",
    "Lexicon",
    "ReadingText",
    "Token",
    "analysed",
    "at_blanks",
    "data_version",
    "fits",
    "fold",
    "forms_asked",
    "goes_over",
    "has_marks",
    "is_broken",
    "is_word",
    "keep_dictionaries",
    "may_go_over",
    "normal_form",
    "over_lines",
    "plain_words",
    "reading",
    "split_piece",
    "tokens",
]

LANGUAGE_DATA_VERSION: str
"""Changes whenever the same text may get other keys; an index built with another is stale."""


def __getattr__(name: str) -> str:
    # Reading the versions takes longer than all imports here, and only an ingest asks.
    if name == "LANGUAGE_DATA_VERSION":
        return data_version()
    raise AttributeError(name)
