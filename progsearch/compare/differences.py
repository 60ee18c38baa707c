"""Which differences between groups are more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from progsearch.classes import dataclass
from progsearch.compare.table import Cell, Comparison
from progsearch.statistics import chi_squared_tail, g_squared, holm, log_ratio, p_value, wilson

__all__ = ["LEVEL", "Called", "Difference", "Differences", "Spread", "differences"]

LEVEL = 0.05
"""The corrected probability below which a difference is called one."""

Called = Literal["more", "fewer", ""]


@dataclass(frozen=True, slots=True)
class Spread:
    """Whether a question is spoken of equally often in all groups that can be compared.

    ``g2`` is the log-likelihood ratio with so many ``degrees`` of freedom, ``p`` its
    probability, ``corrected`` the same corrected for the number of questions.
    """

    theme: str
    groups: int
    g2: float
    degrees: int
    p: float
    corrected: float

    @property
    def differs(self) -> bool:
        """Whether the groups differ by more than chance."""
        return self.corrected < LEVEL


@dataclass(frozen=True, slots=True)
class Difference:
    """A group against all others that can be compared, taken together.

    ``ratio`` is the binary logarithm of the ratio of the rates; ``corrected`` is ``p``
    corrected for the number of questions and groups. ``called`` is whether the group has
    more or fewer, which is said only when ``corrected`` is below :data:`LEVEL` and the
    intervals of the group and of the others do not meet.
    """

    theme: str
    group: tuple[str, ...]
    passages: int
    of_passages: int
    rest: int
    of_rest: int
    g2: float
    p: float
    corrected: float
    ratio: float
    called: Called


@dataclass(frozen=True, slots=True)
class Differences:
    """The tests of a comparison.

    Groups that are small take no part in them, nor passages of which it is not known what
    group they belong to.
    """

    spreads: tuple[Spread, ...]
    groups: tuple[Difference, ...]

    def of(self, theme: str, group: tuple[str, ...]) -> Difference | None:
        """The test of a group; nothing for one that takes no part."""
        found = (one for one in self.groups if one.theme == theme and one.group == group)
        return next(found, None)


def differences(comparison: Comparison) -> Differences:
    """Test every question between the groups, and every group against the others.

    The statistic is the log-likelihood ratio G² of passages that match and that do not;
    the probabilities are corrected after Holm, those of questions and those of groups
    apart (:mod:`progsearch.statistics` names the sources).
    """
    compared: list[list[Cell]] = []
    for _, cells in groupby(comparison.cells, key=lambda cell: cell.theme):
        large = [cell for cell in cells if cell.comparable]
        if len(large) > 1:
            compared.append(large)
    return Differences(tuple(_spreads(compared)), tuple(_against_the_others(compared)))


def _spreads(compared: Sequence[Sequence[Cell]]) -> list[Spread]:
    scores = [
        g_squared([cell.passages for cell in cells], [cell.of_passages for cell in cells])
        for cells in compared
    ]
    found = [
        chi_squared_tail(g2, len(cells) - 1) for g2, cells in zip(scores, compared, strict=True)
    ]
    return [
        Spread(cells[0].theme, len(cells), g2, len(cells) - 1, p, corrected)
        for cells, g2, p, corrected in zip(compared, scores, found, holm(found), strict=True)
    ]


def _against_the_others(compared: Sequence[Sequence[Cell]]) -> list[Difference]:
    sides: list[tuple[Cell, int, int, float]] = []
    for cells in compared:
        passages = sum(cell.passages for cell in cells)
        size = sum(cell.of_passages for cell in cells)
        for cell in cells:
            rest, of_rest = passages - cell.passages, size - cell.of_passages
            g2 = g_squared([cell.passages, rest], [cell.of_passages, of_rest])
            sides.append((cell, rest, of_rest, g2))
    # Of two groups each is the other's rest: one test, which is not to be counted twice.
    step = 2 if compared and len(compared[0]) == 2 else 1
    tests = [p_value(g2) for _, _, _, g2 in sides[::step]]
    corrected = holm(tests)
    return [
        _difference(*side, tests[at // step], corrected[at // step])
        for at, side in enumerate(sides)
    ]


def _difference(
    cell: Cell, rest: int, of_rest: int, g2: float, p: float, corrected: float
) -> Difference:
    low, high = wilson(rest, of_rest)
    called: Called = ""
    if corrected < LEVEL:
        called = "more" if cell.low > 1000 * high else "fewer" if cell.high < 1000 * low else ""
    return Difference(
        theme=cell.theme,
        group=cell.group,
        passages=cell.passages,
        of_passages=cell.of_passages,
        rest=rest,
        of_rest=of_rest,
        g2=g2,
        p=p,
        corrected=corrected,
        ratio=log_ratio(cell.passages, cell.of_passages, rest, of_rest),
        called=called,
    )
