"""What is found by each facet, and where words stand: what a page shows beside its hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from progsearch.api.answers import SearchAnswer, posed, search
from progsearch.api.words import FilterWords, Texts, filters_of
from progsearch.concordance import Line, lines_of, sorted_lines
from progsearch.errors import ProgsearchError
from progsearch.model import PROMISED
from progsearch.search import Index

if TYPE_CHECKING:
    from progsearch.scope import Filters

__all__ = ["FACETS", "SORTS", "FacetAnswer", "FacetValue", "concordance", "facets"]

FACETS = ("country", "region", "party", "kind", "year", "lang", "role", "commitment")
"""What hits are told apart by, as people look for it."""

SORTS = ("place", "left", "right")  # without groups, which this has none of
"""What lines of a concordance are sorted by: as they were found, or by a neighbouring word."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, an empty string for unknown, and the passages that have it."""

    value: str
    passages: int


@dataclass(frozen=True, slots=True)
class FacetAnswer:
    """The values of each facet, those with most passages first; years in their order.

    A facet that is filtered by has also the values that the filter leaves out, with what they
    would have if they were chosen.
    """

    values: Mapping[str, Sequence[FacetValue]]
    filters: Filters


def facets(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    names: Sequence[str] = FACETS,
    from_: str | None = None,
    ranked: bool = True,
    once: bool = False,
    **filters: Unpack[FilterWords],
) -> FacetAnswer:
    """How many of the passages that :func:`~progsearch.api.answers.search` finds have which value.

    All facets are counted together, and each that is filtered by once more. ``ranked`` is false
    where the passages of a comparison are meant, which have all words of a question in another
    language; with ``once`` each text counts once in each value, as ``count --by`` counts it.
    Raises ProgsearchError as a search does.
    """
    default = "once" if once else "keep"
    wanted = filters_of(default, **filters)
    _, about = posed(index, text, themes, folders, wanted, from_, ranked=ranked)
    clauses = about.unranked
    found = index.facets(about.query, wanted, names=names, clauses=clauses)
    for name in names:
        chosen = "promises" if name == "commitment" and wanted.promises else name
        if filters.get(chosen):
            rest: Any = {one: value for one, value in filters.items() if one != chosen}
            others = filters_of(default, **rest)
            found |= index.facets(about.query, others, names=[name], clauses=clauses)
    if wanted.promises and "commitment" in found:
        # Others cannot be chosen beside what is promised.
        found["commitment"] = {
            one: number for one, number in found["commitment"].items() if one in PROMISED
        }
    values = {name: _sorted(name, found[name]) for name in names}
    return FacetAnswer(values, wanted)


def _sorted(name: str, counts: Mapping[str, int]) -> list[FacetValue]:
    there = [FacetValue(value, passages) for value, passages in counts.items() if passages]
    if name == "year":
        return sorted(there, key=lambda one: (not one.value, one.value))
    return sorted(there, key=lambda one: (not one.value, -one.passages, one.value))


def concordance(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    limit: int | None = 100,
    sort: str = "place",
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> tuple[SearchAnswer, list[Line]]:
    """Keyword in context: the places of the best ``limit`` passages, one line each.

    Raises ProgsearchError as a search does, and for a ``sort`` that is none of :data:`SORTS`.
    """
    if sort not in SORTS:
        raise ProgsearchError(
            f"not a choice: {sort!r}"[:200], where="sort", remedy=f"write {', '.join(SORTS)}"
        )
    answer = search(
        index, text, themes=themes, folders=folders, limit=limit, from_=from_, **filters
    )
    lines = [line for hit in answer.found.hits for line in lines_of(hit)]
    return answer, sorted_lines(lines, sort)
