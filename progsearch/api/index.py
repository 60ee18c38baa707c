"""An index that is open for questions: what ``import progsearch`` is for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack

from progsearch.api import answers, asked_in_context, asked_of_promises
from progsearch.api.damage import told
from progsearch.api.keywords import KEYWORDS_BY
from progsearch.api.keywords import keywords as keywords_of
from progsearch.api.places import find
from progsearch.api.results import (
    CellRow,
    ComparisonRows,
    CountRow,
    DocumentRow,
    EvidenceRow,
    HitRow,
    Hits,
    KeywordRow,
    PassageRow,
    Rows,
    SilenceRow,
    ThemeRow,
    WholeDocument,
    rows_of,
)
from progsearch.api.words import FilterWords, Texts
from progsearch.engine import OpenEngine, open_engine
from progsearch.errors import ProgsearchError
from progsearch.permalinks import Permalinks
from progsearch.search import Hit, Index

__all__ = ["DEFAULT_INDEX", "OpenIndex", "open_index"]

DEFAULT_INDEX = "index"
"""Folder of the index, unless another is named."""

Folders = str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None


class OpenIndex:
    """An index that is open: :func:`progsearch.open` gives one.

    Its methods take a query as text, ids of themes and filters by name, with the words and the
    defaults of the commands. It closes at the end of a ``with`` block, or by :meth:`close`.
    All methods raise ProgsearchError, which says what is wrong and what to do about it.
    """

    def __init__(self, engine: OpenEngine, folders: Sequence[Path]) -> None:
        self._engine = engine
        self._folders = list(folders)
        self._index = Index.of(engine)
        self._links = Permalinks(self._index)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        summary = self._index.summary
        return f"<index of {summary.documents:,} documents, {summary.passages:,} passages>"

    def close(self) -> None:
        """Let go of the index's files."""
        self._engine.close()

    @property
    def stale(self) -> bool:
        """Whether somebody else has committed since it was opened, where its folder does not
        tell."""
        return self._engine.stale()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the passages (BCP 47)."""
        return tuple(self._index.summary.languages)

    @property
    def folders(self) -> Sequence[Path]:
        """The folders of theme files that were given."""
        return tuple(self._folders)

    @contextmanager
    def asking(self) -> Iterator[Index]:
        """The index for functions of :mod:`progsearch.api.answers`.

        Raises ProgsearchError for what fails in it because it is damaged.
        """
        with told(self._engine):
            yield self._index

    def link(self, hit: Hit) -> str:
        """The permanent web address of a hit; empty where none is known."""
        return self._links.of(hit.document, hit.passage)

    def search(
        self,
        text: str = "",
        *,
        themes: Texts = None,
        limit: int | None = answers.LIMIT,
        expand: bool = False,
        from_: str | None = None,
        meaning: bool = False,
        like: str | None = None,
        **filters: Unpack[FilterWords],
    ) -> Hits:
        """The passages that match, the best first; ``limit=None`` for all of them.

        Of several themes any may match. Without text and themes, all passages that the filters
        let through, in the order of the sources. With ``expand``, English words also search
        for the theme that has them. ``from_`` is the language of the text, whose words are then
        looked for in translation; the notes say by which words. With ``meaning``, the hits are
        ordered by words and meaning, and those of meaning alone follow (``match`` is inferred);
        ``like`` asks for the passages nearest to the one of that id.
        """
        from progsearch.export.hits import hits_table

        with self.asking() as index:
            answer = answers.search(
                index,
                text,
                themes=themes,
                folders=self._folders,
                limit=limit,
                expand=expand,
                from_=from_,
                meaning=meaning,
                like=like,
                **filters,
            )
            table = hits_table(answer.found.hits, text, self.link)
        rows = rows_of(HitRow, table)
        notes = [*answer.translations, answer.summary, *answer.hints]
        hits = Hits(rows, table, notes=notes, warnings=answer.warnings)
        hits.total, hits.left_out = answer.found.total, answer.found.left_out
        return hits

    def count(
        self,
        text: str = "",
        *,
        themes: Texts = None,
        by: Texts = answers.BY,
        expand: bool = False,
        from_: str | None = None,
        **filters: Unpack[FilterWords],
    ) -> Rows[CountRow]:
        """How many passages of each group match, each theme by itself.

        Groups in which nothing was found are left out; :meth:`compare` has them. ``from_`` is
        the language of the text, if its words are to be translated; all of them have to stand
        in a passage.
        """
        from progsearch.compare.notes import COUNTED
        from progsearch.export.counts import counts_table

        with self.asking() as index:
            answer = answers.count(
                index,
                text,
                themes=themes,
                folders=self._folders,
                by=by,
                expand=expand,
                from_=from_,
                **filters,
            )
        table = counts_table(answer.by, answer.cells, themes=answer.themes)
        rows = rows_of(CountRow, table, answer.by)
        notes = [COUNTED, *answer.translations, *answer.totals, *answer.hints]
        return Rows(rows, table, notes=notes, warnings=answer.warnings)

    def compare(
        self,
        text: str = "",
        *,
        themes: Texts = None,
        words: Texts = None,
        by: Texts = answers.BY,
        evidence: int = 0,
        test: bool = False,
        from_: str | None = None,
        **filters: Unpack[FilterWords],
    ) -> ComparisonRows:
        """What each group says on each theme and on each of ``words``, how much, and where.

        ``text`` is a question where there is no other, else it narrows them. ``evidence`` is how
        many of the strongest passages of each cell are named; ``test`` tells which groups
        differ; ``from_`` is the language of the text and the words, if they are to be translated.
        The silences of the result are the groups that say nothing, and why.
        """
        from progsearch.export.comparisons import cells_table, passages_table
        from progsearch.export.silences import silence_table

        with self.asking() as index:
            answer = answers.compare(
                index,
                text,
                themes=themes,
                words=words,
                folders=self._folders,
                by=by,
                evidence=evidence,
                test=test,
                silent=True,
                from_=from_,
                **filters,
            )
            passages = passages_table(answer.comparison, self.link)
        dimensions = answer.comparison.by
        table = cells_table(answer.comparison, answer.tests)
        silent = silence_table(answer.silences, dimensions)
        found = ComparisonRows(
            rows_of(CellRow, table, dimensions),
            table,
            notes=[*answer.notes, *answer.translations, *answer.hints],
            warnings=answer.warnings,
        )
        found.comparison = answer.comparison
        found.evidence = Rows(rows_of(EvidenceRow, passages, dimensions), passages)
        found.silences = Rows(rows_of(SilenceRow, silent, dimensions), silent)
        return found

    def keywords(
        self,
        text: str = "",
        *,
        themes: Texts = None,
        by: Texts = KEYWORDS_BY,
        limit: int = 15,
        minimum: int = 5,
        from_: str | None = None,
        **filters: Unpack[FilterWords],
    ) -> Rows[KeywordRow]:
        """The words and pairs of words that each group uses more than all others (keyness).

        With a text or themes, only in the passages that match. At most ``limit`` words of a
        group and language, which the group has at least ``minimum`` times. ``from_`` is the
        language of the text, if it is to be translated.
        """
        from progsearch.export.keywords import keywords_table

        with self.asking() as index:
            answer = keywords_of(
                index,
                text,
                themes=themes,
                folders=self._folders,
                by=by,
                limit=limit,
                minimum=minimum,
                from_=from_,
                **filters,
            )
            table = keywords_table(answer.keywords, self.link)
        rows = rows_of(KeywordRow, table, answer.keywords.by)
        notes = [*answer.notes, *answer.hints]
        return Rows(rows, table, notes=notes, warnings=answer.warnings)

    kwic = asked_in_context.kwic
    words = asked_in_context.words
    collocates = asked_in_context.collocates
    dispersion = asked_in_context.dispersion
    diff = asked_of_promises.diff
    follow = asked_of_promises.follow
    match = asked_of_promises.match

    def themes(self, *, label_lang: str = "en") -> Rows[ThemeRow]:
        """The themes at hand: the shipped ones, and those of the folders that hold here."""
        from progsearch.export.themes import themes_table
        from progsearch.themes.folders import catalogue_of, trouble

        catalogue = catalogue_of(self._folders, self._index.summary.roots)
        table = themes_table(catalogue, label_lang)
        rows = [
            ThemeRow(
                id=theme.id,
                label=theme.label(label_lang),
                broader=theme.broader,
                terms={lang: len(terms) for lang, terms in theme.terms.items()},
                file=theme.file,
            )
            for theme in catalogue.themes.values()
        ]
        return Rows(rows, table, warnings=trouble(catalogue))

    def documents(self) -> Rows[DocumentRow]:
        """All documents, by path."""
        from progsearch.export.listings import documents_table

        with self.asking() as index:
            table = documents_table(index, index.engine.documents())
        return Rows(rows_of(DocumentRow, table), table)

    def document(self, wanted: str) -> WholeDocument:
        """The document with that id or path, or the one that a passage (``FILE:LINE``) is of."""
        from progsearch.export.listings import documents_table, passages_listing

        with self.asking() as index:
            document, _ = find(index, _text(wanted))
            facts = documents_table(index, [document])
            passages = index.engine.passages(document.id)
            table = passages_listing(index, document, passages)
            text = index.text(document)
        (row,) = rows_of(DocumentRow, facts)
        return WholeDocument(row, Rows(rows_of(PassageRow, table), table), text)

    def passage(self, wanted: str) -> PassageRow:
        """The passage with that id, or at ``FILE:LINE`` as :meth:`search` names it."""
        from progsearch.export.listings import passages_listing

        with self.asking() as index:
            document, passage = find(index, _text(wanted))
            if passage is None:
                raise ProgsearchError(
                    f"this is a document: {wanted!r}", remedy="give FILE:LINE or a passage's id"
                )
            table = passages_listing(index, document, [passage])
        (row,) = rows_of(PassageRow, table)
        return row


def _text(wanted: object) -> str:
    if not isinstance(wanted, str):
        raise ProgsearchError(
            f"neither an id nor a path: {wanted!r}"[:200], remedy="give an id, a path or FILE:LINE"
        )
    return wanted


def open_index(
    folder: str | os.PathLike[str] = DEFAULT_INDEX, *, themes: Folders = None
) -> OpenIndex:
    """Open the index in a folder, which ``progsearch ingest`` has made.

    ``themes`` are folders of theme files beside those in ``./themes``, beside the corpus and
    the shipped ones. Raises ProgsearchError when there is no index, or when it is damaged.
    """
    given = (themes,) if isinstance(themes, str | os.PathLike) else themes or ()
    try:
        place, folders = Path(folder), [Path(one) for one in given]
    except TypeError:
        raise ProgsearchError(
            "a folder is named by a text or a path", remedy='write progsearch.open("index")'
        ) from None
    engine = open_engine(place)
    try:
        with told(engine):
            return OpenIndex(engine, folders)
    except BaseException:
        engine.close()
        raise
