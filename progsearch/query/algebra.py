"""What a query is made of; each part prints itself as a user would type it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = [
    "CODES",
    "FACETS",
    "SAID",
    "And",
    "Everything",
    "Exact",
    "Facet",
    "Lemma",
    "Near",
    "Not",
    "Or",
    "Phrase",
    "Plain",
    "Prefix",
    "Query",
    "Regex",
    "Term",
    "Wild",
    "Word",
    "bounds",
    "conjunction",
    "expanding",
    "facets",
    "joined",
    "lemmas",
    "words",
]

FACETS = (
    "lang",
    "country",
    "region",
    "party",
    "kind",
    "role",
    "commitment",
    "label",
    "year",
    "document",
)
"""Fields that ``field:value`` may name: what passages can be filtered and counted by."""


SAID = ("role", "commitment", "label")
"""Those that tell what is said; the others tell whose text it is."""


CODES = {"cmp_code": "label", "major_topic": "label", "topic": "label"}
"""Names that tables of coded passages give to the label."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Exact:
    """A word in just this form: ``="form"``."""

    text: str

    def __str__(self) -> str:
        return f'="{self.text}"'


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that starts so: ``prefix*``."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Wild:
    """Every word that a pattern with wild cards stands for: ``*vård*``, ``vård?``."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Regex:
    """Every word that a regular expression stands for: ``/vård(cent|plats).*/``.

    ``text`` is what stands between the slashes (:func:`progsearch.query.patterns.regular`).
    """

    text: str

    def __str__(self) -> str:
        return f"/{self.text}/"


@dataclass(frozen=True, slots=True)
class Lemma:
    """A word by its first lemma alone, or several next to each other: ``lemma:vård``.

    Unlike :class:`Word` it means no part of a compound, and asks no dictionary; it is what a
    frequency list counts.
    """

    text: str

    def __str__(self) -> str:
        plain = re.fullmatch(r"[\w./-]+", self.text)
        return f"lemma:{self.text}" if plain else f'lemma:"{self.text}"'


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other, each in any of its forms: ``"two words"``."""

    parts: tuple[Word | Prefix | Wild, ...]

    def __str__(self) -> str:
        words = list(map(str, self.parts))
        for at in range(len(words) - 1, 0, -1):
            if _ENDS.search(words[at - 1]) and _GOES_ON.match(words[at]):
                # With a blank alone they would be read as one number or abbreviation.
                words.insert(at, "-")
        return '"' + " ".join(words) + '"'


_ENDS = re.compile(r"(?<!\d)\d{1,3}\Z|(?<![^\W_])[^\W\d_]\.\Z")
_GOES_ON = re.compile(r"\d{3}(?!\d)|[^\W\d_]\.")


@dataclass(frozen=True, slots=True)
class Near:
    """Two terms at most ``distance`` words apart, in either order: ``a NEAR/5 b``.

    Either may be alternatives, an :class:`Or` of words and phrases: ``a NEAR/5 (b OR c)``.
    """

    left: Plain | Or
    right: Plain | Or
    distance: int

    def __str__(self) -> str:
        return f"{_inside(self.left)} NEAR/{self.distance} {_inside(self.right)}"


@dataclass(frozen=True, slots=True)
class Facet:
    """Passages of a language, region, party …: ``region:CZ-51``.

    A quotation mark in a value is written twice, as in CSV: ``party:"The ""New"" Party"``.
    """

    field: str
    value: str

    def __str__(self) -> str:
        plain = re.fullmatch(r"[\w./-]+", self.value)
        value = self.value if plain else '"' + self.value.replace('"', '""') + '"'
        return f"{self.field}:{value}"


@dataclass(frozen=True, slots=True)
class Not:
    """Passages that do not match."""

    part: Query

    def __str__(self) -> str:
        return f"NOT {_inside(self.part)}"


@dataclass(frozen=True, slots=True)
class And:
    """Passages that match all parts; there are at least two."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " AND ".join(map(_inside, self.parts))


@dataclass(frozen=True, slots=True)
class Or:
    """Passages that match one part at least; there are at least two."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(map(_inside, self.parts))


@dataclass(frozen=True, slots=True)
class Everything:
    """Every passage: the empty query."""

    def __str__(self) -> str:
        return ""


Plain = Word | Exact | Prefix | Wild | Regex | Lemma | Phrase
"""A word, or words next to each other."""


Query = Plain | Near | Facet | Not | And | Or | Everything


Term = Plain | Near | And


def expanding(query: Query) -> Iterator[Prefix | Wild | Regex]:
    """The parts of a query that stand for all forms of an index that look so."""
    return (part for part in _smallest(query) if isinstance(part, Prefix | Wild | Regex))


def lemmas(query: Query) -> Iterator[Lemma]:
    """The parts of a query that stand for the forms with one lemma."""
    return (part for part in _smallest(query) if isinstance(part, Lemma))


def words(query: Query) -> Iterator[Word]:
    """The words of a query that are looked for in all their forms."""
    return (part for part in _smallest(query) if isinstance(part, Word))


def facets(query: Query) -> Iterator[Facet]:
    """The fields of a query."""
    return (part for part in _smallest(query) if isinstance(part, Facet))


def bounds(query: Query) -> Query:
    """What a query says of passages beside its words: fields that all of them have, and what is
    excluded."""
    parts = query.parts if isinstance(query, And) else (query,)
    return conjunction([part for part in parts if isinstance(part, Facet | Not)])


def _smallest(query: Query) -> Iterator[Query]:
    match query:
        case And(parts) | Or(parts) | Phrase(parts):
            for part in parts:
                yield from _smallest(part)
        case Near(left, right):
            yield from _smallest(left)
            yield from _smallest(right)
        case Not(part):
            yield from _smallest(part)
        case _:
            yield query


def _inside(query: Query) -> str:
    return f"({query})" if isinstance(query, And | Or) else str(query)


def joined(kind: type[And | Or], parts: Sequence[Query]) -> Query:
    """All of the parts or one of them; a single part is itself."""
    if len(parts) == 1:
        return parts[0]
    # Flat, so that the printed form, which needs no inner brackets, parses to the same query.
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(flat))


def conjunction(parts: Sequence[Query]) -> Query:
    """All of the parts together; everything when there are none."""
    wanted = [part for part in parts if not isinstance(part, Everything)]
    return joined(And, wanted) if wanted else Everything()
