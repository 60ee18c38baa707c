"""``progsearch export``: what an index holds, for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.panels import OUTPUT
from progsearch.cli._support.table_files import Bom, format_help, offered

__all__ = ["register"]


def corpus(
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar=offered("corpus", "jsonl"),
            help=format_help("jsonl"),
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    bom: Bom = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Write every document with its passages, one row a passage.

    JSON lines can be ingested again and give the same index. Parquet and CSV have the same
    columns; SQLite has tables of documents, passages and facts and a full-text index, for
    Datasette and sqlite-utils.

    Examples:
      progsearch export corpus -o corpus.sqlite
      progsearch export corpus -o corpus.parquet
    """
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import say, sink
    from progsearch.export.corpus import corpus_rows
    from progsearch.export.formats import chosen, formats_of, writer
    from progsearch.outputs import replaced

    name = chosen("corpus", format_, output, "jsonl")
    with opened(index) as asked:
        rows = corpus_rows(asked.engine)
        if output and formats_of("corpus")[name].binary:
            with replaced(output) as aside:
                count = writer("corpus", name)(rows, aside)
        else:
            with sink(output, bom=bom) as out:
                count = writer("corpus", name)(rows, out)
    say(f"{count:,} rows")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    export = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    export.callback()(_export)
    export.command("corpus", short_help="Every passage with its document, one row each.")(corpus)
    app.add_typer(export, name="export")


def _export() -> None:
    """Write what the index holds to a file for other programs."""
