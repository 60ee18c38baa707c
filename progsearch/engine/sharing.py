"""Several writers of one generation of an index in a folder: each writes a part, and one commits.

``progsearch.shares.json`` says which generation was begun; no process holds it, so any scheduler
may run the writers. Each writes an index of its own below ``shares/``, of what its files add, and
beside it a report with the checksums of its files; one that is run again begins anew. The commit
takes out what the shares have replaced, and takes their parts in.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from filelock import FileLock, Timeout

from progsearch.engine import mark as marks
from progsearch.engine.begun import LEDGER, SHARES, Begun, alone, begun_in, ledger_in, sweep
from progsearch.engine.generations import GenerationWriter, Home, written
from progsearch.engine.lock import only_writer
from progsearch.errors import ProgsearchError

if TYPE_CHECKING:
    from progsearch.engine import Engine, Prepared, Writer
    from progsearch.engine.library import Library

__all__ = ["FolderShares", "missing_shares"]


def missing_shares(done: Mapping[int, int], generation: int) -> ProgsearchError | None:
    """Why a generation cannot be committed, by how many shares there are, as each has told."""
    counts = sorted(set(done.values()))
    if len(counts) > 1:
        return ProgsearchError(
            f"the shares are of {' and of '.join(map(str, counts))}",
            where="--shard",
            remedy="run all of them with the same number",
        )
    of = counts[0] if counts else 0
    missing = [str(one) for one in range(1, max(of, 1) + 1) if one not in done]
    if not missing:
        return None
    return ProgsearchError(
        f"these shares have not been written: {', '.join(missing[:20])}",
        where=f"generation {generation}",
        remedy=f"run: progsearch ingest --shard {missing[0]}/{of or 'n'} --generation {generation}",
    )


class Shared(Home, Protocol):
    """The index that several write."""

    @property
    def name(self) -> str:
        """The name of its engine."""

    @property
    def library(self) -> Library:
        """The module that knows the engine's library."""

    @property
    def generation(self) -> str:
        """The name of the generation that it shows; empty when there is none."""

    @property
    def replaces(self) -> bool:
        """Whether it takes the place of what there is."""


class FolderShares:
    """What several writers do with an index in a folder."""

    def __init__(self, home: Shared) -> None:
        self._home = home
        self._folder = home.folder
        self._place = home.folder / SHARES

    def begin(self) -> int:
        """Begin a generation that several write; its number."""
        with only_writer(self._folder), written(self._folder):
            alone(self._folder)
            known = [int(name.rpartition("-")[2]) for name in marks.generations(self._folder)]
            last = ledger_in(self._folder).get("last", 0)
            begun = Begun(
                1 + max([last, *known]),
                self._home.name,
                self._home.library.LIBRARY,
                self._home.generation,
                self._home.replaces,
                uuid.uuid4().hex,
                datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S"),
            )
            if busy := sweep(self._folder):
                raise ProgsearchError(
                    f"shares of a generation that was given up are still being written: {busy}",
                    where=str(self._folder),
                    remedy="stop those runs, or wait until they are done",
                )
            self._place.mkdir(0o700, exist_ok=True)  # until it is known who may read what is in it
            self._note({"begun": asdict(begun), "last": begun.generation})
        return begun.generation

    @contextmanager
    def share(self, generation: int, number: int, of: int) -> Iterator[Writer]:
        """Write a share of a generation: the ``number``-th of so many, from 1."""
        begun = self._held(generation)
        with self._only(number):
            place = self._part(number)
            with written(self._folder):
                self._report(number).unlink(missing_ok=True)
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir(0o700)
                engine = self._home.library.open_index(place, True)
            stack = ExitStack()
            stack.callback(engine.close)
            inner = stack.enter_context(engine.writer())
            done = partial(self._done, begun, number, of)
            try:
                yield ShareWriter(self._folder, inner, stack, done)
            finally:
                # What is not reported is thrown away, so it does not matter that no more can be.
                with suppress(Exception):
                    stack.close()

    def reports(self, generation: int, name: str) -> list[Mapping[str, Any]]:
        """What the writers of all shares have told. Raises ProgsearchError when not all have."""
        self._held(generation)
        return [one["state"][name] for one in self._told(generation)]

    @contextmanager
    def committing(self, generation: int) -> Iterator[Writer]:
        """The writer that commits what several have written."""
        with ExitStack() as stack:
            stack.enter_context(only_writer(self._folder))
            begun = self._held(generation)
            told = self._told(generation)
            for one in told:
                stack.enter_context(self._only(one["number"]))
            told = self._told(generation)
            for one in told:
                self._see(one["number"], one["files"])
            removed = {document for one in told for document in one["removed"]}
            parts = [self._part(one["number"]) for one in told]
            joined = _Joined(self._home, begun, sorted(removed), parts)
            writer = GenerationWriter(joined)
            stack.callback(writer.cancel)
            yield writer
        if joined.committed:
            self._end(generation)

    def abandon(self, generation: int) -> None:
        """Give a generation up that several were to write."""
        with only_writer(self._folder):
            begun = begun_in(self._folder)
            if begun is None or begun.generation != generation:
                raise _not_begun(generation)
            self._end(generation)

    # Steps

    def _held(self, generation: int) -> Begun:
        """The generation, if it was begun and nothing has changed since."""
        begun = begun_in(self._folder)
        if begun is None or begun.generation != generation:
            raise _not_begun(generation)
        again = f"progsearch ingest --abandon {generation}, and begin anew"
        if not begun.rebuild and self._home.generation != begun.base:
            what = f"the index has changed since generation {generation} was begun"
            raise ProgsearchError(what, where=str(self._folder), remedy=again)
        if begun.library != self._home.library.LIBRARY:
            what = f"generation {generation} was begun with {begun.library}"
            raise ProgsearchError(what, where=str(self._folder), remedy=again)
        return begun

    def _see_held(self, begun: Begun) -> None:
        """Raise ProgsearchError when a generation was given up meanwhile."""
        if self._held(begun.generation).token != begun.token:
            raise _not_begun(begun.generation)

    def _part(self, number: int) -> Path:
        return self._place / f"{number:05d}"

    def _report(self, number: int) -> Path:
        return self._place / f"{number:05d}.json"

    @contextmanager
    def _only(self, number: int) -> Iterator[None]:
        """Be the only one who has a share."""
        lock = FileLock(self._place / f"{number:05d}.lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise ProgsearchError(
                f"share {number} is just being written", where="--shard", remedy="wait for it"
            ) from None
        try:
            yield
        finally:
            lock.release()

    def _done(self, begun: Begun, number: int, of: int, told: Mapping[str, Any]) -> None:
        """Report that a share is written."""
        self._see_held(begun)
        place = self._part(number)
        for name in self._home.library.LOCKS:
            (place / name).unlink(missing_ok=True)
        files = {}
        for file in sorted(place.iterdir()):
            marks.sync(file)
            files[file.name] = (file.stat().st_size, marks.checksum(file))
        marks.sync(place)
        _write(self._report(number), {"number": number, "of": of, "files": files, **told})

    def _told(self, generation: int) -> list[Mapping[str, Any]]:
        """All reports, by number."""
        found = {}
        for file in sorted(self._place.glob("*.json")):
            with suppress(OSError, ValueError, LookupError):
                told = json.loads(file.read_text(encoding="utf-8"))
                found[told["number"]] = told
        error = missing_shares({number: told["of"] for number, told in found.items()}, generation)
        if error:
            raise error
        return [found[number] for number in sorted(found)]

    def _see(self, number: int, files: Mapping[str, tuple[int, str]]) -> None:
        """See that a part is as it was written."""
        for name, (size, wanted) in files.items():
            file = self._part(number) / name
            if not file.is_file() or file.stat().st_size != size or marks.checksum(file) != wanted:
                raise ProgsearchError(
                    f"share {number} is damaged: {name} is not as it was written",
                    where=str(self._place),
                    remedy="write it again, as it was first",
                )

    def _end(self, generation: int) -> None:
        self._note({"begun": None, "last": generation})
        sweep(self._folder)

    def _note(self, told: Mapping[str, Any]) -> None:
        _write(self._folder / LEDGER, told)


def _write(file: Path, told: Mapping[str, Any]) -> None:
    aside = file.with_name(f".{file.name}")
    aside.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    marks.sync(aside)
    aside.replace(file)
    marks.sync(file.parent)


def _not_begun(generation: int) -> ProgsearchError:
    return ProgsearchError(
        f"generation {generation} is not being written",
        where="--generation",
        remedy="begin one: progsearch ingest --begin",
    )


class ShareWriter:
    """The writer of a share; its commit is a report."""

    def __init__(
        self,
        folder: Path,
        inner: Writer,
        stack: ExitStack,
        report: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self._folder = folder
        self._inner = inner
        self._stack = stack
        self._report = report
        self._removed: set[str] = set()

    def add(self, prepared: Prepared) -> None:
        """Write a document in the place of what there is of it."""
        self._removed.add(prepared.document.id)
        with written(self._folder):
            self._inner.add(prepared)

    def remove(self, document: str) -> None:
        """Take a document out."""
        self._removed.add(document)
        with written(self._folder):
            self._inner.remove(document)

    def clear(self) -> None:
        """Refused: all share one index."""
        raise ProgsearchError(
            "the index was made with other language data or other languages",
            remedy="begin anew: progsearch ingest --begin --rebuild",
        )

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Report that the share is written, and what was found of its files."""
        with written(self._folder):
            self._inner.commit({})
            self._stack.close()  # tantivy may still merge segments until then
            self._report({"removed": sorted(self._removed), "state": state})

    def cancel(self) -> None:
        """What was written stays until the share is written again, or the generation given up."""


class _Joined:
    """An index whose next generation has the parts that several have written."""

    def __init__(
        self, home: Shared, begun: Begun, removed: Sequence[str], parts: Sequence[Path]
    ) -> None:
        self.folder = home.folder
        self.committed = False
        self._home = home
        self._begun = begun
        self._removed = removed
        self._parts = parts

    def following(self, number: int = 0) -> tuple[Path, Engine]:
        """The folder of the generation that was begun, and the index with all parts."""
        place, engine = self._home.following(number or self._begun.generation)
        engine.close()
        try:
            self._home.library.join(place, self._removed, self._parts)
            return place, self._home.library.open_index(place, True)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise

    def replace(self, place: Path, engine: Engine, rights: int = 0o777) -> None:
        """Make a generation the current one."""
        self._home.replace(place, engine, rights)
        self.committed = True
