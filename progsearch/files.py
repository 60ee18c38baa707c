"""Which files a corpus has, and how they are named in an index."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from progsearch.errors import ProgsearchError

__all__ = ["CONFIG_NAME", "PEOPLE_NAME", "Root", "SourceFile", "is_setting", "roots_of", "walk"]

CONFIG_NAME = "progsearch.toml"
"""Name of the file that holds the defaults of a folder."""

PEOPLE_NAME = "garants.tsv"
"""Name of the file that maps a person's uid to a name, beside or above the documents."""


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
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith("."))
