"""Columns of Markdown that stand below a line of dashes, and the rows of such a table.

    Name     Promise
    -------- ----------------
    Schools  More teachers

Source: "Pandoc User's Guide", Tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from progsearch.blocks.lines import Line

__all__ = ["Parts", "Slice", "below_dashes", "cells_below"]

MAX_HEAD = 4
"""Lines of a head over columns."""
MAX_TABLE = 2_000
"""Lines of a table without an end."""
_DASHES = re.compile(r"-{2,}(?:[ \t]+-{2,})+$")
_RULE = re.compile(r"-{6,}$")

Slice = tuple[int, int]
"""Where a text begins, and where it ends."""


class Parts(NamedTuple):
    """A table below dashes: its first line, that of the dashes, that behind it, and its rows."""

    top: int
    dashes: int
    end: int
    rows: list[list[Line]]


def below_dashes(text: str, lines: Sequence[Line], at: int) -> Parts | None:
    """The table whose head, or whose line of dashes, begins at a line, if one does."""
    first = at
    ruled = bool(_RULE.match(lines[at].text))
    top = at + ruled
    dashes = next(
        (n for n in range(top, min(top + MAX_HEAD, len(lines))) if _DASHES.match(lines[n].text)),
        None,
    )
    if dashes is None or any(not lines[n].text for n in range(top, dashes)):
        return None
    if dashes > top + 1 and not ruled:
        return None  # of several lines of a text above the dashes only the last one is a head
    parted = ruled
    stop = dashes + 1
    while stop < len(lines) and stop - first < MAX_TABLE:
        line = lines[stop].text
        if _RULE.match(line) or _DASHES.match(line):
            break
        if not line and not ruled and dashes > top:
            break
        stop += 1
    closed = stop < len(lines) and bool(lines[stop].text)
    if (ruled or dashes == top) and not closed:
        return None
    spans = _spans(lines[dashes])
    rows = list(
        _rows_below(lines[dashes + 1 : stop], parted=parted or _has_blank(lines, dashes, stop))
    )
    if not rows or not all(_fits(text, row[0], lines[dashes], spans) for row in rows):
        return None
    return Parts(top, dashes, stop + closed, rows)


def _has_blank(lines: Sequence[Line], dashes: int, stop: int) -> bool:
    return any(not line.text for line in lines[dashes + 1 : stop])


def _rows_below(lines: Sequence[Line], *, parted: bool) -> Iterator[list[Line]]:
    """The rows: a line each, or those that blank lines part."""
    row: list[Line] = []
    for line in lines:
        if line.text:
            row.append(line)
        if row and (not line.text or not parted):
            yield row
            row = []
    if row:
        yield row


def _spans(dashes: Line) -> list[Slice]:
    return [found.span() for found in re.finditer(r"-+", dashes.text)]


def _fits(text: str, line: Line, dashes: Line, spans: Sequence[Slice]) -> bool:
    """Whether a line has blanks where the line of dashes has them, in the most."""
    shift = _column_of(text, line.start) - _column_of(text, dashes.start)
    gaps = [(left[1], right[0]) for left, right in pairwise(spans)]
    clear = sum(
        all(
            not 0 <= place - shift < len(line.text) or line.text[place - shift].isspace()
            for place in range(*gap)
        )
        for gap in gaps
    )
    return clear == len(gaps)


def _column_of(text: str, place: int) -> int:
    return place - (text.rfind("\n", 0, place) + 1)


def _ends(starts: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    """Where each column begins, and where the next one does."""
    return zip(starts, [*starts[1:], None], strict=True)


def _between(text: str, line: Line, left: int, right: int | None) -> Slice:
    """What of a line stands between two places of it."""
    first = _column_of(text, line.start)
    start = min(line.start + max(0, left - first), line.end)
    end = line.end if right is None else max(start, min(line.end, line.start + right - first))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def cells_below(text: str, dashes: Line, inside: Sequence[Line]) -> list[list[Slice]]:
    """What stands in each column of some lines, a slice a line."""
    left = _column_of(text, dashes.start)
    starts = [0, *(left + span[0] for span in _spans(dashes)[1:])]
    return [[_between(text, line, a, b) for line in inside] for a, b in _ends(starts)]
