"""``progsearch export``: what an index holds, for other programs."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
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


@filtered()
def dfm(
    *,
    query: o.Words = None,
    theme: o.Theme = None,
    from_: o.From = None,
    wanted: Wanted,
    of: Annotated[
        str,
        typer.Option("--of", metavar="lemma|form", help="Features: lemmas, or words as written."),
    ] = "lemma",
    minimum: Annotated[
        int, typer.Option("--minimum", min=1, help="How often a feature must stand in all.")
    ] = 1,
    stop_words: o.StopWords = True,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar=offered("dfm", "mtx"),
            help=format_help("mtx"),
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Write the document-feature matrix: how often each lemma stands in each document.

    With a query or themes, only of the passages that match. Beside the matrix stand
    NAME.features.csv and NAME.docs.csv, which has the facts by which documents are grouped, and
    NAME.about.json. For quanteda, scipy, pandas.

    Examples:
      progsearch export dfm --lang sv --minimum 5 -o dfm.mtx
      progsearch export dfm --theme housing -o housing.parquet
    """
    from progsearch.api.concordance import dfm as made
    from progsearch.api.tables import about
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.table_files import file_of, write_about
    from progsearch.export.dfm import documents_table, features_table
    from progsearch.export.formats import chosen, writer
    from progsearch.export.tables.csv import write
    from progsearch.outputs import replaced

    name = chosen("dfm", format_, output, "mtx")
    file = file_of(output)
    with opened(index) as asked:
        answer = made(
            asked,
            text_of(query),
            themes=theme,
            folders=themes,
            of=of,
            minimum=minimum,
            stop_words=stop_words,
            from_=from_,
            **wanted,
        )
        for warning in answer.warnings:
            say(warning)
        matrix = answer.matrix
        what = {
            "themes": list(theme or ()),
            "words": " ".join(query or ()),
            "from": from_,
            "of": of,
            "minimum": minimum,
            "stop words": "" if stop_words else "left out",
        }
        account = about(asked, "export dfm", what, matrix.filters, matrix.left_out, answer.notes)
        with closing(matrix), replaced(file) as aside:
            writer("dfm", name)(matrix, aside)
        for table in (features_table(matrix), documents_table(matrix)):
            with sink(file.with_name(f"{file.stem}.{table.name}.csv")) as out:
                write([table], None, out)
        write_about(account, file)
    say(
        f"{len(matrix.documents):,} documents by {len(matrix.features):,} features, "
        f"{matrix.size:,} counts"
    )
    for note in answer.notes:
        say(note)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    export = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    export.callback()(_export)
    export.command("corpus", short_help="Every passage with its document, one row each.")(corpus)
    export.command("dfm", short_help="How often each lemma stands in each document.")(dfm)
    app.add_typer(export, name="export")


def _export() -> None:
    """Write what the index holds to a file for other programs."""
