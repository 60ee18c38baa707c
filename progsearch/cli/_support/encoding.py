"""How far the making of vectors is, told to a person at a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from progsearch.meaning.store import Made

__all__ = ["watched"]


@contextmanager
def watched(*, quiet: bool = False) -> Iterator[Callable[[Made], None]]:
    """What is told of each block: a progress line on a terminal, nothing in a pipe."""
    import sys

    if quiet or not sys.stderr.isatty():
        yield lambda made: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed:,} of {task.fields[of]:,} passages"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, of=0, visible=False)
        yield lambda made: progress.update(
            task, completed=made.done, total=made.of, of=made.of, visible=True
        )
