"""Whether and where a clause matches a passage: the meaning that every engine must have.

The in-memory engine runs it over all passages; for the others it finds the places to
highlight in the few passages that they return.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from progsearch.analysis import Lexicon, tokens
from progsearch.clause import (
    All,
    AllOf,
    AnyOf,
    Clause,
    Dated,
    FacetIn,
    How,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    Textual,
    every_leaf,
    keys_of,
    leaves,
)
from progsearch.model import Document, Passage

__all__ = [
    "Facets",
    "Finder",
    "Indexed",
    "Match",
    "facets_of",
    "find",
    "index_text",
    "matches",
    "passage_facets",
    "places",
]


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch ``[start:end]`` of a passage's text that satisfied a term, and how.

    ``where`` is ``text``, or ``heading`` when the words stand in the heading path
    (joined with line breaks) instead.
    """

    start: int
    end: int
    term: str
    how: How
    where: str = "text"


@dataclass(frozen=True, slots=True)
class Indexed:
    """A text as the index sees it: at each position a stretch of it and the keys there."""

    spans: Sequence[tuple[int, int]]
    keys: Sequence[frozenset[str]]


def index_text(text: str, lang: str, lexicon: Lexicon) -> Indexed:
    """Cut a text into positions and find their keys."""
    found = tokens(text, lang, lexicon)
    return Indexed(
        tuple((token.start, token.end) for token in found),
        tuple(frozenset(keys_of(token, lang)) for token in found),
    )


@dataclass(frozen=True, slots=True)
class Facets:
    """What a passage can be filtered and counted by; an empty string stands for unknown."""

    lang: str
    country: str
    region: str
    party: str
    kind: str
    role: str
    commitment: str
    label: str
    year: str
    document: str
    first_day: int  # proleptic ordinals of the days that the date may mean; 0 without a date
    last_day: int

    def value(self, field: str) -> str:
        """The facet of that name."""
        return str(getattr(self, field))


def passage_facets(passage: Passage) -> dict[str, str]:
    """The facets in which passages of one document may differ."""
    return {
        "lang": passage.lang.value,
        "role": passage.role.value,
        "commitment": passage.commitment,
        "label": passage.label,
    }


def facets_of(document: Document, passage: Passage) -> Facets:
    """The facets of a passage of a document."""
    date = document.date.value if document.date else None
    return Facets(
        **passage_facets(passage),
        country=document.country.value if document.country else "",
        region=document.region.value.code if document.region else "",
        party=document.party.value if document.party else "",
        kind=document.kind.value if document.kind else "",
        year=f"{date.year:04d}" if date else "",
        document=document.id,
        first_day=date.first.toordinal() if date else 0,
        last_day=date.last.toordinal() if date else 0,
    )


# A run of positions, from first to last, that satisfied a term.
_Run = tuple[int, int, How]


def _best(keys: frozenset[str], leaf: Leaf) -> How | None:
    asked = leaf.keys  # thousands, where a prefix stands for them
    hows = [asked[key] for key in keys if key in asked]
    return min(hows, key=_ORDER.__getitem__) if hows else None


_ORDER = {how: rank for rank, how in enumerate(How)}


# What tells at which positions a word stands.
_Places = Callable[[Leaf], Iterable[_Run]]


def _leaf_runs(leaf: Leaf, indexed: Indexed) -> Iterable[_Run]:
    for position, keys in enumerate(indexed.keys):
        how = _best(keys, leaf)
        if how:
            yield position, position, how


def _sequence_runs(sequence: Sequential, indexed: Indexed, of: _Places) -> Iterable[_Run]:
    first, *others = sequence.leaves
    last = len(indexed.keys) - len(others)
    for start, _, _ in of(first):
        if start < last and all(
            not leaf.keys.keys().isdisjoint(indexed.keys[start + step])
            for step, leaf in enumerate(others, start=1)
        ):
            yield start, start + len(others), How.PHRASE


def _near_runs(near: Nearby, indexed: Indexed, of: _Places) -> Iterable[_Run]:
    rights = list(_runs(near.right, indexed, of))
    for left_start, left_end, _ in _runs(near.left, indexed, of) if rights else ():
        for right_start, right_end, _ in rights:
            apart = right_start - left_end if right_start > left_end else left_start - right_end
            if 0 < apart <= near.distance:
                yield min(left_start, right_start), max(left_end, right_end), How.NEAR


def _runs(term: Textual, indexed: Indexed, of: _Places) -> Iterable[_Run]:
    match term:
        case Leaf():
            return of(term)
        case Sequential():
            return _sequence_runs(term, indexed, of)
        case Nearby():
            return _near_runs(term, indexed, of)
        case OneOf(parts=parts):
            return chain.from_iterable(_runs(part, indexed, of) for part in parts)


def runs(term: Textual, indexed: Indexed) -> Iterable[_Run]:
    """The runs of positions at which a word, phrase or NEAR is satisfied."""
    return _runs(term, indexed, lambda leaf: _leaf_runs(leaf, indexed))


def matches(clause: Clause, facets: Facets, texts: Sequence[Indexed]) -> bool:
    """Whether a passage with these facets matches; ``texts`` are its text and its headings."""
    match clause:
        case All():
            return True
        case FacetIn(name, values):
            return facets.value(name) in values
        case Dated(since, until):
            return bool(facets.first_day) and (
                (since is None or facets.last_day >= since.toordinal())
                and (until is None or facets.first_day <= until.toordinal())
            )
        case AllOf(parts):
            return all(matches(part, facets, texts) for part in parts)
        case AnyOf(parts):
            return any(matches(part, facets, texts) for part in parts)
        case NoneOf(part):
            return not matches(part, facets, texts)
        case _:
            return any(_any(runs(clause, indexed)) for indexed in texts)


def _any(found: Iterable[object]) -> bool:
    return next(iter(found), None) is not None


@dataclass(frozen=True, slots=True)
class _Read:
    """A text of a passage: where each word of the clause stands that is in it, by its identity.

    ``near`` are the identities of these words, of the terms that have such a word, and of what
    these are parts of.
    """

    where: str
    indexed: Indexed
    standing: Mapping[int, Mapping[int, How]]
    near: Collection[int]

    def runs(self, term: Textual) -> Iterable[_Run]:
        return _runs(term, self.indexed, self._leaf_runs) if id(term) in self.near else ()

    def _leaf_runs(self, leaf: Leaf) -> Iterable[_Run]:
        return [(at, at, how) for at, how in self.standing.get(id(leaf), _NOWHERE).items()]


_NOWHERE: Mapping[int, How] = {}


class Finder:
    """The places of passages that satisfied terms of one clause.

    A theme has hundreds of terms, a text few words: the terms are found by the words.
    """

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self._terms = tuple(leaves(clause))
        # By key, the identities of the words that have it, last, after those of all that they are
        # parts of, and how. The clause is kept, so that nothing else gets one of them.
        self._of: dict[str, list[tuple[tuple[int, ...], How]]] = {}
        self._note(clause, ())

    def _note(self, clause: Clause, above: tuple[int, ...]) -> None:
        above = (*above, id(clause))
        match clause:
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self._note(part, above)
            case Leaf() | Sequential() | OneOf() | Nearby():
                for leaf in every_leaf(clause):
                    own = (*above, id(leaf))
                    for key, how in leaf.keys.items():
                        self._of.setdefault(key, []).append((own, how))
            case _:
                return

    def find(self, passage: Passage, index: Callable[[str, str], Indexed]) -> list[Match]:
        """The places in a passage's text and in its headings; ``index`` is given text and language.

        In each, every place that satisfied a term, in order. A term that the clause asks for
        together with another is left out where the other is missing.
        """
        texts = {"text": passage.text}
        if passage.headings:
            texts["heading"] = "\n".join(passage.headings)
        lang = passage.lang.value
        read = [self._read(index(text, lang), where) for where, text in texts.items()]
        near = {term for one in read for term in one.near}
        met = list(_met(self.clause, read, near))
        return [place for one in read for place in _places(met, one)]

    def places(self, indexed: Indexed) -> list[Match]:
        """Every place of a text that satisfied any term of the clause, in order."""
        return _places(self._terms, self._read(indexed, "text"))

    def _read(self, indexed: Indexed, where: str) -> _Read:
        standing: dict[int, dict[int, How]] = {}
        near: set[int] = set()
        of = self._of
        for at, keys in enumerate(indexed.keys):
            for key in keys:
                for own, how in of.get(key, ()):
                    near.update(own)
                    known = standing.setdefault(own[-1], {})
                    if at not in known or _ORDER[how] < _ORDER[known[at]]:
                        known[at] = how
        return _Read(where, indexed, standing, near)


def places(clause: Clause, indexed: Indexed) -> list[Match]:
    """As :meth:`Finder.places`, for one text."""
    return Finder(clause).places(indexed)


def find(clause: Clause, passage: Passage, index: Callable[[str, str], Indexed]) -> list[Match]:
    """As :meth:`Finder.find`, for one passage."""
    return Finder(clause).find(passage, index)


def _places(terms: Iterable[Textual], read: _Read) -> list[Match]:
    found: dict[Match, None] = {}
    for term in terms:
        for first, last, how in read.runs(term):
            start, end = read.indexed.spans[first][0], read.indexed.spans[last][1]
            found[Match(start, end, term.term, how, read.where)] = None
    return sorted(found, key=lambda match: (match.start, -match.end, match.term))


def _met(clause: Clause, texts: Sequence[_Read], near: Container[int]) -> Iterator[Textual]:
    match clause:
        case AnyOf(parts):
            for part in parts:
                if id(part) in near:
                    yield from _met(part, texts, near)
        case AllOf(parts) if all(_may_hold(part, texts, near) for part in parts):
            for part in parts:
                yield from _met(part, texts, near)
        case Leaf() | Sequential() | OneOf() | Nearby():
            yield clause


def _may_hold(clause: Clause, texts: Sequence[_Read], near: Container[int]) -> bool:
    """Whether a part is met, as far as words tell; the passage as a whole is known to match."""
    match clause:
        case Leaf() | Sequential() | OneOf() | Nearby():
            return id(clause) in near and any(_any(text.runs(clause)) for text in texts)
        case AllOf(parts):
            return all(_may_hold(part, texts, near) for part in parts)
        case AnyOf(parts):
            return any(_may_hold(part, texts, near) for part in parts)
        case _:
            return True
