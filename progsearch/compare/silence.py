"""Who says nothing on a question, and how much text there was to say it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from progsearch.classes import dataclass
from progsearch.compare.asking import comparison, groups_of
from progsearch.compare.table import Cell, Comparison, Group, Question
from progsearch.engine import FACETS, Counts
from progsearch.scope import Filters, scope_of
from progsearch.search import Index

__all__ = ["Silence", "Why", "silences"]

_Values = tuple[str, ...]


class Why(StrEnum):
    """Why a group has no passage on a question."""

    NOTHING = "nothing found"  # there is text, and none of it matches
    FILTERED = "no such text"  # the corpus has other text of it, which the filters leave out
    ABSENT = "no text at all"  # a region of one of the corpus's countries


@dataclass(frozen=True, slots=True)
class Silence:
    """A group without a passage on a question.

    ``passages``, ``documents`` and ``words`` are what it has in scope; ``expected`` is how
    many of the passages would match at the rate of all known groups together. ``high`` is the
    highest rate per 1,000 that finding nothing still allows for (Wilson, 95 %).
    """

    theme: str
    by: tuple[str, ...]
    group: Group
    expected: float
    high: float
    why: Why

    @property
    def passages(self) -> int:
        """Passages in scope."""
        return self.group.passages

    @property
    def small(self) -> bool:
        """Whether there is too little text for its silence to mean much."""
        return self.group.small


def silences(
    index: Index,
    questions: Sequence[Question],
    by: Sequence[str],
    filters: Filters | None = None,
) -> list[Silence]:
    """All groups of the corpus without a passage on a question.

    For two dimensions, the combinations that the corpus has, and then each dimension by
    itself. Filters of the dimensions themselves, of country and of language hold for which
    groups there are; what the others leave out is listed as such. Raises ProgsearchError
    as :func:`progsearch.compare.comparison` does.
    """
    filters = (filters or Filters()).counting()
    wanted = [tuple(by)]
    if len(by) > 1:
        wanted += [(name,) for name in by]
    found: list[Silence] = []
    for dimensions in wanted:
        compared = comparison(index, questions, dimensions, filters)
        missing = _without_text(index, compared, filters)
        for question in questions:
            found += _of(question, compared, missing)
    return found


def _of(
    question: Question, compared: Comparison, missing: Mapping[Why, Sequence[Group]]
) -> Iterator[Silence]:
    cells = compared.cells_of(question.id)
    rate = _rate(cells)
    for group, cell in zip(compared.groups, cells, strict=True):
        if group.known and not cell.passages:
            expected = rate * group.passages
            yield Silence(question.id, compared.by, group, expected, cell.high, Why.NOTHING)
    for why, groups in missing.items():
        for group in groups:
            yield Silence(question.id, compared.by, group, 0.0, 1000.0, why)


def _rate(cells: Sequence[Cell]) -> float:
    known = [cell for cell in cells if not cell.group or any(cell.group)]
    size = sum(cell.of_passages for cell in known)
    return sum(cell.passages for cell in known) / size if size else 0.0


def _without_text(
    index: Index, compared: Comparison, filters: Filters
) -> dict[Why, Sequence[Group]]:
    """The groups that have no text in scope, by why."""
    by = compared.by
    kept = {name: getattr(filters, name) for name in (*by, "country", "lang") if name in FACETS}
    everywhere = Filters(asides=filters.asides, **kept)
    known = {group.values for group in compared.groups}
    more = _values(index, by, everywhere) - known
    found: dict[Why, Sequence[Group]] = {}
    found[Why.FILTERED] = groups_of(index, by, dict.fromkeys(more, Counts()))
    known |= more
    if by == ("region",) and not filters.region:
        more = _regions(known) - known
        found[Why.ABSENT] = groups_of(index, by, dict.fromkeys(more, Counts()))
    return found


def _values(index: Index, by: Sequence[str], filters: Filters) -> set[_Values]:
    scope = scope_of(filters, index.engine, index.summary, by)
    groups = index.engine.tally([], scope=scope.clause, by=by).scope
    return {values for values in groups if any(values)}


def _regions(known: set[_Values]) -> set[_Values]:
    """All regions of the countries that the known ones lie in."""
    from progsearch.facts.regions import load_regions

    countries = {code.partition("-")[0] for (code,) in known} - {""}
    return {(code,) for code in load_regions() if code.partition("-")[0] in countries}
