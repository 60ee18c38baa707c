"""What one side has said: the passages of some files, or of a part of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from progsearch.analysis import reading
from progsearch.clause import Vocabulary
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import Problem, ProgsearchError
from progsearch.ingest import ingest
from progsearch.matching import index_text
from progsearch.model import ASIDE_ROLES, Document, Passage, Role, place_of
from progsearch.pairing import Unit, numbered
from progsearch.query import Everything
from progsearch.scope import Filters, scope_of
from progsearch.search import Index
from progsearch.settings import Settings
from progsearch.state import Summary

__all__ = ["Said", "Side", "index_of_files", "side_of", "side_of_files"]


@dataclass(frozen=True, slots=True)
class Said:
    """A passage, its document, the file as seen from here, and the unit it is compared as."""

    passage: Passage
    document: Document
    file: str
    unit: Unit

    @property
    def place(self) -> str:
        """Where it stands, as a person finds it: ``file:12``."""
        return place_of(self.file, self.passage)

    def written(self, lemmas: Sequence[str]) -> list[str]:
        """The words that have these lemmas, as written, each once, in the order of the lemmas."""
        unit = self.unit
        forms: dict[str, str] = {}
        for (start, end), lemma in zip(unit.spans, unit.lemmas, strict=True):
            forms.setdefault(lemma, unit.text[start:end])
        return [forms[lemma] for lemma in lemmas]

    def marked(self, lemmas: Sequence[str]) -> list[tuple[str, bool]]:
        """The text in stretches, and whether each is a word with one of these lemmas."""
        unit, wanted = self.unit, frozenset(lemmas) - {""}
        found: list[tuple[str, bool]] = []
        at = 0
        for (start, end), lemma in zip(unit.spans, unit.lemmas, strict=True):
            if lemma in wanted and start >= at:
                found += [(unit.text[at:start], False), (unit.text[start:end], True)]
                at = end
        return [*found, (unit.text[at:], False)]


@dataclass(frozen=True, slots=True)
class Side:
    """All that one side has said, in the order of its sources.

    ``summary`` is that of the index, ``known`` tells whether a form of a language stands in
    its dictionary, ``problems`` what was odd about files that were read for it; ``left_out``
    counts the documents that only repeat another one of this side; ``undated`` says what days
    keep out because its documents have no date.
    """

    said: Sequence[Said]
    summary: Summary
    known: Callable[[str, str], bool]
    problems: Sequence[Problem] = ()
    left_out: int = 0
    undated: str = ""

    @property
    def units(self) -> list[Unit]:
        """What is compared, in the same order."""
        return [one.unit for one in self.said]


def side_of(index: Index, filters: Filters, *, headings: bool = False) -> Side:
    """The passages of an index that the filters let through; with ``headings`` also those.

    Raises ProgsearchError as :func:`progsearch.scope.scope_of`.
    """
    asked = filters
    if headings and not filters.role:
        asked = replace(filters, asides=True)
    vocabulary = index.engine.vocabulary
    scope = scope_of(asked, index.engine, index.summary)
    found = index.engine.search(
        scope.said, scope=scope.clause, limit=None, ranked=False, once=scope.once
    )
    wanted = (passage for passage, _ in found.hits if _is_wanted(passage, filters, headings))
    said = list(_said(index, wanted))
    units = numbered([one.unit for one in said])
    said = [replace(one, unit=unit) for one, unit in zip(said, units, strict=True)]
    undated = index.undated(Everything(), filters)
    known = _known(vocabulary)
    return Side(said, index.summary, known, left_out=found.left_out, undated=undated)


def _is_wanted(passage: Passage, filters: Filters, headings: bool) -> bool:
    if filters.role or filters.asides or not headings:
        return True
    return passage.role not in ASIDE_ROLES - {Role.HEADING}


def _said(index: Index, passages: Iterator[Passage]) -> Iterator[Said]:
    documents: dict[str, tuple[Document, str]] = {}
    for passage in index.each(passages):
        if passage.document not in documents:
            document = index.engine.document(passage.document)
            if document is None:
                raise ProgsearchError(
                    f"the index has lost document {passage.document}",
                    remedy="run: progsearch ingest --rebuild",
                )
            documents[passage.document] = (document, index.file(document.path))
        document, file = documents[passage.document]
        yield Said(passage, document, file, unit_of(passage, document, index.engine.vocabulary))


def unit_of(passage: Passage, document: Document, vocabulary: Vocabulary) -> Unit:
    """A passage as it is compared; its source is the document's path inside of its folder."""
    lang = passage.lang.value
    words = index_text(passage.text, lang, vocabulary)
    lemma = f"{lang}:"
    read = reading(passage.text, struck=True)
    return Unit(
        read.text,
        # Sorted, for a word may have several lemmas and sets have no order.
        [min((key for key in keys if key.startswith(lemma)), default="") for keys in words.keys],
        document.path.partition("/")[2] or document.path,
        passage.headings,
        passage.role is Role.HEADING,
        [read.from_source(start, end) for start, end in words.spans],
    )


def _known(vocabulary: Vocabulary) -> Callable[[str, str], bool]:
    def known(form: str, lang: str) -> bool:
        entry = vocabulary.known(form, lang)
        return entry is not None and entry.step == "dictionary"

    return known


def index_of_files(
    paths: Sequence[Path], settings: Settings | None = None
) -> tuple[Index, list[Problem]]:
    """Files read into memory, to be asked like any index, and what was wrong with them.

    Raises ProgsearchError when nothing could be read.
    """
    engine = MemoryEngine()
    problems: list[Problem] = []
    for done in ingest(engine, paths, settings):
        problems += done.problems
    try:
        return Index.of(engine), problems
    except ProgsearchError:
        where = ", ".join(path.as_posix() for path in paths)
        first = next((problem for problem in problems if problem.fatal), None)
        raise ProgsearchError(
            first.what if first else "there is no document",
            where=where,
            remedy=first.remedy if first else "name a file or a folder of documents",
        ) from None


def side_of_files(
    paths: Sequence[Path],
    filters: Filters,
    settings: Settings | None = None,
    *,
    headings: bool = False,
) -> Side:
    """The passages of files that the filters let through. Raises as :func:`index_of_files`.

    A single file stands for itself, whatever its name: its source is empty.
    """
    index, problems = index_of_files(paths, settings)
    side = side_of(index, filters, headings=headings)
    said = side.said
    if len(paths) == 1 and paths[0].is_file():
        said = [replace(one, unit=replace(one.unit, source="")) for one in said]
    return replace(side, said=said, problems=problems)
