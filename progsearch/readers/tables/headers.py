"""Where the rows of a table begin, what its columns are called, and whether a text is a table."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath

from progsearch.facts.fields import fields_of

__all__ = [
    "SEPARATORS",
    "first_row",
    "is_other",
    "looks_like_table",
    "named_once",
    "stated_separator",
]

SEPARATORS = ",;\t|"
MOST_ABOVE = 10
"""Rows above the header, as programs write them that export a report."""
MIN_NAMED = 2
_HEAD = 1 << 16
_STATED = re.compile(r"\ufeff?\s*sep=(.)[ \t]*(?:\r\n?|\n)", re.IGNORECASE)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|head|body|table)\b", re.IGNORECASE
)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_TEXTS = frozenset((".txt", ".text", ".asc", ".dat", ".xls", ".xlsx", ".ods", ".prn", ""))
"""Names under which programs and people keep tables that they call otherwise."""


def stated_separator(text: str) -> str:
    """What the first line says to part the cells, as Excel writes it: ``sep=;``; else nothing."""
    found = _STATED.match(text)
    return found[1] if found else ""


def named_once(header: Sequence[str]) -> list[str]:
    """The names of the columns, each once: a second ``text`` is ``text (2)``."""
    seen: Counter[str] = Counter()
    names = []
    for name in header:
        seen[name] += 1
        again = seen[name] > 1 and name != ""
        names.append(f"{name} ({seen[name]})" if again else name)
    return names


def first_row(rows: Sequence[Sequence[str]], tables: Mapping[str, object]) -> tuple[int, list[str]]:
    """Which row is the header, and a note of what stands above it.

    It is the first one that is not blank, unless it has no column with the text and one of the
    next rows has.
    """
    filled = [n for n, row in enumerate(rows[: MOST_ABOVE * 2]) if any(map(str.strip, row))]
    if not filled:
        return 0, []
    wanted = _wanted(tables)
    for place, number in enumerate(filled[:MOST_ABOVE]):
        cells = [cell.strip() for cell in rows[number] if cell.strip()]
        if any(cell.lower() in wanted or "text" in fields_of(cell) for cell in cells):
            if place and len(cells) < MIN_NAMED:
                continue
            above = filled[:place]
            if not above:
                return number, []
            many = (
                f"rows {above[0] + 1} to {above[-1] + 1}"
                if len(above) > 1
                else f"row {above[0] + 1}"
            )
            return number, [f"{many} above the header, row {number + 1}: left out"]
    return filled[0], []


def _wanted(tables: Mapping[str, object]) -> Collection[str]:
    """The names that the settings give to the text, in small letters."""
    found: set[str] = set()
    for value in (tables, *tables.values()):
        if isinstance(value, Mapping):
            said = value.get("text", ())
            names = said if isinstance(said, list) else [said]
            found.update(name.strip().lower() for name in names if isinstance(name, str))
    return found


def is_other(head: bytes) -> bool:
    """Whether what is called a table is a page of the web or JSON, as errors of servers are."""
    if _PAGE.match(head):
        return True
    if not _JSON.match(head):
        return False
    try:
        json.loads(head)
    except (ValueError, RecursionError):
        return False
    return True


def looks_like_table(head: bytes, path: PurePath) -> bool:
    """Whether a file that is called otherwise is a table: its first line names a text and
    another field, and the next line has as many cells."""
    if path.suffix.lower() not in _TEXTS or b"\0" in head[:_HEAD]:
        return False
    text = head[:_HEAD].decode("utf-8-sig", "replace").lstrip()
    lines = [line for line in re.split(r"\r\n?|\n", text)[:10] if line.strip()]
    if len(lines) < MIN_NAMED:
        return False
    separator = max(SEPARATORS, key=lines[0].count)
    count = lines[0].count(separator)
    if not count or lines[1].count(separator) < count:
        return False
    try:
        names = next(csv.reader([lines[0]], delimiter=separator), [])
    except csv.Error:
        return False
    fields = [field for name in names for field in fields_of(name)[:1]]
    return "text" in fields and len(set(fields)) >= MIN_NAMED
