"""Files to an index: what changed is read, analysed and put in the place of what was there.

:func:`ingest` is a generator: it yields what was done with each file, and commits before
it ends. A file that cannot be read is listed with its reason and costs nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from progsearch.analysis import LANGUAGE_DATA_VERSION
from progsearch.commitment import rules_version
from progsearch.engine import Engine, Prepared, Writer
from progsearch.engine.mark import RIGHTS
from progsearch.errors import ProgsearchError
from progsearch.facts.registry import registry_version
from progsearch.outcomes import FileDone, Status
from progsearch.plans import Plan, all_aliases, all_roots, plan, refuse_loss
from progsearch.renewal import Run
from progsearch.settings import FolderSettings, Settings
from progsearch.state import Files, Summary, files_of, summary_of

if TYPE_CHECKING:
    from progsearch.engine import OpenEngine

__all__ = ["FileDone", "Keeping", "Status", "check", "ingest", "language_data", "losing"]


PASSAGES_VERSION = 17
"""To be raised with a change of the readers, of ``data/roles`` or of the segmentation by which
the same files get other passages, and of the telling of languages."""


def language_data() -> str:
    """What the index of a text depends on: with another one it may get other keys, and its
    passages another commitment, role or extent, or its document a party of another label."""
    rules, parties = f"commitment-{rules_version()}", f"parties-{registry_version()}"
    return f"{LANGUAGE_DATA_VERSION}/{rules}/{parties}/passages-{PASSAGES_VERSION}"


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
        if not settings.allow_removal:
            refuse_loss(*losing(engine, files, todo))
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
        folders = FolderSettings(settings)
        run = Run(files, writer, folders, settings, same, here)
        names = before.aliases if before else {}
        rights = engine.state(RIGHTS).get("mode", 0o777)
        total = len(todo.gone) + len(todo.files)

        def commit(left: int) -> None:
            nonlocal before
            summary = Summary.of(
                files,
                language_data=data,
                detected=settings.detected,
                roots=all_roots(known, todo.roots),
                left=left,
                aliases=all_aliases(names, todo.roots, folders.aliases()),
            )
            further = keeping(engine, summary) if keeping else {}
            further = {**further, RIGHTS: {"mode": rights & run.rights}}
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


def losing(engine: Engine, files: Files, todo: Plan) -> tuple[Files, Plan]:
    """What an index has, and the plan with what would be gone; so for one that is replaced."""
    if not engine.replaces:
        return files, todo
    try:
        before = Files.from_record(cast("OpenEngine", engine).replaced("files"))
    except (TypeError, ValueError, KeyError, AttributeError):
        return files, todo  # another version wrote it
    here = {source.path for source in todo.files}
    return before, replace(todo, gone=sorted(before.indexed.keys() - here))


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
