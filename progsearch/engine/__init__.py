"""Engines: where passages are kept, searched and counted.

An engine holds documents, passages, the vocabulary and a small state; it knows keys and
facets, not languages. Search (the best or the first hits) and tally (all matches counted)
are two operations, and neither is built from the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, cast

from progsearch.analysis import Entry
from progsearch.classes import dataclass
from progsearch.clause import Clause, Lookup, Vocabulary
from progsearch.engine.asking import Asked, Counts, Results, Sought, Tally, Total
from progsearch.engine.begun import Together, begun_in
from progsearch.engine.copies import Once, Repeats
from progsearch.engine.durable import DurableEngine
from progsearch.engine.library import Library, Wanted
from progsearch.engine.mark import told_in
from progsearch.engine.status import Status
from progsearch.errors import ProgsearchError
from progsearch.model import Document, Passage
from progsearch.query import FACETS, SAID

__all__ = [
    "CLUSTERS",
    "ENGINES",
    "FACETS",
    "LARGE",
    "SAID",
    "Asked",
    "Cluster",
    "Counts",
    "DurableEngine",
    "Engine",
    "Once",
    "OpenEngine",
    "Posting",
    "Prepared",
    "Results",
    "Sought",
    "Status",
    "StoredForms",
    "Tally",
    "Together",
    "Total",
    "Writer",
    "create",
    "installed",
    "open_engine",
    "regions_of",
]


@dataclass(frozen=True, slots=True)
class Posting:
    """What an engine indexes of a passage.

    ``text`` and ``headings`` hold the keys at each position, each once; ``words`` counts the
    words of the text.
    """

    text: Sequence[Sequence[str]]
    headings: Sequence[Sequence[str]]
    words: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready for the index; ``forms`` are ``(lang, form)`` and what is known of them."""

    document: Document
    passages: Sequence[Passage]
    postings: Sequence[Posting]
    forms: Mapping[tuple[str, str], Entry]


class Writer(Protocol):
    """Changes to an index; they take effect together, at :meth:`commit`."""

    def add(self, prepared: Prepared) -> None:
        """Add a document, or put it in the place of the one with its id."""

    def remove(self, document: str) -> None:
        """Take out a document and its passages."""

    def clear(self) -> None:
        """Take out everything, the state included."""

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Make the changes and the new state lasting; each of its parts is kept by itself.

        What its part ``summary`` calls ``copies``, each with the first document that has the same
        text, an engine may note on their passages. More changes may follow, and another commit.
        """

    def cancel(self) -> None:
        """Leave the index as it was."""


class StoredForms(Vocabulary, Protocol):
    """The vocabulary of an engine."""

    def entries(self, lang: str) -> Iterable[tuple[str, Entry]]:
        """All forms of a language, for those who need most of them; some may have gone."""

    def lemmas(self, lang: str) -> Iterable[tuple[str, str, str]]:
        """Of each of them its first lemma, and the step that found it."""


class Engine(Protocol):
    """An index that is open for reading."""

    @property
    def seal(self) -> str:
        """The checksum of the state of the index that is read; empty where none is told."""

    @property
    def replaces(self) -> bool:
        """Whether it is empty and takes the place of another index at its first commit."""

    def state(self, part: str) -> Mapping[str, Any]:
        """A part of what :meth:`Writer.commit` was last given; empty when there is none."""

    @property
    def vocabulary(self) -> StoredForms:
        """The forms that the index holds."""

    def values(self, facet: str) -> list[str]:
        """The values of a facet that passages have, or had lately; unknown left out."""

    def regions(self) -> Mapping[str, str]:
        """The names that documents have for their regions, by code; one of them where they have
        several. Not all documents are read."""

    def prefetch(
        self,
        *,
        documents: Iterable[str] = (),
        passages: Iterable[str] = (),
        lookups: Iterable[Lookup] = (),
        scopes: Iterable[Asked] = (),
        searches: Iterable[Sought] = (),
    ) -> None:
        """Be told what will be asked for: documents by id, the passages of documents, words,
        tallies, searches. The clauses must be the very same ones.

        An engine on another machine gets all of it at once; for one that has it at hand this
        does nothing, and nothing is made of what is given. Of passages, and of searches, it keeps
        those that it was told of last.
        """

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""

    def document(self, document: str) -> Document | None:
        """The document with that id."""

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document, in the order of the source."""

    def passage(self, passage: str) -> Passage | None:
        """The passage with that id."""

    def search(
        self,
        clause: Clause,
        *,
        scope: Clause,
        limit: int | None,
        ranked: bool = True,
        once: Once | None = None,
    ) -> Results:
        """The passages that match both clauses: best first, or in the order of the sources.

        ``scope`` filters and does not weigh in the ranking. No limit gives all. ``once``
        leaves out documents that repeat another.
        """

    def tally(
        self,
        clauses: Sequence[Clause],
        *,
        scope: Clause,
        by: Sequence[str],
        once: Once | None = None,
    ) -> Tally:
        """Counts of all groups of all clauses in one pass.

        With ``once`` each text counts once in each group, and once in the totals, as
        :mod:`progsearch.engine.copies` tells.
        """

    def facets(self, clause: Clause, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """By facet and value, the passages that match: an empty value for those without one.

        Each facet is counted by itself, so that it costs a number a value and not a group.
        """

    def repeats(self, once: Once, by: Sequence[str]) -> Repeats:
        """Which documents repeat another of what is looked at, and in which groups.

        An engine may know them by their ids, or by what was noted on their passages.
        """

    def texts(
        self, clause: Clause, *, by: Sequence[str]
    ) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """The words of each passage that matches, those of a document together.

        Of each passage its group, the values of these facets, and the keys of the forms of its
        text in their order (``cs=vlaky``), which is as many as it has words.
        """

    def close(self) -> None:
        """Let go of the index's files."""

    def writer(self) -> AbstractContextManager[Writer]:
        """The one writer; leaving the context without a commit cancels."""


class OpenEngine(Engine, Protocol):
    """An index that a folder names, wherever it is."""

    folder: Path

    @property
    def name(self) -> str:
        """The name of the engine."""

    def replaced(self, part: str) -> Mapping[str, Any]:
        """A part of what the index says that is going to be replaced; empty when there is none
        that can be read."""

    def trouble(self, *, whole: bool = True) -> ProgsearchError | None:
        """Why the index cannot be read, if it is not as it was written, or has been replaced."""

    def stale(self) -> bool:
        """Whether somebody else may have committed, which the folder does not tell."""

    def status(self) -> Status:
        """What is told of the index without asking it anything."""

    def together(self) -> Together:
        """What several writers do with it."""


ENGINES: Mapping[str, str] = {
    "whoosh": "progsearch.engine.whoosh",
    "tantivy": "progsearch.engine.tantivy",
}
"""Name of an engine, which is that of its library, and the module that is its
:class:`Library`; the first is used unless another is asked for. Their indices lie in a folder."""

CLUSTERS: Mapping[str, str] = {"opensearch": "opensearchpy"}
"""Name of an engine whose index lies on other machines, and the package that it needs."""


def regions_of(documents: Iterable[Document]) -> Mapping[str, str]:
    """The names of the regions of documents, by code."""
    found = (one.region.value for one in documents if one.region)
    return {one.code: one.name for one in found}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where an index lies that is on other machines, as a user says it.

    ``addresses`` are joined by commas; ``prefix`` is how the names of its indices begin there,
    one of its own if it is empty; ``ca`` a file of certificates; ``shards`` how many parts it
    is made of, which holds until it is made anew; 0 leaves it as it is.
    """

    addresses: str
    prefix: str = ""
    ca: str = ""
    shards: int = 0


LARGE = 300_000
"""Passages above which searches with Whoosh get slow, and tantivy is worth installing."""


def installed() -> list[str]:
    """The engines whose libraries are there, and whose indices lie in a folder."""
    return [name for name in ENGINES if find_spec(name)]


def _check(name: str) -> None:
    """Raise ProgsearchError for an engine that there is not, or that is not installed."""
    if name not in (*ENGINES, *CLUSTERS):
        raise ProgsearchError(
            f"no engine named {name!r}", remedy=f"engines are {', '.join((*ENGINES, *CLUSTERS))}"
        )
    if not find_spec(CLUSTERS.get(name, name)):
        raise ProgsearchError(
            f"the engine {name} is not installed", remedy=f'run: pip install "progsearch[{name}]"'
        )


def _library(name: str) -> Library:
    _check(name)
    return cast("Library", import_module(ENGINES[name]))


def create(
    name: str | None,
    folder: Path,
    *,
    rebuild: bool = False,
    waiting: Callable[[str], None] | None = None,
    cluster: Cluster | None = None,
    together: bool = False,
) -> OpenEngine:
    """Open the index in a folder, or begin an empty one with the engine of that name.

    Without a name it is the engine that the index has, or the first of :data:`ENGINES`.
    With ``rebuild``, the index is empty for whoever writes, and stays as it is for all
    others until the first commit. With ``waiting``, another writer is waited for, and this
    is told so. ``cluster`` says where an index lies that is on other machines; a folder that
    names one needs it no more. With ``together``, it is opened as whoever began the generation
    that several write has said. Raises ProgsearchError when the index has another engine than the
    one asked for, is damaged or does not fit this version.
    """
    begun = begun_in(folder) if together else None
    if begun:
        name, rebuild = name or begun.engine, begun.rebuild
    if name:
        _check(name)
    there = str(told_in(folder).get("engine", ""))
    if name in CLUSTERS or (name is None and there in CLUSTERS):
        from progsearch.engine.opensearch.opening import create_in

        _check(name or there)
        return create_in(cluster, folder, rebuild=rebuild, waiting=waiting)
    if cluster:
        raise ProgsearchError(
            f"the engine {name or there or next(iter(ENGINES))} has no cluster",
            where="--cluster",
            remedy="use --engine opensearch",
        )
    if there in CLUSTERS and not rebuild:
        raise ProgsearchError(
            f"the index was made with the engine {there}",
            where=str(folder),
            remedy=f"use --rebuild to make it anew with {name}",
        )
    return DurableEngine(folder, _library, Wanted(name, True, rebuild, waiting))


def open_engine(folder: Path) -> OpenEngine:
    """Open the index in a folder.

    Raises ProgsearchError when there is none, or when it is damaged or does not fit this
    version.
    """
    if told_in(folder).get("engine") in CLUSTERS:
        from progsearch.engine.opensearch.opening import open_in

        _check(str(told_in(folder)["engine"]))
        return open_in(folder)
    return DurableEngine(folder, _library, Wanted())
