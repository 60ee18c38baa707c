"""An index whose every commit is a generation of its own, the old one or the new and nothing
between.

A writer works in a new folder, in which the files of the generation before are linked: an
engine never changes a file that it has written, it writes others. When the engine is done,
its new files are synced and their checksums go with their names into the mark, see
:mod:`progsearch.engine.mark`. Whatever ends a run before that leaves the old generation as
it is; whatever it leaves behind, the next writer takes away. The generation before the
current one is left to the next writer, too, for those who still read it.
"""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progsearch.engine import mark as marks
from progsearch.engine.generations import GenerationWriter
from progsearch.engine.library import Library, Wanted
from progsearch.engine.mark import Mark
from progsearch.engine.status import Status
from progsearch.errors import ProgsearchError
from progsearch.soundness import sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from progsearch.clause import Clause, Lookup
    from progsearch.engine import Asked, Engine, Once, Results, Sought, StoredForms, Tally, Writer
    from progsearch.engine.copies import Repeats
    from progsearch.engine.sharing import FolderShares
    from progsearch.model import Document, Passage

__all__ = ["DurableEngine", "damaged"]

OPENINGS = 3
"""How often an index is opened anew when a writer replaced it at the very moment."""


_BEFORE = re.compile(r"_?MAIN_.*\.(toc|seg|trm|pst|vps|col)|MAIN_WRITELOCK")
"""Names of files that lay in the folder itself before there were generations."""


class DurableEngine:
    """An index in a folder, in generations.

    Raises ProgsearchError when there is none, when it is damaged, was written by another
    version, or has another engine than the one that is wanted.
    """

    def __init__(self, folder: Path, library: Callable[[str], Library], wanted: Wanted) -> None:
        self.folder = folder
        self._library = library
        self._wanted = wanted
        self._rebuild = wanted.rebuild
        self._mark: Mark | None = None
        self._before = ""  # the generation that this writer has replaced
        self._engine = self._settled()

    def _settled(self) -> Engine:
        """The index as it is now, or one that is empty."""
        if not self._rebuild:
            found = self._opened()
            if found is not None:
                return found
            if not self._wanted.begin:
                raise ProgsearchError(
                    "there is no index here",
                    where=str(self.folder),
                    remedy="run: progsearch ingest PATH",
                )
        return self._library(self.name).open_index(None, True)

    @property
    def seal(self) -> str:
        """The checksum of the state of the index that is read."""
        return self._mark.seal if self._mark and not self._rebuild else ""

    @property
    def name(self) -> str:
        """The name of the engine."""
        from progsearch.engine import ENGINES

        if self._mark:
            return self._mark.engine
        told = str(marks.told_in(self.folder).get("engine", ""))
        return self._wanted.name or (told if told in ENGINES else next(iter(ENGINES)))

    def _opened(self) -> Engine | None:
        error = None
        for _ in range(OPENINGS):
            mark = marks.read_mark(self.folder)
            if mark is None:
                return None
            wanted = self._wanted.name
            if wanted and wanted != mark.engine:
                raise ProgsearchError(
                    f"the index was made with the engine {mark.engine}",
                    where=str(self.folder),
                    remedy=f"use --rebuild to make it anew with {wanted}",
                )
            self._mark = mark
            error = self.trouble(whole=False)
            if error is None:
                try:
                    return self.library.open_index(self._place, False)
                except (KeyboardInterrupt, SystemExit):
                    raise
                except BaseException as found:  # noqa: BLE001 - Rust panics are no Exception
                    error = damaged(self.folder, str(found))
            if marks.read_mark(self.folder) == mark:
                break
        raise error or damaged(self.folder, "it is replaced again and again")

    @property
    def replaces(self) -> bool:
        """Whether it is empty and takes the place of another index at its first commit."""
        return self._rebuild

    def replaced(self, part: str) -> Mapping[str, Any]:
        """A part of what the index says that is going to be replaced; empty when there is none
        that can be read."""
        if not self._rebuild:
            return {}
        try:
            before = DurableEngine(self.folder, self._library, Wanted())
        except ProgsearchError:
            return {}
        try:
            return before.state(part)
        except Exception:  # noqa: BLE001 - a damaged index is no reason not to make it anew
            return {}
        finally:
            before.close()

    @property
    def library(self) -> Library:
        """The module that knows the engine's library."""
        return self._library(self.name)

    @property
    def generation(self) -> str:
        """The name of the generation that is shown; empty when there is none."""
        return self._mark.generation if self._mark else ""

    def together(self) -> FolderShares:
        """What several writers do with it."""
        from progsearch.engine.sharing import FolderShares

        return FolderShares(self)

    @property
    def _place(self) -> Path:
        """The folder of the current generation; that of the index when there is none."""
        return self.folder / self._mark.generation if self._mark else self.folder

    def trouble(self, *, whole: bool = True) -> ProgsearchError | None:
        """Why the index cannot be read, if it is not as it was written, or has been replaced.

        Unless ``whole``, only the sizes of large files are looked at.
        """
        mark = self._mark
        if mark is None:
            return None
        if mark.library != self.library.LIBRARY:
            return ProgsearchError(
                f"the index was written with {mark.library}, and here is {self.library.LIBRARY}",
                where=str(self.folder),
                remedy=f"install that version, or {marks.REBUILD}",
            )
        for name, what in marks.faults(self.folder, mark, whole=whole):
            if whole and marks.told_in(self.folder).get("generation") != mark.generation:
                return ProgsearchError(
                    "the index was replaced meanwhile", where=str(self.folder), remedy="ask again"
                )
            return damaged(self.folder, f"{name} {what}")
        return None

    def stale(self) -> bool:
        """Never: the mark tells of each commit."""
        return False

    def status(self) -> Status:
        """What is told of the index without asking it anything."""
        from progsearch.engine.begun import holder_in

        mark = self._mark
        return Status(
            engine=self.name,
            library=mark.library if mark else "",
            place=str(self.folder),
            generation=mark.generation if mark else "",
            size=sum(size for size, _ in mark.files.values()) if mark else 0,
            writer=holder_in(self.folder),
        )

    # Reading

    def state(self, part: str) -> Mapping[str, Any]:
        """A part of what the last commit was given."""
        return self._engine.state(part)

    @property
    def vocabulary(self) -> StoredForms:
        """The forms that the index holds."""
        return self._engine.vocabulary

    def values(self, facet: str) -> list[str]:
        """The values of a facet that passages have."""
        return self._engine.values(facet)

    def regions(self) -> Mapping[str, str]:
        """The names of the regions of documents, by code."""
        return self._engine.regions()

    def prefetch(
        self,
        *,
        documents: Iterable[str] = (),
        passages: Iterable[str] = (),
        lookups: Iterable[Lookup] = (),
        scopes: Iterable[Asked] = (),
        searches: Iterable[Sought] = (),
    ) -> None:
        """All is at hand."""

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""
        return self._engine.documents()

    def document(self, document: str) -> Document | None:
        """The document with that id."""
        return self._engine.document(sound(document))

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document, in the order of the source."""
        return self._engine.passages(sound(document))

    def passage(self, passage: str) -> Passage | None:
        """The passage with that id."""
        return self._engine.passage(sound(passage))

    def search(
        self,
        clause: Clause,
        *,
        scope: Clause,
        limit: int | None,
        ranked: bool = True,
        once: Once | None = None,
    ) -> Results:
        """The passages that match both clauses."""
        return self._engine.search(clause, scope=scope, limit=limit, ranked=ranked, once=once)

    def tally(
        self,
        clauses: Sequence[Clause],
        *,
        scope: Clause,
        by: Sequence[str],
        once: Once | None = None,
    ) -> Tally:
        """Counts of all groups of all clauses."""
        return self._engine.tally(clauses, scope=scope, by=by, once=once)

    def facets(self, clause: Clause, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """By facet and value, the passages that match."""
        return self._engine.facets(clause, names)

    def repeats(self, once: Once, by: Sequence[str]) -> Repeats:
        """Which documents repeat another of what is looked at."""
        return self._engine.repeats(once, by)

    def texts(
        self, clause: Clause, *, by: Sequence[str]
    ) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """The words of each passage that matches."""
        return self._engine.texts(clause, by=by)

    def close(self) -> None:
        """Let go of the index's files."""
        self._engine.close()

    # Writing

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer; a second one is refused, or waits."""
        from progsearch.engine.begun import sole_writer

        with sole_writer(self.folder, self._wanted.waiting):
            before = self._engine
            self._engine = self._settled()  # another may have written meanwhile
            before.close()
            self._before = ""
            self._clean()
            writer = GenerationWriter(self)
            try:
                yield writer
            finally:
                writer.cancel()

    def _clean(self, kept: str = "") -> None:
        """Take away what no mark names: generations before the current one but ``kept``, and
        what a run has left that was stopped. What cannot be deleted, as what is open on
        Windows, is left for later."""
        told = marks.told_in(self.folder)
        if not told and (self.folder / marks.MARK).exists():
            return  # it cannot be read, so who knows what it names
        for name in marks.generations(self.folder):
            if name not in (told.get("generation"), kept):
                shutil.rmtree(self.folder / name, ignore_errors=True)
        if self._mark is None:
            return
        for file in self.folder.iterdir():
            if _BEFORE.fullmatch(file.name):
                with suppress(OSError):
                    file.unlink()
        if (self.folder / "tantivy" / "meta.json").is_file():
            shutil.rmtree(self.folder / "tantivy", ignore_errors=True)

    def following(self, number: int = 0) -> tuple[Path, Engine]:
        """The folder of the next generation, and the index that is to be changed there.

        ``number`` is that of the generation, if it has one already.
        """
        self._clean(kept=self._before)
        known = [int(name.rpartition("-")[2]) for name in marks.generations(self.folder)]
        place = self.folder / f"{self.name}-{number or 1 + max(known, default=0):06d}"
        place.mkdir(0o700)  # until it is known who may read what will be in it
        for name in self._mark.files if self._mark else ():
            marks.link(self._place / name, place / name)
        return place, self.library.open_index(place, True)

    def replace(self, place: Path, engine: Engine, rights: int = 0o777) -> None:
        """Make a generation the current one: its files are synced before the mark names it.

        ``rights`` are those that nobody may exceed, as the bits of a mode.
        """
        for name in self.library.LOCKS:
            (place / name).unlink(missing_ok=True)
        self._narrow(place, rights)
        files: dict[str, tuple[int, str]] = {}
        for file in sorted(place.iterdir()):
            known = self._known(file)
            if known is None:
                marks.sync(file)
            files[file.name] = known or (file.stat().st_size, marks.checksum(file))
        marks.sync(place)
        marks.sync(self.folder)
        self._before = self._mark.generation if self._mark else ""
        mark = Mark(self.name, self.library.LIBRARY, place.name, files)
        marks.write_mark(self.folder, mark)
        marks.narrow(self.folder / marks.MARK, rights)
        self._engine.close()
        self._mark, self._engine, self._rebuild = mark, engine, False

    def _narrow(self, place: Path, rights: int) -> None:
        """Leave the index to those who have these rights; never to more than it was left to."""
        for one in (self.folder, *place.iterdir()):
            marks.narrow(one, rights)
        place.chmod(stat.S_IMODE(self.folder.stat().st_mode))

    def _known(self, file: Path) -> tuple[int, str] | None:
        """What is known of a file of the generation before that this one has, too."""
        if self._mark is None or file.name not in self._mark.files:
            return None
        same = file.samefile(self._place / file.name)
        return self._mark.files[file.name] if same else None


def damaged(folder: Path, what: str) -> ProgsearchError:
    """The error that an index is damaged."""
    return ProgsearchError(
        f"the index is damaged: {' '.join(what.split())[:200]}",
        where=str(folder),
        remedy=marks.REBUILD,
    )
