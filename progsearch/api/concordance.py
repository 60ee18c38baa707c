"""What users of concordancers ask an index: frequency lists, collocates, dispersion, the matrix.

Like :mod:`progsearch.api.answers`, with text, themes and filters as typed.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from progsearch.api.looked_for import LookedFor
from progsearch.api.words import FilterWords, Texts, check_number, texts_of
from progsearch.classes import dataclass
from progsearch.compare.asking import DIMENSIONS
from progsearch.compare.questions import groups_by
from progsearch.concordance import (
    Collocates,
    Dispersion,
    Frequencies,
    frequencies,
)
from progsearch.concordance import (
    collocates as find_collocates,
)
from progsearch.concordance import (
    dispersion as find_dispersion,
)
from progsearch.concordance.matrix import Matrix, matrix
from progsearch.errors import ProgsearchError
from progsearch.scope import Filters
from progsearch.search import Index

__all__ = [
    "COLLOCATES_LIMIT",
    "WORDS_LIMIT",
    "CollocatesAnswer",
    "DispersionAnswer",
    "MatrixAnswer",
    "WordsAnswer",
    "collocates",
    "dfm",
    "dispersion",
    "words",
]

WORDS_LIMIT = 30
"""Words of a list that people are shown."""
COLLOCATES_LIMIT = 20
"""Collocates that people are shown."""


_NORMALISED = "normalised by Lijffijt & Gries (2012)"
_MEASURED = (
    "logDice: Rychlý 2008; G²: Dunning 1993; MI: Church & Hanks 1990; expected from all words "
    "that are no place (Evert 2008)"
)


@dataclass(frozen=True, slots=True)
class WordsAnswer:
    """A frequency list, and how to read it."""

    frequencies: Frequencies
    filters: Filters
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def words(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    by: Texts = None,
    of: str = "lemma",
    size: int = 1,
    over: str = "document",
    minimum: int = 1,
    limit: int | None = WORDS_LIMIT,
    sort: str = "count",
    stop_words: bool = True,
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> WordsAnswer:
    """How often each word stands in the passages that match, by group and language.

    Counted ``of`` lemmas or forms, ``size`` of them in a row; dispersion and range are ``over``
    the values of a facet. At most ``limit`` a group and language, each there ``minimum`` times.
    """
    from progsearch.concordance.frequencies import LONGEST

    check_number("--ngram", size, 1)
    if size > LONGEST:
        raise ProgsearchError(
            f"at most {LONGEST} words in a row", where="--ngram", remedy="ask for fewer"
        )
    _check_bounds(minimum, limit)
    if over not in DIMENSIONS:
        raise ProgsearchError(
            f"no parts by {over!r}"[:200],
            where="--over",
            remedy=f"choose {', '.join(DIMENSIONS)}",
        )
    dimensions = groups_by(texts_of("--by", by)) if by else ()
    asked = LookedFor.of(index, text, themes, folders, "", filters, from_=from_)
    found = frequencies(
        index,
        dimensions,
        asked.filters,
        clause=asked.clause,
        of=of,
        size=size,
        over=over,
        minimum=minimum,
        limit=limit,
        stop_words=stop_words,
        sort=sort,
    )
    what = "its first lemma" if of == "lemma" else "its form"
    notes = [
        f"a word is counted by {what}; intervals: Wilson, 95 %, of the share of words",
        f"dispersion: DP (Gries 2008), 0 is even, over each {over} of a group; {_NORMALISED}",
        _leads(dimensions, filters, themes, text, from_),
    ]
    return WordsAnswer(
        found,
        asked.filters,
        (*notes, *asked.notes(index, found.left_out, any_found=bool(found.groups))),
        asked.warnings,
    )


@dataclass(frozen=True, slots=True)
class CollocatesAnswer:
    """Collocates, and how to read them."""

    collocates: Collocates
    filters: Filters
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def collocates(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    by: Texts = None,
    of: str = "lemma",
    window: int = 5,
    minimum: int = 3,
    limit: int | None = COLLOCATES_LIMIT,
    sort: str = "logdice",
    stop_words: bool = True,
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> CollocatesAnswer:
    """The words that stand near what was found more often than chance has it.

    Within ``window`` words on each side, inside of the passage; at most ``limit`` a group and
    language, each there ``minimum`` times.
    """
    check_number("--window", window, 1)
    _check_bounds(minimum, limit)
    dimensions = groups_by(texts_of("--by", by)) if by else ()
    asked = LookedFor.of(index, text, themes, folders, "", filters, needed=True, from_=from_)
    found = find_collocates(
        index,
        asked.sought.query,
        dimensions,
        asked.filters,
        clauses=asked.sought.clauses,
        of=of,
        window=window,
        minimum=minimum,
        limit=limit,
        measure=sort,
        stop_words=stop_words,
    )
    notes = [
        f"within {window} words of a place, inside of its passage; each word once, places left out",
        _MEASURED,
        # A question in another language cannot be written as a query beside a word found.
        _leads(dimensions, filters, themes, text if from_ else "", from_),
    ]
    return CollocatesAnswer(
        found,
        asked.filters,
        (*notes, *asked.notes(index, found.left_out, any_found=bool(found.rows))),
        asked.warnings,
    )


@dataclass(frozen=True, slots=True)
class DispersionAnswer:
    """Where something stands, and how to read it; ``asked`` is what, for people."""

    dispersion: Dispersion
    asked: str
    filters: Filters
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def dispersion(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    by: Texts = None,
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> DispersionAnswer:
    """Where in each document what was found stands, and how evenly documents have it."""
    dimensions = groups_by(texts_of("--by", by)) if by else ()
    asked = LookedFor.of(index, text, themes, folders, "", filters, needed=True, from_=from_)
    found = find_dispersion(
        index,
        asked.sought.query,
        dimensions,
        asked.filters,
        clauses=asked.sought.clauses,
    )
    notes = [
        "places: shares of the way through a document's source, from 0 to 1",
        f"dispersion: DP (Gries 2008), 0 is even, over all documents of a group; {_NORMALISED}",
    ]
    what = ", ".join((*texts_of("--theme", themes), *([text] if text else [])))
    return DispersionAnswer(
        found,
        what,
        asked.filters,
        (*notes, *asked.notes(index, found.left_out, any_found=bool(found.documents))),
        asked.warnings,
    )


def _check_bounds(minimum: int, limit: int | None) -> None:
    check_number("--minimum", minimum, 1)
    if limit is not None:
        check_number("--limit", limit, 1)


def _leads(
    by: Sequence[str], filters: FilterWords, themes: Texts, inside: str, from_: str | None
) -> str:
    """How the query of a row is asked, so that it finds what the row counts.

    With the groups named, a text counts once in each of them, as in the row.
    """
    options = [f"--inside {shlex.quote(inside)}"] if inside else []
    options += [f"--from {from_}"] if inside and from_ else []
    options += [f"--theme {theme}" for theme in texts_of("--theme", themes)]
    options += [f"--by {','.join(by)}"] if by else []
    options += ["the same filters"] if any(filters.values()) else []
    return " and ".join(["each row's passages: progsearch kwic with its query", *options])


@dataclass(frozen=True, slots=True)
class MatrixAnswer:
    """A document-feature matrix, and how to read it."""

    matrix: Matrix
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def dfm(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    of: str = "lemma",
    minimum: int = 1,
    stop_words: bool = True,
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> MatrixAnswer:
    """How often each lemma, or form, stands in each document, in the passages that match.

    Of a text in the language ``from_`` a passage has to have all words, in translation.
    """
    check_number("--minimum", minimum, 1)
    asked = LookedFor.of(index, text, themes, folders, "", filters, from_=from_)
    made = matrix(
        index,
        asked.filters,
        clause=asked.clause,
        of=of,
        minimum=minimum,
        stop_words=stop_words,
    )
    what = "its first lemma" if of == "lemma" else "its form"
    notes = asked.notes(index, made.left_out, any_found=bool(made.documents))
    return MatrixAnswer(made, (f"a word is counted by {what}", *notes), asked.warnings)
