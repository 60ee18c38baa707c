"""The command line: one module a command, and the one error boundary."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NoReturn

import typer

from progsearch import __version__
from progsearch.errors import ProgsearchError

__all__ = ["app", "main"]

EXIT_ERROR = 1
"""Exit code when a command could not do what it was asked to."""

app = typer.Typer(
    name="progsearch",
    help="Search and compare party programmes, news and budgets across languages.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS = (
    "ingest",
    "search",
    "count",
    "show",
    "list",
    "check",
    "verify",
    "explain",
    "themes",
    "evaluate",
    "compare",
    "keywords",
    "report",
    "cite",
    "export",
    "run",
)
"""The commands, in the order of the help; each is a module of this package."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"progsearch {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", callback=_version, is_eager=True
    ),
) -> None:
    """Search and compare party programmes, news and budgets across languages."""


for _name in COMMANDS:
    import_module(f"progsearch.cli.{_name}").register(app)


def main() -> None:
    """Run the command line; every error is one line on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows another; a file gets UTF-8 everywhere.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        app()
    except ProgsearchError as error:
        _fail(str(error))
    except BrokenPipeError:
        _let_go_of_stdout()
        sys.exit(EXIT_ERROR)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _let_go_of_stdout()
        _fail(f"{where}{error.strerror or error}")


def _fail(message: str) -> NoReturn:
    typer.echo(f"progsearch: {message}", err=True)
    sys.exit(EXIT_ERROR)


def _let_go_of_stdout() -> None:
    # What could not be written would be tried, and fail, once more at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
