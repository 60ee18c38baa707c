"""From questions to a comparison: one tally for all of them, and the strongest passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from progsearch.clause import All, AllOf
from progsearch.compare.background import background_asks, background_of
from progsearch.compare.grouping import DIMENSIONS
from progsearch.compare.mixture import mixture_asks, mixture_of
from progsearch.compare.strongest import strongest
from progsearch.compare.table import Cell, Comparison, Group, Question, Shared, cell_of
from progsearch.engine import Asked, Counts
from progsearch.errors import ProgsearchError
from progsearch.scope import Filters, as_filter, scope_of
from progsearch.search import Hit, Index, TallyTable

__all__ = ["DIMENSIONS", "comparison", "counted_cells", "documents_in", "group_names", "groups_of"]

_Values = tuple[str, ...]

_LANGUAGES = ("lang",)


def comparison(
    index: Index,
    questions: Sequence[Question],
    by: Sequence[str],
    filters: Filters | None = None,
    *,
    evidence: int = 0,
    promises_first: bool = False,
) -> Comparison:
    """Ask all questions of all groups that have text in scope.

    ``by`` names facets of :data:`DIMENSIONS`; without one there is a single group.
    ``evidence`` is how many passages are kept for each cell, the strongest first; with
    ``promises_first``, firm promises come before all else, then loose ones, then what is said to
    be done. Raises ProgsearchError for a question that is asked twice, an unknown dimension, and
    filters that name what the index does not have.
    """
    _check(questions, by)
    filters = (filters or Filters()).counting()
    scope = scope_of(filters, index.engine, index.summary, by)
    if not isinstance(scope.said, All):
        questions = [replace(one, clause=AllOf((one.clause, scope.said))) for one in questions]
    index.engine.prefetch(
        scopes=(
            Asked(scope.clause, _LANGUAGES),
            *mixture_asks(by, scope),
            *background_asks(by, scope),
        )
    )
    counts = index.engine.tally(
        [one.clause for one in questions], scope=scope.clause, by=by, once=scope.once
    )
    groups = groups_of(index, by, counts.scope)
    cells: list[Cell] = []
    for question, found in zip(questions, counts.clauses, strict=True):
        best: Mapping[_Values, Sequence[Hit]] = {}
        if evidence:
            best = strongest(
                index, question, by, scope, found, evidence, promises_first=promises_first
            )
        cells += (
            cell_of(
                question.id,
                group,
                found.get(group.values, Counts()),
                tuple(best.get(group.values, ())),
            )
            for group in groups
        )
    return Comparison(
        themes=tuple(questions),
        by=tuple(by),
        groups=groups,
        cells=tuple(cells),
        filters=filters,
        left_out=counts.left_out,
        corpus_hash=index.summary.corpus_hash,
        languages=tuple(
            sorted(
                lang for (lang,) in index.engine.tally([], scope=scope.clause, by=_LANGUAGES).scope
            )
        ),
        shared=_shared(counts.shared),
        size=counts.total,
        totals=dict(zip((one.id for one in questions), counts.totals, strict=True)),
        mixture=mixture_of(index, by, scope),
        background=background_of(index, by, scope),
    )


def documents_in(index: Index, filters: Filters) -> int:
    """How many documents have text in the scope of a comparison."""
    scope = scope_of(filters.counting(), index.engine, index.summary, ())
    sizes = index.engine.tally([], scope=scope.clause, by=(), once=scope.once).scope
    return sum(one.documents for one in sizes.values())


def _shared(pairs: Mapping[tuple[_Values, _Values], int]) -> tuple[Shared, ...]:
    """The pairs of groups with the same texts, those with the most first."""
    most = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Shared(*groups, texts) for groups, texts in most)


def _check(questions: Sequence[Question], by: Sequence[str]) -> None:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise ProgsearchError(
                f"asked twice: {question.id!r}", where="--theme", remedy="leave one out"
            )
        seen.add(question.id)
    for name in by:
        if name not in DIMENSIONS:
            raise ProgsearchError(
                f"cannot compare by {name!r}",
                where="--by",
                remedy=f"choose {', '.join(DIMENSIONS)}",
            )


def groups_of(
    index: Index, by: Sequence[str], sizes: Mapping[_Values, Counts]
) -> tuple[Group, ...]:
    """Groups with their names, in the order of these; the unknown come last."""
    names = [_names(index, name, {values[at] for values in sizes}) for at, name in enumerate(by)]
    groups = [
        Group(
            values,
            tuple(known[value] for known, value in zip(names, values, strict=True)),
            counts.passages,
            counts.documents,
            counts.words,
        )
        for values, counts in sizes.items()
    ]
    return tuple(sorted(groups, key=lambda group: _order(by, group)))


def counted_cells(
    index: Index, by: Sequence[str], tables: Sequence[tuple[str, TallyTable]]
) -> list[tuple[Group, Cell]]:
    """The groups of each theme in which something was found, the unknown last."""
    return [
        (group, cell_of(theme, group, table.found[group.values]))
        for theme, table in tables
        for group in groups_of(index, by, table.of)
        if group.values in table.found
    ]


def _order(by: Sequence[str], group: Group) -> list[tuple[bool, str, str]]:
    found = []
    for name, value, label in zip(by, group.values, group.labels, strict=True):
        # The regions of a country stand together: their codes begin with it.
        first = value.partition("-")[0] if name == "region" else ""
        found.append((not value, first, label.casefold()))
    return found


def group_names(
    index: Index, by: Sequence[str], groups: Iterable[_Values]
) -> Mapping[_Values, Group]:
    """Groups by their values, with what people call them."""
    found = groups_of(index, by, dict.fromkeys(groups, Counts()))
    return {group.values: group for group in found}


def _names(index: Index, dimension: str, values: Iterable[str]) -> dict[str, str]:
    """What people call the values of a dimension."""
    match dimension:
        case "region":
            from progsearch.facts.regions import load_regions

            regions = load_regions()
            found = {v: regions[v].region.name if v in regions else v for v in values}
        case "document":
            values = set(values)
            index.engine.prefetch(documents=values)
            documents = {value: index.engine.document(value) for value in values}
            found = {v: index.file(one.path) if one else v for v, one in documents.items()}
        case _:
            found = {value: as_filter(value) for value in values}
    return found | ({"": as_filter("")} if "" in found else {})
