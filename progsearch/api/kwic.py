"""Keyword in context: the lines that an index is asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from progsearch.api.looked_for import LookedFor
from progsearch.api.words import FilterWords, Texts, check_number, texts_of
from progsearch.classes import dataclass
from progsearch.clause import AllOf
from progsearch.compare.asking import group_names
from progsearch.compare.questions import groups_by
from progsearch.concordance import Line, lines_of, matching, sorted_lines
from progsearch.concordance.lines import SORTS
from progsearch.errors import ProgsearchError
from progsearch.scope import Filters, scope_of
from progsearch.search import Index

if TYPE_CHECKING:
    from progsearch.clause import Clause
    from progsearch.compare import Group
    from progsearch.concordance.passages import Values
    from progsearch.model import Passage

__all__ = ["LINES", "KwicAnswer", "kwic"]

LINES = 100
"""Lines that people are shown."""


@dataclass(frozen=True, slots=True)
class KwicAnswer:
    """Lines; ``passages`` match, ``total`` are all their lines, where that was counted."""

    lines: Sequence[Line]
    passages: int
    total: int | None
    by: tuple[str, ...]
    groups: Mapping[Values, Group]
    filters: Filters
    left_out: int = 0
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What was found, in one line."""
        found = f"{self.passages:,} passage{'s' if self.passages != 1 else ''}"
        shown = f"{len(self.lines):,} line{'s' if len(self.lines) != 1 else ''}"
        if not self.passages:
            return "no passage matches"
        if self.total is None:
            return f"the first {shown}, of {found}; --limit shows more"
        if self.total > len(self.lines):
            return f"{len(self.lines):,} of {self.total:,} lines, in {found}"
        return f"{shown} in {found}"


def kwic(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    inside: str = "",
    by: Texts = None,
    sort: str = "place",
    window: int | None = None,
    limit: int | None = LINES,
    sample: int | None = None,
    seed: int = 0,
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> KwicAnswer:
    """Keyword in context: a line for each place of a text where words matched.

    In the order of the sources, or ``sort`` by the words left or right or by the group ``by``
    names. ``inside`` is a query that the passages match as well, unmarked. ``window`` words are
    kept on each side; at most ``limit`` lines, or a ``sample`` of so many by chance, the same
    for the same ``seed``.
    """
    if sort not in SORTS:
        raise ProgsearchError(
            f"not a choice: {sort!r}"[:200], where="--sort", remedy=f"write {', '.join(SORTS)}"
        )
    dimensions = groups_by(texts_of("--by", by)) if by else ()
    if sort == "group" and not dimensions:
        raise ProgsearchError("there are no groups", where="--sort", remedy="name them: --by party")
    for name, number in (("--limit", limit), ("--window", window), ("--sample", sample)):
        if number is not None:
            check_number(name, number, 0)
    asked = LookedFor.of(index, text, themes, folders, inside, filters, needed=True, from_=from_)
    scope = scope_of(asked.filters, index.engine, index.summary, dimensions)
    wanted = AllOf((asked.clause, scope.said, *asked.inside))
    counted = index.engine.tally([wanted], scope=scope.clause, by=dimensions, once=scope.once)
    made = _made(index, asked.clause, matching(index, wanted, scope, dimensions), window)
    total: int | None = None
    if sample is not None:
        lines, total = _sampled(made, sample, seed)
        lines = sorted_lines(lines, sort)
    elif limit is None:
        lines = sorted_lines(list(made), sort)
        total = len(lines)
    elif sort == "place":
        lines = list(islice(made, limit + 1))
        total = len(lines) if len(lines) <= limit else None
        lines = lines[:limit]
    else:
        met = _Counting(made)
        lines = nsmallest(limit, met, key=lambda line: line.key(sort))
        total = met.count
    # Not the total: a text that several groups have has lines in each of them.
    passages = sum(one.passages for one in counted.clauses[0].values())
    notes = asked.notes(index, counted.left_out, any_found=bool(passages))
    return KwicAnswer(
        lines,
        passages,
        total,
        tuple(dimensions),
        group_names(index, dimensions, {line.group for line in lines}),
        asked.filters,
        counted.left_out,
        notes,
        asked.warnings,
    )


def _made(
    index: Index, clause: Clause, found: Iterator[tuple[Values, Passage]], window: int | None
) -> Iterator[Line]:
    for group, passage in found:
        for line in lines_of(index.hit(passage, 0.0, clause), group):
            yield line if window is None else line.within(window)


class _Counting:
    """Lines as they come, counted."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[Line]:
        for line in self._lines:
            self.count += 1
            yield line


def _sampled(lines: Iterator[Line], size: int, seed: int) -> tuple[list[Line], int]:
    """So many lines by chance, each as likely, in their order, and how many there were.

    Source: Vitter, "Random Sampling with a Reservoir" (1985), algorithm R.
    """
    drawn = random.Random(seed)  # noqa: S311 - a sample is no secret
    kept: list[tuple[int, Line]] = []
    number = 0
    for number, line in enumerate(lines, 1):
        if len(kept) < size:
            kept.append((number, line))
        else:
            at = drawn.randrange(number)
            if at < size:
                kept[at] = (number, line)
    return [line for _, line in sorted(kept, key=lambda one: one[0])], number
