"""``progsearch verify``: is the index as it was written, and do its files say the same?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.table_files import Format, chosen_format, write_listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from progsearch.verify import Finding

__all__ = ["register"]

EXIT_DAMAGED, EXIT_DIFFERS = 1, 3


def verify(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Compare only these files. [default: all]"),
    ] = None,
    format_: Format = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Check the index by its checksums, its documents by their passages, and its files.

    What is not as it should be is listed. The exit code is 1 when the index is damaged, and 3
    when only files have changed since they were ingested, are missing or cannot be read.

    Examples:
      progsearch verify
      progsearch verify programmes/2024 -f json
    """
    from progsearch.cli._support.index import left_line, reading
    from progsearch.cli._support.output import say
    from progsearch.engine import open_engine
    from progsearch.engine.mark import REBUILD
    from progsearch.export.formats import TERMINAL
    from progsearch.export.tables import Column, Table, Value
    from progsearch.state import summary_of
    from progsearch.verify import HIDDEN, document_findings, file_findings, index_findings

    chosen = chosen_format(format_, output)
    rows: list[list[Value]] = []

    def count(part: str, found: Iterable[Finding]) -> tuple[int, int]:
        good = bad = 0
        for one in found:
            if one.what:
                rows.append([part, one.name, one.what])
                bad += 1
            else:
                good += 1
        return good, bad

    good, damaged = count("index", index_findings(index))
    say(f"{good:,} files of the index are as they were written, {damaged:,} are not")
    differing = 0
    if not damaged:
        engine = open_engine(index)
        try:
            with reading(engine):
                good, damaged = count("document", document_findings(engine))
                say(f"{good:,} documents are whole, {damaged:,} faults")
                good, differing = count("file", file_findings(engine, paths or ()))
                say(f"{good:,} files are unchanged, {differing:,} differ")
                summary = summary_of(engine)
                if summary and summary.left:
                    say(f"note: {left_line(summary.left)}")
        finally:
            engine.close()
    if rows or output or chosen != TERMINAL:
        columns = (
            Column("part", "string", "What was looked at: index, document or file"),
            Column("name", "string", "Which one"),
            Column("finding", "string", "What is not as it should be"),
        )
        table = Table("findings", "What is not as it should be", columns, rows)
        write_listing([table], chosen, output)
    if damaged:
        say(f"the index is damaged: {REBUILD}")
        raise typer.Exit(EXIT_DAMAGED)
    if differing:
        look = " --check-hashes" if any(row[2] == HIDDEN for row in rows) else ""
        say(f"to take the changes in, run: progsearch ingest{look} PATH")
        raise typer.Exit(EXIT_DIFFERS)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("verify")(verify)
