"""A printed paragraph and what it is."""

from __future__ import annotations

from dataclasses import dataclass

from progsearch.blocks.columns import Columns
from progsearch.model import Shape
from progsearch.readers.pdf.paragraphs import Paragraph

__all__ = ["DRAWN", "Shaped"]

DRAWN = "•"
"""The label of an item whose bullet is drawn and not written."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A paragraph and what it is; ``mark`` is how long its bullet is, for an item, and above it
    end the headings of the level ``closes`` and below; ``columns`` are those of a block."""

    made: Paragraph
    shape: Shape
    level: int = 0
    label: str = ""
    mark: int = 0
    closes: int = 0
    columns: Columns = ()
