"""The whole of an index as rows, one a passage: JSON lines, CSV and Parquet.

JSON lines can be ingested again and give the same index. Parquet is for pandas, R and
other programs that work with columns; there ``extra`` is a text of JSON, and in CSV so is
every list.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from progsearch.engine import Engine
from progsearch.engine.whole import whole
from progsearch.errors import ProgsearchError
from progsearch.export.csv import harmless
from progsearch.flatrows import COLUMNS, flat_rows
from progsearch.visible import json_text

__all__ = ["corpus_rows", "write_csv", "write_jsonl", "write_parquet"]

BATCH = 10_000
"""Rows that are held at a time."""


def corpus_rows(engine: Engine) -> Iterator[dict[str, Any]]:
    """The rows of all documents, by path, and of their passages in the order of the source."""
    for document, passages in whole(engine):
        yield from flat_rows(document, passages)


def write_jsonl(rows: Iterable[Mapping[str, Any]], out: TextIO) -> int:
    """Write one object a row; how many there were."""
    count = 0
    for row in rows:
        out.write(json_text(row) + "\n")
        count += 1
    return count


def write_csv(rows: Iterable[Mapping[str, Any]], out: TextIO) -> int:
    """Write a header and one line a row; how many rows there were.

    Lists are JSON in their cells, and no cell is a formula for a spreadsheet.
    """
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    count = 0
    for row in rows:
        lines.writerow(_cell(row[name]) for name in COLUMNS)
        count += 1
    return count


def _cell(value: object) -> object:
    if value is None:
        return ""
    return harmless(json_text(value) if isinstance(value, list | dict) else value)


def write_parquet(rows: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write a Parquet file, some rows at a time; how many there were.

    Raises ProgsearchError when pyarrow is not installed.
    """
    try:
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        raise ProgsearchError(
            "writing Parquet needs pyarrow, which is not installed",
            where="--format parquet",
            remedy='run: pip install "progsearch[parquet]"',
        ) from error
    schema = _schema(arrow)
    waiting = iter(rows)
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := [_flat(row) for row in islice(waiting, BATCH)]:
            writer.write_table(arrow.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "extra": json_text(row["extra"])}


def _schema(arrow: Any) -> Any:  # noqa: ANN401 - of a library
    names = ("name", "role", "uid", "party", "office")
    person = arrow.struct([(name, arrow.string()) for name in names])
    kinds = {
        "text": arrow.string(),
        "int": arrow.int32(),
        "texts": arrow.list_(arrow.string()),
        "pairs": arrow.list_(arrow.list_(arrow.int32())),
        "people": arrow.list_(person),
        "object": arrow.string(),
    }
    return arrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
