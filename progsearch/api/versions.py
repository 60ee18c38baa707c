"""Which documents are another version of a text: of one author and kind, mostly the same passages.

Copies, which have the same words, are known from ingest. Versions are told when somebody asks.
``progsearch diff`` says what changed between two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from progsearch.analysis import reading
from progsearch.model import ASIDE_ROLES, Document
from progsearch.pairing import normalised
from progsearch.search import Index

__all__ = ["FEWEST", "LOOKED_AT", "MOSTLY", "STANDS", "Version", "versions_of"]

LOOKED_AT = 24
"""Documents that are looked at for one: those of the same title or name of file first."""

STANDS = 0.5
"""Share of a passage's pairs of neighbouring words that stand in another text, from which on the
passage does, as it is or reworded; the links of ``diff`` ask as much of a part of a passage."""

MOSTLY = 0.5
"""Share of the passages of the shorter text, more than which stand in the other one."""

FEWEST = 6
"""Passages of a text that can have versions: the shortest have their forms of words in common."""

_NUMBERS = re.compile(r"\d+")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Version:
    """A document that is another version of a text: ``same`` of the ``of`` passages of the
    shorter one stand in the other, as they are or reworded."""

    document: Document
    same: int
    of: int


def versions_of(index: Index, document: Document) -> list[Version]:
    """The other versions of a document, the most similar first.

    Looked at are documents of the same party, kind and language; where there is no party, of
    the same title or name of file, too. Copies are none. At most :data:`LOOKED_AT`.
    """
    mine = _passages(index, document)
    found = []
    for other in _candidates(index, document) if len(mine) >= FEWEST else ():
        theirs = _passages(index, other)
        if len(theirs) >= FEWEST:
            shorter, longer = sorted((mine, theirs), key=len)
            same = _standing(shorter, longer)
            if same > MOSTLY * len(shorter):
                found.append(Version(other, same, len(shorter)))
    return sorted(found, key=lambda one: (-one.same / one.of, one.document.path))


def _passages(index: Index, document: Document) -> list[list[str]]:
    """The words of the passages that are no headings or asides and have more than one."""
    cut = (
        normalised(reading(one.text).text).split()
        for one in index.engine.passages(document.id)
        if one.role not in ASIDE_ROLES
    )
    return [words for words in cut if len(words) > 1]


def _standing(shorter: list[list[str]], longer: list[list[str]]) -> int:
    """How many passages of the one text stand in the other."""
    there = {pair for words in longer for pair in pairwise(words)}
    return sum(
        sum(pair in there for pair in pairwise(words)) >= STANDS * (len(words) - 1)
        for words in shorter
    )


def _candidates(index: Index, document: Document) -> list[Document]:
    copies = index.summary.copies
    family = copies.get(document.id, document.id)
    names, others = _names(document), list(_of_the_same(index, document))
    others = [one for one in others if copies.get(one.id, one.id) != family]
    if document.party is None:
        others = [one for one in others if names & _names(one)]
    others.sort(key=lambda one: (-len(names & _names(one)), one.path))
    return others[:LOOKED_AT]


def _of_the_same(index: Index, document: Document) -> Iterator[Document]:
    wanted = _facts(document)
    return (
        one for one in index.engine.documents() if one.id != document.id and _facts(one) == wanted
    )


def _facts(document: Document) -> tuple[object, ...]:
    told = (document.party, document.kind, document.lang)
    return tuple(fact.value if fact else None for fact in told)


def _names(document: Document) -> set[tuple[str, str]]:
    """By what a document is known from year to year: its title and its file, without numbers."""
    file = document.path.rpartition("/")[2].rpartition(".")[0]
    named = {"title": document.title, "file": file}
    plain = {
        key: _MARKS.sub(" ", _NUMBERS.sub("", text.casefold())).strip()
        for key, text in named.items()
    }
    return {(key, text) for key, text in plain.items() if text}
