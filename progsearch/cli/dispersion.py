"""``progsearch dispersion``: where in each document words stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.account import By
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, Format, Schema

if TYPE_CHECKING:
    from progsearch.api.concordance import DispersionAnswer

__all__ = ["register"]

SHOWN = ("documents", "groups")


@filtered()
def dispersion(
    *,
    context: typer.Context,
    query: o.Words = None,
    theme: o.Theme = None,
    from_: o.From = None,
    by: By = None,
    wanted: Wanted,
    show: Annotated[
        str,
        typer.Option(
            "--show",
            metavar="|".join(SHOWN),
            help="A row a document that has it, or a row a group: rate, range, dispersion.",
        ),
    ] = "documents",
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Also draw where it stands; .svg, .png, .pdf."),
    ] = None,
    title: Annotated[
        str, typer.Option("--title", help="Title of the picture. [default: what is asked]")
    ] = "",
    format_: Format = None,
    bom: Bom = False,
    schema: Schema = False,
    save: Save = None,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Show where in each document words stand, and how evenly documents have them.

    Examples:
      progsearch dispersion vård --lang sv --plot places.svg
      progsearch dispersion '*lékař*' --by party --show groups -o spread.csv
    """
    from progsearch.api import concordance
    from progsearch.api.tables import about
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.recipe import save_recipe, themes_of
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.errors import ProgsearchError
    from progsearch.export.concordance import dispersion_table, spreads_table

    chosen = chosen_format(format_, output, schema=schema)
    if show not in SHOWN:
        raise ProgsearchError(
            f"cannot show {show!r}", where="--show", remedy=f"choose {', '.join(SHOWN)}"
        )
    if title and not plot:
        raise ProgsearchError(
            "--title is of a picture", where="dispersion", remedy="name it: --plot places.svg"
        )
    if plot:
        from progsearch.plots import check_picture

        check_picture(plot)
    with opened(index) as asked:
        answer = concordance.dispersion(
            asked, text_of(query), themes=theme, folders=themes, by=by, from_=from_, **wanted
        )
        found = answer.dispersion
        for warning in answer.warnings:
            say(warning)
        tables = [dispersion_table(found), spreads_table(found)]
        if show == "groups":
            tables.reverse()
        if chosen == "table":
            with sink(output) as out:
                _write(answer, show, out)
        else:
            what = {
                "themes": list(theme or ()),
                "words": " ".join(query or ()),
                "from": from_,
                "by": list(found.by),
            }
            account = about(asked, "dispersion", what, answer.filters, found.left_out, answer.notes)
            write_tables(tables, account, chosen, output, bom=bom, schema=schema)
        if plot:
            from progsearch.plots.dispersion import barcode

            barcode(found, plot, title or answer.asked)
        if save:
            hashes = themes_of(asked, theme, themes)
            total = {"places": sum(row.count for row in found.spreads)}
            save_recipe(context, save, asked, hashes, total, tables[0].rows)
    for note in answer.notes:
        say(note)


def _write(answer: DispersionAnswer, show: str, out: TextIO) -> None:
    """The documents with a strip each, or the groups."""
    from progsearch.cli._support.shown import write_table
    from progsearch.cli._support.strips import write_strips
    from progsearch.export.concordance import spreads_table

    found = answer.dispersion
    if show == "documents":
        write_strips(found, out)
        out.write("\n")
    write_table(spreads_table(found), out)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("dispersion")(dispersion)
