"""What a comparison lumps together: kinds of documents, years, and parties behind a line of years.

A rate over programmes and news, or over two elections, is right and may still mislead; so it
is told what stands behind it, and a reader can keep to a part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from progsearch.classes import dataclass
from progsearch.engine import Asked, Counts
from progsearch.scope import Scope
from progsearch.search import Index

__all__ = ["OF_DOCUMENTS", "Mixture", "Part", "mixture_asks", "mixture_of"]

OF_DOCUMENTS = ("country", "region", "party", "kind", "year")
"""Facets that hold for whole documents, by which texts of several groups are told."""

_PROGRAMME = "programme"

_KIND_AND_YEAR = ("kind", "year")
_YEAR_AND_PARTY = ("year", "party")


@dataclass(frozen=True, slots=True)
class Part:
    """The documents of one kind; empty for those of which it is not known.

    ``first`` and ``last`` are the years that they are of, empty where none is known.
    """

    kind: str
    passages: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Mixture:
    """What is counted together in the same groups.

    ``kinds`` has more than one where kinds are mixed, or years of one kind, the most passages
    first; it is empty where nothing is. ``turns`` are the years from which on other parties
    speak than before, with these, where a line runs through the years.
    """

    kinds: tuple[Part, ...] = ()
    turns: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def main(self) -> Part | None:
        """The kind to keep to where there are others: programmes, or else that with the most."""
        known = [part for part in self.kinds if part.kind] if len(self.kinds) > 1 else []
        return min(known, key=lambda part: part.kind != _PROGRAMME, default=None)


def mixture_asks(by: Sequence[str], scope: Scope) -> Iterator[Asked]:
    """What :func:`mixture_of` asks an index for."""
    if "document" not in by:
        yield Asked(scope.clause, _KIND_AND_YEAR, scope.once)
        if "year" in by and "party" not in by:
            yield Asked(scope.clause, _YEAR_AND_PARTY, scope.once)


def mixture_of(index: Index, by: Sequence[str], scope: Scope) -> Mixture:
    """What a scope mixes in groups made ``by`` these facets."""
    if "document" in by:
        return Mixture()
    counted = index.engine.tally([], scope=scope.clause, by=_KIND_AND_YEAR, once=scope.once)
    kinds = tuple(_parts(counted.scope))
    mixed = "kind" not in by and len(kinds) > 1
    years = "year" not in by and any(part.first != part.last for part in kinds)
    return Mixture(kinds if mixed or years else (), _turns(index, by, scope))


def _parts(counts: Mapping[tuple[str, ...], Counts]) -> list[Part]:
    passages: dict[str, int] = defaultdict(int)
    years: dict[str, set[str]] = defaultdict(set)
    for (kind, year), one in counts.items():
        passages[kind] += one.passages
        years[kind] |= {year} - {""}
    return sorted(
        (
            Part(kind, found, min(years[kind], default=""), max(years[kind], default=""))
            for kind, found in passages.items()
        ),
        key=lambda part: (-part.passages, part.kind),
    )


def _turns(
    index: Index, by: Sequence[str], scope: Scope
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if "year" not in by or "party" in by:
        return ()
    counted = index.engine.tally([], scope=scope.clause, by=_YEAR_AND_PARTY, once=scope.once)
    speaking = sorted(values for values in counted.scope if values[0] and values[1])
    found: list[tuple[str, tuple[str, ...]]] = []
    for year, pairs in groupby(speaking, key=lambda values: values[0]):
        parties = tuple(party for _, party in pairs)
        if not found or found[-1][1] != parties:
            found.append((year, parties))
    return tuple(found) if len(found) > 1 else ()
