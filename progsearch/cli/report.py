"""``progsearch report``: a comparison with its passages as one HTML file."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli import options as o

if TYPE_CHECKING:
    from progsearch.compare import Comparison, Question
    from progsearch.query import Query
    from progsearch.search import Index
    from progsearch.themes import Catalogue

__all__ = ["register"]

NOT_REPEATED = ("output", "index")
"""Options that are no part of what is asked, and name places on this computer."""


def report(
    context: typer.Context,
    query: o.Words = None,
    theme: Annotated[
        list[str] | None,
        typer.Option("--theme", metavar="ID", help="A theme (progsearch themes list); repeatable."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by", metavar="region|party|lang|…", help="What the groups are made by: A or A,B."
        ),
    ] = None,
    lang: o.Lang = None,
    country: o.Country = None,
    region: o.Region = None,
    party: o.Party = None,
    kind: o.Kind = None,
    role: o.Role = None,
    since: o.Since = None,
    until: o.Until = None,
    asides: o.Asides = False,
    duplicates: o.Duplicates = "once",
    title: Annotated[str, typer.Option("--title", help="Title of the report.")] = "",
    ui_lang: Annotated[
        str, typer.Option("--ui-lang", metavar="en|cs|sv", help="Language of the report.")
    ] = "en",
    passages: Annotated[
        int,
        typer.Option("--passages", min=0, help="Passages shown of each group on each question."),
    ] = 10,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Write who says what, with heat map, rates, passages and silences, as one HTML file.

    Each theme is a question; words are one where there is no theme, else they narrow it down.
    """
    from progsearch import __version__
    from progsearch.cli.opening import opened, query_of
    from progsearch.cli.output import left_out_line, say, sink
    from progsearch.cli.theming import catalogue_of
    from progsearch.compare import comparison, silences
    from progsearch.report import Names, Report, html, ui_language

    language = ui_language(ui_lang)
    wanted = o.filters(
        lang=lang,
        country=country,
        region=region,
        party=party,
        kind=kind,
        role=role,
        since=since,
        until=until,
        asides=asides,
        duplicates=duplicates,
    )
    dimensions = [name.strip() for part in by or ["region"] for name in part.split(",")]
    with opened(index) as asked:
        catalogue = catalogue_of(themes, asked.summary.roots)
        questions = list(_questions(asked, query_of(query), theme or (), catalogue, ui_lang))
        compared = comparison(asked, questions, dimensions, wanted, evidence=passages)
        everything = comparison(asked, [], (), wanted).groups
        made = Report(
            Names(compared, language),
            made=today(os.environ),
            version=__version__,
            documents=sum(group.documents for group in everything),
            silences=silences(asked, questions, dimensions, wanted),
            title=title,
            query=" ".join(query or ()),
            command=command_line(context),
            definitions={
                one: catalogue.get(one).definitions.get(ui_lang, "") for one in theme or ()
            },
            links=dict(_links(asked, compared)),
        )
        with sink(output) as out:
            out.writelines(html(made))
    shown = sum(len(cell.evidence) for cell in compared.cells)
    message = f"{len(questions)} × {len(compared.groups)} cells with {shown:,} passages"
    if compared.left_out:
        message += f"; {left_out_line(compared.left_out)}"
    say(message)


def _questions(
    asked: Index, query: Query, themes: Sequence[str], catalogue: Catalogue, ui_lang: str
) -> Iterator[Question]:
    """What is asked: each theme, where the words of the query stand as well, or these alone."""
    from progsearch.clause import AllOf
    from progsearch.compare import Question
    from progsearch.errors import ProgsearchError
    from progsearch.query import Everything
    from progsearch.themes import ThemeClauses

    words = not isinstance(query, Everything)
    if not themes and not words:
        raise ProgsearchError(
            "nothing to report on", remedy="give --theme ID (progsearch themes list), or words"
        )
    if not themes:
        yield Question(str(query), str(query), asked.clause(query))
    clauses = ThemeClauses.of(catalogue, asked)
    for theme in themes:
        clause = clauses.clause(theme)
        if words:
            clause = AllOf((asked.clause(query), clause))
        yield Question(theme, catalogue.get(theme).label(ui_lang), clause, "theme")


def _links(asked: Index, compared: Comparison) -> Iterator[tuple[str, str]]:
    """The web addresses of the passages that are shown, where their folders name one."""
    from progsearch.permalinks import Permalinks
    from progsearch.report.markup import is_address

    links = Permalinks(asked)
    for cell in compared.cells:
        for hit in cell.evidence:
            url = links.of(hit.document, hit.passage)
            if is_address(url):
                yield hit.passage.id, url


def today(environment: Mapping[str, str]) -> date:
    """The day, or the one of ``SOURCE_DATE_EPOCH``, by which outputs can be made once more
    (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()


def command_line(context: typer.Context) -> str:
    """What was asked, as a command that asks it again."""
    words: list[str] = []
    options: list[str] = []
    for param in context.command.params:
        value = context.params.get(param.name or "")
        if param.name in NOT_REPEATED or value in (None, (), []) or value == param.default:
            continue
        values = value if isinstance(value, list | tuple) else [value]
        if param.param_type_name == "argument":
            words += map(str, values)
        elif value is True:
            options.append(param.opts[0])
        else:
            for one in values:
                text = one.as_posix() if isinstance(one, Path) else str(one)
                options += [param.opts[0], text]
    return shlex.join(["progsearch", str(context.info_name), *words, *options])


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("report", short_help="A comparison as one HTML file.")(report)
