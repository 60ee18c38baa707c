"""Counts by group, document by document.

The rows of a document stand together: its own one, then its passages in order. So a
document's matches are counted in its stretch of a mask, and what is said of the whole
document (its region, party …) is looked up once for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Protocol

from progsearch.engine import Counts, Tally, Total
from progsearch.engine.copies import PASSAGE_FACETS, Repeats
from progsearch.engine.masks import Mask, both

__all__ = ["Counter", "FacetCounter", "Layout", "summed", "taken_once"]

Group = tuple[str, ...]


class Layout(Protocol):
    """Where the documents of a part of an index lie, and what is counted of their rows."""

    @property
    def starts(self) -> Sequence[int]:
        """The rows of the documents themselves, ascending; some may be gone."""

    @property
    def ends(self) -> Sequence[int]:
        """For each of them, the row behind its last passage."""

    @property
    def words(self) -> Sequence[int]:
        """For each row, the words of its text."""

    @property
    def words_before(self) -> Sequence[int]:
        """For each row, and for the end, the words of all rows before it."""

    def of_documents(self, facet: str) -> Sequence[str]:
        """For each document, its value of a facet; an empty string for none."""

    def of_passages(self, facet: str) -> Mapping[str, Mask]:
        """For each value of one of :data:`PASSAGE_FACETS`, the rows that have it."""


@dataclass(slots=True)
class _Sum:
    passages: int = 0
    documents: int = 0
    words: int = 0


class Counter:
    """Counts by group, added up over the parts of an index."""

    def __init__(self, by: Sequence[str]) -> None:
        self._by = tuple(by)
        self._sums: dict[Group, _Sum] = {}

    def add(self, mask: Mask, layout: Layout) -> None:
        """Count the rows of a mask; every document is in one part only."""
        split = [facet for facet in self._by if facet in PASSAGE_FACETS]
        columns = [
            () if facet in PASSAGE_FACETS else layout.of_documents(facet) for facet in self._by
        ]
        if not split:
            groups = list(zip(*columns, strict=True)) if columns else [()] * len(layout.starts)
            self._add(mask, layout, groups.__getitem__)
            return
        for values, inside in _parted(mask, [layout.of_passages(facet) for facet in split]):
            self._add(
                inside, layout, _among(self._by, columns, dict(zip(split, values, strict=True)))
            )

    def _add(self, mask: Mask, layout: Layout, group_of: Callable[[int], Group]) -> None:
        sums = self._sums
        for document, passages, words in _by_document(mask, layout):
            group = group_of(document)
            total = sums.get(group)
            if total is None:
                total = sums[group] = _Sum()
            total.passages += passages
            total.documents += 1
            total.words += words

    def counts(self) -> dict[Group, Counts]:
        """What was counted."""
        return {
            group: Counts(one.passages, one.documents, one.words)
            for group, one in self._sums.items()
        }


class FacetCounter:
    """Passages by the values of facets, each facet by itself, over the parts of an index."""

    def __init__(self, names: Sequence[str]) -> None:
        self._sums: dict[str, dict[str, int]] = {name: {} for name in names}

    def add(self, mask: Mask, layout: Layout) -> None:
        """Count the rows of a mask."""
        columns = []
        for name, sums in self._sums.items():
            if name not in PASSAGE_FACETS:
                columns.append((sums, layout.of_documents(name)))
                continue
            for value, rows in layout.of_passages(name).items():
                if number := both(mask, rows).count(1):
                    sums[value] = sums.get(value, 0) + number
        if not columns:
            return
        for document, passages, _ in _by_document(mask, layout):
            for sums, column in columns:
                value = column[document]
                sums[value] = sums.get(value, 0) + passages

    def counts(self) -> dict[str, dict[str, int]]:
        """What was counted."""
        return self._sums


def _among(
    by: Sequence[str], columns: Sequence[Sequence[str]], chosen: Mapping[str, str]
) -> Callable[[int], Group]:
    """The group of the passages of a document that have these values."""
    told = [(chosen.get(facet, ""), column) for facet, column in zip(by, columns, strict=True)]

    def group_of(document: int) -> Group:
        return tuple([column[document] if column else value for value, column in told])

    return group_of


def _parted(
    mask: Mask, tables: Sequence[Mapping[str, Mask]]
) -> Iterator[tuple[tuple[str, ...], Mask]]:
    """The rows of a mask by their values of all facets; what has no rows is not gone into."""
    if not tables:
        yield (), mask
        return
    for value, table in tables[0].items():
        inside = both(mask, table)
        if 1 in inside:
            for values, rows in _parted(inside, tables[1:]):
                yield (value, *values), rows


def _by_document(mask: Mask, layout: Layout) -> Iterator[tuple[int, int, int]]:
    """The number of each document that has rows in the mask, their count and their words."""
    starts, ends, words = layout.starts, layout.ends, layout.words
    before = layout.words_before
    document = -1
    row = mask.find(1)
    while row >= 0:
        document += 1
        if row >= ends[document]:
            document = bisect_right(starts, row, document) - 1
        end = ends[document]
        passages = mask.count(1, row, end)
        if passages == end - row:
            yield document, passages, before[end] - before[row]
        else:
            yield document, passages, sum(compress(words[row:end], mask[row:end]))
        row = mask.find(1, end)


def summed(counted: Sequence[Mapping[Group, Counts]]) -> Tally:
    """The tally of counts by group, first those of the scope."""
    totals = [_total(one) for one in counted]
    return Tally(counted[0], counted[1:], totals[0], totals[1:])


def taken_once(
    counted: Sequence[Mapping[Group, Counts]],
    repeated: Sequence[Mapping[Group, Counts]],
    repeats: Repeats,
) -> Tally:
    """The tally of counts by group in which each text counts once.

    ``repeated`` are the counts of :attr:`Repeats.left_out` alone, by group and document.
    """
    groups: list[dict[Group, Counts]] = []
    totals: list[Total] = []
    for all_of, of_copies in zip(counted, repeated, strict=True):
        left = dict(all_of)
        total, less = _total(all_of), _total(of_copies)
        for (*values, document), counts in of_copies.items():
            group = tuple(values)
            if repeats.repeated(group, document):
                left[group] = _less(left[group], counts)
        groups.append({group: counts for group, counts in left.items() if counts.passages})
        totals.append(Total(total.passages - less.passages, total.words - less.words))
    return Tally(
        groups[0], groups[1:], totals[0], totals[1:], len(repeats.left_out), dict(repeats.shared)
    )


def _total(groups: Mapping[Group, Counts]) -> Total:
    found = groups.values()
    return Total(sum(one.passages for one in found), sum(one.words for one in found))


def _less(counts: Counts, by: Counts) -> Counts:
    return Counts(
        counts.passages - by.passages, counts.documents - by.documents, counts.words - by.words
    )
