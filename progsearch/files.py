"""Which files a corpus has, how they are named in an index, and reading them safely."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from progsearch.errors import ProgsearchError

__all__ = [
    "CONFIG_NAME",
    "MAX_BYTES",
    "PEOPLE_NAME",
    "Root",
    "SourceFile",
    "is_setting",
    "read_source",
    "roots_of",
    "walk",
]

CONFIG_NAME = "progsearch.toml"
"""Name of the file that holds the defaults of a folder."""

PEOPLE_NAME = "garants.tsv"
"""Name of the file that maps a person's uid to a name, beside or above the documents."""


MAX_BYTES = 50_000_000
"""Size of the largest file that is read unless the user allows more."""


def is_setting(name: str) -> bool:
    """Whether a file of that name holds settings, or tells of the corpus, and is no document."""
    return name in (CONFIG_NAME, PEOPLE_NAME) or name.upper().startswith(("README", "LICENSE"))


@dataclass(frozen=True, slots=True)
class Root:
    """A folder, or a single file, that was given to ``ingest``.

    ``label`` begins its documents' paths: the name of the corpus folder, and what leads
    from there to this one.
    """

    label: str
    folder: Path
    only: str = ""  # the name of the one file wanted

    @property
    def top(self) -> Path:
        """The corpus folder that this one is, or lies in."""
        below = self.label.count("/")
        return self.folder.parents[below - 1] if below else self.folder


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a corpus: where it is, and its name in the index."""

    path: str
    file: Path
    root: Root


def roots_of(paths: Sequence[Path]) -> list[Root]:
    """The roots that a user named. Raises ProgsearchError when one does not exist, or when
    two folders of the same name would give different files the same path."""
    roots: list[Root] = []
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - links keep their own names
        if not absolute.exists():
            raise ProgsearchError(
                "no such file or folder", where=str(path), remedy="check the spelling"
            )
        if absolute.is_dir():
            root = Root(_nfc(absolute.name) or "root", absolute)
        else:
            root = Root(_nfc(absolute.parent.name) or "root", absolute.parent, absolute.name)
        if root not in roots:
            roots.append(root)
    folders: dict[str, Path] = {}
    for root in roots:
        known = folders.setdefault(root.label, root.folder)
        if known != root.folder:
            raise ProgsearchError(
                f"two folders are named {root.label!r}: {known} and {root.folder}",
                remedy="ingest them into two indexes, or give the folder above both",
            )
    return roots


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def walk(roots: Iterable[Root]) -> Iterator[SourceFile]:
    """The files below the roots, in the order of their paths; hidden ones left out."""
    found: dict[str, SourceFile] = {}
    for root in roots:
        if root.only:
            files: Iterable[Path] = [root.folder / root.only]
        else:
            files = _below(root.folder)
        for file in files:
            parts = [_nfc(part) for part in file.relative_to(root.folder).parts]
            path = str(PurePosixPath(root.label, *parts))
            found[path] = SourceFile(path, file, root)
    yield from (found[path] for path in sorted(found))


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # A link to a folder is not entered: it might lead out, or round in a circle. It is
        # named like a file, so that reading it says why.
        links = [name for name in folders if Path(parent, name).is_symlink()]
        names = sorted([*files, *links])
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def read_source(source: SourceFile, *, max_bytes: int = MAX_BYTES) -> tuple[bytes, os.stat_result]:
    """The bytes of a file, and its state when they were read.

    Raises ProgsearchError for links that leave the corpus folder or lead to a folder, for
    devices and pipes, for files over the limit and for those that change meanwhile; OSError
    for those that cannot be read or are gone.
    """
    file = source.file
    if file.is_symlink():
        _check_link(file, source.root.top)
    # A pipe is never opened, for that would wait for its writer.
    before = file.stat()
    if not stat.S_ISREG(before.st_mode):
        kind = "a folder behind a link" if stat.S_ISDIR(before.st_mode) else "a device or pipe"
        raise ProgsearchError(
            f"not a file but {kind}", where=source.path, remedy="give a copy of what it holds"
        )
    if before.st_size > max_bytes:
        raise ProgsearchError(
            f"larger than {max_bytes / 1e6:,.0f} MB",
            where=source.path,
            remedy="split it, or allow more with --max-mb",
        )
    with file.open("rb") as opened:
        data = opened.read(max_bytes + 1)
        after = os.fstat(opened.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or (
        len(data) != after.st_size
    ):
        raise ProgsearchError(
            "changed while it was read", where=source.path, remedy="run ingest again"
        )
    return data, before


def _check_link(link: Path, top: Path) -> None:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        raise ProgsearchError(
            "a link that leads nowhere, or round in a circle", remedy="take it away"
        ) from None
    if not target.is_relative_to(top.resolve()):
        raise ProgsearchError(
            "a link that leaves the corpus folder", remedy="copy the file into the folder"
        )
