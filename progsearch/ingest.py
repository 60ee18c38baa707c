"""Files to an index: what changed is read, analysed and put in the place of what was there.

:func:`ingest` is a generator: it yields what was done with each file, and commits before
it ends. A file that cannot be read is listed with its reason and costs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.analysis import LANGUAGE_DATA_VERSION
from progsearch.defaults import Defaults
from progsearch.engine import Engine, Prepared, Writer
from progsearch.errors import Problem, ProgsearchError
from progsearch.facts.people import read_people
from progsearch.files import (
    MAX_BYTES,
    PEOPLE_NAME,
    Root,
    SourceFile,
    is_setting,
    read_source,
    roots_of,
    walk,
)
from progsearch.state import Files, FileState, Summary, files_of, summary_of

if TYPE_CHECKING:
    from progsearch.prepare import Preparer

__all__ = ["DETECTED", "FileDone", "Plan", "Settings", "Status", "check", "ingest", "plan"]

DETECTED = ("cs", "sv", "en")
"""The languages told apart unless the user names others; every one more costs certainty."""


class Status(StrEnum):
    """What was done with a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"
    SKIPPED = "skipped"  # not a document


@dataclass(frozen=True, slots=True)
class FileDone:
    """One file that was dealt with; ``problems`` say why it failed, or what is odd about it."""

    path: str
    status: Status
    passages: int = 0
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user said: facts of all files, a file of defaults, languages to tell apart,
    the size of the largest file that is read, and whether what is odd about a file, such as
    front matter that is not quite YAML, refuses it (``strict``) or is noted."""

    given: Mapping[str, str] = field(default_factory=dict)
    defaults_file: Path | None = None
    detected: tuple[str, ...] = DETECTED
    max_bytes: int = MAX_BYTES
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do: files to look at, and paths in the index whose file is gone."""

    roots: Sequence[Root]
    files: Sequence[SourceFile]
    gone: Sequence[str]


def plan(paths: Sequence[Path], files: Files, roots: Mapping[str, str]) -> Plan:
    """Find the files below the paths, and those that the index had there and that are gone.

    ``roots`` are the folders that the index knows by label. Raises ProgsearchError when a
    path does not exist.
    """
    settled = [_settled(root, roots) for root in roots_of(paths)]
    found = list(walk(settled))
    here = {source.path for source in found}
    known = sorted((files.indexed.keys() | files.failures.keys()) - here)
    gone = [path for path in known if any(_covers(root, path, roots) for root in settled)]
    return Plan(settled, found, gone)


def _settled(root: Root, known: Mapping[str, str]) -> Root:
    """The root under the name that the index already knows it by.

    A folder inside a known one is a part of it, so its documents keep their paths.
    """
    for label, folder in known.items():
        if root.folder != Path(folder) and root.folder.is_relative_to(folder):
            below = root.folder.relative_to(folder).parts
            return Root("/".join((label, *below)), root.folder, root.only)
    folder = known.get(root.label, str(root.folder))
    if Path(folder) != root.folder and not Path(folder).is_relative_to(root.folder):
        raise ProgsearchError(
            f"the index already has another folder named {root.label!r}: {folder}",
            where=str(root.folder),
            remedy="use another --index, or begin anew with --rebuild",
        )
    return root


def _covers(root: Root, path: str, known: Mapping[str, str]) -> bool:
    if root.only:
        return path == f"{root.label}/{root.only}"
    if path.startswith(f"{root.label}/"):
        return True
    # A folder above a known one takes its documents over, under new paths.
    folder = known.get(path.partition("/")[0])
    return folder is not None and _above(root, folder)


def _above(root: Root, folder: str) -> bool:
    return Path(folder) != root.folder and Path(folder).is_relative_to(root.folder)


def _all_roots(known: Mapping[str, str], roots: Sequence[Root]) -> dict[str, str]:
    found = dict(known)
    for root in roots:
        if "/" not in root.label:
            found = {label: f for label, f in found.items() if root.only or not _above(root, f)}
            found[root.label] = str(root.folder)
    return found


class _Folders:
    """The defaults and the people's names that hold in each folder, each file read once."""

    def __init__(self, settings: Settings) -> None:
        self._given = settings.given
        file = settings.defaults_file
        self._extra = Defaults.from_file(file) if file else None
        self._defaults: dict[Path, Defaults] = {}
        self._people: dict[Path, dict[str, str]] = {}

    def defaults(self, source: SourceFile) -> dict[str, str]:
        """The facts that hold for a file unless it states others."""
        folder = source.file.parent
        if folder not in self._defaults:
            self._defaults[folder] = Defaults.load(folder)
        found = dict(self._extra.for_path(source.path)) if self._extra else {}
        return found | dict(self._defaults[folder].for_path(source.file.as_posix()))

    def ignored(self, source: SourceFile) -> bool:
        """Whether the settings say that a file is no document."""
        folder = source.file.parent
        if folder not in self._defaults:
            self._defaults[folder] = Defaults.load(folder)
        return self._defaults[folder].ignores(source.file.as_posix()) or (
            self._extra is not None and self._extra.ignores(source.path)
        )

    def people(self, source: SourceFile) -> dict[str, str]:
        """The names of people by uid, from the files beside and above a file."""
        folder = source.file.parent
        if folder not in self._people:
            found: dict[str, str] = {}
            for above in reversed((folder, *folder.parents)):
                file = above / PEOPLE_NAME
                if above.is_relative_to(source.root.top) and file.is_file():
                    found |= read_people(file.read_text(encoding="utf-8", errors="replace"))
            self._people[folder] = found
        return self._people[folder]

    def hash(self, source: SourceFile) -> str:
        """A hash of all that is said about a file outside of it."""
        digest = blake2b(digest_size=8)
        for mapping in (self.defaults(source), self._given, self.people(source)):
            digest.update(repr(sorted(mapping.items())).encode())
        return digest.hexdigest()


def ingest(
    engine: Engine, paths: Sequence[Path], settings: Settings | None = None
) -> Iterator[FileDone]:
    """Bring an index up to date with the files below the paths; commits at the end.

    Raises ProgsearchError when a path does not exist, the index has another writer, or
    was analysed with other language data and the paths are not all of it.
    """
    settings = settings or Settings()
    with engine.writer() as writer:
        files, before = files_of(engine), summary_of(engine)
        known = before.roots if before else {}
        todo = plan(paths, files, known)
        here = {source.path for source in todo.files}
        same = (
            before is not None
            and before.language_data == LANGUAGE_DATA_VERSION
            and before.detected == settings.detected
        )
        if before and not same and files.indexed.keys() - here - set(todo.gone):
            raise ProgsearchError(
                "the index was made with other language data or other languages",
                remedy="ingest all of its folders together, or use --rebuild",
            )
        run = _Run(files, writer, _Folders(settings), settings, same)
        for path in todo.gone:
            run.forget(path)
            yield FileDone(path, Status.REMOVED)
        for source in todo.files:
            yield run.one(source)
        summary = Summary.of(
            files,
            language_data=LANGUAGE_DATA_VERSION,
            detected=settings.detected,
            roots=_all_roots(known, todo.roots),
        )
        writer.commit({"summary": summary.as_record(), "files": files.as_record()})


class _Run:
    """One run over files: what the index knows of them as it changes."""

    def __init__(
        self,
        files: Files,
        writer: Writer,
        folders: _Folders,
        settings: Settings,
        same_analysis: bool,
    ) -> None:
        self._files = files
        self._writer = writer
        self._folders = folders
        self._settings = settings
        self._same_analysis = same_analysis
        self._preparer: Preparer | None = None

    def forget(self, path: str) -> None:
        """Take a file and its document out."""
        file = self._files.indexed.pop(path, None)
        self._files.failures.pop(path, None)
        self._files.notes.pop(path, None)
        if file:
            self._writer.remove(file.document)

    def one(self, source: SourceFile) -> FileDone:
        """Deal with one file."""
        try:
            if is_setting(source.file.name) or self._folders.ignored(source):
                self.forget(source.path)
                return FileDone(source.path, Status.SKIPPED)
            return self._document(source)
        except ProgsearchError as error:
            return self._failed(error.as_problem(source.path))
        except OSError as error:
            why = error.strerror or type(error).__name__
            return self._failed(Problem(source.path, 0, f"cannot be read: {why}"))

    def _document(self, source: SourceFile) -> FileDone:
        path = source.path
        known = self._files.indexed.get(path)
        chosen = self._folders.hash(source)
        stat = source.file.stat()
        trusted = known if known and self._same_analysis and known.settings == chosen else None
        if self._settings.strict and path in self._files.notes:
            trusted = None
        if trusted and (trusted.mtime_ns, trusted.size) == (stat.st_mtime_ns, stat.st_size):
            return FileDone(path, Status.UNCHANGED, trusted.passages)
        data, stat = read_source(source, max_bytes=self._settings.max_bytes)
        content = blake2b(data, digest_size=16).hexdigest()
        if trusted and trusted.content_hash == content:
            self._files.indexed[path] = replace(trusted, mtime_ns=stat.st_mtime_ns)
            return FileDone(path, Status.UNCHANGED, trusted.passages)
        prepared = self._prepared(source, data, content)
        document, passages = prepared.document, prepared.passages
        if self._settings.strict and document.notes:
            raise ProgsearchError(
                "; ".join(document.notes), where=path, remedy="mend it, or leave out --strict"
            )
        self._writer.add(prepared)
        self._files.indexed[path] = FileState(
            stat.st_mtime_ns,
            stat.st_size,
            content,
            chosen,
            document.id,
            document.body_hash,
            len(passages),
            tuple(sorted({passage.lang.value for passage in passages})),
        )
        self._files.failures.pop(path, None)
        self._files.notes.pop(path, None)
        if document.notes:
            self._files.notes[path] = list(document.notes)
        problems = [Problem(path, 0, note, fatal=False) for note in document.notes]
        return FileDone(path, Status.CHANGED if known else Status.ADDED, len(passages), problems)

    def _prepared(self, source: SourceFile, data: bytes, content: str) -> Prepared:
        if self._preparer is None:
            # Readers and dictionaries are loaded for the first file that changed.
            from progsearch.prepare import Preparer

            self._preparer = Preparer.loaded(self._settings.detected)
        return self._preparer.prepare(
            source.path,
            data,
            content,
            defaults=self._folders.defaults(source),
            given=self._settings.given,
            people=self._folders.people(source),
        )

    def _failed(self, problem: Problem) -> FileDone:
        self.forget(problem.path)
        self._files.failures[problem.path] = problem
        return FileDone(problem.path, Status.FAILED, problems=[problem])


def check(paths: Sequence[Path], settings: Settings | None = None) -> Iterator[FileDone]:
    """Read the files as ``ingest`` would and say what is wrong; no index is touched."""
    from progsearch.engine.memory import MemoryEngine

    yield from ingest(MemoryEngine(), paths, settings)
