"""Documents with all of their passages, some documents at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from progsearch.engine import Engine
from progsearch.model import Document, Passage

__all__ = ["SOME", "whole"]

SOME = 100
"""Documents whose passages are got together, where that takes a request."""


def whole(
    engine: Engine, documents: Iterable[Document] | None = None
) -> Iterator[tuple[Document, list[Passage]]]:
    """Each of these documents, or of all by path, and its passages in the order of the source."""
    waiting = iter(engine.documents() if documents is None else documents)
    while some := list(islice(waiting, SOME)):
        engine.prefetch(passages=[one.id for one in some])
        for one in some:
            yield one, engine.passages(one.id)
