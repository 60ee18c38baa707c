"""What users of concordancers ask an index: lines, frequency lists, collocates, dispersion.

Like :mod:`progsearch.api.answers`, with text, themes and filters as typed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from progsearch.api import answers
from progsearch.api.answers import check_number, query_of
from progsearch.api.hints import emptied, expanded
from progsearch.api.words import FilterWords, Texts, filters_of, texts_of
from progsearch.clause import AllOf
from progsearch.compare.asking import DIMENSIONS, group_names
from progsearch.compare.basis import copies_line
from progsearch.compare.questions import groups_by
from progsearch.concordance import (
    Collocates,
    Dispersion,
    Frequencies,
    Line,
    frequencies,
    lines_of,
    matching,
    sorted_lines,
)
from progsearch.concordance import (
    collocates as find_collocates,
)
from progsearch.concordance import (
    dispersion as find_dispersion,
)
from progsearch.concordance.lines import SORTS
from progsearch.concordance.matrix import Matrix, matrix
from progsearch.errors import ProgsearchError
from progsearch.query import Everything, Query, conjunction
from progsearch.scope import Filters, scope_of
from progsearch.search import Index
from progsearch.themes.sought import Sought, sought

if TYPE_CHECKING:
    from progsearch.clause import Clause
    from progsearch.compare import Group
    from progsearch.concordance.passages import Values
    from progsearch.model import Passage

__all__ = [
    "COLLOCATES_LIMIT",
    "LINES",
    "WORDS_LIMIT",
    "CollocatesAnswer",
    "DispersionAnswer",
    "KwicAnswer",
    "MatrixAnswer",
    "WordsAnswer",
    "collocates",
    "dfm",
    "dispersion",
    "kwic",
    "words",
]

LINES = 100
"""Lines that people are shown."""
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
class KwicAnswer:
    """Lines; ``passages`` match, ``total`` are all their lines, where that was counted."""

    lines: Sequence[Line]
    passages: int
    total: int | None
    by: tuple[str, ...]
    groups: Mapping[Values, Group]
    filters: Filters
    left_out: int = 0
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What was found, in one line."""
        found = f"{self.passages:,} passage{'s' if self.passages != 1 else ''}"
        shown = f"{len(self.lines):,} line{'s' if len(self.lines) != 1 else ''}"
        if not self.passages:
            return "no passage matches"
        if self.total is None:
            return f"the first {shown}, of {found}; --limit shows more"
        if self.total > len(self.lines):
            return f"{len(self.lines):,} of {self.total:,} lines, in {found}"
        return f"{shown} in {found}"


def kwic(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    inside: str = "",
    by: Texts = None,
    sort: str = "place",
    window: int | None = None,
    limit: int | None = LINES,
    sample: int | None = None,
    seed: int = 0,
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> KwicAnswer:
    """Keyword in context: a line for each place of a text where words matched.

    In the order of the sources, or ``sort`` by the words left or right or by the group ``by``
    names. ``inside`` is a query that the passages match as well, unmarked. ``window`` words are
    kept on each side; at most ``limit`` lines, or a ``sample`` of so many by chance, the same
    for the same ``seed``.
    """
    if sort not in SORTS:
        raise ProgsearchError(
            f"not a choice: {sort!r}"[:200], where="--sort", remedy=f"write {', '.join(SORTS)}"
        )
    dimensions = groups_by(texts_of("--by", by)) if by else ()
    if sort == "group" and not dimensions:
        raise ProgsearchError("there are no groups", where="--sort", remedy="name them: --by party")
    for name, number in (("--limit", limit), ("--window", window), ("--sample", sample)):
        if number is not None:
            check_number(name, number, 0)
    asked = _Asked.of(index, text, themes, folders, inside, filters, needed=True, from_=from_)
    scope = scope_of(asked.filters, index.engine, index.summary, dimensions)
    wanted = AllOf((asked.clause, scope.said, *asked.inside))
    counted = index.engine.tally([wanted], scope=scope.clause, by=(), once=scope.once)
    made = _made(index, asked.clause, matching(index, wanted, scope, dimensions), window)
    total: int | None = None
    if sample is not None:
        lines, total = _sampled(made, sample, seed)
        lines = sorted_lines(lines, sort)
    elif limit is None:
        lines = sorted_lines(list(made), sort)
        total = len(lines)
    elif sort == "place":
        lines = list(islice(made, limit + 1))
        total = len(lines) if len(lines) <= limit else None
        lines = lines[:limit]
    else:
        met = _Counting(made)
        lines = nsmallest(limit, met, key=lambda line: line.key(sort))
        total = met.count
    passages = counted.totals[0].passages
    notes = asked.notes(index, counted.left_out, any_found=bool(passages))
    return KwicAnswer(
        lines,
        passages,
        total,
        tuple(dimensions),
        group_names(index, dimensions, {line.group for line in lines}),
        asked.filters,
        counted.left_out,
        notes,
        asked.warnings,
    )


def _made(
    index: Index, clause: Clause, found: Iterator[tuple[Values, Passage]], window: int | None
) -> Iterator[Line]:
    for group, passage in found:
        for line in lines_of(index.hit(passage, 0.0, clause), group):
            yield line if window is None else line.within(window)


class _Counting:
    """Lines as they come, counted."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[Line]:
        for line in self._lines:
            self.count += 1
            yield line


def _sampled(lines: Iterator[Line], size: int, seed: int) -> tuple[list[Line], int]:
    """So many lines by chance, each as likely, in their order, and how many there were.

    Source: Vitter, "Random Sampling with a Reservoir" (1985), algorithm R.
    """
    drawn = random.Random(seed)  # noqa: S311 - a sample is no secret
    kept: list[tuple[int, Line]] = []
    number = 0
    for number, line in enumerate(lines, 1):
        if len(kept) < size:
            kept.append((number, line))
        else:
            at = drawn.randrange(number)
            if at < size:
                kept[at] = (number, line)
    return [line for _, line in sorted(kept, key=lambda one: one[0])], number


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
    check_number("--minimum", minimum, 1)
    if limit is not None:
        check_number("--limit", limit, 1)
    if over not in DIMENSIONS:
        raise ProgsearchError(
            f"no parts by {over!r}"[:200],
            where="--over",
            remedy=f"choose {', '.join(DIMENSIONS)}",
        )
    dimensions = groups_by(texts_of("--by", by)) if by else ()
    asked = _Asked.of(index, text, themes, folders, "", filters, from_=from_)
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
        "each row's passages: progsearch kwic with its query"
        + (f" and --inside {text!r}" if text else "")
        + _filtered(filters),
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
    check_number("--minimum", minimum, 1)
    if limit is not None:
        check_number("--limit", limit, 1)
    dimensions = groups_by(texts_of("--by", by)) if by else ()
    asked = _Asked.of(index, text, themes, folders, "", filters, needed=True, from_=from_)
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
        "each row's passages: progsearch kwic with its query" + _filtered(filters),
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
    asked = _Asked.of(index, text, themes, folders, "", filters, needed=True, from_=from_)
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


def _filtered(filters: FilterWords) -> str:
    named = any(value for name, value in filters.items() if name != "duplicates")
    return " and the same filters" if named else ""


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
    **filters: Unpack[FilterWords],
) -> MatrixAnswer:
    """How often each lemma, or form, stands in each document, in the passages that match."""
    check_number("--minimum", minimum, 1)
    asked = _Asked.of(index, text, themes, folders, "", filters)
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for, of which passages."""

    query: Query
    sought: Sought
    clause: Clause
    inside: tuple[Clause, ...]
    filters: Filters
    translated: tuple[str, ...]

    @classmethod
    def of(
        cls,
        index: Index,
        text: str,
        themes: Texts,
        folders: Sequence[Path] | None,
        inside: str,
        filters: FilterWords,
        *,
        needed: bool = False,
        from_: str | None = None,
    ) -> _Asked:
        (query, translation), within = answers.asked(index, text, from_), query_of(inside)
        about = sought(index, query, texts_of("--theme", themes), folders, translation=translation)
        if needed and isinstance(query, Everything) and not about.clauses:
            raise ProgsearchError(
                "nothing to look for", where="QUERY", remedy="write words, or name a --theme"
            )
        wanted = filters_of(**filters)
        clause = AllOf((index.clause(about.query), *about.clauses))
        more = () if isinstance(within, Everything) else (index.clause(within),)
        told = tuple(translation.lines) if translation else ()
        return cls(conjunction([query, within]), about, clause, more, wanted, told)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader has to know of the themes."""
        return self.sought.warnings

    def notes(self, index: Index, left_out: int, *, any_found: bool) -> tuple[str, ...]:
        """For how many forms patterns stand, what was left out, and why nothing is there."""
        lines = [*self.translated, *expanded(index, self.query)]
        lines += [copies_line(left_out)] if left_out else []
        if not any_found:
            lines += emptied(index, self.sought.query, self.sought.clauses, self.filters)
        return tuple(lines)
