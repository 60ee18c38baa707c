"""``progsearch themes list|show|check|new|translate|export``: themes as files, without an index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.table_files import (
    Bom,
    Format,
    chosen_format,
    format_help,
    offered,
    write_listing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from progsearch.themes import Catalogue, Theme

__all__ = ["Id", "register"]

EXIT_PROBLEMS = 1
"""Exit code of ``check`` when there is something to mend."""

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of a theme.", show_default=False)]


def list_(
    themes: o.ThemeFolders = None,
    label_lang: Annotated[str, typer.Option("--label-lang", help="Language of the labels.")] = "en",
    format_: Format = None,
    bom: Bom = False,
    output: o.Output = None,
) -> None:
    """List the themes, with the number of their terms in each language.

    Examples:
      progsearch themes list
      progsearch themes list --themes mine --label-lang cs
    """
    from progsearch.cli._support.index import catalogue_of
    from progsearch.cli._support.output import say
    from progsearch.export.themes import themes_table

    chosen = chosen_format(format_, output)
    catalogue = catalogue_of(themes)
    write_listing([themes_table(catalogue, label_lang)], chosen, output, bom=bom)
    say(f"{len(catalogue.themes)} themes, read from {', '.join(catalogue.folders)}")


def show(
    theme: Id,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
) -> None:
    """Show a theme: labels, definition, terms, sets, codes, and its place among the others.

    Examples:
      progsearch themes show healthcare-staffing
      progsearch themes show night-trains --themes mine
    """
    from progsearch.cli._support.index import catalogue_of
    from progsearch.cli._support.output import sink
    from progsearch.visible import visible

    catalogue = catalogue_of(themes)
    with sink(output) as out:
        for line in _shown(catalogue.get(theme), catalogue):
            out.writelines(f"{visible(part)}\n" for part in line.split("\n"))


def _shown(theme: Theme, catalogue: Catalogue) -> Iterator[str]:
    import textwrap

    yield f"{theme.id}  ({theme.file})"
    for lang, label in theme.labels.items():
        yield f"\n{lang}  {label}"
        definition = theme.definitions.get(lang, "")
        yield from textwrap.wrap(definition, 96, initial_indent="    ", subsequent_indent="    ")
        for name, terms in (("", theme.terms), ("not: ", theme.exclude)):
            if terms.get(lang):
                listed = name + "; ".join(terms[lang])
                yield from textwrap.wrap(
                    listed, 96, initial_indent="  · ", subsequent_indent="    "
                )
        for name, words in theme.sets.get(lang, {}).items():
            listed = f"${name}: {'; '.join(words)}"
            yield from textwrap.wrap(listed, 96, initial_indent="  ", subsequent_indent="    ")
    yield ""
    if theme.broader:
        yield f"broader   {theme.broader}"
    narrower = catalogue.narrower(theme.id)
    if narrower:
        yield f"narrower  {', '.join(one.id for one in narrower)} (found with it)"
    for name, codes in (("means", theme.close), ("part of", theme.broad)):
        for scheme, found in codes.items():
            yield f"{name:<9} {scheme} {', '.join(found)}"


def check(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[DIR]...", help="Folders of theme files. [default: themes, or the shipped]"
        ),
    ] = None,
) -> None:
    """Check theme files and name every problem with its line.

    Examples:
      progsearch themes check
      progsearch themes check mine
    """
    from progsearch.cli._support.output import say
    from progsearch.themes import lint, load
    from progsearch.themes.folders import FOLDER

    wanted = folders or [folder for folder in [Path(FOLDER)] if folder.is_dir()]
    catalogue = load(wanted)
    only = list((catalogue.own if wanted else catalogue.files).values())
    problems = lint(catalogue, only)
    for problem in problems:
        typer.echo(str(problem))
    where = ", ".join(map(str, wanted)) or "the shipped themes"
    say(f"{len(only)} theme files in {where}, {len(problems)} problems")
    if problems:
        raise typer.Exit(EXIT_PROBLEMS)


def new(
    theme: Id,
    folder: Annotated[
        Path, typer.Option("--themes", metavar="DIR", help="Folder to write it to.")
    ] = Path("themes"),
    lang: Annotated[
        list[str] | None, typer.Option("--lang", help="Languages of its terms. [default: cs, sv]")
    ] = None,
    copy: Annotated[
        str | None, typer.Option("--copy", metavar="ID", help="Begin with a copy of this theme.")
    ] = None,
) -> None:
    """Write a theme file to fill in; one with a shipped theme's id will replace it.

    Examples:
      progsearch themes new night-trains
      progsearch themes new my-housing --copy housing --themes mine
    """
    from dataclasses import replace

    from progsearch.cli._support.index import catalogue_of
    from progsearch.cli._support.output import say, sink
    from progsearch.errors import ProgsearchError
    from progsearch.themes.writing import as_yaml, check_id, template

    check_id(theme)
    file = folder / f"{theme}.yaml"
    if file.exists():
        raise ProgsearchError(
            "this file is there already", where=str(file), remedy="edit it, or choose another id"
        )
    if copy:
        given = catalogue_of([folder] if folder.is_dir() else None).get(copy)
        text = as_yaml(replace(given, id=theme))
    else:
        text = template(theme, lang or ["cs", "sv"])
    folder.mkdir(parents=True, exist_ok=True)
    with sink(file) as out:
        out.write(text)
    say(f"{file.as_posix()} is written; fill it in, then run: progsearch themes check {folder}")


def translate(
    theme: Id,
    to: Annotated[
        str, typer.Option("--to", metavar="LANG", help="Language of the draft: de, sk, pl, …")
    ],
    themes: o.ThemeFolders = None,
    output: o.Output = None,
) -> None:
    """Draft a theme's terms in another language from the lexicon, for a person to edit.

    Examples:
      progsearch themes translate housing --to de -o themes/housing.yaml
      progsearch themes translate night-trains --to nb --themes mine
    """
    from progsearch.cli._support.index import catalogue_of
    from progsearch.cli._support.output import say, sink
    from progsearch.lexicon import load
    from progsearch.lexicon.concepts import language_of
    from progsearch.themes.lexical import translated
    from progsearch.themes.writing import draft_yaml

    lang = language_of(to, "--to")
    draft = translated(catalogue_of(themes).get(theme), lang, load())
    with sink(output) as out:
        out.write(draft_yaml(draft))
    say(
        f"a draft: {len(draft.origins)} terms in {lang} from the lexicon, to be read one by one; "
        f"{len(draft.untranslated)} terms have no counterpart in it"
    )
    say("then run: progsearch themes check, and progsearch themes coverage " + theme)


def export(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Themes, with their narrower ones. [default: all]"),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar=offered("themes", "skos"),
            help=f"{format_help('skos')} SKOS in Turtle, or a dictionary.",
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            "--base", metavar="URI", help="What the addresses of SKOS concepts begin with."
        ),
    ] = None,
    themes: o.ThemeFolders = None,
    output: o.Output = None,
) -> None:
    """Write themes for other programs: SKOS for thesauri, a dictionary for quanteda.

    Examples:
      progsearch themes export -o themes.ttl
      progsearch themes export housing rail -f quanteda -o dictionary.yml
    """
    from progsearch.cli._support.index import catalogue_of
    from progsearch.cli._support.output import sink
    from progsearch.export.formats import chosen, writer
    from progsearch.themes.skos import DEFAULT_BASE

    name = chosen("themes", format_, output, "skos")
    catalogue = catalogue_of(themes)
    wanted = ids or list(catalogue.themes)
    found = list({one.id: one for id_ in wanted for one in catalogue.within(id_)}.values())
    more = {"base": base or DEFAULT_BASE} if name == "skos" else {}
    with sink(output) as out:
        writer("themes", name)(found, out, **more)


def register(app: typer.Typer) -> None:
    """Add the commands to those of themes."""
    app.command("list")(list_)
    app.command("show")(show)
    app.command("check")(check)
    app.command("new")(new)
    app.command("translate")(translate)
    app.command("export")(export)
