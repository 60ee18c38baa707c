"""A file on its way to its reader: its bytes, its place and what was said about it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from progsearch.errors import Problem, ProgsearchError
from progsearch.readers.encoding import decode

__all__ = ["Options", "Refused", "Source", "library", "nothing_beside"]


def nothing_beside(_name: str) -> bytes | None:
    """There is no other file."""
    return None


def _any_name(_name: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Options:
    """Facts about a file that come from outside of it.

    ``format`` is the name of the reader that the user chose, ``tables`` the table of that
    name in the ``progsearch.toml`` above the file. ``beside`` gives the bytes of another
    file by its path relative to this one's folder, ``is_document`` tells whether a file of
    that name is a document. ``ocr`` are the languages in which pages that are pictures are
    read by Tesseract; none when they are not.
    """

    format: str = ""
    tables: Mapping[str, object] = field(default_factory=dict)
    beside: Callable[[str], bytes | None] = nothing_beside
    is_document: Callable[[str], bool] = _any_name
    ocr: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it is given to a reader.

    ``depth`` counts the archives that it lies in, ``sizes`` holds what the archives read so
    far unpack to, in bytes: one list for a file and for all that lies in it.
    """

    path: PurePosixPath
    data: bytes
    options: Options = field(default_factory=Options)
    depth: int = 0
    sizes: list[int] = field(default_factory=list)

    def unpacks(self, size: int, limit: int) -> None:
        """Note that this is an archive which unpacks to so many bytes.

        Raises ProgsearchError when that is more than the limit, with all archives around it
        and before it in the same file.
        """
        self.sizes.append(size)
        total = sum(self.sizes)
        if total > limit:
            raise ProgsearchError(
                f"the archive would unpack to {total / 1e6:,.0f} MB",
                remedy=f"keep to {limit / 1e6:,.0f} MB, in several archives",
            )

    def text(self) -> tuple[str, list[str]]:
        """The text, and notes of what had to be done. Raises ProgsearchError as ``decode``."""
        return decode(self.data)

    def inside(self, name: str, data: bytes, beside: Callable[[str], bytes | None]) -> Source:
        """A file inside of this one."""
        options = replace(self.options, beside=beside)
        return Source(self.path / name, data, options, self.depth + 1, self.sizes)


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a file that cannot be read, while the others can."""

    part: str
    problem: Problem


def library(module: str, extra: str, purpose: str) -> Any:  # noqa: ANN401 - a module
    """Import what only one format needs. Raises ProgsearchError that names what to install."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ProgsearchError(
            f"{purpose} needs {module.partition('.')[0]}, which is not installed",
            remedy=f'run: pip install "progsearch[{extra}]"',
        ) from error
