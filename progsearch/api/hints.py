"""What filters keep out, which of them leaves nothing, what has no date; and what a question that
finds nothing may have meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from progsearch.clause import Clause, every_leaf
from progsearch.query import Everything, Query, expanding, lemmas, words
from progsearch.scope import Filters, absent_values
from progsearch.search import Index

__all__ = ["emptied", "expanded", "undated"]

_NEVER = ("asides", "copies")
"""Fields that let more through, and keep nothing out."""


def emptied(
    index: Index, query: Query, clauses: Sequence[Clause], filters: Filters
) -> Iterator[str]:
    """A line on each filter without which something would be found; when none of them does it
    alone, a line on all. Nothing where no filter was given, or where they are not to blame. And a
    line on what was looked for as a word, and is an operator elsewhere.
    """
    yield from _taken_for_words(query)
    given = [
        one.name for one in fields(filters) if one.name not in _NEVER and getattr(filters, one.name)
    ]
    if not given:
        return
    default = Filters()
    alone = False
    for name in given:
        found = _passages(index, query, clauses, replace(filters, **{name: getattr(default, name)}))
        if found:
            alone = True
            yield f"without {_shown(filters, name)}, {_many(found)} would be left"
    if alone or len(given) == 1:
        return
    without = replace(filters, **{name: getattr(default, name) for name in given})
    found = _passages(index, query, clauses, without)
    if found:
        named = " and ".join(_shown(filters, name) for name in given)
        inside = _passages(index, Everything(), (), filters)
        rest = "" if inside else ", which no passage has together"
        yield f"without {named}{rest}, {_many(found)} would be left"


_OPERATORS = ("and", "or", "not", "near")
_SIGNS = {"|": "OR", "&": "AND"}


def _taken_for_words(query: Query) -> Iterator[str]:
    several = [one.text for one in words(query)]
    for text in dict.fromkeys(several):
        if text.casefold() in _OPERATORS and len(several) > 1:
            yield f"{text} was looked for as a word; operators are in capitals: {text.upper()}"
        for sign, operator in _SIGNS.items():
            if sign in text.strip(sign):
                yield f"{text} was looked for as one word; {sign} is no operator: write {operator}"


def undated(
    index: Index, query: Query, clauses: Sequence[Clause], filters: Filters
) -> Iterator[str]:
    """A line on what would be found too, had its documents a date; days keep it out."""
    if line := index.undated(query, filters, clauses):
        yield line


def expanded(index: Index, *queries: Query, from_: str | None = None) -> list[str]:
    """A line on each prefix and pattern: for how many forms of the texts it stands; and one on
    each field and lemma that no passage has.

    In a question of the language ``from_`` for those of that language alone.
    """
    found: dict[str, int] = {}
    for query in queries:
        found |= index.expansions(query) if from_ is None else _forms_in(index, query, from_)
    absent = [line for query in queries for line in absent_values(query, index.engine)]
    return [
        *(
            f"{term} stands for {f'{forms:,}' if forms else 'no'} form{'s' if forms != 1 else ''}"
            for term, forms in found.items()
        ),
        *dict.fromkeys(absent),
        *(line for query in queries for line in _unknown_lemmas(index, query)),
    ]


def _unknown_lemmas(index: Index, query: Query) -> Iterator[str]:
    for lemma in lemmas(query):
        if not any(leaf.keys for leaf in every_leaf(index.clause(lemma))):
            yield f"{lemma}: no form here has that lemma; progsearch explain WORD names its lemma"


def _forms_in(index: Index, query: Query, from_: str) -> dict[str, int]:
    from progsearch.lexicon.concepts import language_of

    begin = f"{language_of(from_)}="
    return {
        str(term): sum(
            key.startswith(begin) for leaf in every_leaf(index.clause(term)) for key in leaf.keys
        )
        for term in expanding(query)
    }


def _passages(index: Index, query: Query, clauses: Sequence[Clause], filters: Filters) -> int:
    found = index.tally(query, filters, by=(), clauses=clauses).found
    return sum(counts.passages for counts in found.values())


def _shown(filters: Filters, name: str) -> str:
    value = getattr(filters, name)
    if isinstance(value, bool):
        return f"--{name}"
    texts = [str(value)] if name in ("since", "until") else [str(one) for one in value]
    return " ".join(f"--{name} {text or repr(text)}" for text in texts)


def _many(passages: int) -> str:
    return f"{passages:,} passage{'s' if passages != 1 else ''}"
