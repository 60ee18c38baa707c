"""``progsearch match``: who promises the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.promise_options import Html, Of, UiLang
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, Format, Schema

if TYPE_CHECKING:
    from progsearch.api.words import FilterWords

__all__ = ["register"]

DIMENSIONS = ("party", "region", "country", "kind", "lang")


@filtered()
def match(
    *,
    context: typer.Context,
    of: Of = "",
    with_: Annotated[
        str,
        typer.Option(
            "--with",
            metavar="VALUE|NAME=VALUE,…",
            help="The other side: a party, region … like the one that the filter names.",
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="party|region|country|kind|year",
            help="All groups of a dimension at once: who promises the same, who is alone.",
        ),
    ] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Pairs to propose.")] = 20,
    wanted: Wanted,
    html: Html = None,
    ui_lang: UiLang = "en",
    format_: Format = None,
    bom: Bom = False,
    schema: Schema = False,
    save: Save = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Propose pairs of promises that may be the same, the nearest first.

    They are ranked by their words: read them. Whether two agree or oppose each other is told
    by nothing here.

    Examples:
      progsearch match --party Vänsterpartiet --with Miljöpartiet
      progsearch match --by party --country SE -n 100 -o pairs.csv
    """
    from progsearch.api.promises import matched
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.promise_options import save_answer, write_page
    from progsearch.cli._support.promises import write_matching
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.export.formats import TERMINAL
    from progsearch.export.promises import matched_table
    from progsearch.made import today

    chosen = chosen_format(format_, output, schema=schema)
    if with_ and not of and not by:
        of, with_ = _parts(wanted, with_)
    answer = matched(of=of, with_=with_, by=by, index=index, limit=limit, **wanted)
    table = matched_table(answer.matching, answer.title)
    if html:
        from progsearch.report.pairs import matching_page

        page = matching_page(answer.matching, together=bool(by))
        write_page(page, answer, html, ui_lang)
    elif chosen == TERMINAL:
        with sink(output) as out:
            write_matching(answer.matching, out, together=bool(by))
    if chosen != TERMINAL:
        write_tables([table], answer.about(today()), chosen, output, bom=bom, schema=schema)
    if save:
        save_answer(context, save, index, {"pairs": answer.matching.found}, table.rows)
    for note in answer.notes:
        say(note)


def _parts(wanted: FilterWords, with_: str) -> tuple[str, str]:
    """The two sides of ``--party A --with B``; the filter is taken out of ``wanted``."""
    from progsearch.errors import ProgsearchError
    from progsearch.promises.asked import is_part, part_text

    if is_part(with_):
        name = with_.partition("=")[0].strip(' "')
    else:
        named = [name for name in DIMENSIONS if wanted.get(name)]
        if not named:
            raise ProgsearchError(
                "with whom?",
                where="--with",
                remedy="name the one side by a filter: --party A --with B",
            )
        name = named[0]
        with_ = part_text(name, [with_])
    values = wanted.pop(name, None) or ()  # type: ignore[misc]
    if not values:
        raise ProgsearchError(
            f"no {name} to compare with {with_}",
            where="--with",
            remedy=f"write --{name} A, or --of {name}=A",
        )
    return part_text(name, values), with_


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("match")(match)
