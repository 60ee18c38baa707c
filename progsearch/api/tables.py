"""The tables of an answer, and the account of how they came about: what files are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from progsearch.export.tables import About, Table
from progsearch.made import today

if TYPE_CHECKING:
    from progsearch.api.answers import CompareAnswer
    from progsearch.scope import Filters
    from progsearch.search import Index

__all__ = ["about", "compare_asked", "compare_tables"]


def about(
    asked: Index,
    command: str,
    what: Mapping[str, Any],
    filters: Filters,
    left_out: int,
    notes: Sequence[str],
    denominator: str = "",
) -> About:
    """The account of a table, made today."""
    return About(
        command=command,
        asked={name: value for name, value in what.items() if value},
        filters=filters,
        corpus=asked.summary,
        made=today().isoformat(),
        left_out=left_out,
        notes=tuple(notes),
        denominator=denominator,
    )


def compare_asked(answer: CompareAnswer, narrowed: str, from_: str | None = None) -> dict[str, Any]:
    """What a comparison asked, for its account; ``narrowed`` is the query beside the questions,
    ``from_`` the language of the words that were translated."""
    return {
        "themes": [one.id for one in answer.questions if one.kind == "theme"],
        "words": [one.id for one in answer.questions if one.kind == "words"],
        "narrowed to": narrowed,
        "from": from_,
        "by": list(answer.comparison.by),
    }


def compare_tables(
    answer: CompareAnswer, show: str, asked: Index, *, wide: bool = False, silent: bool = False
) -> Iterator[Table]:
    """The tables of a comparison's file, first the one that was asked for."""
    from progsearch.export.comparisons import (
        cells_table,
        passages_table,
        spreads_table,
        wide_table,
    )
    from progsearch.export.silences import silence_table
    from progsearch.permalinks import Permalinks

    compared, tests = answer.comparison, answer.tests
    links = Permalinks(asked)
    if silent:
        yield silence_table(answer.silences, compared.by)
    evidence = any(cell.evidence for cell in compared.cells)
    passages = passages_table(compared, lambda hit: links.of(hit.document, hit.passage))
    if show == "passages":
        yield passages
    yield wide_table(compared) if wide else cells_table(compared, tests, evidence=evidence)
    if wide and tests:
        yield cells_table(compared, tests)
    if tests:
        yield spreads_table(tests)
    if evidence and show != "passages":
        yield passages
