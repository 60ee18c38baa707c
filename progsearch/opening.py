"""Files opened so that what was checked is what is read.

A path can mean another file a moment later. So each folder on the way is opened from the
one above it, no link is followed on the way, and what is then looked at is the descriptor
that is read from. Where a system has no such calls (Windows), the place of the open file is
looked at once more after it was opened.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from progsearch.errors import ProgsearchError

__all__ = ["MAX_SETTING", "opened", "setting_bytes", "setting_text", "too_large_setting"]

MAX_SETTING = 5_000_000
"""Bytes of the largest file of settings, of people's names or of a theme that is read."""

_STEPWISE = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
# Who may pass through a folder need not be allowed to list it.
_PASS = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0)
_STAY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_INHERIT = getattr(os, "O_NOINHERIT", 0)
_LOOPS = (errno.ELOOP, errno.EMLINK)  # the second where FreeBSD says so


@contextmanager
def opened(file: Path, top: Path, *, links: bool = True) -> Iterator[tuple[int, os.stat_result]]:
    """The descriptor of a plain file that lies in the folder ``top`` or below it, and its state
    before it was opened.

    Links are followed to places below ``top``, and not at all without ``links``; ``top``
    itself may be reached by one. Raises ProgsearchError for links that leave or lead nowhere,
    for folders, devices and pipes, and for what is swapped meanwhile; OSError for what cannot
    be read.
    """
    descriptor, before = _opened(file, top, links)
    try:
        _plain(os.fstat(descriptor))
        yield descriptor, before
    finally:
        os.close(descriptor)


def _opened(file: Path, top: Path, links: bool) -> tuple[int, os.stat_result]:
    if _STEPWISE:
        with suppress(_Linked):
            return _stepwise(top, file.relative_to(top).parts)
    if not links and (_STEPWISE or _has_links(file, top)):
        raise ProgsearchError("a link where none may be", where=str(file), remedy="take it away")
    home, target = _within(file, top)
    if _STEPWISE:
        try:
            return _stepwise(home, target.relative_to(home).parts)
        except _Linked:
            raise _swapped() from None
    before = target.stat()
    _plain(before)
    descriptor = os.open(target, _READ | _NO_INHERIT)
    try:
        # It may have been swapped between the look and the opening.
        again = _within(file, top)[1]
        if not os.path.samestat(os.fstat(descriptor), again.stat()):
            raise _swapped()
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, before


class _Linked(Exception):  # noqa: N818 - it is no error
    """There is a link on the way."""


def _stepwise(top: Path, parts: tuple[str, ...]) -> tuple[int, os.stat_result]:
    """Open a file from folder to folder. Raises _Linked when one of them, or it, is a link."""
    here = os.open(top, _PASS)
    try:
        for part in parts[:-1]:
            if stat.S_ISLNK(os.stat(part, dir_fd=here, follow_symlinks=False).st_mode):
                raise _Linked
            try:
                below = os.open(part, _PASS | _STAY, dir_fd=here)
            except NotADirectoryError:
                raise _swapped() from None
            os.close(here)
            here = below
        before = os.stat(parts[-1], dir_fd=here, follow_symlinks=False)
        if stat.S_ISLNK(before.st_mode):
            raise _Linked
        _plain(before)  # a device is not even opened
        try:
            return os.open(parts[-1], _READ | _STAY, dir_fd=here), before
        except OSError as error:
            if error.errno in _LOOPS:
                raise _swapped() from None
            raise
    finally:
        os.close(here)


def _within(file: Path, top: Path) -> tuple[Path, Path]:
    """The real places of a folder and of a file below it."""
    try:
        target, home = file.resolve(strict=True), top.resolve(strict=True)
    except FileNotFoundError:
        if file.is_symlink():
            raise _nowhere() from None
        raise
    except (OSError, RuntimeError) as error:
        if isinstance(error, PermissionError):
            raise
        raise _nowhere() from None
    if target == home or not target.is_relative_to(home):
        # A link to the folder itself is one to a folder.
        if target == home:
            _plain(target.stat())
        raise ProgsearchError(
            "a link that leaves the corpus folder", remedy="copy the file into the folder"
        )
    return home, target


def _has_links(file: Path, top: Path) -> bool:
    steps = file.relative_to(top).parts
    return any(top.joinpath(*steps[:end]).is_symlink() for end in range(1, len(steps) + 1))


def _plain(state: os.stat_result) -> None:
    if not stat.S_ISREG(state.st_mode):
        kind = "a folder behind a link" if stat.S_ISDIR(state.st_mode) else "a device or pipe"
        raise ProgsearchError(f"not a file but {kind}", remedy="give a copy of what it holds")


def _nowhere() -> ProgsearchError:
    return ProgsearchError("a link that leads nowhere, or round in a circle", remedy="take it away")


def _swapped() -> ProgsearchError:
    return ProgsearchError("changed while it was read", remedy="run ingest again")


def setting_bytes(file: Path, top: Path | None = None, *, limit: int = MAX_SETTING) -> bytes:
    """The bytes of a small file that somebody may have put there for others to stumble over.

    Below ``top`` a link may not lead out of it; without one, links are followed. Raises
    ProgsearchError for links that leave, devices, pipes and files over the limit, with the
    file; OSError for what cannot be read.
    """
    try:
        place = Path(os.path.realpath(file)) if top is None else file
        with opened(place, top or place.parent) as (descriptor, before):
            if before.st_size > limit:
                raise too_large_setting(file, limit)
            with os.fdopen(os.dup(descriptor), "rb") as stream:
                return stream.read(limit + 1)[:limit]
    except ProgsearchError as error:
        raise ProgsearchError(error.what, where=str(file), remedy=error.remedy) from None


def too_large_setting(file: Path, limit: int) -> ProgsearchError:
    """The error that a file of settings is larger than so many bytes."""
    return ProgsearchError(
        f"larger than {limit / 1e6:,.0f} MB",
        where=str(file),
        remedy="it should be small: split it",
    )


def setting_text(file: Path, top: Path | None = None, *, errors: str = "strict") -> str:
    """The text of a small file in UTF-8, its line ends made alike.

    Raises as :func:`setting_bytes`, and UnicodeDecodeError.
    """
    text = setting_bytes(file, top).decode("utf-8-sig", errors)
    return text.replace("\r\n", "\n").replace("\r", "\n")
