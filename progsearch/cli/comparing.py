"""Comparisons on a terminal: tables with their intervals drawn, and passages side by side."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from progsearch.cli.hits import write_hits
from progsearch.cli.output import use_colour
from progsearch.compare import Cell, Comparison, Difference, Differences, Group, Question
from progsearch.compare.keywords import Keywords
from progsearch.export.display import pieces, visible
from progsearch.search import Hit

__all__ = [
    "console",
    "named",
    "write_comparison",
    "write_evidence",
    "write_keywords",
    "write_side_by_side",
    "write_wide",
]

CHART = 24
"""Columns of a drawn interval."""

_DRAWN = 110  # columns of a terminal in which there is room for it
_NARROWEST = 34  # columns of a passage beside others
_LONGEST = 420  # characters of a passage beside others
_HEAT = ("", "on grey23", "white on dark_blue", "white on blue", "black on bright_cyan")


def console(out: TextIO, width: int | None = None) -> Console:
    """A console that writes there; what is read by a program has one row a line."""
    return Console(
        file=out,
        no_color=not use_colour(out),
        force_terminal=use_colour(out),
        width=width or (None if out.isatty() else 10_000),
        highlight=False,
    )


def _width() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def named(by: Sequence[str], group: Group) -> list[str]:
    """A group as people know it: a region with its code before its name."""
    return [
        f"{value} {label}" if name == "region" and value else visible(label)
        for name, value, label in zip(by, group.values, group.labels, strict=True)
    ]


def write_comparison(comparison: Comparison, out: TextIO, tests: Differences | None = None) -> None:
    """One table a question: counts, rates and their intervals, which are drawn, too."""
    screen = console(out)
    drawn = not out.isatty() or _width() > _DRAWN
    for question in comparison.themes:
        cells = comparison.cells_of(question.id)
        screen.print(Text(_heading(question), style="bold"))
        screen.print(_table(comparison, cells, tests, drawn=drawn))
        spread = next((s for s in tests.spreads if s.theme == question.id), None) if tests else None
        if spread:
            told = "differ" if spread.differs else "cannot be told apart"
            screen.print(
                f"the {spread.groups} groups {told}: G² = {spread.g2:,.1f}, "
                f"{spread.degrees} degrees of freedom, {_probability(spread.corrected)} (Holm)"
            )
        if question is not comparison.themes[-1]:
            screen.print()


def _heading(question: Question) -> str:
    label = "" if question.label == question.id else f" · {question.label}"
    return visible(f"{question.id}{label}")


def _table(
    comparison: Comparison, cells: Sequence[Cell], tests: Differences | None, *, drawn: bool
) -> Table:
    top = _top(cells)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for name in comparison.by or ("",):
        table.add_column(name, overflow="fold")
    for name in ("passages", "documents", "of", "per 1,000", "95 % interval", "of words"):
        table.add_column(name, justify="right", no_wrap=True)
    if drawn:
        table.add_column(f"0{f'{top:,.0f}':>{CHART - 1}}", no_wrap=True)
    if tests:
        table.add_column("difference", no_wrap=True)
    table.add_column("", no_wrap=True)
    for group, cell in zip(comparison.groups, cells, strict=True):
        style = "dim" if cell.small else ""
        row = [Text(part, style=style) for part in named(comparison.by, group) or ["all"]]
        row += [
            Text(text, style=style)
            for text in (
                f"{cell.passages:,}",
                f"{cell.documents:,}",
                f"{cell.of_passages:,}",
                f"{cell.rate_per_1000:,.1f}",
                f"{cell.low:,.1f}–{cell.high:,.1f}",
                f"{cell.share_of_words:.1%}",
            )
        ]
        row += [Text(_drawn(cell, top), style=style or "cyan")] if drawn else []
        row += [_difference(tests.of(cell.theme, cell.group))] if tests else []
        table.add_row(*row, Text("small" if cell.small else "", style="dim"))
    return table


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


def _difference(found: Difference | None) -> Text:
    if found is None:
        return Text("")
    if not found.called:
        return Text(f"none ({_probability(found.corrected)})", style="dim")
    times = 2 ** abs(found.ratio)
    told = f"{found.called} ×{times:.1f}" if found.rest and found.passages else found.called
    style = "bold magenta" if found.called == "more" else "bold blue"
    return Text(f"{told} ({_probability(found.corrected)})", style=style)


def _probability(p: float) -> str:
    return "p < .001" if p < 0.001 else f"p = {p:.3f}".replace("0.", ".")


def write_wide(comparison: Comparison, out: TextIO) -> None:
    """The rates of all questions beside each other; the colours are those of a heat map."""
    screen = console(out)
    top = max((cell.rate_per_1000 for cell in comparison.cells if not cell.small), default=0.0)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for name in comparison.by or ("",):
        table.add_column(name, overflow="fold")
    table.add_column("passages", justify="right", no_wrap=True)
    for question in comparison.themes:
        table.add_column(visible(question.id), justify="right", overflow="fold")
    rows = comparison.by_group()
    for group in comparison.groups:
        cells = [_heat(cell, top) for cell in rows[group.values]]
        names = [Text(part) for part in named(comparison.by, group) or ["all"]]
        table.add_row(*names, Text(f"{group.passages:,}"), *cells)
    screen.print(table)


def _heat(cell: Cell, top: float) -> Text:
    shown = f"{cell.rate_per_1000:,.1f}" if cell.passages else "0"
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


def write_side_by_side(comparison: Comparison, out: TextIO) -> None:
    """The strongest passages of the groups next to each other, as many as fit."""
    width = _width()
    screen = console(out, width)
    fitting = max(1, width // (_NARROWEST + 2))
    colour = use_colour(out)
    for question in comparison.themes:
        spoken = [
            (group, cell)
            for group, cell in zip(comparison.groups, comparison.cells_of(question.id), strict=True)
            if cell.evidence
        ]
        screen.print(Text(_heading(question), style="bold"))
        for start in range(0, len(spoken), fitting):
            part = spoken[start : start + fitting]
            table = Table(
                box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", width=width
            )
            for group, cell in part:
                name = " · ".join(named(comparison.by, group)) or "all"
                head = f"{name}\n{cell.passages:,} of {cell.of_passages:,} passages"
                table.add_column(Text(head), ratio=1, overflow="fold")
            for row in _rows([cell.evidence for _, cell in part]):
                table.add_row(*(_passage(hit, colour=colour) for hit in row))
                table.add_row()
            screen.print(table)
        if not spoken:
            screen.print("no passage matches")


def _rows(columns: Sequence[Sequence[Hit]]) -> Iterator[list[Hit | None]]:
    for at in range(max(map(len, columns))):
        yield [hits[at] if at < len(hits) else None for hits in columns]


def _passage(hit: Hit | None, *, colour: bool) -> Text:
    text = Text()
    if hit is None:
        return text
    length = 0
    for piece, marked in pieces(hit):
        shown = piece[: max(0, _LONGEST - length)]
        length += len(piece)
        text.append(f"[{shown}]" if marked and not colour else shown, "yellow" if marked else "")
        if length >= _LONGEST:
            text.append("…")
            break
    text.append(f"\n{visible(hit.file)}:{hit.passage.line}", style="dim")
    return text


def write_keywords(found: Keywords, out: TextIO) -> None:
    """One table a group and language: the words, how much more often, and an example."""
    screen = console(out)
    names = {group.values: " · ".join(named(found.by, group)) for group in found.groups}
    for values, lang in dict.fromkeys((word.group, word.lang) for word in found.words):
        words = [word for word in found.words if (word.group, word.lang) == (values, lang)]
        title = f"{names[values]} · {lang} · {words[0].of_words:,} words"
        screen.print(Text(title, style="bold"))
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for name in ("times", "documents", "per 10,000", "others", "G²", "ratio"):
            table.add_column(name, justify="right", no_wrap=True)
        table.add_column("word")
        table.add_column("example", overflow="fold", style="dim")
        for word in words:
            place = word.example
            table.add_row(
                f"{word.count:,}",
                f"{word.documents:,}",
                f"{10_000 * word.count / word.of_words:,.1f}",
                f"{10_000 * word.rest / word.of_rest:,.1f}",
                f"{word.g2:,.1f}",
                f"×{2**word.ratio:,.1f}" if word.rest else "only here",
                Text(visible(word.text), style="bold"),
                Text(f"{place.file}:{place.passage.line}" if place else ""),
            )
        screen.print(table)
        screen.print()
    if not found.words:
        screen.print("no word sets a group apart")
