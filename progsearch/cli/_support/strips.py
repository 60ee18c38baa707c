"""Where in documents something stands, as strips on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from progsearch.cli._support.comparison import columns_of_groups
from progsearch.cli._support.grid import GridColumn, Text, grid
from progsearch.cli._support.screen import Screen
from progsearch.concordance import Dispersion
from progsearch.visible import visible

__all__ = ["strip", "write_strips"]

_STRIP, _SHARE = 40, 5  # columns of a strip at most, or a fifth of the screen
_FILE = 16  # columns to which the name of a file may be folded
_MARKS = "·▁▂▃▄▅▆▇█"


def strip(places: Sequence[float], width: int) -> str:
    """Places from 0 to 1 along a line; the more in a column, the higher it is."""
    counts = [0] * width
    for place in places:
        counts[min(width - 1, int(place * width))] += 1
    most, last = max(counts), len(_MARKS) - 1
    return "".join(_MARKS[-(-last * count // most)] for count in counts)


def write_strips(found: Dispersion, out: TextIO) -> None:
    """Write a row a document: its file, how often it has it, and where."""
    screen = Screen(out)
    if not found.documents:
        screen.print("no place matches")
        return
    groups = {group.values: group for group in found.groups}
    rows = [groups[row.group] for row in found.documents]
    columns = columns_of_groups(found.by, rows, [""] * len(rows), screen.width) if found.by else []
    wide = max(8, min(_STRIP, screen.width // _SHARE))
    columns += [
        GridColumn(
            "file", [Text(visible(row.file)) for row in found.documents], right=False, least=_FILE
        ),
        GridColumn("count", [Text(f"{len(row.places):,}") for row in found.documents]),
        GridColumn("words", [Text(f"{row.words:,}") for row in found.documents], spare=1),
        GridColumn(
            f"0{'1':>{wide - 1}}",
            [Text(strip(row.places, wide), style="cyan") for row in found.documents],
            right=False,
        ),
    ]
    screen.print(grid(columns, screen.width))
