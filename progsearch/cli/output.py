"""Where output goes: data to stdout or a file, messages to stderr."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from progsearch.errors import ProgsearchError

__all__ = ["left_out_line", "say", "sink", "use_colour"]


def say(message: str) -> None:
    """Tell the user something that is not data."""
    sys.stderr.write(f"{message}\n")


def use_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to a stream (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (
        stream.isatty() and os.environ.get("TERM") != "dumb"
    )


@contextmanager
def sink(output: Path | None, *, bom: bool = False) -> Iterator[TextIO]:
    """A text stream to stdout, or to a file that takes its place only when it is complete.

    ``bom`` puts a byte order mark first, by which spreadsheets know UTF-8.
    """
    if output is None:
        if bom:
            sys.stdout.write("\ufeff")
        # newline="" where formats write their own line ends, CSV among them
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(newline="\n")
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        aside = Path(name)
        try:
            encoding = "utf-8-sig" if bom else "utf-8"
            with os.fdopen(descriptor, "w", encoding=encoding, newline="") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            aside.chmod(0o666 & ~_umask())
            aside.replace(output)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise
    except OSError as error:
        raise ProgsearchError(
            f"cannot be written: {error.strerror}",
            where=str(output),
            remedy="choose another file with --output",
        ) from None


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def left_out_line(copies: int) -> str:
    """What is said of documents that were not looked at because they repeat others."""
    if copies == 1:
        return "1 document that repeats another was left out (--duplicates keep)"
    return f"{copies} documents that repeat others were left out (--duplicates keep)"
