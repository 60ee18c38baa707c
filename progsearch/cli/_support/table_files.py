"""Tables on a terminal and in files: the format by option or by the file's name, and what goes
beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support.panels import OUTPUT
from progsearch.errors import ProgsearchError
from progsearch.export.formats import TERMINAL, Kind, chosen, formats_of
from progsearch.visible import json_text

if TYPE_CHECKING:
    from progsearch.export.tables import About, Table

__all__ = [
    "Bom",
    "Format",
    "Schema",
    "beside",
    "chosen_format",
    "file_of",
    "format_help",
    "offered",
    "write_about",
    "write_listing",
    "write_tables",
]


def offered(kind: Kind, default: str = TERMINAL) -> str:
    """The formats of a kind as an option shows them."""
    return "|".join([*([TERMINAL] if default == TERMINAL else []), *formats_of(kind)])


def format_help(default: str = TERMINAL) -> str:
    """The help text of the option ``--format`` of any command."""
    return f"How to write it; else by the suffix of the --output file.  [default: {default}]"


Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar=offered("tables"),
        help=format_help(),
        rich_help_panel=OUTPUT,
    ),
]
Bom = Annotated[
    bool,
    typer.Option(
        "--bom", help="Begin with a byte order mark, for spreadsheets.", rich_help_panel=OUTPUT
    ),
]
Schema = Annotated[
    bool,
    typer.Option(
        "--schema",
        help="Beside a CSV file, write what its columns hold: Table Schema.",
        rich_help_panel=OUTPUT,
    ),
]


def chosen_format(format_: str | None, output: Path | None, *, schema: bool = False) -> str:
    """The format of a table. Raises ProgsearchError where there is none, or no file for it."""
    found = chosen("tables", format_, output)
    if schema and (found != "csv" or output is None):
        raise ProgsearchError(
            "a schema stands beside a CSV file",
            where="--schema",
            remedy="write --output NAME.csv, too",
        )
    return found


def write_listing(
    tables: Sequence[Table], format_: str, output: Path | None, *, bom: bool = False
) -> None:
    """Write lists of what there is, which have no account: on a terminal, or as files.

    Formats of one table take the first.
    """
    if format_ != TERMINAL:
        write_tables(tables, None, format_, output, bom=bom)
        return
    from progsearch.cli._support.output import sink
    from progsearch.cli._support.shown import write_table

    with sink(output) as out:
        for at, table in enumerate(tables):
            if at:
                out.write("\n")
            write_table(table, out)


def write_tables(
    tables: Sequence[Table],
    about: About | None,
    format_: str,
    output: Path | None,
    *,
    bom: bool = False,
    schema: bool = False,
) -> None:
    """Write tables in any format but :data:`TERMINAL`; CSV takes the first.

    A CSV file has no place for how it came about, so ``NAME.about.json`` stands beside it.
    """
    from progsearch.cli._support.output import say, sink
    from progsearch.export.formats import writer

    write = writer("tables", format_)
    if formats_of("tables")[format_].binary:
        from progsearch.outputs import replaced

        with replaced(file_of(output)) as aside, aside.open("wb") as data:
            write(tables, about, data)
        return
    with sink(output, bom=bom) as out:
        write(tables, about, out)
    if format_ != "csv" or about is None:
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


def file_of(output: Path | None) -> Path:
    """The file that was named. Raises ProgsearchError where none was."""
    if output is None:
        raise ProgsearchError("no file", where="--output", remedy="name one")
    return output
