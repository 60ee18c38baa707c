"""Tables into files: the format by option or by the file's name, and what goes beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.errors import ProgsearchError
from progsearch.visible import json_text

if TYPE_CHECKING:
    from progsearch.export.tables import About, Table

__all__ = [
    "Bom",
    "Format",
    "Schema",
    "beside",
    "chosen_format",
    "write_about",
    "write_tables",
]

FORMATS = ("table", "csv", "json", "md", "xlsx")

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(FORMATS),
        help="How to show them; else by the name of the --output file.  [default: table]",
    ),
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin with a byte order mark, for spreadsheets.")]
Schema = Annotated[
    bool,
    typer.Option("--schema", help="Beside a CSV file, write what its columns hold: Table Schema."),
]


def chosen_format(
    format_: str | None,
    output: Path | None,
    formats: Sequence[str] = FORMATS,
    *,
    schema: bool = False,
) -> str:
    """The format asked for. Raises ProgsearchError where there is none, or no file for it."""
    if format_ is None:
        suffix = output.suffix.lower().removeprefix(".") if output else ""
        format_ = suffix if suffix in formats[1:] else "table"
    if format_ not in formats:
        raise ProgsearchError(
            f"no format {format_!r}", where="--format", remedy=f"choose {', '.join(formats)}"
        )
    if format_ == "xlsx" and output is None:
        raise ProgsearchError(
            "a workbook cannot be shown", where="--format xlsx", remedy="name a file with --output"
        )
    if schema and (format_ != "csv" or output is None):
        raise ProgsearchError(
            "a schema stands beside a CSV file",
            where="--schema",
            remedy="write --output NAME.csv, too",
        )
    return format_


def write_tables(
    tables: Sequence[Table],
    about: About,
    format_: str,
    output: Path | None,
    *,
    bom: bool = False,
    schema: bool = False,
) -> None:
    """Write tables in any format but ``table``; CSV takes the first.

    A CSV file has no place for how it came about, so ``NAME.about.json`` stands beside it.
    """
    from progsearch.cli._support.output import say, sink
    from progsearch.export.tables import BINARY_FORMATS, binary_writer, writer

    if format_ in BINARY_FORMATS:
        from progsearch.outputs import replaced

        with replaced(_file(output)) as aside, aside.open("wb") as data:
            binary_writer(format_)(tables, about, data)
        return
    with sink(output, bom=bom) as out:
        writer(format_)(tables, about, out)
    if format_ != "csv":
        return
    if output is None:
        say(f"corpus {about.corpus.corpus_hash}; with --output, the query is written beside it")
        return
    write_about(about, output)
    if schema:
        from progsearch.export.tables.schema import write_schema

        with sink(beside(output, "schema")) as out:
            write_schema(tables[0], about, out)


def write_about(about: About, output: Path) -> None:
    """Write how a file came about into one beside it."""
    from progsearch.cli._support.output import sink

    with sink(beside(output, "about")) as out:
        out.write(json_text(about.record(), indent=1) + "\n")


def beside(output: Path, what: str) -> Path:
    """The file beside another: ``regions.about.json`` beside ``regions.csv``."""
    return output.with_name(f"{output.stem}.{what}.json")


def _file(output: Path | None) -> Path:
    if output is None:
        raise ProgsearchError("no file", where="--output", remedy="name one")
    return output
