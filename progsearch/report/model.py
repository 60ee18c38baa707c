"""What a report is made of, and what its things are called in its language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Literal, TypeAlias, get_args

from progsearch.classes import dataclass
from progsearch.compare import (
    SMALL,
    Cell,
    Comparison,
    Differences,
    Group,
    Question,
    Silence,
    differences,
)
from progsearch.compare.sources import Source
from progsearch.engine import Total
from progsearch.errors import ProgsearchError
from progsearch.report.language import UiLanguage
from progsearch.report.precision import decimals_of, shown_decimals
from progsearch.statistics import wilson

__all__ = ["SORTS", "Names", "Pair", "Report", "Sort", "sort_of"]

Sort: TypeAlias = Literal["value", "name"]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""The orders of groups: the highest rates first, or the alphabet of the language."""

_OF_PLACES = ("region", "party", "document")
_NAMED_QUESTIONS = 3

Pair: TypeAlias = tuple[int, Group, Cell]
"""A group with its number, from 1, and its cell of one question."""


def sort_of(text: str) -> Sort:
    """The order of that name. Raises ProgsearchError when there is none."""
    for one in SORTS:
        if one == text:
            return one
    raise ProgsearchError(
        f"cannot sort by {text!r}", where="--sort", remedy=f"choose {' or '.join(SORTS)}"
    )


@dataclass(frozen=True, slots=True)
class Names:
    """A comparison as people read it in a language: what its groups and numbers are called, and
    in which order they stand."""

    comparison: Comparison
    lang: UiLanguage
    sort: Sort = "value"

    @property
    def by(self) -> str:
        """What the groups are made by: *by region and by party*."""
        if not self.comparison.by:
            return self.lang.text("everything")
        return self.lang.listed([self.lang.name("by", name) for name in self.comparison.by])

    @property
    def asked(self) -> str:
        """What is compared; of many questions the first."""
        labels = [one.label for one in self.comparison.themes]
        more = len(labels) - _NAMED_QUESTIONS
        if more > 1:
            rest = self.lang.counted("more_questions", more)
            labels = [*labels[:_NAMED_QUESTIONS], rest]
        return self.lang.listed(labels)

    @property
    def few(self) -> str:
        """What a group has that is too small to compare."""
        return self.lang.counted("fewer_than", SMALL)

    def tests(self) -> Differences:
        """Which groups have more or fewer passages than the others."""
        return differences(self.comparison)

    def group(self, group: Group, by: Sequence[str] | None = None) -> str:
        """What a group is called; ``by`` is what it was made by, if not the comparison's."""
        by = self.comparison.by if by is None else by
        if not by:
            return self.lang.text("everything")
        parts = zip(by, group.values, group.labels, strict=True)
        return " · ".join(self._name(name, value, label) for name, value, label in parts)

    def _name(self, name: str, value: str, label: str) -> str:
        # A report is read elsewhere: a document is called by its place inside of the corpus.
        label = self.comparison.background.paths.get(value, label) if name == "document" else label
        return self.lang.name(name, value, label)

    def years(self, group: Group) -> str:
        """The years that a group's documents are of: *2020–2024*; nothing where none is known."""
        if "year" in self.comparison.by:
            return ""
        first, last = self.comparison.background.years.get(group.values, ("", ""))
        return first if first == last else f"{first}–{last}"

    def country(self, group: Group) -> str | None:
        """The country that a group stands under, empty where it is not known, ``*`` for
        several; none where groups are not told by country."""
        if not self._by_country or not group.known:
            return None
        found = self.comparison.background.countries.get(group.values, ())
        return "*" if len(found) > 1 else "".join(found)

    @property
    def _by_country(self) -> bool:
        comparison = self.comparison
        if "country" in comparison.by or not set(comparison.by) & set(_OF_PLACES):
            return False
        spoken = comparison.background.countries.values()
        return len({country for found in spoken for country in found}) > 1

    def country_named(self, country: str) -> str:
        """What a country is called in a heading above its groups."""
        return self.lang.text("countries") if country == "*" else self.lang.name("country", country)

    def share(self, cell: Cell) -> str:
        """The part of the group's passages that match: *20 %*."""
        return self._percent(cell.rate_per_1000 / 10, self._decimals(cell))

    def rate(self, cell: Cell) -> str:
        """The same; in brackets where the group is too small to compare."""
        text = self.share(cell)
        return f"({text})" if cell.small else text

    def interval(self, cell: Cell) -> str:
        """Between which shares it may lie: *10 to 35 %*."""
        decimals, low, high = self._decimals(cell), cell.low / 10, cell.high / 10
        first = self.lang.number(low, shown_decimals(low, decimals))
        return self.lang.text("from_to", low=first, high=self._percent(high, decimals))

    def mean(self, theme: str) -> str:
        """The share of all groups together."""
        size = self.comparison.size.passages
        found = self.comparison.totals.get(theme, Total()).passages
        low, high = wilson(found, size)
        return self._percent(100 * found / size if size else 0, decimals_of(100 * low, 100 * high))

    def mark(self, rate: float) -> str:
        """A round rate per 1,000, as a mark of a scale in per cent writes it."""
        return self._percent(rate / 10, shown_decimals(rate / 10, int(rate % 10 > 0)))

    def _percent(self, value: float, decimals: int) -> str:
        return self.lang.percent(value / 100, shown_decimals(value, decimals))

    @staticmethod
    def _decimals(cell: Cell) -> int:
        return decimals_of(cell.low / 10, cell.high / 10)

    def found_of(self, cell: Cell) -> str:
        """*12 of 430 passages*."""
        found = self.lang.number(cell.passages)
        return self.lang.counted("found_of", cell.of_passages, found=found)

    def groups(self) -> list[Group]:
        """The groups in order, those of a country together; the unknown come last. By value
        it is that of the first question."""
        groups, themes = self.comparison.groups, self.comparison.themes
        if self.sort == "name" or not themes:
            return sorted(groups, key=lambda group: (self._first(group), self._order(group)))
        cells = {cell.group: cell for cell in self.comparison.cells_of(themes[0].id)}
        return self._by_value([(group, cells[group.values]) for group in groups])

    def ranked(self, pairs: Sequence[Pair]) -> list[Pair]:
        """The groups of one question in order: by value it is that of this question."""
        cells = {cell.group: (number, cell) for number, _, cell in pairs}
        if self.sort == "name":
            return list(pairs)
        order = self._by_value([(group, cell) for _, group, cell in pairs])
        return [(cells[one.values][0], one, cells[one.values][1]) for one in order]

    def _by_value(self, cells: Sequence[tuple[Group, Cell]]) -> list[Group]:
        if self.comparison.by == ("year",):
            return sorted((group for group, _ in cells), key=self._order)

        def key(pair: tuple[Group, Cell]) -> tuple[object, ...]:
            # What is too small to compare has no place among the others.
            group, cell = pair
            return self._first(group), group.small, -cell.rate_per_1000, self._order(group)

        return [group for group, _ in sorted(cells, key=key)]

    def numbered(self) -> Iterator[tuple[int, Question, list[Pair]]]:
        """The questions with their numbers, from 1, and the groups with theirs and their cells."""
        groups = self.groups()
        for at, question in enumerate(self.comparison.themes, 1):
            cells = {cell.group: cell for cell in self.comparison.cells_of(question.id)}
            pairs = [(number, one, cells[one.values]) for number, one in enumerate(groups, 1)]
            yield at, question, pairs

    def _first(self, group: Group) -> tuple[bool, int, str]:
        """Where the country of a group stands: by its name, several and none after them."""
        country = self.country(group)
        if country is None:
            return not group.known, 0, ""
        apart = ("*", "").index(country) + 1 if country in ("*", "") else 0
        return False, apart, self.lang.order(self.country_named(country))

    def _order(self, group: Group) -> list[tuple[bool, str, str]]:
        found = []
        parts = zip(self.comparison.by, group.values, group.labels, strict=True)
        for name, value, label in parts:
            # The regions of a country stand together: their codes begin with it.
            first = value.partition("-")[0] if name == "region" and self.sort == "name" else ""
            shown = self._name(name, value, label)
            found.append((not value, first, self.lang.order(shown)))
        return found


@dataclass(frozen=True, slots=True)
class Report:
    """All that one report shows: a comparison, and how it came about.

    ``query`` and ``command`` are as typed, ``definitions`` say of themes what they mean,
    by id, ``links`` are web addresses of passages, by theirs; ``made`` is the day on which
    the report was made, ``documents`` how many there are in scope, ``sources`` those in which
    something was found, and ``source`` what a reader is told that the texts are; ``copies`` are
    the paths of what documents repeat, by their ids, ``wholes`` the addresses of pages with
    all passages of a cell, by theme and group.
    """

    names: Names
    made: date
    version: str
    documents: int = 0
    silences: Sequence[Silence] = ()
    sources: Sequence[Source] = ()
    title: str = ""
    source: str = ""
    query: str = ""
    command: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    wholes: Mapping[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)

    @property
    def comparison(self) -> Comparison:
        """What is shown."""
        return self.names.comparison

    @property
    def lang(self) -> UiLanguage:
        """The language of the report."""
        return self.names.lang

    @property
    def heading(self) -> str:
        """The title, or else what is compared."""
        return self.title or self.names.asked
