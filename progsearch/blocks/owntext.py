"""What of a document tells of itself, and not of others or of its changes."""

from __future__ import annotations

from progsearch.blocks.dates import CHANGED
from progsearch.model import RawDocument, Shape

__all__ = ["own_text"]


def own_text(raw: RawDocument) -> str:
    """The text without what tells of others, and of its changes: their days are not its own."""
    pieces, at = [], 0
    for block in raw.blocks:
        if block.shape is Shape.TEASER or block.label == CHANGED:
            pieces.append(raw.text[at : block.start])
            at = block.end
    return "".join([*pieces, raw.text[at:]])
