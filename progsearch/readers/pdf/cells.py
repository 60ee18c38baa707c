"""The paragraphs and items of the cells of a printed row, where a cell holds more than one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from progsearch.blocks.bullets import marks_of
from progsearch.blocks.sentences import ends_statement
from progsearch.readers.pdf.layout import Line
from progsearch.readers.pdf.paragraphs import NEW_PARAGRAPH, Measures, Paragraph

__all__ = ["RULE", "bare", "cells_of", "in_pieces", "put_rules"]

RULE = " |"
"""What stands in the text behind each cell but the last."""
Cell = list[Paragraph]


def bare(text: str) -> str:
    """The text of a line without the rules behind its cell."""
    while text.endswith(RULE):
        text = text.removesuffix(RULE)
    return text


def put_rules(row: Sequence[Line]) -> None:
    """Put a rule behind each cell of a row but the last, and one more for each empty cell that
    stands before the next; which column the row begins in is told by its first line."""
    for line in row:
        line.text = bare(line.text)
    for line, after in pairwise(row):
        line.text += RULE * (after.cell - line.cell)


def cells_of(row: Paragraph, measures: Measures) -> list[Cell]:
    """The cells of a row, each as its paragraphs and items."""
    by_cell = groupby(row.lines, key=lambda line: line.cell)
    return [list(_paragraphs(list(lines), measures)) for _, lines in by_cell]


def in_pieces(cells: Sequence[Cell]) -> bool:
    """Whether a row is no passage, for one of its cells holds a list or several paragraphs."""
    return sum(map(len, cells)) > 1 and any(
        len(cell) > 1 or any(one.item for one in cell) for cell in cells
    )


def _paragraphs(lines: Sequence[Line], measures: Measures) -> Iterator[Paragraph]:
    texts = [bare(line.text) for line in lines]
    marks = marks_of(texts)
    # Over a page break there is none.
    apart = [above.base - below.base for above, below in pairwise(lines)]
    pitches = [max(pitch, 0.0) for pitch in apart]
    made: Paragraph | None = None
    for number, line in enumerate(lines):
        mark = marks[number]
        item = mark is not None or line.pieces[0].bulleted
        if made is not None:
            before = lines[number - 1]
            usual = min([*filter(None, pitches), measures.pitch(before, line)])
            wide = pitches[number - 1] > NEW_PARAGRAPH * usual
            if item or (wide and ends_statement(texts[number - 1])):
                yield made
                made = None
        if made is None:
            made = Paragraph([line], mark.end if mark else 0, item)
        else:
            made.lines.append(line)
    if made is not None:
        yield made
