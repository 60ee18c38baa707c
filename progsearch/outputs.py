"""Files that take the place of others only when they are complete."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from progsearch.errors import ProgsearchError

__all__ = ["replaced"]


@contextmanager
def replaced(output: Path) -> Iterator[Path]:
    """A name to write a file under, which then takes the place of ``output`` at one blow.

    If the writing fails, a file that is there stays as it was. One that is replaced hands its
    permissions on; of a link, the file behind it is replaced; what is no file, as a pipe or
    ``/dev/stdout``, gets the bytes. Raises ProgsearchError when it cannot be written.
    """
    try:
        with _into(output) as aside:
            yield aside
    except BrokenPipeError:
        raise  # whoever read has had enough, which is no error
    except OSError as error:
        raise ProgsearchError(
            f"cannot be written: {error.strerror or error}",
            where=str(output),
            remedy="choose another file with --output",
        ) from None


@contextmanager
def _into(output: Path) -> Iterator[Path]:
    before = _state(output)
    if before is not None and stat.S_ISDIR(before.st_mode):
        raise IsADirectoryError(0, "it is a folder", str(output))
    if before is not None and not stat.S_ISREG(before.st_mode):
        with tempfile.TemporaryDirectory() as folder:
            # Not the same name: on Windows CON is the terminal in every folder.
            whole = Path(folder, "whole")
            yield whole
            with whole.open("rb") as made, output.open("wb") as device:
                shutil.copyfileobj(made, device)
        return
    if before is not None and not os.access(output, os.W_OK):
        raise PermissionError(0, "it is write-protected", str(output))
    target = output.resolve() if output.is_symlink() else output
    # Beside it, for only within one file system is renaming one step.
    aside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield aside
        _keep(aside, before)
        aside.replace(target)
        _sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise


def _state(output: Path) -> os.stat_result | None:
    try:
        return output.stat()
    except FileNotFoundError:
        return None


def _keep(aside: Path, before: os.stat_result | None) -> None:
    """Make what was written last, and give it the permissions of the file it replaces."""
    if before is not None:
        aside.chmod(stat.S_IMODE(before.st_mode))
    with aside.open("rb+") as made:
        os.fsync(made.fileno())


def _sync_folder(folder: Path) -> None:
    # Windows opens no folders, and some file systems sync none: the file is whole all the same.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
