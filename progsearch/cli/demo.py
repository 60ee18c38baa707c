"""``progsearch demo``: the demonstration corpus, to try everything on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A new folder, for example: corpus.")
    ],
) -> None:
    """Write the demonstration corpus: 30 documents of invented parties, in Czech and Swedish.

    Examples:
      progsearch demo corpus
      progsearch demo try/programmes
    """
    from progsearch.cli._support.output import say
    from progsearch.demo import write_demo

    files = write_demo(folder)
    say(f"{files} files are written; now run: progsearch ingest {folder}")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("demo")(demo)
