"""What is compared, from the options: themes, words, groups, and the account of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from progsearch.compare import Question
    from progsearch.export.tables import About
    from progsearch.scope import Filters
    from progsearch.search import Index

__all__ = ["MAX_DIMENSIONS", "By", "Words", "about", "groups_by", "questions"]

MAX_DIMENSIONS = 3
"""Dimensions of groups; with more of them nearly every group is too small."""

By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="region|party|lang|kind|year|role|commitment|label|country|document",
        help="What groups are made by; two or three may be given: A,B.",
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Option("--words", metavar="QUERY", help="A query to compare beside the themes."),
]


def groups_by(by: Sequence[str] | None, default: str) -> list[str]:
    """The dimensions asked for. Raises ProgsearchError for unknown ones, and for too many."""
    from progsearch.compare import DIMENSIONS
    from progsearch.errors import ProgsearchError
    from progsearch.query import CODES

    asked = (name.strip() for part in by or [default] for name in part.split(","))
    names = [CODES.get(name, name) for name in asked]
    for name in names:
        if name not in DIMENSIONS:
            raise ProgsearchError(
                f"cannot group by {name!r}", where="--by", remedy=f"choose {', '.join(DIMENSIONS)}"
            )
    names = list(dict.fromkeys(names))
    if len(names) > MAX_DIMENSIONS:
        raise ProgsearchError(
            f"at most {MAX_DIMENSIONS} dimensions",
            where="--by",
            remedy="leave one out, or use a filter",
        )
    return names


def questions(
    asked: Index,
    query: Sequence[str] | None,
    themes: Sequence[str] | None,
    words: Sequence[str] | None,
    folders: Sequence[Path] | None,
    *,
    ui_lang: str = "en",
) -> list[Question]:
    """The questions that the options ask.

    A query by itself is one; beside themes and ``--words`` it narrows each of them.
    ``ui_lang`` is the language of the themes' labels. Raises ProgsearchError when nothing is
    asked.
    """
    from progsearch.clause import AllOf
    from progsearch.cli._support.index import query_of
    from progsearch.cli._support.themes import looked_for
    from progsearch.compare import Question
    from progsearch.errors import ProgsearchError
    from progsearch.query import Everything, parse

    narrow = query_of(query)
    found: list[Question] = []
    if themes:
        labels = _labels(asked, themes, folders, ui_lang)
        sought = looked_for(asked, narrow, themes, folders)
        found += [Question(name, labels[name], clause, "theme") for name, clause in sought.each]
    for text in dict.fromkeys(words or ()):
        found.append(Question(text, text, asked.clause(parse(text))))
    if not found and isinstance(narrow, Everything):
        raise ProgsearchError(
            "nothing to compare",
            where="--theme",
            remedy="name themes (progsearch themes list) or give words",
        )
    if not found:
        text = str(narrow)
        return [Question(text, text, asked.clause(narrow))]
    if isinstance(narrow, Everything):
        return found
    inner = asked.clause(narrow)
    return [Question(q.id, q.label, AllOf((q.clause, inner)), q.kind) for q in found]


def _labels(
    asked: Index, themes: Sequence[str], folders: Sequence[Path] | None, lang: str
) -> dict[str, str]:
    from progsearch.cli._support.themes import catalogue_of

    catalogue = catalogue_of(folders, asked.summary.roots)
    return {theme: catalogue.get(theme).label(lang) for theme in themes}


def about(
    asked: Index,
    command: str,
    what: dict[str, Any],
    filters: Filters,
    left_out: int,
    notes: Sequence[str],
    denominator: str = "",
) -> About:
    """The account of a table, made today."""
    from datetime import UTC, datetime

    from progsearch.export.tables import About

    return About(
        command=command,
        asked={name: value for name, value in what.items() if value},
        filters=filters,
        corpus=asked.summary,
        made=datetime.now(UTC).date().isoformat(),
        left_out=left_out,
        notes=tuple(notes),
        denominator=denominator,
    )
