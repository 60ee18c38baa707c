"""``progsearch export``: what an index holds, for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from progsearch.cli._support import options as o

__all__ = ["register"]


def corpus(
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="jsonl|parquet", help="How to write it.")
    ] = "jsonl",
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Write every document with its passages, one row a passage.

    JSON lines can be ingested again and give the same index.
    """
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import say, sink
    from progsearch.errors import ProgsearchError
    from progsearch.export.corpus import FORMATS, corpus_rows, write_jsonl, write_parquet
    from progsearch.outputs import replaced

    if format_ not in FORMATS:
        raise ProgsearchError(
            f"no format {format_!r}", where="--format", remedy=f"choose {', '.join(FORMATS)}"
        )
    with opened(index) as asked:
        rows = corpus_rows(asked.engine)
        if format_ == "jsonl":
            with sink(output) as out:
                count = write_jsonl(rows, out)
        elif output is None:
            raise ProgsearchError(
                "Parquet is no text for a terminal", where="--format", remedy="name a file with -o"
            )
        else:
            with replaced(output) as aside:
                count = write_parquet(rows, aside)
    say(f"{count:,} rows")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    export = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    export.callback()(_export)
    export.command("corpus", short_help="Every passage with its document, one row each.")(corpus)
    app.add_typer(export, name="export", short_help="Write what the index holds to a file.")


def _export() -> None:
    """Write what the index holds to a file for other programs."""
