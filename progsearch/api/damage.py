"""Errors that come from a damaged index, told as such."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import walk_tb

from progsearch.engine import OpenEngine
from progsearch.engine.durable import damaged
from progsearch.errors import ProgsearchError

__all__ = ["told"]

_ENGINES = ("progsearch.engine.", "progsearch.records.", "progsearch.state.", "tantivy.", "whoosh.")
_PACKAGES = frozenset(name.partition(".")[0] for name in _ENGINES)
_PASSING: tuple[type[BaseException], ...] = (
    ProgsearchError,
    KeyboardInterrupt,
    SystemExit,
    GeneratorExit,
    BrokenPipeError,
)


@contextmanager
def told(engine: OpenEngine, passing: tuple[type[BaseException], ...] = ()) -> Iterator[None]:
    """Tell what fails because of a damaged index by one error, and leave all other failures.

    An index is damaged when its files are not as they were written; and when its engine fails
    at files that are, for then they were not written by this tool. ``passing`` are further
    exceptions that say nothing of the index.
    """
    try:
        yield
    except (*_PASSING, *passing):
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
