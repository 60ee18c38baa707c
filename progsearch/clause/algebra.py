"""What engines run: conditions on the keys, facets and dates of a passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "EXPANDED",
    "WEIGHTS",
    "All",
    "AllOf",
    "AnyOf",
    "Clause",
    "Dated",
    "FacetIn",
    "How",
    "Leaf",
    "Nearby",
    "NoneOf",
    "OneOf",
    "Sequential",
    "Side",
    "Textual",
    "every_leaf",
    "leaves",
]


class How(StrEnum):
    """How a place in a text satisfied a term, the nearest to the user's word first."""

    EXACT = "exact"
    LEMMA = "lemma"
    PHRASE = "phrase"
    NEAR = "near"
    PREFIX = "prefix"
    PATTERN = "pattern"  # a word with wild cards, or a regular expression
    ACCENTS = "accents"  # the term was written without its accents
    PART = "part"  # a part of a compound, or what a word is derived from


WEIGHTS: Mapping[How, float] = {
    How.EXACT: 1.0,
    How.LEMMA: 1.0,
    How.PREFIX: 0.8,
    How.PATTERN: 0.8,
    How.ACCENTS: 0.9,
    How.PART: 0.5,
}
"""What a match of each kind weighs in the ranking."""


EXPANDED = frozenset((How.PREFIX, How.PATTERN))
"""How a term is satisfied that stands for all forms of an index that look so."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One word of a query: the keys that satisfy it, and how. ``term`` is as written."""

    term: str
    keys: Mapping[str, How]


@dataclass(frozen=True, slots=True)
class Sequential:
    """Leaves at consecutive positions."""

    term: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Alternatives that are one term: satisfied where one of them is."""

    term: str
    parts: tuple[Leaf | Sequential, ...]


Side = Leaf | Sequential | OneOf


@dataclass(frozen=True, slots=True)
class Nearby:
    """Two terms with fewer than ``distance`` words between them."""

    term: str
    left: Side
    right: Side
    distance: int


@dataclass(frozen=True, slots=True)
class FacetIn:
    """Passages whose facet has one of the values; an empty string stands for unknown."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dated:
    """Passages of documents whose date may lie between two days, both included."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part matches."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least matches.

    ``coordinate`` ranks by how many parts match before how well each does, as for the terms
    of a theme; else each adds its score. ``chosen`` are such terms: a person chose each of them,
    so that less follows from how rare it is than from the words of a question.
    """

    parts: tuple[Clause, ...]
    coordinate: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part does not match."""

    part: Clause


@dataclass(frozen=True, slots=True)
class All:
    """Every passage."""


Textual = Leaf | Sequential | OneOf | Nearby


Clause = Leaf | Sequential | OneOf | Nearby | FacetIn | Dated | AllOf | AnyOf | NoneOf | All


def leaves(clause: Clause) -> Iterator[Textual]:
    """The words, phrases and NEARs that a passage may match by, negated ones left out."""
    match clause:
        case Leaf() | Sequential() | OneOf() | Nearby():
            yield clause
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from leaves(part)
        case _:
            return


def every_leaf(clause: Clause) -> Iterator[Leaf]:
    """The words of a clause, negated ones and those of phrases included."""
    match clause:
        case Leaf():
            yield clause
        case Sequential(leaves=leaves):
            yield from leaves
        case Nearby(left=left, right=right):
            yield from every_leaf(left)
            yield from every_leaf(right)
        case AllOf(parts) | AnyOf(parts) | OneOf(parts=parts):
            for part in parts:
                yield from every_leaf(part)
        case NoneOf(part):
            yield from every_leaf(part)
        case _:
            return
