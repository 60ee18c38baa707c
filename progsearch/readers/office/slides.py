"""Slides as they come, to a document: a slide is a page, and its title a heading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from progsearch.blocks.building import Builder
from progsearch.blocks.bullets import marks_of
from progsearch.blocks.settling import settled
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape

__all__ = ["Line", "Slides"]

TITLE_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a slide, with the shape that its place gives it."""

    text: str
    shape: Shape = Shape.PARAGRAPH
    level: int = 0
    label: str = ""


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
        typed = marks_of([text for line in lines for text in ("", line.text.strip())])[1::2]
        for number, (line, mark) in enumerate(zip(lines, typed, strict=True), 1):
            text = line.text.strip()
            shape, level, label, bullet = line.shape, line.level, line.label, 0
            if shape is Shape.HEADING and not self.title:
                self.title, level = " ".join(text.split()), 1
            if mark and shape in (Shape.PARAGRAPH, Shape.ITEM) and not label:
                shape, level, label, bullet = Shape.ITEM, max(1, level), mark.label, mark.end
            self.builder.add(text, number, shape, level=level, label=label, bullet=bullet)

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
