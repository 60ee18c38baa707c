"""What the commands on promises share: their options, recipes and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from progsearch.cli._support.panels import OUTPUT
from progsearch.errors import ProgsearchError

if TYPE_CHECKING:
    from progsearch.report.pairs import PairsPage

__all__ = ["Answer", "Html", "Of", "UiLang", "With", "check_saving", "save_answer", "write_page"]

Of = Annotated[
    str,
    typer.Option(
        "--of", metavar="NAME=VALUE,…", help="The one part of an index: party=S,year=2013."
    ),
]
With = Annotated[
    str,
    typer.Option("--with", metavar="NAME=VALUE,…", help="The other part: party=S,year=2025."),
]
Html = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE.html",
        help="Also write a page to read and print, in two columns.",
        rich_help_panel=OUTPUT,
    ),
]
UiLang = Annotated[
    str,
    typer.Option(
        "--ui-lang", metavar="en|cs|sv", help="Language of the page.", rich_help_panel=OUTPUT
    ),
]


class Answer(Protocol):
    """What a page is made of beside its rows."""

    @property
    def title(self) -> str:
        """What was compared."""


def check_saving(save: Path | None, of: str) -> None:
    """Raises ProgsearchError for a recipe of files: it keeps questions to an index."""
    if save and not of:
        raise ProgsearchError(
            "a recipe keeps a question to an index",
            where="--save",
            remedy="ingest the files and use --of and --with",
        )


def save_answer(
    context: typer.Context,
    file: Path,
    index: Path,
    found: Mapping[str, int],
    rows: Sequence[Sequence[object]],
) -> None:
    """Write the recipe of a command that has run."""
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.recipe import save_recipe

    with opened(index) as asked:
        save_recipe(context, file, asked, {}, found, rows)


def write_page(page: PairsPage, answer: Answer, file: Path, ui_lang: str) -> None:
    """Write a page in a language. Raises ProgsearchError for a language without pages."""
    from progsearch import __version__
    from progsearch.cli._support.output import sink
    from progsearch.made import today
    from progsearch.report.language import ui_language
    from progsearch.report.pairs import html

    language = ui_language(ui_lang)
    with sink(file) as out:
        out.writelines(html(page, language, answer.title, today(), __version__))
