"""The help of commands: options in groups, what may be repeated, and examples."""

from __future__ import annotations

import textwrap

import click
from typer.core import TyperCommand

from progsearch.cli._support.panels import FILTERS, OUTPUT, THEMES

__all__ = ["Command", "examples", "records", "told"]

_ARGUMENTS, _OPTIONS = "Arguments", "Options"
_ORDER = (_ARGUMENTS, _OPTIONS, THEMES, FILTERS, OUTPUT)
_EXAMPLES = "Examples:"

Records = dict[str, list[tuple[str, str]]]


def told(command: click.Command) -> str:
    """What a command says of itself, without its examples."""
    return (command.help or "").partition(_EXAMPLES)[0].strip()


def examples(command: click.Command) -> list[str]:
    """The example command lines of a command."""
    lines = (command.help or "").partition(_EXAMPLES)[2].splitlines()
    return [line.strip() for line in lines if line.strip()]


def records(command: click.Command, ctx: click.Context) -> Records:
    """The names and descriptions of arguments and options by group, in the order of the help."""
    found: Records = {name: [] for name in _ORDER}
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record:
            is_argument = isinstance(param, click.Argument)
            panel = getattr(param, "rich_help_panel", None) or _OPTIONS
            found.setdefault(_ARGUMENTS if is_argument else panel, []).append(
                (record[0], _described(param, record[1]))
            )
    return {name: rows for name, rows in found.items() if rows}


def _described(param: click.Parameter, text: str) -> str:
    # Typer escapes brackets for a markup in which nothing here is written.
    plain = " ".join(text.replace("\\[", "[").split())
    if not param.multiple:
        return plain
    words, bracket, defaults = plain.partition(" [default")
    return f"{words.rstrip('.')}; repeatable.{bracket}{defaults}"


class Command(TyperCommand):
    """A command whose help has its options in groups, and examples."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what the command does, and how it is called."""
        formatter.write_paragraph()
        with formatter.indentation():
            for part in told(self).split("\n\n"):
                formatter.write_text(" ".join(part.split()))
                formatter.write_paragraph()
        lines = examples(self)
        if lines:
            formatter.write(textwrap.indent("\n".join([_EXAMPLES, *lines]), "  ") + "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write arguments and options, a list a group."""
        for name, rows in records(self, ctx).items():
            with formatter.section(name):
                formatter.write_dl(rows)
