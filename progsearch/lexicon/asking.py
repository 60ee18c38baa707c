"""Asking an index in another language than its texts have."""

from __future__ import annotations

import re
from dataclasses import replace

from progsearch.clause import All
from progsearch.lexicon import STATE
from progsearch.lexicon.concepts import language_of, load
from progsearch.lexicon.descriptions import parted
from progsearch.lexicon.translating import translate
from progsearch.lexicon.translation import ALL, Translation
from progsearch.lexicon.words import with_words
from progsearch.query import Query, is_free, parse
from progsearch.scope import with_values
from progsearch.search import Index

__all__ = ["asked", "plain"]

_MARKS = re.compile(r"(?<!\S)[^\w\s\"„“”()*=]+(?!\S)")


def plain(text: str) -> str:
    """A question without marks that stand by themselves: a dash, an ampersand."""
    return _MARKS.sub(" ", text)


def asked(
    index: Index, question: str | Query, from_: str, *, ranked: bool = False
) -> tuple[Query, Translation]:
    """A question in the language ``from_`` as a query, and in the terms of an index.

    With ``ranked``, of more than :data:`ALL` words side by side, and of fewer where no passage
    of the index has them all, a passage needs to have one only, and what a description says to
    belong elsewhere is not asked for. Raises ProgsearchError for what cannot be read, and for a
    language that the lexicon does not have.
    """
    lang = language_of(from_)
    free = isinstance(question, str) and is_free(plain(question))
    elsewhere: tuple[str, ...] = ()
    if ranked and free and isinstance(question, str):
        question, elsewhere = parted(question, lang)
    query = parse(plain(question)) if isinstance(question, str) else question
    vocabulary = index.engine.vocabulary
    kept = with_words(vocabulary, index.engine.state(STATE).get("words", {}))
    found = translate(
        with_values(query, index.engine),
        lang,
        load(),
        vocabulary,
        kept,
        index.summary.languages,
        free=free,
    )
    if isinstance(question, str):
        found = replace(found, text=question, elsewhere=elsewhere)
    if ranked and found.free and (len(found.parts) > ALL or not _together(found, index)):
        found = replace(found, clause=found.ranking, some=True)
    return query, found


def _together(found: Translation, index: Index) -> bool:
    """Whether a passage meets all of a question."""
    return index.engine.search(found.clause, scope=All(), limit=1, ranked=False).total > 0
