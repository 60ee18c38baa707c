"""What the rows of a printed table are: its head, the names of rows, rows, and what stands in
a cell that holds a list or several paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from progsearch.blocks.columns import Columns
from progsearch.blocks.levels import HEAD_LEVEL, LABEL_LEVEL
from progsearch.blocks.tableheads import BESIDE, INNER, names_row
from progsearch.model import Shape
from progsearch.readers.pdf.cells import RULE, bare, cells_of, in_pieces
from progsearch.readers.pdf.paragraphs import LARGER, Measures, Paragraph
from progsearch.readers.pdf.shaped import Shaped

__all__ = ["Rows"]


@dataclass(slots=True)
class Rows:
    """The rows of a document in their order; ``head`` is what stands above the table's rows."""

    measures: Measures
    head: str = ""

    def shaped(
        self, made: Paragraph, following: Sequence[Paragraph], *, first: bool
    ) -> Iterator[Shaped]:
        """What a row is, the ``first`` of its table or another one."""
        below = next((one for one in following if one.first.part != "label"), None)
        if first:
            self.head = ""
        named = below is not None and below.first.row and made.first.part != "label"
        # Another table may stand right below, with a head of its own.
        if named and below and self._heads(made, below, first=first):
            self.head = made.text
        closes = HEAD_LEVEL if made.first.opens else 0
        if self.head and made.text == self.head:
            # Again on the next page.
            made.first.text = f"{RULE.lstrip()} " * made.first.cell + made.first.text
            yield Shaped(made, Shape.TABLE_HEAD, HEAD_LEVEL, "row", closes=closes)
        elif made.first.part == "label":
            yield Shaped(made, Shape.HEADING, LABEL_LEVEL, "cell", closes=closes)
        else:
            for one in self._row(made):
                yield replace(one, closes=closes or one.closes)
                closes = 0

    def _heads(self, made: Paragraph, below: Paragraph, *, first: bool) -> bool:
        sideways = first and _is_sideways(made) and not _is_sideways(below)
        return sideways or (_stands_out(made, below) and (first or _names_columns(made)))

    def _row(self, made: Paragraph) -> Iterator[Shaped]:
        beside = made.first.part == "beside"
        cells = cells_of(made, self.measures)
        filled = {line.cell for line in made.lines}
        if not in_pieces(cells):
            columns: Columns = ()
            if made.first.cell and len(filled) > 1:
                last = max(made.first.cell + made.text.count(RULE), self.head.count(RULE)) + 1
                columns = tuple((n, n) for n in range(made.first.cell + 1, last + 1))
            yield Shaped(made, Shape.PARAGRAPH, BESIDE * beside, "row", columns=columns)
            return
        for line in made.lines:
            line.text = bare(line.text)
        sides = len(filled) > 1
        closes = LABEL_LEVEL + beside
        if len(cells) > 1 and len(cells[0]) == 1 and names_row(cells[0][0].text):
            yield Shaped(cells.pop(0)[0], Shape.HEADING, closes, "cell")
            closes = 0
            sides = self.head.count(RULE) > 1
        for one in (one for cell in cells for one in cell):
            shape = Shape.ITEM if one.item else Shape.PARAGRAPH
            own = one.first.cell + 1
            columns = ((own, own),) if sides else ()
            yield Shaped(one, shape, int(one.item), INNER, one.mark, closes, columns)
            closes = 0


def _stands_out(made: Paragraph, below: Paragraph) -> bool:
    """Whether a first row is the head: it alone is bold, or it is larger."""
    if not _is_strong(made):
        return False
    return made.first.size > LARGER * below.first.size or not _is_strong(below)


def _is_sideways(made: Paragraph) -> bool:
    """Whether most cells of a row stand sideways, as names above narrow columns do."""
    sideways = {line.cell for line in made.lines if line.pieces[0].sideways}
    return len(sideways) > 1 and len(sideways) >= len({line.cell for line in made.lines}) / 2


def _names_columns(made: Paragraph) -> bool:
    """Whether a row has several cells, and words in each: no sum of what stands above it."""
    cells = made.text.split(RULE)
    return len(cells) > 1 and not any(map(str.isdigit, made.text))


def _is_strong(made: Paragraph) -> bool:
    return all(line.bold for line in made.lines)
