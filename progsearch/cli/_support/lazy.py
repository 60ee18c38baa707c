"""Commands that are made when they are asked for.

Typer makes the parameters of every command before it runs one, which takes longer than all
else in a short command; here only the one that is asked for is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import click
import typer
from typer.core import TyperGroup

from progsearch.cli._support.help import Command
from progsearch.errors import ProgsearchError

__all__ = ["COMMANDS", "LazyGroup"]

COMMANDS: Mapping[str, str] = {
    "init": "Write a first progsearch.toml for a folder.",
    "ingest": "Read files and bring the index up to date.",
    "search": "Find passages.",
    "count": "Count passages by region, party, language …",
    "show": "Show a document or a passage whole.",
    "list": "List documents, regions, parties, failures …",
    "check": "Report what is wrong with files.",
    "meaning": "Make vectors of the passages, for search by meaning.",
    "verify": "Check the index, and whether its files have changed.",
    "status": "Tell where the index is, its generation and size, and who writes.",
    "explain": "Show how a word is found, or why a passage matched.",
    "themes": "List, show, check, write and measure themes.",
    "evaluate": "Measure themes on passages coded by hand.",
    "compare": "Compare regions, parties … on themes or words.",
    "diff": "What changed between two versions of a programme.",
    "follow": "What reports say near each promise of a programme.",
    "match": "Who promises the same.",
    "kwic": "Keyword in context: each place in its line.",
    "words": "Frequency lists of words, forms and n-grams.",
    "collocates": "Words that stand near others.",
    "dispersion": "Where in documents words stand.",
    "keywords": "Words that set parties, regions … apart.",
    "report": "A comparison as one HTML file.",
    "serve": "Search and compare in a browser.",
    "cite": "Write references in BibTeX, CSL JSON or RIS.",
    "export": "Write what the index holds to a file.",
    "demo": "Write the demonstration corpus to try it all on.",
    "run": "Repeat a recipe and say what has changed.",
}
"""The commands, in the order of the help, with the line that all help has on them.

Each is a module of :mod:`progsearch.cli` with ``register(app)``.
"""


def _registered(name: str) -> typer.Typer:
    """A program with that command alone."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    import_module(f"progsearch.cli.{name}").register(alone)
    _with_help(alone)
    return alone


def _with_help(program: typer.Typer) -> None:
    """Give all commands of a program the one kind of help."""
    for command in program.registered_commands:
        command.cls = Command
    for group in program.registered_groups:
        if group.typer_instance:
            _with_help(group.typer_instance)


@cache
def _made(name: str) -> click.Command:
    alone = _registered(name)
    if alone.registered_groups:
        return typer.main.get_group(alone).commands[name]
    return typer.main.get_command(alone)


class _Commands(dict[str, click.Command]):
    """The commands by name, each made when it is first looked at."""

    def __missing__(self, name: str) -> click.Command:
        if name not in COMMANDS:
            raise KeyError(name)
        self[name] = made = _made(name)
        return made

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401
        """The command of that name."""
        return self[name] if name in COMMANDS else default

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)

    def keys(self) -> Any:  # noqa: ANN401
        """The names, in the order of the help."""
        return COMMANDS.keys()

    def items(self) -> Any:  # noqa: ANN401
        """All commands by name."""
        return {name: self[name] for name in COMMANDS}.items()

    def values(self) -> Any:  # noqa: ANN401
        """All commands."""
        return {name: self[name] for name in COMMANDS}.values()


def _is_name(arg: str) -> bool:
    try:
        arg.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


class LazyGroup(TyperGroup):
    """The group of all commands."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401
        super().__init__(**given)
        self.commands = _Commands()

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401
    ) -> click.Context:
        """The context of a command line. Raises ProgsearchError for what is no text."""
        for arg in args:
            # Bytes that are no UTF-8 pass: they may be the name of a file.
            if "\0" in arg or not _is_name(arg):
                raise ProgsearchError(
                    "there is half a character or a NUL in it",
                    where=repr(arg[:40]),
                    remedy="type it anew",
                )
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order of the help."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of all commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
