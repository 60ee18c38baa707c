"""Opening an index for a command, and a query from its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from pickle import UnpicklingError

import click

from progsearch.engine import DurableEngine
from progsearch.engine.durable import damaged
from progsearch.errors import ProgsearchError
from progsearch.query import Query, parse
from progsearch.search import Index
from progsearch.soundness import sound

__all__ = ["left_line", "opened", "query_of", "reading"]


@contextmanager
def opened(folder: Path) -> Iterator[Index]:
    """The index in a folder, and a word if the last ingest was stopped.

    Raises ProgsearchError when there is none, or when something fails because it is damaged.
    """
    from progsearch.cli.output import say
    from progsearch.engine import open_engine

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
    """What is said of an index whose ingest was stopped on the way."""
    return (
        f"the last ingest was stopped: {files:,} of its files are not dealt with; "
        "run it again to go on"
    )


@contextmanager
def reading(engine: DurableEngine) -> Iterator[None]:
    """Tell what fails because of a damaged index by one error, and leave all other failures."""
    try:
        yield
    except (ProgsearchError, click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit, BrokenPipeError):
        raise
    except UnpicklingError as error:  # whatever the checksums say
        raise damaged(engine.folder, str(error)) from error
    except BaseException as error:  # panics of Rust are no Exception
        trouble = engine.trouble()
        if trouble is None:
            raise
        raise trouble from error


def query_of(words: Sequence[str] | None) -> Query:
    """The query in the arguments of a command, which a shell has split at blanks.

    Shells take quotation marks off: an argument that still has a blank in it and no
    operator was quoted by the user, who meant words, so it is parsed like the others.
    """
    return parse(" ".join(map(_decoded, words or ())))


def _decoded(word: str) -> str:
    """A word as it was typed, also where the locale knows no letters but those of ASCII."""
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return str(sound(word))
