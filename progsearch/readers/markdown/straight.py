"""Drawn tables of Markdown as rows of a line each, where their cells are wrapped side by side.

    +------------------+-----------+
    | We will build    | Kept, but |        | We will build schools | Kept, but late |
    | schools          | late      |
    +------------------+-----------+

A row is a slice of its text, and there the lines of its cells lie between each other. So a text
with such a row is read with the table written as a pipe table, and pipe tables without bars at
the edges with these; lines keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from progsearch.blocks.lines import Line, lines_of, unified
from progsearch.model import Shape
from progsearch.readers.markdown.dashes import Slice
from progsearch.readers.markdown.drawnrows import Drawn, cell_pieces, drawn_at

__all__ = ["Straight", "straightened", "with_straight_grids"]

_BARE_RULE = re.compile(r":?-+:?(?:[ \t]*+\|[ \t]*+:?-+:?)+[ \t]*+\|?$")
"""What stands below the head of a table (GitHub Flavored Markdown, "Tables")."""


class Straight(NamedTuple):
    """A text, and the numbers that its lines had; none where nothing was changed."""

    text: str
    lines: tuple[int, ...] = ()


def straightened(text: str) -> Straight:
    """The text with the drawn tables whose cells are wrapped, or that have no bars, as pipe
    tables."""
    if "--" not in text and "|" not in text:
        return Straight(text)
    return _straight(text, between="<br>")


def with_straight_grids(text: str) -> Straight:
    """A plain text with its grids whose cells are wrapped as rows of a line each; what else is
    drawn with dashes there may be a line below a heading."""
    return _straight(text, between=" ", grids=True) if "+--" in text else Straight(text)


def _straight(text: str, *, between: str, grids: bool = False) -> Straight:
    """``between`` are the pieces of a cell; of ``grids`` alone, or of all tables."""
    source = unified(text)
    lines = list(lines_of(source))
    written = source.split("\n")
    done: list[tuple[str, int]] = []
    at = kept = 0
    while at < len(lines):
        if not grids and (end := _bare_end(lines, at)):
            done += [(written[n], n + 1) for n in range(kept, at)]
            done += [
                (f"| {lines[n].text.removesuffix('|').strip()} |", n + 1) for n in range(at, end)
            ]
            at = kept = end
            continue
        drawn = drawn_at(source, lines, at) if lines[at].text else None
        if drawn is None or (grids and not drawn.grid) or not _is_crooked(source, drawn):
            at = drawn.end if drawn else at + 1
            continue
        indent = written[at][: len(written[at]) - len(written[at].lstrip())]
        done += [(written[n], n + 1) for n in range(kept, at)]
        done += [(indent + line, n + 1) for line, n in _as_pipes(source, drawn, between)]
        at = kept = drawn.end
    if not done:
        return Straight(text)
    done += [(written[n], n + 1) for n in range(kept, len(written))]
    return Straight("\n".join(line for line, _ in done), tuple(number for _, number in done))


def _bare_end(lines: Sequence[Line], at: int) -> int:
    """Where a pipe table ends that begins at a line and has no bars at the beginnings of its
    lines; 0 where there is none."""
    if at + 1 >= len(lines) or not _BARE_RULE.match(lines[at + 1].text):
        return 0
    first = lines[at].text
    if first.startswith("|") or first.rstrip("|").count("|") != lines[at + 1].text.strip("|").count(
        "|"
    ):
        return 0
    end = at + 2
    while end < len(lines) and "|" in lines[end].text and not lines[end].text.startswith("|"):
        end += 1
    return end


def _is_crooked(text: str, drawn: Drawn) -> bool:
    """Whether a row is no slice of the text that tells its cells apart."""
    if not drawn.grid:
        return True
    for row in drawn.rows:
        high = [cell for cell in row.cells if sum(start < end for start, end in cell) > 1]
        pieces = [one for one, _ in cell_pieces(text, high[0])] if len(high) == 1 else []
        listed = len(pieces) > 1 or any(one.shape is Shape.ITEM for one in pieces)
        if high and not listed:
            return True
    return False


def _as_pipes(text: str, drawn: Drawn, between: str) -> Iterator[tuple[str, int]]:
    """The lines of a pipe table with the same rows, and the numbers of theirs."""
    heads = [row for row in drawn.rows if row.heads]
    if heads:
        columns = zip(*(row.cells for row in heads), strict=True)
        cells = [[line for cell in column for line in cell] for column in columns]
        yield _pipes([_words(text, cell) for cell in cells]), heads[0].at
        yield _pipes(["---"] * len(cells)), heads[-1].at
    for row in drawn.rows:
        if not row.heads:
            cells_of_row = [between.join(_pieces(text, cell)) for cell in row.cells]
            yield _pipes(cells_of_row), row.at


def _pieces(text: str, cell: Sequence[Slice]) -> Iterator[str]:
    return (_words(text, lines) for _, lines in cell_pieces(text, cell))


def _words(text: str, lines: Sequence[Slice]) -> str:
    words = " ".join(text[start:end] for start, end in lines if start < end)
    return words.replace("|", "\\|")


def _pipes(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
