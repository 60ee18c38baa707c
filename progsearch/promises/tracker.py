"""What people judged of promises: rows to code, and the rows that they coded, read back.

A sheet has one row a promise and passage near it, with three columns to fill in: ``status``
(one of :data:`progsearch.promises.status.STATUSES`), ``judged_by`` and ``judged_on``. A
second coder fills in ``status_2``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from progsearch.errors import ProgsearchError
from progsearch.pairing import normalised
from progsearch.promises.follow import Following
from progsearch.promises.status import STATUSES
from progsearch.readers.encoding import decode

__all__ = ["CODED", "Judged", "agreement_rows", "placed", "read_sheet"]

CODED = ("status", "judged_by", "judged_on", "status_2")
"""The columns of a sheet that people fill in."""

_NEEDED = ("promise_file", "promise_line", "promise", "status")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
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
    """The rows of a sheet that have a status, in its order; of a promise the first counts.

    Raises ProgsearchError with every row that cannot be used.
    """
    try:
        text, _ = decode(path.read_bytes())
    except OSError as error:
        raise ProgsearchError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="name a CSV file"
        ) from None
    records = list(_records(text.removeprefix("\ufeff")))
    names = set(records[0][1]) if records else set()
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise ProgsearchError(
            f"no sheet of promises: it has no column {missing[0]!r}",
            where=str(path),
            remedy="write one with: progsearch follow … --sheet FILE.csv",
        )
    problems: list[str] = []
    found: list[Judged] = []
    for number, record in records:
        if not record["status"] and not record.get("status_2"):
            continue
        try:
            found.append(_row(number, record))
        except ProgsearchError as error:
            problems.append(f"\n  {path}:{number}: {error}")
    if problems:
        more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise ProgsearchError(
            f"{len(problems)} rows cannot be used:{''.join(problems[:_SHOWN])}{more}"
        )
    return found


def placed(rows: Sequence[Judged], following: Following) -> tuple[dict[str, Judged], list[Judged]]:
    """What was entered, by the id of the promise, and the rows whose promise is not there.

    A promise is told by its words, and among equal ones by its line: its file may have moved,
    and lines above it may have been added since the sheet was written.
    """
    by_words: dict[str, list[tuple[int, str]]] = {}
    for one in following.promises:
        passage = one.promise.passage
        by_words.setdefault(one.promise.unit.plain, []).append((passage.line, passage.id))
    found: dict[str, Judged] = {}
    lost: list[Judged] = []
    for row in rows:
        there = by_words.get(normalised(row.promise))
        if not there:
            lost.append(row)
            continue
        _, promise = min(there, key=lambda place: abs(place[0] - row.promise_line))
        found.setdefault(promise, row)
    return found, lost


def agreement_rows(rows: Sequence[Judged]) -> list[tuple[str, str]]:
    """The statuses of two coders, of the rows that both have coded."""
    return [(row.status, row.second) for row in rows if row.status and row.second]


def _records(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    head = text.partition("\n")[0]
    # Spreadsheets write semicolons where the comma is the decimal sign.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    names: Sequence[str] = [name.strip().lower() for name in next(rows, [])]
    for row in rows:
        if any(cell.strip() for cell in row):
            cells = [cell.strip() for cell in row] + [""] * (len(names) - len(row))
            yield rows.line_num, dict(zip(names, cells, strict=False))


def _row(number: int, record: Mapping[str, str]) -> Judged:
    status, second = record["status"], record.get("status_2", "")
    for value in (status, second):
        if value and value not in STATUSES:
            raise ProgsearchError(f"status is {value!r}", remedy=f"write {', '.join(STATUSES)}")
    if status and not (record.get("judged_by") and _DAY.fullmatch(record.get("judged_on", ""))):
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
