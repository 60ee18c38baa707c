"""``progsearch list``: what an index holds."""

from __future__ import annotations

from typing import Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.table_files import Bom, Format, chosen_format, write_listing

__all__ = ["register"]

KINDS = ("documents", "regions", "parties", "languages", "failures", "notes")


def list_(
    what: Annotated[str, typer.Argument(metavar="|".join(KINDS), help="What to list.")],
    format_: Format = None,
    bom: Bom = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """List the documents, regions, parties or languages of an index, or the files that failed.

    Examples:
      progsearch list regions
      progsearch list documents -o documents.xlsx
    """
    from progsearch.cli._support.index import opened
    from progsearch.errors import ProgsearchError
    from progsearch.export.listings import listing

    chosen = chosen_format(format_, output)
    if what not in KINDS:
        raise ProgsearchError(f"cannot list {what!r}", remedy=f"choose {', '.join(KINDS)}")
    with opened(index) as asked:
        table = listing(asked, what)
    write_listing([table], chosen, output, bom=bom)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("list")(list_)
