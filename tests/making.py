"""Small documents and queries, made by hand or by hypothesis, for tests of many modules."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from hypothesis import strategies as st

from progsearch import query as q
from progsearch.analysis import DictionaryLexicon, Entry, Lexicon, tokens
from progsearch.clause import keys_of
from progsearch.commitment import commitment
from progsearch.engine import Posting, Prepared
from progsearch.model import (
    Document,
    Fact,
    Origin,
    PartialDate,
    Passage,
    Region,
    Role,
    source_text,
)
from progsearch.query.algebra import joined

WORDS = ("lékař", "lékaře", "lékařů", "sestra", "sestry", "nemocnice", "vård", "vården", "läkare")
LANGS = ("cs", "sv")
REGIONS = (None, Region("CZ-51", "Liberecký kraj"), Region("SE-G", "Kronobergs län"))
PARTIES = (None, "Strana A", "B")
DATES = (None, PartialDate(2020), PartialDate(2021, 5, 3), PartialDate(2024, 12))
ROLES = (Role.GOAL, Role.MEASURE, Role.STATEMENT, Role.HEADING)


def stated(value):
    """A fact that the document states, or none."""
    return None if value is None else Fact(value, Origin.STATED)


def passage(document: str, number: int, text: str, **more) -> Passage:
    """A passage of a document on a line of its own."""
    lang = more.pop("lang", "cs")
    more.setdefault("commitment", commitment(text, lang).value)
    return Passage(
        id=f"{document}.{number}",
        document=document,
        number=number,
        role=more.pop("role", Role.STATEMENT),
        lang=Fact(lang, Origin.STATED),
        text=text,
        start=0,
        end=len(text),
        line=number,
        end_line=number,
        **more,
    )


def document(ident: str, passages: list[Passage] = (), **more) -> Document:
    """A document of these passages."""
    lang = more.pop("lang", "cs")
    return Document(
        id=ident,
        path=more.pop("path", f"corpus/{ident}.md"),
        format="markdown",
        content_hash=ident,
        body_hash=more.pop("body_hash", ident),
        title=more.pop("title", ident.upper()),
        lang=Fact(lang, Origin.STATED),
        between=("",) * (len(passages) + 1),
        **more,
    )


class OneLexicon:
    """Lemmas by a table; what is not in it is its own lemma."""

    TABLE: ClassVar = {
        ("cs", "lékaře"): "lékař",
        ("cs", "lékařů"): "lékař",
        ("cs", "sestry"): "sestra",
        ("sv", "vården"): "vård",
    }

    def entry(self, form: str, lang: str) -> Entry:
        lemma = self.TABLE.get((lang, form), form)
        parts = ("vård",) if form == "sjukvård" and lang == "sv" else ()
        keys = (lemma,) if lemma == form else (lemma, form)
        return Entry(keys, parts, "dictionary")


def prepared(made: Document, passages: list[Passage], lexicon: Lexicon | None = None) -> Prepared:
    """A document ready for an index."""
    lexicon = lexicon or OneLexicon()
    forms: dict[tuple[str, str], Entry] = {}
    postings = []
    for one in passages:
        lang = one.lang.value
        both = []
        for text in (one.text, "\n".join(one.headings)):
            found = tokens(text, lang, lexicon)
            forms |= {(lang, token.form): lexicon.entry(token.form, lang) for token in found}
            both.append([keys_of(token, lang) for token in found])
        postings.append(Posting(both[0], both[1], len(both[0])))
    return Prepared(made, passages, postings, forms)


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


@st.composite
def corpora(draw) -> list[Prepared]:
    """A few documents with a few passages each."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        ident = f"d{number}"
        region = draw(st.sampled_from(REGIONS))
        passages = [
            passage(
                ident,
                place,
                draw(texts),
                lang=draw(st.sampled_from(LANGS)),
                role=draw(st.sampled_from(ROLES)),
                commitment=draw(st.sampled_from(("strong", "plain"))),
                headings=tuple(draw(st.lists(texts, max_size=2))),
            )
            for place in range(1, draw(st.integers(1, 4)) + 1)
        ]
        made = document(
            ident,
            passages,
            region=stated(region),
            party=stated(draw(st.sampled_from(PARTIES))),
            date=stated(draw(st.sampled_from(DATES))),
        )
        found.append(prepared(made, passages))
    return found


words = st.sampled_from(WORDS).map(q.Word)
simple = st.one_of(
    words,
    st.sampled_from(WORDS).map(q.Exact),
    st.sampled_from(("lé", "vår", "nemoc")).map(q.Prefix),
    st.sampled_from(("*kař*", "vård?n", "l?ka*", "sestr?", "*ost*")).map(q.Wild),
    st.sampled_from(("(lék|läk)ar.*", "s[a-e]+tr(a|y)", "vård(en)?")).map(q.Regex),
    st.sampled_from(("lékař", "sestra", "vård", "lékař sestra")).map(q.Lemma),
)
phrases = st.lists(
    st.one_of(words, st.sampled_from(("lé", "vå")).map(q.Prefix)), min_size=2, max_size=3
).map(lambda parts: q.Phrase(tuple(parts)))
sides = st.one_of(
    simple,
    phrases,
    st.lists(st.one_of(simple, phrases), min_size=2, max_size=3).map(lambda one: q.Or(tuple(one))),
)
nears = st.builds(q.Near, sides, sides, st.integers(1, 4))
facets = st.sampled_from(
    (
        q.Facet("lang", "cs"),
        q.Facet("region", "SE-G"),
        q.Facet("commitment", "strong"),
        q.Facet("party", "B"),
        q.Facet("role", "goal"),
    )
)


def _joined(kind):
    return lambda parts: joined(kind, parts)


queries = st.recursive(
    st.one_of(simple, phrases, nears, facets),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(_joined(q.And)),
        st.lists(inner, min_size=2, max_size=3).map(_joined(q.Or)),
        inner.map(q.Not),
    ),
    max_leaves=6,
)

__all__ = [
    "DictionaryLexicon",
    "OneLexicon",
    "corpora",
    "document",
    "passage",
    "prepared",
    "queries",
    "replace",
    "source_text",
    "stated",
    "texts",
]
