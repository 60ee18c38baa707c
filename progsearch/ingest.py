"""Files to an index: what changed is read, analysed and put in the place of what was there.

:func:`ingest` is a generator: it yields what was done with each file, and commits before
it ends. A file that cannot be read is listed with its reason and costs nothing else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from progsearch.analysis import LANGUAGE_DATA_VERSION
from progsearch.commitment import rules_version
from progsearch.engine import Engine, Prepared, Writer
from progsearch.errors import Problem, ProgsearchError
from progsearch.files import (
    Beside,
    SourceFile,
    Stamp,
    is_document,
    is_setting,
    read_source,
    stamp_of,
)
from progsearch.languages.unexpected import note as language_note
from progsearch.model import Origin
from progsearch.plans import Plan, all_roots, plan
from progsearch.settings import FolderSettings, Settings
from progsearch.state import Files, FileState, Summary, files_of, summary_of

if TYPE_CHECKING:
    from progsearch.prepare import Job
    from progsearch.readers import Refused

__all__ = ["FileDone", "Keeping", "Status", "check", "ingest", "language_data"]

T = TypeVar("T")

WORTH_PROCESSES = 2_000_000
"""Bytes to be read from which on the dictionaries are worth loading in several processes."""


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
    """One file that was dealt with; ``problems`` say why it failed, or what is odd about it.

    ``of`` is the number of files that the run deals with. ``unexpected`` are the languages in
    it that the index was not asked to have: of how many documents, and of how many passages in
    documents of another language.
    """

    path: str
    status: Status
    passages: int = 0
    problems: Sequence[Problem] = ()
    of: int = 0
    unexpected: Mapping[str, tuple[int, int]] = field(default_factory=dict)


PASSAGES_VERSION = 3
"""To be raised with a change of the readers, of ``data/roles`` or of the segmentation by which
the same files get other passages, and of the telling of languages."""


def language_data() -> str:
    """What the index of a text depends on: with another one it may get other keys, and its
    passages another commitment, role or extent."""
    return f"{LANGUAGE_DATA_VERSION}/commitment-{rules_version()}/passages-{PASSAGES_VERSION}"


Keeping = Callable[[Engine, Summary], Mapping[str, Mapping[str, object]]]
"""Makes further parts of the state, to be kept with an index of that summary."""


def ingest(
    engine: Engine,
    paths: Sequence[Path],
    settings: Settings | None = None,
    *,
    keeping: Keeping | None = None,
) -> Generator[FileDone]:
    """Bring an index up to date with the files below the paths; commits at the end, and on
    the way when there is much to do.

    Raises ProgsearchError when a path does not exist, the index has another writer, or
    was analysed with other language data and the paths are not all of it.
    """
    settings = settings or Settings()
    with engine.writer() as writer:
        files, before = files_of(engine), summary_of(engine)
        known = before.roots if before else {}
        todo = plan(paths, files, known, settings.rev)
        here = {source.path for source in todo.files}
        data = language_data()
        same = (
            before is not None
            and before.language_data == data
            and before.detected == settings.detected
        )
        if before and not same and files.indexed.keys() - here - set(todo.gone):
            raise ProgsearchError(
                "the index was made with other language data or other languages",
                remedy="ingest all of its folders together, or use --rebuild",
            )
        if before and not same:
            writer.clear()
        run = _Run(files, writer, FolderSettings(settings), settings, same)
        total = len(todo.gone) + len(todo.files)

        def commit(left: int) -> None:
            nonlocal before
            summary = Summary.of(
                files,
                language_data=data,
                detected=settings.detected,
                roots=all_roots(known, todo.roots),
                left=left,
            )
            further = keeping(engine, summary) if keeping else {}
            renewed = any(engine.state(part) != record for part, record in further.items())
            if run.changed or summary != before or renewed:
                state = {"summary": summary.as_record(), "files": files.as_record()}
                writer.commit({**state, **further})
                before = summary

        # An index that takes the place of another is whole when it does.
        on_the_way = not engine.replaces and (same or before is None)
        new = 0
        for number, done in enumerate(run.over(todo), 1):
            yield replace(done, of=total)
            new += done.passages if done.status in (Status.ADDED, Status.CHANGED) else 0
            if on_the_way and new >= settings.commit_every and number < total:
                commit(total - number)
                new = 0
        commit(0)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A file that is read and not yet prepared."""

    path: str
    status: Status
    stamp: Stamp
    content_hash: str
    settings: str


class _Run:
    """One run over files: what the index knows of them as it changes."""

    def __init__(
        self,
        files: Files,
        writer: Writer,
        folders: FolderSettings,
        settings: Settings,
        same_analysis: bool,
    ) -> None:
        self._files = files
        self._writer = writer
        self._folders = folders
        self._settings = settings
        self._same_analysis = same_analysis
        self._before = (dict(files.indexed), dict(files.failures), dict(files.notes))

    @property
    def changed(self) -> bool:
        """Whether the index is to know anything else than before."""
        files = self._files
        return self._before != (files.indexed, files.failures, files.notes)

    def over(self, todo: Plan) -> Iterator[FileDone]:
        """Deal with all files; those that differ are looked at when it is known how many."""
        for path in todo.gone:
            self.forget(path)
            yield FileDone(path, Status.REMOVED)
        differing: list[tuple[SourceFile, str]] = []
        size = 0
        for source in todo.files:
            done = self._tried(source, partial(self._looked_at, source))
            if isinstance(done, FileDone):
                yield done
            else:
                chosen, length = done
                differing.append((source, chosen))
                size += length
        if differing:
            yield from self._renewed(differing, size)

    def _renewed(
        self, differing: Sequence[tuple[SourceFile, str]], size: int
    ) -> Iterator[FileDone]:
        # Readers and dictionaries are loaded for the first file that changed.
        from progsearch.prepare import prepare_all

        known: deque[FileDone] = deque()

        def jobs() -> Iterator[tuple[_Pending, Job]]:
            for source, chosen in differing:
                read = self._tried(source, partial(self._read, source, chosen))
                if isinstance(read, FileDone):
                    known.append(read)
                else:
                    yield read

        processes = self._settings.processes if size >= WORTH_PROCESSES else 1
        for pending, prepared in prepare_all(jobs(), self._settings.detected, processes):
            yield from _emptied(known)
            if isinstance(prepared, ProgsearchError):
                yield self._failed(prepared.as_problem(pending.path))
            else:
                yield self._kept(pending, prepared)
        yield from _emptied(known)

    def forget(self, path: str) -> None:
        """Take a file and its document out."""
        file = self._files.indexed.pop(path, None)
        self._files.failures.pop(path, None)
        self._files.notes.pop(path, None)
        for document in file.documents if file else ():
            self._writer.remove(document)

    def _tried(self, source: SourceFile, step: Callable[[], T]) -> T | FileDone:
        try:
            return step()
        except ProgsearchError as error:
            return self._failed(error.as_problem(source.path))
        except OSError as error:
            why = error.strerror or type(error).__name__
            return self._failed(Problem(source.path, 0, f"cannot be read: {why}"))

    def _looked_at(self, source: SourceFile) -> FileDone | tuple[str, int]:
        """What can be told without reading a file, or what is said about it and its size."""
        path = source.path
        if is_setting(source.file.name) or self._folders.ignored(source):
            self.forget(path)
            return FileDone(path, Status.SKIPPED)
        chosen = self._folders.hash(source)
        stamp = stamp_of(source)
        trusted = self._trusted(path, chosen)
        if trusted and (trusted.mtime_ns, trusted.size) == stamp:
            return FileDone(path, Status.UNCHANGED, trusted.passages)
        return chosen, stamp.st_size

    def _trusted(self, path: str, chosen: str) -> FileState | None:
        """What is known of a file, unless it must be read again whatever its bytes."""
        known = self._files.indexed.get(path)
        if known is None or not self._same_analysis or known.settings != chosen:
            return None
        return None if self._settings.strict and path in self._files.notes else known

    def _read(self, source: SourceFile, chosen: str) -> FileDone | tuple[_Pending, Job]:
        from progsearch.prepare import Job
        from progsearch.readers import Options

        path = source.path
        limit = self._settings.max_bytes
        data, stamp = read_source(source, max_bytes=limit)
        content = blake2b(data, digest_size=16).hexdigest()
        trusted = self._trusted(path, chosen)
        if trusted and trusted.content_hash == content:
            self._files.indexed[path] = replace(trusted, mtime_ns=stamp.st_mtime_ns)
            return FileDone(path, Status.UNCHANGED, trusted.passages)
        status = Status.CHANGED if path in self._files.indexed else Status.ADDED
        job = Job(
            path,
            data,
            content,
            defaults=self._folders.defaults(source),
            given=self._settings.given,
            people=self._folders.people(source),
            options=Options(
                self._settings.format,
                self._folders.tables(source),
                Beside(source, limit),
                is_document,
            ),
            extra=_origin(source),
        )
        return _Pending(path, status, stamp, content, chosen), job

    def _kept(self, pending: _Pending, found: Sequence[Prepared | Refused]) -> FileDone:
        """Put the documents of a file into the index."""
        path = pending.path
        prepared = [one for one in found if isinstance(one, Prepared)]
        problems = [one.problem for one in found if not isinstance(one, Prepared)]
        if not prepared and problems:
            return self._failed(replace(problems[0], path=path))
        problems = [replace(problem, fatal=False) for problem in problems]
        asked = self._settings.detected
        languages: list[Problem] = []
        for one in prepared:
            document = one.document
            for note in document.notes:
                # A run says once what languages its documents are in.
                of_language = note == language_note(document.lang.value, asked)
                chosen = languages if of_language else problems
                chosen.append(Problem(document.path, 0, note, fatal=False))
        if self._settings.strict and problems:
            what = "; ".join(problem.what for problem in problems)
            return self._failed(Problem(path, 0, what, "mend it, or leave out --strict"))
        before = self._files.indexed.get(path)
        self.forget(path)
        if not prepared:
            return FileDone(path, Status.SKIPPED)
        passages = 0
        for one in prepared:
            self._writer.add(one)
            passages += len(one.passages)
        self._files.indexed[path] = FileState(
            *pending.stamp,
            pending.content_hash,
            pending.settings,
            tuple(one.document.id for one in prepared),
            tuple(one.document.body_hash for one in prepared),
            passages,
            tuple(sorted({p.lang.value for one in prepared for p in one.passages})),
        )
        if problems or languages:
            self._files.notes[path] = [
                problem.what if problem.path == path else str(problem)
                for problem in (*problems, *languages)
            ]
        status = Status.CHANGED if before else pending.status
        return FileDone(path, status, passages, problems, unexpected=_unexpected(prepared, asked))

    def _failed(self, problem: Problem) -> FileDone:
        self.forget(problem.path)
        self._files.failures[problem.path] = problem
        return FileDone(problem.path, Status.FAILED, problems=[problem])


def _unexpected(
    prepared: Sequence[Prepared], asked: Sequence[str]
) -> Mapping[str, tuple[int, int]]:
    """The languages that were told and not asked for: of documents, and of passages in others."""
    found: dict[str, tuple[int, int]] = {}
    for one in prepared:
        own = one.document.lang
        others = {p.id: p.lang for p in one.passages if p.lang != own}
        told = [(own, True)] if one.passages else []
        for lang, whole in (*told, *((lang, False) for lang in others.values())):
            if lang.origin is Origin.INFERRED and lang.value not in asked:
                documents, passages = found.get(lang.value, (0, 0))
                found[lang.value] = (documents + whole, passages + (not whole))
    return found


def _origin(source: SourceFile) -> dict[str, object]:
    """Where in a repository a file lies, for permanent links to it."""
    commit = source.root.commit
    if commit is None:
        return {}
    inside = source.file.relative_to(source.root.folder).as_posix()
    known = {"repository": commit.url, "commit": commit.commit, "repository_path": inside}
    return {key: value for key, value in known.items() if value}


def _emptied(waiting: deque[FileDone]) -> Iterator[FileDone]:
    while waiting:
        yield waiting.popleft()


class _NoIndex:
    """Stands for an empty index that keeps nothing."""

    replaces = False

    def state(self, part: str) -> Mapping[str, object]:  # noqa: ARG002
        return {}

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        yield self

    def add(self, prepared: Prepared) -> None:
        """Nothing is kept."""

    def remove(self, document: str) -> None:
        """Nothing is there."""

    def clear(self) -> None:
        """Nothing is there."""

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Nothing is kept."""

    def cancel(self) -> None:
        """Nothing was done."""


def check(paths: Sequence[Path], settings: Settings | None = None) -> Iterator[FileDone]:
    """Read the files as ``ingest`` would and say what is wrong; no index is touched."""
    yield from ingest(cast("Engine", _NoIndex()), paths, settings)
