"""Many writers of one index: each takes a share of the files, told by their paths.

Reading and analysing take nearly all of the time of an ingest, and need nothing but the files. So
one run begins a generation (:func:`begin`), any number of others, on any machines, each write a
share of it (:func:`ingest_share`), and one commits (:func:`commit`) when all have reported. A
share may be written again, after a failure or by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.engine.mark import RIGHTS
from progsearch.errors import ProgsearchError
from progsearch.files import SourceFile, is_setting
from progsearch.ingest import Keeping, language_data, losing
from progsearch.outcomes import FileDone
from progsearch.plans import all_aliases, all_roots, plan, refuse_loss
from progsearch.renewal import Run
from progsearch.settings import FolderSettings, Settings
from progsearch.state import Files, Summary, files_of, summary_of

if TYPE_CHECKING:
    from progsearch.engine import OpenEngine

__all__ = ["Share", "begin", "commit", "ingest_share"]

REPORT = "shares"
"""What a share reports: a part of the state until the commit."""

_SHARE = re.compile(r"(\d+)/(\d+)")


@dataclass(frozen=True, slots=True)
class Share:
    """The ``number``-th of so many shares, from 1."""

    number: int
    of: int

    @classmethod
    def read(cls, text: str) -> Share:
        """The share that a user writes as ``3/8``. Raises ProgsearchError for what is none."""
        found = _SHARE.fullmatch(text.strip())
        share = cls(int(found[1]), int(found[2])) if found else cls(0, 0)
        if not 1 <= share.number <= share.of <= 10_000:
            raise ProgsearchError(
                f"not a share: {text!r}"[:200], where="--shard", remedy="write 1/8 to 8/8"
            )
        return share

    def has(self, path: str) -> bool:
        """Whether a file is of this share, by its path: the same on every machine."""
        digest = blake2b(path.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.of == self.number - 1


def begin(engine: OpenEngine) -> int:
    """Begin a generation that several write; its number."""
    return engine.together().begin()


def ingest_share(
    engine: OpenEngine, paths: Sequence[Path], settings: Settings, share: Share, generation: int
) -> Generator[FileDone]:
    """Write the share of the files below the paths; what becomes of each is yielded.

    Raises ProgsearchError as :func:`progsearch.ingest.ingest` does, and when the generation is
    not being written.
    """
    with engine.together().share(generation, share.number, share.of) as writer:
        files, before = files_of(engine), summary_of(engine)
        known = before.roots if before else {}
        todo = plan(paths, files, known, settings.rev)
        if not settings.allow_removal:
            refuse_loss(*losing(engine, files, todo))
        data = language_data()
        if before and (before.language_data, before.detected) != (data, settings.detected):
            writer.clear()
        mine = Files(
            {path: one for path, one in files.indexed.items() if share.has(path)},
            {path: one for path, one in files.failures.items() if share.has(path)},
            {path: one for path, one in files.notes.items() if share.has(path)},
        )
        some = [source for source in todo.files if share.has(source.path)]
        part = replace(todo, files=some, gone=[path for path in todo.gone if share.has(path)])
        folders = FolderSettings(settings)
        for source in todo.files:
            if not share.has(source.path) and not _is_none(source, folders):
                folders.covered(source, None)  # by another share
        here = {source.path for source in todo.files}
        run = Run(mine, writer, folders, settings, True, here)
        total = len(part.gone) + len(part.files)
        for done in run.over(part):
            yield replace(done, of=total)
        writer.commit(
            {
                REPORT: {
                    "files": mine.as_record(),
                    "roots": all_roots(known, todo.roots),
                    "aliases": all_aliases(
                        before.aliases if before else {}, todo.roots, folders.aliases()
                    ),
                    "rights": run.rights,
                    "language_data": data,
                    "detected": list(settings.detected),
                }
            }
        )


def _is_none(source: SourceFile, folders: FolderSettings) -> bool:
    """Whether a file is no document."""
    return source.closed or is_setting(source.file.name) or folders.ignored(source)


def commit(engine: OpenEngine, generation: int, keeping: Keeping | None = None) -> Summary:
    """Commit what all shares have written; what the index is now.

    Raises ProgsearchError when a share has not reported, when they were made in different ways,
    or when two of them hold the same document.
    """
    index = engine.together()
    told = index.reports(generation, REPORT)
    for name in ("language_data", "detected", "roots", "aliases"):
        if any(one[name] != told[0][name] for one in told):
            raise ProgsearchError(
                f"the shares were not made alike: they differ in {name.replace('_', ' ')}",
                where=f"generation {generation}",
                remedy="run all of them with the same paths, options and version",
            )
    files = Files()
    for one in told:
        found = Files.from_record(one["files"])
        files.indexed |= found.indexed
        files.failures |= found.failures
        files.notes |= found.notes
    _refuse_claims(files)
    summary = Summary.of(
        files,
        language_data=told[0]["language_data"],
        detected=tuple(told[0]["detected"]),
        roots=told[0]["roots"],
        aliases=told[0]["aliases"],
    )
    rights = engine.state(RIGHTS).get("mode", 0o777)
    for one in told:
        rights &= one["rights"]
    further = keeping(engine, summary) if keeping else {}
    with index.committing(generation) as writer:
        state = {"summary": summary.as_record(), "files": files.as_record()}
        writer.commit({**state, **further, RIGHTS: {"mode": rights}})
    return summary


def _refuse_claims(files: Files) -> None:
    """Raise ProgsearchError when two files have the same document: each share wrote its own."""
    owners: dict[str, str] = {}
    for path, file in files.indexed.items():
        for document in file.documents:
            before = owners.setdefault(document, path)
            if before != path:
                raise ProgsearchError(
                    f"{before} and {path} have the same document",
                    remedy="keep one of the two, or ingest without shares, which chooses",
                )
