"""Tables of Markdown that are drawn with dashes: grids, and columns below lines of dashes.

    +--------+-------------+         Name     Promise
    | Name   | Promise     |         -------- ----------------
    +========+=============+         Schools  More teachers
    | School | - Teachers  |         Health   More nurses
    |        | - Books     |
    +--------+-------------+

Source: "Pandoc User's Guide", Tables. A row is a slice of the text, also where it has several
lines; where one cell holds a list or paragraphs of a line each, these are blocks of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from progsearch.blocks.bullets import mark_of, numbering
from progsearch.blocks.levels import LABEL_LEVEL
from progsearch.blocks.lines import Line, lines_of
from progsearch.blocks.marks import has_words
from progsearch.blocks.tableheads import IN_TABLE, beside, head, inner, names_row
from progsearch.model import Block, Shape
from progsearch.readers.markdown.dashes import Parts, Slice, below_dashes, cells_below
from progsearch.readers.markdown.gridrows import first_lines

__all__ = ["Drawn", "DrawnRow", "blanked", "captions_aside", "cell_pieces", "closed_up"]
__all__ += ["drawn_at", "drawn_tables"]

PRINTED = 3
"""Rules of a table that has them around its head and its body alone."""
_EDGE = re.compile(r"\+(?:[-=:]{2,}\+)+$")
_BARRED = re.compile(r"[|+].*[|+]$")
_PART = re.compile(r"\+(?:[-=:]{2,}\+)+")
_BLANK_LINE = re.compile(r"\n(?=[ \t>]*\n)")
_CAPTION = re.compile(r"(?:[Tt]able)?:[ \t]")


class _Table(NamedTuple):
    start: int
    end: int
    blocks: list[Block]


class DrawnRow(NamedTuple):
    """A row: the number of its first line, from 0, and its cells, each with a slice a line."""

    at: int
    cells: list[list[Slice]]
    heads: bool


class Drawn(NamedTuple):
    """A table: the number of the line behind it, its rows, and whether it is a grid."""

    end: int
    rows: list[DrawnRow]
    grid: bool


def drawn_at(text: str, lines: Sequence[Line], at: int) -> Drawn | None:
    """The table that begins at a line, if one does; without rows where rules part only some of
    its columns."""
    if found := _edges(text, lines, at):
        end, edges, last_head = found
        if any("+-" in lines[n].text for n in range(at, end) if n not in edges):
            return Drawn(end, [], grid=True)
        rows = [
            DrawnRow(
                above + 1,
                _columns_between(text, lines[at], lines[above + 1 : below]),
                below <= last_head,
            )
            for above, below in _between_rules(text, lines, edges, last_head)
        ]
        return Drawn(end, rows, grid=True)
    parts = below_dashes(text, lines, at)
    return _drawn_below_dashes(text, lines, at, parts) if parts else None


def _drawn_below_dashes(text: str, lines: Sequence[Line], at: int, parts: Parts) -> Drawn:
    numbers = {line.start: n for n, line in enumerate(lines[at : parts.end], at)}

    def row(inside: Sequence[Line], *, heads: bool) -> DrawnRow:
        cells = cells_below(text, lines[parts.dashes], inside)
        return DrawnRow(numbers[inside[0].start], cells, heads)

    above = lines[parts.top : parts.dashes]
    rows = [row(above, heads=True)] if above else []
    return Drawn(parts.end, [*rows, *(row(one, heads=False) for one in parts.rows)], grid=False)


def cell_pieces(text: str, cell: Sequence[Slice]) -> Iterator[tuple[Block, list[Slice]]]:
    """The paragraphs and items of a cell, each with the slices that it and its mark stand in."""
    for piece in _pieces(text, cell):
        within = [one for one in cell if piece.start <= one[1] and one[0] < piece.end]
        yield piece, list(filter(_filled, within))


def drawn_tables(text: str, start: int, end: int) -> list[_Table]:
    """The tables in ``text[start:end]`` with their rows."""
    if "+-" not in text[start:end] and "--" not in text[start:end]:
        return []
    lines = list(lines_of(text[:end], start))
    found: list[_Table] = []
    at = 0
    while at < len(lines):
        after, blocks = _grid(text, lines, at) or _columns(text, lines, at) or (at, [])
        if blocks:
            found.append(_Table(lines[at].start, lines[after - 1].end, blocks))
        at = max(after, at + 1)
    return found


def blanked(text: str, tables: Sequence[_Table]) -> str:
    """The text with blanks in the place of tables."""
    return _with(text, tables, re.compile(r"[^\n]"))


def closed_up(text: str, tables: Sequence[_Table]) -> str:
    """The text without the blank lines inside of tables, each place where it was."""
    return _with(text, tables, _BLANK_LINE)


def _with(text: str, tables: Sequence[_Table], gone: re.Pattern[str]) -> str:
    done = []
    at = 0
    for table in tables:
        done += [text[at : table.start], gone.sub(" ", text[table.start : table.end])]
        at = table.end
    return "".join([*done, text[at:]])


def captions_aside(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the captions of tables, ``: Promises`` below one, set aside."""
    done: list[Block] = []
    for block in blocks:
        above = done[-1] if done else None
        if (
            above is not None
            and (above.label in IN_TABLE or above.shape is Shape.TABLE_HEAD)
            and block.shape in (Shape.PARAGRAPH, Shape.HEADING)
            and _CAPTION.match(text, block.start)
        ):
            block = replace(block, shape=Shape.NAVIGATION, level=0, label="caption")
        done.append(block)
    return done


# --- grids


def _grid(text: str, lines: Sequence[Line], at: int) -> tuple[int, list[Block]] | None:
    """Where a grid ends that begins at a line, and its rows."""
    found = _edges(text, lines, at)
    if found is None:
        return None
    end, edges, heads = found
    blocks: list[Block] = []
    for above, below in _between_rules(text, lines, edges, heads):
        made = _row(text, lines[at], lines[above + 1 : below])
        blocks += [head(one) for one in made] if below <= heads and len(made) == 1 else made
    return (end, blocks) if blocks else None


def _edges(text: str, lines: Sequence[Line], at: int) -> tuple[int, list[int], int] | None:
    """Where a grid ends that begins at a line, the lines between its rows, and that below its
    head."""
    if not _EDGE.match(lines[at].text):
        return None
    end = at
    while end < len(lines) and _BARRED.match(lines[end].text):
        end += 1
    while end > at and not _EDGE.match(lines[end - 1].text):
        end -= 1
    edges = [n for n in range(at, end) if _EDGE.match(lines[n].text)]
    heads = next((n for n in edges[1:] if "=" in lines[n].text), at)
    if heads == at and len(edges) == PRINTED and edges[1] == at + 2:
        body = lines[edges[1] + 1 : edges[2]]
        heads = edges[1] if len(_first_lines(text, lines[at], body, alone=True)) > 1 else at
    return end, edges, heads


def _between_rules(
    text: str, lines: Sequence[Line], edges: Sequence[int], heads: int
) -> Iterator[Slice]:
    """The line above each row, and that below it. Programs print tables with rules around the head
    and the body alone, and people leave them out: there a row ends where another begins."""
    parts = [(above, below) for above, below in pairwise(edges) if below > above + 1]
    alone = sum(below > heads for _, below in parts) == 1
    for above, below in parts:
        starts = [0]
        if below > heads:
            inside = lines[above + 1 : below]
            starts = _first_lines(text, lines[edges[0]], inside, alone=alone)
        firsts = [above + start for start in starts]
        yield from zip(firsts, [*(first + 1 for first in firsts[1:]), below], strict=True)


def _first_lines(text: str, edge: Line, lines: Sequence[Line], *, alone: bool) -> list[int]:
    """Those of the lines between two rules that begin a row; where they are the only ones of
    their table, each does that has a name of its own."""
    if any("+-" in line.text for line in lines):
        return [0]
    if alone and all(map(_is_named, lines)):
        return list(range(len(lines)))
    bars = [n for n, char in enumerate(edge.text) if char == "+"]
    widths = [right - left - 3 for left, right in pairwise(bars)]
    return first_lines(text, _columns_between(text, edge, lines), widths)


def _is_named(line: Line) -> bool:
    """Whether a line of a table begins as a name does, with a capital letter or a number."""
    name = line.text.strip("|").lstrip()
    return name[:1].isupper() or name[:1].isdigit()


def _columns_between(text: str, edge: Line, lines: Sequence[Line]) -> list[list[Slice]]:
    bars = [n for n, char in enumerate(edge.text) if char == "+"]
    return [[_cell(text, line, left, right) for line in lines] for left, right in pairwise(bars)]


def _row(text: str, edge: Line, lines: Sequence[Line]) -> list[Block]:
    """A row of a grid: one block, or the paragraphs of its only high cell below its name."""
    if any("+-" in line.text for line in lines):
        return list(_beside_rules(text, lines))
    columns = _columns_between(text, edge, lines)
    high = [n for n, cells in enumerate(columns) if sum(map(_filled, cells[1:])) > 0]
    if len(high) == 1 and len(columns) > 1:
        pieces = list(_pieces(text, columns[high[0]]))
        name = columns[0][0]
        others = [cells[0] for n, cells in enumerate(columns) if n != high[0] and _filled(cells[0])]
        if len(pieces) > 1 or any(one.shape is Shape.ITEM for one in pieces):
            named = high[0] > 0 and _filled(name) and names_row(text[slice(*name)])
            rest = [_block(*one) for one in others if not (named and one == name)]
            if not named:
                pieces[0] = replace(pieces[0], closes=LABEL_LEVEL)
            above = [beside(_block(*name))] if named else []
            return [*above, *map(inner, sorted([*rest, *pieces], key=lambda one: one.start))]
    return _whole(text, lines)


def _beside_rules(text: str, lines: Sequence[Line]) -> Iterator[Block]:
    """The rows of a row that rules go through in part; what stands beside a rule names them."""
    part: list[Line] = []
    for line in lines:
        rule = _PART.search(line.text)
        if rule is None:
            part.append(line)
            continue
        yield from _whole(text, part)
        part = []
        for left, right in ((0, rule.start()), (rule.end(), len(line.text))):
            for block in _whole(text, [Line(line.start + left, line.start + right, "")]):
                yield beside(block)
    yield from _whole(text, part)


def _whole(text: str, lines: Sequence[Line]) -> list[Block]:
    """All lines of a row as one block, without the bars at its ends."""
    if not lines:
        return []
    start, end = lines[0].start, lines[-1].end
    while start < end and text[start] in "|+ \t\u00a0":
        start += 1
    while end > start and text[end - 1] in "|+ \t\u00a0\n":
        end -= 1
    return [replace(_block(start, end), label="row")] if has_words(text[start:end]) else []


def _cell(text: str, line: Line, left: int, right: int) -> Slice:
    start, end = min(line.start + left + 1, line.end), min(line.start + right, line.end)
    while start < end and text[start] in " \t\u00a0|":
        start += 1
    while end > start and text[end - 1] in " \t\u00a0|":
        end -= 1
    return start, end


def _filled(cell: Slice) -> bool:
    return cell[0] < cell[1]


def _pieces(text: str, cells: Sequence[Slice]) -> Iterator[Block]:
    """The paragraphs and items of the lines of a cell."""
    open_: Block | None = None
    blank = False
    for start, end in cells:
        if start == end:
            blank = True
            continue
        mark = mark_of(text, start, end, markdown=True)
        if mark and not mark.sure:
            mark = None
        if open_ is not None and not blank and not mark:
            open_ = replace(open_, end=end)
            continue
        if open_ is not None:
            yield open_
        if mark:
            number = numbering(mark.label)
            open_ = Block(Shape.ITEM, mark.end, end, 1, mark=number)
        else:
            open_ = _block(start, end)
        blank = False
    if open_ is not None:
        yield open_


def _block(start: int, end: int) -> Block:
    return Block(Shape.PARAGRAPH, start, end)


# --- columns below lines of dashes


def _columns(text: str, lines: Sequence[Line], at: int) -> tuple[int, list[Block]] | None:
    """Where a table ends whose head, or whose line of dashes, begins at a line."""
    parts = below_dashes(text, lines, at)
    if parts is None:
        return None
    blocks = [head(one) for one in _whole(text, lines[parts.top : parts.dashes])]
    for row in parts.rows:
        blocks += _whole(text, row)
    return (parts.end, blocks) if blocks else None
