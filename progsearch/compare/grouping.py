"""What groups can be made by, and which of them a passage belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from progsearch.engine import FACETS
from progsearch.matching import facets_of
from progsearch.model import Passage
from progsearch.search import Index

__all__ = ["DIMENSIONS", "group_of"]

DIMENSIONS = FACETS
"""What groups can be made by."""


def group_of(index: Index, by: Sequence[str], passage: Passage) -> tuple[str, ...]:
    """The values of the group that a passage belongs to."""
    document = index.engine.document(passage.document)
    if document is None:
        return ("",) * len(by)
    facets = facets_of(document, passage)
    return tuple(facets.value(name) for name in by)
