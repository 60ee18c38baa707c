"""The two sides that are held against each other, by paths, revisions or parts of an index."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from progsearch.api.damage import told
from progsearch.engine import open_engine
from progsearch.errors import ProgsearchError
from progsearch.promises import Side
from progsearch.promises.asked import Sides, of_files, of_index, of_revisions
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.settings import Settings

__all__ = ["check_side", "check_sides", "index_in", "sides_of"]


@contextmanager
def index_in(index: str | os.PathLike[str] | Index) -> Iterator[Index]:
    """An index that is open already, or the one in a folder while it is asked."""
    if isinstance(index, Index):
        yield index
        return
    engine = open_engine(Path(index))
    try:
        with told(engine):
            yield Index.of(engine)
    finally:
        engine.close()


def check_side(name: str, side: Side) -> None:
    """Raises ProgsearchError for a side without a passage."""
    if not side.said:
        raise ProgsearchError(
            "there is no passage on this side" + (f"; {side.undated}" if side.undated else ""),
            where=name,
            remedy="widen the filters",
        )


def check_sides(sides: Sides) -> None:
    """Raises ProgsearchError where one of two sides has no passage."""
    for side, name in zip((sides.old, sides.new), sides.names, strict=True):
        check_side(name, side)


def sides_of(
    paths: Sequence[Path],
    of: str,
    with_: str,
    rev: str,
    index: str | os.PathLike[str] | Index,
    settings: Settings | None,
    filters: Filters,
    others: Filters,
) -> Sides:
    """The two sides that paths, a range of revisions, or two parts of an index name.

    Raises ProgsearchError for what names one side only, or more than two.
    """
    chosen = settings or Settings()
    if of or with_:
        if not (of and with_) or paths or rev:
            raise ProgsearchError(
                "two parts of an index have one option each, and no paths",
                where="--with" if of else "--of",
                remedy="write --of party=S,year=2013 --with party=S,year=2025",
            )
        with index_in(index) as asked:
            return of_index(asked, of, with_, filters, others, headings=True)
    if rev:
        if not paths:
            raise ProgsearchError(
                "which repository?", where="--rev", remedy="name a folder or file in it"
            )
        return of_revisions(paths, rev, filters, chosen, headings=True)
    if len(paths) != 2:
        raise ProgsearchError(
            f"{len(paths)} paths instead of two",
            where="diff",
            remedy="name OLD and NEW, or use --rev A..B PATH, or --of and --with",
        )
    return of_files(paths[0], paths[1], filters, chosen, headings=True)
