"""What a report is made of, and what its things are called in its language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

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
from progsearch.report.language import UiLanguage

__all__ = ["Names", "Pair", "Report"]

Pair: TypeAlias = tuple[int, Group, Cell]
"""A group with its number, from 1, and its cell of one question."""


@dataclass(frozen=True, slots=True)
class Names:
    """A comparison as people read it in a language: what its groups and numbers are called."""

    comparison: Comparison
    lang: UiLanguage

    @property
    def by(self) -> str:
        """What the groups are made by: *by region and by party*."""
        if not self.comparison.by:
            return self.lang.text("everything")
        return self.lang.listed([self.lang.name("by", name) for name in self.comparison.by])

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
        return " · ".join(self.lang.name(name, value, label) for name, value, label in parts)

    def rate(self, cell: Cell) -> str:
        """A rate; in brackets where the group is too small to compare."""
        text = self.lang.number(cell.rate_per_1000, 1)
        return f"({text})" if cell.small else text

    def found_of(self, cell: Cell) -> str:
        """*12 of 430 passages*."""
        found = self.lang.number(cell.passages)
        return self.lang.counted("found_of", cell.of_passages, found=found)

    def groups(self) -> list[Group]:
        """The groups in the order of what they are called; the unknown come last."""
        return sorted(self.comparison.groups, key=self._order)

    def numbered(self) -> Iterator[tuple[int, Question, list[Pair]]]:
        """The questions with their numbers, from 1, and the groups with theirs and their cells."""
        groups = self.groups()
        for at, question in enumerate(self.comparison.themes, 1):
            cells = {cell.group: cell for cell in self.comparison.cells_of(question.id)}
            pairs = [(number, one, cells[one.values]) for number, one in enumerate(groups, 1)]
            yield at, question, pairs

    def _order(self, group: Group) -> list[tuple[bool, str, str]]:
        found = []
        parts = zip(self.comparison.by, group.values, group.labels, strict=True)
        for name, value, label in parts:
            # The regions of a country stand together: their codes begin with it.
            first = value.partition("-")[0] if name == "region" else ""
            shown = self.lang.name(name, value, label)
            found.append((not value, first, self.lang.order(shown)))
        return found


@dataclass(frozen=True, slots=True)
class Report:
    """All that one report shows: a comparison, and how it came about.

    ``query`` and ``command`` are as typed, ``definitions`` say of themes what they mean,
    by id, ``links`` are web addresses of passages, by theirs, ``wholes`` those of pages with
    all passages of a cell, by theme and group; ``made`` is the day on which the report was made,
    ``documents`` how many there are in scope.
    """

    names: Names
    made: date
    version: str
    documents: int = 0
    silences: Sequence[Silence] = ()
    title: str = ""
    query: str = ""
    command: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    wholes: Mapping[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

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
        return self.title or self.lang.listed([one.label for one in self.comparison.themes])
