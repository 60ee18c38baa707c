"""Where and when the groups of a comparison speak: what a row has beside its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from progsearch.classes import dataclass
from progsearch.engine import Asked
from progsearch.scope import Scope
from progsearch.search import Index

__all__ = ["Background", "background_asks", "background_of"]

_Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """By group: the countries of its documents, and the first and the last year.

    What is unknown of all documents of a group is missing. ``paths`` are those of documents
    inside of the corpus, by id, where the groups are documents.
    """

    countries: Mapping[_Values, tuple[str, ...]] = field(default_factory=dict)
    years: Mapping[_Values, tuple[str, str]] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)


def background_asks(by: Sequence[str], scope: Scope) -> Iterator[Asked]:
    """What :func:`background_of` asks an index for."""
    yield Asked(scope.clause, (*by, "country", "year"), scope.once)


def background_of(index: Index, by: Sequence[str], scope: Scope) -> Background:
    """The background of the groups that a scope has, made ``by`` these facets."""
    facets = (*by, "country", "year")
    counted = index.engine.tally([], scope=scope.clause, by=facets, once=scope.once)
    countries: dict[_Values, set[str]] = defaultdict(set)
    years: dict[_Values, set[str]] = defaultdict(set)
    for values in counted.scope:
        group, country, year = values[: len(by)], *values[len(by) :]
        countries[group] |= {country} - {""}
        years[group] |= {year} - {""}
    paths: dict[str, str] = {}
    if "document" in by:
        at = list(by).index("document")
        known = {group[at] for group in countries}
        index.engine.prefetch(documents=known)
        for one in known:
            document = index.engine.document(one)
            if document:
                paths[one] = document.path
    return Background(
        {group: tuple(sorted(found)) for group, found in countries.items() if found},
        {group: (min(found), max(found)) for group, found in years.items() if found},
        paths,
    )
