"""Key figures: large numbers, each over the few words that say what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from progsearch.blocks.bullets import mark_of
from progsearch.readers.pdf.layout import Piece

__all__ = ["is_figure", "parts_of"]

LARGER = 1.4
"""How much larger than its words a key figure is."""
NEAR = 2.2
"""How far below a figure its words begin at most, in the figure's size, and each line of them
below the one above, in its own."""
SHORT = 4
"""Letters of a unit, or of a small word, beside the digits: *mld.*, *of*."""
MOST = 400
"""A page with more pieces is not looked at: it is a table."""


class _Group(NamedTuple):
    figure: Piece
    words: list[Piece]


def is_figure(text: str) -> bool:
    """Whether a text is a number, with a unit or a small word: *8,000*, *£2bn*, *1 av 3*."""
    tokens = text.split()
    if not tokens or not any(map(str.isdigit, tokens[0])) or mark_of(text) is not None:
        return False
    return all(map(_is_of_figure, tokens)) and sum(map(str.isalpha, text)) <= 2 * SHORT


def _is_of_figure(token: str) -> bool:
    letters = sum(map(str.isalpha, token))
    if any(map(str.isdigit, token)):
        return letters <= SHORT
    return letters <= SHORT and not token.isupper()


def parts_of(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces of a part of a page, where rows of key figures stand: what is above, each figure
    with its words, in their size, and what is below.

    One alone is told by words that go on in small letters; a number of a chapter and a year
    stand over a title.
    """
    rest = list(pieces)
    for row in _rows(rest):
        taken = {id(one) for group in row for one in (group.figure, *group.words)}
        low = min(one.base for group in row for one in group.words)
        high = max(group.figure.top for group in row)
        above = [one for one in rest if id(one) not in taken and one.base >= high]
        rest = [one for one in rest if id(one) not in taken and one.base < high]
        if any(one.top > low for one in rest):  # something else stands beside them
            yield [*above, *(one for group in row for one in _written(group)), *rest]
            return
        if above:
            yield above
        yield from map(_written, row)
    if rest:
        yield rest


def _written(group: _Group) -> list[Piece]:
    first = group.words[0]
    base = first.base + 1.2 * first.size
    figure = replace(group.figure, size=first.size, base=base, bold=0, key=True)
    return [figure, *(replace(one, key=True) for one in group.words)]


def _rows(pieces: Sequence[Piece]) -> list[list[_Group]]:
    """The figures side by side, the highest row first."""
    if len(pieces) > MOST:
        return []
    figures = sorted(
        (one for one in pieces if not (one.cells or one.key) and is_figure(one.text)),
        key=lambda one: (-one.base, one.x0),
    )
    rows: list[list[Piece]] = []
    for figure in figures:
        if rows and abs(rows[-1][-1].base - figure.base) < 0.3 * figure.size:
            rows[-1].append(figure)
        else:
            rows.append([figure])
    made = [[_Group(one, _words_below(one, row, pieces)) for one in row] for row in rows]
    return [row for row in made if all(group.words for group in row) and _tells(row)]


def _words_below(figure: Piece, row: Sequence[Piece], pieces: Sequence[Piece]) -> list[Piece]:
    """The lines of smaller words right below a figure of a row, in its column."""
    below = sorted(
        (
            one
            for one in pieces
            if one.base < figure.base and one.x0 < figure.x1 and one.x1 > figure.x0
        ),
        key=lambda one: -one.base,
    )
    found: list[Piece] = []
    last = figure
    for one in below:
        if last.base - one.base > NEAR * last.size or figure.size < LARGER * one.size:
            break
        if found and abs(one.size - found[0].size) > 0.5:
            break
        across = sum(one.x0 < other.x1 and one.x1 > other.x0 for other in row) > 1
        if across or not one.letters or is_figure(one.text):
            break
        found.append(one)
        last = one
    return found


def _tells(row: Sequence[_Group]) -> bool:
    numbers = [group.figure.text.strip() for group in row]
    plain = [int(one) for one in numbers if one.isdecimal()]
    if len(row) == 1:
        bare = bool(plain) and (plain[0] < 100 or 1900 <= plain[0] < 2100)
        return not bare and row[0].words[0].text.strip()[:1].islower()
    steps = len(plain) == len(row) and all(0 < b - a < 6 for a, b in pairwise(plain))
    apart = all(
        max(one.x1 for one in (a.figure, *a.words)) < min(one.x0 for one in (b.figure, *b.words))
        for a, b in pairwise(row)
    )
    return apart and not steps
