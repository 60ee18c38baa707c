"""Opening an index for a command, and a query from its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from progsearch.query import Query, parse
from progsearch.search import Index

__all__ = ["opened", "query_of"]


@contextmanager
def opened(folder: Path) -> Iterator[Index]:
    """The index in a folder. Raises ProgsearchError when there is none."""
    from progsearch.engine import open_engine

    engine = open_engine(folder)
    try:
        yield Index.of(engine)
    finally:
        engine.close()


def query_of(words: Sequence[str] | None) -> Query:
    """The query in the arguments of a command, which a shell has split at blanks.

    Shells take quotation marks off: an argument that still has a blank in it and no
    operator was quoted by the user, who meant words, so it is parsed like the others.
    """
    return parse(" ".join(words or ()))
