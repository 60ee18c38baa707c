"""What is asked of promises: two sides by name, and what is told of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from progsearch.api.damage import told
from progsearch.api.words import FilterWords, filters_of
from progsearch.engine import open_engine
from progsearch.errors import Problem, ProgsearchError
from progsearch.export.tables import About
from progsearch.promises import Versions, diff
from progsearch.promises.asked import Sides, of_files, of_index, of_revisions
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.settings import Settings

__all__ = ["DifferenceAnswer", "difference"]

Paths = Sequence[str | os.PathLike[str]]

MARKUP = "a change of marks, typography or case alone is no change"
LINKED = (
    "passages are linked by their words: of 100 links about 99 are right, and what was written "
    "anew in other words is told as dropped and new"
)
"""From ``python -m benchmarks.pairing``, on versions whose links were judged by hand."""


@dataclass(frozen=True, slots=True)
class DifferenceAnswer:
    """What changed between two sides, what they are called, and how it is to be read."""

    versions: Versions
    sides: Sides
    filters: Filters

    @property
    def title(self) -> str:
        """The two sides by name."""
        old, new = self.sides.names
        return f"{old} → {new}"

    @property
    def problems(self) -> list[Problem]:
        """What was odd about the files of both sides, each said once."""
        return list(dict.fromkeys([*self.sides.old.problems, *self.sides.new.problems]))

    @property
    def notes(self) -> list[str]:
        """What a reader of the table has to know."""
        return [MARKUP, LINKED]

    def about(self, made: str) -> About:
        """How the table came about; ``made`` is the day."""
        old, new = self.sides.names
        asked = {"old": old, "new": new, "corpus_old": self.sides.old.summary.corpus_hash}
        return About(
            command="diff",
            asked=asked,
            filters=self.filters,
            corpus=self.sides.new.summary,
            made=made,
            notes=tuple(self.notes),
        )


def difference(
    paths: Paths = (),
    *,
    of: str = "",
    with_: str = "",
    rev: str = "",
    index: str | os.PathLike[str] = "index",
    settings: Settings | None = None,
    **filters: Unpack[FilterWords],
) -> DifferenceAnswer:
    """What changed between two files or folders, two commits, or two parts of an index.

    Raises ProgsearchError where it is not said what to compare, or a side has nothing.
    """
    chosen = filters_of("keep", **filters)
    sides = _sides([Path(path) for path in paths], of, with_, rev, Path(index), settings, chosen)
    for side, name in zip((sides.old, sides.new), sides.names, strict=True):
        if not side.said:
            raise ProgsearchError(
                "there is no passage on this side", where=name, remedy="widen the filters"
            )
    return DifferenceAnswer(diff(sides.old, sides.new), sides, chosen)


def _sides(
    paths: Sequence[Path],
    of: str,
    with_: str,
    rev: str,
    folder: Path,
    settings: Settings | None,
    filters: Filters,
) -> Sides:
    chosen = settings or Settings()
    if of or with_:
        if not (of and with_) or paths or rev:
            raise ProgsearchError(
                "two parts of an index have one option each, and no paths",
                where="--with" if of else "--of",
                remedy="write --of party=S,year=2013 --with party=S,year=2025",
            )
        engine = open_engine(folder)
        try:
            with told(engine):
                return of_index(Index.of(engine), of, with_, filters, headings=True)
        finally:
            engine.close()
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
