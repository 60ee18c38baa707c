"""Opening an index and the themes for a command, and the text of a query from its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from progsearch.soundness import sound

if TYPE_CHECKING:
    from progsearch.engine import OpenEngine
    from progsearch.search import Index
    from progsearch.themes import Catalogue

__all__ = ["catalogue_of", "left_line", "opened", "reading", "text_of"]


@contextmanager
def opened(folder: Path) -> Iterator[Index]:
    """The index in a folder, and a word if the last ingest was stopped.

    Raises ProgsearchError when there is none, or when something fails because it is damaged.
    """
    from progsearch.cli._support.output import say
    from progsearch.engine import open_engine
    from progsearch.search import Index

    engine = open_engine(folder)
    try:
        with reading(engine):
            asked = Index.of(engine)
            if asked.summary.left:
                say(f"note: {left_line(asked.summary.left)}")
            yield asked
    finally:
        engine.close()


def left_line(files: int) -> str:
    """The warning for an index whose ingest was stopped on the way."""
    return (
        f"the last ingest was stopped: {files:,} of its files are not dealt with; "
        "run it again to go on"
    )


@contextmanager
def reading(engine: OpenEngine) -> Iterator[None]:
    """Tell what fails because of a damaged index by one error, and leave all other failures."""
    from progsearch.api.damage import told

    passing = (click.ClickException, click.Abort, click.exceptions.Exit)
    with told(engine, passing):
        yield


def catalogue_of(
    folders: Sequence[Path] | None, roots: Mapping[str, str] | None = None
) -> Catalogue:
    """The themes at hand, and a word on each file that cannot be used."""
    from progsearch.cli._support.output import say
    from progsearch.themes import folders as of_themes

    found = of_themes.catalogue_of(folders, roots)
    for line in of_themes.trouble(found):
        say(line)
    return found


def text_of(words: Sequence[str] | None) -> str:
    """The query in the arguments of a command, which a shell has split at blanks.

    Shells take quotation marks off: an argument that still has a blank in it and no
    operator was quoted by the user, who meant words, so it is parsed like the others.
    """
    return " ".join(map(_decoded, words or ()))


def _decoded(word: str) -> str:
    """A word as it was typed, also where the locale knows no letters but those of ASCII."""
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return str(sound(word))
