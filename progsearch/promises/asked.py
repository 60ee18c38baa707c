"""The two sides of a question on promises, as a user names them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from os.path import commonpath
from pathlib import Path

from progsearch.errors import ProgsearchError
from progsearch.facts.names import did_you_mean
from progsearch.ignoring import Choice
from progsearch.model import PartialDate
from progsearch.promises.sides import Side, side_of, side_of_files
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.settings import Settings

__all__ = [
    "Sides",
    "is_part",
    "of_files",
    "of_index",
    "of_reports",
    "of_revisions",
    "part_of",
    "part_text",
]

_PATTERN = re.compile(r"[\\*?\[\]!# ]")
"""What means something in a pattern of files, and is a letter of a name here."""
_DAYS = ("since", "until")
_SWITCHES = ("promises", "asides")
_YES = {"yes": True, "true": True, "no": False, "false": False}
_PARTS = tuple(field.name for field in fields(Filters) if field.name != "copies")


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides, and what each is called."""

    old: Side
    new: Side
    names: tuple[str, str]

    @property
    def title(self) -> str:
        """Both names, without the folders that all files have in common."""
        files = [name.split(", ") for name in self.names]
        folders = {file.rpartition("/")[0] for some in files for file in some}
        above = f"{folder}/" if all(folders) and (folder := _common(folders)) else ""
        ends = (", ".join(file.removeprefix(above) for file in some) for some in files)
        return " → ".join(ends)


def _common(folders: Iterable[str]) -> str:
    """The folder in which all of them are, if there is one."""
    try:
        return commonpath(folders)
    except ValueError:  # some from the root and some not
        return ""


def part_text(name: str, values: Sequence[str]) -> str:
    """The part of an index that has one of some values, as :func:`part_of` reads it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([f"{name}={value}" for value in values])
    return out.getvalue()


def is_part(text: str) -> bool:
    """Whether a text begins as a part of an index does, and not as a name with a sign in it."""
    name, equals, _ = text.lstrip(' "').partition("=")
    return bool(equals) and name.strip() in _PARTS


def part_of(where: str, text: str, filters: Filters) -> Filters:
    """The filters narrowed to a part of an index, written as ``party=S,year=2013``.

    A name may stand several times: its values are alternatives. A piece with a comma stands in
    quotation marks, as in CSV: ``"party=Za město, z.s.",year=2020``. Raises ProgsearchError
    for a name that is no filter.
    """
    found: dict[str, list[str]] = {}
    for piece in next(csv.reader([text], skipinitialspace=True), [text]):
        name, equals, value = (part.strip() for part in piece.partition("="))
        if not equals or not value:
            raise ProgsearchError(
                f"not a part of an index: {text!r}",
                where=where,
                remedy="write NAME=VALUE,NAME=VALUE: party=Piráti,year=2020"
                + (
                    '; what has a comma in quotation marks: "party=A, B",year=2020' if found else ""
                ),
            )
        if name not in _PARTS:
            names = ", ".join(_PARTS)
            raise ProgsearchError(
                f"no filter {name!r}",
                where=where,
                remedy=did_you_mean(name, _PARTS, f"filters are {names}", most=1),
            )
        found.setdefault(name, []).append(value)
    given = {name: _value(where, name, values) for name, values in found.items()}
    return replace(filters, **given)  # type: ignore[arg-type]


def _value(where: str, name: str, values: Sequence[str]) -> object:
    if name in _DAYS:
        return PartialDate.parse(values[-1])
    if name not in _SWITCHES:
        return tuple(values)
    if values[-1].casefold() not in _YES:
        raise ProgsearchError(
            f"{name} is {values[-1]!r}", where=where, remedy=f"write {name}=yes or {name}=no"
        )
    return _YES[values[-1].casefold()]


def of_reports(filters: Filters) -> Filters:
    """The filters of promises as they hold for reports on them: whatever these say of it."""
    return replace(filters, promises=False, role=(), commitment=(), label=())


def of_index(
    index: Index, of: str, with_: str, filters: Filters, others: Filters, *, headings: bool
) -> Sides:
    """Two parts of an index, each with its filters. Raises ProgsearchError for parts that it does
    not have."""
    old = side_of(index, part_of("--of", of, filters), headings=headings)
    new = side_of(index, part_of("--with", with_, others), headings=headings)
    return Sides(old, new, (of, with_))


def of_files(
    old: Path, new: Path, filters: Filters, settings: Settings, *, headings: bool
) -> Sides:
    """Two files or two folders. Raises ProgsearchError where one cannot be read."""
    return Sides(
        side_of_files([old], filters, settings, headings=headings),
        side_of_files([new], filters, settings, headings=headings),
        (old.as_posix(), new.as_posix()),
    )


def of_revisions(
    paths: Sequence[Path], revisions: str, filters: Filters, settings: Settings, *, headings: bool
) -> Sides:
    """The same files in two commits of a repository, written as ``A..B``; without a checkout.

    An empty end is ``HEAD``. Raises ProgsearchError for what is no pair of commits.
    """
    old, dots, new = revisions.partition("..")
    if not dots or not (old or new) or new.startswith("."):
        raise ProgsearchError(
            f"not two commits: {revisions!r}", where="--rev", remedy="write A..B: 2020..main"
        )
    sides = [
        _at_commit(paths, rev or "HEAD", filters, settings, headings=headings) for rev in (old, new)
    ]
    return Sides(sides[0], sides[1], (old or "HEAD", new or "HEAD"))


def _at_commit(
    paths: Sequence[Path], rev: str, filters: Filters, settings: Settings, *, headings: bool
) -> Side:
    """What stood in a commit. A file is looked for in its folder, which need not have it now."""
    if all(path.is_dir() for path in paths):
        return side_of_files(paths, filters, replace(settings, rev=rev), headings=headings)
    if len(paths) > 1:
        raise ProgsearchError(
            "several files at once", where="--rev", remedy="name one file, or folders"
        )
    (file,) = paths
    name = _PATTERN.sub(r"\\\g<0>", file.name)
    chosen = replace(settings, rev=rev, choice=Choice((f"/{name}",), ()))
    side = side_of_files([file.absolute().parent], filters, chosen, headings=headings)
    # A file stands for itself, whatever its name was.
    return replace(
        side, said=[replace(one, unit=replace(one.unit, source="")) for one in side.said]
    )
