"""Opening an index for a command, and a query from its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

import click

from progsearch.engine import DurableEngine
from progsearch.engine.durable import damaged
from progsearch.errors import ProgsearchError
from progsearch.query import Query, parse
from progsearch.search import Index
from progsearch.soundness import sound

__all__ = ["left_line", "opened", "query_of", "reading"]

_ENGINES = ("progsearch.engine.", "progsearch.records.", "progsearch.state.", "tantivy.", "whoosh.")
_PACKAGES = frozenset(name.partition(".")[0] for name in _ENGINES)


@contextmanager
def opened(folder: Path) -> Iterator[Index]:
    """The index in a folder, and a word if the last ingest was stopped.

    Raises ProgsearchError when there is none, or when something fails because it is damaged.
    """
    from progsearch.cli._support.output import say
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
    """Tell what fails because of a damaged index by one error, and leave all other failures.

    An index is damaged when its files are not as they were written; and when its engine fails
    at files that are, for then they were not written by this tool.
    """
    try:
        yield
    except (ProgsearchError, click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit, BrokenPipeError):
        raise
    except BaseException as error:  # panics of Rust are no Exception
        trouble = engine.trouble()
        if trouble is None and _of_the_engine(error):
            trouble = damaged(engine.folder, f"{type(error).__name__} {error}")
        if trouble is None:
            raise
        raise trouble from error


def _of_the_engine(error: BaseException) -> bool:
    """Whether an error comes out of an engine, or out of what it keeps its records with."""
    if isinstance(error, OSError | MemoryError):
        return False  # they tell of the machine
    names = [frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__)]
    last = next((name for name in reversed(names) if name.partition(".")[0] in _PACKAGES), "")
    return f"{last}.".startswith(_ENGINES)


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
