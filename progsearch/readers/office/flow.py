"""Paragraphs and rows of a text document, as they come, to lines and blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from progsearch.blocks.building import Builder
from progsearch.blocks.bullets import Mark, marks_of
from progsearch.blocks.columns import Cell, Columns, Grid, tell_columns
from progsearch.blocks.levels import BOLD_LEVEL, HEAD_LEVEL, LABEL_LEVEL
from progsearch.blocks.sentences import ends_sentence, stands_as_heading
from progsearch.blocks.settling import settled
from progsearch.blocks.tableheads import BESIDE, INNER, names_row
from progsearch.blocks.wrapping import apart
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape

__all__ = ["Flow", "StyledParagraph", "with_heads"]

LED_IN, SHORT_LINE = 2, 60
"""Lines below a line with a colon that are short, and were broken by hand: each says something."""
_OF_TABLE = frozenset(("row", "cell", INNER))


@dataclass(frozen=True, slots=True)
class StyledParagraph:
    """A paragraph with what its style says; ``notes`` are the texts of notes that it refers to.

    One that ``goes_on`` stands in the row of the one before it; above it end the headings of the
    level ``closes`` and below; ``columns`` and ``above`` are those of a :class:`Block`.
    """

    text: str
    shape: Shape = Shape.PARAGRAPH
    level: int = 0
    bold: bool = False
    label: str = ""
    is_title: bool = False
    notes: tuple[str, ...] = ()
    goes_on: bool = False
    closes: int = 0
    columns: Columns = ()
    above: str = ""


@dataclass(slots=True)
class _Cell:
    spans: Cell
    said: list[StyledParagraph] = field(default_factory=list)

    @property
    def filled(self) -> list[StyledParagraph]:
        """Its paragraphs that have words."""
        return [one for one in self.said if one.text.strip()]


@dataclass(slots=True)
class _Row:
    head: bool
    skipped: int = 0  # columns before its first cell
    cells: list[_Cell] = field(default_factory=list)
    beside: bool = False  # a cell of a row above covers its beginning
    covers: bool = False  # its first cell stands beside rows below, too
    below: bool = False  # a row as wide as the table names it
    columns: Columns = ()
    over: str = ""  # what the cells say that cover it from above

    def place(self, grid: Grid) -> None:
        """Tell the columns of its cells, and what covers it; what is one with a cell above is no
        cell any more."""
        cells, spans = self.cells, [one.spans for one in self.cells]
        told = grid.row(
            *(spans, lambda place: _name(cells[place].filled)), head=self.head, skipped=self.skipped
        )
        self.cells = [one for one in cells if not one.spans.goes_on]
        self.head, self.beside, self.covers = told.head, told.beside, told.covers
        self.columns, self.over = told.columns, told.over


@dataclass(slots=True)
class _Table:
    grid: Grid = field(default_factory=Grid)
    parted: bool = False  # a row had several cells
    named: bool = False  # a row as wide as the table named others


@dataclass(slots=True)
class Flow:
    """The paragraphs so far; those of a row are held back until it is whole."""

    format: str
    properties: Mapping[str, str] = field(default_factory=dict)
    _done: list[StyledParagraph] = field(default_factory=list)
    _rows: list[_Row] = field(default_factory=list)  # a table may lie in a cell
    _tables: dict[int, _Table] = field(default_factory=dict)  # by how deep they lie

    def add(self, paragraph: StyledParagraph) -> None:
        """Take a paragraph, of the text or of the cell that is open; the lines in it that begin
        one of their own are paragraphs, too."""
        in_cell = self._rows and self._rows[-1].cells
        (self._rows[-1].cells[-1].said if in_cell else self._done).extend(_by_lines(paragraph))

    def begin_row(self, *, head: bool = False) -> None:
        """A row begins."""
        self._rows.append(_Row(head))

    def begin_table(self) -> None:
        """A table begins, in the text or in the cell that is open."""
        self._tables.pop(len(self._rows), None)

    def head_row(self) -> None:
        """The row that is open is the head of its table."""
        if self._rows:
            self._rows[-1].head = True

    def skip_columns(self, count: int) -> None:
        """The row that is open begins so many columns further on."""
        if self._rows:
            self._rows[-1].skipped = count

    def begin_cell(self, wide: int = 1, tall: int = 1) -> None:
        """A cell begins, which covers so many columns and rows."""
        if self._rows:
            self._rows[-1].cells.append(_Cell(Cell(wide, tall)))

    def widen_cell(self, wide: int) -> None:
        """The cell that is open covers so many columns."""
        if self._rows and self._rows[-1].cells:
            cell = self._rows[-1].cells[-1]
            cell.spans = cell.spans._replace(wide=wide)

    def merge_cell(self, *, begins: bool) -> None:
        """The cell that is open is one with those below it, or with the one above it."""
        if self._rows and self._rows[-1].cells:
            cell = self._rows[-1].cells[-1]
            cell.spans = cell.spans._replace(opens=begins, goes_on=not begins)

    def end_row(self) -> None:
        """The row is whole: one line of the text, or the paragraphs of its only cell."""
        if not self._rows:
            return
        row = self._rows.pop()
        table = self._tables.setdefault(len(self._rows), _Table())
        size = len(row.cells)
        row.place(table.grid)
        row.below = table.named
        goes_on = row.covers and bool(row.cells[0].filled)
        if goes_on:
            self._add_label(row.cells.pop(0).filled)
            row.columns = row.columns[1:]
        spanned = row.covers or row.beside
        filled = [said for cell in row.cells if (said := cell.filled)]
        if len(filled) == 1 and not spanned and not table.parted:
            # A table with one cell in a row is a frame around text.
            for paragraph in filled[0]:
                self.add(paragraph)
            return
        if size == 1 and filled and not spanned and _names(filled[0]):
            self._add_label(filled[0])
            table.named = True
            return
        table.parted = table.parted or len(filled) > 1
        bold = bool(filled) and all(one.bold for cell in filled for one in cell)
        if size == 1 and not spanned:
            row.columns = ()  # as wide as the table
        width = row.columns[-1][1] if row.columns else 0
        if not row.head and any(len(cell) > 1 or _is_list(cell) for cell in filled):
            self._add_cells(row, width, bold=bold, goes_on=goes_on)
            return
        if not (row.head or tell_columns(width, len(filled), named=False)):
            row.columns = ()
        while filled and not row.cells[0].filled:
            row.cells.pop(0)
            row.columns = row.columns[1:]
        texts = [" ".join(one.text for one in cell.filled) for cell in row.cells]
        text = " | ".join(texts)
        notes = tuple(note for cell in row.cells for one in cell.said for note in one.notes)
        shape, level = (
            (Shape.TABLE_HEAD, HEAD_LEVEL)
            if row.head
            else (Shape.PARAGRAPH, BESIDE * (spanned or row.below))
        )
        closes = LABEL_LEVEL + 1 if row.beside else 0
        self.add(
            StyledParagraph(
                *(text.rstrip(" |") or text, shape, level, bold),
                label="row",
                notes=notes,
                goes_on=goes_on,
                closes=closes,
                columns=row.columns,
                above=row.over,
            )
        )

    def _add_cells(self, row: _Row, width: int, *, bold: bool, goes_on: bool) -> None:
        """The paragraphs and items of a row of which a cell holds several, each by itself, below
        the first cell where that names the row, and below the heads of their columns."""
        below = row.covers or row.beside or row.below
        cells = [cell.filled for cell in row.cells]
        name = cells[0][0] if len(cells[0]) == 1 and len(cells) > 1 else None
        name = name if name and names_row(name.text) else None
        placed = tell_columns(width, sum(map(bool, cells)), named=name is not None)
        closes = 0 if name else LABEL_LEVEL + below
        if name:
            cells[0] = []
            level = LABEL_LEVEL + below
            name = replace(name, shape=Shape.HEADING, level=level, bold=bold)
            self.add(replace(name, label="cell", goes_on=goes_on, above=row.over))
            goes_on = True
        for place, cell in enumerate(cells):
            columns = row.columns[place : place + 1] if placed else ()
            for one in cell:
                label = one.label if one.shape is Shape.HEADING else INNER
                told = replace(one, label=label, columns=columns, above=row.over)
                self.add(replace(told, goes_on=goes_on, closes=closes))
                goes_on, closes = True, 0

    def _add_label(self, cell: Sequence[StyledParagraph]) -> None:
        """A cell that covers several rows stands above them."""
        text = " ".join(one.text for one in cell if one.text.strip())
        notes = tuple(note for one in cell for note in one.notes)
        self.add(StyledParagraph(text, Shape.HEADING, LABEL_LEVEL, label="cell", notes=notes))

    def taken(self) -> list[StyledParagraph]:
        """The paragraphs so far, which are let go."""
        done, self._done = self._done, []
        return done

    def document(self) -> RawDocument:
        """The document. Raises ProgsearchError when it has no words."""
        builder = Builder()
        title = ""
        marks = _marks(self._done)
        number = 0
        for paragraph, mark in zip(with_heads(self._done), marks, strict=True):
            number += not paragraph.goes_on
            _put(builder, paragraph, number, mark)
            if paragraph.is_title and not title:
                title = " ".join(paragraph.text.split())
        if not builder.blocks:
            raise ProgsearchError("the file is empty", remedy="write its text, or take it away")
        builder.blocks = settled(builder.text(), builder.blocks)
        meta: dict[str, object] = {f"file_{key}": value for key, value in self.properties.items()}
        if title:
            meta["title"] = title
        elif not any(block.shape is Shape.HEADING for block in builder.blocks):
            stated = self.properties.get("title", "")
            meta |= {"title": stated} if stated else {}
        return builder.document(self.format, meta)


def _by_lines(paragraph: StyledParagraph) -> Iterator[StyledParagraph]:
    """A paragraph by the line breaks that its author set, where a statement ends at them, a mark
    stands behind them or each line is one; any other is a blank."""
    lines = [line.strip() for line in paragraph.text.split("\n") if line.strip()]
    if len(lines) < 2 or paragraph.shape is not Shape.PARAGRAPH or paragraph.bold:
        yield replace(paragraph, text=paragraph.text.replace("\n", " "))
        return
    marks, begun = marks_of(lines), apart(lines)
    if lines[0].endswith(":") and len(lines) > LED_IN and max(map(len, lines)) <= SHORT_LINE:
        begun = [True] * len(lines)  # nobody sets a text so narrow
    joined = lines[:1]
    for number, line in enumerate(lines[1:], 1):
        ended = ends_sentence(lines[number - 1]) and not line[0].islower()
        if marks[number] or begun[number] or ended:
            joined.append(line)
        else:
            joined[-1] += f" {line}"
    for number, text in enumerate(joined):
        notes = paragraph.notes if number == len(joined) - 1 else ()
        goes_on = paragraph.goes_on or number > 0
        yield replace(paragraph, text=text, notes=notes, goes_on=goes_on)


def _name(cell: Sequence[StyledParagraph]) -> str:
    """What a cell says of the rows that it covers, if that is short."""
    text = " ".join(one.text for one in cell)
    return " ".join(text.split()) if names_row(text) else ""


def _names(cell: Sequence[StyledParagraph]) -> bool:
    """Whether a cell as wide as its table names the rows below it."""
    return len(cell) == 1 and cell[0].shape is not Shape.ITEM and names_row(cell[0].text)


def _is_list(cell: Sequence[StyledParagraph]) -> bool:
    return any(one.shape is Shape.ITEM for one in cell)


def with_heads(paragraphs: Sequence[StyledParagraph]) -> Iterator[StyledParagraph]:
    """The paragraphs with the heads of tables that only their bold letters tell."""
    edge = StyledParagraph("")
    padded = [edge, *paragraphs, edge]
    for above, one, below in zip(padded, paragraphs, padded[2:], strict=False):
        first = one.label == "row" and below.label in _OF_TABLE and above.label not in _OF_TABLE
        if first and one.bold and not below.bold:
            yield replace(one, shape=Shape.TABLE_HEAD, level=HEAD_LEVEL)
        elif one.label == "cell" and above.label in _OF_TABLE and below.label not in _OF_TABLE:
            yield replace(one, shape=Shape.PARAGRAPH, level=0, label="row")  # it names nothing
        else:
            yield one


def _marks(paragraphs: Sequence[StyledParagraph]) -> list[Mark | None]:
    """The marks that somebody typed before the paragraphs, each of which opens one."""
    lines: list[str] = []
    for one in paragraphs:
        own = not one.label or one.label == INNER
        lines += ["", one.text.strip() if own else ""]
    return marks_of(lines)[1::2]


def _put(builder: Builder, paragraph: StyledParagraph, number: int, mark: Mark | None) -> None:
    text, shape, level, label = paragraph.text, paragraph.shape, paragraph.level, paragraph.label
    bullet = 0
    if shape is Shape.PARAGRAPH and not label and paragraph.bold and stands_as_heading(text):
        shape, level, label = Shape.HEADING, BOLD_LEVEL, "bold"
    elif shape in (Shape.PARAGRAPH, Shape.ITEM) and label in ("", INNER) and mark is not None:
        bullet = len(text) - len(text.lstrip()) + mark.end
        shape, level, label = Shape.ITEM, level or 1, label or mark.label
    closes = paragraph.closes
    builder.add(
        *(text, number, shape),
        level=level,
        label=label,
        bullet=bullet,
        closes=closes,
        columns=paragraph.columns,
        above=paragraph.above,
        signs=label == "row",
    )
    for note in paragraph.notes:
        builder.add(note, number, Shape.NAVIGATION, label="note")
