"""The command line: one module a command, and the one error boundary."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

import click
import typer

from progsearch import __version__
from progsearch.cli._support.lazy import COMMANDS, LazyGroup
from progsearch.errors import ProgsearchError
from progsearch.visible import visible

__all__ = ["COMMANDS", "app", "main"]

EXIT_ERROR = 1
"""Exit code when a command could not do what it was asked to."""

EXIT_USAGE = 2
"""Exit code when a command was not understood."""

COLLECTED = (50_000, 20, 50)
"""Objects after which garbage is looked for, and how often in all that is old: a command makes
hardly any, and the usual 700 costs a report a tenth of its time."""

EXIT_STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""

app = typer.Typer(
    name="progsearch",
    cls=LazyGroup,
    help="Search and compare party programmes, news and budgets across languages.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


def main() -> None:
    """Run the command line; every error is one line on stderr and an exit code."""
    sys.unraisablehook = _unraisable
    gc.set_threshold(*COLLECTED)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows another; a file gets UTF-8 everywhere.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except ProgsearchError as error:
        _fail(str(error))
    except click.UsageError as error:
        if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
            typer.echo(error.format_message(), err=True)
            sys.exit(EXIT_USAGE)
        _fail(_usage(error), EXIT_USAGE)
    except click.ClickException as error:
        _fail(visible(error.format_message()))
    except click.Abort:
        _fail("stopped", EXIT_STOPPED)
    except BrokenPipeError:
        # Whoever read has had enough, as head does.
        _let_go_of_stdout()
        sys.exit(EXIT_ERROR)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _let_go_of_stdout()
        _fail(visible(f"{where}{error.strerror or error}"))
    sys.exit(code if isinstance(code, int) else 0)


def _unraisable(found: sys.UnraisableHookArgs) -> None:
    # A file that could not be written is told of once, and not again when it is let go.
    if not isinstance(found.exc_value, OSError):
        sys.__unraisablehook__(found)


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "progsearch"
    remedy = f"{path} --help shows what it takes"
    return visible(f"{error.format_message().rstrip('.')}; {remedy}")


def _fail(message: str, code: int = EXIT_ERROR) -> NoReturn:
    with suppress(OSError):
        sys.stderr.write(f"progsearch: {message}\n")
        sys.stderr.flush()
    sys.exit(code)


def _let_go_of_stdout() -> None:
    # What could not be written would be tried, and fail, once more at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
