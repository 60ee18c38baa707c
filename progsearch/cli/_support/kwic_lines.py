"""Keyword in context on a terminal: the words that matched below each other, at any width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from progsearch.cli._support.hits import DIM, MARK, RESET
from progsearch.cli._support.output import use_colour
from progsearch.cli._support.screen import console
from progsearch.compare import Group
from progsearch.concordance import Line
from progsearch.export.display import width_of
from progsearch.export.kwic import head, place, tail
from progsearch.visible import visible

__all__ = ["write_lines"]

_FILE = 100  # columns of a context where lines may be of any length
_GAP = 2
_LEAST, _SHARE = 10, 3  # columns of a place, or a third of the line


def write_lines(
    lines: Sequence[Line],
    by: Sequence[str],
    groups: Mapping[tuple[str, ...], Group],
    out: TextIO,
) -> bool:
    """Write a line each: left, ``[match]``, right, group and place.

    Whether a place is shortened, its beginning left out.
    """
    if not lines:
        return False
    colour = use_colour(out)
    width = console(out).width if out.isatty() else 0
    places = [place(line) for line in lines]
    names = [visible(" · ".join(groups[line.group].labels)) if by else "" for line in lines]
    name = max(map(width_of, names))
    where = max(map(width_of, places))
    match = max(width_of(line.match) for line in lines) + 2
    context = _FILE
    if width:
        name = min(name, max(6, width // 6))
        where = min(where, max(_LEAST, width // _SHARE))
        match = min(match, max(8, width // 4))
        beside = where + _GAP + (name + _GAP if by else 0)
        context = max(1, (width - beside - match) // 2)
    lefts, rights = (
        max(width_of(one) for one in sides)
        for sides in ([line.left for line in lines], [line.right for line in lines])
    )
    # What one side has no use for is the other's.
    before = min(lefts, max(context, 2 * context - rights)) if width else min(lefts, context)
    after = min(rights, max(context, 2 * context - before)) if width else min(rights, context)
    for line, told, group in zip(lines, places, names, strict=True):
        shown = head(line.match, match - 2)
        marked = f"{MARK}{shown}{RESET}" if colour else f"[{shown}]"
        taken = width_of(shown) + (0 if colour else 2)
        left, right = tail(line.left, before), head(line.right, after + match - taken)
        text = " " * (before - width_of(left)) + left + marked + right
        text += " " * (after + match - taken - width_of(right))
        if by:
            short = head(group, name)
            text += " " * _GAP + short + " " * (name - width_of(short))
        at = tail(told, where)
        text += " " * _GAP + (f"{DIM}{at}{RESET}" if colour else at)
        out.write(text.rstrip() + "\n")
    return any(width_of(one) > where for one in places)
