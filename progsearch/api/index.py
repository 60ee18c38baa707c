"""An index that is open for questions: what ``import progsearch`` is for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack

from progsearch.api import answers
from progsearch.api.concordance_rows import (
    CollocateRow,
    DispersionRow,
    DispersionRows,
    KwicRow,
    KwicRows,
    SpreadRow,
    WordRow,
)
from progsearch.api.damage import told
from progsearch.api.places import find
from progsearch.api.promise_rows import DifferenceRow, FollowedRow, MatchedRow
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
        by: Texts = answers.KEYWORDS_BY,
        limit: int = 15,
        minimum: int = 5,
        **filters: Unpack[FilterWords],
    ) -> Rows[KeywordRow]:
        """The words and pairs of words that each group uses more than all others (keyness).

        With a text or themes, only in the passages that match. At most ``limit`` words of a
        group and language, which the group has at least ``minimum`` times.
        """
        from progsearch.export.keywords import keywords_table

        with self.asking() as index:
            answer = answers.keywords(
                index,
                text,
                themes=themes,
                folders=self._folders,
                by=by,
                limit=limit,
                minimum=minimum,
                **filters,
            )
            table = keywords_table(answer.keywords, self.link)
        rows = rows_of(KeywordRow, table, answer.keywords.by)
        return Rows(rows, table, notes=answer.notes, warnings=answer.warnings)

    def kwic(
        self,
        text: str = "",
        *,
        themes: Texts = None,
        inside: str = "",
        by: Texts = None,
        sort: str = "place",
        window: int | None = None,
        limit: int | None = None,
        sample: int | None = None,
        seed: int = 0,
        from_: str | None = None,
        **filters: Unpack[FilterWords],
    ) -> KwicRows:
        """Keyword in context: a row for each place where words matched.

        ``sort`` is place, left, right or group, ``window`` how many words are kept on each
        side, ``inside`` a query that the passages match as well. At most ``limit`` rows, or a
        ``sample`` of so many by chance, the same for the same ``seed``.
        """
        from progsearch.api import kwic
        from progsearch.export.concordance import kwic_table

        with self.asking() as index:
            answer = kwic.kwic(
                index,
                text,
                themes=themes,
                folders=self._folders,
                inside=inside,
                by=by,
                from_=from_,
                sort=sort,
                window=window,
                limit=limit,
                sample=sample,
                seed=seed,
                **filters,
            )
            table = kwic_table(answer.lines, answer.by, answer.groups, self.link)
        rows = rows_of(KwicRow, table, answer.by)
        found = KwicRows(
            rows, table, notes=[answer.summary, *answer.notes], warnings=answer.warnings
        )
        found.passages, found.total = answer.passages, answer.total
        found.left_out = answer.left_out
        return found

    def words(
        self,
        text: str = "",
        *,
        themes: Texts = None,
        by: Texts = None,
        of: str = "lemma",
        ngram: int = 1,
        over: str = "document",
        minimum: int = 1,
        limit: int | None = None,
        sort: str = "count",
        stop_words: bool = True,
        from_: str | None = None,
        **filters: Unpack[FilterWords],
    ) -> Rows[WordRow]:
        """The frequency list of each group and language, of the passages that match.

        Words are counted ``of`` lemma or form, ``ngram`` of them in a row; range and dispersion
        are ``over`` the values of a facet. ``sort`` is count, documents, dp or words.
        """
        from progsearch.api import concordance
        from progsearch.export.concordance import words_table

        with self.asking() as index:
            answer = concordance.words(
                index,
                text,
                themes=themes,
                folders=self._folders,
                by=by,
                from_=from_,
                of=of,
                size=ngram,
                over=over,
                minimum=minimum,
                limit=limit,
                sort=sort,
                stop_words=stop_words,
                **filters,
            )
        table = words_table(answer.frequencies)
        rows = rows_of(WordRow, table, answer.frequencies.by)
        return Rows(rows, table, notes=answer.notes, warnings=answer.warnings)

    def collocates(
        self,
        text: str = "",
        *,
        themes: Texts = None,
        by: Texts = None,
        of: str = "lemma",
        window: int = 5,
        minimum: int = 3,
        limit: int | None = None,
        sort: str = "logdice",
        stop_words: bool = True,
        from_: str | None = None,
        **filters: Unpack[FilterWords],
    ) -> Rows[CollocateRow]:
        """The words within ``window`` words of what was found, by group and language.

        ``sort`` is the measure that they are in order of: logdice, g2, mi or count.
        """
        from progsearch.api import concordance
        from progsearch.export.concordance import collocates_table

        with self.asking() as index:
            answer = concordance.collocates(
                index,
                text,
                themes=themes,
                folders=self._folders,
                by=by,
                from_=from_,
                of=of,
                window=window,
                minimum=minimum,
                limit=limit,
                sort=sort,
                stop_words=stop_words,
                **filters,
            )
        table = collocates_table(answer.collocates)
        rows = rows_of(CollocateRow, table, answer.collocates.by)
        return Rows(rows, table, notes=answer.notes, warnings=answer.warnings)

    def dispersion(
        self,
        text: str = "",
        *,
        themes: Texts = None,
        by: Texts = None,
        from_: str | None = None,
        **filters: Unpack[FilterWords],
    ) -> DispersionRows:
        """Where in each document what was found stands; ``spreads`` tell how evenly."""
        from progsearch.api import concordance
        from progsearch.export.concordance import dispersion_table, spreads_table

        with self.asking() as index:
            answer = concordance.dispersion(
                index, text, themes=themes, folders=self._folders, by=by, from_=from_, **filters
            )
        dimensions = answer.dispersion.by
        table, spreads = dispersion_table(answer.dispersion), spreads_table(answer.dispersion)
        found = DispersionRows(
            rows_of(DispersionRow, table, dimensions),
            table,
            notes=answer.notes,
            warnings=answer.warnings,
        )
        found.dispersion, found.asked = answer.dispersion, answer.asked
        found.spreads = Rows(rows_of(SpreadRow, spreads, dimensions), spreads)
        return found

    def diff(self, of: str, with_: str, **filters: Unpack[FilterWords]) -> Rows[DifferenceRow]:
        """What became of one part of the index in another: ``"party=S,year=2013"``.

        One row a link, and one for each passage that only one of the two has.
        """
        from progsearch.api import files, promises

        with self.asking() as index:
            answer = promises.difference(of=of, with_=with_, index=index, **filters)
        return files.difference_rows(answer)

    def follow(
        self,
        of: str,
        with_: str,
        *,
        limit: int = 3,
        everything: bool = False,
        sheet: str | os.PathLike[str] | None = None,
        **filters: Unpack[FilterWords],
    ) -> Rows[FollowedRow]:
        """For each promise of a part of the index, the nearest passages of another part.

        ``sheet`` is a file of judgements. A status stands only where a report states it or a
        person entered it.
        """
        from progsearch.api import files, promises

        with self.asking() as index:
            answer = promises.followed(
                of=of,
                with_=with_,
                index=index,
                limit=limit,
                everything=everything,
                sheet=sheet,
                **filters,
            )
        return files.followed_rows(answer)

    def match(
        self,
        of: str = "",
        with_: str = "",
        *,
        by: str = "",
        limit: int | None = 20,
        **filters: Unpack[FilterWords],
    ) -> Rows[MatchedRow]:
        """Pairs of passages that may be the same promise, of two parts of the index or of all
        groups ``by`` a dimension; the nearest first."""
        from progsearch.api import promises
        from progsearch.export.promises import matched_table

        with self.asking() as index:
            answer = promises.matched(
                of=of, with_=with_, by=by, index=index, limit=limit, **filters
            )
        table = matched_table(answer.matching, answer.title)
        return Rows(rows_of(MatchedRow, table), table, notes=answer.notes)

    def themes(self, *, label_lang: str = "en") -> Rows[ThemeRow]:
        """The themes at hand: the shipped ones, and those of the folders that hold here."""
        from progsearch.export.listings import themes_table
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
