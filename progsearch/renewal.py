"""One run over files: each is looked at, read where it differs, and kept, forgotten or failed."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from progsearch.engine import Prepared, Writer
from progsearch.errors import Problem, ProgsearchError
from progsearch.files import (
    Beside,
    SourceFile,
    Stamp,
    is_document,
    is_setting,
    read_source,
    rights_of,
    stamp_of,
)
from progsearch.languages.unexpected import note as language_note
from progsearch.model import Origin
from progsearch.outcomes import IGNORED, NO_DOCUMENT, SETTINGS, FileDone, Status
from progsearch.plans import Plan
from progsearch.settings import FolderSettings, Settings
from progsearch.state import Files, FileState

if TYPE_CHECKING:
    from progsearch.model import Document
    from progsearch.prepare import Job
    from progsearch.readers import Refused

__all__ = ["OCR_PATIENCE", "WORTH_PROCESSES", "Run"]

T = TypeVar("T")


WORTH_PROCESSES = 2_000_000
"""Bytes to be read from which on files are analysed in other processes while this one writes."""


OCR_PATIENCE = 10
"""How much longer a file may take whose pages are read by Tesseract."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that is read and not yet prepared."""

    source: SourceFile
    path: str
    status: Status
    stamp: Stamp
    content_hash: str
    settings: str


class Run:
    """One run over files: what the index knows of them as it changes."""

    def __init__(
        self,
        files: Files,
        writer: Writer,
        folders: FolderSettings,
        settings: Settings,
        same_analysis: bool,
        here: Collection[str],
    ) -> None:
        self.rights = 0o777
        """Who may read all files that were looked at, as the bits of a mode."""
        self._here = here
        self._passing: dict[Path, int] = {}
        self._owners, self._doubted = _owners(files)
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
        said: dict[str, FileDone] = {}  # what the files of settings say is used by the others
        size = 0
        for source in todo.files:
            done = self._tried(source, partial(self._looked_at, source))
            if isinstance(done, FileDone):
                if is_setting(source.file.name) and done.status is Status.SKIPPED:
                    said[done.path] = done
                else:
                    yield done
            else:
                chosen, length = done
                differing.append((source, chosen))
                size += length
        if differing:
            yield from self._renewed(differing, size)
        told = self._idle(todo)
        for path, done in said.items():
            yield replace(done, problems=told.pop(path, ()))
        for path, problems in told.items():
            yield FileDone(path, Status.SKIPPED, problems=problems)

    def _idle(self, todo: Plan) -> dict[str, list[Problem]]:
        """By the path of a file of settings, a note for each entry that covers nothing."""
        told: dict[str, list[Problem]] = {}
        shown = {source.file.absolute(): source.path for source in todo.files}
        for entry in self._folders.uncovering():
            path = shown.get(entry.file.absolute(), str(entry.file))
            what = f"[[defaults]] path {entry.written!r} matches no file"
            remedy = "mend the path, or take the entry out"
            told.setdefault(path, []).append(Problem(path, entry.line, what, remedy, fatal=False))
        return told

    def _renewed(
        self, differing: Sequence[tuple[SourceFile, str]], size: int
    ) -> Iterator[FileDone]:
        # Readers and dictionaries are loaded for the first file that changed.
        from progsearch.prepare import Limits, prepare_all

        known: deque[FileDone] = deque()

        def jobs() -> Iterator[tuple[Pending, Job]]:
            for source, chosen in differing:
                read = self._tried(source, partial(self._read, source, chosen))
                if isinstance(read, FileDone):
                    known.append(read)
                else:
                    yield read

        # Tesseract takes some seconds a page, whatever the size of the file.
        patience = OCR_PATIENCE if self._settings.ocr else 1
        limits = Limits(self._settings.max_memory, patience * self._settings.max_seconds)
        processes = self._settings.processes if size >= WORTH_PROCESSES else 0
        for pending, prepared in prepare_all(jobs(), self._settings.detected, processes, limits):
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
            if self._owners.get(document) == path:
                del self._owners[document]
                self._writer.remove(document)

    def _tried(self, source: SourceFile, step: Callable[[], T]) -> T | FileDone:
        try:
            return step()
        except ProgsearchError as error:
            return self._failed(error.as_problem(source.path))
        except FileNotFoundError as error:
            return self._failed(Problem(source.path, 0, f"cannot be read: {error.strerror}"))
        except OSError as error:
            # It is still there, so what is known of it is not wrong.
            why = error.strerror or type(error).__name__
            kept = "; what the index has of it stays" if source.path in self._files.indexed else ""
            return self._failed(Problem(source.path, 0, f"cannot be read: {why}{kept}"), keep=True)

    def _looked_at(self, source: SourceFile) -> FileDone | tuple[str, int]:
        """What can be told without reading a file, or what is said about it and its size."""
        path = source.path
        if source.closed:
            return "", 0
        if is_setting(source.file.name) or self._folders.ignored(source):
            self.forget(path)
            why = SETTINGS if is_setting(source.file.name) else IGNORED
            return FileDone(path, Status.SKIPPED, why=why)
        self._folders.covered(source)
        chosen = self._folders.hash(source)
        stamp = stamp_of(source)
        self.rights &= rights_of(source, self._passing)
        trusted = self._trusted(path, chosen)
        looked = self._settings.check_hashes or path in self._files.failures
        if trusted and not looked and (trusted.mtime_ns, trusted.size) == stamp:
            self._covered(source, trusted)
            return FileDone(path, Status.UNCHANGED, trusted.passages)
        return chosen, stamp.st_size

    def _covered(self, source: SourceFile, trusted: FileState) -> None:
        """Note which defaults cover the parts of a file that is not read again."""
        if len(trusted.documents) != 1:
            self._folders.covered(source, None)

    def _trusted(self, path: str, chosen: str) -> FileState | None:
        """What is known of a file, unless it must be read again whatever its bytes."""
        known = self._files.indexed.get(path)
        if known is None or not self._same_analysis or known.settings != chosen:
            return None
        if path in self._doubted:
            return None
        return None if self._settings.strict and path in self._files.notes else known

    def _read(self, source: SourceFile, chosen: str) -> FileDone | tuple[Pending, Job]:
        from progsearch.prepare import Job
        from progsearch.readers import Options

        path = source.path
        limit = self._settings.max_bytes
        data, stamp = read_source(source, max_bytes=limit)
        content = blake2b(data, digest_size=16).hexdigest()
        trusted = self._trusted(path, chosen)
        if trusted and trusted.content_hash == content:
            self._files.indexed[path] = replace(trusted, mtime_ns=stamp.st_mtime_ns)
            self._files.failures.pop(path, None)
            self._covered(source, trusted)
            return FileDone(path, Status.UNCHANGED, trusted.passages)
        status = Status.CHANGED if path in self._files.indexed else Status.ADDED
        defaults = self._folders.defaults(source)
        job = Job(
            path,
            data,
            content,
            defaults=defaults,
            given=self._settings.given,
            people=self._folders.people(source),
            options=Options(
                self._settings.format,
                self._folders.tables(source),
                Beside(source, limit),
                is_document,
                ocr=self._settings.detected if self._settings.ocr else (),
            ),
            extra=_origin(source),
            overrides=defaults.overrides,
            aliases=defaults.aliases(),
        )
        return Pending(source, path, status, stamp, content, chosen), job

    def _kept(self, pending: Pending, found: Sequence[Prepared | Refused]) -> FileDone:
        """Put the documents of a file into the index."""
        path = pending.path
        documents = [one for one in found if isinstance(one, Prepared)]
        parts = [one.document.path.removeprefix(path) for one in documents]
        self._folders.covered(pending.source, ("", *parts))
        problems = [one.problem for one in found if not isinstance(one, Prepared)]
        prepared, foreign = self._own(path, documents)
        problems += foreign
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
            return FileDone(path, Status.SKIPPED, why=NO_DOCUMENT)
        passages = 0
        for one in prepared:
            self._writer.add(one)
            self._owners[one.document.id] = path
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
        named = (one.document.party for one in prepared)
        parties = tuple(dict.fromkeys(party.value for party in named if party))
        unexpected = _unexpected(prepared, asked)
        return FileDone(path, status, passages, problems, parties=parties, unexpected=unexpected)

    def _own(
        self, path: str, prepared: Sequence[Prepared]
    ) -> tuple[Sequence[Prepared], list[Problem]]:
        """The documents that are this file's own, and why the others are not taken from it."""
        own: dict[str, Prepared] = {}
        others: list[tuple[str, str]] = []
        for one in prepared:
            owner = path if one.document.id in own else self._owner(path, one.document)
            if owner:
                others.append((one.document.path, owner))
            else:
                own[one.document.id] = one
        if not others:
            return prepared, []
        document, owner = others[0]
        more = f", and so with {len(others) - 1:,} more" if len(others) > 1 else ""
        twice = "is already in this file" if owner == path else f"belongs to the file {owner}"
        what = f"its document {document} {twice} and is not taken from here{more}"
        remedy = "keep one of the two, or name the other in ignore of a progsearch.toml"
        return list(own.values()), [Problem(path, 0, what, remedy)]

    def _owner(self, path: str, document: Document) -> str:
        """The other file that a document comes from; empty when there is none."""
        known = self._owners.get(document.id, path)
        if known != path:
            return known
        if document.path == path or document.path.startswith((f"{path}/", f"{path}#")):
            return ""
        # A file comes before another one that says what it holds, whichever is read first.
        ends = (mark.start() for mark in re.finditer("[/#]|$", document.path))
        return next((named for end in ends if (named := document.path[:end]) in self._here), "")

    def _failed(self, problem: Problem, *, keep: bool = False) -> FileDone:
        if not keep:
            self.forget(problem.path)
        self._files.failures[problem.path] = problem
        return FileDone(problem.path, Status.FAILED, problems=[problem])


def _owners(files: Files) -> tuple[dict[str, str], set[str]]:
    """The file that each document comes from, and the files that claim the same ones."""
    owners: dict[str, str] = {}
    doubted: set[str] = set()
    for path, file in files.indexed.items():
        for document in file.documents:
            before = owners.setdefault(document, path)
            if before != path:
                doubted |= {before, path}
    return owners, doubted


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
