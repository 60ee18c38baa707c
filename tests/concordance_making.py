"""Corpora for lists of words and lines."""

from __future__ import annotations

from compare_making import index_of, text_of
from hypothesis import strategies as st
from making import OneLexicon
from making import texts as drawn

from progsearch.analysis import tokens

LEXICON = OneLexicon()

PARTIES = ("A", "B")


def words_in(text, lang="cs"):
    """The forms of a text, and their first lemmas."""
    return [(token.form, token.keys[0]) for token in tokens(text, lang, LEXICON)]


corpora = st.lists(
    st.tuples(st.sampled_from(PARTIES), st.sampled_from(("cs", "sv")), st.lists(drawn, max_size=4)),
    min_size=1,
    max_size=4,
)


def made(corpus):
    """An index of documents with a party, a language and passages each."""
    return index_of(
        *(
            text_of(f"d{number}", texts, lang, party=party)
            for number, (party, lang, texts) in enumerate(corpus)
            if texts
        )
    )


def corpus_of_parts(*texts):
    return index_of(*(text_of(f"d{n}", [text]) for n, text in enumerate(texts)))
