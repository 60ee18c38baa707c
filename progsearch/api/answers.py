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

from progsearch.api.hints import emptied, expanded
from progsearch.api.words import FilterWords, Texts, filters_of, texts_of
from progsearch.errors import ProgsearchError
from progsearch.query import Everything, Query, parse
from progsearch.scope import Filters, left_out_line
from progsearch.search import Found, Index, TallyTable
from progsearch.themes.sought import Sought, offer, sought

if TYPE_CHECKING:
    from progsearch.compare import Cell, Comparison, Differences, Group, Question, Silence
    from progsearch.compare.keywords import Keywords

__all__ = [
    "BY",
    "KEYWORDS_BY",
    "LIMIT",
    "CompareAnswer",
    "CountAnswer",
    "KeywordAnswer",
    "SearchAnswer",
    "check_number",
    "compare",
    "count",
    "keywords",
    "query_of",
    "search",
]

LIMIT = 20
"""Hits that people are shown."""
BY = "region"
"""What is counted and compared by, unless something else is asked for."""
KEYWORDS_BY = "party"
"""What keywords are told apart by, unless something else is asked for."""


def query_of(text: str) -> Query:
    """The query of a text. Raises ProgsearchError for what is no text or cannot be parsed."""
    if not isinstance(text, str):
        raise ProgsearchError(
            f"not a query: {text!r}"[:200], where="text", remedy='write words in quotes: "lékař"'
        )
    return parse(text)


def check_number(where: str, value: object, least: int) -> None:
    """Raise ProgsearchError for what is no whole number from ``least`` on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ProgsearchError(
            f"not a number from {least} on: {value!r}"[:200], where=where, remedy="write a number"
        )


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
    def summary(self) -> str:
        """What was found, in one line."""
        total, left_out = self.found.total, self.found.left_out
        shown = total if self.limit is None else min(self.limit, total)
        if not total:
            line = "no passage matches"
        elif shown < total:
            line = f"{shown} of {total:,} passages; --limit shows more"
        else:
            line = f"{total:,} passage{'s' if total != 1 else ''}"
        return f"{line}; {left_out_line(left_out)}" if left_out else line


def search(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    limit: int | None = LIMIT,
    expand: bool = False,
    **filters: Unpack[FilterWords],
) -> SearchAnswer:
    """The passages that match a text and any of the themes; no ``limit`` for all of them.

    Documents that repeat another are shown, unless ``duplicates`` is ``once``. Hints name
    the filters that leave nothing, and themes that English words may mean.
    """
    query = query_of(text)
    if limit is not None:
        check_number("--limit", limit, 0)
    wanted = filters_of("keep", **filters)
    about = sought(index, query, texts_of("--theme", themes), folders, expand=expand)
    found = index.search(about.query, wanted, limit=limit, clauses=about.clauses)
    hints = expanded(index, query)
    hints += [] if found.total else emptied(index, about.query, about.clauses, wanted)
    themes_meant = "" if about.each or expand else offer(index, query, folders)
    hints += [themes_meant] if themes_meant else []
    return SearchAnswer(found, about, wanted, limit, tuple(hints))


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """Counts by theme (an empty name where there is none) and group."""

    by: Sequence[str]
    tables: Sequence[tuple[str, TallyTable]]
    cells: Sequence[tuple[Group, Cell]]
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
    def found(self) -> Mapping[str, int]:
        """Passages that match, by theme."""
        return {name: table.total.passages for name, table in self.tables}

    @property
    def totals(self) -> list[str]:
        """What was found in all, a line a theme, and which groups have the same texts."""
        from progsearch.compare.basis import fields_line, shared_line

        lines = [_total_line(name, table, self.filters) for name, table in self.tables]
        shared = self.tables[0][1].shared
        rules = [fields_line([self.sought.query]), shared_line(shared) if shared else ""]
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
    **filters: Unpack[FilterWords],
) -> CountAnswer:
    """How many passages of each group match, each theme by itself."""
    from progsearch.compare.asking import counted_cells
    from progsearch.compare.questions import groups_by

    query = query_of(text)
    dimensions = groups_by(texts_of("--by", by) or (BY,))
    wanted = filters_of(**filters)
    about = sought(index, query, texts_of("--theme", themes), folders, expand=expand)
    if about.each:
        each = [clause for _, clause in about.each]
        found = index.tallies(about.query, wanted, by=dimensions, each=each)
        tables = [(name, table) for (name, _), table in zip(about.each, found, strict=True)]
    else:
        tables = [("", index.tally(about.query, wanted, by=dimensions))]
    cells = counted_cells(index, dimensions, tables)
    hints = expanded(index, query)
    hints += [] if cells else emptied(index, about.query, about.clauses, wanted)
    return CountAnswer(dimensions, tables, cells, about, wanted, tuple(hints))


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
    **filters: Unpack[FilterWords],
) -> CompareAnswer:
    """What each group says on each theme and on each of ``words``; ``text`` narrows them.

    ``evidence`` is how many passages are kept for each cell, ``label_lang`` the language of
    the themes' labels.
    """
    from progsearch.compare import comparison, differences, silences
    from progsearch.compare.basis import fields_line
    from progsearch.compare.notes import comparison_notes
    from progsearch.compare.questions import groups_by, questions

    check_number("--evidence", evidence, 0)
    dimensions = groups_by(texts_of("--by", by) or (BY,))
    wanted = filters_of(**filters)
    query, further = query_of(text), texts_of("--words", words)
    asked = questions(
        index,
        query,
        texts_of("--theme", themes),
        further,
        folders,
        lang=label_lang,
    )
    compared = comparison(
        index, asked.questions, dimensions, wanted, evidence=evidence, promises_first=promises_first
    )
    tests = differences(compared) if test else None
    queries = [query, *map(query_of, further)]
    rules = [fields_line(queries), *expanded(index, *queries)]
    return CompareAnswer(
        asked.questions,
        compared,
        wanted,
        tests,
        silences(index, asked.questions, dimensions, wanted) if silent else (),
        [*comparison_notes(compared, tests), *filter(None, rules)],
        asked.warnings,
        () if compared.groups else tuple(emptied(index, Everything(), (), wanted)),
    )


@dataclass(frozen=True, slots=True)
class KeywordAnswer:
    """Keywords of groups, and how they were chosen."""

    keywords: Keywords
    filters: Filters
    notes: Sequence[str]
    warnings: Sequence[str]


def keywords(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    by: Texts = None,
    limit: int = 15,
    minimum: int = 5,
    **filters: Unpack[FilterWords],
) -> KeywordAnswer:
    """The words that each group uses more than all others, in the passages that match.

    At most ``limit`` a group and language, each of which a group has ``minimum`` times.
    """
    from progsearch.clause import AllOf
    from progsearch.compare.keywords import keywords as find
    from progsearch.compare.notes import keyword_notes
    from progsearch.compare.questions import groups_by

    check_number("--limit", limit, 1)
    check_number("--minimum", minimum, 1)
    dimensions = groups_by(texts_of("--by", by) or (KEYWORDS_BY,))
    wanted = filters_of(**filters)
    query = query_of(text)
    about = sought(index, query, texts_of("--theme", themes), folders)
    inside = AllOf((index.clause(about.query), *about.clauses))
    found = find(index, dimensions, wanted, clause=inside, limit=limit, minimum=minimum)
    notes = [*keyword_notes(found, minimum), *expanded(index, query)]
    return KeywordAnswer(found, wanted, notes, about.warnings)
