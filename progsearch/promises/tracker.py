"""What people judged of promises: rows to code, and the rows that they coded, read back.

A sheet has one row a promise and passage near it, with three columns to fill in: ``status``
(one of :data:`progsearch.promises.status.STATUSES`), ``judged_by`` and ``judged_on``. A
second coder fills in ``status_2``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path

from progsearch.errors import ProgsearchError
from progsearch.judgements.rows import sheet_of
from progsearch.model import PartialDate
from progsearch.pairing import normalised
from progsearch.promises.follow import Following
from progsearch.promises.sides import Said
from progsearch.promises.status import STATUSES
from progsearch.readers.encoding import decode

__all__ = ["CODED", "Judged", "agreement_rows", "placed", "read_sheet"]

CODED = ("status", "judged_by", "judged_on", "status_2")
"""The columns of a sheet that people fill in."""

_NEEDED = ("promise_file", "promise_line", "promise", "status")
_SHOWN = 20  # problems; more than that have one cause


@dataclass(frozen=True, slots=True)
class Judged:
    """What was entered for a promise: its status, by whom, when, and what it was read from.

    ``report_file`` and ``report_line`` are empty where it was entered without a passage.
    ``second`` is the status of a second coder, empty without one.
    """

    number: int
    promise_file: str
    promise_line: int
    promise: str
    report_file: str
    report_line: int | None
    report: str
    status: str
    by: str
    on: str
    second: str = ""


def read_sheet(path: Path) -> list[Judged]:
    """What a sheet says of each promise that has a status, in its order, all its rows together.

    Raises ProgsearchError with every row that cannot be used.
    """
    try:
        text, _ = decode(path.read_bytes())
    except OSError as error:
        raise ProgsearchError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="name a CSV file"
        ) from None
    names, records = sheet_of(text, path)
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise ProgsearchError(
            f"no sheet of promises: it has no column {missing[0]!r}",
            where=str(path),
            remedy="write one with: progsearch follow … --sheet FILE.csv",
        )
    problems: list[str] = []
    found: dict[tuple[str, str, int], Judged] = {}
    for number, record in records:
        if not record["status"] and not record.get("status_2"):
            continue
        try:
            row = _row(number, record)
            promise = (normalised(row.promise), row.promise_file, row.promise_line)
            found[promise] = _together(found.get(promise, row), row)
        except ProgsearchError as error:
            problems.append(f"\n  {path}:{number}: {error}")
    if problems:
        more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        count = f"{len(problems)} row{'s' if len(problems) != 1 else ''}"
        raise ProgsearchError(f"{count} cannot be used:{''.join(problems[:_SHOWN])}{more}")
    return list(found.values())


def placed(rows: Sequence[Judged], following: Following) -> tuple[dict[str, Judged], list[Judged]]:
    """What was entered, by the id of the promise, and the rows whose promise is not there.

    A promise is told by its words, and among equal ones by its file, as far as the ends of the
    paths are alike, and its line: its file may have moved, and lines above it may have been
    added since the sheet was written.
    """
    by_words: dict[str, list[Said]] = {}
    for one in following.promises:
        by_words.setdefault(one.promise.unit.plain, []).append(one.promise)
    found: dict[str, Judged] = {}
    lost: list[Judged] = []
    for row in rows:
        there = by_words.get(normalised(row.promise))
        if not there:
            lost.append(row)
            continue
        promise = min(there, key=partial(_distance, row))
        found.setdefault(promise.passage.id, row)
    return found, lost


def _distance(row: Judged, promise: Said) -> tuple[int, int]:
    """How far the place of a row is from that of a promise of the same words."""
    ends = zip(
        reversed(row.promise_file.replace("\\", "/").split("/")),
        reversed(promise.file.split("/")),
        strict=False,
    )
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    return -alike, abs(promise.passage.line - row.promise_line)


def agreement_rows(rows: Sequence[Judged]) -> list[tuple[str, str]]:
    """The statuses of two coders, of the promises that both have coded."""
    return [(row.status, row.second) for row in rows if row.status and row.second]


def _together(first: Judged, row: Judged) -> Judged:
    """Two rows of a promise as one; ProgsearchError where they do not say the same of it."""
    for name, one, other in (
        ("status", first.status, row.status),
        ("status_2", first.second, row.second),
    ):
        if one and other and one != other:
            raise ProgsearchError(
                f"{name} is {other}, and {one} in line {first.number} for the same promise",
                remedy="leave one of the two",
            )
    return replace(first if first.status else row, second=first.second or row.second)


def _is_day(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ProgsearchError:
        return False
    return True


def _row(number: int, record: Mapping[str, str]) -> Judged:
    status, second = record["status"].lower(), record.get("status_2", "").lower()
    for value in (status, second):
        if value and value not in STATUSES:
            raise ProgsearchError(f"status is {value!r}", remedy=f"write {', '.join(STATUSES)}")
    if status and not (record.get("judged_by") and _is_day(record.get("judged_on", ""))):
        raise ProgsearchError(
            "a status without who judged it and when",
            remedy="fill in judged_by, and judged_on as YYYY-MM-DD",
        )
    for name in ("promise_line", "report_line"):
        if record.get(name) and not record[name].isdecimal():
            raise ProgsearchError(f"{name} is {record[name]!r}", remedy="write a number")
    return Judged(
        number,
        record["promise_file"],
        int(record["promise_line"] or 0),
        _plain(record["promise"]),
        record.get("report_file", ""),
        int(record["report_line"]) if record.get("report_line") else None,
        _plain(record.get("report", "")),
        status,
        record.get("judged_by", ""),
        record.get("judged_on", ""),
        second,
    )


def _plain(text: str) -> str:
    """A cell without the apostrophe behind which files for spreadsheets keep what begins like
    a formula."""
    return text.removeprefix("'") if text[1:2] in ("=", "+", "-", "@") else text
