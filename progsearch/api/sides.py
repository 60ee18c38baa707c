"""The two sides that are held against each other, by paths, revisions or parts of an index."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from progsearch.api.damage import told
from progsearch.engine import open_engine
from progsearch.errors import ProgsearchError
from progsearch.meaning import DEFAULT, Encoder, encoder_of
from progsearch.meaning.near import folder_of
from progsearch.meaning.passages import Nearest, nearest_of_files, nearest_of_index
from progsearch.meaning.store import Made
from progsearch.promises import Side
from progsearch.promises.asked import Sides, of_files, of_index, of_revisions
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.settings import Settings

__all__ = ["check_side", "check_sides", "encoder_for", "index_in", "nearest_of", "sides_of"]


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


def encoder_for(paths: Sequence[object], encoder: str, *, meaning: bool) -> Encoder | None:
    """What makes the vectors of files: nothing for parts of an index, which has its own.

    Raises ProgsearchError where it is not there, or was named for nothing.
    """
    if encoder and not (meaning and paths):
        raise ProgsearchError(
            "the vectors of an index have their encoder" if meaning else "nothing asks for vectors",
            where="--encoder",
            remedy=f"run: progsearch meaning --encoder {encoder}" if meaning else "add --meaning",
        )
    return encoder_of(encoder or DEFAULT) if meaning and paths else None


def nearest_of(
    sides: Sequence[Side],
    index: str | os.PathLike[str] | Index,
    encoder: Encoder | None,
    told: Callable[[Made], None] | None = None,
) -> tuple[str, Nearest]:
    """What knows the passages of the sides by their meaning, and the encoder by which it does.

    By the vectors of the ``index``; with an ``encoder`` by those that it makes. Raises
    ProgsearchError where they are missing.
    """
    passages = [one.passage for side in sides for one in side.said]
    if encoder:
        return encoder.name, nearest_of_files(encoder, passages, told)
    with index_in(index) as opened:
        return nearest_of_index(opened, folder_of(opened), passages)
