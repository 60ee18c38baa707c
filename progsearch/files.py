"""Which files a corpus has, how they are named in an index, and reading them safely."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from progsearch.errors import ProgsearchError
from progsearch.opening import MAX_SETTING, opened, too_large_setting
from progsearch.soundness import is_sound, sound

if TYPE_CHECKING:
    from progsearch.readers.containers.git import Entry, Repository

__all__ = [
    "CONFIG_NAME",
    "MAX_BYTES",
    "PEOPLE_NAME",
    "Root",
    "SourceFile",
    "held_text",
    "is_setting",
    "read_source",
    "roots_of",
    "walk",
]

CONFIG_NAME = "progsearch.toml"
"""Name of the file that holds the defaults of a folder."""

PEOPLE_NAME = "garants.tsv"
"""Name of the file that maps a person's uid to a name, beside or above the documents."""


_OF_PROGRAMS = frozenset(("__pycache__", "node_modules"))
"""Folders that programs fill, and people do not look into."""

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
    commit: Repository | None = None  # files are those of a commit, and not of the folder

    @property
    def top(self) -> Path:
        """The corpus folder that this one is, or lies in."""
        below = self.label.count("/")
        return self.folder.parents[below - 1] if below else self.folder


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a corpus: where it is, and its name in the index.

    ``blob`` is the name of its bytes in a repository, ``size`` their number there.
    A file with a ``fault`` is refused when it is read; it is a folder that cannot be listed if
    it is ``closed``.
    """

    path: str
    file: Path
    root: Root
    blob: str = ""
    size: int = 0
    fault: str = ""  # why its name cannot be that of a document
    closed: bool = False


class Stamp(NamedTuple):
    """What tells a file from another state of it without reading it."""

    st_mtime_ns: int
    st_size: int


def stamp_of(source: SourceFile) -> Stamp:
    """The stamp of a file as it is now. Raises OSError when it is gone."""
    if source.blob:
        return Stamp(int(source.blob[:15], 16), source.size)
    state = source.file.stat()
    return Stamp(state.st_mtime_ns, state.st_size)


def rights_of(source: SourceFile, folders: dict[Path, int]) -> int:
    """Who may read a file, and pass through all folders above it: the bits of a mode.

    ``folders`` is what is known of folders from before. Raises OSError when the file is gone.
    Windows has no such bits: there it is everyone.
    """
    if os.name == "nt" or source.blob:
        return 0o777 if os.name == "nt" else _passing(source.root.folder, folders)
    state = source.file.stat()
    return 0o700 | _classes(state, 4) & _passing(source.file.parent, folders)


def _passing(folder: Path, known: dict[Path, int]) -> int:
    if folder not in known:
        above = _passing(folder.parent, known) if folder.parent != folder else 0o777
        known[folder] = 0o700 | _classes(folder.stat(), 1) & above
    return known[folder]


def _classes(state: os.stat_result, bit: int) -> int:
    """The classes of users that have a right; the group only if it is that of this process."""
    others = 0o007 if state.st_mode & bit else 0
    group = state.st_mode & bit << 3 and state.st_gid == os.getegid()
    return 0o700 | (0o070 if group or others else 0) | others


@dataclass(frozen=True, slots=True)
class Beside:
    """Gives the bytes of the files beside a file of a corpus, never of any outside of it."""

    source: SourceFile
    max_bytes: int = MAX_BYTES

    def __call__(self, name: str) -> bytes | None:
        """The bytes of the file at a path relative to the folder; None when there is none."""
        here = self.source
        file = Path(os.path.normpath(here.file.parent / name))
        if not file.is_relative_to(here.root.top):
            return None
        if here.root.commit:
            entry = _entry(here.root, file)
            if entry is None or not 0 <= entry.size <= self.max_bytes:
                return None
            return here.root.commit.read(entry.blob)
        try:
            return read_source(SourceFile(name, file, here.root), max_bytes=self.max_bytes)[0]
        except (OSError, ProgsearchError):
            return None


# What a commit has never changes, and git takes a while to say it.
@lru_cache(maxsize=4)
def _entries(commit: Repository) -> Mapping[str, Entry]:
    """The files of a commit by their paths in it."""
    return {one.path: one for one in commit.files()}


def _entry(root: Root, file: Path) -> Entry | None:
    """A file of a commit by its place below the root's folder; None when there is none."""
    if root.commit is None or not file.is_relative_to(root.folder):
        return None
    return _entries(root.commit).get(file.relative_to(root.folder).as_posix())


def held_text(root: Root, file: Path, errors: str = "strict") -> str | None:
    """The text of a file of settings as a root's commit has it; None when it has none.

    Raises ProgsearchError when it is too large or the repository lacks it, UnicodeDecodeError.
    """
    entry = _entry(root, file)
    if entry is None or root.commit is None:
        return None
    if entry.size > MAX_SETTING:
        raise too_large_setting(file, MAX_SETTING)
    try:
        text = root.commit.read(entry.blob).decode("utf-8-sig", errors)
    except ProgsearchError as error:
        raise ProgsearchError(error.what, where=str(file), remedy=error.remedy) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_document(name: str) -> bool:
    """Whether a file of that name in an archive is a document."""
    return not is_setting(name)


def roots_of(paths: Sequence[Path], rev: str = "") -> list[Root]:
    """The roots that a user named, of a repository the files of the commit that ``rev`` means.

    Raises ProgsearchError when one does not exist, or when two folders of the same name
    would give different files the same path.
    """
    roots: list[Root] = []
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - links keep their own names
        if not absolute.exists() and not (rev and absolute.parent.exists()):
            raise ProgsearchError(
                "no such file or folder", where=str(path), remedy="check the spelling"
            )
        if rev or (absolute.is_dir() and _is_repository(absolute)):
            root = _of_commit(absolute, rev)
        elif absolute.is_dir():
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


def _of_commit(path: Path, rev: str) -> Root:
    """A folder, or one file, as it is in a commit."""
    from progsearch.readers.containers.git import Repository

    folder, only = (path, "") if path.is_dir() else (path.parent, path.name)
    label = f"{_nfc(folder.name)}@{rev}" if rev else _nfc(folder.name)
    commit = Repository.at(folder, rev or "HEAD")
    if only and all(entry.path != only for entry in _entries(commit).values()):
        raise ProgsearchError(
            f"the commit {rev} has no such file",
            where=str(path),
            remedy="name the folder of the repository, and the file by --include",
        )
    return Root(label.replace("/", "-"), folder, only, commit)


def _is_repository(folder: Path) -> bool:
    """Whether a folder is a bare repository."""
    below = (folder / "objects", folder / "refs")
    return (folder / "HEAD").is_file() and all(one.is_dir() for one in below)


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def walk(roots: Iterable[Root]) -> Iterator[SourceFile]:
    """The files below the roots, in the order of their paths; hidden ones left out."""
    found: dict[str, SourceFile] = {}
    closed: dict[Path, str] = {}
    for root in roots:
        if root.commit:
            for entry in _entries(root.commit).values():
                path = f"{root.label}/{_nfc(entry.path)}"
                if root.only and entry.path != root.only:
                    continue
                if not any(part.startswith(".") for part in entry.path.split("/")):
                    file = root.folder / entry.path
                    found[path] = SourceFile(path, file, root, entry.blob, entry.size)
            continue
        if root.only:
            files: Iterable[Path] = [root.folder / root.only]
        else:
            files = _below(root.folder, closed)
        for file in files:
            inside = PurePosixPath(root.label, *file.relative_to(root.folder).parts)
            path, fault = _nfc(str(inside)), ""
            if file in closed:
                fault = f"the folder cannot be read: {closed[file]}"
                found[path] = SourceFile(sound(path), file, root, fault=fault, closed=True)
                continue
            if not is_sound(path):
                path, fault = sound(path), "the name of the file is not UTF-8"
            elif path in found and found[path].file != file:
                path, fault = f"{path} (2)", "another file's name differs only in how it is coded"
            found[path] = SourceFile(path, file, root, fault=fault)
    yield from (found[path] for path in sorted(found))


def _below(folder: Path, closed: dict[Path, str]) -> Iterator[Path]:
    """The files below a folder, and the folders that cannot be listed, with why in ``closed``."""
    failed: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if _is_corpus(Path(parent, name)))
        # A link to a folder is not entered: it might lead out, or round in a circle. It is
        # named like a file, so that reading it says why.
        links = [name for name in folders if Path(parent, name).is_symlink()]
        names = sorted([*files, *links])
        yield from (Path(parent, name) for name in names if not name.startswith("."))
    for error in failed:
        place = Path(os.fsdecode(error.filename))
        closed[place] = error.strerror or type(error).__name__
        yield place


def _is_corpus(folder: Path) -> bool:
    """Whether a folder may hold documents: none that is hidden, of a program or a repository."""
    if folder.name.startswith(".") or folder.name in _OF_PROGRAMS:
        return False
    return not _is_repository(folder)


def read_source(source: SourceFile, *, max_bytes: int = MAX_BYTES) -> tuple[bytes, Stamp]:
    """The bytes of a file, and its state when they were read.

    Raises ProgsearchError for links that leave the corpus folder or lead to a folder, for
    devices and pipes, for files over the limit and for those that change meanwhile; OSError
    for those that cannot be read or are gone.
    """
    if source.fault:
        remedy = "allow it, or put the disk back" if source.closed else "give it another name"
        raise ProgsearchError(source.fault, where=source.path, remedy=remedy)
    if source.blob and source.root.commit:
        if source.size > max_bytes:
            raise _too_large(source, max_bytes)
        return source.root.commit.read(source.blob), stamp_of(source)
    try:
        with opened(source.file, source.root.top) as (descriptor, before):
            if before.st_size > max_bytes:
                raise _too_large(source, max_bytes)
            with os.fdopen(os.dup(descriptor), "rb") as stream:
                data = stream.read(max_bytes + 1)
            after = os.fstat(descriptor)
    except ProgsearchError as error:
        raise ProgsearchError(error.what, where=source.path, remedy=error.remedy) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or (
        len(data) != after.st_size
    ):
        raise ProgsearchError(
            "changed while it was read", where=source.path, remedy="run ingest again"
        )
    return data, Stamp(before.st_mtime_ns, before.st_size)


def _too_large(source: SourceFile, max_bytes: int) -> ProgsearchError:
    return ProgsearchError(
        f"larger than {max_bytes / 1e6:,.0f} MB",
        where=source.path,
        remedy="split it, or allow more with --max-mb",
    )
