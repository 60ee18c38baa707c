"""Comparisons on a terminal: one table a question, or all questions beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, TextIO

from progsearch.cli._support.grid import Grid, GridColumn, Text, grid, room
from progsearch.cli._support.hits import write_hits
from progsearch.cli._support.output import use_colour
from progsearch.cli._support.screen import Screen
from progsearch.compare import Cell, Comparison, Difference, Differences, Group, Question
from progsearch.compare.basis import chosen
from progsearch.compare.differences import LEVEL
from progsearch.export.tables import decimal
from progsearch.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "WIDE",
    "broken",
    "columns_of_groups",
    "heading",
    "named",
    "unknown_from",
    "write_chosen",
    "write_comparison",
    "write_evidence",
    "write_wide",
]

CHART = 24
"""Columns of a drawn interval."""

_NAME, _SHORT_NAME = 20, 12  # columns to which the name of a group may be folded

WIDE = 80
"""Columns of a terminal from which on names need not be folded tightly."""
_THEME = 16  # columns of the name of a theme above its rates
_HEAT = ("", "on grey23", "white on dark_blue", "white on blue", "black on bright_cyan")


def named(by: Sequence[str], group: Group) -> list[str]:
    """A group as people know it: a region with its code before its name, if it has one here."""
    return [
        visible(f"{value} {label}" if name == "region" and value not in ("", label) else label)
        for name, value, label in zip(by, group.values, group.labels, strict=True)
    ]


def columns_of_groups(
    by: Sequence[str], groups: Sequence[Group], styles: Sequence[str], width: int
) -> list[GridColumn]:
    """The columns that name groups, each row in its style."""
    least = _NAME if width >= WIDE else _SHORT_NAME
    rows = [named(by, group) or ["all"] for group in groups]
    return [
        GridColumn(
            name,
            [
                Text(row[at], style=style if one.known else f"italic {style}".strip())
                for row, one, style in zip(rows, groups, styles, strict=True)
            ],
            right=False,
            least=least,
        )
        for at, name in enumerate(by or ("",))
    ]


def write_comparison(comparison: Comparison, out: TextIO, tests: Differences | None = None) -> None:
    """One table a question: counts, rates and their intervals, which are drawn, too."""
    screen = Screen(out)
    for question in comparison.themes:
        cells = comparison.cells_of(question.id)
        screen.print(heading(question))
        write_chosen(comparison, screen)
        screen.print(_table(comparison, cells, tests, screen.width))
        spread = next((s for s in tests.spreads if s.theme == question.id), None) if tests else None
        if spread:
            told = "differ" if spread.differs else "cannot be told apart"
            degrees = f"{spread.degrees} degree{'s' if spread.degrees > 1 else ''} of freedom"
            screen.print(
                f"the {spread.groups} groups {told}: G² = {spread.g2:,.1f}, {degrees}, "
                f"{_probability(spread.corrected)} (Holm)"
            )
        elif tests:
            screen.print("not tested: fewer than two groups can be compared")
        if question is not comparison.themes[-1]:
            screen.print()


def write_chosen(comparison: Comparison, screen: Screen | Console) -> None:
    """Say what is counted of all that is said, where that is not all."""
    counted = chosen(comparison.filters, comparison.by)
    if counted:
        screen.print(Text(f"{counted}, of all that is said"))


def heading(question: Question) -> Text:
    """A question as the title of a table."""
    label = "" if question.label == question.id else f" · {question.label}"
    return Text(visible(f"{question.id}{label}"), style="bold")


def _table(
    comparison: Comparison, cells: Sequence[Cell], tests: Differences | None, width: int
) -> Grid:
    top = _top(cells)
    styles = ["dim" if cell.small else "" for cell in cells]

    def column(name: str, texts: Sequence[str], spare: int = 0) -> GridColumn:
        pairs = zip(texts, styles, strict=True)
        return GridColumn(name, [Text(text, style=style) for text, style in pairs], spare=spare)

    columns = columns_of_groups(comparison.by, comparison.groups, styles, width)
    columns += [
        column("passages", [f"{cell.passages:,}" for cell in cells], spare=2),
        column("documents", [f"{cell.documents:,}" for cell in cells], spare=4),
        column("of", [f"{cell.of_passages:,}" for cell in cells], spare=3),
        column("per 1,000", [decimal(cell.rate_per_1000) for cell in cells]),
        column("95 % interval", [f"{decimal(c.low)}–{decimal(c.high)}" for c in cells], spare=1),
        column("of words", [_share(cell.share_of_words) for cell in cells], spare=5),
        column("per million words", [decimal(cell.per_million_words) for cell in cells], spare=7),
        GridColumn(
            f"0{f'{top:,.0f}':>{CHART - 1}}",
            [
                Text(_drawn(cell, top), style=style or "cyan")
                for cell, style in zip(cells, styles, strict=True)
            ],
            right=False,
            spare=6,
        ),
    ]
    if tests:
        told = [_difference(tests.of(cell.theme, cell.group), small=cell.small) for cell in cells]
        columns.append(GridColumn("difference", told, right=False))
    elif any(styles):
        marks = [Text("small" if cell.small else "", style="dim") for cell in cells]
        columns.append(GridColumn("", marks, right=False))
    return grid(columns, width, unknown_from(comparison.groups))


def _share(part: float) -> str:
    return f"{decimal(100 * part)}%"


def unknown_from(groups: Sequence[Group]) -> int | None:
    """The first of the rows that are no group, but what is left where nothing is known."""
    return next((at for at, group in enumerate(groups) if not group.known), None)


def _top(cells: Sequence[Cell]) -> float:
    """The end of the scale: small groups, whose intervals are wide, may go beyond it."""
    return max((c.high for c in cells if not c.small), default=0) or max(
        (c.high for c in cells), default=1000.0
    )


def _drawn(cell: Cell, top: float) -> str:
    """The interval as a line with its rate: ``  ├──┼────┤``."""
    at = [min(CHART - 1, int(CHART * v / top)) for v in (cell.low, cell.rate_per_1000, cell.high)]
    low, rate, high = at
    line = [" "] * CHART
    line[low : high + 1] = "─" * (high + 1 - low)
    line[low] = "├"
    line[high] = "┤" if cell.high <= top * 1.001 else "→"
    if cell.rate_per_1000 <= top:
        line[rate] = "┼" if cell.passages else "│"
    return "".join(line)


def _difference(found: Difference | None, *, small: bool) -> Text:
    if found is None:
        return Text("small" if small else "", style="dim")
    if not found.called:
        # More than chance, and yet not told: the intervals of the group and the others meet.
        told = "intervals meet" if found.corrected < LEVEL else "none"
        return Text(f"{told} ({_probability(found.corrected)})", style="dim")
    times = 2 ** abs(found.ratio)
    sign = "×" if found.called == "more" else "÷"
    told = f"{found.called} {sign}{times:.1f}" if found.rest and found.passages else found.called
    style = "bold magenta" if found.called == "more" else "bold blue"
    return Text(f"{told} ({_probability(found.corrected)})", style=style)


def _probability(p: float) -> str:
    return "p < .001" if p < 0.001 else f"p = {p:.3f}".replace("0.", ".")


def write_wide(comparison: Comparison, out: TextIO) -> None:
    """The rates of all questions beside each other; the colours are those of a heat map."""
    screen = Screen(out)
    write_chosen(comparison, screen)
    top = max((cell.rate_per_1000 for cell in comparison.cells if not cell.small), default=0.0)
    styles = [""] * len(comparison.groups)
    names = columns_of_groups(comparison.by, comparison.groups, styles, screen.width)
    sizes = [Text(f"{group.passages:,}") for group in comparison.groups]
    names.append(GridColumn("passages", sizes, spare=1))
    columns = [
        GridColumn(
            broken(visible(question.id)),
            [_heat(cell, top) for cell in comparison.cells_of(question.id)],
        )
        for question in comparison.themes
    ]
    for at, part in enumerate(_parts(names, columns, screen.width)):
        if at:
            screen.print()
        screen.print(grid([*names, *part], screen.width, unknown_from(comparison.groups)))


def broken(name: str) -> str:
    """The name of a theme in as many lines as it takes to be narrow."""
    return "\n".join(wrap(name, _THEME)) or name


def _parts(
    names: Sequence[GridColumn], columns: Sequence[GridColumn], width: int
) -> Iterator[Sequence[GridColumn]]:
    """As many columns at a time as there is room for beside the names."""
    start = 0
    while start < len(columns):
        end = start + 1
        while end < len(columns) and room((*names, *columns[start : end + 1])) <= width:
            end += 1
        yield columns[start:end]
        start = end


def _heat(cell: Cell, top: float) -> Text:
    shown = decimal(cell.rate_per_1000) if cell.passages else "0"
    if cell.small:
        return Text(f"({shown})", style="dim")
    step = min(len(_HEAT) - 1, int((len(_HEAT) - 1) * cell.rate_per_1000 / top + 0.5)) if top else 0
    return Text(f" {shown} ", style=_HEAT[step])


def write_evidence(comparison: Comparison, out: TextIO) -> None:
    """The strongest passages of each cell, one below the other."""
    for question in comparison.themes:
        cells = comparison.cells_of(question.id)
        for group, cell in zip(comparison.groups, cells, strict=True):
            if cell.evidence:
                name = " · ".join((*named(comparison.by, group), visible(question.id)))
                out.write(f"\n{name}\n\n")
                write_hits(cell.evidence, out, colour=use_colour(out))
