"""What is asked of promises: two sides by name, and what is told of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Unpack

from progsearch.api.sides import (
    check_side,
    check_sides,
    encoder_for,
    index_in,
    nearest_of,
    sides_of,
)
from progsearch.api.words import FilterWords, filters_of
from progsearch.errors import Problem, ProgsearchError
from progsearch.export.tables import About
from progsearch.meaning.store import Made
from progsearch.promises import Following, Matching, Side, Versions, diff, follow, match
from progsearch.promises.asked import (
    Sides,
    of_reports,
    part_of,
    part_text,
)
from progsearch.promises.follow import NEAREST
from progsearch.promises.match import FIRST, FORMULA, SAME_OF_FIRST
from progsearch.promises.sides import side_of, side_of_files
from progsearch.promises.tracker import Judged, placed, read_sheet
from progsearch.query import Everything
from progsearch.scope import Filters, as_filter, left_out_line
from progsearch.search import Index
from progsearch.settings import Settings

__all__ = [
    "DifferenceAnswer",
    "FollowAnswer",
    "MatchAnswer",
    "check_part",
    "difference",
    "followed",
    "matched",
    "placed",
]

DIMENSIONS = ("party", "region", "country", "kind", "year")
"""What groups of promises may be made by; each has its own language or shares one."""

Paths = Sequence[str | os.PathLike[str]]

MARKUP = "a change of marks, typography or case alone is no change"
LINKED = (
    "passages are linked by their words: of 100 links about 99 are right, and what was written "
    "anew in other words is told as dropped and new"
)
"""From ``python -m benchmarks.pairing``, on versions whose links were judged by hand."""
YOURS = "nearest passages by their words; whether a promise was kept is yours to judge"
MISSES = (
    "of promises that the reports speak of, about one in five have no such passage among the "
    "nearest, most of them because the report uses other words"
)
MEANT = (
    "nearest passages by their words and their meaning (~: by meaning alone); whether a promise "
    "was kept is yours to judge"
)
MISSES_MEANT = (
    "of promises that the reports speak of, about one in seven have no such passage among the "
    "nearest"
)
STATED = (
    "a status stands only where a report states it in so many words or a person entered it; "
    "restated: the report repeats the promise and says nothing else"
)
OPEN = (
    "of {} promises a report has words like a status, and none is told: they are no known status, "
    "differ, are said of other numbers or of the contrary, or it is not told of which promise they "
    "are said"
)
EARLY = "of {} promises a status is told by a report that is older than the programme"
PAIRED = "pairs are ranked by their words; they say nothing of agreement or opposition"


@dataclass(frozen=True, slots=True)
class DifferenceAnswer:
    """What changed between two sides, what they are called, and how it is to be read."""

    versions: Versions
    sides: Sides
    filters: Filters

    @property
    def title(self) -> str:
        """The two sides by name."""
        return self.sides.title

    @property
    def problems(self) -> list[Problem]:
        """What was odd about the files of both sides, each said once."""
        return list(dict.fromkeys([*self.sides.old.problems, *self.sides.new.problems]))

    @property
    def notes(self) -> list[str]:
        """What a reader of the table has to know."""
        return [MARKUP, LINKED, *_kept_out(self.sides)]

    def about(self, made: date) -> About:
        """How the table came about; ``made`` is the day."""
        old, new = self.sides.names
        asked = {"old": old, "new": new, "corpus_old": self.sides.old.summary.corpus_hash}
        return About(
            command="diff",
            asked=asked,
            filters=self.filters,
            corpus=self.sides.new.summary,
            made=made.isoformat(),
            notes=tuple(self.notes),
        )


def difference(
    paths: Paths = (),
    *,
    of: str = "",
    with_: str = "",
    rev: str = "",
    index: str | os.PathLike[str] | Index = "index",
    settings: Settings | None = None,
    **filters: Unpack[FilterWords],
) -> DifferenceAnswer:
    """What changed between two files or folders, two commits, or two parts of an index.

    Raises ProgsearchError where it is not said what to compare, or a side has nothing.
    """
    chosen = filters_of("once", **filters)
    given = [Path(path) for path in paths]
    sides = sides_of(given, of, with_, rev, index, settings, chosen, chosen)
    check_sides(sides)
    return DifferenceAnswer(diff(sides.old, sides.new), sides, chosen)


@dataclass(frozen=True, slots=True)
class FollowAnswer:
    """What reports say near promises, what people judged of them, and how it is to be read.

    ``judged`` has what was entered by the id of the promise, ``lost`` the rows of the sheet
    whose promise the programme does not have; ``meaning`` is the encoder by which passages were
    near in meaning, if any was asked.
    """

    following: Following
    sides: Sides
    filters: Filters
    judged: dict[str, Judged]
    lost: Sequence[Judged] = ()
    meaning: str = ""

    @property
    def title(self) -> str:
        """The programme and its reports by name."""
        return self.sides.title

    @property
    def problems(self) -> list[Problem]:
        """What was odd about the files of both sides, each said once."""
        return list(dict.fromkeys([*self.sides.old.problems, *self.sides.new.problems]))

    @property
    def notes(self) -> list[str]:
        """What a reader of the table has to know."""
        near = [MEANT, MISSES_MEANT] if self.meaning else [YOURS, MISSES]
        doubted = self.following.doubted
        left_open = [OPEN.format(f"{doubted:,}")] if doubted else []
        early = self.following.early
        if early:
            left_open.append(EARLY.format(f"{early:,}"))
        return [*near, STATED, *left_open, *_kept_out(self.sides)]

    def about(self, made: date) -> About:
        """How the table came about; ``made`` is the day."""
        programme, reports = self.sides.names
        return About(
            command="follow",
            asked={
                "programme": programme,
                "reports": reports,
                "corpus_programme": self.sides.old.summary.corpus_hash,
                **({"meaning": self.meaning} if self.meaning else {}),
            },
            filters=self.filters,
            corpus=self.sides.new.summary,
            made=made.isoformat(),
            notes=tuple(self.notes),
        )


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """Who promises the same, and how it is to be read; ``side`` is one of those compared,
    ``left_out`` counts the documents of all of them that only repeat another one, and ``undated``
    says what days keep out."""

    matching: Matching
    side: Side
    filters: Filters
    left_out: int = 0
    undated: Sequence[str] = ()

    @property
    def title(self) -> str:
        """The groups by name."""
        return " · ".join(self.matching.names)

    @property
    def notes(self) -> list[str]:
        """What a reader of the table has to know."""
        same = (
            f"of the first {FIRST} pairs about {SAME_OF_FIRST} are the same promise, and fewer "
            "of those behind them; the others are on the same subject and may say the contrary"
        )
        notes = [same, PAIRED]
        if self.left_out:
            notes.append(left_out_line(self.left_out))
        if self.matching.formulas:
            notes.append(
                f"{self.matching.formulas} passages that their side says in the same words "
                f"{FORMULA} times or more were not held against others"
            )
        return [*notes, *self.undated]

    def about(self, made: date) -> About:
        """How the table came about; ``made`` is the day."""
        return About(
            command="match",
            asked={"groups": list(self.matching.names), "pairs found": self.matching.found},
            filters=self.filters,
            corpus=self.side.summary,
            made=made.isoformat(),
            notes=tuple(self.notes),
        )


def followed(
    paths: Paths = (),
    *,
    of: str = "",
    with_: str = "",
    index: str | os.PathLike[str] | Index = "index",
    settings: Settings | None = None,
    limit: int = NEAREST,
    everything: bool = False,
    meaning: bool = False,
    encoder: str = "",
    told: Callable[[Made], None] | None = None,
    sheet: str | os.PathLike[str] | None = None,
    **filters: Unpack[FilterWords],
) -> FollowAnswer:
    """What reports say near each promise of a programme: the first path, or a part of an index.

    ``sheet`` is a file of judgements, which win over what a report states. With ``meaning``
    passages are near by their vectors, too: those of the index, or, of files, such as an
    ``encoder`` makes, of which ``told`` hears how far they are. Raises ProgsearchError where it
    is not said what to follow, a side has nothing, or vectors are missing.
    """
    chosen = filters_of("once", **filters)
    made_by = encoder_for(paths, encoder, meaning=meaning)
    if of or with_ or len(paths) < 2:
        if len(paths) < 2 and not (of or with_):
            raise ProgsearchError(
                "a programme and its reports are needed",
                where="follow",
                remedy="name PROGRAMME REPORT…, or use --of and --with",
            )
        given = [Path(path) for path in paths]
        sides = sides_of(given, of, with_, "", index, None, chosen, of_reports(chosen))
    else:
        first, *rest = (Path(path) for path in paths)
        sides = Sides(
            side_of_files([first], chosen, settings),
            side_of_files(rest, of_reports(chosen), settings, headings=True),
            (first.as_posix(), ", ".join(path.as_posix() for path in rest)),
        )
    check_sides(sides)
    by, nearest = "", None
    if meaning:
        by, nearest = nearest_of((sides.old, sides.new), index, made_by, told)
    found = follow(sides.old, sides.new, limit, everything=everything, nearest=nearest)
    judged: dict[str, Judged] = {}
    lost: Sequence[Judged] = ()
    if sheet is not None:
        judged, lost = placed(read_sheet(Path(sheet)), found)
    return FollowAnswer(found, sides, chosen, judged, lost, by)


def matched(
    *,
    of: str = "",
    with_: str = "",
    by: str = "",
    index: str | os.PathLike[str] | Index = "index",
    limit: int | None = FIRST,
    **filters: Unpack[FilterWords],
) -> MatchAnswer:
    """The same promises of two parts of an index, or of all groups ``by`` a dimension.

    With ``by``, ``of`` may narrow what all groups are of. Raises ProgsearchError where it is not
    said whom to compare, where only one of them has something, or where they have no language
    in common.
    """
    chosen = filters_of("once", **filters)
    if by and with_:
        raise ProgsearchError(
            "--by compares all groups, --with one with another",
            where="match",
            remedy="leave one of them out, or narrow all groups by filters",
        )
    if by:
        chosen = part_of("--of", of, chosen) if of else chosen
    elif not (of and with_):
        raise ProgsearchError(
            "whose promises?",
            where="match",
            remedy="write --party A --with B, --of NAME=VALUE --with NAME=VALUE, or --by party",
        )
    with index_in(index) as opened:
        sides = dict(_groups(opened, by, chosen)) if by else {}
        if not by:
            for where, part in (("--of", of), ("--with", with_)):
                sides[part] = side_of(opened, part_of(where, part, chosen))
        # Of all groups together: those of which nothing has a date are no sides.
        of_all = opened.undated(Everything(), chosen)
    undated = [of_all] * bool(of_all) if by else _undated(sides.items())
    for name, side in sides.items():
        check_side(name, side)
    if len(sides) < 2:
        raise ProgsearchError(
            "; ".join(("there are not two groups to compare", *undated)),
            where=by or of,
            remedy="widen the filters",
        )
    left_out = sum(side.left_out for side in sides.values())
    side = next(iter(sides.values()))
    return MatchAnswer(match(sides, limit), side, chosen, left_out, undated)


def check_part(where: str, part: str) -> None:
    """Raises ProgsearchError for what names no part of an index: ``party=S,year=2013`` does."""
    part_of(where, part, Filters())


def _groups(index: Index, by: str, filters: Filters) -> Iterator[tuple[str, Side]]:
    if by not in DIMENSIONS:
        raise ProgsearchError(
            f"no groups by {by!r}", where="--by", remedy=f"choose {', '.join(DIMENSIONS)}"
        )
    wanted = getattr(filters, by)
    for value in wanted or index.engine.values(by):
        if value:
            side = side_of(index, part_of("--by", part_text(by, [as_filter(value)]), filters))
            if side.said:
                yield value, side


def _kept_out(sides: Sides) -> list[str]:
    count = sides.old.left_out + sides.new.left_out
    lines = [left_out_line(count)] if count else []
    return [*lines, *_undated(zip(sides.names, (sides.old, sides.new), strict=True))]


def _undated(sides: Iterable[tuple[str, Side]]) -> list[str]:
    """What days keep out of each side, because it has no date."""
    return [f"{name}: {side.undated}" for name, side in sides if side.undated]
