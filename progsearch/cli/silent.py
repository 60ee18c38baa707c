"""Silences on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from progsearch.cli.comparing import console, named
from progsearch.compare import Comparison, Silence, Why
from progsearch.export.display import visible

__all__ = ["write_silences"]

_NAMES = {
    Why.REPEATS: "only text that repeats others",
    Why.FILTERED: "only text that the filters leave out",
    Why.ABSENT: "no text in the corpus",
}


def write_silences(comparison: Comparison, silences: Sequence[Silence], out: TextIO) -> None:
    """Who says nothing, a table for each dimension; then who has no text to say it in."""
    screen = console(out)
    for by in dict.fromkeys(one.by for one in silences):
        found = [one for one in silences if one.by == by and one.why is Why.NOTHING]
        if found:
            screen.print(_table(by, found, themes=len(comparison.themes) > 1))
            screen.print()
        for why, told in _NAMES.items():
            groups = [one.group for one in silences if one.by == by and one.why is why]
            names = dict.fromkeys(" · ".join(named(by, group)) for group in groups)
            if names:
                screen.print(Text(f"{told}: {', '.join(names)}"))
                screen.print()
    if not silences:
        screen.print("no group says nothing")


def _table(by: Sequence[str], silences: Sequence[Silence], *, themes: bool) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    if themes:
        table.add_column("nothing on", overflow="fold")
    for name in by or ("",):
        table.add_column(name, overflow="fold")
    for name in ("passages", "documents", "words", "expected", "at most per 1,000"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for one in silences:
        group, style = one.group, "dim" if one.small else ""
        numbers = (
            f"{group.passages:,}",
            f"{group.documents:,}",
            f"{group.words:,}",
            f"{one.expected:,.1f}",
            f"{one.high:,.1f}",
        )
        row = [visible(one.theme)] if themes else []
        row += [*(named(by, group) or ["all"]), *numbers, "small" if one.small else ""]
        table.add_row(*(Text(cell, style=style) for cell in row))
    return table
