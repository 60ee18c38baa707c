"""The strongest passages of groups next to each other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from progsearch.cli._support.comparison import heading, named, write_chosen
from progsearch.cli._support.output import use_colour
from progsearch.cli._support.screen import console
from progsearch.compare import Comparison
from progsearch.export.display import pieces
from progsearch.model import place_of
from progsearch.search import Hit
from progsearch.visible import visible

__all__ = ["write_side_by_side"]

_NARROWEST = 34  # columns of a passage beside others
_BETWEEN = 3
_LONGEST = 420  # characters of a passage beside others


def write_side_by_side(comparison: Comparison, out: TextIO) -> None:
    """The strongest passages of the groups next to each other, as many as fit."""
    width = shutil.get_terminal_size((100, 24)).columns
    screen = console(out, width)
    fitting = max(1, (width + _BETWEEN) // (_NARROWEST + _BETWEEN))
    colour = use_colour(out)
    for question in comparison.themes:
        spoken = [
            (group, cell)
            for group, cell in zip(comparison.groups, comparison.cells_of(question.id), strict=True)
            if cell.evidence
        ]
        screen.print(heading(question))
        write_chosen(comparison, screen)
        for start in range(0, len(spoken), fitting):
            part = spoken[start : start + fitting]
            table = Table(
                box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", width=width
            )
            wide = (width + _BETWEEN) // len(part) - _BETWEEN
            for group, cell in part:
                name = " · ".join(named(comparison.by, group)) or "all"
                head = f"{name}\n{cell.passages:,} of {cell.of_passages:,} passages"
                table.add_column(Text(head), ratio=1, overflow="fold")
            for row in _rows([cell.evidence for _, cell in part]):
                table.add_row(*(_passage(hit, wide, colour=colour) for hit in row))
                table.add_row()
            screen.print(table)
        if not spoken:
            screen.print("no passage matches")


def _rows(columns: Sequence[Sequence[Hit]]) -> Iterator[list[Hit | None]]:
    for at in range(max(map(len, columns))):
        yield [hits[at] if at < len(hits) else None for hits in columns]


def _passage(hit: Hit | None, width: int, *, colour: bool) -> Text:
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
    passage = hit.passage
    place = _folded(place_of(visible(hit.file), passage), width)
    text.append(f"\n{passage.role.value}, {passage.commitment}\n{place}", style="dim")
    return text


def _folded(place: str, width: int) -> str:
    """A path in lines that end with a slash where they can."""
    lines = [""]
    for part in place.replace("/", "/\n").split("\n"):
        if lines[-1] and len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)
