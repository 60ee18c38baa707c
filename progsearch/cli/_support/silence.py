"""Silences on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from progsearch.cli._support.comparison import WIDE, broken, columns_of_groups, named
from progsearch.cli._support.grid import Grid, GridColumn, Text, grid
from progsearch.cli._support.screen import Screen
from progsearch.compare import Comparison, Silence, Why
from progsearch.visible import visible

__all__ = ["write_silences"]

_NAMES = {
    Why.FILTERED: "only text that the filters leave out",
    Why.ABSENT: "no text in the corpus",
}


def write_silences(comparison: Comparison, silences: Sequence[Silence], out: TextIO) -> None:
    """Who says nothing, a table for each dimension; then who has no text to say it in."""
    screen = Screen(out)
    if not any(one.why is Why.NOTHING for one in silences):
        screen.print("every group that has text says something")
        screen.print()
    for by in dict.fromkeys(one.by for one in silences):
        found = [one for one in silences if one.by == by and one.why is Why.NOTHING]
        if found:
            table = _table(by, found, screen.width, themes=len(comparison.themes) > 1)
            screen.print(table)
            screen.print()
        for why, told in _NAMES.items():
            groups = [one.group for one in silences if one.by == by and one.why is why]
            names = dict.fromkeys(" · ".join(named(by, group)) for group in groups)
            if names:
                screen.print(Text(f"{told}: {', '.join(names)}"))
                screen.print()


def _table(by: Sequence[str], silences: Sequence[Silence], width: int, *, themes: bool) -> Grid:
    styles = ["dim" if one.small else "" for one in silences]

    def column(name: str, texts: Sequence[str], spare: int = 0) -> GridColumn:
        pairs = zip(texts, styles, strict=True)
        shown = [Text(text, style=style) for text, style in pairs]
        return GridColumn(name, shown, right=name not in ("nothing on", ""), spare=spare)

    columns = []
    if themes:
        shorten = broken if width < WIDE else str
        columns.append(column("nothing on", [shorten(visible(one.theme)) for one in silences]))
    columns += columns_of_groups(by, [one.group for one in silences], styles, width)
    columns += [
        column("passages", [f"{one.group.passages:,}" for one in silences]),
        column("documents", [f"{one.group.documents:,}" for one in silences], 3),
        column("words", [f"{one.group.words:,}" for one in silences], 2),
        column("expected", [f"{one.expected:,.1f}" for one in silences]),
        column("at most per 1,000", [f"{one.high:,.1f}" for one in silences], 1),
    ]
    if any(styles):
        columns.append(column("", ["small" if one.small else "" for one in silences]))
    return grid(columns, width)
