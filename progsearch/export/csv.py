"""Comma-separated values (RFC 4180) that open right in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import Any, TextIO

from progsearch.export.hitrows import COLUMNS, row
from progsearch.search import Hit
from progsearch.visible import json_text

__all__ = ["harmless", "write"]

_STARTS = "[-=+@＝＋－＠]"
# Programs take blanks and what is not seen off before they look.
_UNSEEN = r"[\s\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2060\ufeff]*"
_FORMULA = re.compile(rf"{_UNSEEN}{_STARTS}|[\t\r\n]")
# Begun only where a run begins, and never given up in parts: a run is gone over once.
_RUN = rf"{_UNSEEN[:-2]};\"]"
_INNER = re.compile(rf"(?<!{_RUN}){_RUN}++(?={_STARTS})")
"""What may stand where a spreadsheet that separates cells by semicolons or tabs would begin a
formula: separators, what is not seen, and quotation marks, which are an empty text in a file."""
_SEPARATOR = re.compile(r"[;\t\r\n]")


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: an apostrophe is put before it.

    So it is inside of a text, behind what some countries' spreadsheets take for the end of a
    cell. Rule: OWASP, "CSV Injection".
    """
    if not isinstance(value, str):
        return value
    text = _INNER.sub(_ended, value)
    return f"'{text}" if _FORMULA.match(text) else text


def _ended(run: re.Match[str]) -> str:
    """The run with an apostrophe behind each separator that only unseen signs or quotation
    marks follow."""
    head, mark, tail = run[0].rpartition(";")
    return head + _SEPARATOR.sub(r"\g<0>'", mark + tail)


def _cell(value: Any) -> object:  # noqa: ANN401
    if isinstance(value, list):
        if not value:
            return ""
        if all(isinstance(one, str) for one in value):
            return harmless(" ".join(value))
        return harmless(json_text(value))
    return harmless(value)


def write(hits: Iterable[Hit], out: TextIO) -> None:
    """Write a header and one row a hit; ``matches`` is JSON in its cell."""
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for hit in hits:
        record = row(hit)
        rows.writerow([_cell(record[name]) for name in COLUMNS])
