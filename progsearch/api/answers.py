"""What an index answers: text, themes and filters as typed, defaults, notes and warnings.

Each function takes an :class:`~progsearch.search.Index` that is open. ``text`` is a query,
``themes`` are ids, ``folders`` hold theme files beside those that are found by themselves, and
the filters are :class:`~progsearch.api.words.FilterWords`. All raise ProgsearchError for what
cannot be understood, and for what the index does not have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from progsearch.api.hints import emptied, expanded, undated
from progsearch.api.words import FilterWords, Texts, check_number, filters_of, query_of, texts_of
from progsearch.clause import AllOf
from progsearch.errors import ProgsearchError
from progsearch.query import Everything, Query, bounds
from progsearch.scope import Filters, left_out_line
from progsearch.search import Found, Index, TallyTable
from progsearch.themes.sought import Sought, offer, sought

if TYPE_CHECKING:
    from progsearch.compare import Cell, Comparison, Differences, Group, Question, Silence
    from progsearch.lexicon.translation import Translation

__all__ = [
    "BY",
    "LIMIT",
    "CompareAnswer",
    "CountAnswer",
    "SearchAnswer",
    "asked",
    "compare",
    "count",
    "search",
]

LIMIT = 20
"""Hits that people are shown."""
BY = "region"
"""What is counted and compared by, unless something else is asked for."""


def asked(
    index: Index, text: str, from_: str | None, *, ranked: bool = False
) -> tuple[Query, Translation | None]:
    """The query of a text, and what it means here where it is in another language."""
    if from_ is None:
        return query_of(text), None
    from progsearch.lexicon import asking

    query_of("" if isinstance(text, str) else text)
    query, translation = asking.asked(index, text, from_, ranked=ranked)
    return query, None if isinstance(query, Everything) else translation


def posed(
    index: Index,
    text: str,
    themes: Texts,
    folders: Sequence[Path] | None,
    filters: Filters,
    from_: str | None,
    *,
    ranked: bool = False,
    expand: bool = False,
) -> tuple[Query, Sought]:
    """The query of a text as it was typed, and what it and themes mean in an index."""
    query, translation = asked(index, text, from_, ranked=ranked)
    about = sought(
        index,
        query,
        texts_of("--theme", themes),
        folders,
        expand=expand,
        translation=translation,
        filters=filters,
    )
    return query, about


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Hits as they come, and what was looked for."""

    found: Found
    sought: Sought
    filters: Filters
    limit: int | None
    hints: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader has to know of the themes."""
        return self.sought.warnings

    @property
    def translations(self) -> list[str]:
        """What the words of a question in another language were looked for by, in lines."""
        return self.sought.translations

    @property
    def summary(self) -> str:
        """What was found, in one line."""
        total, left_out = self.found.total, self.found.left_out
        if self.found.near and not total:
            return f"{self.found.near} passages by their meaning alone (~), which count nowhere"
        shown = total if self.limit is None else min(self.limit, total)
        if not total:
            line = "no passage matches"
        elif shown < total:
            line = f"{shown} of {total:,} passages; --limit shows more"
        else:
            line = f"{total:,} passage{'s' if total != 1 else ''}"
        if self.found.near:
            line += f"; then {self.found.near} by their meaning alone (~), which count nowhere"
        return f"{line}; {left_out_line(left_out)}" if left_out else line


_RANKED = 200  # hits of words whose order the meaning may change


def search(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    limit: int | None = LIMIT,
    expand: bool = False,
    from_: str | None = None,
    meaning: bool = False,
    like: str | None = None,
    **filters: Unpack[FilterWords],
) -> SearchAnswer:
    """The passages that match a text and any of the themes; no ``limit`` for all of them.

    ``from_`` is the language of the text, whose words are then looked for in translation; of
    more than a few, or where no passage has all, a passage needs to have one only. With
    ``meaning`` the hits are in the order of their words and their meaning, and behind them stand
    those of meaning alone; ``like`` asks for the passages nearest to one of that id. Documents
    that repeat another are shown, unless ``duplicates`` is ``once``. Hints name the filters
    that leave nothing, and themes that English words may mean.
    """
    if limit is not None:
        check_number("--limit", limit, 0)
    wanted = filters_of("keep", **filters)
    query, about = posed(index, text, themes, folders, wanted, from_, ranked=True, expand=expand)
    if like is not None:
        found = _like(index, like, wanted, limit, text, about)
        return SearchAnswer(found, about, wanted, limit)
    most = limit if limit is None or not meaning else max(limit, _RANKED)
    found = index.search(about.query, wanted, limit=most, clauses=about.clauses)
    if meaning:
        from progsearch.meaning.near import fused

        clause = AllOf((index.clause(about.query), *about.clauses))
        bound = index.clause(bounds(query))
        told = about.translation
        meant, translated = (told.text, told.texts) if told else (text, ())
        described = about.described(index.summary.languages)
        found = fused(index, found, clause, meant, wanted, limit, bound, translated, described)
    hints = expanded(index, query, from_=from_)
    hints += undated(index, about.query, about.clauses, wanted)
    hints += [] if found.total else emptied(index, about.query, about.clauses, wanted)
    themes_meant = "" if about.each or expand else offer(index, query, folders, about.translation)
    hints += [themes_meant] if themes_meant else []
    return SearchAnswer(found, about, wanted, limit, tuple(hints))


def _like(
    index: Index, like: str, filters: Filters, limit: int | None, text: str, about: Sought
) -> Found:
    from progsearch.meaning.near import NEAR
    from progsearch.meaning.near import like as nearest

    if text.strip() or about.each:
        raise ProgsearchError(
            "more like a passage is a question of its own",
            where="--like",
            remedy="leave the words and themes out; filters may stay",
        )
    return nearest(index, like, filters, NEAR if limit is None else limit)


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """Counts by theme (an empty name where there is none) and group."""

    by: Sequence[str]
    tables: Sequence[tuple[str, TallyTable]]
    cells: Sequence[tuple[Group, Cell]]
    query: Query
    sought: Sought
    filters: Filters
    hints: tuple[str, ...] = ()

    @property
    def themes(self) -> bool:
        """Whether there are themes to be named."""
        return bool(self.sought.each)

    @property
    def left_out(self) -> int:
        """Documents that repeat another."""
        return self.tables[0][1].left_out

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader has to know of the themes."""
        return self.sought.warnings

    @property
    def translations(self) -> list[str]:
        """What the words of a question in another language were looked for by, in lines."""
        return self.sought.translations

    @property
    def found(self) -> Mapping[str, int]:
        """Passages that match, by theme."""
        return {name: table.total.passages for name, table in self.tables}

    @property
    def totals(self) -> list[str]:
        """What was found in all, a line a theme, and which groups have the same texts."""
        from progsearch.compare.basis import fields_line, shared_line

        lines = [_total_line(name, table, self.filters) for name, table in self.tables]
        shared = self.tables[0][1].shared
        rules = [fields_line([self.query]), shared_line(shared) if shared else ""]
        return [*lines, *filter(None, rules)]


def _total_line(name: str, table: TallyTable, filters: Filters) -> str:
    from progsearch.compare.basis import chosen, copies_line

    line = f"{name}: " if name else ""
    line += f"{table.total.passages:,} of {table.total_of.passages:,} passages"
    line += f" in {len(table.found)} of {len(table.of)} groups"
    said = chosen(filters, table.by)
    if said:
        line += f"; counted: {said}, of all passages of a group"
    return f"{line}; {copies_line(table.left_out)}" if table.left_out else line


def count(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    by: Texts = None,
    expand: bool = False,
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> CountAnswer:
    """How many passages of each group match, each theme by itself.

    Of a text in the language ``from_`` a passage has to have all words, in translation.
    """
    from progsearch.compare.asking import counted_cells
    from progsearch.compare.questions import groups_by

    dimensions = groups_by(texts_of("--by", by) or (BY,))
    wanted = filters_of(**filters)
    query, about = posed(index, text, themes, folders, wanted, from_, expand=expand)
    if about.each:
        each = [about.narrowed(clause) for _, clause in about.each]
        found = index.tallies(about.query, wanted, by=dimensions, each=each)
        tables = [(name, table) for (name, _), table in zip(about.each, found, strict=True)]
    else:
        tables = [("", index.tally(about.query, wanted, by=dimensions, clauses=about.clauses))]
    cells = counted_cells(index, dimensions, tables)
    hints = expanded(index, query, from_=from_)
    hints += undated(index, about.query, about.clauses, wanted)
    hints += [] if cells else emptied(index, about.query, about.clauses, wanted)
    return CountAnswer(dimensions, tables, cells, query, about, wanted, tuple(hints))


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """A comparison, its tests and silences where they were asked for, and how to read it."""

    questions: Sequence[Question]
    comparison: Comparison
    filters: Filters
    tests: Differences | None
    silences: Sequence[Silence]
    notes: Sequence[str]
    warnings: Sequence[str]
    hints: tuple[str, ...] = ()
    translations: Sequence[str] = ()


def compare(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    words: Texts = None,
    folders: Sequence[Path] | None = None,
    by: Texts = None,
    evidence: int = 0,
    promises_first: bool = False,
    test: bool = False,
    silent: bool = False,
    label_lang: str = "en",
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> CompareAnswer:
    """What each group says on each theme and on each of ``words``; ``text`` narrows them.

    ``evidence`` is how many passages are kept for each cell, ``label_lang`` the language of
    the themes' labels, ``from_`` that of the text and the words, if they are to be translated.
    """
    from progsearch.compare import comparison, differences, silences
    from progsearch.compare.basis import fields_line
    from progsearch.compare.notes import comparison_notes
    from progsearch.compare.questions import groups_by, questions

    check_number("--evidence", evidence, 0)
    dimensions = groups_by(texts_of("--by", by) or (BY,))
    wanted = filters_of(**filters)
    further = texts_of("--words", words)
    query, _ = asked(index, text, from_)
    posed = questions(
        index,
        query,
        texts_of("--theme", themes),
        further,
        folders,
        lang=label_lang,
        from_=from_,
        filters=wanted,
    )
    compared = comparison(
        index, posed.questions, dimensions, wanted, evidence=evidence, promises_first=promises_first
    )
    tests = differences(compared) if test else None
    if from_ is not None:
        from progsearch.lexicon.asking import plain

        further = tuple(map(plain, further))
    queries = [query, *map(query_of, further)]
    rules = [fields_line(queries), *expanded(index, *queries, from_=from_)]
    rules += undated(index, Everything(), (), wanted)
    return CompareAnswer(
        posed.questions,
        compared,
        wanted,
        tests,
        silences(index, posed.questions, dimensions, wanted) if silent else (),
        [*comparison_notes(compared, tests), *filter(None, rules)],
        posed.warnings,
        () if compared.groups else tuple(emptied(index, Everything(), (), wanted)),
        posed.translations,
    )
