"""Slides as they come, to a document: a slide is a page, and its title a heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from progsearch.blocks.building import Builder
from progsearch.blocks.bullets import marks_of
from progsearch.blocks.columns import Columns
from progsearch.blocks.settling import settled
from progsearch.blocks.tableheads import INNER
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape
from progsearch.readers.office.flow import Flow, StyledParagraph, with_heads

__all__ = ["TITLE_LEVEL", "Line", "Slides", "Table"]

TITLE_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a slide, with the shape that its place gives it."""

    text: str
    shape: Shape = Shape.PARAGRAPH
    level: int = 0
    label: str = ""
    closes: int = 0
    columns: Columns = ()
    above: str = ""

    @property
    def is_title(self) -> bool:
        """Whether it is that of its slide."""
        return self.shape is Shape.HEADING and not self.label


class Table:
    """The table of a slide as it comes: rows, cells and their paragraphs."""

    def __init__(self) -> None:
        self.flow = Flow("")
        self.flow.begin_table()

    def add(self, text: str, depth: int = 0) -> None:
        """Take a paragraph of a cell, or an item of a list so deep."""
        shape = Shape.ITEM if depth else Shape.PARAGRAPH
        self.flow.add(StyledParagraph(text, shape, depth))

    def lines(self) -> Iterator[Line]:
        """Its head, rows and the paragraphs of cells that hold several."""
        for one in with_heads(self.flow.taken()):
            told = one.text, one.shape, one.level, one.label, one.closes
            yield Line(*told, one.columns, one.above)


@dataclass(slots=True)
class Slides:
    """The slides so far."""

    format: str
    builder: Builder = field(default_factory=Builder)
    pages: list[int] = field(default_factory=list)
    title: str = ""

    def add(self, lines: list[Line]) -> None:
        """Put a slide; paragraphs are numbered on it. The first title is the document's."""
        self.pages.append(self.builder.length)
        # Titles first: in the file they may stand behind what they are above of.
        lines = sorted(lines, key=lambda line: not line.is_title)
        typed = marks_of([text for line in lines for text in ("", line.text.strip())])[1::2]
        for number, (line, mark) in enumerate(zip(lines, typed, strict=True), 1):
            text = line.text.strip()
            shape, level, label, bullet = line.shape, line.level, line.label, 0
            if line.is_title and not self.title:
                self.title, level = " ".join(text.split()), 1
            own = shape in (Shape.PARAGRAPH, Shape.ITEM) and label in ("", INNER)
            if mark and own:
                shape, level, bullet = Shape.ITEM, max(1, level), mark.end
                label = label or mark.label
            self.builder.add(
                *(text, number, shape),
                level=level,
                label=label,
                bullet=bullet,
                closes=line.closes,
                columns=line.columns,
                above=line.above,
                signs=label == "row",
            )

    def document(self, meta: dict[str, object]) -> RawDocument:
        """The document. Raises ProgsearchError when it has no words."""
        if not self.builder.blocks:
            raise ProgsearchError(
                "the slides have no text", remedy="write it out, or take the file away"
            )
        builder = self.builder
        builder.blocks = settled(builder.text(), builder.blocks)
        if self.title:
            meta = {**meta, "title": self.title}
        return replace(builder.document(self.format, meta), pages=self.pages)
