"""``progsearch compare``: what each group says on themes or words, how much, and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.account import By, Words
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, Format, Schema

if TYPE_CHECKING:
    from typing import TextIO

    from progsearch.api.answers import CompareAnswer

__all__ = ["register"]

SHOWN = ("cells", "passages")


@filtered()
def compare(
    *,
    context: typer.Context,
    query: o.Words = None,
    from_: o.From = None,
    theme: o.EachTheme = None,
    words: Words = None,
    by: By = None,
    wanted: Wanted,
    test: Annotated[
        bool,
        typer.Option("--test", help="Also test which groups differ: log-likelihood and p (Holm)."),
    ] = False,
    silent: Annotated[
        bool, typer.Option("--silent", help="List the groups of the corpus that say nothing.")
    ] = False,
    evidence: Annotated[
        int | None,
        typer.Option(
            "--evidence",
            min=0,
            metavar="N",
            help="Strongest passages of each cell to name.  [default: 0; 3 for --show passages]",
        ),
    ] = None,
    show: Annotated[
        str,
        typer.Option(
            "--show",
            metavar="|".join(SHOWN),
            help="The table, or the strongest promises of the groups side by side.",
        ),
    ] = "cells",
    wide: Annotated[
        bool, typer.Option("--wide", help="One row a group, the themes beside each other.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help="Also draw it: heat map, of one theme chart, of years timeline; .svg, .png, .pdf.",
        ),
    ] = None,
    ui_lang: Annotated[
        str,
        typer.Option(
            "--ui-lang",
            metavar="en|cs|sv",
            help="Language of the picture and of the names of themes.",
        ),
    ] = "en",
    title: Annotated[
        str, typer.Option("--title", help="Title of the picture. [default: what is shown]")
    ] = "",
    source: o.Source = "",
    sort: o.Sort = "value",
    svg_text: Annotated[
        bool, typer.Option("--svg-text", help="Letters of an SVG as text, and not as outlines.")
    ] = False,
    format_: Format = None,
    bom: Bom = False,
    schema: Schema = False,
    save: Save = None,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Compare groups: passages and their rate with a 95 % interval, evidence, silences.

    Each theme is a question; words are one where there is no theme, else they narrow it down.

    Examples:
      progsearch compare --theme healthcare-staffing --by party --test
      progsearch compare --theme housing --theme rail --by region --wide -o regions.xlsx
    """
    from progsearch.api import answers
    from progsearch.api.tables import about, compare_asked, compare_tables
    from progsearch.cli._support.index import opened, text_of
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.recipe import save_recipe, themes_of
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.compare.basis import denominator
    from progsearch.errors import ProgsearchError
    from progsearch.export.comparisons import cells_table
    from progsearch.report import sort_of, ui_language

    chosen = chosen_format(format_, output, schema=schema)
    if show not in SHOWN:
        raise ProgsearchError(
            f"cannot show {show!r}", where="--show", remedy=f"choose {', '.join(SHOWN)}"
        )
    ui_language(ui_lang)
    order = sort_of(sort)
    if not plot and (title or source or svg_text):
        raise ProgsearchError(
            "--title, --source and --svg-text are of a picture",
            where="compare",
            remedy="name it: --plot map.svg",
        )
    if plot:
        from progsearch.plots import check_picture

        check_picture(plot)
    side_by_side = show == "passages"
    with opened(index) as asked:
        answer = answers.compare(
            asked,
            text_of(query),
            themes=theme,
            words=words,
            folders=themes,
            by=by,
            evidence=evidence if evidence is not None else 3 if side_by_side else 0,
            promises_first=side_by_side,
            test=test,
            silent=silent,
            label_lang=ui_lang,
            from_=from_,
            **wanted,
        )
        compared = answer.comparison
        for line in (*answer.translations, *answer.warnings):
            say(line)
        if chosen == "table":
            with sink(output) as out:
                _show(answer, show, out, wide=wide, silent=silent)
            for note in answer.notes:
                say(note)
        else:
            tables = list(compare_tables(answer, show, asked, wide=wide, silent=silent))
            what = compare_asked(answer, " ".join(query or ()) if theme or words else "", from_)
            of = denominator(answer.filters, compared.by)
            notes = [*answer.notes, *answer.translations]
            account = about(asked, "compare", what, answer.filters, compared.left_out, notes, of)
            write_tables(tables, account, chosen, output, bom=bom, schema=schema)
        for hint in answer.hints:
            say(hint)
        if plot:
            from progsearch.plots import Style, draw

            style = Style(title, source, svg_text)
            draw(compared, plot, ui_lang, sort=order, style=style)
        if save:
            found = {one.id: compared.totals[one.id].passages for one in answer.questions}
            rows = cells_table(compared).rows
            save_recipe(context, save, asked, themes_of(asked, theme, themes), found, rows)


def _show(answer: CompareAnswer, show: str, out: TextIO, *, wide: bool, silent: bool) -> None:
    from progsearch.cli._support import comparison as comparing

    compared = answer.comparison
    if not compared.groups:
        out.write("no text is left to compare\n")
    elif silent:
        from progsearch.cli._support.silence import write_silences

        write_silences(compared, answer.silences, out)
    elif show == "passages":
        from progsearch.cli._support.side_by_side import write_side_by_side

        write_side_by_side(compared, out)
    elif wide:
        comparing.write_wide(compared, out)
    else:
        comparing.write_comparison(compared, out, answer.tests)
        comparing.write_evidence(compared, out)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("compare")(compare)
