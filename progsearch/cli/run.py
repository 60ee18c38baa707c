"""``progsearch run``: a recipe once more, and what has changed since."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from progsearch.search import Index

__all__ = ["register"]


def run(
    file: Annotated[Path, typer.Argument(metavar="NAME.toml", help="A recipe made by --save.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail when anything has changed since.")
    ] = False,
    anywhere: Annotated[
        bool,
        typer.Option(
            "--themes-anywhere", help="Allow theme folders that do not lie below the recipe's."
        ),
    ] = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Repeat what a recipe asks, and say what has changed since it was saved.

    With --strict, nothing is written when the corpus, a theme, the language data or
    progsearch itself has changed.

    Examples:
      progsearch run housing.toml
      progsearch run housing.toml --strict -o housing.csv
    """
    from progsearch.cli import app
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import say
    from progsearch.cli._support.recipe import arguments_of
    from progsearch.errors import ProgsearchError
    from progsearch.recipes import circumstances, read

    recipe = read(file)
    command = typer.main.get_group(app).commands[recipe.command]
    folders = [file.parent / one for one in _list(recipe.options.get("themes"))]
    home = file.parent.resolve()
    for one in folders:
        if not anywhere and not one.resolve().is_relative_to(home):
            raise ProgsearchError(
                f"the recipe reads themes outside of its folder: {one}",
                where=str(file),
                remedy="allow it with --themes-anywhere if you trust the recipe",
            )
    with opened(index) as asked:
        hashes = _hashes(asked, recipe.then.themes, folders)
        translated = bool(recipe.then.lexicon)
        now = circumstances(asked.summary, hashes, translated=translated)
    changes = recipe.then.changes(now)
    for change in changes:
        say(change)
    if changes and strict:
        raise ProgsearchError(
            "something has changed since", where=str(file), remedy="run it without --strict"
        )
    words = arguments_of(command, recipe.options, file.parent, str(file))
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder, "again.toml")
        more = ["--index", str(index), "--save", str(again)]
        more += ["--output", str(output)] if output else []
        app([recipe.command, *more, *words], standalone_mode=False)
        differences = recipe.differences(read(again))
    since = f"since {recipe.made}" if recipe.made else "since it was saved"
    for difference in differences:
        say(difference)
    if differences and strict:
        raise ProgsearchError(
            f"the answer is another {since}", where=str(file), remedy="run it without --strict"
        )
    if not differences:
        say(f"the answer is the same {since}")


def _list(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _hashes(asked: Index, themes: Iterable[str], folders: Sequence[Path]) -> dict[str, str]:
    """The hashes of the themes as they are now; one that cannot be used has none."""
    from progsearch.cli._support.recipe import themes_of
    from progsearch.errors import ProgsearchError

    found: dict[str, str] = {}
    for theme in themes:
        try:
            found |= themes_of(asked, [theme], folders)
        except ProgsearchError:
            found[theme] = ""
    return found


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("run")(run)
