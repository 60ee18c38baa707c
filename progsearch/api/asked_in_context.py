"""Words in their contexts, as an open index is asked for them: methods of ``OpenIndex``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from progsearch.api.concordance_rows import (
    CollocateRow,
    DispersionRow,
    DispersionRows,
    KwicRow,
    KwicRows,
    SpreadRow,
    WordRow,
)
from progsearch.api.results import Rows, rows_of
from progsearch.api.words import FilterWords, Texts

if TYPE_CHECKING:
    from progsearch.api.index import OpenIndex

__all__ = ["collocates", "dispersion", "kwic", "words"]


def kwic(
    self: OpenIndex,
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
            folders=self.folders,
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
    found = KwicRows(rows, table, notes=[answer.summary, *answer.notes], warnings=answer.warnings)
    found.passages, found.total = answer.passages, answer.total
    found.left_out = answer.left_out
    return found


def words(
    self: OpenIndex,
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
            folders=self.folders,
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
    self: OpenIndex,
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
            folders=self.folders,
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
    self: OpenIndex,
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
            index, text, themes=themes, folders=self.folders, by=by, from_=from_, **filters
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
