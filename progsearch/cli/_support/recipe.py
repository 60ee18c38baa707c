"""Options of a command line as a recipe, and back."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer
from click import Argument, Command
from click.core import Parameter, ParameterSource

from progsearch.cli._support.panels import OUTPUT

if TYPE_CHECKING:
    from progsearch.recipes import Option
    from progsearch.search import Index

__all__ = ["Save", "arguments_of", "options_of", "save_recipe", "themes_of"]

Save = Annotated[
    Path | None,
    typer.Option(
        "--save",
        metavar="NAME.toml",
        help="Keep this as a recipe for: progsearch run NAME.toml.",
        rich_help_panel=OUTPUT,
    ),
]

_PLACES = ("output", "plot", "html", "index", "save", "bom", "schema")
"""Options that are no part of what is asked."""

_FOLDERS = ("themes",)
"""Options with paths, which a recipe has relative to itself."""


def _name(parameter: Parameter) -> str:
    if isinstance(parameter, Argument):
        return parameter.name or ""
    return max(parameter.opts, key=len).lstrip("-")


def options_of(context: typer.Context, beside: Path) -> dict[str, Option]:
    """What the user typed, by the names of the options; paths as seen from ``beside``."""
    found: dict[str, Option] = {}
    for parameter in context.command.params:
        name = parameter.name or ""
        if context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        if _name(parameter) in _PLACES:
            continue
        value = context.params[name]
        if isinstance(parameter, Argument) and not value:
            continue
        if _name(parameter) in _FOLDERS:
            value = [_relative(Path(one), beside) for one in value]
        if isinstance(parameter, Argument):
            value = " ".join(value)
        elif isinstance(value, list | tuple):
            value = [str(one) for one in value]
        found[_name(parameter)] = value if isinstance(value, bool | int | list) else str(value)
    return found


def _relative(path: Path, beside: Path) -> str:
    try:
        return PurePosixPath(Path(os.path.relpath(path, beside))).as_posix()
    except ValueError:  # on another drive of Windows
        return path.absolute().as_posix()


def arguments_of(
    command: Command, options: Mapping[str, Option], beside: Path, where: str = ""
) -> list[str]:
    """The command line that gives these options. Raises ProgsearchError for an unknown one.

    ``where`` names the recipe that has them.
    """
    from progsearch.errors import ProgsearchError

    known = {_name(parameter): parameter for parameter in command.params}
    words: list[str] = []
    found: list[str] = []
    for name, value in options.items():
        parameter = known.get(name)
        if parameter is None or name in _PLACES:
            raise ProgsearchError(
                f"{command.name} has no option {name!r}",
                where=f"{where}: [options]" if where else "[options]",
                remedy="take it out of the recipe",
            )
        if isinstance(parameter, Argument):
            words = ["--", *(str(one) for one in _each(value))]
        else:
            found += _option(parameter, value, beside)
    return [*found, *words]


def _option(parameter: Parameter, value: Option, beside: Path) -> Iterator[str]:
    flag = max(parameter.opts, key=len)
    if isinstance(value, bool):
        if value:
            yield flag
        elif parameter.secondary_opts:
            yield parameter.secondary_opts[0]
        return
    for one in _each(value):
        text = str(beside / str(one)) if _name(parameter) in _FOLDERS else str(one)
        yield from (flag, text)


def _each(value: Option) -> Sequence[object]:
    return value if isinstance(value, list) else [value]


def themes_of(
    asked: Index, themes: Sequence[str] | None, folders: Sequence[Path] | None
) -> dict[str, str]:
    """The hashes of themes by id."""
    from progsearch.recipes import theme_hash
    from progsearch.themes.folders import catalogue_of

    if not themes:
        return {}
    catalogue = catalogue_of(folders, asked.summary.roots)
    return {theme: theme_hash(catalogue, theme) for theme in themes}


def save_recipe(
    context: typer.Context,
    file: Path,
    asked: Index,
    themes: Mapping[str, str],
    found: Mapping[str, int],
    rows: Sequence[Sequence[object]],
) -> None:
    """Write the recipe of a command that has run: its options, and what it found."""
    from datetime import UTC, datetime

    from progsearch.cli._support.output import sink
    from progsearch.recipes import Recipe, circumstances, digest, written

    options = options_of(context, file.parent)
    recipe = Recipe(
        command=str(context.info_name),
        options=options,
        then=circumstances(asked.summary, themes, translated="from" in options),
        found=found,
        result=digest(rows),
        made=datetime.now(UTC).date().isoformat(),
    )
    with sink(file) as out:
        out.write(written(recipe))
