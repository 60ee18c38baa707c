"""Passages coded by hand: who read what, and how relevant it is for which theme.

A row names a passage by its id, by file and line, or by file and text, and has the columns
``theme`` and ``relevance`` (0 not, 1 partly, 2 fully relevant). ``relevance_2`` is what a
second coder said, ``weight`` how many passages the row stands for when it was sampled
(see :mod:`progsearch.themes.audit`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from progsearch.errors import Problem, ProgsearchError
from progsearch.judgements.rows import sheet_of
from progsearch.readers.encoding import decode

__all__ = ["RELEVANCE", "Coded", "read_coded"]

RELEVANCE = (0, 1, 2)
"""Not, partly and fully relevant."""

_NAMES = {
    "id": ("id", "passage_id"),
    "file": ("file", "path"),
    "line": ("line",),
    "text": ("text", "passage"),
    "theme": ("theme",),
    "relevance": ("relevance", "relevance_1"),
    "second": ("relevance_2", "second", "second_coder"),
    "weight": ("weight",),
}
"""The columns, and the names that they may have."""

_SHOWN = 20  # problems; more than that have one cause


@dataclass(frozen=True, slots=True)
class Coded:
    """One row; ``number`` is its line in the file of codes. Empty strings and 0 where the row
    does not say."""

    number: int
    theme: str
    relevance: int
    second: int | None
    id: str
    file: str
    line: int
    text: str
    weight: float = 1.0


def read_coded(path: Path) -> list[Coded]:
    """The coded rows of a CSV (comma, semicolon or tab) or JSON Lines file.

    Rows without a relevance are not coded yet and are left out. Raises ProgsearchError with
    every row that cannot be used.
    """
    try:
        text, _ = decode(path.read_bytes())
    except OSError as error:
        raise ProgsearchError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="give a CSV file"
        ) from None
    problems: list[Problem] = []
    records: Iterator[tuple[int, Mapping[str, object]]]
    if text.lstrip().startswith("{"):
        records = _json_lines(text, path, problems)
    else:
        _, records = sheet_of(text, path)
    found: list[Coded] = []
    for number, record in records:
        try:
            row = _row(number, {key: str(value).strip() for key, value in record.items()})
        except ProgsearchError as error:
            problems.append(Problem(str(path), number, error.what, error.remedy))
            continue
        if row:
            found.append(row)
    if problems:
        shown = "".join(f"\n  {problem}" for problem in problems[:_SHOWN])
        more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        rows = f"{len(problems)} row{'s' if len(problems) != 1 else ''}"
        raise ProgsearchError(f"{rows} cannot be used:{shown}{more}")
    if not found:
        raise ProgsearchError(
            "there is no coded row",
            where=str(path),
            remedy="columns are theme, relevance, and id, or file with line or text",
        )
    return found


def _json_lines(
    text: str, path: Path, problems: list[Problem]
) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            problems.append(Problem(str(path), number, f"not JSON: {error.msg}", "mend the line"))
            continue
        except RecursionError:
            problems.append(Problem(str(path), number, "nested too deeply", "mend the line"))
            continue
        if isinstance(record, dict):
            yield number, {key: "" if value is None else value for key, value in record.items()}
        else:
            problems.append(Problem(str(path), number, "not an object", 'write {"theme": …}'))


def _row(number: int, record: Mapping[str, str]) -> Coded | None:
    values = {
        name: next((record[alias] for alias in aliases if record.get(alias)), "")
        for name, aliases in _NAMES.items()
    }
    if not values["relevance"] and not values["second"]:
        return None
    if not values["theme"]:
        raise ProgsearchError("no theme", remedy="write a theme's id in the column theme")
    # A spreadsheet keeps what begins like a formula behind an apostrophe.
    text = values["text"].removeprefix("'") if values["text"][1:2] in "=+-@" else values["text"]
    if not values["id"] and not (values["file"] and (values["line"] or text)):
        raise ProgsearchError(
            "the row does not say which passage it is about",
            remedy="fill in id, or file and line, or file and text",
        )
    return Coded(
        number=number,
        theme=values["theme"],
        relevance=_grade("relevance", values["relevance"]),
        second=_grade("relevance_2", values["second"]) if values["second"] else None,
        id=values["id"],
        file=values["file"].replace("\\", "/"),
        line=_number("line", values["line"]),
        text=text,
        weight=_weight(values["weight"]),
    )


def _grade(column: str, value: str) -> int:
    try:
        grade = float(value.replace(",", "."))
    except ValueError:
        grade = -1.0
    if grade not in RELEVANCE:
        raise ProgsearchError(f"{column} is {value!r}", remedy="write 0, 1 or 2")
    return int(grade)


def _number(column: str, value: str) -> int:
    if not value:
        return 0
    if not value.isdecimal() or int(value) < 1:
        raise ProgsearchError(f"{column} is {value!r}", remedy="write a number from 1")
    return int(value)


def _weight(value: str) -> float:
    try:
        weight = float(value.replace(",", ".")) if value else 1.0
    except ValueError:
        weight = 0.0
    if not 0 < weight < float("inf"):
        raise ProgsearchError(f"weight is {value!r}", remedy="write a number above 0")
    return weight
