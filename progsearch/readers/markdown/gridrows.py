"""Rows of a drawn table that no rule parts from each other.

    | Schools | More teachers and     | Kept |
    |         | smaller classes.      |      |
    | Health  | Shorter waiting lists | Late |

A cell that is wrapped goes on in small letters, or with a word that had no room on the line above.
A row begins where that holds of no cell, and where some cell would have had the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from progsearch.blocks.bullets import mark_of
from progsearch.blocks.sentences import ends_sentence
from progsearch.readers.markdown.dashes import Slice

__all__ = ["first_lines"]


class _Cell(Enum):
    """How what stands in a line of a cell belongs to the lines of it above."""

    GOES_ON = 0
    MAY_GO_ON = 1
    BEGINS = 2


def first_lines(text: str, columns: Sequence[Sequence[Slice]], widths: Sequence[int]) -> list[int]:
    """The lines, from 0, that begin a row among lines that rules stand around.

    ``columns`` are those of the table, each with a slice a line, ``widths`` how many letters
    their cells have room for.
    """
    count = max(map(len, columns), default=0)
    starts = [0]
    for line in range(1, count):
        filled = [n for n, cells in enumerate(columns) if cells[line][0] < cells[line][1]]
        if len(filled) < min(2, len(columns)):
            continue
        told = [_told(text, columns[n][starts[-1] : line + 1], widths[n]) for n in filled]
        if _Cell.GOES_ON in told or _Cell.BEGINS not in told:
            continue
        if filled[0] == 0 or _all_said(text, [columns[n][: line + 1] for n in filled]):
            starts.append(line)
    return starts


def _told(text: str, cell: Sequence[Slice], width: int) -> _Cell:
    """How the last line of a cell belongs to those above it in its row."""
    *above, (start, end) = cell
    before = next((one for one in reversed(above) if one[0] < one[1]), None)
    if before is None or above[-1] != before:
        return _Cell.BEGINS
    said = text[slice(*before)]
    if text[start].islower() and not ends_sentence(said):
        return _Cell.GOES_ON
    word = text[start:end].split(maxsplit=1)[0]
    return _Cell.BEGINS if len(said) + 1 + len(word) <= width else _Cell.MAY_GO_ON


def _all_said(text: str, cells: Sequence[Sequence[Slice]]) -> bool:
    """Whether a row without a name begins: what stands above has ended, and none is a list."""
    before = [next((one for one in reversed(cell[:-1]) if one[0] < one[1]), None) for cell in cells]
    ended = [one is not None and ends_sentence(text[slice(*one)]) for one in before]
    listed = any(mark_of(text, *cell[-1], markdown=True) for cell in cells)
    return any(ended) and not listed
